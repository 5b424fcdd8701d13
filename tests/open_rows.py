"""Tables of small cases with open facts, answered in columns and one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results
from lawengine.columns.rows import RowEvaluator
from lawengine.columns.table import Table, as_table
from tests import small
from tests.agreement.columns import Counted, plain_rows, told

DATED = {"ended_on": "2009-06-01"}


def simulated(*texts: str) -> tuple[Simulator, Counted]:
    simulator = Simulator(small.rulebook(*texts))
    simulator.rows = counted = Counted(simulator.exact, simulator.layout)
    return simulator, counted


def rows_of(
    simulator: Simulator, acts: Iterable[dict[str, Any]], decided: str = "2009-08-01"
) -> Table:
    cases = [small.case(simulator.rulebook, {**DATED, **act}, decided_on=decided) for act in acts]
    return as_table(plain_rows(cases, simulator.exact), simulator.rulebook)


def agreed(simulator: Simulator, table: Table) -> Results:
    """Return the results, once single cases have said the same of every row."""
    found, meant = simulator.answer(table), Results.empty(table.rows, simulator.layout)
    RowEvaluator(simulator.exact, simulator.layout).answer(table, range(table.rows), meant)
    for row in range(table.rows):
        ours, theirs = told(found, row), told(meant, row)
        if not (ours["exactly"] or ours["branched"]):
            theirs["exactly"] = theirs["branched"] = False
        assert ours == theirs, row
    return found
