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

VersionsOf = Annotated[
    str | None,
    typer.Option(
        "--versions-of", metavar="RULE", help="The law of the first day of each version of a rule."
    ),
]
Beside = Annotated[
    list[Path] | None,
    typer.Option(
        "--case",
        metavar="FILE",
        help="With --deterrence: a case file whose versions are told first; repeatable.",
    ),
]

Draws = Annotated[
    int,
    typer.Option(
        "--bootstrap", metavar="DRAWS", min=0, help="Bounds by so many draws of the cases."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", metavar="COLUMN", help="With --bootstrap: what is drawn as a whole."),
]
Seed = Annotated[
    int, typer.Option("--seed", min=0, help="With --bootstrap: the same seed, the same bounds.")
]
Elasticity = Annotated[
    float | None,
    typer.Option(
        "--elasticity",
        metavar="E",
        help="An assumption, off by default: violations change by E % where sanctions rise by 1 %.",
    ),
]
PublishedToo = Annotated[
    bool, typer.Option("--published", help="Set published aggregates beside, with their bounds.")
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
    versions_of: str = ""
    cases: Sequence[Path] = ()
    draws: int = 0
    seed: int = 1
    cluster: str = ""
    elasticity: float | None = None
    published: bool = False
    report: Path | None = None
    drawn_from: Path | None = None

    @property
    def asked(self) -> bool:
        """Tell whether it asks anything."""
        return self != Question(apart=self.apart)
