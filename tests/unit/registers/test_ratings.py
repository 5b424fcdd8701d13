"""Scores and grades of cases: arithmetic, what is missing, vetoes, versions, what would lift."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from lawengine.base.truth import Truth
from lawengine.deciding.rating_outcomes import GradeOutcome, RatingState, ScoreOutcome
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import UNKNOWN, Instance, Known, Within
from lawengine.model.scenarios import RuleState
from lawengine.model.statuses import StatusState
from tests.ratings import ALL, GRADE, SCORE, Facts, book, case, decided, decision, ends, look

DAY = datetime.date(2017, 6, 1)
SETTLED: Facts = {
    "looked_on": DAY,
    "good": Fraction(9, 10),
    "quick": Fraction(1),
    "complaints": 2,
    "faked": False,
}


def score(**facts: Any) -> ScoreOutcome:  # noqa: ANN401 - facts of any kind
    (found,) = decision(look(**{**SETTLED, **facts})).all_scores()
    return found


def grade(**facts: Any) -> GradeOutcome:  # noqa: ANN401 - facts of any kind
    (found,) = decision(look(**{**SETTLED, **facts})).all_grades()
    return found


def test_a_score_is_the_exact_sum_of_points_times_weights() -> None:
    found = score()

    # 90 x 50 % + 100 x 20 % + 62.5 x 30 %
    assert found.value == Known(Fraction(335, 4))
    assert [item.product for item in found.indicators] == [
        Known(45), Known(20), Known(Fraction(75, 4)),
    ]  # fmt: skip
    assert (found.state, found.missing) == (RatingState.SETTLED, ())
    assert found.needs == ()


def test_the_weights_are_those_of_the_day_of_the_score_itself() -> None:
    # 90 x 40 % + 100 x 30 % + 62.5 x 30 %, though the case is decided in 2020 either way
    assert score(looked_on=datetime.date(2018, 1, 1)).value == Known(Fraction(339, 4))
    assert score(looked_on=datetime.date(2017, 12, 31)).value == Known(Fraction(335, 4))


@pytest.mark.parametrize(("rounding", "value"), [("down", 83), ("up", 84), ("half even", 84)])
def test_a_written_rounding_settles_the_sum(rounding: str, value: int) -> None:
    rulebook = book(f"{SCORE}    rounded {rounding}\n{GRADE}")
    (found,) = decision(look(**SETTLED), rulebook=rulebook).all_scores()

    assert (found.total, found.value) == (Known(Fraction(335, 4)), Known(value))


def test_a_missing_indicator_counts_from_lowest_to_highest_and_is_named() -> None:
    found = score(quick=None)

    assert found.value == Within(Fraction(255, 4), Fraction(335, 4))
    assert [item.name for item in found.missing] == ["quick"]
    assert [str(need.key) for need in found.needs] == ["respondents[1].looks[1].quick"]
    assert found.state is RatingState.OPEN


def test_facts_within_bounds_narrow_the_score() -> None:
    found = score(complaints=ends(1, 7), quick=None)

    assert found.value == Within(Fraction(45), Fraction(335, 4))
    # What hangs on more of the score is asked first.
    assert [need.key.fact for need in found.needs] == ["quick", "complaints"]


def test_nothing_known_leaves_the_whole_scale() -> None:
    found = score(good=None, quick=None, complaints=None)

    assert found.value == Within(0, 100)
    assert len(found.missing) == 3


def test_a_value_without_any_bound_is_bounded_by_the_scale_alone() -> None:
    rulebook = book(SCORE.replace("quick times 100", "stars") + GRADE)
    (found,) = decision(look(**SETTLED), rulebook=rulebook).all_scores()

    assert found.indicators[1].points == Within(0, 100)
    assert found.value == Within(Fraction(255, 4), Fraction(335, 4))


def test_an_unknown_day_leaves_the_score_open_and_is_asked_for() -> None:
    found = score(looked_on=None)

    assert (found.value, found.state) == (UNKNOWN, RatingState.OPEN)
    assert {need.key.fact for need in found.needs} == {"looked_on"}


def test_a_day_within_bounds_gives_the_scores_of_all_its_versions() -> None:
    span = Within(datetime.date(2017, 1, 1), datetime.date(2018, 12, 31))
    found = score(looked_on=span)

    low, high = Fraction(335, 4), Fraction(339, 4)
    # Each weight is bounded apart, so the bounds may be wider than both scores.
    ends_found = bounds(found.value)
    assert ends_found[0] is not None
    assert ends_found[1] is not None
    assert ends_found[0] <= low  # type: ignore[operator]  # numbers both
    assert ends_found[1] >= high  # type: ignore[operator]  # numbers both


def test_before_the_first_version_there_is_no_score_and_no_grade() -> None:
    early = datetime.date(2015, 12, 31)

    assert (score(looked_on=early).state, score(looked_on=early).value) == (
        RatingState.NONE, UNKNOWN,
    )  # fmt: skip
    assert (grade(looked_on=early).state, grade(looked_on=early).possible) == (
        RatingState.NONE, (),
    )  # fmt: skip


# --- grades ---


@pytest.mark.parametrize(
    ("good", "level"),
    [
        (Fraction(1), "A"),
        (Fraction(825, 1000), "A"),
        (Fraction(824, 1000), "B"),
        (Fraction(0), "C"),
    ],
)
def test_the_level_is_that_of_the_band(good: Fraction, level: str) -> None:
    # 82.5 x 50 % + 20 + 18.75 = 80 exactly: the edge belongs to the band that begins there
    assert grade(good=good).possible == (level,)


def test_a_grade_is_settled_while_all_that_is_missing_lies_in_one_band() -> None:
    found = grade(good=Fraction(1), complaints=0, quick=None)

    assert (found.possible, found.state, found.needs) == (("A",), RatingState.SETTLED, ())


def test_a_grade_that_hangs_on_what_is_missing_names_what_settles_it() -> None:
    found = grade(quick=None)

    assert (found.possible, found.state) == (("A", "B"), RatingState.OPEN)
    assert [need.key.fact for need in found.needs] == ["quick"]


def test_a_veto_decides_alone_and_an_open_one_leaves_two_levels() -> None:
    assert grade(faked=True).possible == ("C",)
    assert grade(faked=True, good=None, quick=None).state is RatingState.SETTLED
    opened = grade(faked=None)
    assert (opened.possible, opened.vetoed) == (("A", "C"), Truth.UNKNOWN)
    assert [need.key.fact for need in opened.needs] == ["faked"]


def test_points_off_the_scale_are_refused_and_never_cut() -> None:
    rulebook = book(SCORE.replace("good times 100 law", "good times 120 law") + GRADE)
    found = decided(case(look(**{**SETTLED, "good": Fraction(1)})), rulebook)

    assert found.decision is None
    assert [d.code for d in found.diagnostics] == ["LAW262"]
    assert decided(case(look(**{**SETTLED, "good": Fraction(1, 2)})), rulebook).decision


# --- who asks ---


def test_a_benefit_asks_for_the_level_and_the_points() -> None:
    def state(**facts: Any) -> StatusState:  # noqa: ANN401 - facts of any kind
        (found,) = decision(look(**{**SETTLED, **facts})).all_statuses()
        return found.state

    assert state() is StatusState.GRANTED
    assert state(faked=True) is StatusState.NOT_GRANTED
    # 60 points are level B, but not more than 65.5 points
    assert state(good=Fraction(425, 1000)) is StatusState.NOT_GRANTED
    assert state(quick=None, good=Fraction(7, 10)) is StatusState.UNDETERMINED


def test_a_rule_asks_for_the_level_of_each_element() -> None:
    def late(*looks: Instance) -> set[RuleState]:
        (act,) = decision(*looks, harmful=True).acts()
        return {rule.state for branch in act.branches for rule in branch.rules}

    good, bad = look(1, **SETTLED), look(2, **{**SETTLED, "good": Fraction(0)})
    assert late(bad) == {RuleState.ESTABLISHED}
    assert late(good, bad) == {RuleState.NOT_ESTABLISHED}
    either = {RuleState.ESTABLISHED, RuleState.NOT_ESTABLISHED}
    assert late(look(**{**SETTLED, "quick": None})) == either


# --- what would lift it ---


def test_the_smallest_single_change_that_lifts_the_grade_comes_first() -> None:
    # 30 + 20 + 18.75 = 68.75: 11.25 points are missing to 80
    found = grade(good=Fraction(6, 10))

    assert found.lift_to == "A"
    assert [(lift.indicator, lift.now, lift.needed) for lift in found.lifts] == [
        ("good", 60, Fraction(165, 2)),
        ("complaints", Fraction(125, 2), 100),
    ]
    assert found.lifts[1].attainable == 100


def test_every_lift_named_does_lift_and_nothing_less_does() -> None:
    found = grade(good=Fraction(6, 10))
    needed = Fraction(found.lifts[0].needed) / 100

    assert grade(good=needed).possible == ("A",)
    assert grade(good=needed - Fraction(1, 10**6)).possible == ("B",)


def test_while_a_veto_holds_it_is_the_veto_that_must_go() -> None:
    found = grade(faked=True)

    assert (found.lift_to, [lift.label.en for lift in found.lifts]) == ("B", ["Fake trade"])


def test_the_best_level_and_an_open_one_are_not_lifted() -> None:
    assert (grade(good=Fraction(1)).lift_to, grade(good=Fraction(1)).lifts) == ("", ())
    assert grade(quick=None).lift_to == ""


@pytest.mark.parametrize(
    ("rounding", "good", "needed"),
    [
        # 30 points + good x 50 %; A begins at 80
        ("down", Fraction(9, 10), 100),
        ("up", Fraction(9, 10), 98),
        ("half even", Fraction(9, 10), 99),
    ],
)
def test_a_lift_reckons_with_the_rounding(rounding: str, good: Fraction, needed: int) -> None:
    rulebook = book(f"{SCORE}    rounded {rounding}\n{GRADE}")
    facts = {**SETTLED, "complaints": 0, "quick": Fraction(0), "good": good}
    (found,) = decision(look(**facts), rulebook=rulebook).all_grades()

    (lift,) = [lift for lift in found.lifts if lift.indicator == "good"]
    assert lift.needed == needed
    reached = {**facts, "good": Fraction(needed, 100) + (Fraction(1, 10**6) if lift.above else 0)}
    (lifted,) = decision(look(**reached), rulebook=rulebook).all_grades()
    assert lifted.possible == ("A",)


def test_the_register_stands_where_there_are_only_scores() -> None:
    assert decision(look(**SETTLED), rulebook=book(SCORE)).all_scores()
    assert decision(look(**SETTLED), rulebook=book(ALL)).all_grades()
