"""Rows of parties without an act: nothing follows of acts, and what their party has is told."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError
from lawengine.columns.simulating import Run, case_of_row, simulate
from lawengine.deciding.decide import decide
from lawengine.model.statuses import StatusState
from lawengine.model.vocabulary import ACT, PARTY
from tests import small
from tests import statuses as st
from tests.unit.columns.test_elements import RULES

ROWS = """SELECT *, DATE '2010-01-01' AS decided_on FROM (VALUES
  (1, DATE '2009-06-01', 'red', 1, DATE '2009-05-01', true, 1),
  (2, NULL, NULL, 0, DATE '2009-05-01', true, 1),
  (3, NULL, NULL, 0, DATE '2008-05-01', true, 1),
  (4, DATE '2009-06-01', NULL, 1, DATE '2009-05-01', true, 1),
  (5, NULL, NULL, 0, NULL, NULL, 0), (6, NULL, NULL, 0, NULL, true, 1)
) t(id, ended_on, kind, acts, "penalty.decided", "penalty.heavy", penalties)"""
KNOWN = """CASE WHEN penalties = 1 THEN false END AS "penalty.mended",
  CASE WHEN penalties = 1 THEN true END AS "penalty.paid\""""
ROWS = ROWS.replace("SELECT *", f"SELECT *, {KNOWN}")
CASES = """
case: {name}
decided_on: 2010-01-01
respondents:
  - name: listed
    penalties: [{{decided: 2009-05-01, heavy: true, mended: false}}]
  - name: other
    penalties: []
    acts: {acts}
"""


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.rulebook(RULES), days=st.Days(years=range(2008, 2012)))


def write(path: Path, query: str) -> Path:
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize("chunk", [2, 1 << 16])
def test_a_row_without_an_act_tells_what_its_party_has(tmp_path: Path, chunk: int) -> None:
    days = st.Days(years=range(2008, 2012))
    simulator = Simulator(small.rulebook(RULES), days=days, chunk=chunk)
    path, out = write(tmp_path / "cases.parquet", ROWS), tmp_path / "out.parquet"
    found = simulate(path, simulator, out, ["id"])

    told = "SELECT id, state, decided_by, statuses, statuses_open, rules FROM"
    assert duckdb.execute(f"{told} '{out}'").fetchall() == [
        (1, "established", "columns", "BAD listed", "", "R, Q"),
        (2, "nothing", "columns", "BAD listed", "", ""),
        (3, "nothing", "columns", "BAD expired", "", ""),
        (4, "undetermined", "branches", "BAD listed", "", ""),
        (5, "nothing", "columns", "", "", ""),
        (6, "nothing", "columns", "", "BAD", ""),
    ]
    flags = found.totals.flags
    assert (flags["hit"], flags["undetermined"]) == (1, 1)
    again = simulate(path, simulator, tmp_path / "two.parquet", ["id"], run=Run(jobs=2, batch=2))
    assert again.totals == found.totals


def test_the_row_says_what_deciding_it_says(tmp_path: Path, simulator: Simulator) -> None:
    path = write(tmp_path / "cases.parquet", ROWS)
    found = []
    for row in range(1, 7):
        case = case_of_row(path, row, simulator.rulebook, ["id"])
        (party,) = case.root.children[PARTY]
        decided = decide(case, simulator.rulebook, days=simulator.days).decision
        assert decided is not None
        (respondent,) = decided.respondents
        states = [one.state for one in respondent.statuses]
        found.append((len(party.children.get(ACT, ())), len(respondent.acts), states))

    assert [(one, two) for one, two, _ in found] == [(n, n) for n in (1, 0, 0, 1, 0, 0)]
    assert found[1][2] == [StatusState.LISTED]
    assert found[2][2] == [StatusState.EXPIRED]


WRONG = {
    "2 AS acts": "LAW730",
    "NULL::INTEGER AS acts": "LAW730",
    "0 AS acts, 'red' AS kind": "LAW731",
}


@pytest.mark.parametrize("select", WRONG)
def test_what_cannot_be_is_told(tmp_path: Path, simulator: Simulator, select: str) -> None:
    fine = "DATE '2010-01-01' AS decided_on, DATE '2009-06-01' AS ended_on, 1 AS acts"
    wrong = f"DATE '2010-01-01' AS decided_on, NULL::DATE AS ended_on, {select}"
    path = write(tmp_path / "cases.parquet", f"SELECT {fine} UNION ALL BY NAME SELECT {wrong}")
    with pytest.raises(TableError) as caught:
        simulate(path, simulator)
    (found,) = caught.value.diagnostics
    assert (found.code, found.words["row"]) == (WRONG[select], 2)
    assert "None" not in found.message("en")


def test_case_files_say_it_themselves(tmp_path: Path, simulator: Simulator) -> None:
    acts = {"one": "[{kind: red, ended_on: 2009-06-01}]", "two": "[]"}
    for name, written in acts.items():
        text = CASES.format(name=name, acts=written)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    out = tmp_path / "out.csv"
    simulate(tmp_path, simulator, out, ["case"])

    told = "SELECT \"case\", state, coalesce(statuses, '') FROM"
    assert duckdb.execute(f"{told} '{out}'").fetchall() == [
        ("one", "nothing", "BAD listed"), ("one", "nothing", ""),
        ("two", "nothing", "BAD listed"), ("two", "nothing", ""),
    ]  # fmt: skip
    alone = simulate(tmp_path / "two.yaml", simulator)
    assert (alone.totals.rows, alone.totals.flags["undetermined"]) == (2, 0)


def test_a_sweep_counts_them_as_cases_without_anything(
    tmp_path: Path, simulator: Simulator
) -> None:
    from lawengine.analysis.classes import Watcher

    path = write(tmp_path / "cases.parquet", ROWS)
    watcher = Watcher(simulator)
    simulate(path, simulator, kept=["id"])
    idle = np.array([False, True, True, False, True, True])
    found = watcher.seen(idle)

    assert found.taken.shape == (2, 6)
    assert not found.left[idle].any()
    assert len(set(found.marks[idle].tolist())) == 1
    assert not set(found.marks[idle].tolist()) & set(found.marks[~idle].tolist())
