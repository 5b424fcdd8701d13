"""Periods and date arithmetic that never guess."""

from __future__ import annotations

import calendar
import datetime
import re
from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.base.errors import AmbiguousDateError, DateOutOfRangeError
from lawengine.base.label import Language
from lawengine.base.patterns import pattern

MONTHS_IN_YEAR = 12


class Unit(StrEnum):
    """Units of a period."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


_CHINESE_UNITS = {
    Unit.DAY: "日",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}


_PERIOD = pattern(
    r"(?P<en>\d{1,6})\s+(?P<unit>(?:working )?day|month|year)s?"
    r"|(?P<zh>\d{1,6})\s*(?P<one>个?工作日|日|天|个月|年)",
    re.ASCII,
)
_WRITTEN = {
    "日": Unit.DAY,
    "天": Unit.DAY,
    "工作日": Unit.WORKING_DAY,
    "个工作日": Unit.WORKING_DAY,
    "个月": Unit.MONTH,
    "年": Unit.YEAR,
}


class Rounding(StrEnum):
    """How a result that is not whole, or a day that does not exist, is settled.

    For dates, `down` takes the last day of the month, `up` the first day of the next.
    """

    DOWN = "down"
    UP = "up"
    HALF_EVEN = "half_even"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in one unit; two units never collapse into each other."""

    length: int
    unit: Unit

    def text(self, language: Language) -> str:
        """Return `2 years` or `2年`."""
        if language == "zh":
            return f"{self.length}{_CHINESE_UNITS[self.unit]}"
        name = self.unit.value.replace("_", " ")
        return f"{self.length} {name}{'' if self.length == 1 else 's'}"


def parse_period(text: str) -> Period | None:
    """Return the period that `5 working days`, `2 months`, `5个工作日` or `15日` writes, or None.

    >>> parse_period("5 working days").text("zh")
    '5个工作日'
    """
    match = _PERIOD.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    if match["en"]:
        return Period(int(match["en"]), Unit(match["unit"].replace(" ", "_")))
    return Period(int(match["zh"]), _WRITTEN[match["one"]])


def add_period(
    day: datetime.date, period: Period, rounding: Rounding | None = None
) -> datetime.date:
    """Return `day` moved by `period`.

    Edges: 31 January + 1 month has no such day: `down` gives the end of February, `up` 1 March.

    Raises:
        AmbiguousDateError: no such day, and `rounding` is None or half-even.
        DateOutOfRangeError: the result lies outside years 1 to 9999.
        NotImplementedError: working days need a published calendar: see `lawengine.base.counting`.
    """
    if period.unit is Unit.WORKING_DAY:
        msg = "working days are counted with a published calendar"
        raise NotImplementedError(msg)
    what = f"{day.isoformat()} + {period.text('en')}"
    if period.unit is Unit.DAY:
        try:
            return day + datetime.timedelta(days=period.length)
        except OverflowError:
            raise DateOutOfRangeError(what) from None
    months = period.length * (MONTHS_IN_YEAR if period.unit is Unit.YEAR else 1)
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_IN_YEAR)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise DateOutOfRangeError(what)
    last = calendar.monthrange(year, month + 1)[1]
    if day.day <= last:
        return datetime.date(year, month + 1, day.day)
    if rounding is Rounding.DOWN:
        return datetime.date(year, month + 1, last)
    if rounding is Rounding.UP:
        return datetime.date(year, month + 1, last) + datetime.timedelta(days=1)
    raise AmbiguousDateError(what)
