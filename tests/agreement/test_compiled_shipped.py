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
from tests.agreement.comparing import Tally, compared, differences
from tests.agreement.drawing import Drawer

CASES = 600


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(small.shipped())


def test_drawn_cases_of_exact_facts_agree(engine: Engine) -> None:
    tally = drawn(engine, CASES // 2, known=1.0)

    assert tally.found == []
    assert tally.exact == tally.acts


def test_drawn_cases_with_open_facts_agree(engine: Engine) -> None:
    """Facts are left out or known within bounds; none of these acts is left to the reference."""
    tally = drawn(engine, CASES, known=0.85, bounded=0.15)

    assert tally.found == []
    # most of them need the look for unknowns, and both ways of answering them are taken often
    assert tally.settled + tally.branched > tally.acts // 2
    assert tally.settled > tally.acts // 10
    assert tally.split > tally.acts // 20


def drawn(engine: Engine, number: int, *, known: float, bounded: float = 0.0) -> Tally:
    drawer = Drawer(engine.rulebook, 20_260_101, known, bounded)
    tally = Tally()
    for _ in range(number):
        tally += differences(engine, drawer.case())
    return tally


def test_every_scenario_agrees(engine: Engine) -> None:
    tally = Tally()
    for scenario in engine.rulebook.scenarios:
        tally += differences(engine, scenario_case(scenario, engine.rulebook))
    assert tally.found == []
    assert tally.exact > len(engine.rulebook.scenarios) // 3
    assert tally.branched > 0


def casebook(checkout: Path, rulebook: Rulebook) -> tuple[CaseFile, ...]:
    cases, _ = read_casebook(checkout / "casebook", rulebook)
    assert cases
    return tuple(cases)


def test_the_casebook_agrees(checkout: Path, engine: Engine) -> None:
    tally = Tally()
    for case in casebook(checkout, engine.rulebook):
        tally += differences(engine, case.facts)
    assert tally.found == []
    assert tally.settled > 0


def test_the_case_known_by_its_year_alone_runs_compiled(checkout: Path, engine: Engine) -> None:
    (case,) = (c for c in casebook(checkout, engine.rulebook) if "henan" in c.identifier)
    answers, diagnostics = engine.answers(case.facts)

    assert diagnostics == ()
    assert [answer.outcome is not None for answer in answers] == [True, True]
    assert differences(engine, case.facts) == Tally(settled=2)


def test_reasons_on_demand_are_those_of_the_reference(engine: Engine) -> None:
    case = Drawer(engine.rulebook, seed=3, known=1.0).case()
    explained = engine.explain(case).decision

    assert explained is not None
    assert explained == decide(case, engine.rulebook, grounds=False).decision
    outcomes = {answer.path: answer.outcome for answer in engine.answers(case)[0]}
    for act in explained.acts():
        outcome = outcomes[act.path]
        assert outcome is not None
        (branch,) = act.branches
        assert list(compared(outcome, branch)) == []
        assert {told.rule for told in outcome.reasons()} == set(outcome.rules())
