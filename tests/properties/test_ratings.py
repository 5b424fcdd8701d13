"""Properties of scores and grades: monotone, and sound while facts are missing."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lawengine.deciding.rating_outcomes import RatingState
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Known
from tests.ratings import Facts, decision, look

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=1000)
FACTS = st.fixed_dictionaries(
    {
        "looked_on": st.dates(datetime.date(2016, 1, 1), datetime.date(2019, 12, 31)),
        "good": SHARES,
        "quick": SHARES,
        "complaints": st.integers(0, 9),
        "faked": st.booleans(),
    }
)


def points(facts: Facts) -> Fraction:
    (found,) = decision(look(**facts)).all_scores()
    assert isinstance(found.value, Known)
    assert isinstance(found.value.value, int | Fraction)
    return Fraction(found.value.value)


@given(FACTS, st.sampled_from(["good", "quick"]), SHARES)
def test_raising_an_indicator_never_lowers_the_score(
    facts: Facts, name: str, other: Fraction
) -> None:
    low, high = sorted([facts[name], other])

    assert points({**facts, name: low}) <= points({**facts, name: high})


@given(FACTS, st.integers(0, 9))
def test_more_complaints_never_raise_the_score(facts: Facts, other: int) -> None:
    low, high = sorted([facts["complaints"], other])

    assert points({**facts, "complaints": high}) <= points({**facts, "complaints": low})


@given(FACTS, st.sets(st.sampled_from(["good", "quick", "complaints", "faked", "looked_on"])))
def test_what_is_left_out_only_widens_score_and_grade(facts: Facts, left_out: set[str]) -> None:
    whole = decision(look(**facts))
    kept: Facts = {name: None if name in left_out else facts[name] for name in facts}
    part = decision(look(**kept))
    (full,), (score,) = whole.all_scores(), part.all_scores()
    (known,), (grade,) = whole.all_grades(), part.all_grades()

    assert isinstance(full.value, Known)
    low, high = bounds(score.value)
    assert low is None or low <= full.value.value  # type: ignore[operator]  # what is not there fails the test
    assert high is None or full.value.value <= high  # type: ignore[operator]  # what is not there fails the test
    assert set(known.possible) <= set(grade.possible)
    if grade.state is RatingState.SETTLED:
        assert grade.possible == known.possible
    if left_out == set():
        assert (score, grade) == (full, known)
    elif score.state is RatingState.OPEN:
        assert {need.key.fact for need in score.needs} <= left_out
        assert score.needs
