"""Where rows come from: a text file by the standard library, or a Parquet file by DuckDB."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from lawengine.base.errors import LawEngineError, UnreadableFileError

CHUNK = 2_000
"""Rows that are handled together: enough that a chunk costs nothing, few enough that they stay in
the processor's own memory (with 50,000 the same work takes twice as long)."""
_MAX_CELL = 10_000
_MAX_HEADER = 1_000_000
_DELIMITERS = ",;\t"
_PARQUET = frozenset({".parquet", ".pq"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by columns. `ragged` holds the place among them and the cells of each uneven row.

    `blank` holds the places of empty lines, counted in the file: nothing stands in them.
    """

    count: int
    columns: Sequence[Sequence[str]]
    ragged: tuple[tuple[int, int], ...] = ()
    blank: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A header, and then the rows."""

    header: tuple[str, ...]
    chunks: Iterator[Rows]


class NotATableError(LawEngineError):
    """The file is no table that can be read; `reason` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def open_source(path: Path, *, careful: bool = True) -> Source:
    """Return the rows of a file by its ending: `.parquet` by DuckDB, anything else as CSV.

    CSV is read by the standard library when `careful`, and otherwise by DuckDB where it is
    installed: fast, and without saying where a mistake is.

    Raises:
        NotATableError: it is no table, or what reads it is not installed.
        UnreadableFileError: it cannot be opened.
    """
    from lawengine.tables import duck  # noqa: PLC0415 - an extra, and it builds on this module

    if not path.is_file():
        raise UnreadableFileError(path, "no such file")
    if path.suffix.casefold() in _PARQUET:
        return duck.parquet_source(path)
    delimiter = _delimiter(path)
    rows = _records(path, delimiter)
    header = next(rows, None)
    if not header:
        raise NotATableError(path, "is empty")
    one_line = not any("\n" in name or "\r" in name for name in header)
    if not careful and one_line and duck.available():
        return duck.csv_source(path, header, delimiter)
    return Source(tuple(header), _chunks(rows, len(header)))


def _delimiter(path: Path) -> str:
    """Return the sign that stands most often in the first line."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            return max(_DELIMITERS, key=file.readline(_MAX_HEADER).count)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or type(error).__name__) from error


def _records(path: Path, delimiter: str) -> Iterator[list[str]]:
    """Yield the records of a CSV file.

    Raises:
        NotATableError: it is not UTF-8, or its quotes do not close.
    """
    csv.field_size_limit(_MAX_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise NotATableError(path, f"line {reader.line_num}: {error}") from None
    except UnicodeDecodeError as error:
        raise NotATableError(path, f"is not UTF-8 at byte {error.start}") from None


def _chunks(rows: Iterator[list[str]], width: int) -> Iterator[Rows]:
    while chunk := list(islice(rows, CHUNK)):
        blank: tuple[int, ...] = ()
        if [] in chunk:
            blank = tuple(place for place, row in enumerate(chunk) if not row)
            chunk = [row for row in chunk if row]
        ragged: tuple[tuple[int, int], ...] = ()
        if chunk and set(map(len, chunk)) != {width}:
            ragged = tuple((n, len(row)) for n, row in enumerate(chunk) if len(row) != width)
            chunk = [row if len(row) == width else [""] * width for row in chunk]
        columns = tuple(zip(*chunk, strict=True)) if chunk else ((),) * width
        yield Rows(len(chunk), columns, ragged, blank)
