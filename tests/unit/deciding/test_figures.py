"""The officer's own figure against the lawful range and the step that the case calls for."""

from __future__ import annotations

import pytest

from lawengine.base.label import Label
from lawengine.deciding.decide import decide
from lawengine.deciding.recommended import Figure, FigureCheck, Placing
from lawengine.model.rulebook import Rulebook
from lawengine.model.standards import DiscretionStep
from tests.small import Written, case, rulebook
from tests.unit.deciding.test_discretion import NO, NORTH, RULES, STANDARD

NONE, REDUCED, LIGHTER, ORDINARY, HEAVIER = DiscretionStep
PARTY = "respondents[1]"
WHY = (Label("the harm was small", "危害较小"),)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return rulebook(RULES, STANDARD, NORTH)


def check(
    book: Rulebook, figure: Figure, *acts: dict[str, Written], region: Written = "south"
) -> FigureCheck:
    whole = [{"ended_on": "2020-01-01", **act} for act in acts or ({"kind": "red", **NO},)]
    facts = case(book, whole, decided_on="2020-06-01", region=region)
    found = decide(facts, book, figures=[figure]).decision
    assert found is not None
    (checked,) = found.respondents[0].figures
    return checked


def fine(fen: int, high: int | None = None, *, grounds: tuple[Label, ...] = ()) -> Figure:
    return Figure(PARTY, "", fen, fen if high is None else high, grounds=grounds)


@pytest.mark.parametrize(
    ("fen", "placing", "steps", "finding", "missing"),
    [
        (0, Placing.BELOW_FLOOR, (NONE,), "LAW720", True),
        (1, Placing.BELOW_FLOOR, (REDUCED,), "LAW720", True),
        (99_999, Placing.BELOW_FLOOR, (REDUCED,), "LAW720", True),
        (100_000, Placing.OTHER_STEP, (LIGHTER,), "LAW722", True),
        (130_000, Placing.OTHER_STEP, (LIGHTER,), "LAW722", True),
        (130_001, Placing.CALLED_STEP, (ORDINARY,), "", False),
        (169_999, Placing.CALLED_STEP, (ORDINARY,), "", False),
        (170_000, Placing.OTHER_STEP, (HEAVIER,), "LAW722", True),
        (200_000, Placing.OTHER_STEP, (HEAVIER,), "LAW722", True),
        (200_001, Placing.ABOVE_CAP, (), "LAW721", True),
    ],
)
def test_an_exact_figure_lies_in_one_place(
    book: Rulebook,
    fen: int,
    placing: Placing,
    steps: tuple[DiscretionStep, ...],
    finding: str,
    missing: bool,
) -> None:
    found = check(book, fine(fen))

    (placed,) = found.placed
    assert (placed.placing, placed.steps, placed.finding) == (placing, steps, finding)
    assert placed.called == (ORDINARY,)
    assert found.ground_missing is missing


def test_a_written_ground_is_shown_and_moves_nothing(book: Rulebook) -> None:
    left = check(book, fine(100_000, grounds=WHY))
    below = check(book, fine(99_999, grounds=WHY))

    assert (left.placed[0].placing, left.ground_missing) == (Placing.OTHER_STEP, False)
    assert left.findings == ("LAW722",)
    assert (below.placed[0].placing, below.findings) == (Placing.BELOW_FLOOR, ("LAW720",))


def test_below_the_floor_is_inside_only_with_a_ground_of_the_law(book: Rulebook) -> None:
    act = {"kind": "red", "mild": True, **NO}
    found = check(book, fine(50_000), act)

    assert (found.placed[0].placing, found.placed[0].steps) == (Placing.CALLED_STEP, (REDUCED,))
    # two steps are open to the officer, so which was chosen, and why, is for the file to say
    assert (found.findings, found.ground_missing) == (("LAW723",), True)
    assert check(book, fine(50_000, grounds=WHY), act).findings == ()


def test_a_figure_within_bounds_may_fall_into_several_steps(book: Rulebook) -> None:
    across = check(book, fine(120_000, 140_000))
    inside = check(book, fine(140_000, 150_000))
    outside = check(book, fine(90_000, 110_000))

    assert (across.placed[0].placing, across.placed[0].steps) == (Placing.OPEN, (LIGHTER, ORDINARY))
    assert across.findings == ("LAW725",)
    assert inside.placed[0].placing is Placing.CALLED_STEP
    assert outside.placed[0].placing is Placing.OPEN


@pytest.mark.parametrize(
    "figure", [Figure(PARTY, "", None, None), Figure(PARTY, "", 1, 1, combined=True)]
)
def test_a_figure_that_says_too_little_cannot_be_placed(book: Rulebook, figure: Figure) -> None:
    found = check(book, figure)

    assert (found.placed[0].placing, found.ground_missing) == (Placing.OPEN, False)


def test_a_fine_left_out_as_the_provision_allows_is_no_step(book: Rulebook) -> None:
    found = check(book, fine(0), {"kind": "green", **NO})

    assert (found.placed[0].placing, found.steps, found.findings) == (Placing.LEFT_OUT, (), ())


def test_no_penalty_by_law_is_the_step_without_penalty(book: Rulebook) -> None:
    found = check(book, fine(0), {"kind": "red", "excused": True, **NO})
    fined = check(book, fine(150_000), {"kind": "red", "excused": True, **NO})

    assert (found.placed[0].placing, found.placed[0].steps) == (Placing.CALLED_STEP, (NONE,))
    assert fined.placed[0].placing is Placing.ABOVE_CAP


def test_what_is_open_of_the_standard_places_the_figure_under_each_answer(book: Rulebook) -> None:
    found = check(book, fine(135_000), region="unknown")

    assert [(one.placing, one.steps, [x.en for x in one.assumptions]) for one in found.placed] == [
        (Placing.CALLED_STEP, (ORDINARY,), ["Region: none that has a standard of its own"]),
        (Placing.OTHER_STEP, (LIGHTER,), ["Region: north"]),
    ]
    assert found.findings == ("LAW722",)
    assert not found.ground_missing  # under one answer it needs none, and the other is named


def test_an_open_tier_places_the_figure_under_each_outcome() -> None:
    band = "    then fine 1_000 to 2_000 yuan\n"
    rules = RULES.replace(band, f"{band}    if grave\n      fine 2_000 to 4_000 yuan\n")
    act = {"kind": "red", "grave": "unknown", **NO}
    found = check(rulebook(rules, STANDARD), fine(150_000), act)

    assert [(one.branch, one.placing) for one in found.placed] == [
        (0, Placing.CALLED_STEP),
        (1, Placing.BELOW_FLOOR),
    ]
    assert not found.ground_missing


def test_where_no_standard_applies_the_range_alone_counts() -> None:
    book = rulebook(RULES)
    inside, below = check(book, fine(150_000)), check(book, fine(1))

    assert (inside.placed[0].placing, inside.findings) == (Placing.INSIDE, ("LAW724",))
    assert not inside.ground_missing
    assert (below.placed[0].placing, below.ground_missing) == (Placing.BELOW_FLOOR, True)


def test_a_step_without_a_range_is_left_by_no_figure() -> None:
    book = rulebook(RULES, NORTH)  # it says nothing of the heavier step
    act = {"kind": "red", "a": True, "b": False}
    found = check(book, fine(190_000), act, region="north")

    assert (found.placed[0].placing, found.findings) == (Placing.INSIDE, ("LAW724",))
    assert found.placed[0].called == (HEAVIER,)


def test_one_fine_for_several_acts_is_held_against_their_sum(book: Rulebook) -> None:
    acts = ({"kind": "red", **NO}, {"kind": "red", **NO})
    found, below = check(book, fine(250_000), *acts), check(book, fine(150_000), *acts)

    assert (found.act, found.placed[0].placing, found.placed[0].steps) == ("", Placing.INSIDE, ())
    assert below.placed[0].placing is Placing.BELOW_FLOOR


def test_an_undetermined_act_places_nothing() -> None:
    rules = RULES.replace("    when act.kind is red", "    when act.kind is red and act.c")
    act = {"kind": "red", "c": "unknown", **NO}

    assert check(rulebook(rules, STANDARD), fine(150_000), act).placed[0].placing is Placing.OPEN


def test_a_fixed_amount_is_met_or_not() -> None:
    book = rulebook(RULES.replace("fine 1_000 to 2_000 yuan", "fine 500 yuan"), STANDARD)

    assert check(book, fine(50_000)).placed[0].placing is Placing.CALLED_STEP
    assert check(book, fine(49_999)).placed[0].placing is Placing.BELOW_FLOOR
