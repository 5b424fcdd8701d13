"""One Spark for all tests: a driver and two executors, each a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from lawengine.columns.engine import Simulator
from lawengine.columns.simulating import simulate
from lawengine.model.rulebook import Rulebook
from lawengine.spark.sessions import opened
from lawengine.workspace import open_workspace
from lawengine_cli.app import app
from tests_spark.drawn import CASES, KEPT, MASTER, ROWS, SETTINGS, OneMachine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", type=int, default=ROWS, help="how many cases are answered")


@pytest.fixture(scope="session")
def number(request: pytest.FixtureRequest) -> int:
    """Return how many cases there are."""
    return int(request.config.getoption("--cases"))


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
    settings = {**SETTINGS, "spark.sql.warehouse.dir": str(folder / "warehouse")}
    with opened(MASTER, settings) as session:
        yield session


@pytest.fixture(scope="session")
def book(folder: Path) -> Rulebook:
    assert folder.is_dir()
    return open_workspace().rulebook


@pytest.fixture(scope="session")
def cases(folder: Path, number: int) -> Path:
    drawn, path = folder / "drawn.parquet", folder / "cases.parquet"
    done = CliRunner().invoke(
        app, ["population", "make", "--cases", str(number), "--seed", "7", "--out", str(drawn)]
    )
    assert done.exit_code == 0, done.output
    # Small groups of rows, so that Spark can share out one file.
    duckdb.sql(f"COPY ({CASES.format(drawn)}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return path


@pytest.fixture(scope="session")
def one_machine(cases: Path, book: Rulebook, folder: Path) -> OneMachine:
    out = folder / "one-machine.parquet"
    return OneMachine(simulate(cases, Simulator(book), out, KEPT), out)
