"""Deadlines: monotone, there and back, and bounds that hold for every calendar yet to come."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.calendar import Period, Unit
from lawengine.base.counting import Counting, Deadline, Direction, StepKind, deadline
from lawengine.base.label import Label
from lawengine.base.working_days import Calendars, DayKind, NamedDay

ONE = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2023, 1, 1), datetime.date(2026, 12, 31)
HOLIDAY = Label("holiday", "假日")

days = st.dates(FIRST, LAST)
lengths = st.integers(1, 40)


@st.composite
def calendars(draw: st.DrawFn, years: frozenset[int] | None = None) -> Calendars:
    """Draw calendars of some of four years, with days off and weekend days that are worked."""
    if years is None:
        years = frozenset(draw(st.sets(st.integers(2023, 2026))))
    known = [FIRST + n * ONE for n in range((LAST - FIRST).days + 1)]
    chosen = draw(st.sets(st.sampled_from(known), max_size=60))
    named = {d: NamedDay(d.weekday() < 5, HOLIDAY, "n") for d in chosen if d.year in years}
    return Calendars(years, named)


@st.composite
def rules(draw: st.DrawFn) -> Counting:
    return Counting(
        "R",
        "规",
        Label("rule", "规"),
        FIRST,
        working_lengths=frozenset(draw(st.sets(st.integers(1, 10)))),
        first_counted=draw(st.booleans()),
        moves=draw(st.booleans()),
    )


ALL = frozenset(range(2018, 2034))
"""Wide enough for the longest period from any start, in both directions."""
units = st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.MONTH])
directions = st.sampled_from(list(Direction))


def walked(
    start: datetime.date, length: int, works: Callable[[datetime.date], bool]
) -> datetime.date:
    """Return the working day number `length` after `start`, by the plainest walk."""
    day, left = start, length
    while left:
        day += ONE
        left -= works(day)
    return day


@given(calendars(ALL), days, lengths)
def test_working_days_are_those_of_the_plainest_walk(
    known: Calendars, start: datetime.date, length: int
) -> None:
    rule = Counting("R", "规", Label("rule", "规"), FIRST)
    found = deadline(start, Period(length, Unit.WORKING_DAY), rule, known)

    assert found.day == walked(start, length, lambda d: known.kind(d) is DayKind.WORKING)
    counted = (StepKind.COUNTED, StepKind.MADE_UP)
    assert sum(step.count for step in found.steps if step.kind in counted) == length


@given(calendars(ALL), rules(), days, st.integers(0, 30), lengths, units, directions)
def test_a_later_start_never_ends_earlier(
    known: Calendars,
    rule: Counting,
    start: datetime.date,
    later: int,
    length: int,
    unit: Unit,
    direction: Direction,
) -> None:
    one = deadline(start, Period(length, unit), rule, known, direction)
    two = deadline(start + later * ONE, Period(length, unit), rule, known, direction)

    assert one.day is not None
    assert two.day is not None
    assert one.day <= two.day


@given(calendars(ALL), days, lengths, st.sampled_from([Unit.DAY, Unit.WORKING_DAY]))
def test_a_longer_period_never_ends_earlier(
    known: Calendars, start: datetime.date, length: int, unit: Unit
) -> None:
    rule = Counting("R", "规", Label("rule", "规"), FIRST)
    one = deadline(start, Period(length, unit), rule, known)
    two = deadline(start, Period(length + 1, unit), rule, known)

    assert one.day is not None
    assert two.day is not None
    assert one.day < two.day if unit is Unit.WORKING_DAY else one.day <= two.day


@given(calendars(ALL), days, lengths)
def test_there_and_back_is_the_last_working_day_up_to_the_start(
    known: Calendars, start: datetime.date, length: int
) -> None:
    rule = Counting("R", "规", Label("rule", "规"), FIRST)
    period = Period(length, Unit.WORKING_DAY)
    there = deadline(start, period, rule, known).day
    assert there is not None
    back = deadline(there, period, rule, known, Direction.BEFORE).day

    expected = start
    while known.kind(expected) is not DayKind.WORKING:
        expected -= ONE
    assert back == expected


def inside(found: Deadline, day: datetime.date | None) -> bool:
    assert day is not None
    low_holds = found.earliest is None or found.earliest <= day
    return low_holds and (found.latest is None or day <= found.latest)


@given(st.data(), calendars(), rules(), days, lengths, units, directions)
def test_bounds_hold_for_every_calendar_that_may_be_published(
    data: st.DataObject,
    known: Calendars,
    rule: Counting,
    start: datetime.date,
    length: int,
    unit: Unit,
    direction: Direction,
) -> None:
    found = deadline(start, Period(length, unit), rule, known, direction)

    rest = data.draw(calendars(frozenset(range(2023, 2027)) - known.years))
    tails = [d for d in (*rest.named,) if d not in known.named]
    completed = Calendars(
        known.years | rest.years | ALL,
        {**{d: rest.named[d] for d in tails}, **known.named},
    )
    answer = deadline(start, Period(length, unit), rule, completed, direction)
    assert inside(found, answer.day)
    if found.day is not None:
        assert found.missing == ()
        assert answer.day == found.day
    else:
        assert found.missing
        assert not set(found.missing) & known.years


@given(st.data(), calendars(frozenset({2023, 2024})), rules(), lengths, units)
def test_bounds_hold_when_the_next_notice_changes_the_last_week(
    data: st.DataObject, known: Calendars, rule: Counting, length: int, unit: Unit
) -> None:
    start = data.draw(st.dates(datetime.date(2024, 11, 1), datetime.date(2024, 12, 31)))
    found = deadline(start, Period(length, unit), rule, known)

    week = [datetime.date(2024, 12, 25) + n * ONE for n in range(7)]
    changed = data.draw(st.dictionaries(st.sampled_from(week), st.booleans()))
    named = {d: NamedDay(off, HOLIDAY, "next") for d, off in changed.items()}
    later = Calendars(known.years | ALL, {**known.named, **named})
    answer = deadline(start, Period(length, unit), rule, later)
    assert inside(found, answer.day)
    if found.day is not None and not found.may_change:
        assert answer.day == found.day
