"""Row 7: tables of cases for programs: `simulate` and `sweep`, which return columns."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from lawengine.api import Rules, load
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.errors import LawEngineError
from lawengine.base.label import Label
from lawengine.base.source import Source

if TYPE_CHECKING:
    from lawengine.analysis.frames import Frame
    from lawengine.analysis.result import Analysis
    from lawengine.analysis.sides import Law

Cases: TypeAlias = "str | os.PathLike[str] | Mapping[str, Any]"
"""A table of cases: a Parquet or CSV file, or columns by their names, lists or arrays."""

OneReform: TypeAlias = "Rules | str | os.PathLike[str] | Source"
"""Rules under a reform (`load(..., reforms=...)`); or, beside the shipped law, a file or text."""

_IN_FORCE = Label("law in force", "现行法律")


class CasesError(LawEngineError):
    """A table of cases, or a question about it, has mistakes; `diagnostics` are all of them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(found.message("en") for found in self.diagnostics))


@dataclass(frozen=True)
class Simulated:
    """What a table of cases comes to.

    `analysis` is all of it, `analysis.as_data()` the same as plain data. `figures` holds one row
    for each group and side, `rows` one for each case (empty unless asked for). Both are columns by
    name, as data frame libraries take them. Units: fen. `warnings` is what was found odd.
    """

    analysis: Analysis
    figures: Frame
    rows: Frame
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Swept:
    """A sweep: `steps` holds one row for each step, with the figure moved and what follows."""

    analysis: Analysis
    steps: Frame


def simulate(  # noqa: PLR0913 - each is a question of its own, named where it is asked
    cases: Cases,
    rules: Rules | None = None,
    *,
    reforms: OneReform | Iterable[OneReform] = (),
    by: str | Iterable[str] = (),
    weights: str = "",
    keep: str | Iterable[str] = (),
    law_of: datetime.date | None = None,
    rows: bool = False,
    deterrence: bool = False,
    bootstrap: int = 0,
    cluster: str = "",
    seed: int = 1,
    elasticity: float | None = None,
) -> Simulated:
    """Return what a table of cases comes to, and under each of the reforms by itself.

    The options are those of `lawengine simulate`; several reforms as one proposal are one `Rules`.

    Raises:
        CasesError: the table or the question has mistakes.
        RulesError: a reform has.
    """
    from lawengine.analysis.analysing import analyse  # noqa: PLC0415 - for tables alone
    from lawengine.analysis.extras import Extras, with_extras  # noqa: PLC0415 - as above
    from lawengine.analysis.frames import RowFrames, figures_frame  # noqa: PLC0415 - as above
    from lawengine.analysis.running import Asked, layout_of  # noqa: PLC0415 - as above

    laws = _laws(rules, reforms, law_of)
    asked = Asked(_names(by), weights, cluster, deterrence, _names(keep))
    sink = RowFrames([law.name for law in laws], layout_of(laws, asked), asked.kept)
    with _told(), _file(cases) as path:
        analysed = analyse(path, laws, asked, sink if rows else None)
        extras = Extras(bootstrap, seed, elasticity)
        analysis = with_extras(analysed, extras, laws[0].rulebook, weights=weights, cluster=cluster)
    frame = sink.frame() if rows else {}
    return Simulated(analysis, figures_frame(analysis), frame, analysed.diagnostics)


def sweep(
    cases: Cases,
    figures: str | Iterable[str],
    rules: Rules | None = None,
    *,
    weights: str = "",
    keep: str | Iterable[str] = (),
    law_of: datetime.date | None = None,
) -> Swept:
    """Return what a table of cases comes to while one or two figures of the law are moved.

    A figure is written as for `lawengine sweep`: `limitation_term=1..5:5`.

    Raises:
        CasesError: the table, a figure or a step has mistakes.
    """
    from lawengine.analysis.frames import sweep_frame  # noqa: PLC0415 - for tables alone
    from lawengine.analysis.sweeping import sweep as swept  # noqa: PLC0415 - as above

    (law,) = _laws(rules, (), law_of)
    with _told(), _file(cases) as path:
        analysis = swept(path, law, _names(figures), weights, _names(keep))
    return Swept(analysis, sweep_frame(analysis))


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _laws(
    rules: Rules | None, reforms: OneReform | Iterable[OneReform], day: datetime.date | None
) -> list[Law]:
    from lawengine.analysis.sides import LAW, Law  # noqa: PLC0415 - for tables alone

    given = [reforms] if isinstance(reforms, Rules | str | os.PathLike | Source) else list(reforms)
    title = _IN_FORCE
    if day is not None:
        title = Label(f"law of {day.isoformat()}", f"{day.isoformat()}的法律")
    base = rules or load()
    found = [Law(LAW, title, base.rulebook, (), day, base.days)]
    for one in given:
        after = (one if isinstance(one, Rules) else load(reforms=one)).rulebook
        name = "_".join(proposal.name for proposal in after.reforms) or "same"
        label = Label(
            "; ".join(proposal.label.text("en") for proposal in after.reforms),
            "；".join(proposal.label.text("zh") for proposal in after.reforms),
        )
        found.append(Law(name, label or title, after, after.reforms, day, base.days))
    return found


@contextmanager
def _told() -> Iterator[None]:
    """Tell every mistake as one kind of error."""
    from lawengine.analysis.refusal import RefusedError  # noqa: PLC0415 - for tables alone
    from lawengine.columns.files import TableError  # noqa: PLC0415 - as above

    try:
        yield
    except TableError as error:
        raise CasesError(error.diagnostics) from None
    except RefusedError as error:
        raise CasesError([error.diagnostic]) from None


@contextmanager
def _file(cases: Cases) -> Iterator[Path]:
    if not isinstance(cases, Mapping):
        yield Path(cases)
        return
    from lawengine.columns.given import as_file  # noqa: PLC0415 - for tables alone

    with as_file(cases) as path:
        yield path
