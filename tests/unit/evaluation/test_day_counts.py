"""Counted days agree with counting them one by one, and bounds hold whatever is filled in."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.truth import Truth, truth
from lawengine.evaluation.day_counts import Left, days_counted
from lawengine.evaluation.domains import bounds, within
from lawengine.evaluation.facts import UNKNOWN, Domain, Known

DAYS = st.integers(0, 40).map(lambda n: datetime.date(2022, 3, 1) + datetime.timedelta(days=n))
Pair = tuple[datetime.date, datetime.date]
PAIRS = st.tuples(DAYS, DAYS)


def one_by_one(first: datetime.date, last: datetime.date, periods: list[Pair]) -> int:
    days = (datetime.date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    return sum(not any(start <= day <= end for start, end in periods) for day in days)


@given(PAIRS, st.lists(PAIRS, max_size=4))
def test_the_count_is_that_of_counting_each_day(span: Pair, periods: list[Pair]) -> None:
    left_out = [Left(Known(start), Known(end)) for start, end in periods]

    assert days_counted(Known(span[0]), Known(span[1]), left_out) == Known(
        one_by_one(*span, periods)
    )


@given(st.lists(PAIRS, min_size=2, max_size=5), st.data())
def test_what_is_filled_in_stays_within_the_bounds(pairs: list[Pair], data: st.DataObject) -> None:
    def blurred(day: datetime.date) -> Domain:
        early, late = (datetime.timedelta(days=data.draw(st.integers(0, 3))) for _ in "ab")
        return data.draw(st.sampled_from([Known(day), within(day - early, day + late), UNKNOWN]))

    (first, last), *periods = pairs
    kept = data.draw(st.lists(st.booleans(), min_size=len(periods), max_size=len(periods)))
    told = [Truth.UNKNOWN if data.draw(st.booleans()) else truth(one) for one in kept]
    left_out = [
        Left(blurred(start), blurred(end), one)
        for (start, end), one in zip(periods, told, strict=True)
    ]

    low, high = bounds(days_counted(blurred(first), blurred(last), left_out))

    true = one_by_one(first, last, [p for p, one in zip(periods, kept, strict=True) if one])
    assert isinstance(low, int)
    assert low <= true
    assert high is None or (isinstance(high, int) and true <= high)


def test_a_list_that_is_not_given_may_leave_out_every_day() -> None:
    first, last = Known(datetime.date(2022, 3, 1)), Known(datetime.date(2022, 3, 10))

    assert days_counted(first, last, None) == within(0, 10)


def test_centuries_are_counted_without_walking_them() -> None:
    ends = Known(datetime.date(1, 1, 2)), Known(datetime.date(9999, 12, 30))

    assert days_counted(*ends, [Left(*ends)]) == Known(0)
