"""Over the rules that come with the program, columns say what single cases say."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from bench import workload
from lawengine import read_casebook
from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results
from lawengine.columns.table import Column, Table, as_table
from lawengine.deciding.scenarios import scenario_case
from lawengine.model.measures import MeasureKind
from tests import small
from tests.agreement.columns import ColumnTally, differences, plain_rows
from tests.agreement.columns_campaign import KNOWN
from tests.agreement.drawing import Drawer


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.shipped())


@pytest.fixture(scope="module")
def lasting() -> Simulator:
    """Return one that has the plans of all tables before."""
    return Simulator(small.shipped(), days=small.shipped_days())


def drawn(simulator: Simulator, number: int, seed: int, known: float) -> ColumnTally:
    drawer = Drawer(simulator.rulebook, seed, known)
    cases = (drawer.case() for _ in range(number))
    return differences(simulator, plain_rows(cases, simulator.exact))


# Coverage is told by other tests; watching thousands of cases line by line would only cost time.
@pytest.mark.no_cover
@pytest.mark.parametrize(("seed", "known", "number", "least"), [
    (1, 1.0, 1_500, 0.98), (2, 1.0, 1_500, 0.98), (3, 0.97, 800, 0.9), (4, 0.8, 400, 0.6),
])  # fmt: skip
def test_drawn_cases_agree(
    simulator: Simulator, seed: int, known: float, number: int, least: float
) -> None:
    tally = drawn(simulator, number, seed, known)

    assert tally.found == []
    assert tally.settled > least * tally.rows
    # Of the kinds of conduct, most are asked for by one rule, which asks for much besides.
    assert tally.hit > tally.rows // 5
    assert tally.later > 0 or number < 1_000


# With the cases above these are more than 50,000 acts; in half of them facts are left out.
@pytest.mark.no_cover
@pytest.mark.parametrize("shard", range(20))
def test_many_drawn_cases_agree(lasting: Simulator, shard: int) -> None:
    tally = drawn(lasting, 2_000, 20_260_101 + shard, KNOWN[shard % len(KNOWN)])

    assert tally.found == []
    assert tally.settled > 0.9 * tally.rows > 2_000
    assert tally.hit > tally.rows // 5


def test_every_scenario_and_every_real_case_agree(checkout: Path, simulator: Simulator) -> None:
    book = simulator.rulebook
    cases = [scenario_case(scenario, book) for scenario in book.scenarios]
    cases += [case.facts for case in read_casebook(checkout / "casebook", book)[0]]
    tally = differences(simulator, plain_rows(cases, simulator.exact))

    assert tally.found == []
    assert tally.settled > tally.rows // 3


# --- workload W ---


@pytest.fixture
def w() -> Simulator:
    return Simulator(workload.rulebook())


def w_table(number: int, simulator: Simulator) -> tuple[list[dict[str, object]], Table]:
    flat = list(workload.cases(number))
    return flat, as_table([workload.act_of(case) for case in flat], simulator.rulebook)


def w_answer(results: Results, row: int) -> workload.Answer:
    layout = results.layout
    fine = int(results.fine_high[row]) // 100
    place = layout.kinds.index(MeasureKind.SUSPEND)
    suspended = bool(int(results.must()[row]) >> place & 1)
    rules = [layout.norms[n].rule for n in results.norms_at(row)]
    articles = [workload.ARTICLES[rule] for rule in rules if rule in workload.ARTICLES]
    taken = int(results.confiscated[row]) // 100
    return fine, taken, suspended, articles, fine >= 200_000 or suspended


@pytest.mark.no_cover
def test_w_says_what_it_says_by_hand(w: Simulator) -> None:
    flat, table = w_table(3_000, w)
    results = w.answer(table)

    assert [w_answer(results, row) for row in range(table.rows)] == [
        workload.by_hand(case) for case in flat
    ]
    assert not results.has("exactly").any()


def test_w_with_holes_agrees(w: Simulator) -> None:
    draw = random.Random(3)  # noqa: S311 - cases of a test, no secrets
    rows = [workload.with_holes(workload.act_of(c), draw, 0.03) for c in workload.cases(250)]
    tally = differences(w, rows)

    assert tally.found == []
    assert tally.rows // 5 < tally.settled < tally.rows


# --- what must not matter ---


def whole(results: Results) -> list[object]:
    return [
        results.codes.tolist(), results.fine_low.tolist(), results.fine_high.tolist(),
        results.confiscated.tolist(), results.choices.tolist(),
    ]  # fmt: skip


def test_the_order_of_rows_and_the_size_of_chunks_do_not_matter(simulator: Simulator) -> None:
    drawer = Drawer(simulator.rulebook, 9, 0.98)
    rows = plain_rows((drawer.case() for _ in range(100)), simulator.exact)
    table = as_table(rows, simulator.rulebook)
    results = simulator.answer(table)

    small_chunks = Simulator(simulator.rulebook, chunk=7)
    assert whole(small_chunks.answer(table)) == whole(results)
    back = np.arange(table.rows)[::-1]
    turned = Table({path: c.at(back) for path, c in table.columns.items()}, table.rows)
    assert whole(simulator.answer(turned).at(back)) == whole(results)


def test_wider_columns_say_the_same(w: Simulator) -> None:
    _, table = w_table(500, w)
    wide = {
        path: Column(c.values.astype(np.int64) if c.values.dtype.kind == "i" else c.values)
        for path, c in table.columns.items()
    }
    narrow = {
        path: Column(c.values.astype(np.int8) if "prior" in path else c.values)
        for path, c in table.columns.items()
    }
    meant = whole(w.answer(table))
    assert whole(w.answer(Table(wide, table.rows))) == meant
    assert whole(w.answer(Table(narrow, table.rows))) == meant


def test_a_chunk_that_goes_beyond_the_plan_gets_a_wider_one() -> None:
    simulator = Simulator(workload.rulebook(), chunk=100)
    rows = [workload.act_of(case) for case in workload.cases(300)]
    for _, _, act in rows[200:]:
        act["prior_violations"] += 10_000_000_000
    tally = differences(simulator, rows)

    assert tally.found == []
    assert tally.settled == tally.rows
    assert simulator.made > 1
