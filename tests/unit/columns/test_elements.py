"""Columns of the one element of a collection: what they may be called, and what they say."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError
from lawengine.columns.gate import OutOfBounds
from lawengine.columns.simulating import case_of_row, simulate
from lawengine.columns.table import as_table
from lawengine.model.statuses import StatusState
from lawengine.model.vocabulary import PARTY
from tests import small
from tests import statuses as st

RULES = """
list BAD of penalty
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 1
    when penalty.heavy
    lasts 1 years from penalty.decided
    removed on penalty.removed_on where penalty.mended law GEN-2000 art 2

rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and BAD listed
    then fine 1 to 3 yuan

rule Q
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and (count of penalty where heavy) at least 1
      and (every penalty satisfies paid)
    then warn
"""
DAYS = "DATE '2010-01-01' AS decided_on, DATE '2009-06-01' AS ended_on, 'red' AS kind"
ROWS = f"""SELECT *, {DAYS} FROM (VALUES
  (1, DATE '2009-05-01', true, NULL, true, 1), (2, DATE '2008-05-01', true, NULL, false, 1),
  (3, DATE '2009-05-01', false, NULL, NULL, 1), (4, NULL, true, NULL, true, 1),
  (5, DATE '2009-05-01', true, DATE '2009-08-01', true, 1), (6, NULL, NULL, NULL, NULL, 0),
  (7, NULL, NULL, NULL, NULL, NULL)
) t(id, "penalty.decided", "penalty.heavy", "penalty.removed_on", "penalty.paid", penalties)"""


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.rulebook(RULES), days=st.Days(years=range(2008, 2012)))


def write(path: Path, query: str) -> Path:
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_states_and_rules_that_ask_for_them(tmp_path: Path, simulator: Simulator) -> None:
    mended = 'CASE WHEN id < 6 THEN id = 5 END AS "penalty.mended"'
    query = ROWS.replace("SELECT *", f"SELECT *, {mended}")
    path, out = write(tmp_path / "cases.parquet", query), tmp_path / "out.parquet"
    found = simulate(path, simulator, out, ["id"])

    rows = duckdb.execute(f"SELECT id, statuses, statuses_open, rules FROM '{out}'").fetchall()
    assert rows == [
        (1, "BAD listed", "", "R, Q"), (2, "BAD expired", "", ""), (3, "", "", ""),
        (4, "", "BAD", "Q"), (5, "BAD removed", "", "Q"), (6, "", "", ""), (7, "", "BAD", ""),
    ]  # fmt: skip
    assert found.totals.held("BAD") == {
        StatusState.LISTED: 1, StatusState.REMOVED: 1, StatusState.EXPIRED: 1,
        StatusState.UNDETERMINED: 2,
    }  # fmt: skip
    assert found.untold == ()
    assert simulate(write(path, f"SELECT {DAYS}"), simulator).untold == ("BAD",)


def test_a_row_as_a_case_has_the_element(tmp_path: Path, simulator: Simulator) -> None:
    path = write(tmp_path / "cases.parquet", ROWS)
    numbers = []
    for row in range(1, 8):
        (party,) = case_of_row(path, row, simulator.rulebook, ["id"]).root.children[PARTY]
        numbers.append(len(party.children["penalty"]) if "penalty" in party.children else None)

    assert numbers == [1, 1, 1, 1, 1, 0, None]


WRONG = {
    "2 AS penalties": ("LAW730", "row 1: `2`, but a row holds no more than one of Penalty"),
    '0 AS penalties, true AS "penalty.heavy"': ("LAW731", "row 1: `penalty.heavy` (Heavy)"),
    'DATE \'2009-05-01\' AS "penalty.decided", true AS "penalty.heavy", '
    'DATE \'2009-01-01\' AS "penalty.removed_on", true AS "penalty.mended"':
        ("LAW732", "row 1: `BAD`"),
    "true AS heavy": ("LAW652", "`heavy` names no fact"),
    "'many' AS penalties": ("LAW654", "`penalties` (Penalty) holds VARCHAR"),
}  # fmt: skip


@pytest.mark.parametrize("select", WRONG)
def test_what_cannot_be_is_told(tmp_path: Path, simulator: Simulator, select: str) -> None:
    path = write(tmp_path / "cases.parquet", f"SELECT {DAYS}, {select}")
    with pytest.raises(TableError) as caught:
        simulate(path, simulator)
    (found,) = caught.value.diagnostics
    code, words = WRONG[select]
    assert found.code == code
    assert words in found.message("en")
    assert found.message("zh") != found.message("en")


def test_a_row_without_a_day_is_told_by_single_cases(simulator: Simulator) -> None:
    row = small.case(simulator.rulebook, [{"kind": "red"}], decided_on="unknown")
    assert row.root.children[PARTY]
    table = as_table([({}, {"*penalty": ()}, {}), ({}, {"*penalty": ({"heavy": False},)}, {})],
                     simulator.rulebook)  # fmt: skip
    assert simulator.answer(table).states.tolist() == [[0, 0]]


def test_a_number_beyond_one_is_refused_in_any_table(simulator: Simulator) -> None:
    table = as_table([({}, {"*penalty": ({"heavy": True},)}, {})], simulator.rulebook)
    table.columns["penalty.*"].values[0] = 2
    with pytest.raises(OutOfBounds, match="LAW730"):
        simulator.answer(table)
