"""Spark says what one machine says: to the fen, in every word, however the table is shared out."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyspark import TaskContext, cloudpickle
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from lawengine.model.rulebook import Rulebook
from lawengine.spark import simulating
from lawengine.spark.answering import Work, answer_part
from lawengine.spark.simulating import simulate
from lawengine_cli.app import app
from tests_spark.drawn import KEPT, OneMachine

# Workers cannot import this module, so that functions of it go to them whole.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

LISTENS = "0A"
DIED = ""
"""A file that tells that a process was killed; it goes to the workers with the function below."""

LOOPBACKS = {"0100007F", "0" * 24 + "01000000", "0000000000000000FFFF00000100007F"}


def results(place: str) -> str:
    """Return the query for all results, with numbers as wide as Spark has them."""
    return f"SELECT * EXCLUDE (sum, day) REPLACE (choices::SMALLINT AS choices) FROM '{place}'"


def carried(place: str, number: str) -> str:
    """Return the query for the columns that were only carried over, beside the number of a row."""
    shown = ", ".join(f'"{name}"' for name in KEPT)
    return f"SELECT {number} AS n, {shown} FROM '{place}'"


def apart(one: str, two: str) -> list[tuple[object, ...]]:
    """Return the rows that only one of two queries gives, of each ten at most."""
    sides = (f"({a}) EXCEPT ALL ({b})" for a, b in ((one, two), (two, one)))
    found = [row for side in sides for row in duckdb.execute(f"{side} LIMIT 10").fetchall()]
    # Fetched to their end: DuckDB does nothing else on a connection before.
    numbers = [duckdb.execute(f"SELECT count(*) FROM ({query})").fetchall() for query in (one, two)]
    assert numbers[0] == numbers[1]
    return found


def parts_with_rows(out: Path) -> int:
    files = f"SELECT DISTINCT filename FROM read_parquet('{out}/*.parquet', filename = true)"
    return len(duckdb.execute(files).fetchall())


def dying(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Answer as ever, but in one part the process is killed when rows were yielded already."""
    context = TaskContext.get()
    assert context is not None
    for batch in answer_part(work, batches):
        yield batch
        if context.partitionId() == 2 and not Path(DIED).exists():
            Path(DIED).touch()
            os.kill(os.getpid(), signal.SIGKILL)


def test_one_file_in_many_parts(
    spark: SparkSession,
    cases: Path,
    book: Rulebook,
    one_machine: OneMachine,
    tmp_path: Path,
    number: int,
) -> None:
    out = tmp_path / "out"

    found = simulate(spark, str(cases), book, str(out), KEPT)

    # The test means something: parts, unknown facts, rows for the evaluator of single cases.
    assert parts_with_rows(out) >= 5
    assert one_machine.found.totals.left > 80
    assert one_machine.found.totals.flags["branched"] > 40
    assert found.totals == one_machine.found.totals
    assert found.missing == one_machine.found.missing
    assert found.totals.rows == number
    given = results(f"{out}/*.parquet")
    assert apart(given, results(str(one_machine.out))) == []
    assert apart(carried(f"{out}/*.parquet", '"row" - 1'), carried(str(cases), '"number.of"')) == []
    # Whole and nothing beside it.
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_files_while_a_worker_dies(
    spark: SparkSession,
    cases: Path,
    book: Rulebook,
    one_machine: OneMachine,
    tmp_path: Path,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, out = tmp_path / "cases", tmp_path / "out"
    folder.mkdir()
    for name, (low, high) in {"a": (0, 9_001), "b": (9_001, 9_002), "c": (9_002, number)}.items():
        some = f"""SELECT * EXCLUDE (file_row_number)
            FROM read_parquet('{cases}', file_row_number = true)
            WHERE file_row_number >= {low} AND file_row_number < {high}"""
        duckdb.sql(f"COPY ({some}) TO '{folder}/{name}.parquet' (ROW_GROUP_SIZE 2048)")
    monkeypatch.setattr(sys.modules[__name__], "DIED", str(tmp_path / "died"))
    monkeypatch.setattr(simulating, "answer_part", dying)

    found = simulate(spark, str(folder), book, str(out), KEPT)

    assert Path(DIED).exists()
    assert found.totals == one_machine.found.totals
    assert apart(results(f"{out}/*.parquet"), results(str(one_machine.out))) == []


def test_the_command_says_what_simulate_says(spark: SparkSession, cases: Path, number: int) -> None:
    assert spark.sparkContext.master.startswith("local-cluster")
    more = ["--format", "json", *(word for name in KEPT for word in ("--keep", name))]

    here = CliRunner().invoke(app, ["simulate", str(cases), *more])
    there = CliRunner().invoke(app, ["simulate-spark", str(cases), *more])

    assert here.exit_code == there.exit_code == 0, there.output
    assert json.loads(there.stdout)["cases"] == number
    assert there.stdout == here.stdout


def test_workers_are_processes_of_their_own(spark: SparkSession) -> None:
    workers = set(spark.sparkContext.parallelize(range(8), 8).map(_process).collect())

    # Each executor has a process from which its workers are forked.
    assert len({parent for _, parent in workers}) == 2
    assert os.getpid() not in {process for one in workers for process in one}


def _process(_: int) -> tuple[int, int]:
    # Long enough for the other executor to get its share.
    time.sleep(0.3)
    return os.getpid(), os.getppid()


def test_spark_listens_on_the_loopback_alone(spark: SparkSession) -> None:
    assert spark.range(10).count() == 10
    own = {inode for process in _below(os.getpid()) for inode in _sockets(process)}
    listening = [
        (fields[1].rpartition(":")[0], fields[9])
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if (fields := line.split())[3] == LISTENS
    ]
    ours = [address for address, inode in listening if inode in own]

    assert len(ours) >= 4
    assert set(ours) <= LOOPBACKS


def _below(process: int) -> list[int]:
    """Return a process and all that it started."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(text.rpartition(")")[2].split()[1])
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _sockets(process: int) -> Iterator[str]:
    try:
        for handle in Path(f"/proc/{process}/fd").iterdir():
            target = handle.readlink().name
            if target.startswith("socket:["):
                yield target.removeprefix("socket:[").removesuffix("]")
    except OSError:
        return
