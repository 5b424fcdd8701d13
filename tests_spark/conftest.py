"""One Spark for all tests: a driver and two executors, each a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from lawengine.columns.engine import Simulator
from lawengine.columns.simulating import Simulated, simulate
from lawengine.model.rulebook import Rulebook
from lawengine.spark.sessions import opened
from lawengine.workspace import open_workspace
from lawengine_cli.app import app

MASTER = "local-cluster[2,1,1024]"
ROWS = 20_000
MANY_PARTS = {
    "spark.sql.files.openCostInBytes": "1",
    "spark.sql.files.maxPartitionBytes": "60000",
}
KEPT = ("group", "number.of", "sum", "day")

# A drawn population with more that is unknown, rows that columns leave to single cases, and
# columns of several types that are only carried over.
CASES = """SELECT * EXCLUDE (n, file_row_number) REPLACE (
    CASE WHEN n % 97 = 0 THEN NULL ELSE "act.ended_on" END AS "act.ended_on",
    CASE WHEN n % 101 = 0 THEN NULL ELSE "act.kind" END AS "act.kind",
    CASE WHEN n % 11 = 0 THEN NULL ELSE "act.serious" END AS "act.serious"),
    n AS "number.of", CASE WHEN n % 3 = 0 THEN NULL ELSE n / 7::DECIMAL(9, 2) END::DECIMAL(9, 2)
    AS sum, CASE WHEN n % 5 > 0 THEN DATE '1500-02-28' + n::INTEGER END AS day
  FROM (SELECT *, file_row_number AS n FROM read_parquet('{}', file_row_number = true)) ORDER BY n
"""


@dataclass(frozen=True)
class OneMachine:
    """What one machine makes of the cases."""

    found: Simulated
    out: Path


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of this run, in which Spark and the cache keep what they need."""
    made = tmp_path_factory.mktemp("spark")
    os.environ["LAWENGINE_CACHE"] = str(made / "cache")
    os.environ["SPARK_WORKER_DIR"] = str(made / "workers")
    os.environ["SPARK_LOCAL_DIRS"] = str(made / "local")
    return made


@pytest.fixture(scope="session")
def spark(folder: Path) -> Iterator[SparkSession]:
    settings = {**MANY_PARTS, "spark.sql.warehouse.dir": str(folder / "warehouse")}
    with opened(MASTER, settings) as session:
        yield session


@pytest.fixture(scope="session")
def book(folder: Path) -> Rulebook:
    assert folder.is_dir()
    return open_workspace().rulebook


@pytest.fixture(scope="session")
def cases(folder: Path) -> Path:
    drawn, path = folder / "drawn.parquet", folder / "cases.parquet"
    done = CliRunner().invoke(
        app, ["population", "make", "--cases", str(ROWS), "--seed", "7", "--out", str(drawn)]
    )
    assert done.exit_code == 0, done.output
    # Small groups of rows, so that Spark can share out one file.
    duckdb.sql(f"COPY ({CASES.format(drawn)}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return path


@pytest.fixture(scope="session")
def one_machine(cases: Path, book: Rulebook, folder: Path) -> OneMachine:
    out = folder / "one-machine.parquet"
    return OneMachine(simulate(cases, Simulator(book), out, KEPT), out)
