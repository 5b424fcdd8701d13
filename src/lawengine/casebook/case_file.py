"""A case as its file tells it: the facts, what was decided, and where that is published."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Source, Span
from lawengine.casebook.published import PublishedStatus
from lawengine.deciding.recommended import Figure
from lawengine.evaluation.facts import CaseFacts, FactKey, Known, Unknown, Within
from lawengine.model.measures import MeasureKind


class SourceEvidence(StrEnum):
    """How much of the decision the source shows: all of it, a part, or only another's account."""

    FULL = "full"
    PARTIAL = "partial"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class NoFine:
    """The decision imposes no fine; a fine of nothing does not exist."""


DecidedFine: TypeAlias = Known | Within | Unknown | NoFine
"""What the published decision says of the fine. Units: fen. Unknown: not printed."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure nobody established, named so that margins can be computed under it.

    Units: `gain` in fen. It never becomes a fact of the case.
    """

    name: str
    text: Label
    respondent: str
    gain: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DecidedSanction:
    """What the published decision says of one respondent; nothing in it comes from the engine.

    `act` is "" when the decision covers whatever the respondent did. `proposed`: published as a
    proposal only. `combined`: one fine that also covers violations outside this file. `articles`
    may be `articles_unverified`: not printed in the source. `grounds` are the stated reasons for a
    lighter or reduced penalty.
    """

    respondent: str
    fine: DecidedFine
    act: str = ""
    proposed: bool = False
    combined: bool = False
    measures: tuple[MeasureKind, ...] = ()
    articles: tuple[Citation, ...] = ()
    articles_unverified: bool = False
    grounds: tuple[Label, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """Where the decision or an account of it was published; `date` as written, "" when unknown."""

    title: Label
    site: str
    evidence: SourceEvidence
    url: str = ""
    date: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case file: facts for the engine, and beside them what the world says of the case.

    `expect_open` are the facts that the file leaves unknown on purpose; `statuses` is what was
    published on lists, joint measures, benefits and repairs.
    """

    facts: CaseFacts
    title: Label
    assumptions: tuple[Assumption, ...] = ()
    decided: tuple[DecidedSanction, ...] = ()
    sources: tuple[Publication, ...] = ()
    notes: Label = field(default_factory=Label)
    expect_open: tuple[FactKey, ...] = ()
    statuses: tuple[PublishedStatus, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def identifier(self) -> str:
        """Return `henan-brushing-2016`."""
        return self.facts.identifier

    def figures(self) -> tuple[Figure, ...]:
        """Return the fines of the decisions as figures to check. Units: fen."""
        return tuple(_figure(decided) for decided in self.decided)


def _figure(decided: DecidedSanction) -> Figure:
    low: int | None = None
    high: int | None = None
    match decided.fine:
        case Known(value=int(fen)):
            low = high = fen
        case Within(low=int(least), high=int(most)):
            low, high = least, most
        case NoFine():
            low = high = 0
    return Figure(
        decided.respondent, decided.act, low, high, decided.proposed, decided.combined,
        decided.grounds,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A case file that was read: the case unless there is an error, and what was found.

    `source` is the text that the spans point into, None when there was no text to read.
    """

    case: CaseFile | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None = None
