"""Tables in SQLite and DuckDB files, and case files as a table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError, open_table
from lawengine.columns.simulating import Run, Simulated, case_of_row, simulate
from lawengine.model.vocabulary import PARTY
from tests import small

YES_NO = """decided_on, ended_on, kind, gain_yuan, CASE a WHEN true THEN 'yes' WHEN false THEN 'no'
END AS a FROM decisions;"""
RULES = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and act.a
    then fine 1 to 3 yuan
         confiscate act.gain
"""
CELLS = "decided_on, ended_on, kind, a, gain_yuan"
ROWS = [
    ("2010-01-01", "2009-06-01", "red", 1, "1234.50"), ("2010-01-01", "2009-06-01", "red", 0, None),
    ("2010-01-01", "2009-06-01", "green", 1, "7"),
    ("2010-01-01", "2009-06-01", "red", None, "0.05"),
]  # fmt: skip


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.rulebook(RULES))


def sqlite(path: Path, more: str = "") -> Path:
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"CREATE TABLE decisions({CELLS.replace(' a,', ' a BOOLEAN,')})")
        made.executemany("INSERT INTO decisions VALUES (?, ?, ?, ?, ?)", ROWS)
        made.executescript(more)
        made.commit()
    return path


def in_duckdb(path: Path, more: str = "") -> Path:
    with duckdb.connect(str(path)) as made:
        made.execute("CREATE TABLE decisions(decided_on DATE, ended_on DATE, kind VARCHAR,"
                     " a BOOLEAN, gain_yuan DECIMAL(12, 2))")  # fmt: skip
        made.executemany("INSERT INTO decisions VALUES (?, ?, ?, ?, ?)", ROWS)
        for line in more.split(";"):
            made.execute(line or "SELECT 1")
    return path


def summed(found: Simulated) -> tuple[int, int, int]:
    return found.totals.rows, found.totals.flags["hit"], found.totals.confiscated


@pytest.mark.parametrize("what", ["", "::decisions", f"::SELECT {YES_NO}"])
@pytest.mark.parametrize("make", [sqlite, in_duckdb])
def test_a_database_says_what_a_file_says(
    tmp_path: Path, simulator: Simulator, make: object, what: str
) -> None:
    assert callable(make)
    path = make(tmp_path / "it's [here].db")
    before = path.read_bytes()
    found = simulate(Path(f"{path}{what}"), simulator)

    assert summed(found) == (4, 1, 123450)
    assert found.totals.flags["undetermined"] == 1
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [path.name]


def told(path: Path | str, simulator: Simulator) -> str:
    with pytest.raises(TableError) as caught:
        simulate(Path(path), simulator)
    (found,) = caught.value.diagnostics
    assert found.message("zh")
    return f"{found.code} {found.message('en')} {found.suggestion}"


@pytest.mark.parametrize("make", [sqlite, in_duckdb])
def test_a_table_that_is_not_there(tmp_path: Path, simulator: Simulator, make: object) -> None:
    assert callable(make)
    path = make(tmp_path / "cases.db", "CREATE TABLE other(x INTEGER)")
    assert told(f"{path}::decision", simulator).startswith("LAW733")
    assert told(f"{path}::decision", simulator).endswith("decisions, other decisions")
    assert told(path, simulator).startswith("LAW734")
    assert told(f"{path}::SELECT nothing FROM other", simulator).startswith("LAW650")
    assert told(f"{path}::other", simulator).startswith("LAW652")
    assert told(f"{tmp_path}/none.db::other", simulator).startswith("LAW650")


def test_what_is_no_database_is_told(tmp_path: Path, simulator: Simulator) -> None:
    for number, content in enumerate(
        (b"", b"SQLite format 3\0 broken" * 9, b"\0" * 8 + b"DUCK" * 9)
    ):
        path = tmp_path / f"broken{number}.db"
        path.write_bytes(content)
        assert told(path, simulator).startswith("LAW650")


def test_a_query_reads_and_nothing_else(tmp_path: Path, simulator: Simulator) -> None:
    path, secret = sqlite(tmp_path / "cases.sqlite"), tmp_path / "secret.csv"
    secret.write_text("x\n1\n")
    before = path.read_bytes()
    evil = "WITH x AS (SELECT 1) DELETE FROM decisions"
    assert told(f"{path}::{evil}", simulator).startswith("LAW650")
    assert told(f"{path}::SELECT 1) ; ATTACH 'x.db' AS y; SELECT (1", simulator).startswith(
        "LAW650"
    )
    assert told(f"{path}::SELECT load_extension('x') AS a", simulator).startswith("LAW650")
    assert path.read_bytes() == before
    made = in_duckdb(tmp_path / "cases.duckdb")
    for query in (f"SELECT * FROM read_csv('{secret}')", "SELECT 1; DROP TABLE decisions",
                  f"SELECT * FROM decisions) TO '{tmp_path}/out.csv' --"):  # fmt: skip
        assert told(f"{made}::{query}", simulator).startswith("LAW650")
    assert not (tmp_path / "out.csv").exists()


def test_cells_of_sqlite_have_their_own_types(tmp_path: Path, simulator: Simulator) -> None:
    more = "CREATE TABLE odd AS SELECT decided_on, ended_on, {} FROM decisions"
    for cell, code in (("1.5 AS gain_yuan", "LAW654"), ("x'00' AS kind", "LAW654"),
                       ("CASE rowid WHEN 1 THEN 5 ELSE 'x' END AS number", "LAW659"),
                       ("2 AS a", "LAW654"), ("'blue sky' AS kind", "LAW655")):  # fmt: skip
        path = sqlite(tmp_path / f"{len(cell)}.sqlite", more.format(cell))
        assert told(f"{path}::odd", simulator).startswith(code), cell


HEAD = "decided_on,ended_on,kind,a,gain_yuan,number,seen_on"
GOOD = "2010-01-01,2009-06-01,red,yes,1234.50,3,2009-07-01"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"gain_yuan": "lots"}, "LAW659 the column `gain_yuan`, row 2: `lots` is no value of Gain"),
        ({"gain_yuan": "5000.0001"}, "LAW659 the column `gain_yuan`, row 2: `5000.0001`"),
        ({"gain_yuan": "1" * 17}, "LAW659 the column `gain_yuan`, row 2"),
        ({"gain_yuan": "1e3"}, "LAW659 the column `gain_yuan`, row 2"),
        ({"number": "3.5"}, "LAW659 the column `number`, row 2: `3.5`"),
        ({"seen_on": "2009-13-01"}, "LAW659 the column `seen_on`, row 2: `2009-13-01`"),
        ({"seen_on": "soon"}, "LAW659 the column `seen_on`, row 2: `soon`"),
        ({"kind": "pink"}, "LAW655 the column `kind`, row 2: `pink`"),
    ],
)
def test_a_wrong_cell_of_a_text_file_is_named(
    tmp_path: Path, simulator: Simulator, cells: dict[str, str], said: str
) -> None:
    row = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | cells
    path = tmp_path / "cases.csv"
    path.write_text(f"{HEAD}\n{GOOD}\n{','.join(row.values())}\n", encoding="utf-8")
    assert told(path, simulator).startswith(said)


def test_amounts_of_a_text_file_are_exact(tmp_path: Path, simulator: Simulator) -> None:
    path = tmp_path / "cases.csv"
    rows = [GOOD.replace("1234.50", cell) for cell in ("0.010000000", "7", "9999999999.99", "")]
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8-sig")
    found = simulate(path, simulator)

    assert found.totals.rows == 4
    assert found.totals.confiscated == 1 + 700 + 999_999_999_999


def test_a_text_file_that_is_no_table_says_why(tmp_path: Path, simulator: Simulator) -> None:
    path = tmp_path / "cases.csv"
    for content, said in (
        (f"{HEAD}\n{GOOD}\n".replace("yes", "是").encode("gb18030"), "its text is not in UTF-8"),
        (f"{HEAD}\n2010-01-01,2009-06-01\n".encode(), "line 2 has 2 cells, the header 7"),
    ):
        path.write_bytes(content)
        assert said in told(path, simulator)
    path.write_bytes(b"")
    assert told(path, simulator).startswith("LAW657")
    path.write_text(f"{HEAD.upper()}\n{GOOD}\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        simulate(path, simulator)
    assert [one.suggestion for one in caught.value.diagnostics] == HEAD.split(",")


def test_a_column_without_cells_has_no_type(tmp_path: Path, simulator: Simulator) -> None:
    more = (
        "CREATE TABLE odd AS SELECT decided_on, ended_on, kind, NULL AS a, NULL AS gain,"
        ' NULL AS seen_on, NULL AS "penalty.heavy", NULL AS "it\'s ""odd""" FROM decisions;'
        "CREATE TABLE none AS SELECT * FROM decisions WHERE false"
    )
    path = sqlite(tmp_path / "cases.sqlite", more)
    kept = ['it\'s "odd"']
    found = simulate(Path(f"{path}::odd"), simulator, kept=kept)
    assert found.totals.flags["undetermined"] == 3
    again = simulate(Path(f"{path}::odd"), simulator, kept=kept, run=Run(jobs=2, batch=2))
    assert again.totals == found.totals
    assert told(f"{path}::none", simulator).startswith("LAW657")


CASE = """
case: {name}
title: {{en: A case, zh: 案}}
decided_on: 2010-01-01
respondents:
  - rich: true
    penalties: {penalties}
    acts:
      - {{kind: red, a: true, ended_on: {ended}, gain: 5 yuan, share: 5 %}}
"""


def casebook(folder: Path, **cases: tuple[str, str]) -> Path:
    folder.mkdir()
    for name, (penalties, ended) in cases.items():
        text = CASE.format(name=name, penalties=penalties, ended=ended)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_case_files_are_a_table(tmp_path: Path, simulator: Simulator) -> None:
    folder = casebook(
        tmp_path / "cases", one=("[{heavy: true}]", "2009-06-01"), two=("[]", "2009-06-01"),
        three=("[{heavy: true}, {heavy: false}]", "2009"),
    )  # fmt: skip
    found = simulate(folder, simulator)

    assert found.totals.rows == 3
    assert [(note.code, note.words["number"]) for note in found.notes] == [
        ("LAW736", 1), ("LAW737", 1), ("LAW738", 3),
    ]  # fmt: skip
    with open_table(folder, simulator.rulebook, (), ["case"]) as table:
        batch, kept = table.batch(0, 3)
    assert kept["case"].tolist() == ["one", "three", "two"]
    numbers = batch.columns["penalty.*"]
    assert numbers.known is not None
    assert numbers.known.tolist() == [True, False, True]
    (party,) = case_of_row(folder, 1, simulator.rulebook).root.children[PARTY]
    assert len(party.children["penalty"]) == 1
    assert simulate(folder / "two.yaml", simulator).totals.confiscated == 500


def test_case_files_that_are_none_are_told(tmp_path: Path, simulator: Simulator) -> None:
    folder = casebook(tmp_path / "cases", one=("[]", "2009-06-01"))
    (folder / "bad.yaml").write_text("facts: [", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        simulate(folder, simulator)
    assert caught.value.diagnostics[0].code.startswith("LAW5")
    (tmp_path / "none").mkdir()
    assert told(tmp_path / "none", simulator).startswith("LAW657")
