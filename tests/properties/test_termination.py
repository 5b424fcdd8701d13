"""Deciding ends, and ends the same way, however large or nested the rules are."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.base.citation import Citation
from lawengine.deciding.branching import MAX_LEAVES
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import ActDecision
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import UNKNOWN, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from tests import small

BOUNDED = settings(max_examples=15, suppress_health_check=list(HealthCheck))
HEAD = "  version from 2000-01-01\n    law GEN-2000 art 1\n"
DAY = {"ended_on": "2010-01-01"}


def act_of(book: Rulebook, facts: dict[str, Any]) -> ActDecision:
    decided = decide(small.case(book, {**DAY, **facts}, decided_on="2011-01-01"), book)
    assert decided.decision is not None
    return decided.decision.acts()[0]


def with_judgements(number: int) -> str:
    """Return the vocabulary with as many judgements more."""
    text = small.VOCABULARY.read_text(encoding="utf-8")
    more = "".join(f'  j{n} "J{n}": judgement\n' for n in range(number))
    mark = '  a "A" / "甲": yes_no\n'
    return text.replace(mark, mark + more)


@pytest.mark.parametrize("depth", [1, 10, 40])
def test_exceptions_to_exceptions(depth: int) -> None:
    texts = [f"rule R0\n{HEAD}    then fine 10 to 20 yuan\n"]
    texts += [
        f"exception R{n} to R{n - 1}\n{HEAD}    when act.a\n    then educate\n"
        for n in range(1, depth + 1)
    ]
    book = small.rulebook(*texts)

    states = {o.rule: o.state.value for o in act_of(book, {"a": True}).branches[0].rules}

    for n in range(depth + 1):
        assert states[f"R{depth - n}"] == ("defeated" if n % 2 else "established")


@pytest.mark.parametrize("length", [2, 60])
def test_rules_that_ask_for_rules(length: int) -> None:
    texts = [f"rule R{length}\n{HEAD}    when act.a\n    then warn\n"]
    texts += [
        f"rule R{n}\n{HEAD}    when R{n + 1} established\n    then warn\n" for n in range(length)
    ]
    book = small.rulebook(*reversed(texts))

    for answer, state in ((True, "established"), (False, "not_established")):
        found = {o.state.value for o in act_of(book, {"a": answer}).branches[0].rules}
        assert found == {state}
    assert act_of(book, {}).undetermined


@pytest.mark.parametrize("depth", [1, 25])
def test_nested_conditions(depth: int) -> None:
    text = "act.a"
    for n in range(depth):
        text = f"({text} {('and', 'or')[n % 2]} act.{'bc'[n % 2]})"
    book = small.rulebook(f"rule R\n{HEAD}    when {text}\n    then warn\n")

    for c in (True, False):
        act = act_of(book, {"a": True, "b": True, "c": c})
        assert act.branches[0].rules[0].state.value == "established"
    assert act_of(book, {}).undetermined
    assert (
        act_of(book, {"b": False, "c": False}).branches[0].rules[0].state.value == "not_established"
    )


def test_too_many_open_judgements_say_so() -> None:
    count = 12
    tiers = "".join(f"    if act.j{n}\n      {kind}\n" for n, kind in enumerate(_KINDS))
    text = f"rule R\n{HEAD}    then fine 1 to 2 yuan\n{tiers}"
    found = small.lowered(with_judgements(count), text, vocabulary=False)
    assert found.diagnostics == ()
    start = time.monotonic()

    act = act_of(found.rulebook, {})

    assert time.monotonic() - start < 20
    assert len(act.branches) <= MAX_LEAVES
    assert all(branch.open and branch.fine.high_open for branch in act.branches)
    settled = act_of(found.rulebook, {f"j{n}": n % 2 == 0 for n in range(count)})
    assert [branch.open for branch in settled.branches] == [False]


_KINDS = [
    "warn", "criticise publicly", "publish", "educate", "suspend business", "close business",
    "restrict business", "transfer to police", "record in credit file", "downgrade",
    "order to stop", "order to correct",
]  # fmt: skip


def test_many_choices_are_bounded() -> None:
    facts = "".join(
        f'  k{n} "K{n}": one of {", ".join(f"m{n}_{i}" for i in range(10))}\n' for n in range(8)
    )
    text = small.VOCABULARY.read_text(encoding="utf-8")
    mark = '  a "A" / "甲": yes_no\n'
    tiers = "".join(
        f"    if act.k{n} is m{n}_{i}\n      {kind}\n"
        for n in range(8)
        for i, kind in enumerate(["warn", "educate"])
    )
    rule = f"rule R\n{HEAD}    then fine 1 to 2 yuan\n{tiers}"
    found = small.lowered(text.replace(mark, mark + facts), rule, vocabulary=False)
    assert found.diagnostics == ()

    act = act_of(found.rulebook, {})

    assert 1 < len(act.branches) <= MAX_LEAVES
    assert any(branch.open for branch in act.branches)


def test_a_list_of_many_choices_is_asked_as_one_condition() -> None:
    members = ", ".join(f"m{i}" for i in range(20))
    text = small.VOCABULARY.read_text(encoding="utf-8")
    mark = '  a "A" / "甲": yes_no\n'
    rule = f"rule R\n{HEAD}    then fine 1 to 2 yuan\n    if act.k is m3\n      fine 3 to 4 yuan\n"
    found = small.lowered(
        text.replace(mark, f'{mark}  k "K": one of {members}\n'), rule, vocabulary=False
    )
    assert found.diagnostics == ()

    act = act_of(found.rulebook, {})

    assert [(b.fine.low, b.fine.high) for b in act.branches] == [(100, 200), (300, 400)]


# --- the shipped rules ----------------------------------------------------------------------------


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw what a file may say of an act and its party under the shipped vocabulary."""
    vocabulary = small.shipped().vocabulary
    drawn: dict[str, dict[str, Any]] = {"party": {}, "act": {}}
    for entity, facts in drawn.items():
        for name, fact in vocabulary.entities[entity].facts.items():
            if fact.type.kind is Kind.DATE or draw(st.integers(0, 2)) == 0:
                continue
            if fact.type.kind is Kind.YES_NO:
                facts[name] = draw(st.sampled_from([Known(True), Known(False), UNKNOWN]))
            elif fact.type.kind is Kind.CHOICE:
                members = [m.name for m in vocabulary.choices[fact.type.choices].members]
                facts[name] = Known(draw(st.sampled_from(members)))
            elif fact.type.kind is Kind.MONEY:
                low = draw(st.integers(0, 10**9))
                facts[name] = within(low, draw(st.sampled_from([low, low * 2, None])))
    drawn["act"]["kind"] = Known(draw(st.sampled_from(["false_publicity", "other"])))
    day = draw(st.dates(small.date("1990-01-01"), small.date("2026-01-01")))
    span = draw(st.integers(0, 900))
    drawn["act"]["ended_on"] = within(day, small.later(day, span))
    return drawn["act"], drawn["party"]


@BOUNDED
@given(facts=files(), wait=st.integers(0, 2000))
def test_the_shipped_rules_decide_every_file(
    facts: tuple[dict[str, Any], dict[str, Any]], wait: int
) -> None:
    act, party = facts
    book = small.shipped()
    last = act["ended_on"].high if hasattr(act["ended_on"], "high") else act["ended_on"].value
    case = small.case(book, act, party=party, decided_on=Known(small.later(last, wait)))

    one, two = decide(case, book), decide(case, book)

    assert one.diagnostics == ()
    assert one.decision == two.decision
    assert one.decision is not None
    (found,) = one.decision.acts()
    assert 1 <= len(found.branches) <= MAX_LEAVES
    for branch in found.branches:
        for sanction in branch.sanctions:
            assert sanction.law
            assert all(isinstance(citation, Citation) for citation in sanction.law)
        low, high = branch.fine.low, branch.fine.high
        assert low is None or high is None or 0 < low <= high
