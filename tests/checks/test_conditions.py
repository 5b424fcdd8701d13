"""Interval and choice reasoning agrees with the evaluator, case by case."""

import datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.base.truth import Truth
from lawengine.checks.conditions import (
    ALWAYS,
    LIMIT,
    NEVER,
    Alternatives,
    Box,
    Conditions,
    both,
    either,
)
from lawengine.checks.domains import Members, Range, meet, number
from lawengine.checks.witness import complete, example, witness
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import UNKNOWN, Entry, Instance, Known
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.types import RATE
from tests.checks.reading import read

DAY = datetime.date(2016, 5, 5)
DAYS = (DAY, datetime.date(2017, 1, 1))
GRID: dict[str, tuple[Any, ...]] = {
    "kind": ("hawking", "lighting", "other"),
    "serious": (True, False),
    "gain": (0, 9_999, 10_000, 10_001, 20_000),
    "ended_on": DAYS,
}
ATOMS = (
    "act.serious",
    "act.serious is no",
    "act.kind is hawking",
    "act.kind is not lighting",
    "act.kind is one of hawking, other",
    "act.gain at least 100 yuan",
    "act.gain more than 100 yuan",
    "act.gain less than 100 yuan",
    "act.gain at most limit",
    "act.gain is not 100 yuan",
    "act.gain is one of 0 yuan, 200 yuan",
    "100 yuan less than act.gain",
    "act.ended_on before 2017-01-01",
    "act.ended_on after 2016-05-05",
    "loud",
    "yes",
    "1 less than 2",
)
NAMED = """parameter limit: money
  is 100 yuan from 2001-01-01

define loud as
  if act.serious then act.kind is lighting
  otherwise act.gain more than 0 yuan

"""
conditions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=6,
)


def asked(text: str, before: str = NAMED) -> tuple[Rulebook, e.Expression]:
    """Return a rulebook and the condition of that text in it."""
    rulebook = read(f"{before}define asked as\n  {text}\n")
    return rulebook, rulebook.definitions["asked"].body


def boxes(text: str, before: str = NAMED) -> Alternatives:
    rulebook, condition = asked(text, before)
    return Conditions(rulebook, Interval(DAY)).read(condition)


def cases(names: tuple[str, ...] = tuple(GRID)) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in product(*(GRID[n] for n in names))]


def holds(rulebook: Rulebook, condition: e.Expression, case: dict[str, Any]) -> bool:
    act = Instance("act", "a", "a", {name: Entry(Known(v)) for name, v in case.items()})
    view = View(rulebook, {"act": act}, Known(DAY), None, lambda _: Finding(condition, UNKNOWN))
    found = evaluate(condition, view).truth
    assert found is not Truth.UNKNOWN
    return found is Truth.TRUE


def inside(box: Box, case: dict[str, Any]) -> bool:
    for term, domain in box.items():
        assert isinstance(term, e.FactOf)
        value = case[term.fact]
        if isinstance(domain, Range):
            if not domain.contains(number(value)):
                return False
        elif (value in domain.options) is domain.others:
            return False
    return True


def agree(text: str) -> None:
    """Assert that the boxes hold exactly the cases for which the evaluator says yes."""
    rulebook, condition = asked(text)
    reader = Conditions(rulebook, Interval(DAY))
    yes, no = reader.read(condition), reader.read(condition, wanted=False)
    assert yes is not None
    assert no is not None
    for case in cases():
        expected = holds(rulebook, condition, case)
        assert any(inside(box, case) for box in yes) is expected, (text, case)
        assert any(inside(box, case) for box in no) is not expected, (text, case)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(text=conditions)
def test_the_boxes_hold_exactly_the_cases_for_which_the_condition_is_yes(text: str) -> None:
    agree(text)


@pytest.mark.parametrize("text", ATOMS)
def test_each_single_condition_agrees(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "act.gain more than 100 yuan and act.gain less than 100.01 yuan",
        "act.gain less than 0 yuan",
        "act.kind is not hawking and act.kind is not lighting and act.kind is not other",
        "act.ended_on after 2016-05-05 and act.ended_on before 2016-05-06",
        "act.share more than 5 % and act.share at most 1 %",
        "act.fee less than act.gain and act.gain less than act.fee",
        "act.gain less than act.gain",
        "act.kind is hawking and act.kind is not hawking",
        "sales at most 2 and sales more than 2",
        "sales less than 0",
        "not any_small and any_small",
        "yes is no",
        "hello is not hello",
    ],
)
def test_a_contradiction_is_never_yes(text: str) -> None:
    before = """define sales as
  count of order

define any_small as
  any order satisfies order.amount less than 3 yuan

define hello as
  "hello"

"""
    assert boxes(text, before) == NEVER


@pytest.mark.parametrize(
    "text",
    [
        "act.share more than 5 % and act.share less than 5.01 %",
        "act.fee at least act.gain and act.gain at least act.fee",
        "act.gain at most act.gain",
        "act.gain times 2 rounded down more than 10 yuan",
    ],
)
def test_what_can_be_is_not_called_a_contradiction(text: str) -> None:
    found = boxes(text)

    assert found is not None
    assert found != NEVER


def test_bounds_that_name_other_facts_count() -> None:
    text = """entity stall of act, listed as stalls "Stall" / "摊位"
  opened "opened" / "开": date, at most stall.closed
  closed "closed" / "关": date, at least stall.opened

"""
    rulebook = read(text)
    facts = rulebook.vocabulary.entities["stall"].facts
    first, last = (e.FactOf("stall", name, facts[name].type) for name in ("opened", "closed"))
    reader = Conditions(rulebook)

    for one, two, before, after in (
        (first, last, e.Comparison.MORE, e.Comparison.LESS),
        (last, first, e.Comparison.LESS, e.Comparison.MORE),
    ):
        kind = asked("yes")[1].type
        assert reader.read(e.Compared(before, one, two, kind)) == NEVER
        assert reader.read(e.Compared(after, one, two, kind)) != NEVER
        fixed = e.Constant(DAY, one.type)
        assert reader.read(e.Compared(before, one, fixed, kind)) != NEVER


def test_a_figure_that_changes_inside_the_interval_stays_open() -> None:
    before = """parameter limit: money
  is 100 yuan from 2001-01-01 to 2016-12-31
  is 200 yuan from 2017-01-01

"""
    text = "act.gain at least limit and act.gain less than 100 yuan"
    rulebook, condition = asked(text, before)

    assert Conditions(rulebook, Interval(DAY, DAY)).read(condition) == NEVER
    assert Conditions(rulebook, Interval(DAY)).read(condition) != NEVER
    assert Conditions(rulebook).read(condition) != NEVER


def test_too_many_alternatives_are_left_alone() -> None:
    names = [f"fact_{n}" for n in range(12)]
    facts = "".join(f'  {name} "{name}" / "{name}": money\n' for name in names)
    before = f"entity stall of act, listed as stalls\n{facts}\n"
    pairs = " and ".join(f"stall.{name} is not 5 yuan" for name in names)
    rulebook = read(f"{before}define asked as\n  any stall satisfies {pairs}\n")
    body = rulebook.definitions["asked"].body
    assert isinstance(body, e.Aggregated)
    assert body.body is not None
    reader = Conditions(rulebook)

    found = reader.read(body.body)

    assert found is None
    assert both(found, ALWAYS) is None
    assert both(found, NEVER) == NEVER
    assert either(found, ALWAYS) is None
    assert either(ALWAYS * LIMIT, ALWAYS) is None
    assert reader.together([(body.body, True), (None, True)]) is None


def test_sets_without_an_order_meet() -> None:
    some, but = Members(frozenset("ab")), Members(frozenset("bc"), others=True)

    assert some & but == but & some == Members(frozenset("a"))
    assert but & but == but
    assert not but.empty
    with pytest.raises(TypeError):
        meet(some, Range())
    with pytest.raises(TypeError):
        number("a")


@pytest.mark.parametrize(
    "domain",
    [
        Range(),
        Range(low=(5, 0)),
        Range(high=(5, 0)),
        Range(low=(5, 1)),
        Range(high=(5, -1)),
        Range((5, 1), (6, -1)),
    ],
)
def test_an_example_lies_in_its_range(domain: Range) -> None:
    found = example(domain, RATE)

    assert found is not None
    assert domain.contains(number(found))


def test_a_witness_names_facts_only() -> None:
    rulebook, condition = asked("act.serious and act.gain more than act.fee")
    found = Conditions(rulebook).read(condition)
    assert found

    assert not complete(found[0])
    assert witness(found[0], rulebook).en == "`act.serious` is yes"
    assert witness({}, rulebook).zh == "任何案件"


def test_a_witness_leaves_out_what_only_is_not() -> None:
    rulebook = read('entity stall of act, listed as stalls\n  owner "Owner" / "业主": text\n')
    owner = rulebook.vocabulary.fact("stall", "owner")
    fact = e.FactOf("stall", "owner", owner.type)
    named = e.Constant("Ann", owner.type)
    reader = Conditions(rulebook)
    kind = asked("yes")[1].type

    found = reader.read(e.Compared(e.Comparison.UNEQUAL, fact, named, kind))

    assert found
    assert witness(found[0], rulebook).en == "any case"
    other = reader.read(e.Compared(e.Comparison.EQUAL, fact, named, kind))
    assert other
    assert witness(other[0], rulebook).en == "`stall.owner` is Ann"
    both_ways = reader.read(e.OneOf(fact, (named, fact), kind))
    assert both_ways is not None
    assert len(both_ways) == 2
