"""Which types an expression may have: what fits, what an operation gives, what a day can mean."""

from __future__ import annotations

import datetime
from dataclasses import replace

from lawengine.base.calendar import Unit
from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.model import expressions as e
from lawengine.model.types import COUNT, DATE, KIND_LABELS, POINTS, RATE, Kind, Type

NUMERIC = frozenset({Kind.MONEY, Kind.COUNT, Kind.RATE, Kind.POINTS})
PLAIN = frozenset({Kind.COUNT, Kind.RATE, Kind.POINTS})
"""Kinds of numbers without a unit; each of them can stand for points on a scale."""
ORDERED = NUMERIC | {Kind.DATE}


def describe(kind: Type) -> Label:
    """Return how a message names a type."""
    return KIND_LABELS[kind.kind]


def date_range(node: s.ExpressionNode) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day that a date, a month or a bare year can mean, or None."""
    match node:
        case s.DateLiteral(day=day):
            return day, day
        case s.MonthLiteral(year=year, month=month):
            first = datetime.date(year, month, 1)
            following = datetime.date(year + month // 12, month % 12 + 1, 1)
            return first, following - datetime.timedelta(days=1)
        case s.Number(value=value) if value.denominator == 1 and 1 <= value <= 9998:  # noqa: PLR2004 - the days that a calendar can reach
            return datetime.date(int(value), 1, 1), datetime.date(int(value), 12, 31)
        case _:
            return None


def is_share(node: s.ExpressionNode) -> bool:
    """Tell whether it says a share of something: `30 % of (count of order)` may be no whole number.

    A rate alone is no number of things.
    """
    return isinstance(node, s.ArithmeticNode) and node.operation is e.Operation.MULTIPLY


def day_literal(node: s.ExpressionNode) -> e.Expression | None:
    """Return how many days a written length is, None where it is not one of days."""
    if isinstance(node, s.PeriodLiteral) and node.period.unit is Unit.DAY:
        return e.Constant(node.period.length, COUNT, node.span)
    return None


def as_points(expression: e.Expression) -> e.Expression:
    """Return a number without a unit as points: what it is told in, never what it is worth.

    Edges: factors keep their own kind, so that `good_rate times 100` still reads as a rate.
    """
    match expression:
        case e.Constant() | e.Chosen() | e.Rounded():
            return replace(expression, type=POINTS)
        case e.Computed(operation=e.Operation.MULTIPLY):
            return replace(expression, type=POINTS)
        case e.Computed(left=left, right=right):
            return replace(expression, left=as_points(left), right=as_points(right), type=POINTS)
        case _:
            return expression


def fits(found: Type, wanted: Type) -> bool:
    """Tell whether an expression of one type can stand where another is wanted."""
    if wanted.kind is Kind.RATE and found.kind is Kind.COUNT:
        return True
    if wanted.kind is Kind.POINTS and found.kind in PLAIN:
        return True
    return found.kind is wanted.kind and (
        wanted.kind is not Kind.CHOICE or found.choices == wanted.choices
    )


def weaker(left: Type, right: Type) -> Type:
    """Return the one of two types of a kind that promises less: that may have broken fen."""
    return left if not left.whole else right


def result_of(operation: e.Operation, left: Type, right: Type) -> Type | None:
    """Return the type of an operation, or None where it has no meaning."""
    kinds = (left.kind, right.kind)
    whole = left.whole and right.whole
    if operation is e.Operation.MULTIPLY:
        if kinds.count(Kind.MONEY) == 1 and set(kinds) <= NUMERIC - {Kind.POINTS}:
            return Type(Kind.MONEY, whole=whole and Kind.RATE not in kinds)
        if set(kinds) <= PLAIN:
            if Kind.POINTS in kinds:
                return POINTS
            return COUNT if kinds == (Kind.COUNT, Kind.COUNT) else RATE
        return None
    if left.kind is Kind.DATE and right.kind is Kind.PERIOD:
        return DATE
    if kinds == (Kind.DATE, Kind.DATE):
        return COUNT if operation is e.Operation.SUBTRACT else None
    if left.kind is right.kind and left.kind in NUMERIC:
        return Type(left.kind, whole=whole)
    if set(kinds) == {Kind.COUNT, Kind.RATE}:
        return RATE
    return POINTS if set(kinds) <= PLAIN else None
