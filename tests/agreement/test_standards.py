"""The compiled evaluator tells lawful outcomes, which hang on no discretion standard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lawengine.compiled.engine import Engine
from lawengine.deciding.decide import decide
from tests.agreement.comparing import told
from tests.small import Written, case, rulebook
from tests.unit.deciding.test_discretion import NORTH, RULES, STANDARD


@pytest.mark.parametrize("a", [True, False, "unknown"])
@pytest.mark.parametrize("mild", [True, False, "unknown"])
def test_standards_change_no_answer_of_the_compiled_evaluator(a: Written, mild: Written) -> None:
    book = rulebook(RULES, STANDARD, NORTH)
    act = {"kind": "red", "ended_on": "2020-01-01", "a": a, "b": "unknown", "mild": mild}
    facts = case(book, act, decided_on="2020-06-01", region="unknown")
    (with_standards,), _ = Engine(book).answers(facts)
    (without,), _ = Engine(replace(book, standards={})).answers(facts)

    if with_standards.decided is None:
        assert without.decided is None
        assert with_standards.outcome is not None
        assert without.outcome is not None
        assert with_standards.outcome.total() == without.outcome.total()
        assert with_standards.outcome.states() == without.outcome.states()
    else:
        assert without.decided is not None
        assert list(told(with_standards.decided)) == list(told(without.decided))


def test_the_engine_explains_with_the_recommendations_of_the_reference() -> None:
    book = rulebook(RULES, STANDARD)
    act = {"kind": "red", "ended_on": "2020-01-01", "a": False, "b": False}
    facts = case(book, act, decided_on="2020-06-01")
    ours, theirs = Engine(book).explain(facts).decision, decide(facts, book).decision

    assert ours is not None
    assert theirs is not None
    lines = [
        [line.same for act in one.acts() for branch in act.branches for line in branch.recommended]
        for one in (ours, theirs)
    ]
    assert lines[0]
    assert lines[0] == lines[1]
