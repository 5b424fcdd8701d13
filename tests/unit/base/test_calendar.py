import calendar
import datetime

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.calendar import Period, Rounding, Unit, add_period
from lawengine.base.errors import AmbiguousDateError, DateOutOfRangeError

# Far enough from the ends of the calendar for every period below.
days = st.dates(datetime.date(1300, 1, 1), datetime.date(8700, 12, 31))
lengths = st.integers(-1200, 1200)
DAY = datetime.date


def moved(day: datetime.date, length: int, unit: Unit) -> datetime.date:
    """Return the day that dateutil gives, which takes the end of a month that is too short."""
    months = length * (12 if unit is Unit.YEAR else 1)
    return day + relativedelta(months=months)


@given(day=days, length=st.integers(-100_000, 100_000))
def test_days_are_counted(day: datetime.date, length: int) -> None:
    expected = DAY.fromordinal(day.toordinal() + length)

    assert add_period(day, Period(length, Unit.DAY)) == expected


@given(day=days, length=lengths, unit=st.sampled_from([Unit.MONTH, Unit.YEAR]))
def test_rounding_down_agrees_with_the_published_library(
    day: datetime.date, length: int, unit: Unit
) -> None:
    found = add_period(day, Period(length, unit), Rounding.DOWN)

    assert found == moved(day, length, unit)


@given(day=days, length=lengths, unit=st.sampled_from([Unit.MONTH, Unit.YEAR]))
def test_rounding_up_takes_the_first_of_the_next_month(
    day: datetime.date, length: int, unit: Unit
) -> None:
    down = moved(day, length, unit)
    expected = down if down.day == day.day else down + datetime.timedelta(days=1)

    assert add_period(day, Period(length, unit), Rounding.UP) == expected
    assert expected.day in (day.day, 1)


@given(day=days, length=lengths, unit=st.sampled_from([Unit.MONTH, Unit.YEAR]))
def test_without_a_rounding_no_day_is_guessed(day: datetime.date, length: int, unit: Unit) -> None:
    exact = moved(day, length, unit)
    period = Period(length, unit)
    if exact.day == day.day:
        assert add_period(day, period) == exact
        assert add_period(day, period, Rounding.HALF_EVEN) == exact
        return
    for rounding in (None, Rounding.HALF_EVEN):
        with pytest.raises(AmbiguousDateError):
            add_period(day, period, rounding)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2023, 2024])
def test_a_month_after_the_last_day_of_each_month(year: int, month: int) -> None:
    last = DAY(year, month, calendar.monthrange(year, month)[1])
    period = Period(1, Unit.MONTH)
    down = add_period(last, period, Rounding.DOWN)
    up = add_period(last, period, Rounding.UP)

    assert down == last + relativedelta(months=1)
    assert up - down == datetime.timedelta(days=0 if down.day == last.day else 1)


def test_a_leap_day_has_no_anniversary_in_a_common_year() -> None:
    leap, year = DAY(2020, 2, 29), Period(1, Unit.YEAR)

    assert add_period(leap, year, Rounding.DOWN) == DAY(2021, 2, 28)
    assert add_period(leap, year, Rounding.UP) == DAY(2021, 3, 1)
    assert add_period(leap, Period(4, Unit.YEAR)) == DAY(2024, 2, 29)
    with pytest.raises(AmbiguousDateError, match="2020-02-29 \\+ 1 year names a day"):
        add_period(leap, year)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (DAY(9999, 12, 31), Period(1, Unit.DAY)),
        (DAY(9999, 12, 1), Period(1, Unit.MONTH)),
        (DAY(1, 1, 1), Period(-1, Unit.DAY)),
        (DAY(1, 1, 1), Period(-1, Unit.MONTH)),
        (DAY(2020, 1, 1), Period(10**12, Unit.DAY)),
        (DAY(2020, 1, 1), Period(10**12, Unit.YEAR)),
    ],
)
def test_a_day_outside_the_calendar_is_an_error(day: datetime.date, period: Period) -> None:
    with pytest.raises(DateOutOfRangeError, match="outside the years 1 to 9999"):
        add_period(day, period, Rounding.DOWN)


def test_rounding_up_reaches_the_last_month_of_the_calendar() -> None:
    assert add_period(DAY(9999, 10, 31), Period(1, Unit.MONTH), Rounding.UP) == DAY(9999, 12, 1)


def test_working_days_need_a_published_calendar() -> None:
    with pytest.raises(NotImplementedError, match="published calendar"):
        add_period(DAY(2024, 1, 1), Period(3, Unit.WORKING_DAY))


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        (Period(1, Unit.DAY), "1 day", "1日"),
        (Period(30, Unit.DAY), "30 days", "30日"),
        (Period(15, Unit.WORKING_DAY), "15 working days", "15个工作日"),
        (Period(6, Unit.MONTH), "6 months", "6个月"),
        (Period(2, Unit.YEAR), "2 years", "2年"),
    ],
)
def test_periods_are_written_in_both_languages(period: Period, english: str, chinese: str) -> None:
    assert period.text("en") == english
    assert period.text("zh") == chinese


def test_twelve_months_are_not_a_year() -> None:
    assert Period(12, Unit.MONTH) != Period(1, Unit.YEAR)
