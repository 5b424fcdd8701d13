"""Days of law: what an uncertain date leaves open about the versions in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain
from lawengine.model.rules import Interval


def days(day: Domain) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day that a date can be; the calendar's own ends where open."""
    low, high = bounds(day)
    first = low if isinstance(low, datetime.date) else datetime.date.min
    last = high if isinstance(high, datetime.date) else datetime.date.max
    return first, last


def uncovered(intervals: Sequence[Interval], first: datetime.date, last: datetime.date) -> bool:
    """Tell whether some day from `first` to `last` lies in none of the intervals.

    Edges: the intervals are in order and do not overlap, as versions never do.
    """
    start = first
    for interval in intervals:
        if interval.end is not None and interval.end < start:
            continue
        if interval.start > start:
            return True
        if interval.end is None or interval.end >= last:
            return False
        start = interval.end + datetime.timedelta(days=1)
    return True


def changes(
    intervals: Iterable[Interval], first: datetime.date, last: datetime.date
) -> list[datetime.date]:
    """Return the days on which an interval begins or has just ended.

    Edges: those after `first`, up to `last`.
    """
    edges: set[datetime.date] = set()
    for interval in intervals:
        edges.add(interval.start)
        if interval.end is not None and interval.end < datetime.date.max:
            edges.add(interval.end + datetime.timedelta(days=1))
    return sorted(edge for edge in edges if first < edge <= last)
