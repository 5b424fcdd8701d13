"""Scenarios: small cases beside the rules, each with what must follow."""

from __future__ import annotations

import datetime
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Value
from lawengine.model.measures import MeasureKind
from lawengine.model.standards import DiscretionStep
from lawengine.model.statuses import StatusState


class RuleState(StrEnum):
    """What became of a rule for an act."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not_established"
    UNDETERMINED = "undetermined"
    DEFEATED = "defeated"


@dataclass(frozen=True, slots=True)
class Given:
    """A fact of a scenario; `low` and `high` differ when it is known only within bounds.

    `element` numbers the children of one entity (0 for the party and the act themselves). Without a
    `fact` it says that the element is there, and with element 0 that there is none of them.
    """

    entity: str
    fact: str
    low: Value
    high: Value
    element: int = 0
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectRule:
    """That rule has this state."""

    rule: str
    state: RuleState
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectFine:
    """The act's lawful range of a fine; both None: no fine can be imposed.

    Units: fen. `low` None with a `high`: no floor. `may` when the fine may be left out.
    """

    low: int | None
    high: int | None
    may: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectMeasure:
    """A measure of that kind follows, or (`absent`) does not."""

    kind: MeasureKind
    absent: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectUndetermined:
    """The violation itself is open."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectNeed:
    """That fact is among those still needed."""

    entity: str
    fact: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectNoPenalty:
    """No measure of the class "penalty" can be imposed."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectContradiction:
    """The facts cannot have been together, so that nothing is decided."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectStatus:
    """That list, benefit or duty has this state on the day of decision."""

    status: str
    state: StatusState
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectLate:
    """What is added to that duty for its lateness, 0 for nothing.

    Units: fen.
    """

    status: str
    fen: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectRecommended:
    """The fine that the discretion standard recommends, one for every answer.

    Units: fen. `low` None: it begins above nothing.
    """

    low: int | None
    high: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectScore:
    """That score is exactly this, or lies within these bounds and no narrower ones."""

    score: str
    low: int | Fraction
    high: int | Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectGrade:
    """That grade is this one level, or exactly these levels are possible."""

    grade: str
    levels: frozenset[str]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectOpen:
    """That score or grade is not settled."""

    rating: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectStep:
    """The case calls for this step; several together are all that it calls for."""

    step: DiscretionStep
    span: Span = field(default=NOWHERE, compare=False)


Expectation: TypeAlias = (
    ExpectRule
    | ExpectFine
    | ExpectMeasure
    | ExpectUndetermined
    | ExpectNeed
    | ExpectNoPenalty
    | ExpectContradiction
    | ExpectStatus
    | ExpectLate
    | ExpectScore
    | ExpectGrade
    | ExpectOpen
    | ExpectRecommended
    | ExpectStep
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Facts of one act of one party, the day of decision, and what must follow.

    Edges: `decided_to` differs from `decided_from` when the day is known only within bounds.
    """

    label: Label
    given: tuple[Given, ...]
    decided_from: datetime.date
    decided_to: datetime.date
    expectations: tuple[Expectation, ...]
    because: tuple[Citation, ...]
    span: Span = field(default=NOWHERE, compare=False)
