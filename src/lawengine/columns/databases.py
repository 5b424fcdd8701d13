"""Tables of SQLite and DuckDB files: opened read-only, brought into Parquet once."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from lawengine.base.diagnostic import Diagnostic, nearest
from lawengine.columns.carried import carry_sqlite
from lawengine.columns.failures import TableError
from lawengine.columns.naming import literal, quoted

if TYPE_CHECKING:
    import duckdb

SEPARATOR = "::"
"""Stands between a file and the table or query in it: `cases.sqlite::decisions`."""

SQLITE_ERROR = sqlite3.Error
_QUERY = re.compile(r"\s*(select|with)\b", re.IGNORECASE)
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
"""All that a query over a file of somebody else may do."""
_BATCH = 10_000
_YES_NO = {0: "false", 1: "true"}
_TEXT = "TEXT"


def from_sqlite(
    path: Path,
    what: str,
    place: Path,
    connection: duckdb.DuckDBPyConnection,
    kept: Sequence[str] = (),
) -> None:
    """Write a table or query of a SQLite file as Parquet; the file itself is never written to.

    The columns to carry over (`kept`) go into a file of their own too, as they are.

    Cells are taken as SQLite holds them: whole numbers, or texts that are read as those of CSV; a
    column declared BOOLEAN holds yes and no. Numbers with a point are floats there, and no money.

    Raises:
        TableError: it has no such table, or none is named and it has several.
        sqlite3.Error: it cannot be read.
    """
    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as source:
        source.execute("PRAGMA trusted_schema = OFF")
        tables = _names(source, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        select = _select(path, what, [name for name in tables if not name.startswith("sqlite_")])
        source.set_authorizer(lambda action, *_: int(action not in _ALLOWED))
        cursor = source.execute(select)
        columns = [column[0] for column in cursor.description]
        types = _types(source, select, columns)
        types |= _declared(path, select, types)
        if kept:
            carry_sqlite(columns, _rows(source.execute(select)), types, kept, place, connection)
        text = place.with_suffix(".csv")
        with text.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in _rows(cursor):
                writer.writerow(
                    _YES_NO[cell] if types.get(name) == "BOOLEAN" and cell in _YES_NO else cell
                    for name, cell in zip(columns, row, strict=True)
                )
    write_csv(text, types, place, connection)
    text.unlink()


def write_csv(
    text: Path, types: dict[str, str], place: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Write a CSV file as Parquet; columns without a type get the one that fits their cells.

    Amounts stay exact: numbers with a point stay texts, for a decimal would be rounded to its
    places.
    """
    fixed = ", ".join(f"{literal(name)}: {literal(type_)}" for name, type_ in types.items())
    connection.execute(
        f"COPY (SELECT * FROM read_csv({literal(str(text))}, header = true,"
        " auto_type_candidates = ['BOOLEAN', 'BIGINT', 'DATE', 'VARCHAR'],"
        + (f" types = {{{fixed}}}," if fixed else "")
        + f" sample_size = -1)) TO {literal(str(place))} (FORMAT parquet)"
    )


def from_duckdb(path: Path, what: str, place: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write a table or query of a DuckDB file as Parquet; the file itself is never written to.

    Raises:
        TableError: it has no such table, or none is named and it has several.
        duckdb.Error: it cannot be read.
    """
    # Views of a file of somebody else may not read other files.
    folder = literal(str(place.parent))
    connection.execute(f"SET allowed_directories = [{folder}]")
    connection.execute(f"ATTACH {literal(str(path))} AS given (READ_ONLY)")
    connection.execute("SET enable_external_access = false")
    connection.execute("USE given")
    asked = "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'given'"
    tables = [str(row[0]) for row in connection.execute(asked).fetchall()]
    select = _select(path, what, tables)
    connection.execute(f"COPY ({select}) TO {literal(str(place))} (FORMAT parquet)")
    connection.execute("USE memory")
    connection.execute("DETACH given")


def _select(path: Path, what: str, tables: Sequence[str]) -> str:
    """Return the query for a table by its name, or for the only one."""
    if _QUERY.match(what):
        return f"SELECT * FROM ({what.rstrip().rstrip(';')}\n)"
    words: dict[str, object] = {"path": str(path), "tables": ", ".join(sorted(tables))}
    if not what and len(tables) == 1:
        (what,) = tables
    if not what:
        raise TableError(Diagnostic("LAW734", words=words))
    if what not in tables:
        words["table"] = what
        raise TableError(Diagnostic("LAW733", words=words, suggestion=nearest(what, tables)))
    return f"SELECT * FROM {quoted(what)}"


def _names(source: sqlite3.Connection, query: str) -> list[str]:
    return [str(row[0]) for row in source.execute(query)]


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[object, ...]]:
    while some := cursor.fetchmany(_BATCH):
        yield from some


def _types(source: sqlite3.Connection, select: str, columns: Sequence[str]) -> dict[str, str]:
    """Return the types of columns that hold no texts; SQLite gives each cell one of its own."""
    asked = ", ".join(f"group_concat(DISTINCT typeof({quoted(name)}))" for name in columns)
    (found,) = source.execute(f"SELECT {asked} FROM ({select})").fetchall()
    types = {}
    for name, kinds in zip(columns, found, strict=True):
        held = set(str(kinds or "").split(",")) - {"null", ""}
        if "blob" in held:
            types[name] = "BLOB"
        elif "real" in held and "text" not in held:
            types[name] = "DOUBLE"
        elif held == {"integer"}:
            types[name] = "BIGINT"
    return types


def _declared(path: Path, select: str, types: dict[str, str]) -> dict[str, str]:
    """Return the columns of whole numbers that a table declares as BOOLEAN."""
    table = re.fullmatch(r'SELECT \* FROM "(.*)"', select, re.DOTALL)
    if table is None:
        return {}
    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as source:
        name = table[1].replace('""', '"')
        found = source.execute("SELECT name, type FROM pragma_table_info(?)", (name,)).fetchall()
        return {
            column: "BOOLEAN"
            for column, declared in found
            if declared.upper().startswith("BOOL")
            and types.get(column) == "BIGINT"
            and not source.execute(
                f"SELECT 1 FROM {quoted(name)} WHERE {quoted(column)} NOT IN (0, 1) LIMIT 1"
            ).fetchall()
        }
