"""Columns that are kept come out as they went in: decimals, days, times, texts and gaps."""

from __future__ import annotations

import datetime
import decimal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lawengine.columns import simulating
from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results
from lawengine.columns.simulating import Interrupted, Run, simulate
from tests import small
from tests.unit.columns.test_inputs import RULES

D, DAY = decimal.Decimal, datetime.date(2020, 2, 29)
TIME = datetime.datetime(2020, 2, 29, 12, 34, 56, 123456)  # noqa: DTZ001 - a cell without a zone
TYPES = {
    "n": "BIGINT", "sum": "DECIMAL(38,9)", "short": "DECIMAL(9,2)", "day": "DATE",
    "time": "TIMESTAMP", "text": "VARCHAR", "number": "VARCHAR", "yes": "BOOLEAN",
    "some": "INTEGER", "none": "DATE", "share": "DOUBLE",
}  # fmt: skip
ROWS: list[tuple[Any, ...]] = [
    (1, D("12345678901234567890.123456789"), D("1.50"), DAY, TIME, 'é, "x"\ny', "007", True, 1,
     None, 0.1),
    (2, None, None, None, None, None, None, None, None, None, None),
    (9007199254740993, D("0.000000001"), D("-3.00"), datetime.date(1899, 12, 31),
     datetime.datetime(1969, 7, 20, 20, 17), "", "12", False, None, None, 1e-9),  # noqa: DTZ001 - as above
    (4, D("-1.000000000"), D("99.99"), datetime.date(9999, 12, 31), None, "NULL", "1e5", None, 3,
     None, None),
]  # fmt: skip
OWN = "DATE '2010-01-01' AS decided_on, DATE '2009-06-01' AS ended_on, 'red' AS kind, true AS a"


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.rulebook(RULES), chunk=2)


def filled(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the query of a table with columns of every type and those of a case."""
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in TYPES.items())
    connection.execute(f"CREATE TABLE kept({columns})")
    marks = ", ".join("?" for _ in TYPES)
    connection.executemany(f"INSERT INTO kept VALUES ({marks})", ROWS)
    return f"SELECT *, {OWN} FROM kept"


def asked(query: str) -> duckdb.DuckDBPyRelation:
    """Return what a query gives."""
    found = duckdb.sql(query)
    assert found is not None
    return found


def parquet(folder: Path) -> Path:
    with duckdb.connect() as made:
        made.execute(f"COPY ({filled(made)}) TO '{folder}/in.parquet' (FORMAT parquet)")
    return folder / "in.parquet"


def database(folder: Path) -> Path:
    with duckdb.connect(str(folder / "in.duckdb")) as made:
        made.execute(f"CREATE TABLE cases AS {filled(made)}")
    return Path(f"{folder / 'in.duckdb'}::cases")


def cells(out: Path) -> tuple[dict[str, str], list[tuple[Any, ...]]]:
    """Return the types and the cells of what was kept."""
    names = ", ".join(f'"{name}"' for name in TYPES)
    query = f"SELECT {names} FROM '{out}' ORDER BY \"row\""
    types = {row[0]: row[1] for row in asked(f"DESCRIBE {query}").fetchall()}
    return types, asked(query).fetchall()


@pytest.mark.parametrize("run", [Run(), Run(batch=1), Run(jobs=2, batch=2)])
@pytest.mark.parametrize("make", [parquet, database])
def test_types_and_values_do_not_change(
    tmp_path: Path, simulator: Simulator, make: Callable[[Path], Path], run: Run
) -> None:
    simulate(make(tmp_path), simulator, tmp_path / "out.parquet", list(TYPES), run=run)

    assert cells(tmp_path / "out.parquet") == (TYPES, ROWS)


def test_a_csv_file_is_written_as_the_database_writes_it(
    tmp_path: Path, simulator: Simulator
) -> None:
    simulate(parquet(tmp_path), simulator, tmp_path / "out.csv", list(TYPES))
    names = ", ".join(f'"{name}"' for name in TYPES)
    whole = f"read_csv('{tmp_path / 'out.csv'}', all_varchar = true, allow_quoted_nulls = false)"
    found = asked(f"SELECT {names} FROM {whole}").fetchall()
    meant = ", ".join(f'"{name}"::VARCHAR' for name in TYPES)

    assert found == asked(f"SELECT {meant} FROM '{tmp_path / 'in.parquet'}'").fetchall()


def test_going_on_changes_nothing(
    tmp_path: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = parquet(tmp_path), tmp_path / "out.parquet"
    answer, seen = simulating.answered, list[int]()

    def stopped(simulator: Simulator, batch: Any, start: int) -> Results:  # noqa: ANN401 - a table
        seen.append(start)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return answer(simulator, batch, start)

    monkeypatch.setattr(simulating, "answered", stopped)
    with pytest.raises(Interrupted):
        simulate(path, simulator, out, list(TYPES), run=Run(batch=1))
    monkeypatch.setattr(simulating, "answered", answer)
    simulate(path, simulator, out, list(TYPES), run=Run(batch=1, resume=True))

    assert cells(out) == (TYPES, ROWS)


CSV = """id,code,amount,mixed,day,time,text,empty,decided_on,ended_on,kind,a
1,007,1.50,1.5,2020-02-29,2020-02-29 12:34:56,"a, ""b""
c",,2010-01-01,2009-06-01,red,yes
2,12,20.00,1.50,2020-03-01,2020-03-01 00:00:00,"",,2010-01-01,2009-06-01,red,yes
3,,,,,,,,2010-01-01,2009-06-01,red,yes
"""


def test_cells_of_csv_read_as_they_did(tmp_path: Path, simulator: Simulator) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    path.write_text(CSV, encoding="utf-8")
    kept = ["id", "code", "amount", "mixed", "day", "time", "text", "empty"]
    simulate(path, simulator, out, kept, run=Run(batch=2))

    query = f"SELECT {', '.join(kept)} FROM '{out}' ORDER BY \"row\""
    assert [row[1] for row in asked(f"DESCRIBE {query}").fetchall()] == [
        "BIGINT", "VARCHAR", "DECIMAL(38,2)", "VARCHAR", "DATE", "TIMESTAMP", "VARCHAR", "VARCHAR",
    ]  # fmt: skip
    assert asked(query).fetchall() == [
        (1, "007", D("1.50"), "1.5", DAY, TIME.replace(microsecond=0), 'a, "b"\nc', None),
        (2, "12", D("20.00"), "1.50", datetime.date(2020, 3, 1),
         datetime.datetime(2020, 3, 1), "", None),  # noqa: DTZ001 - as above
        (3, None, None, None, None, None, None, None),
    ]  # fmt: skip
    again = tmp_path / "out.csv"
    simulate(path, simulator, again, kept)
    texts = "all_varchar = true, allow_quoted_nulls = false"
    both = [
        asked(f"SELECT {', '.join(kept)} FROM read_csv('{one}', {texts})").fetchall()
        for one in (path, again)
    ]
    assert both[0] == both[1]


def test_cells_of_sqlite_keep_their_classes(tmp_path: Path, simulator: Simulator) -> None:
    with closing(sqlite3.connect(tmp_path / "in.db")) as made:
        made.execute("CREATE TABLE cases(id, code TEXT, part REAL, sure BOOLEAN, raw, "
                     "decided_on, ended_on, kind, a)")  # fmt: skip
        rows = [
            (1, "007", 0.1, 1, b"\x00\xff'"), (2, "", None, 0, None),
            (9007199254740993, None, 1e-9, None, b""),
        ]  # fmt: skip
        own = ("2010-01-01", "2009-06-01", "red", "yes")
        marks = ", ".join("?" * 9)
        made.executemany(f"INSERT INTO cases VALUES ({marks})", [(*row, *own) for row in rows])
        made.commit()
    out, kept = tmp_path / "out.parquet", ["id", "code", "part", "sure", "raw"]
    simulate(tmp_path / "in.db", simulator, out, kept, run=Run(jobs=2, batch=1))

    query = f"SELECT {', '.join(kept)} FROM '{out}' ORDER BY \"row\""
    types = [row[1] for row in asked(f"DESCRIBE {query}").fetchall()]
    assert types == ["BIGINT", "VARCHAR", "DOUBLE", "BOOLEAN", "BLOB"]
    assert asked(query).fetchall() == [
        (1, "007", 0.1, True, b"\x00\xff'"), (2, "", None, False, None),
        (9007199254740993, None, 1e-9, None, b""),
    ]  # fmt: skip


def test_rows_before_and_after_a_reform_keep_them_too(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from lawengine_cli.app import app

    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    with duckdb.connect() as made:
        query = filled(made).replace("'red' AS kind, true AS a", "'false_publicity' AS kind")
        made.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    words = [word for name in TYPES for word in ("--keep", name)]
    reform = Path(__file__).parents[3] / "docs" / "reforms" / "floor-restored.law"
    more = ["--reform", str(reform), "--out", str(out)]
    done = CliRunner().invoke(app, ["simulate", str(path), *words, *more])

    assert done.exit_code == 0, done.output
    assert cells(out) == (TYPES, ROWS)
