"""Cases and results in Arrow's form, read and told as those of files are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawengine.columns.files import CaseFileTable, reading
from lawengine.columns.naming import Named
from lawengine.columns.results import Results
from lawengine.columns.storing import Store
from lawengine.columns.table import Array
from lawengine.model.rulebook import Rulebook

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class ArrowCases(CaseFileTable):
    """Some rows of a table, as if it were a file; `first` is the number of the first of them.

    The cells are read by the SQL by which those of files are, so they mean the same.
    """

    cells: pa.Table = field(kw_only=True)
    first: int = field(kw_only=True)

    def _fetch(self, what: str, start: int, size: int) -> Mapping[str, Any]:
        self.connection.register("cells", self.cells)
        sql = f"SELECT {what} FROM cells LIMIT {size} OFFSET {start - self.first}"  # noqa: S608 - as in `columns`
        with reading(self.path):
            return self.connection.execute(sql).fetchnumpy()


def arrow_cases(
    cells: pa.Table,
    first: int,
    named: Named,
    rulebook: Rulebook,
    connection: duckdb.DuckDBPyConnection,
    path: Path,
) -> ArrowCases:
    """Return rows that are in memory as cases; `path` is how the user names the whole table."""
    rows = first + cells.num_rows
    return ArrowCases(path, path, rulebook, named, (), rows, connection, cells=cells, first=first)


def described(cells: pa.Table, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the names of columns with their types, as those of a file are told."""
    connection.register("cells", cells)
    found = connection.execute("DESCRIBE SELECT * FROM cells").fetchall()
    connection.unregister("cells")
    # The database sets a number behind a name that it takes for another one in capitals.
    return [(name, row[1]) for name, row in zip(cells.column_names, found, strict=True)]


class ArrowStore(Store):
    """Takes results as a table in memory, in the layout of a file of results."""

    made: pa.Table

    def write(self, select: str, **tables: Mapping[str, Array]) -> None:
        """Keep the rows that a query gives over some tables of columns."""
        for name, columns in tables.items():
            self.connection.register(name, columns)
        self.made = self.connection.sql(select).to_arrow_table()
        for name in tables:
            self.connection.unregister(name)


def result_rows(results: Results, connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return what follows in each row, in their order; `row` counts from 1 here."""
    store = ArrowStore(Path(), connection)
    store.add(0, results)
    return store.made
