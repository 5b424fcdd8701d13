"""Bounds between columns, over facts between them: but for steps that a complete file left out."""

from __future__ import annotations

import datetime
from copy import copy

import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.gate import OutOfBounds
from lawengine.columns.limits import Limits
from lawengine.columns.table import as_table
from lawengine.compiled.facts import as_case
from lawengine.evaluation.prepare import prepare
from tests.small import shipped, shipped_days

DECIDED = datetime.date(1995, 12, 31)


def report(**facts: object) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
    """Return a case decided in 1995 whose party filed a report for a year that ends later."""
    filed = {"year_ends_on": datetime.date(2005, 12, 31), **facts}
    return {"decided_on": DECIDED}, {"*credit_report": (filed,)}, {}


@pytest.mark.parametrize("complete", [True, False])
def test_a_step_that_a_complete_file_leaves_out_bounds_nothing(complete: bool) -> None:
    simulator = Simulator(shipped(), days=shipped_days())
    case, party, act = report()
    if complete:
        case["complete_until"] = DECIDED
    row = case, party, {**act, "ended_on": DECIDED}
    table = as_table([row], simulator.rulebook)

    refused = prepare(as_case(*row, simulator.rulebook), simulator.rulebook).diagnostics

    # The year ends no later than key attention is decided, and that no later than the decision.
    assert bool(refused) is not complete
    if complete:
        assert simulator.stand(table).rows == 1
    else:
        with pytest.raises(OutOfBounds):
            simulator.stand(table)


def test_a_step_that_was_taken_bounds_what_it_bounds() -> None:
    simulator = Simulator(shipped(), days=shipped_days())
    case, party, act = report(attention_decided_on=DECIDED)
    row = {**case, "complete_until": DECIDED}, party, {**act, "ended_on": DECIDED}

    with pytest.raises(OutOfBounds) as found:
        simulator.stand(as_table([row], simulator.rulebook))

    assert found.value.path == "credit_report.year_ends_on"


def test_only_chains_over_steps_are_let_go() -> None:
    limits = Limits(shipped())

    assert ("credit_report.year_ends_on", "case.decided_on") in limits.over_steps
    assert ("credit_report.year_ends_on", "credit_report.filed_on") in limits.pairs
    assert ("credit_report.year_ends_on", "credit_report.filed_on") not in limits.over_steps


def test_a_row_out_of_bounds_is_told_across_processes() -> None:
    error = OutOfBounds("act.gain", 7, 2, "LAW732")

    again = copy(error)

    assert (again.path, again.row, again.number, again.code) == ("act.gain", 7, 2, "LAW732")
    assert str(again) == str(error)
