"""Counting days: how many lie from one day to another, and outside of periods."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import Domain
from lawengine.evaluation.intervals import days

Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Left:
    """A period whose days do not count, `kept` telling whether it is one at all."""

    start: Domain
    end: Domain
    kept: Truth = Truth.TRUE


def days_counted(first: Domain, last: Domain, left_out: Sequence[Left] | None) -> Domain:
    """Return how many days lie from `first` to `last`, both counted, and in none of the periods.

    INVARIANT: the count grows with the span and shrinks with the periods, so the least is that of
    the shortest span without the longest periods, the most that of the longest without the
    shortest. Both meet where everything is known.

    Edges: `left_out` None is a collection of which nothing is known: it may leave out every day.
    A last day before the first gives 0.
    """
    from_early, from_late = days(first)
    to_early, to_late = days(last)
    low = 0
    if left_out is not None and from_late <= to_early:
        low = _outside((from_late, to_early), [_longest(one) for one in left_out])
    if datetime.date.min == from_early or datetime.date.max == to_late:
        return within(low, None)
    high = _outside((from_early, to_late), [_shortest(one) for one in left_out or ()])
    return within(low, high)


def _longest(one: Left) -> Span | None:
    return None if one.kept is Truth.FALSE else (days(one.start)[0], days(one.end)[1])


def _shortest(one: Left) -> Span | None:
    return (days(one.start)[1], days(one.end)[0]) if one.kept is Truth.TRUE else None


def _outside(span: Span, periods: Iterable[Span | None]) -> int:
    """Return the days of a span that lie in no period; those of several are left out once."""
    first, last = (day.toordinal() for day in span)
    count, reached = 0, first
    clipped = (
        (max(start.toordinal(), first), min(end.toordinal(), last))
        for start, end in (period for period in periods if period is not None)
    )
    for start, end in sorted(pair for pair in clipped if pair[0] <= pair[1]):
        count += max(start - reached, 0)
        reached = max(reached, end + 1)
    return count + max(last + 1 - reached, 0)
