"""Last days of terms for whole columns: each day counted once, by the counter of single cases."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.columns.days import FIRST_DAY, LAST_DAY
from lawengine.columns.table import EPOCH, Array
from lawengine.compiled.lives import LastDays
from lawengine.evaluation.facts import Domain
from lawengine.registers.terms import DayRules, Term, TermCounter

OPEN_DAY = -(1 << 31)
"""Stands for a last day that is not one exact day; no day of the calendar is so early."""
_NOT_COUNTED = OPEN_DAY + 1
_MARGIN = 1461
"""Days beside those asked for that a table has room for at once."""

Days = NDArray[np.int32]


@dataclass(slots=True)
class TermTable:
    """The last days of one term by its start, counted when they are first asked for."""

    counted: LastDays
    first: int = 0
    _last: Days = field(default_factory=lambda: np.empty(0, np.int32))

    def last(self, starts: Array) -> Days:
        """Return the last day for each start, `OPEN_DAY` where it is not one exact day."""
        if not starts.size:
            return np.empty(0, np.int32)
        self._reach(int(starts.min()), int(starts.max()))
        places = starts.astype(np.int64) - self.first
        found: Days = self._last[places]
        missing = found == _NOT_COUNTED
        if missing.any():
            for place in np.unique(places[missing]).tolist():
                self._last[place] = self._count(place + self.first)
            found = self._last[places]
        return found

    def _reach(self, low: int, high: int) -> None:
        """Make room for the days from `low` to `high`."""
        if self._last.size and self.first <= low and high < self.first + self._last.size:
            return
        if self._last.size:
            low, high = min(low, self.first), max(high, self.first + self._last.size - 1)
        low, high = max(low - _MARGIN, FIRST_DAY), min(high + _MARGIN, LAST_DAY)
        grown = np.full(high - low + 1, _NOT_COUNTED, np.int32)
        start = self.first - low
        grown[start : start + self._last.size] = self._last
        self.first, self._last = low, grown

    def _count(self, day: int) -> int:
        try:
            return self.counted[datetime.date.fromordinal(day + EPOCH)].toordinal() - EPOCH
        except KeyError:
            return OPEN_DAY


@dataclass(slots=True)
class TermTables:
    """The tables of one rulebook; terms that are counted alike share one."""

    days: DayRules | None
    _known: dict[object, TermTable] = field(default_factory=dict)

    def lasting(self, period: Period) -> TermTable:
        """Return the table of a listing or benefit."""
        return self._table(("lasting", period), lambda one, day: one.lasting(day, period))

    def due(self, period: Period, law: tuple[Citation, ...]) -> TermTable:
        """Return the table of a duty that is due within a time."""
        return self._table(("due", period, law), lambda one, day: one.due(day, period, law))

    def before(self, period: Period | None, law: tuple[Citation, ...]) -> TermTable:
        """Return the table of a duty that is due before a day."""
        return self._table(("before", period, law), lambda one, day: one.before(day, period, law))

    def _table(self, key: object, count: Callable[[TermCounter, Domain], Term]) -> TermTable:
        if key not in self._known:
            self._known[key] = TermTable(LastDays(self.days, count))
        return self._known[key]
