"""Tables through DuckDB: each column as its distinct texts and the place of each row's among them.

A column of a million rows has few distinct texts, and only these become objects of Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from lawengine.tables.sources import NotATableError, Rows, Source

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from duckdb import DuckDBPyConnection

try:
    import duckdb
except ModuleNotFoundError:
    duckdb = None  # type: ignore[assignment]  # the extra is not installed

_NO_EXTRA = "needs the extra `simulate`, which is not installed (or save it as CSV)"


class Coded(Sequence[str]):
    """The texts of a column: `texts` are the distinct ones, `codes` the place of each row's."""

    def __init__(self, texts: Sequence[str], codes: npt.NDArray[np.int64]) -> None:
        self.texts, self.codes = texts, codes

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.codes)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """Return the text of a row."""
        if isinstance(place, slice):
            return [self.texts[code] for code in self.codes[place].tolist()]
        return self.texts[int(self.codes[place])]

    def __iter__(self) -> Iterator[str]:
        """Yield the text of every row."""
        texts = self.texts
        return (texts[code] for code in self.codes.tolist())

    def through(self, numbers: Sequence[int]) -> bytes:
        """Return the number of every row as 64 bits each, from those of the distinct texts."""
        import numpy as np  # noqa: PLC0415 - as above: only where DuckDB is

        return np.array(numbers, dtype=np.int64)[self.codes].tobytes()


def available() -> bool:
    """Tell whether DuckDB is installed."""
    return duckdb is not None


def parquet_source(path: Path) -> Source:
    """Return the rows of a Parquet file; an empty cell is an empty text.

    Raises:
        NotATableError: it is no Parquet file, or DuckDB is not installed.
    """
    columns = _opened(path, "read_parquet($path)", None)
    return Source(columns.header, iter([Rows(columns.size, columns)] if columns.size else []))


def csv_source(path: Path, header: Sequence[str], delimiter: str) -> Source:
    """Return the rows of a CSV file below a header of one line, with the rules of the careful way.

    Raises:
        NotATableError: a row is uneven, a quote does not close, or it is not UTF-8: the careful way
            says where.
    """
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))
    # The delimiter is one of three signs, the names are made here.
    rows = (
        f"read_csv($path, columns = {{{names}}}, delim = '{delimiter}', header = false, skip = 1, "
        "quote = '\"', escape = '\"', strict_mode = true, auto_detect = false, nullstr = '')"
    )
    columns = _opened(path, rows, tuple(header))
    return Source(columns.header, iter([Rows(columns.size, columns)] if columns.size else []))


def _opened(path: Path, rows: str, header: tuple[str, ...] | None) -> Columns:
    if duckdb is None:
        raise NotATableError(path, _NO_EXTRA)
    # Nothing is fetched from anywhere: an extension that is missing is an error.
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    return Columns(connection, path, rows, header)


class Columns(Sequence[Sequence[str]]):
    """The columns of a file, each made when it is asked for."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        path: Path,
        rows: str,
        header: tuple[str, ...] | None,
    ) -> None:
        self._connection, self._path, self._from = connection, path, rows
        if header is not None:  # a text file is read once, not once for each column
            self._run(f"create temp table rows as select * from {rows}")
            self._from = "rows"
        found = self._run(f"select * from {self._from} limit 0")
        self.names = tuple(str(column[0]) for column in found.description or ())
        self.header = header or self.names
        self.size = int(self._one(f"select count(*) from {self._from}")[0])

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self.names)

    @overload
    def __getitem__(self, place: int) -> Coded: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Coded]: ...
    def __getitem__(self, place: int | slice) -> Coded | Sequence[Coded]:
        """Return the texts of a column."""
        if isinstance(place, slice):
            return [self[number] for number in range(len(self))[place]]
        cell, kind = self._cell(place), f"words{place}"
        self._run(f"drop type if exists {kind}")
        self._run(
            f"create type {kind} as enum (select distinct {cell} as t from {self._from} order by t)"
        )
        texts = [row[0] for row in self._run(f"select unnest(enum_range(null::{kind}))").fetchall()]
        codes = self._run(f"select enum_code({cell}::{kind}) as c from {self._from}")
        return Coded(texts, codes.fetchnumpy()["c"])

    def once(self, place: int) -> bool:
        """Tell whether no text of a column is empty and none stands twice."""
        cell = self._cell(place)
        asked = f"select count(distinct {cell}), count(*) filter ({cell} = '') from {self._from}"
        return tuple(self._one(asked)) == (self.size, 0)

    def _cell(self, place: int) -> str:
        name = self.names[place].replace('"', '""')
        return f"coalesce(cast(\"{name}\" as varchar), '')"

    def _one(self, query: str) -> tuple[Any, ...]:
        # Fetched to its end: a connection does nothing else before.
        return tuple(self._run(query).fetchall()[0])

    def _run(self, query: str) -> DuckDBPyConnection:
        named = {"path": _literal(self._path)} if "$path" in query else None
        try:
            return self._connection.execute(query, named)
        except duckdb.Error as error:
            first = next(iter(str(error).splitlines()), "")
            raise NotATableError(self._path, first) from None


def _literal(path: Path) -> str:
    """Return the name of a file as no pattern: `*` and `?` in it mean themselves."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))
