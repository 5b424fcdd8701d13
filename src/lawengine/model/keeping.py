"""Duties that are kept or broken: nothing that is done after their last day discharges them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawengine.model.expressions import (
    Cases,
    Compared,
    Comparison,
    Computed,
    Connection,
    Constant,
    Defined,
    Expression,
    Logic,
    Operation,
    Rounded,
)
from lawengine.model.rules import Definition
from lawengine.model.statuses import StatusVersion

_LEFT_FIRST = frozenset({Comparison.AT_MOST, Comparison.LESS, Comparison.EQUAL})
_RIGHT_FIRST = frozenset({Comparison.AT_LEAST, Comparison.MORE, Comparison.EQUAL})


def broken_for_good(version: StatusVersion | None, definitions: Mapping[str, Definition]) -> bool:
    """Tell whether a breach of a duty is no matter of a missed day: nothing later makes it good.

    It is so where the duty has a day before which it must be discharged, and each way to discharge
    it lies on a day that this one is worked out from (a measure rests on law on the day on which it
    is taken, or never does), or asks for something that came before it. Edges: a duty without a way
    out, or with a term that runs from an event, can be done late as far as the rule says.
    """
    if version is None or version.before is None or not version.endings:
        return False
    days = tuple(_days(version.before, definitions))
    return all(
        (ending.on is not None and ending.on in days)
        or any(_comes_first(part, days) for part in _parts(ending.condition))
        for ending in version.endings
    )


def _days(day: Expression, definitions: Mapping[str, Definition]) -> Iterator[Expression]:
    """Yield a day and those that it is worked out from, without the times that are added."""
    yield day
    match day:
        case Computed(operation=Operation.ADD, left=left, right=Constant()):
            yield from _days(left, definitions)
        case Rounded(operand=operand):
            yield from _days(operand, definitions)
        case Defined(name=name):
            yield from _days(definitions[name].body, definitions)
        case Cases(branches=branches, otherwise=otherwise):
            for _, value in branches:
                yield from _days(value, definitions)
            yield from _days(otherwise, definitions)
        case _:
            pass


def _parts(condition: Expression | None) -> Iterator[Expression]:
    """Yield what must hold, each by itself."""
    if isinstance(condition, Connection) and condition.logic is Logic.AND:
        for operand in condition.operands:
            yield from _parts(operand)
    elif condition is not None:
        yield condition


def _comes_first(part: Expression, days: tuple[Expression, ...]) -> bool:
    """Tell whether a condition asks that something came before one of the days, or on it."""
    if not isinstance(part, Compared):
        return False
    after_left = part.comparison in _LEFT_FIRST and part.right in days
    return after_left or (part.comparison in _RIGHT_FIRST and part.left in days)
