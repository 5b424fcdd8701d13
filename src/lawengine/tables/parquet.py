"""Parquet files through DuckDB: each column as the texts that a CSV file would hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from lawengine.tables.sources import NotATableError, Rows, Source

if TYPE_CHECKING:
    import duckdb

try:
    import duckdb as engine
except ModuleNotFoundError:
    engine = None  # type: ignore[assignment]  # the extra is not installed

_NO_EXTRA = "needs the extra `simulate`, which is not installed (or save it as CSV)"


def parquet_source(path: Path) -> Source:
    """Return the rows of a Parquet file, in one piece whose columns are read when asked for.

    A number is written out exactly; a day is `2019-04-23`, an empty cell is nothing.

    Raises:
        NotATableError: it is no Parquet file, or DuckDB is not installed.
    """
    if engine is None:
        raise NotATableError(path, _NO_EXTRA)
    # Nothing is fetched from anywhere: an extension that is missing is an error.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = engine.connect(":memory:", config=settings)
    try:
        # A name is a parameter, never a pattern: `*` and `?` in it mean themselves.
        head = connection.execute("select * from read_parquet($path) limit 0", _at(path))
        header = tuple(str(column[0]) for column in head.description or ())
        found = connection.execute("select count(*) from read_parquet($path)", _at(path)).fetchone()
    except engine.Error as error:
        raise NotATableError(path, _first_line(error)) from None
    count = int(found[0]) if found else 0
    columns = _Columns(connection, path, header)
    return Source(header, iter([Rows(count, columns)] if count else []))


class _Columns(Sequence[Sequence[str]]):
    """The columns of a file, each read when it is asked for, so that no two fill the memory."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, header: Sequence[str]
    ) -> None:
        self._connection, self._path, self._header = connection, path, header

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self._header)

    @overload
    def __getitem__(self, place: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        """Return the texts of a column."""
        if isinstance(place, slice):
            return [self[number] for number in range(len(self))[place]]
        name = self._header[place].replace('"', '""')
        query = f"select coalesce(cast(\"{name}\" as varchar), '') as t from read_parquet($path)"  # noqa: S608 - a quoted name of the file's own
        try:
            found = self._connection.execute(query, _at(self._path)).fetchnumpy()["t"]
        except engine.Error as error:
            raise NotATableError(self._path, _first_line(error)) from None
        return found.tolist()  # type: ignore[no-any-return]


def _at(path: Path) -> dict[str, str]:
    escaped = str(path)
    for sign in "[*?":
        escaped = escaped.replace(sign, f"[{sign}]")
    return {"path": escaped}


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
