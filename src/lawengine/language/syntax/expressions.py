"""Names, citations, literals and expressions as written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from lawengine.base.calendar import Period, Rounding
from lawengine.base.citation import Article
from lawengine.base.money import FEN_IN_YUAN
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Aggregation, Comparison, Extreme, Logic, Operation
from lawengine.model.statuses import StatusKind


def no_span() -> Span:
    """Return the field of a span that takes no part in comparison."""
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written: `act.kind`, `行为.种类`, `AUCL.false_publicity`."""

    text: str
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class CitationNode:
    """An instrument as written and the place in it."""

    instrument: Name
    article: Article
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number: a count, or a factor."""

    value: Fraction
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class MoneyLiteral:
    """An amount, in fen; `unit` is how many fen the unit has in which it is written."""

    fen: int
    span: Span = no_span()
    unit: int = field(default=FEN_IN_YUAN, compare=False)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as an exact rate: 5 % is 1/20."""

    value: Fraction
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """A day."""

    day: datetime.date
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class MonthLiteral:
    """A month of a year, where a date is known only so far."""

    year: int
    month: int
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class PeriodLiteral:
    """A length of time."""

    period: Period
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class TextLiteral:
    """A quoted text."""

    text: str
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class Truism:
    """`yes` or `no`."""

    value: bool
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class NotNode:
    """`not ...`."""

    operand: ExpressionNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class LogicNode:
    """`... and ...`, `... or ...`: two or more operands."""

    logic: Logic
    operands: tuple[ExpressionNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class CompareNode:
    """A comparison; `temporal` when it was written `before` or `after`."""

    comparison: Comparison
    left: ExpressionNode
    right: ExpressionNode
    temporal: bool = False
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class OneOfNode:
    """`... is one of a, b`."""

    operand: ExpressionNode
    options: tuple[ExpressionNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class StateNode:
    """`RULE established`."""

    rule: Name
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class HoldsNode:
    """`NAME listed`, `NAME granted`, `NAME breached`; without a status `listed anywhere`.

    With `since` it asks of a list whether it held on the day itself or on one since then.
    """

    status: Name | None
    kind: StatusKind
    span: Span = no_span()
    since: ExpressionNode | None = None


@dataclass(frozen=True, slots=True)
class ArithmeticNode:
    """`+`, `-`, `times`."""

    operation: Operation
    left: ExpressionNode
    right: ExpressionNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RoundedNode:
    """`... rounded down`."""

    operand: ExpressionNode
    rounding: Rounding
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ChosenNode:
    """`higher of A and B`."""

    extreme: Extreme
    left: ExpressionNode
    right: ExpressionNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class AggregateNode:
    """`count of X where ...`, `sum of x.f where ...`, `any X satisfies ...`.

    `keys` are what follows `alike in`: `largest group of X alike in x.f, x.g where ...`.
    """

    aggregation: Aggregation
    target: Name
    where: ExpressionNode | None
    body: ExpressionNode | None = None
    keys: tuple[Name, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class TallyNode:
    """`at least 2 of (..., ..., ...)`: that many of the conditions hold, or more."""

    least: ExpressionNode
    options: tuple[ExpressionNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class LastDayNode:
    """`last day of DUTY`."""

    status: Name
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class OutsideNode:
    """`outside ENTITY from S to E where ...`: periods whose days do not count."""

    target: Name
    start: ExpressionNode
    end: ExpressionNode
    where: ExpressionNode | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class DaysNode:
    """`days from A to B`, both counted, and what is left out of them."""

    first: ExpressionNode
    last: ExpressionNode
    outside: OutsideNode | None = None
    span: Span = no_span()


ExpressionNode: TypeAlias = (
    Name
    | Number
    | MoneyLiteral
    | Percent
    | DateLiteral
    | MonthLiteral
    | PeriodLiteral
    | TextLiteral
    | Truism
    | NotNode
    | LogicNode
    | CompareNode
    | OneOfNode
    | StateNode
    | HoldsNode
    | ArithmeticNode
    | RoundedNode
    | ChosenNode
    | AggregateNode
    | TallyNode
    | LastDayNode
    | DaysNode
)
