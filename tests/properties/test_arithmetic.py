"""Arithmetic within bounds is sound: what it says holds at every point of the bounds."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.calendar import Period, Rounding, Unit, add_period
from lawengine.base.money import round_exact
from lawengine.base.truth import Truth, conjunction, disjunction
from lawengine.evaluation.domains import (
    adjoin,
    bounds,
    compare,
    compute,
    extreme,
    hull,
    intersect,
    moved,
    rounded,
    segments,
    within,
)
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Known, Within
from lawengine.evaluation.intervals import changes, uncovered
from lawengine.model.expressions import Comparison, Extreme, Operation
from lawengine.model.rules import Interval
from tests.properties.drawn import Exact, inside

Drawn: TypeAlias = tuple[Domain, Any]
"""What is known of a value, and one value that it may be."""

numbers = st.integers(-20, 20) | st.fractions(-20, 20, max_denominator=4)
days = st.dates(datetime.date(2011, 1, 1), datetime.date(2013, 12, 31))
DAY = datetime.timedelta(days=1)

TESTS = {
    Comparison.EQUAL: lambda a, b: a == b,
    Comparison.UNEQUAL: lambda a, b: a != b,
    Comparison.AT_LEAST: lambda a, b: a >= b,
    Comparison.AT_MOST: lambda a, b: a <= b,
    Comparison.MORE: lambda a, b: a > b,
    Comparison.LESS: lambda a, b: a < b,
}


@st.composite
def around(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Domain, Any]:
    """Draw a domain and one value in it."""
    one, two, three = sorted(draw(st.tuples(values, values, values)))
    low = draw(st.sampled_from([one, None]))
    high = draw(st.sampled_from([three, None]))
    domain = draw(st.sampled_from([within(low, high), Known(two), UNKNOWN]))
    return domain, two


@given(st.sampled_from(Comparison), around(numbers), around(numbers))
def test_comparing_numbers(how: Comparison, left: Drawn, right: Drawn) -> None:
    said = compare(how, left[0], right[0])

    assert said in (Truth.UNKNOWN, Truth.TRUE if TESTS[how](left[1], right[1]) else Truth.FALSE)


@given(st.sampled_from(Comparison), around(days), around(days))
def test_comparing_dates(how: Comparison, left: Drawn, right: Drawn) -> None:
    said = compare(how, left[0], right[0])

    assert said in (Truth.UNKNOWN, Truth.TRUE if TESTS[how](left[1], right[1]) else Truth.FALSE)


@given(st.sampled_from(Comparison), numbers, numbers)
def test_what_is_exact_is_decided(how: Comparison, left: Exact, right: Exact) -> None:
    said = compare(how, Known(left), Known(right))

    assert said is (Truth.TRUE if TESTS[how](left, right) else Truth.FALSE)


@given(st.sampled_from(Operation), around(numbers), around(numbers))
def test_computing(operation: Operation, left: Drawn, right: Drawn) -> None:
    a, b = Fraction(left[1]), Fraction(right[1])
    exact = {
        Operation.ADD: a + b,
        Operation.SUBTRACT: a - b,
        Operation.MULTIPLY: a * b,
    }[operation]

    said = compute(operation, left[0], right[0])

    assert inside(said, exact)
    if isinstance(left[0], Known) and isinstance(right[0], Known):
        assert said == Known(exact)
        assert isinstance(said, Known)
        assert isinstance(said.value, int) is (exact.denominator == 1)


@given(
    around(days),
    st.integers(0, 40),
    st.sampled_from([Unit.DAY, Unit.MONTH, Unit.YEAR]),
    st.sampled_from([Operation.ADD, Operation.SUBTRACT]),
    st.sampled_from([Rounding.DOWN, Rounding.UP]),
)
def test_moving_a_date(
    day: Drawn, length: int, unit: Unit, operation: Operation, rounding: Rounding
) -> None:
    signed = length if operation is Operation.ADD else -length

    said = moved(day[0], Period(length, unit), operation, rounding)

    assert inside(said, add_period(day[1], Period(signed, unit), rounding))


@given(days, days, st.integers(-30, 30), st.sampled_from([Rounding.DOWN, Rounding.UP]))
def test_a_later_day_never_ends_earlier(
    one: datetime.date, two: datetime.date, months: int, rounding: Rounding
) -> None:
    first, last = sorted((one, two))
    period = Period(months, Unit.MONTH)

    assert add_period(first, period, rounding) <= add_period(last, period, rounding)


@given(around(numbers), st.sampled_from(Rounding))
def test_rounding(number: Drawn, rounding: Rounding) -> None:
    assert inside(rounded(number[0], rounding), round_exact(Fraction(number[1]), rounding))


@given(numbers)
def test_each_rounding_is_what_its_name_says(value: Exact) -> None:
    exact = Fraction(value)
    down, up, even = (round_exact(exact, rounding) for rounding in Rounding)

    assert down <= exact <= up
    assert up - down == (0 if exact.denominator == 1 else 1)
    assert abs(even - exact) <= Fraction(1, 2)
    if exact.denominator == 2:
        assert even % 2 == 0


@given(st.sampled_from(Extreme), st.lists(around(numbers), min_size=1, max_size=3))
def test_the_higher_and_the_lower(which: Extreme, drawn: list[Any]) -> None:
    pick = max if which is Extreme.HIGHER else min

    assert inside(extreme(which, [d for d, _ in drawn]), pick(value for _, value in drawn))


@given(st.lists(around(numbers), min_size=1, max_size=3))
def test_a_hull_holds_every_part(drawn: list[Any]) -> None:
    whole = hull(domain for domain, _ in drawn)

    assert all(inside(whole, value) for _, value in drawn)


@given(st.lists(st.sampled_from([Known("a"), Known("b"), Among(frozenset("bc"))]), min_size=1))
def test_a_hull_of_choices(drawn: list[Domain]) -> None:
    whole = hull(drawn)

    for domain in drawn:
        options = domain.options if isinstance(domain, Among) else {domain.value}  # type: ignore[union-attr]  # what is not there fails the test
        assert all(inside(whole, option) for option in options)


@given(around(numbers), numbers, numbers)
def test_intersecting(number: Drawn, one: Exact, two: Exact) -> None:
    low, high = sorted((one, two))
    cut = intersect(number[0], low, high)

    if low <= number[1] <= high:
        assert cut is not None
        assert inside(cut, number[1])
    elif isinstance(number[0], Known):
        assert cut is None


# --- parts of a domain ----------------------------------------------------------------------------

cuts = st.lists(st.tuples(st.sampled_from(Comparison), st.integers(-8, 8)), max_size=4)
whole_numbers = st.integers(-10, 10)


@given(around(whole_numbers), cuts)
def test_segments_part_a_domain(number: Drawn, cuts: list[Any]) -> None:
    domain = UNKNOWN if isinstance(number[0], Known) else number[0]
    parts = segments(domain, cuts)

    for value in range(-12, 13):
        assert sum(inside(part, value) for part in parts) == inside(domain, value)
    for part in parts:
        for comparison, cut in cuts:
            assert compare(comparison, part, Known(cut)) is not Truth.UNKNOWN
    joined = parts[0]
    for part in parts[1:]:
        together = adjoin(joined, part)
        assert together is not None
        joined = together
    assert joined == domain


@given(around(days), st.lists(st.tuples(st.sampled_from(Comparison), days), max_size=3))
def test_segments_of_dates(day: Drawn, cuts: list[Any]) -> None:
    domain = UNKNOWN if isinstance(day[0], Known) else day[0]
    parts = segments(domain, cuts)

    assert sum(inside(part, day[1]) for part in parts) == 1
    for part in parts:
        for comparison, cut in cuts:
            assert compare(comparison, part, Known(cut)) is not Truth.UNKNOWN


@given(around(whole_numbers), around(whole_numbers))
def test_adjoining_gives_exactly_both(one: Drawn, two: Drawn) -> None:
    together = adjoin(one[0], two[0])

    if together is not None:
        for value in range(-12, 13):
            assert inside(together, value) == (inside(one[0], value) or inside(two[0], value))


@pytest.mark.parametrize(
    ("one", "two", "together"),
    [
        (Known(True), Known(False), UNKNOWN),
        (Known("a"), Known("b"), Among(frozenset("ab"))),
        (Known("a"), Among(frozenset("bc")), Among(frozenset("abc"))),
        (Known(1), Known(2), Within(1, 2)),
        (Known(1), Known(3), None),
        (Within(None, 4), Within(5, None), UNKNOWN),
        (Within(5, None), Within(None, 4), UNKNOWN),
        (Within(1, 2), Within(4, 5), None),
        (Known(Fraction(1, 2)), Known(Fraction(3, 2)), None),
        (
            Known(datetime.date(2012, 2, 28)),
            Known(datetime.date(2012, 2, 29)),
            Within(datetime.date(2012, 2, 28), datetime.date(2012, 2, 29)),
        ),
        (UNKNOWN, Known(1), None),
    ],
)
def test_adjoining(one: Domain, two: Domain, together: Domain | None) -> None:
    assert adjoin(one, two) == together


intervals = st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True)


@given(intervals, st.booleans(), st.integers(0, 60), st.integers(0, 30))
def test_days_that_no_interval_covers(
    marks: list[int], endless: bool, start: int, length: int
) -> None:
    marks = sorted(marks)[: len(marks) // 2 * 2]
    zero = datetime.date(2010, 1, 1)
    spans = [
        Interval(zero + a * DAY, zero + b * DAY)
        for a, b in zip(marks[::2], marks[1::2], strict=True)
    ]
    if endless:
        spans[-1] = Interval(spans[-1].start)
    first, last = zero + start * DAY, zero + (start + length) * DAY
    asked = [first + n * DAY for n in range(length + 1)]

    assert uncovered(spans, first, last) == any(
        not any(span.contains(day) for span in spans) for day in asked
    )
    states = [next((n for n, s in enumerate(spans) if s.contains(day)), None) for day in asked]
    turns = [
        day for day, one, two in zip(asked[1:], states, states[1:], strict=False) if one != two
    ]
    assert changes(spans, first, last) == turns


def test_bounds_of_what_has_no_order() -> None:
    for domain in (
        Known("a"),
        Known(True),
        Known(Period(1, Unit.DAY)),
        Among(frozenset("a")),
        UNKNOWN,
    ):
        assert bounds(domain) == (None, None)


# --- Kleene logic ---------------------------------------------------------------------------------

truths = st.sampled_from(Truth)


@given(truths, truths, truths)
def test_kleene_laws(a: Truth, b: Truth, c: Truth) -> None:
    assert a & b is b & a
    assert a | b is b | a
    assert (a & b) & c is a & (b & c)
    assert (a | b) | c is a | (b | c)
    assert a & (b | c) is (a & b) | (a & c)
    assert a | (b & c) is (a | b) & (a | c)
    assert ~(a & b) is ~a | ~b
    assert ~~a is a
    assert a & (a | b) is a
    assert a & Truth.TRUE is a
    assert a | Truth.FALSE is a
    assert a & Truth.FALSE is Truth.FALSE
    assert conjunction([a, b, c]) is a & b & c
    assert disjunction([a, b, c]) is a | b | c


@given(truths, truths, st.booleans(), st.booleans())
def test_kleene_survives_completion(a: Truth, b: Truth, x: bool, y: bool) -> None:
    def complete(value: Truth, answer: bool) -> Truth:
        return (Truth.TRUE if answer else Truth.FALSE) if value is Truth.UNKNOWN else value

    whole = complete(a, x), complete(b, y)
    assert a & b in (Truth.UNKNOWN, whole[0] & whole[1])
    assert a | b in (Truth.UNKNOWN, whole[0] | whole[1])
