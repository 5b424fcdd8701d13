"""The shipped calendars against independent libraries, day by day over all years they cover."""

from __future__ import annotations

import datetime
import importlib
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from lawengine.base.calendar import Period, Unit
from lawengine.base.counting import Counting, Direction, deadline
from lawengine.base.label import Label
from lawengine.base.working_days import Calendars, DayKind
from lawengine.statutes.days import Days
from lawengine.workspace import open_days

Works: TypeAlias = Callable[[datetime.date], bool]

FIRST, LAST = datetime.date(2006, 1, 1), datetime.date(2026, 12, 31)
ONE = datetime.timedelta(days=1)
DIFFERENCES = Path(__file__).with_name("day_differences.yaml")
PLAIN = Counting("PLAIN", "普通", Label("plain", "普通"), datetime.date(2000, 1, 1))


def chinesecalendar() -> Works:
    library: Any = importlib.import_module("chinese_calendar")
    return lambda day: bool(library.is_workday(day))


def holidays() -> Works:
    library: Any = importlib.import_module("holidays")
    china = library.China(years=range(FIRST.year - 1, LAST.year + 2))
    return lambda day: bool(china.is_working_day(day))


LIBRARIES = {"chinesecalendar": chinesecalendar, "holidays": holidays}


@pytest.fixture(scope="module")
def days() -> Days:
    found, diagnostics = open_days()
    assert diagnostics == ()
    return found


@pytest.fixture(scope="module")
def calendars(days: Days) -> Calendars:
    return days.calendars()


def explained(library: str) -> set[datetime.date]:
    entries = yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))
    assert all(len(entry["because"]) > 40 for entry in entries)
    return {day for entry in entries if entry["library"] == library for day in entry["days"]}


def all_days() -> list[datetime.date]:
    return [FIRST + n * ONE for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize("name", LIBRARIES)
def test_every_day_agrees_or_its_difference_is_explained(name: str, calendars: Calendars) -> None:
    works = LIBRARIES[name]()
    differing = {d for d in all_days() if (calendars.kind(d) is DayKind.WORKING) != works(d)}

    assert differing == explained(name)


@pytest.mark.parametrize(("length", "stride"), [(1, 1), (5, 1), (7, 3), (20, 7), (90, 30)])
def test_every_deadline_agrees(length: int, stride: int, calendars: Calendars) -> None:
    works = chinesecalendar()
    assert explained("chinesecalendar") == set()
    worked = [day for day in all_days() if works(day)]
    starts = [day for day in all_days() if day < worked[-length]][::stride]
    for start in starts:
        found = deadline(start, Period(length, Unit.WORKING_DAY), PLAIN, calendars)
        index = bisect_right(worked, start)
        assert found.day == worked[index + length - 1], start
        if index == 0:
            continue
        back = deadline(
            found.day, Period(length, Unit.WORKING_DAY), PLAIN, calendars, Direction.BEFORE
        )
        assert back.day == worked[index - 1], start
    assert len(starts) > 200


def test_a_year_without_a_calendar_is_said_where_a_library_guesses(calendars: Calendars) -> None:
    guess = holidays()
    weekday = datetime.date(2027, 2, 8)
    library: Any = importlib.import_module("chinese_calendar")

    assert guess(weekday) is False
    with pytest.raises(NotImplementedError):
        library.is_workday(weekday)
    assert calendars.kind(weekday) is DayKind.UNKNOWN
    found = deadline(datetime.date(2027, 2, 1), Period(5, Unit.WORKING_DAY), PLAIN, calendars)
    assert (found.day, found.missing) == (None, (2027,))


def test_before_the_first_year_nothing_is_guessed(calendars: Calendars) -> None:
    assert calendars.kind(datetime.date(2005, 6, 1)) is DayKind.UNKNOWN
    # Named by the notice for 2006.
    assert calendars.kind(datetime.date(2005, 12, 31)) is DayKind.WORKING
    found = deadline(
        datetime.date(2006, 1, 2), Period(5, Unit.WORKING_DAY), PLAIN, calendars, Direction.BEFORE
    )
    assert (found.day, found.latest, found.missing) == (None, datetime.date(2005, 12, 27), (2005,))
