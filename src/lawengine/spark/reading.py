"""Tables of cases as Spark reads them: which columns hold facts, and the number of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql

from lawengine.base.diagnostic import Diagnostic
from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError
from lawengine.columns.naming import Named, name_columns
from lawengine.spark.arrow import described
from lawengine.spark.refusal import reading

if TYPE_CHECKING:
    import duckdb

ROW = "row"
_FILE, _START = "file", "start"

Described = tuple[tuple[str, str], ...]
"""Columns by their names, with their types."""


@dataclass(frozen=True, slots=True)
class Given:
    """A table of cases.

    `frame` holds the number of each row, counted from 0, then the columns that hold facts, as
    `facts` tells them, then those that are carried over; `kept` is the schema of these. Columns go
    by numbers in it, for a name may hold what Spark would read as a path. `empty` has the columns
    that hold facts and no rows.
    """

    frame: DataFrame
    named: Named
    facts: Described
    kept: pa.Schema
    rows: int
    empty: pa.Table


def given(
    session: SparkSession,
    cases: str,
    simulator: Simulator,
    kept: Sequence[str],
    connection: duckdb.DuckDBPyConnection,
) -> Given:
    """Return the table behind a path: a Parquet file, or a folder of them.

    Edges: a column that only some files of a folder have is unknown in the rows of the others.

    Raises:
        TableError: it cannot be read, a column is none of the vocabulary, or it has no rows.
    """
    with reading(cases):
        frame = session.read.option("mergeSchema", "true").parquet(cases)
        schema = frame.limit(0).toArrow()
        columns = described(schema, connection)
    named = name_columns(columns, simulator.rulebook, simulator.read, kept)
    if named.diagnostics:
        raise TableError(*named.diagnostics)
    with reading(cases):
        numbered, rows = _numbered(session, frame)
    if not rows:
        raise TableError(Diagnostic("LAW657", words={"path": cases}))
    holding = {source.column for source in named.sources}
    facts = tuple(column for column in columns if column[0] in holding)
    names = [name for name, _ in facts] + list(kept)
    shown = [_column(name).alias(f"c{place}") for place, name in enumerate(names)]
    carried = pa.schema([schema.schema.field(name) for name in kept])
    empty = schema.select([name for name, _ in facts])
    return Given(numbered.select(ROW, *shown), named, facts, carried, rows, empty)


def _column(name: str) -> Column:
    return sql.col("`" + name.replace("`", "``") + "`")


def _numbered(session: SparkSession, frame: DataFrame) -> tuple[DataFrame, int]:
    """Return the table with the number of each row, counted from 0, and how many there are.

    A row has the same number however the table is shared out: its place in its file, after the
    rows of all files before it in the order of their names.
    """
    hidden = frame.metadataColumn("_metadata")
    counted = frame.groupBy(hidden["file_path"].alias(_FILE)).count().collect()
    starts, rows = [], 0
    for file, number in sorted((one[0], one[1]) for one in counted):
        starts.append((file, rows))
        rows += number
    place = hidden["row_index"]
    if len(starts) <= 1:
        return frame.withColumn(ROW, place), rows
    files = session.createDataFrame(starts, f"{_FILE} string, {_START} bigint")
    known = frame.join(sql.broadcast(files), hidden["file_path"] == files[_FILE])
    return known.withColumn(ROW, place + files[_START]), rows
