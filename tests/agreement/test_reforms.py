"""Under a reform the compiled evaluator and the reference answer alike, as under the law."""

from __future__ import annotations

import datetime

import pytest

from lawengine.compiled.engine import Engine
from lawengine.deciding.decide import decide
from lawengine.model.rulebook import Rulebook
from tests import small
from tests.reforming import law, under

REFORMS = {
    "from a day": "amend GEN.red from 2015-01-01\n    then fine 50 to 900 yuan",
    "as if always": "amend GEN.red as if always\n    then fine 50 to 900 yuan",
    "a figure": "set cap is 500 yuan from 2015-01-01",
    "a repeal": "repeal GEN.red from 2015-01-01",
    "a condition": "amend GEN.red from 2015-01-01\n    when act.kind is red and act.a",
}


def fines(book: Rulebook, engine: Engine, kind: str, ended: datetime.date) -> tuple[object, object]:
    facts = small.case(
        book,
        {"kind": kind, "ended_on": ended, "seen_on": ended, "grave": False, "a": False},
        decided_on=small.later(ended, 30),
    )
    decision = decide(facts, book).decision
    assert decision is not None
    (answered,), problems = engine.answers(facts)
    assert problems == ()
    assert answered.outcome is not None
    (branch,) = decision.acts()[0].branches
    total = branch.fine
    exact = (total.low, total.high, total.may, total.high_open, total.choices)
    return exact, tuple(answered.outcome.fine)


@pytest.mark.parametrize("clause", REFORMS.values(), ids=REFORMS.keys())
def test_both_evaluators_see_the_same_reform(clause: str) -> None:
    book = under(f"reform x\n  {clause}\n")
    differing = 0
    engines = Engine(book), Engine(law())
    for kind in ("red", "blue", "green"):
        for year in (2005, 2012, 2014, 2015, 2020):
            ended = datetime.date(year, 6, 1)
            slow, fast = fines(book, engines[0], kind, ended)
            assert slow == fast
            before, also = fines(law(), engines[1], kind, ended)
            assert before == also
            differing += before != slow

    assert differing > 0
