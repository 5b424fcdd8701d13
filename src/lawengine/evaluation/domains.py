"""Arithmetic and comparison on what is known: exact, within bounds, or not at all.

Every function is sound: whatever it says is settled holds at every point of the bounds.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from fractions import Fraction

from lawengine.base.calendar import Period, Rounding, Unit, add_period
from lawengine.base.errors import DateOutOfRangeError
from lawengine.base.money import round_exact
from lawengine.base.truth import Truth, truth
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Known, Ordered, Within
from lawengine.model.expressions import Comparison, Extreme, Operation, Value

Bounds = tuple[Ordered | None, Ordered | None]


def bounds(domain: Domain) -> Bounds:
    """Return the lowest and highest possible value; None where it is open."""
    match domain:
        case Known(value=value) if isinstance(value, Ordered) and not isinstance(value, bool):
            return value, value
        case Within(low=low, high=high):
            return low, high
        case _:
            return None, None


def within(low: Ordered | None, high: Ordered | None) -> Domain:
    """Return the domain from `low` to `high`: exact where they meet, unknown if both are open."""
    if low is None and high is None:
        return UNKNOWN
    if low is not None and low == high:
        return Known(low)
    return Within(low, high)


def as_truth(domain: Domain) -> Truth:
    """Return the truth value of a yes/no domain."""
    return truth(domain.value) if isinstance(domain, Known) else Truth.UNKNOWN  # type: ignore[arg-type]  # a yes or no by the checks


def from_truth(value: Truth) -> Domain:
    """Return the yes/no domain of a truth value."""
    return UNKNOWN if value is Truth.UNKNOWN else Known(value is Truth.TRUE)


def compare(comparison: Comparison, left: Domain, right: Domain) -> Truth:
    """Return whether the comparison holds at every point, at none, or it depends."""
    match comparison:
        case Comparison.EQUAL:
            return _equal(left, right)
        case Comparison.UNEQUAL:
            return ~_equal(left, right)
        case Comparison.MORE:
            return _more(left, right)
        case Comparison.LESS:
            return _more(right, left)
        case Comparison.AT_LEAST:
            return ~_more(right, left)
    # at most: the one comparison that is left
    return ~_more(left, right)


def _equal(left: Domain, right: Domain) -> Truth:
    if isinstance(left, Known) and isinstance(right, Known):
        return truth(left.value == right.value)
    choices = _options(left), _options(right)
    if choices[0] is not None and choices[1] is not None and not choices[0] & choices[1]:
        return Truth.FALSE
    (a, b), (c, d) = bounds(left), bounds(right)
    apart = _above(a, d) or _above(c, b)
    return Truth.FALSE if apart else Truth.UNKNOWN


def _options(domain: Domain) -> frozenset[str] | None:
    if isinstance(domain, Among):
        return domain.options
    if isinstance(domain, Known) and isinstance(domain.value, str):
        return frozenset({domain.value})
    return None


def _above(one: Ordered | None, two: Ordered | None) -> bool:
    return one is not None and two is not None and one > two  # type: ignore[operator]  # same kind


def _more(left: Domain, right: Domain) -> Truth:
    (a, b), (c, d) = bounds(left), bounds(right)
    if _above(a, d):
        return Truth.TRUE
    if b is not None and c is not None and not _above(b, c):
        return Truth.FALSE
    return Truth.UNKNOWN


def hull(domains: Iterable[Domain]) -> Domain:
    """Return what is known when any one of the domains may be the true one."""
    items = list(domains)
    if all(item == items[0] for item in items):
        return items[0]
    options = [_options(item) for item in items]
    if all(option is not None for option in options):
        return Among(frozenset().union(*(option for option in options if option is not None)))
    lows, highs = zip(*(bounds(item) for item in items), strict=True)
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    return within(low, high)


def intersect(domain: Domain, low: Ordered | None, high: Ordered | None) -> Domain | None:
    """Return `domain` narrowed to the bounds, or None where nothing is left of it."""
    a, b = bounds(domain)
    new_low = low if a is None else a if low is None else max(a, low)
    new_high = high if b is None else b if high is None else min(b, high)
    if _above(new_low, new_high):
        return None
    return domain if isinstance(domain, Known) else within(new_low, new_high)


def compute(operation: Operation, left: Domain, right: Domain) -> Domain:
    """Return the exact result, or the bounds that contain it."""
    if isinstance(right, Known) and isinstance(right.value, Period):
        return moved(left, right.value, operation, None)
    (a, b), (c, d) = bounds(left), bounds(right)
    match operation:
        case Operation.ADD:
            return within(_apply(_add, a, c), _apply(_add, b, d))
        case Operation.SUBTRACT:
            return within(_apply(_subtract, a, d), _apply(_subtract, b, c))
    return _multiply((a, b), (c, d))


def moved(
    domain: Domain, period: Period, operation: Operation, rounding: Rounding | None
) -> Domain:
    """Return a date domain moved by a period, months settled by `rounding`.

    Edges: working days need a published calendar and are not known without one; a day past the
    end of the calendar is known to be no earlier than its last day (and so for its first).
    """
    if period.unit is Unit.WORKING_DAY:
        return UNKNOWN
    signed = period
    if operation is Operation.SUBTRACT:
        signed = Period(-period.length, period.unit)
    low, high = bounds(domain)
    forward = signed.length > 0
    return within(
        _move(low, signed, rounding, datetime.date.max if forward else None),
        _move(high, signed, rounding, None if forward else datetime.date.min),
    )


def _move(
    day: Ordered | None, period: Period, rounding: Rounding | None, beyond: datetime.date | None
) -> datetime.date | None:
    if not isinstance(day, datetime.date):
        return None
    try:
        return add_period(day, period, rounding)
    except DateOutOfRangeError:
        return beyond


def rounded(domain: Domain, rounding: Rounding) -> Domain:
    """Return a number domain settled to whole numbers."""

    def settle(value: Ordered | None) -> Ordered | None:
        return None if value is None else round_exact(Fraction(value), rounding)  # type: ignore[arg-type]  # both are of one kind by the checks

    low, high = bounds(domain)
    return within(settle(low), settle(high))


def extreme(which: Extreme, domains: Iterable[Domain]) -> Domain:
    """Return the bounds of the higher or the lower of several."""
    lows, highs = zip(*(bounds(domain) for domain in domains), strict=True)
    if which is Extreme.HIGHER:
        known = [low for low in lows if low is not None]
        return within(max(known, default=None), None if None in highs else max(highs))
    known = [high for high in highs if high is not None]
    return within(None if None in lows else min(lows), min(known, default=None))


def _apply(
    operation: Callable[[Ordered, Ordered], Ordered], one: Ordered | None, two: Ordered | None
) -> Ordered | None:
    return None if one is None or two is None else operation(one, two)


def _add(one: Ordered, two: Ordered) -> Ordered:
    return _plain(Fraction(_number(one)) + _number(two))


def _subtract(one: Ordered, two: Ordered) -> Ordered:
    if isinstance(one, datetime.date) and isinstance(two, datetime.date):
        return (one - two).days
    return _plain(Fraction(_number(one)) - _number(two))


def _number(value: Ordered) -> int | Fraction:
    if isinstance(value, datetime.date):  # INVARIANT: inference lets only numbers come here
        msg = "dates are not multiplied or added to each other"
        raise TypeError(msg)
    return value


def _plain(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _multiply(one: Bounds, two: Bounds) -> Domain:
    corners = [_apply(_product, x, y) for x in one for y in two]
    if None not in corners:
        return within(min(corners), max(corners))  # type: ignore[type-var]  # both are of one kind by the checks
    for factor, other in ((one, two), (two, one)):
        low = factor[0]
        if low == factor[1] and isinstance(low, int | Fraction) and low >= 0:
            if low == 0:
                return Known(0)
            return within(_apply(_product, low, other[0]), _apply(_product, low, other[1]))
    if all(low is not None and low >= 0 for low in (one[0], two[0])):  # type: ignore[operator]  # both are of one kind by the checks
        return within(_apply(_product, one[0], two[0]), None)
    return UNKNOWN


def _product(one: Ordered, two: Ordered) -> Ordered:
    return _plain(Fraction(_number(one)) * _number(two))


def segments(domain: Domain, cuts: Iterable[tuple[Comparison, Value]]) -> list[Domain]:
    """Return the parts of a domain of whole values (fen, counts, days) between the cuts.

    On each part every one of the comparisons with its value is either true throughout or false
    throughout. Edges: cuts outside the domain make no part; one part means that nothing splits.
    """
    firsts: set[Ordered] = set()
    for comparison, value in cuts:
        if isinstance(value, bool) or not isinstance(value, int | datetime.date):
            continue
        after = next_value(value)
        if comparison in (Comparison.AT_LEAST, Comparison.LESS):
            firsts.add(value)
        elif comparison in (Comparison.MORE, Comparison.AT_MOST):
            firsts.add(after)
        else:
            firsts |= {value, after}
    low, high = bounds(domain)
    inside = sorted(
        first
        for first in firsts
        if (low is None or first > low) and (high is None or first <= high)  # type: ignore[operator]  # both are of one kind by the checks
    )
    starts: list[Ordered | None] = [low, *inside]
    ends: list[Ordered | None] = [*(previous_value(first) for first in inside), high]
    return [within(start, end) for start, end in zip(starts, ends, strict=True)]


def next_value(value: Ordered) -> Ordered:
    """Return the next whole value: a fen, one, or a day later."""
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=1) if value < datetime.date.max else value
    return value + 1


def previous_value(value: Ordered) -> Ordered:
    """Return the whole value before."""
    if isinstance(value, datetime.date):
        return value - datetime.timedelta(days=1) if value > datetime.date.min else value
    return value - 1


def adjoin(one: Domain, two: Domain) -> Domain | None:
    """Return the domain that is exactly both together, or None where there is none.

    Edges: yes and no together are unknown; two periods join where no day lies between them.
    """
    if isinstance(one, Known) and isinstance(two, Known) and isinstance(one.value, bool):
        return UNKNOWN
    options = _options(one), _options(two)
    if options[0] is not None and options[1] is not None:
        return Among(options[0] | options[1])
    (a, b), (c, d) = bounds(one), bounds(two)
    for end, start, low, high in ((b, c, a, d), (d, a, c, b)):
        if end is None or start is None or isinstance(end, Fraction):
            continue  # between two fractions there is always another
        if next_value(end) == start:
            return within(low, high)
    return None
