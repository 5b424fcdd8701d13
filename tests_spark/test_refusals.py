"""What is wrong is said as one machine says it, and nothing is left behind."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.release import VERSION
from lawengine.columns import simulating as one_machine
from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError
from lawengine.columns.naming import Named
from lawengine.columns.simulating import Run
from lawengine.columns.summary import Totals
from lawengine.model.rulebook import Rulebook
from lawengine.spark import java, sessions, simulating
from lawengine.spark.answering import Work, answer_part
from lawengine.spark.reading import Given
from lawengine.spark.refusal import first_line
from lawengine.spark.shipping import pack_totals
from lawengine.spark.simulating import simulate
from lawengine_cli.app import app
from tests_spark.drawn import KEPT

BROKEN = {
    # Two kinds of mistakes in the second batch, more of both after it, and none before. Neither
    # batches nor parts of the table begin where the others do.
    "cell": """CASE WHEN n IN (9500, 9700, 10100) THEN 'no such kind' ELSE "act.kind" END
        AS "act.kind\"""",
    "bound": 'CASE WHEN n = 9600 OR n > 10050 THEN -5 ELSE "act.turnover" END AS "act.turnover"',
}
SMALL = Run(batch=5000)


def changed(cases: Path, out: Path, *replaced: str, more: str = "") -> Path:
    """Write the cases anew, with cells replaced and columns added."""
    text = f"""SELECT * EXCLUDE (n) REPLACE ({", ".join(replaced)}) {more} FROM (
        SELECT * EXCLUDE ("number.of", sum, day, file_row_number), file_row_number AS n
        FROM read_parquet('{cases}', file_row_number = true)) ORDER BY n"""
    duckdb.sql(f"COPY ({text}) TO '{out}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return out


def refused_here(path: Path, book: Rulebook) -> tuple[Diagnostic, ...]:
    with pytest.raises(TableError) as refused:
        one_machine.simulate(path, Simulator(book), None, ("group",), run=SMALL)
    return refused.value.diagnostics


def refused_there(
    spark: SparkSession, path: Path, book: Rulebook, out: Path
) -> tuple[Diagnostic, ...]:
    with pytest.raises(TableError) as refused:
        simulate(spark, str(path), book, str(out), ("group",))
    assert not out.exists()
    assert not list(out.parent.glob(".*lawengine*"))
    return refused.value.diagnostics


@pytest.mark.parametrize("broken", [["cell", "bound"], ["bound"]], ids=" and ".join)
def test_the_first_wrong_row_is_told_as_by_one_machine(
    spark: SparkSession,
    cases: Path,
    book: Rulebook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: list[str],
) -> None:
    # Batches that are small enough for the test to have several.
    monkeypatch.setattr(simulating, "BATCH", 5000)
    path = changed(cases, tmp_path / "wrong.parquet", *(BROKEN[name] for name in broken))

    here = refused_here(path, book)

    assert refused_there(spark, path, book, tmp_path / "out") == here
    assert here[0].code == ("LAW655" if "cell" in broken else "LAW656")
    assert here[0].words["row"] == (9501 if "cell" in broken else 9601)


def test_wrong_columns_are_told_as_by_one_machine(
    spark: SparkSession, cases: Path, book: Rulebook, tmp_path: Path
) -> None:
    more = ', 1 AS "no.fact", 1.5 AS "act.turnover_yuan", true AS 行为种类, \'x\' AS shops'
    path = changed(cases, tmp_path / "wrong.parquet", '1 AS "act.ended_on"', more=more)

    here = refused_here(path, book)

    assert len(here) >= 3
    assert refused_there(spark, path, book, tmp_path / "out") == here


def test_no_table_and_no_rows(
    spark: SparkSession, cases: Path, book: Rulebook, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    missing, broken, empty = (
        tmp_path / f"{name}.parquet" for name in ("missing", "broken", "none")
    )
    broken.write_bytes(cases.read_bytes()[:5000])
    duckdb.sql(f"COPY (SELECT * FROM '{cases}' LIMIT 0) TO '{empty}'")
    narrow = tmp_path / "narrow.parquet"
    duckdb.sql(f"COPY (SELECT * EXCLUDE (sum, day, \"number.of\") FROM '{empty}') TO '{narrow}'")

    assert refused_there(spark, missing, book, out) == refused_here(missing, book)
    assert refused_there(spark, narrow, book, out) == refused_here(narrow, book)
    (told,) = refused_there(spark, broken, book, out)
    assert told.code == refused_here(broken, book)[0].code == "LAW650"


@pytest.mark.usefixtures("spark")
def test_nothing_is_ever_replaced(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    carried = [word for name in KEPT for word in ("--keep", name)]

    done = CliRunner().invoke(
        app, ["simulate-spark", str(cases), "--out", str(tmp_path), *carried, "--lang", "zh"]
    )

    assert done.exit_code == 1
    assert "LAW767" in done.stderr
    assert "表格未使用" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_workers_with_another_version_or_none(
    spark: SparkSession,
    cases: Path,
    book: Rulebook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "cases.parquet"
    few = f"SELECT * EXCLUDE (\"number.of\", sum, day) FROM '{cases}' LIMIT 50"
    duckdb.sql(f"COPY ({few}) TO '{path}'")
    monkeypatch.setattr(simulating, "VERSION", "0.0.7")
    (other,) = refused_there(spark, path, book, tmp_path / "out")
    # Pickled by its name, and no worker knows a module of that name.
    monkeypatch.setattr(simulating, "answer_part", elsewhere)
    (missing,) = refused_there(spark, path, book, tmp_path / "out")

    assert other.code == "LAW766"
    assert other.words == {"found": VERSION, "ours": VERSION}
    assert missing.code == "LAW765"
    assert missing.words["module"] == __name__.partition(".")[0]


def elsewhere(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return answer_part(work, batches)


def test_a_part_that_ran_twice_counts_once(cases: Path, book: Rulebook) -> None:
    simulator = Simulator(book)
    totals = one_machine.simulate(cases, simulator, None, KEPT).totals
    named = Named((), (), ())

    def told(rows: int, *parts: int) -> Totals:
        table = Given(None, named, (), pa.schema([]), rows, pa.table({}))
        run = simulating._Run(None, simulator, duckdb.connect(), str(cases), table, "null")
        told = {"wrong": None, "plans": 1, "totals": pack_totals(totals)}
        return run._sum(json.dumps({"part": part, **told}) for part in parts).totals

    assert told(totals.rows, 5, 5) == totals
    assert told(2 * totals.rows, 4, 5, 4).fine_high == 2 * totals.fine_high > 0
    with pytest.raises(TableError, match="it changed meanwhile") as refused:
        told(totals.rows + 1, 5)
    assert [found.code for found in refused.value.diagnostics] == ["LAW768"]


def test_a_java_that_will_not_do(tmp_path: Path) -> None:
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n", "utf-8")
    old.chmod(0o755)

    with pytest.raises(TableError, match="there is none"):
        sessions.need_java({"PATH": str(tmp_path)})
    with pytest.raises(TableError, match="is Java 11"):
        sessions.need_java({"JAVA_HOME": str(tmp_path)})
    assert java.java_version(str(tmp_path / "none")) == 0
    assert sys.platform != "win32"


def test_the_line_of_a_message_that_says_most() -> None:
    call = "An error occurred while calling o1.collect.\n"
    assert first_line(ValueError(f"{call}: java.io.IOException: full\n\tat x")).endswith("full")
    assert first_line(ValueError("")) == "ValueError"
