"""What a worker does: a part of the table in batches, through the simulator of one machine."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import TaskContext

from lawengine.base.errors import LawEngineError
from lawengine.base.release import VERSION
from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError, connected
from lawengine.columns.gate import OutOfBounds
from lawengine.columns.naming import Named, name_columns
from lawengine.columns.summary import Totals
from lawengine.spark.arrow import arrow_cases, result_rows
from lawengine.spark.shipping import pack_totals, unpack_days, unpack_rulebook

if TYPE_CHECKING:
    import duckdb
    from pyspark import Broadcast

TOLD = "told"
"""The column in which a part tells what it came to, in a row of its own, the last one."""

_MADE: dict[str, Simulator] = {}
"""The simulator of this process: rulebook and plans are made once, for all parts that it gets."""


class OtherVersionError(LawEngineError):
    """The worker holds another version of this program than the driver."""

    def __init__(self, ours: str) -> None:
        super().__init__(f"this worker holds lawengine {VERSION}, the driver lawengine {ours}")


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker is told: plain data, rulebook and calendars as lines of JSON.

    `digest` is that of all these lines. `columns` are names and types of the columns that hold
    facts; they come after the number of the row, and before those that are only carried over.
    `schema` is that of what is yielded: rows with `told`, or `told` alone.
    """

    version: str
    digest: str
    book: Broadcast[bytes]
    days: str
    columns: tuple[tuple[str, str], ...]
    schema: pa.Schema


def answer_part(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the results of a part of the table, then one row that tells what it came to.

    Edges: a part without rows tells nothing, and needs no rulebook.

    Raises:
        OtherVersionError: what follows may not be what the driver would say.
    """
    if work.version != VERSION:
        raise OtherVersionError(work.version)
    waiting = (batch for batch in batches if batch.num_rows)
    first = next(waiting, None)
    if first is None:
        return
    with (
        tempfile.TemporaryDirectory(prefix="lawengine-") as folder,
        connected(folder) as connection,
    ):
        # Spark gives each task one core.
        connection.execute("SET threads = 1")
        part = Part(work, _simulator(work), connection)
        for batch in chain((first,), waiting):
            yield from part.answer(batch)
        yield part.told()


def _simulator(work: Work) -> Simulator:
    if work.digest not in _MADE:
        _MADE.clear()
        _MADE[work.digest] = Simulator(
            unpack_rulebook(work.book.value), days=unpack_days(work.days)
        )
    return _MADE[work.digest]


@dataclass(slots=True)
class Part:
    """A part of the table. `wrong` is a row at or before the first one that cannot be used.

    What is wrong is found again, and told, by the driver, which sees the rows around it.
    """

    work: Work
    simulator: Simulator
    connection: duckdb.DuckDBPyConnection
    named: Named = field(init=False)
    totals: Totals = field(init=False)
    wrong: int | None = None

    def __post_init__(self) -> None:
        """Give the columns their facts."""
        rulebook = self.simulator.rulebook
        self.named = name_columns(self.work.columns, rulebook, self.simulator.read)
        self.totals = Totals(self.simulator.layout)

    def answer(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Yield the results of a batch, where rows are asked for and none was wrong."""
        first = pc.min(batch.column(0)).as_py()
        if self.wrong is not None and self.wrong <= first:
            return
        facts = [name for name, _ in self.work.columns]
        after = 1 + len(facts)
        cells = pa.Table.from_arrays(batch.columns[1:after], facts)
        cases = arrow_cases(cells, 0, self.named, self.simulator.rulebook, self.connection, Path())
        try:
            table, _ = cases.batch(0, cells.num_rows)
            results = self.simulator.answer(table)
        except (TableError, OutOfBounds):
            self.wrong = first
            return
        self.totals.add(results)
        schema = self.work.schema
        if schema.names != [TOLD]:
            _, *found = result_rows(results, self.connection).columns
            # People count rows from 1.
            numbers = pc.add(batch.column(0), 1)
            columns = [numbers, *batch.columns[after:], *found]
            columns.append(pa.nulls(batch.num_rows, pa.string()))
            yield from pa.Table.from_arrays(columns, schema.names).cast(schema).to_batches()

    def told(self) -> pa.RecordBatch:
        """Return the row that tells what the part came to.

        The same part run again tells the same under the same number, so it is counted once.
        """
        context = TaskContext.get()
        told = {
            "part": context.partitionId() if context is not None else 0,
            "wrong": self.wrong,
            "plans": self.simulator.made,
            "totals": pack_totals(self.totals),
        }
        columns = [pa.nulls(1, one.type) for one in self.work.schema]
        columns[-1] = pa.array([json.dumps(told)], pa.string())
        return pa.RecordBatch.from_arrays(columns, schema=self.work.schema)
