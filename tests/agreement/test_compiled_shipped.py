"""On the rules that come with the program the compiled rules say what the reference says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawengine import read_casebook
from lawengine.casebook import CaseFile
from lawengine.compiled.engine import Engine
from lawengine.deciding.decide import decide
from lawengine.deciding.scenarios import scenario_case
from lawengine.model.rulebook import Rulebook
from tests import small
from tests.agreement.comparing import compared, differences
from tests.agreement.drawing import Drawer

CASES = 1_000


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(small.shipped())


def test_drawn_cases_agree(engine: Engine) -> None:
    drawer = Drawer(engine.rulebook, seed=20_260_101, known=0.97)
    compiled = acts = 0
    for _ in range(CASES):
        case = drawer.case()
        decided, found = differences(engine, case)
        assert found == []
        compiled += decided
        acts += len(case.root.children["party"][0].children["act"])
    # Facts left out leave some acts to the reference; most are decided by compiled rules.
    assert compiled > acts // 2


def test_every_scenario_agrees(engine: Engine) -> None:
    compiled = 0
    for scenario in engine.rulebook.scenarios:
        decided, found = differences(engine, scenario_case(scenario, engine.rulebook))
        assert found == [], scenario.label.en
        compiled += decided
    assert compiled > len(engine.rulebook.scenarios) // 3


def casebook(checkout: Path, rulebook: Rulebook) -> tuple[CaseFile, ...]:
    cases, _ = read_casebook(checkout / "casebook", rulebook)
    assert cases
    return tuple(cases)


def test_the_casebook_agrees(checkout: Path, engine: Engine) -> None:
    for case in casebook(checkout, engine.rulebook):
        _, found = differences(engine, case.facts)
        assert found == [], case.identifier


def test_what_is_left_to_the_reference_is_its_own_answer(checkout: Path, engine: Engine) -> None:
    (case,) = (c for c in casebook(checkout, engine.rulebook) if "henan" in c.identifier)
    answers, diagnostics = engine.answers(case.facts)
    decision = decide(case.facts, engine.rulebook, grounds=False).decision

    assert diagnostics == ()
    assert decision is not None
    for answer, act in zip(answers, decision.acts(), strict=True):
        assert answer.path == act.path
        if answer.outcome is not None:
            (branch,) = act.branches
            assert list(compared(answer.outcome, branch)) == []
        else:
            assert answer.decided == act


def test_reasons_on_demand_are_those_of_the_reference(engine: Engine) -> None:
    case = Drawer(engine.rulebook, seed=3, known=1.0).case()
    explained = engine.explain(case).decision

    assert explained is not None
    assert explained == decide(case, engine.rulebook, grounds=False).decision
    outcomes, _ = engine.outcomes(case)
    for act in explained.acts():
        outcome = outcomes[act.path]
        assert outcome is not None
        (branch,) = act.branches
        assert list(compared(outcome, branch)) == []
        assert {told.rule for told in outcome.reasons()} == set(outcome.rules())
