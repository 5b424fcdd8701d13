"""Of lists, benefits and duties the compiled rules say what the reference says."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lawengine.compiled.engine import Engine
from lawengine.model.statuses import StatusKind, StatusState
from tests import small
from tests import statuses as st
from tests.agreement.comparing import Tally, differences, lived
from tests.agreement.lives import HOLES, LifeDrawer
from tests.agreement.status_rulebooks import DATES, parties, status_rulebooks
from tests.agreement.test_compiled_rulebooks import acts as acts_drawn
from tests.agreement.test_compiled_rulebooks import open_acts, years

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
    drawer = LifeDrawer(engine.rulebook, 8, 1.0)
    seen: Counter[tuple[StatusKind, StatusState]] = Counter()
    for _ in range(400):
        for answers in engine.whole(drawer.case()).statuses.values():
            seen.update((a.found.status.kind, a.state) for a in answers if a.compiled)

    kinds = [
        (StatusKind.LIST, ("not_listed", "listed", "removed", "expired")),
        (StatusKind.BENEFIT, ("not_granted", "granted", "lost")),
        (StatusKind.DUTY, ("not_due", "due", "discharged", "breached")),
    ]
    for kind, states in kinds:
        for state in states:
            assert seen[kind, StatusState(state)] > 0, (kind, state)


CALENDARS = st.Days(years=range(2009, 2012))


def test_statuses_of_every_make_agree() -> None:
    dated, undated = Tally(), Tally()

    @settings(max_examples=200, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        text=status_rulebooks(),
        party=some.one_of(parties(20), parties(20), parties(4)),
        acts=some.lists(some.one_of(acts_drawn(), open_acts()), min_size=1, max_size=2),
        decided=some.one_of(DATES, DATES, DATES, DATES.map(years)),
        known=some.sampled_from(
            [None, None, datetime.date(2011, 4, 1), datetime.date(2010, 6, 30)]
        ),
    )
    def agreeing(
        text: str,
        party: dict[str, Any],
        acts: list[dict[str, Any]],
        decided: object,
        known: datetime.date | None,
    ) -> None:
        nonlocal dated, undated
        book = small.rulebook(text)
        said = {} if known is None else {"known": known}
        case = small.case(book, acts, party=party, decided_on=decided, **said)
        found = differences(Engine(book, days=CALENDARS), case)
        assert found.found == [], text
        if isinstance(decided, datetime.date):
            dated += found
        else:
            undated += found

    agreeing()

    # On a known day functions settle most of them; on one of a year, what was when stays open.
    assert dated.functions > dated.statuses * 2 // 3
    assert dated.functions < dated.statuses
    assert undated.functions == 0 < undated.statuses
    # And rules that ask them take every way.
    for way in ("exact", "settled", "branched"):
        taken = getattr(dated, way) + getattr(undated, way)
        assert taken > (dated.acts + undated.acts) // 20, way
