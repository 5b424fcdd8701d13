"""Starts Spark, on this machine or a cluster, and says plainly why it does not start."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from lawengine.base.diagnostic import Diagnostic
from lawengine.columns.files import TableError
from lawengine.spark.java import OLDEST_JAVA, java_program, java_version
from lawengine.spark.refusal import first_line

HERE = "local[*]"
"""All cores of this machine, in one process with the driver."""

LOOPBACK = "127.0.0.1"
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set by `spark-submit`, which has then chosen the cluster, and runs a Java already."""

_ALWAYS = {"spark.ui.enabled": "false", "spark.log.level": "OFF"}
_LOCAL = {"spark.driver.bindAddress": LOOPBACK, "spark.driver.host": LOOPBACK}


@contextmanager
def opened(
    master: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """Open a session; it is closed again unless it was open before.

    Edges: without a master, what `spark-submit` says holds, else all cores of this machine. A
    `local` master listens on the loopback alone, and its workers run this Python.

    Raises:
        TableError: there is no Java that will do, or Spark does not start.
    """
    before = SparkSession.getActiveSession()
    if before is not None:
        yield before
        return
    submitted = _SUBMITTED in os.environ
    chosen = master or (None if submitted else HERE)
    if not submitted:
        need_java()
    found = {**_ALWAYS, "spark.ui.showConsoleProgress": _as_text(_watched())}
    if chosen is not None and chosen.startswith("local"):
        found |= _LOCAL
        os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = _started(chosen, {**found, **(settings or {})})
    try:
        yield session
    finally:
        session.stop()


def need_java(variables: Mapping[str, str] = os.environ) -> None:
    """Return when Spark can run.

    Raises:
        TableError: there is no Java, or it is too old.
    """
    program = java_program(variables)
    if program is None:
        raise TableError(Diagnostic("LAW761", words={"oldest": OLDEST_JAVA}))
    found = java_version(program)
    if found < OLDEST_JAVA:
        words = {"program": program, "found": found, "oldest": OLDEST_JAVA}
        raise TableError(Diagnostic("LAW762", words=words))


def _started(master: str | None, settings: Mapping[str, str]) -> SparkSession:
    builder = SparkSession.builder.appName("lawengine")
    if master is not None:
        builder = builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise TableError(Diagnostic("LAW763", words={"why": first_line(error)})) from None


def _watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _as_text(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "true" if value else "false"
