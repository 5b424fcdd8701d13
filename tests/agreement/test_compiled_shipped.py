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
from tests.agreement.comparing import Tally, compared, differences, drawn
from tests.agreement.drawing import KNOWN, Drawer

SHARDS, CASES = 20, 1_000


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(small.shipped(), days=small.shipped_days())


# Coverage is told by other tests; watching 20,000 cases line by line would only cost minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize("shard", range(SHARDS))
def test_drawn_cases_agree(engine: Engine, shard: int) -> None:
    known, bounded, least = KNOWN[shard % len(KNOWN)]
    tally = drawn(engine, CASES, 20_260_101 + shard, known, bounded)

    assert tally.found == []
    # so many acts at least needed the look for unknowns, and all of them run compiled
    assert tally.settled + tally.branched >= least * tally.acts
    assert tally.split >= least * tally.acts / 10


def test_every_scenario_agrees(engine: Engine) -> None:
    tally = Tally()
    for scenario in engine.rulebook.scenarios:
        tally += differences(engine, scenario_case(scenario, engine.rulebook))
    assert tally.found == []
    assert tally.exact > tally.acts // 2 > 100
    assert tally.branched > 0
    assert tally.functions > tally.statuses // 2 > 10_000


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
    tally = differences(engine, case.facts)
    assert tally.found == []
    assert (tally.acts, tally.settled) == (2, 2)


def test_reasons_on_demand_are_those_of_the_reference(engine: Engine) -> None:
    case = Drawer(engine.rulebook, seed=3, known=1.0).case()
    explained = engine.explain(case).decision

    assert explained is not None
    meant = decide(case, engine.rulebook, grounds=False, days=engine.days)
    assert explained == meant.decision
    outcomes = {answer.path: answer.outcome for answer in engine.answers(case)[0]}
    for act in explained.acts():
        outcome = outcomes[act.path]
        assert outcome is not None
        (branch,) = act.branches
        assert list(compared(outcome, branch)) == []
        assert {told.rule for told in outcome.reasons()} == set(outcome.rules())
