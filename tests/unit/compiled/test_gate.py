"""The gate admits what the vocabulary admits, and says of everything else what is wrong."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawengine.base.source import Source
from lawengine.compiled.engine import Engine
from lawengine.compiled.facts import as_case
from lawengine.compiled.gate import FactError, Gate
from lawengine.evaluation.prepare import prepare
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from tests import small
from tests.agreement.drawing import Drawer

DAY = datetime.date(2010, 1, 1)
LATER = datetime.date(2010, 2, 1)
RULE = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.a
    then fine 1 to 2 yuan
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(small.rulebook(RULE))


def act(**facts: object) -> dict[str, Any]:
    return {"ended_on": DAY, "kind": "red", "a": True, **facts}


def test_admitted_facts_are_decided(engine: Engine) -> None:
    found = engine.decide({"decided_on": LATER}, {"rich": True}, act(share=Fraction(1, 2)))

    assert found is not None
    assert found.total().high == 200


@pytest.mark.parametrize(
    ("facts", "path", "problem"),
    [
        ({"a": 1}, "act.a", "must be yes or no"),
        ({"gain": 1.5}, "act.gain", "must be an amount of money"),
        ({"number": True}, "act.number", "must be a whole number"),
        ({"kind": "purple"}, "act.kind", "is none of its choices: `purple`"),
        ({"ended_on": "2010-01-01"}, "act.ended_on", "must be a date"),
        ({"colour": "red"}, "act.colour", "is no fact that the vocabulary knows"),
        ({"*order": 3}, "act.*order", "is no fact that the vocabulary knows"),
        ({"*order": ({"amount": "1"},)}, "order.amount", "must be an amount of money"),
        ({"gain": -1}, "act.gain", "lies outside its bounds"),
        ({"ended_on": datetime.date(2010, 3, 1)}, "act.ended_on", "lies outside its bounds"),
        ({"seen_on": datetime.date(2009, 3, 1)}, "act.ended_on", "lies outside its bounds"),
    ],
)
def test_what_is_not_admitted_is_named(
    engine: Engine, facts: dict[str, Any], path: str, problem: str
) -> None:
    with pytest.raises(FactError) as caught:
        engine.decide({"decided_on": LATER}, {}, act(**facts))

    assert str(caught.value) == f"`{path}` {problem}"
    assert caught.value.path == path


def test_bounds_hold_over_a_fact_that_is_missing(engine: Engine) -> None:
    facts = act(seen_on=DAY)
    del facts["ended_on"]
    engine.gate.check({"decided_on": LATER}, {}, facts)

    with pytest.raises(FactError):
        engine.gate.check({"decided_on": datetime.date(2009, 12, 31)}, {}, facts)


def test_the_gate_and_the_preparation_admit_the_same_cases() -> None:
    engine = Engine(small.shipped())
    drawer = Drawer(engine.rulebook, seed=11, known=0.6)
    refused = 0
    for _ in range(300):
        case = drawer.case()
        problems = prepare(case, engine.rulebook).diagnostics
        try:
            for facts in engine.facts(case).values():
                engine.gate.check(*facts)
        except FactError:
            assert problems
            refused += 1
        else:
            assert not problems
    assert 0 < refused < 300


VOCABULARY = """
entity case
  decided_on: date, serves as decision_date

entity party of case, listed as respondents
  size: count

entity act of party, listed as acts
  ended_on: date, serves as conduct_date
  number: count, at least 1, at most 9
  first: date, at most act.ended_on + 5 days

entity order of act, listed as orders
  pieces: count, at least 1, at most 5
"""


def test_a_computed_bound_is_left_to_the_reference() -> None:
    book = lower([parse(Source("v.law", VOCABULARY)).tree], {}).rulebook
    gate = Gate(book)

    assert not gate.settles({}, {}, {})
    facts: dict[str, Any] = {"ended_on": DAY, "number": 3, "first": DAY}
    engine = Engine(book)
    case = {"decided_on": DAY}
    assert engine.decide(case, {}, facts) is None
    assert engine.answer(case, {}, facts).outcome is not None
    late = DAY + datetime.timedelta(days=6)
    with pytest.raises(FactError, match=r"acts\[1\]\.first` lies outside its bounds"):
        engine.answer(case, {}, {**facts, "first": late})


BOUND_PARTS = """
entity penalty of party, listed as penalties
  set_on: date, at most case.decided_on
  served_on: date, at least penalty.set_on

entity seizure of order, listed as seizures
  made_on: date, at least act.ended_on
"""


@pytest.mark.parametrize(
    ("party", "orders", "settled"),
    [
        ({}, (), True),
        ({"*penalty": ()}, ({"pieces": 2},), True),
        ({"*penalty": ({"set_on": DAY},)}, (), True),
        ({"*penalty": ({"set_on": DAY, "served_on": LATER},) * 2}, (), True),
        ({}, ({"pieces": 2, "*seizure": ()},), True),
        ({}, ({"pieces": 2, "*seizure": ({"made_on": LATER},)},), False),
    ],
)
def test_only_elements_of_elements_with_bounds_among_facts_are_left_to_the_reference(
    party: dict[str, Any], orders: tuple[dict[str, Any], ...], settled: bool
) -> None:
    vocabulary = VOCABULARY.replace("act.ended_on + 5 days", "act.ended_on") + BOUND_PARTS
    book = lower([parse(Source("v.law", vocabulary)).tree], {}).rulebook
    engine = Engine(book)
    facts: dict[str, Any] = {"ended_on": DAY, "number": 3, "first": DAY, "*order": orders}
    found = engine.decide({"decided_on": LATER}, party, facts)

    assert (found is not None) is settled
    assert engine.answer({"decided_on": LATER}, party, facts).outcome is not None


def test_a_bound_of_an_element_is_not_lost() -> None:
    vocabulary = VOCABULARY.replace("act.ended_on + 5 days", "act.ended_on") + BOUND_PARTS
    engine = Engine(lower([parse(Source("v.law", vocabulary)).tree], {}).rulebook)
    facts: dict[str, Any] = {"ended_on": DAY, "number": 3}
    late = {"*penalty": ({"set_on": LATER, "served_on": DAY},)}

    with pytest.raises(FactError, match=r"penalties\[1\]\.\w+` lies outside its bounds"):
        engine.answer({"decided_on": LATER}, late, facts)
    with pytest.raises(FactError, match=r"`party\.penalties\[2\]\.set_on` lies outside"):
        engine.decide({"decided_on": DAY}, {"*penalty": ({}, {"set_on": LATER})}, facts)
    with pytest.raises(FactError, match=r"`party\.penalties\[1\]\.set_on` lies outside"):
        engine.decide({"decided_on": LATER}, late, facts)


WAYS = """
entity case
  decided_on: date, serves as decision_date
  sealed_on: date, at least case.decided_on

entity party of case, listed as respondents
  size: count

entity act of party, listed as acts
  ended_on: date, serves as conduct_date

entity penalty of party, listed as penalties
  set_on: date, at most case.decided_on
  shown_on: date, at least case.decided_on
  noted_on: date, at least penalty.set_on, at most case.sealed_on

entity order of act, listed as orders
  paid_on: date, at least act.ended_on
"""


@st.composite
def ways(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    days = st.sampled_from([DAY, LATER, LATER + datetime.timedelta(days=1)])

    def some(*names: str) -> dict[str, Any]:
        return {name: draw(days) for name in names if draw(st.booleans())}

    parts = tuple(some("set_on", "shown_on", "noted_on") for _ in range(draw(st.integers(0, 2))))
    orders = tuple(some("paid_on") for _ in range(draw(st.integers(0, 2))))
    act = {"*order": orders, **some("ended_on")}
    return some("decided_on", "sealed_on"), {"*penalty": parts}, act


@given(facts=ways())
@settings(max_examples=300)
def test_bounds_of_elements_are_those_of_the_preparation(
    facts: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
) -> None:
    book = lower([parse(Source("v.law", WAYS)).tree], {}).rulebook
    gate = Gate(book)
    problems = prepare(as_case(*facts, book), book).diagnostics
    try:
        gate.check(*facts)
    except FactError:
        assert problems
    else:
        # what is left open is told, and only a missing fact between elements is
        assert not problems or not gate.settles(*facts)
        assert gate.settles(*facts) or "decided_on" not in facts[0]


@given(number=st.integers(-2, 12), pieces=st.integers(-2, 8))
@settings(max_examples=60)
def test_constant_bounds_include_their_ends(number: int, pieces: int) -> None:
    book = lower([parse(Source("v.law", VOCABULARY)).tree], {}).rulebook
    gate = Gate(book)
    facts: dict[str, Any] = {"number": number, "*order": ({"pieces": pieces},)}
    try:
        gate.check({}, {}, facts)
    except FactError:
        assert not (1 <= number <= 9 and 1 <= pieces <= 5)
    else:
        assert 1 <= number <= 9
        assert 1 <= pieces <= 5
