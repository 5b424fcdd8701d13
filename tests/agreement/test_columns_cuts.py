"""Over the shipped rules an open day of discovery is answered in columns as by single cases."""

from __future__ import annotations

import random

import pytest

from lawengine.columns.cutting import Cuts, Ints
from lawengine.columns.engine import Simulator
from lawengine.columns.table import Table
from tests import small
from tests.agreement.columns import differences, plain_rows
from tests.agreement.drawing import Drawer


# Coverage is told by other tests; watching these rows line by line would only cost minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize(("seed", "known"), [(5, 1.0), (11, 0.97)])
def test_acts_without_a_day_of_discovery_agree(
    seed: int, known: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator = Simulator(small.shipped(), days=small.shipped_days())
    asked: list[int] = []
    points = Cuts.points

    def counted(self: Cuts, path: str, table: Table) -> Ints:
        asked.append(table.rows)
        return points(self, path, table)

    monkeypatch.setattr(Cuts, "points", counted)
    drawer, chance = Drawer(simulator.rulebook, seed, known), random.Random(seed)  # noqa: S311 - a test
    rows = []
    for case, party, act in plain_rows((drawer.case() for _ in range(400)), simulator.exact):
        hidden = {"discovered_on", *(["harm_to_safety"] if chance.random() < 0.3 else [])}
        rows.append((case, party, {k: v for k, v in act.items() if k not in hidden}))
    tally = differences(simulator, rows)

    assert tally.found == []
    assert sum(asked) > 50
    # where nothing is violated the day of discovery matters to nothing
    assert tally.split > tally.hit // 3
