"""Counting by hand: an invented calendar, so that every expected day can be checked by eye."""

from __future__ import annotations

import datetime

import pytest

from lawengine.base.calendar import Period, Unit, parse_period
from lawengine.base.citation import parse_citation
from lawengine.base.counting import (
    MAX_DAYS,
    Counting,
    Deadline,
    Direction,
    PeriodLengthError,
    Provision,
    StepKind,
    deadline,
)
from lawengine.base.counting_words import caveats, open_words, step_words
from lawengine.base.errors import DateOutOfRangeError
from lawengine.base.label import LANGUAGES, Label
from lawengine.base.working_days import Calendars, DayKind, NamedDay

CITED = parse_citation("LAN-2001 art 4")
assert CITED is not None
DOUBT = Label("from memory", "凭记忆")
RULE = Counting(
    id="LAN-2001",
    zh_id="集市法-2001",
    label=Label("terms of the market", "集市期限"),
    in_force_from=datetime.date(2024, 1, 1),
    in_force_to=datetime.date(2026, 6, 30),
    working_lengths=frozenset({3, 5}),
    working=Provision((CITED,)),
    first=Provision((), DOUBT),
    last=Provision((CITED,)),
    month_end=Provision((CITED,)),
)
LANTERN = Label("Lantern Fair", "灯会")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def off(text: str) -> tuple[datetime.date, NamedDay]:
    return day(text), NamedDay(True, LANTERN, "notice 7")


def worked(text: str) -> tuple[datetime.date, NamedDay]:
    return day(text), NamedDay(False, LANTERN, "notice 7")


# 2025-03-03 is a Monday. The fair takes Wednesday and Thursday; Saturday 8 March is worked.
CALENDARS = Calendars(
    frozenset({2024, 2025}),
    dict([off("2025-03-05"), off("2025-03-06"), worked("2025-03-08"), worked("2023-12-30")]),
)


def count(
    start: str,
    period: str,
    rule: Counting = RULE,
    calendars: Calendars = CALENDARS,
    *,
    back: bool = False,
) -> Deadline:
    parsed = parse_period(period)
    assert parsed is not None
    direction = Direction.BEFORE if back else Direction.AFTER
    found = deadline(day(start), parsed, rule, calendars, direction)
    # Whatever is found can be told in both languages.
    for language in LANGUAGES:
        assert all(step_words(step).text(language) for step in found.steps)
        assert all(note.text(language) for note in caveats(found))
        assert bool(open_words(found).text(language)) is (found.day is None)
    return found


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        # Mon; Tue, (Wed, Thu off), Fri, Sat worked.
        ("2025-03-03", "3 working days", "2025-03-08"),
        ("2025-03-03", "3 days", "2025-03-08"),
        ("2025-03-03", "4 working days", "2025-03-10"),
        # Four days are no working days under this rule: Friday 7 March is worked.
        ("2025-03-03", "4 days", "2025-03-07"),
        ("2025-03-03", "2 days", "2025-03-07"),
        ("2025-03-04", "1 day", "2025-03-07"),
        # A worked Saturday is an end like any other.
        ("2025-03-01", "7 days", "2025-03-08"),
        ("2025-03-02", "7 days", "2025-03-10"),
        ("2025-03-08", "1 working day", "2025-03-10"),
        # Over the end of a year.
        ("2024-12-30", "3 working days", "2025-01-02"),
        ("2024-12-29", "15 days", "2025-01-13"),
        # Months and years: the same day, or the last of a month that lacks it.
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2025-01-31", "1 month", "2025-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-05-31", "1 month", "2024-07-01"),
        ("2025-02-15", "2 months", "2025-04-15"),
    ],
)
def test_the_day(start: str, period: str, expected: str) -> None:
    found = count(start, period)

    assert found.day == day(expected)
    assert found.earliest == found.latest == found.day
    assert found.missing == ()
    assert found.may_change == ()


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        ("2025-03-10", "1 working day", "2025-03-08"),
        ("2025-03-10", "3 days", "2025-03-04"),
        ("2025-03-10", "4 days", "2025-03-06"),
        ("2025-03-31", "1 month", "2025-02-28"),
    ],
)
def test_the_day_counted_back(start: str, period: str, expected: str) -> None:
    found = count(start, period, back=True)

    assert found.day == day(expected)
    assert "counted back" in caveats(found)[-1].en


def test_a_first_day_that_counts() -> None:
    rule = Counting("X", "某", Label("x", "某"), day("2024-01-01"), first_counted=True)

    assert count("2025-03-03", "3 working days", rule).day == day("2025-03-07")
    assert count("2025-03-03", "4 days", rule).day == day("2025-03-07")
    assert count("2025-03-10", "1 month", rule).day == day("2025-04-09")
    assert count("2025-03-10", "2 days", rule, back=True).day == day("2025-03-09")
    assert count("2025-03-03", "1 working day", rule).steps[0].kind is StepKind.FIRST_COUNTED


def test_a_rule_whose_end_never_moves_asks_no_calendar() -> None:
    rule = Counting("X", "某", Label("x", "某"), day("2024-01-01"), moves=False)

    assert count("2025-03-02", "4 days", rule).day == day("2025-03-06")
    assert count("2040-03-02", "4 days", rule).day == day("2040-03-06")


def test_the_steps_of_a_count() -> None:
    found = count("2025-03-03", "3 days")

    told = [(s.kind.value, s.first.day, s.last.day, s.count) for s in found.steps]
    assert told == [
        ("first_not_counted", 3, 3, 1),
        ("in_working_days", 4, 8, 3),
        ("counted", 4, 4, 1),
        ("holiday", 5, 6, 2),
        ("counted", 7, 7, 1),
        ("made_up", 8, 8, 1),
        ("ends", 8, 8, 1),
    ]
    assert found.citations == (CITED,)
    assert found.sources == ("notice 7",)
    assert found.unverified == (DOUBT,)
    assert step_words(found.steps[3]) == Label(
        "2025-03-05 to 2025-03-06: day off, Lantern Fair (notice 7)",
        "2025-03-05至2025-03-06：放假，灯会（notice 7）",
    )


def test_the_steps_of_an_end_that_moves() -> None:
    found = count("2025-03-02", "7 days")

    assert [s.kind for s in found.steps[1:]] == [StepKind.WEEKEND, StepKind.MOVED, StepKind.ENDS]
    assert (
        step_words(found.steps[2]).en == "2025-03-09 is no working day: the end moves to 2025-03-10"
    )
    assert found.steps[2].because == (CITED,)


def test_a_day_in_a_year_without_a_calendar_is_open_from_below() -> None:
    found = count("2025-12-29", "5 working days")

    # 30 and 31 December, and then perhaps 1, 2 and 3 January.
    assert (found.day, found.earliest, found.latest) == (None, day("2025-12-28") + 6 * ONE, None)
    assert found.missing == (2026,)
    assert open_words(found).en == "no published calendar for 2026: not before 2026-01-03"
    assert open_words(found).zh == "2026年没有已公布的放假安排：不早于2026-01-03"


ONE = datetime.timedelta(days=1)


def test_the_end_of_a_period_in_a_year_without_a_calendar_is_open() -> None:
    found = count("2025-12-29", "15 days")

    assert (found.day, found.earliest, found.latest) == (None, day("2026-01-13"), None)
    assert found.missing == (2026,)


def test_a_year_without_a_calendar_at_the_start_leaves_bounds_on_both_sides() -> None:
    found = count("2023-12-27", "3 working days")

    # 30 December is known; 28, 29 and 31 may be worked or not.
    assert (found.day, found.earliest, found.latest) == (None, day("2023-12-30"), day("2024-01-02"))
    assert open_words(found).en.endswith("from 2023-12-30 to 2024-01-02")
    assert open_words(found).zh.endswith("在2023-12-30至2024-01-02之间")


def test_counted_back_into_a_year_without_a_calendar() -> None:
    found = count("2024-01-02", "5 working days", back=True)

    assert (found.day, found.earliest, found.latest) == (None, None, day("2023-12-28"))
    assert open_words(found).en.endswith("not after 2023-12-28")
    assert open_words(found).zh.endswith("不晚于2023-12-28")


def test_years_without_a_calendar_are_leapt_over() -> None:
    # The last week of a year before one without a calendar is not firm, so no bound rests on it.
    gap = Calendars(frozenset({1, 1990, 2010}), dict([worked("2009-12-05")]))

    after = count("1990-12-28", "3 working days", calendars=gap)
    assert (after.earliest, after.latest) == (day("1990-12-31"), day("2010-01-04"))
    before = count("2010-01-04", "3 working days", back=True, calendars=gap)
    assert (before.earliest, before.latest) == (day("1990-12-24"), day("2009-12-30"))
    assert count("0001-12-31", "1 working day", calendars=gap).latest == day("1990-01-01")
    late = count("9999-12-01", "1 working day", back=True, calendars=gap)
    assert (late.earliest, late.latest) == (day("2010-12-24"), day("9999-11-30"))


def test_many_years_without_a_calendar_are_named_as_a_range() -> None:
    found = count("2025-12-31", "1500 working days")

    assert found.missing == (2026, 2027, 2028, 2029, 2030)
    assert "for 2026-2030:" in open_words(found).en


def test_no_calendar_at_all() -> None:
    found = count("2025-03-03", "2 working days", calendars=Calendars())

    assert (found.day, found.earliest, found.latest) == (None, day("2025-03-05"), None)


def test_the_end_of_the_last_year_may_still_change() -> None:
    found = count("2025-12-22", "3 working days")
    assert (found.day, found.may_change) == (day("2025-12-25"), (2026,))
    assert (found.earliest, found.latest) == (day("2025-12-25"), None)
    assert "the calendar for 2026 is not published" in caveats(found)[0].en

    before = count("2025-12-21", "3 working days")
    assert (before.day, before.may_change) == (day("2025-12-24"), ())

    in_between = count("2024-12-22", "3 working days")
    assert in_between.may_change == ()


def test_a_day_that_may_change_within_bounds_says_the_latest() -> None:
    # Counted back from the new year, the days before the last week are firm.
    found = count("2025-12-31", "2 working days", back=True)

    assert (found.day, found.may_change) == (day("2025-12-29"), (2026,))
    assert (found.earliest, found.latest) == (day("2025-12-23"), day("2025-12-29"))
    assert "at the latest 2025-12-29" in caveats(found)[0].en


def test_an_unverified_calendar_is_passed_on() -> None:
    calendars = Calendars(frozenset({2024, 2025}), {}, {2025: Label("not seen", "未见")})

    assert (
        Label("not seen", "未见") in count("2024-12-30", "4 days", calendars=calendars).unverified
    )
    assert (
        Label("not seen", "未见")
        not in count("2024-12-02", "4 days", calendars=calendars).unverified
    )


def test_a_rule_not_in_force_says_so() -> None:
    assert count("2025-03-03", "4 days").in_force
    found = count("2026-07-01", "4 days", calendars=Calendars(frozenset({2026})))
    assert not found.in_force
    assert caveats(found)[0].en == "LAN-2001 was not in force on 2026-07-01"
    assert not RULE.in_force(day("2023-12-31"))


@pytest.mark.parametrize(
    "period",
    [
        Period(0, Unit.DAY),
        Period(-1, Unit.WORKING_DAY),
        Period(MAX_DAYS + 1, Unit.DAY),
        Period(101, Unit.YEAR),
        Period(MAX_DAYS // 30 + 1, Unit.MONTH),
    ],
)
def test_a_period_out_of_all_proportion_is_refused(period: Period) -> None:
    with pytest.raises(PeriodLengthError, match="from one day to a hundred years"):
        deadline(day("2025-03-03"), period, RULE, CALENDARS)


def test_a_day_after_the_last_or_before_the_first_is_refused() -> None:
    for start, direction in (("9999-12-31", Direction.AFTER), ("0001-01-01", Direction.BEFORE)):
        for unit in (Unit.DAY, Unit.WORKING_DAY, Unit.YEAR):
            with pytest.raises(DateOutOfRangeError):
                deadline(day(start), Period(10, unit), RULE, CALENDARS, direction)


def test_what_is_known_of_a_day() -> None:
    kinds = {
        "2025-03-03": DayKind.WORKING,
        "2025-03-05": DayKind.REST,
        "2025-03-08": DayKind.WORKING,
        "2025-03-09": DayKind.REST,
        "2023-12-30": DayKind.WORKING,
        "2023-12-31": DayKind.UNKNOWN,
        "2026-01-01": DayKind.UNKNOWN,
    }
    assert {text: CALENDARS.kind(day(text)) for text in kinds} == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 working days", Period(5, Unit.WORKING_DAY)),
        ("1 working day", Period(1, Unit.WORKING_DAY)),
        ("  15   days ", Period(15, Unit.DAY)),
        ("2 months", Period(2, Unit.MONTH)),
        ("1 year", Period(1, Unit.YEAR)),
        ("5个工作日", Period(5, Unit.WORKING_DAY)),
        ("5工作日", Period(5, Unit.WORKING_DAY)),
        ("15日", Period(15, Unit.DAY)),
        ("3天", Period(3, Unit.DAY)),
        ("6个月", Period(6, Unit.MONTH)),
        ("2 年", Period(2, Unit.YEAR)),
    ],
)
def test_a_written_period_is_read(text: str, expected: Period) -> None:
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "five days",
        "-5 days",
        "5.5 days",
        "5 weeks",
        "5 working months",
        "1234567 days",
        "五日",
        "5days",
        "٥ days",
    ],
)
def test_anything_else_is_no_period(text: str) -> None:
    assert parse_period(text) is None
