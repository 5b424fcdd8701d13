"""Typed expressions: what remains of a condition once names are resolved and types are known."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from lawengine.base.calendar import Period, Rounding
from lawengine.base.dataclass import dataclass
from lawengine.base.source import NOWHERE, Span
from lawengine.model.types import Type

Value: TypeAlias = bool | int | Fraction | datetime.date | Period | str
"""The Python forms of exact values; which one belongs to which kind says `types.Kind`."""


class Comparison(StrEnum):
    """How two values are compared; equality is the only one for choices, texts and yes/no."""

    EQUAL = "equal"
    UNEQUAL = "unequal"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE = "more"
    LESS = "less"


class Operation(StrEnum):
    """Exact arithmetic. A date and a period add to a date; two dates subtract to days."""

    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"


class Logic(StrEnum):
    """Kleene connectives."""

    AND = "and"
    OR = "or"


class Aggregation(StrEnum):
    """What is asked of a collection; over none: any is no, all is yes, every number is 0.

    GROUPS and LARGEST sort the elements by what they are alike in: how many groups there are, and
    how many elements the largest of them has.
    """

    COUNT = "count"
    SUM = "sum"
    ANY = "any"
    ALL = "all"
    GROUPS = "groups"
    LARGEST = "largest"


class Extreme(StrEnum):
    """The higher or the lower of several values."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal."""

    value: Value
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FactOf:
    """A fact of an entity in view: case, party, act, or the element of a collection."""

    entity: str
    fact: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A dated parameter, read on the day whose law is applied."""

    name: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition, by name."""

    name: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """The result of a decision table, by name."""

    name: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Established:
    """Yes when that rule is established for the act in view."""

    rule: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StatusHolds:
    """Yes when the party in view is on that list, has that benefit or is in breach of that duty.

    `status` "" means any list at all. It is asked on the day of the decision; with `since`, of a
    list, whether the party stands on it then or stood on it on some day from that one on.
    """

    status: str
    type: Type
    since: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Rated:
    """The points of a score, or the level of a grade, of the entity in view that has it.

    Read on the day that dates the score or grade itself, whoever asks.
    """

    name: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """Kleene "not"."""

    operand: Expression
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Connection:
    """Kleene "and" or "or" of two or more."""

    logic: Logic
    operands: tuple[Expression, ...]
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of two values of one kind."""

    comparison: Comparison
    left: Expression
    right: Expression
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Yes when the value equals one of the options."""

    operand: Expression
    options: tuple[Expression, ...]
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Computed:
    """Exact arithmetic on two values."""

    operation: Operation
    left: Expression
    right: Expression
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A value settled by a named rounding: money to whole fen, a date to a day that exists."""

    operand: Expression
    rounding: Rounding
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The higher or lower of two or more."""

    extreme: Extreme
    operands: tuple[Expression, ...]
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


NUMBERED = frozenset({Aggregation.COUNT, Aggregation.GROUPS, Aggregation.LARGEST})
"""What gives a number of elements or groups: never below 0, and whole."""


@dataclass(frozen=True, slots=True)
class Aggregated:
    """A count, sum, any, all, or a look at groups, over the children of the entity in view.

    `body` is what is summed or asked of each element; `where` keeps the elements it is yes for.
    `keys` are the facts that the elements of one group share.
    """

    aggregation: Aggregation
    entity: str
    body: Expression | None
    where: Expression | None
    type: Type
    keys: tuple[Expression, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many of several conditions hold."""

    operands: tuple[Expression, ...]
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day on which a duty can be done in time, of the instance that is in view."""

    status: str
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many days lie from `first` to `last`, both counted; 0 where `last` comes first.

    With an `entity`, days do not count that lie in a period of one of its elements, from `start` to
    `end`, both included; a day in several periods is left out once. `where` keeps the elements it
    is yes for. `start`, `end` and `where` are seen from inside the element.
    """

    first: Expression
    last: Expression
    entity: str
    start: Expression | None
    end: Expression | None
    where: Expression | None
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Cases:
    """The value of the first branch whose condition is yes, or `otherwise`."""

    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression
    type: Type
    span: Span = field(default=NOWHERE, compare=False)


Expression: TypeAlias = (
    Constant
    | FactOf
    | ParameterValue
    | Defined
    | Looked
    | Established
    | StatusHolds
    | Rated
    | Negation
    | Connection
    | Compared
    | OneOf
    | Computed
    | Rounded
    | Chosen
    | Aggregated
    | Tallied
    | LastDay
    | DayCount
    | Cases
)


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the direct parts of `expression`, in the order they are read."""
    parts = _PARTS.get(type(expression))
    return parts(expression) if parts else ()


def _of_cases(cases: Cases) -> tuple[Expression, ...]:
    return (*(part for branch in cases.branches for part in branch), cases.otherwise)


def _of_aggregated(found: Aggregated) -> tuple[Expression, ...]:
    return tuple(part for part in (found.where, found.body, *found.keys) if part is not None)


def _of_days(found: DayCount) -> tuple[Expression, ...]:
    inside = (found.start, found.end, found.where)
    return (found.first, found.last, *(part for part in inside if part is not None))


# One look by class: expressions are walked more often than anything else is done with them.
_PARTS: Mapping[type, Callable[[Any], tuple[Expression, ...]]] = {
    Negation: lambda found: (found.operand,),
    StatusHolds: lambda found: () if found.since is None else (found.since,),
    Rounded: lambda found: (found.operand,),
    Connection: lambda found: found.operands,
    Chosen: lambda found: found.operands,
    Tallied: lambda found: found.operands,
    Compared: lambda found: (found.left, found.right),
    Computed: lambda found: (found.left, found.right),
    OneOf: lambda found: (found.operand, *found.options),
    Aggregated: _of_aggregated,
    DayCount: _of_days,
    Cases: _of_cases,
}
