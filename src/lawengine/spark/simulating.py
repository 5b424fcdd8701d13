"""A table of cases of any size under one rulebook: read, shared out and written by Spark."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.release import VERSION
from lawengine.columns.engine import CHUNK, Simulator
from lawengine.columns.files import BATCH, TableError, connected
from lawengine.columns.simulating import Simulated, answered
from lawengine.columns.summary import Totals
from lawengine.model.rulebook import Rulebook
from lawengine.spark.answering import TOLD, Work, answer_part
from lawengine.spark.arrow import ArrowCases, arrow_cases, result_rows
from lawengine.spark.folders import whole
from lawengine.spark.reading import ROW, Given, given
from lawengine.spark.refusal import running
from lawengine.spark.shipping import add_totals, pack_days, pack_rulebook
from lawengine.statutes.days import Days

if TYPE_CHECKING:
    import duckdb

SETTINGS = {
    # A batch is a chunk of the simulator.
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(CHUNK),
    # `Kind` and `kind` are two columns.
    "spark.sql.caseSensitive": "true",
    # Days are those of the file, also before 1582.
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    # A case that cannot be read must not vanish.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}
"""What the answers hang on, set for each run, whatever the session says otherwise."""

_TYPES = {
    pa.uint8(): pa.int16(),
    pa.uint16(): pa.int32(),
    pa.uint32(): pa.int64(),
    pa.null(): pa.string(),
}
"""Spark has no unsigned numbers, and texts have no type where there are no rows."""


def simulate(
    session: SparkSession,
    cases: str,
    rulebook: Rulebook,
    out: str | None = None,
    kept: Sequence[str] = (),
    days: Days | None = None,
) -> Simulated:
    """Return what the cases of a table come to; with `out`, write what follows in every row.

    `cases` and `out` are paths or addresses that Spark knows: Parquet files, or folders of them.

    Raises:
        TableError: the table is none of cases, a value lies outside its bounds, the results cannot
            be written, or Spark gave up; nothing stands at `out` then.
    """
    own = _session(session)
    simulator = Simulator(rulebook, days=days)
    with (
        tempfile.TemporaryDirectory(prefix="lawengine-") as folder,
        connected(folder) as connection,
    ):
        kept = tuple(dict.fromkeys(kept))
        table = given(own, cases, simulator, kept, connection)
        run = _Run(own, simulator, connection, cases, table, pack_days(days))
        if out is None:
            return run.totals()
        with running(), whole(own, out) as place:
            return run.written(place)


def _session(session: SparkSession) -> SparkSession:
    """Return a session with the user's settings, except what the answers hang on."""
    own = session.newSession()
    for name, value in session.conf.getAll.items():
        if session.conf.isModifiable(name):
            own.conf.set(name, value)
    for name, value in SETTINGS.items():
        own.conf.set(name, value)
    return own


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over one table."""

    session: SparkSession
    simulator: Simulator
    connection: duckdb.DuckDBPyConnection
    cases: str
    table: Given
    days: str

    def totals(self) -> Simulated:
        """Return what the table comes to; no row of results is made."""
        with running():
            told = self._answered(pa.schema([(TOLD, pa.string())])).collect()
        return self._sum(row[0] for row in told)

    def written(self, place: str) -> Simulated:
        """Write the results of every row, and return what they come to."""
        answered = self._answered(self._schema())
        seen = Observation()
        # What parts tell rides along with their rows, so that nothing is worked out twice.
        watched = answered.observe(seen, sql.collect_list(TOLD).alias(TOLD))
        rows = watched.filter(sql.col(TOLD).isNull()).drop(TOLD)
        with running():
            rows.write.parquet(place)
            told = seen.get[TOLD]
        return self._sum(told)

    def _answered(self, schema: pa.Schema) -> DataFrame:
        book = pack_rulebook(self.simulator.rulebook)
        digest = hashlib.sha256(book + self.days.encode()).hexdigest()
        shared = self.session.sparkContext.broadcast(book)
        work = Work(VERSION, digest, shared, self.days, self.table.facts, schema)
        frame = self.table.frame
        return frame.mapInArrow(partial(answer_part, work), from_arrow_schema(schema))

    def _schema(self) -> pa.Schema:
        """Return the layout of the results: that of one machine, as far as Spark has its types."""
        table, _ = self._cases(self.table.empty, 0).batch(0, 0)
        nothing = self.simulator.answer(table)
        first, *rest = result_rows(nothing, self.connection).schema
        fields = [first, *self.table.kept, *rest]
        types = [(one.name, _TYPES.get(one.type, one.type)) for one in fields]
        return pa.schema([*types, (TOLD, pa.string())])

    def _cases(self, cells: pa.Table, start: int) -> ArrowCases:
        rulebook, named = self.simulator.rulebook, self.table.named
        return arrow_cases(cells, start, named, rulebook, self.connection, Path(self.cases))

    def _sum(self, lines: Iterable[str]) -> Simulated:
        """Return the sum of what the parts tell; one that was run twice counts once.

        Raises:
            TableError: a row is wrong, or there were other rows than at first.
        """
        parts = {told["part"]: told for told in map(json.loads, lines)}
        wrong = [told["wrong"] for told in parts.values() if told["wrong"] is not None]
        if wrong:
            self._refuse(min(wrong))
        totals = Totals(self.simulator.layout)
        for told in parts.values():
            add_totals(totals, told["totals"])
        if totals.rows != self.table.rows:
            words = {"rows": self.table.rows, "found": totals.rows}
            raise TableError(Diagnostic("LAW768", words=words))
        plans = sum(told["plans"] for told in parts.values())
        untold = totals.untold(self.simulator.rulebook)
        return Simulated(totals, self.table.named.missing, plans, untold)

    def _refuse(self, wrong: int) -> None:
        """Look through the table again from a row on, in the batches of one machine.

        Raises:
            TableError: the first mistake of the table, in the words of one machine.
        """
        for start in range(wrong // BATCH * BATCH, self.table.rows, BATCH):
            number = sql.col(ROW)
            some = self.table.frame.filter((number >= start) & (number < start + BATCH))
            with running():
                cells = some.orderBy(ROW).toArrow()
            names = [name for name, _ in self.table.facts]
            cells = pa.Table.from_arrays(cells.columns[1 : 1 + len(names)], names)
            table, _ = self._cases(cells, start).batch(start, BATCH)
            answered(self.simulator, table, start)
        words = {"why": f"row {wrong + 1} was refused by a worker, and by none since"}
        raise TableError(Diagnostic("LAW764", words=words))
