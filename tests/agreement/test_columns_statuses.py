"""Of lists, benefits and duties columns say what single cases say, or leave them open."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lawengine.columns import standing
from lawengine.columns.engine import Simulator
from lawengine.columns.statuses import StatusPlans
from lawengine.columns.table import Table, as_table
from lawengine.model.statuses import StatusKind, StatusState
from lawengine.registers.findings import OVER
from tests import small
from tests import statuses as st
from tests.agreement.column_statuses import StatusTally, flat_rows, states_of, status_tally
from tests.agreement.columns import compared, plain_rows
from tests.agreement.drawing import Drawer
from tests.agreement.lives import LifeDrawer
from tests.agreement.status_rulebooks import DATES, parties, status_rulebooks
from tests.agreement.test_compiled_rulebooks import acts as acts_drawn

CALENDARS = st.Days(years=range(2009, 2012))


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.shipped(), days=small.shipped_days())


# Coverage is told by other tests; watching these rows line by line would only cost minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize(("seed", "known", "wider"), [(5, 1.0, 0.01), (6, 0.95, 0.1)])
def test_drawn_lives_agree(simulator: Simulator, seed: int, known: float, wider: float) -> None:
    drawer = LifeDrawer(simulator.rulebook, seed, known, wrong=0.0)
    rows = flat_rows((drawer.case() for _ in range(90)), simulator.rulebook)
    tally = status_tally(simulator, rows)

    assert tally.found == []
    assert tally.refused < tally.rows
    assert tally.wider < wider * tally.told
    for state in ("listed", "removed", "granted", "due", "discharged", "breached"):
        assert tally.states[StatusState(state)] > 0, state


@pytest.mark.no_cover
def test_statuses_of_every_make_agree() -> None:
    # What columns leave open hangs on the holes: parties with few of them are counted apart.
    tallies = {keep: StatusTally() for keep in (20, 4)}

    @settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        text=status_rulebooks(),
        few=some.lists(some.tuples(parties(20), acts_drawn(), DATES), min_size=3, max_size=4),
        many=some.lists(some.tuples(parties(4), acts_drawn(), DATES), min_size=1, max_size=2),
    )
    def agreeing(
        text: str,
        few: list[tuple[dict[str, Any], dict[str, Any], datetime.date]],
        many: list[tuple[dict[str, Any], dict[str, Any], datetime.date]],
    ) -> None:
        book = small.rulebook(text)
        for keep, rows in ((20, few), (4, many)):
            cases = [small.case(book, [a], party=_one(p), decided_on=d) for p, a, d in rows]
            one = status_tally(Simulator(book, days=CALENDARS), flat_rows(cases, book))
            assert one.found == [], text
            tallies[keep] += one

    agreeing()

    tally, holed = tallies[20], tallies[4]
    assert tally.told - tally.open > tally.told // 2
    assert tally.wider < tally.told // 8
    assert 0 < tally.refused < tally.rows
    assert holed.told - holed.open > holed.told // 2
    assert holed.open > 0


def test_what_columns_leave_open_is_counted() -> None:
    book = small.rulebook("""
        watch GEN.asked of act
          dated by act.ended_on
          version from 2000-01-01
            law GEN-2000 art 1
            when (largest group of order alike in fake) at least 1

        rule P
          version from 2000-01-01
            law GEN-2000 art 1
            when GEN.asked watched
            then warn
        """)
    tally = StatusTally()
    for act in (st.ACT, {**st.ACT, "orders": []}, {**st.ACT, "orders": [{"fake": True}]}):
        case = small.case(book, [act], decided_on=datetime.date(2011, 3, 1))
        tally += status_tally(Simulator(book, days=CALENDARS), flat_rows([case], book))

    # columns do not group what a row holds one of; single cases do
    assert (tally.told, tally.open, tally.wider) == (3, 3, 2)
    assert tally.found == []


LATE = """
duty GEN.payment of penalty
  dated by penalty.decided
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when penalty.heavy
    due 15 days from penalty.served
  version from 2010-01-01
    law GEN-2010 art 1
    when penalty.heavy
    due whichever applies from penalty.served
      1 months where party.rich
      5 working days otherwise
    discharged on penalty.paid_on

watch GEN.late of penalty
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 1
    when penalty.paid_on after last day of GEN.payment
"""


def test_the_last_day_of_a_duty_is_known_where_one_is_owed() -> None:
    book = small.rulebook(LATE)
    days = [datetime.date(2009, 12, 20), datetime.date(2010, 1, 20)]
    edges = [(1, 4), (1, 5), (1, 27), (1, 28), (2, 20), (2, 21)]
    paid = [datetime.date(2010, *edge) for edge in edges]
    whole: list[dict[str, Any]] = [
        {"decided": day, "served": day, "heavy": heavy, "paid_on": on}
        for day in days for heavy in (True, False) for on in paid if on >= day
    ]  # fmt: skip
    holes = [{name: x for name, x in whole[2].items() if name != left} for left in whole[2]]
    cases = [
        small.case(
            book, [st.ACT], party={"rich": rich, "penalties": [one]},
            decided_on=datetime.date(2011, 3, 1),
        )
        for one in (*whole, *holes) for rich in (True, False)
    ]  # fmt: skip
    rows = flat_rows(cases, book)
    tally = status_tally(Simulator(book, days=CALENDARS), rows)

    assert tally.found == []
    assert tally.states[StatusState.WATCHED] > 5
    # Where none is owed the watch is open, and nothing else is.
    table = as_table(rows[: 2 * len(whole)], book)
    late = states_of(Simulator(book, days=CALENDARS), table)
    place = late.statuses.index("GEN.late")
    told = np.count_nonzero(late.states[place] != standing.UNDETERMINED)
    owed = sum(one["heavy"] for one in whole)
    assert told == 2 * owed


def _one(party: dict[str, Any]) -> dict[str, Any]:
    return {name: x[:1] if isinstance(x, list) else x for name, x in party.items()}


@pytest.mark.no_cover
def test_rules_that_ask_statuses_agree() -> None:
    settled = 0

    @settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        text=status_rulebooks(),
        rows=some.lists(some.tuples(parties(60), acts_drawn(), DATES), min_size=2, max_size=4),
    )
    def agreeing(
        text: str, rows: list[tuple[dict[str, Any], dict[str, Any], datetime.date]]
    ) -> None:
        nonlocal settled
        book = small.rulebook(text)
        simulator = Simulator(book, days=CALENDARS)
        cases = [small.case(book, [a], party=_one(p), decided_on=d) for p, a, d in rows]
        table = as_table([row for row in flat_rows(cases, book) if _can_be(simulator, row)], book)
        if table.rows:
            tally = compared(simulator, table, simulator.answer(table))
            assert tally.found == [], text
            settled += tally.settled

    agreeing()

    assert settled > 20


def _can_be(simulator: Simulator, row: Any) -> bool:  # noqa: ANN401 - plain facts of any make
    return status_tally(simulator, [row]).refused == 0


def test_the_order_of_rows_and_the_size_of_chunks_do_not_matter(simulator: Simulator) -> None:
    drawer = LifeDrawer(simulator.rulebook, 3, 0.97, wrong=0.0)
    rows = flat_rows((drawer.case() for _ in range(14)), simulator.rulebook)
    rows = [row for row in rows if "decided_on" in row[0] and _can_be(simulator, row)]
    table = as_table(rows, simulator.rulebook)
    back = np.arange(table.rows)[::-1]
    turned = Table({path: c.at(back) for path, c in table.columns.items()}, table.rows)

    meant = states_of(simulator, table).states.tolist()
    simulator.chunk = 7
    assert states_of(simulator, table).states.tolist() == meant
    assert states_of(simulator, turned).states[:, ::-1].tolist() == meant


def test_a_fault_in_the_columns_is_found(
    monkeypatch: pytest.MonkeyPatch, simulator: Simulator
) -> None:
    wrong = {**OVER, StatusKind.DUTY: StatusState.DISCHARGED}
    monkeypatch.setattr(standing, "OVER", wrong)
    drawer = LifeDrawer(simulator.rulebook, 5, 1.0, wrong=0.0)
    rows = flat_rows((drawer.case() for _ in range(25)), simulator.rulebook)

    assert status_tally(simulator, rows).found


def test_how_far_a_file_is_complete_matters_only_to_what_hangs_on_steps(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = simulator.statuses
    assert "brushing.key_monitoring" not in plans.stepped
    # A list that is left by a step, and a benefit that asks for such lists.
    assert {"SAMR.serious_violations", "SC.green_channel"} <= plans.stepped

    drawer = Drawer(simulator.rulebook, 7, 1.0)
    rows = plain_rows((drawer.case() for _ in range(150)), simulator.exact)
    table = as_table(rows, simulator.rulebook)
    marked = table.columns["case.complete_until"].known
    assert marked is not None
    assert marked.any()
    alone: list[int] = []
    one_by_one = StatusPlans.exactly

    def exactly(self: StatusPlans, table: Table, row: int, names: tuple[str, ...]) -> list[int]:
        alone.append(row)
        return one_by_one(self, table, row, names)

    monkeypatch.setattr(StatusPlans, "exactly", exactly)
    results = simulator.answer(table)
    assert alone == []
    meant = [one_by_one(plans, table, row, results.statuses) for row in range(table.rows)]
    # watches of the party alone: each looks at a collection of which the table says nothing
    watches = {"brushing.key_monitoring", "CBI.quality_watch", "CBI.logistics_watch"}
    assert set(results.statuses) == {*watches, "CBI.platform_watch"}
    assert results.states.T.tolist() == meant
