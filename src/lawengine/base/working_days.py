"""Which days are worked: weekends, and what published calendars say beyond them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label

SATURDAY = 5
"""The first weekday number of a weekend, as `datetime.date.weekday` counts."""

_DECEMBER = 12
_TAIL = (_DECEMBER, 25)
"""From this day of a year on, the calendar of the next year may still change it.

Evidence: six of the yearly notices for 2006 to 2026 reach back into the December before, never
further than 29 December; a week leaves room.
"""


class DayKind(StrEnum):
    """What is known of a day; unknown is never taken for an ordinary weekday."""

    WORKING = "working"
    REST = "rest"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that a notice names: a day off, or a weekend day that is worked to make up for one.

    `name` is the holiday, `source` the number of the notice.
    """

    off: bool
    name: Label
    source: str


@dataclass(frozen=True, slots=True)
class Calendars:
    """The published calendars of some years.

    `named` holds the days that notices name, `years` the years whose yearly notice is known.
    `unverified` gives the reason for each year whose notice was not checked.
    """

    years: frozenset[int] = frozenset()
    named: Mapping[datetime.date, NamedDay] = field(default_factory=dict)
    unverified: Mapping[int, Label] = field(default_factory=dict)

    def kind(self, day: datetime.date) -> DayKind:
        """Return whether a day is worked, as far as a published calendar says.

        Edges: a day that a notice of the next year names is known even where the calendar of its
        own year is not. The Saturday of a year without a calendar is unknown too: it may be worked.
        """
        named = self.named.get(day)
        if named is not None:
            return DayKind.REST if named.off else DayKind.WORKING
        if day.year not in self.years:
            return DayKind.UNKNOWN
        return DayKind.REST if day.weekday() >= SATURDAY else DayKind.WORKING

    def may_change(self, day: datetime.date) -> bool:
        """Tell whether the calendar of the next year, not yet known, may still change a known day.

        Edges: an exceptional notice may change any day to come; that cannot be told beforehand.
        """
        known = day.year in self.years and day.year + 1 not in self.years
        return known and (day.month, day.day) >= _TAIL

    def known_beyond(self, day: datetime.date, sign: int) -> bool:
        """Tell whether a day after `day` (before it, where `sign` is negative) may be known.

        Edges: the December before the first year counts, because a notice may name days of it.
        """
        if not self.years:
            return False
        return day.year <= max(self.years) if sign > 0 else day.year >= min(self.years) - 1

    def beyond(self, day: datetime.date, sign: int) -> datetime.date:
        """Return the next day (the day before, where `sign` is negative) that may be known.

        Edges: there must be one, as `known_beyond` tells; within known years it is the next day.
        """
        step = day + datetime.timedelta(days=sign)
        if sign > 0:
            ahead = [year for year in self.years if year >= step.year]
            return max(step, _december(min(ahead) - 1, 1)) if ahead else step
        behind = [year for year in self.years if year - 1 <= step.year]
        return min(step, _december(max(behind), 31)) if behind else step


def _december(year: int, day: int) -> datetime.date:
    return datetime.date(max(year, datetime.MINYEAR), _DECEMBER, day)
