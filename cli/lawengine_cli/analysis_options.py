"""Options of `simulate` that ask for an analysis, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", metavar="COLUMN", help="Tell it by the values of a column or fact; repeatable."
    ),
]
Weights = Annotated[
    str | None,
    typer.Option("--weights", metavar="COLUMN", help="What each row counts for, beside rows."),
]
Apart = Annotated[
    bool, typer.Option("--apart", help="Each file of reforms by itself, not all as one proposal.")
]
LawOf = Annotated[
    list[str] | None,
    typer.Option(
        "--law-of",
        metavar="DATE",
        help="A hypothesis: the law of that day, dates of each case moved; repeatable.",
    ),
]
Deterrence = Annotated[
    bool, typer.Option("--deterrence", help="Set the sanction against the illegal gain.")
]


@dataclass(frozen=True, slots=True)
class Question:
    """What the options of `simulate` ask beyond plain totals."""

    reforms: Sequence[Path] = ()
    apart: bool = False
    law_of: Sequence[str] = ()
    by: Sequence[str] = ()
    weights: str = ""
    deterrence: bool = False

    @property
    def asked(self) -> bool:
        """Tell whether it asks anything."""
        return self != Question(apart=self.apart)
