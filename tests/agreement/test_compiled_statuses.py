"""Of lists, benefits and duties the compiled rules say what the reference says."""

from __future__ import annotations

from collections import Counter

import pytest

from lawengine.compiled.engine import Engine
from lawengine.model.statuses import StatusKind, StatusState
from tests import small
from tests.agreement.comparing import lived
from tests.agreement.lives import HOLES, LifeDrawer

CASES = 250


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(small.shipped(), days=small.shipped_days())


# Coverage is told by other tests; watching these cases line by line would only cost minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize("shard", range(len(HOLES)))
def test_drawn_lives_agree(engine: Engine, shard: int) -> None:
    tally = lived(engine, CASES, 20_260_101 + shard, *HOLES[shard])

    assert tally.found == []
    assert tally.statuses > 10 * CASES
    # what is settled is settled by functions, but for the days that lie in no published calendar
    assert tally.functions > (0.95, 0.9, 0.8, 0.6)[shard] * tally.statuses
    assert tally.functions < tally.statuses
    assert tally.refused > 0


@pytest.mark.no_cover
def test_the_drawn_cases_reach_every_state_by_functions(engine: Engine) -> None:
    drawer = LifeDrawer(engine.rulebook, 7, 1.0)
    seen: Counter[tuple[StatusKind, StatusState]] = Counter()
    for _ in range(CASES):
        for answers in engine.whole(drawer.case()).statuses.values():
            seen.update((a.found.status.kind, a.state) for a in answers if a.compiled)

    kinds = [
        (StatusKind.LIST, ("not_listed", "listed", "removed", "expired")),
        (StatusKind.BENEFIT, ("not_granted", "granted", "lost", "expired")),
        (StatusKind.DUTY, ("not_due", "due", "discharged", "breached")),
    ]
    for kind, states in kinds:
        for state in states:
            assert seen[kind, StatusState(state)] > 0, (kind, state)
