"""Scenarios: what they say of a collection."""

import pytest

from lawengine.base.label import Label
from lawengine.deciding.scenarios import ScenarioResult, run_scenario, scenario_case
from lawengine.model import scenarios as sc
from lawengine.model.expressions import Value
from lawengine.model.statuses import StatusState
from tests import small
from tests import statuses as st

RULES = """
rule N
  version from 2000-01-01
    law GEN-2000 art 1
    when (count of order) at most 1
    then warn

rule E
  version from 2000-01-01
    law GEN-2000 art 1
    when (every order satisfies fake)
    then educate
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0 order", "N established"),
        ("0 order", "E established"),
        ("0 order\n        1 order with fake is no", "N established"),
        ("0 order\n        1 order with fake is no", "E not established"),
        ("2 order", "N not established"),
        ("party.rich is no", "N undetermined"),
        ("0 shop", "N undetermined"),
    ],
)
def test_none_is_not_unknown(given: str, expected: str) -> None:
    scenario = f"""
scenario "one" / "一"
  given act.ended_on is 2010-05-05
        {given}
  decided on 2011-01-01
  expect {expected}
"""
    book = small.rulebook(RULES, scenario)

    result = run_scenario(book.scenarios[0], book)

    assert [(f.expected.en, f.found.en) for f in result.failures] == []
    assert result.passed


def case_of(text: str) -> tuple[int, bool]:
    """Return how many acts the case of a scenario has, and whether the scenario passes."""
    book = small.rulebook(RULES, text)
    case = scenario_case(book.scenarios[0], book)
    (party,) = case.root.children["party"]
    return len(party.children.get("act", ())), run_scenario(book.scenarios[0], book).passed


@pytest.mark.parametrize(
    ("given", "expected", "acts"),
    [
        ("party.rich is no", "contradiction", 0),
        ("party.rich is no", "needs act.b", 1),
        ("party.rich is no", "N undetermined", 1),
        ("party.rich is no", "no penalty", 1),
        ("act.a is no", "contradiction", 1),
        ("1 order with fake is no", "contradiction", 1),
        ("0 shop", "contradiction", 1),
    ],
)
def test_where_no_act_is_spoken_of_there_is_none(given: str, expected: str, acts: int) -> None:
    text = f"""
scenario "one" / "一"
  given {given}
  decided on 2011-01-01
  expect {expected}
"""
    assert case_of(text)[0] == acts


# --- expectations on statuses ---------------------------------------------------------------------


def status_scenario(expected: StatusState, penalties: int = 1) -> ScenarioResult:
    listed: dict[str, Value] = {"heavy": True, "decided": small.date("2010-03-01"), "mended": False}
    elements = [
        sc.Given("penalty", name, value, value, number)
        for number in range(1, penalties + 1)
        for name, value in listed.items()
    ]
    none = sc.Given("penalty", "", low=False, high=False)
    given = tuple(elements) if penalties else (none,)
    day = small.date("2011-06-01")
    scenario = sc.Scenario(
        Label("s", "s"), given, day, day, (sc.ExpectStatus("black", expected),), ()
    )
    return run_scenario(scenario, st.rulebook(st.black_list()), st.Days())


@pytest.mark.parametrize("penalties", [1, 2])
def test_a_listing_that_is_expected(penalties: int) -> None:
    assert status_scenario(StatusState.LISTED, penalties).passed
    assert not status_scenario(StatusState.REMOVED, penalties).passed


def test_a_listing_that_was_not_expected_is_told_with_its_state() -> None:
    (failure,) = status_scenario(StatusState.NOT_LISTED).failures

    assert failure.expected.text("en") == "black not listed"
    assert failure.found.text("en") == "black listed"
    assert failure.found.text("zh") == "black 在列"


def test_without_a_penalty_nobody_is_listed() -> None:
    assert status_scenario(StatusState.NOT_LISTED, 0).passed
    (failure,) = status_scenario(StatusState.LISTED, 0).failures
    assert failure.found.text("en") == "black -"


def test_a_scenario_silent_on_penalties_leaves_the_listing_open() -> None:
    day = small.date("2011-06-01")
    expected = sc.ExpectStatus("black", StatusState.NOT_LISTED)
    scenario = sc.Scenario(Label("s", "s"), (), day, day, (expected,), ())

    (failure,) = run_scenario(scenario, st.rulebook(st.black_list())).failures

    assert failure.found.text("en") == "black undetermined"
