"""Where rows come from: a text file by the standard library, or a Parquet file by DuckDB."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from lawengine.base.errors import LawEngineError, UnreadableFileError

CHUNK = 2_000
"""Rows that are handled together: enough that a chunk costs nothing, few enough that they stay in
the processor's own memory (with 50,000 the same work takes twice as long)."""
_MAX_CELL = 10_000
_DELIMITERS = ",;\t"
_PARQUET = frozenset({".parquet", ".pq"})


class Chunk(Protocol):
    """Some rows: how many, and each column of them."""

    count: int
    columns: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by columns. `ragged` holds the place among them and the cells of each uneven row."""

    count: int
    columns: Sequence[Sequence[str]]
    ragged: tuple[tuple[int, int], ...] = ()


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


def open_source(path: Path) -> Source:
    """Return the rows of a file by its ending: `.parquet` by DuckDB, anything else as CSV.

    Raises:
        NotATableError: it is no table, or what reads it is not installed.
        UnreadableFileError: it cannot be opened.
    """
    if not path.is_file():
        raise UnreadableFileError(path, "no such file")
    if path.suffix.casefold() in _PARQUET:
        from lawengine.tables.parquet import parquet_source  # noqa: PLC0415 - an extra

        return parquet_source(path)
    return _csv(path)


def _csv(path: Path) -> Source:
    rows = _records(path)
    header = next(rows, None)
    if not header:
        raise NotATableError(path, "is empty")
    return Source(tuple(header), _chunks(rows, len(header)))


def _records(path: Path) -> Iterator[list[str]]:
    """Yield the records of a CSV file.

    Raises:
        NotATableError: it is not UTF-8, or its quotes do not close.
    """
    csv.field_size_limit(_MAX_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=max(_DELIMITERS, key=first.count), strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise NotATableError(path, f"line {reader.line_num}: {error}") from None
    except UnicodeDecodeError as error:
        raise NotATableError(path, f"is not UTF-8 at byte {error.start}") from None
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or type(error).__name__) from error


def _chunks(rows: Iterator[list[str]], width: int) -> Iterator[Rows]:
    while chunk := list(islice(rows, CHUNK)):
        if len(chunk) < CHUNK:
            while chunk and not chunk[-1]:
                chunk.pop()  # empty lines at the end
        if not chunk:
            return
        ragged: tuple[tuple[int, int], ...] = ()
        if set(map(len, chunk)) != {width}:
            ragged = tuple((n, len(row)) for n, row in enumerate(chunk) if len(row) != width)
            chunk = [row if len(row) == width else [""] * width for row in chunk]
        yield Rows(len(chunk), tuple(zip(*chunk, strict=True)), ragged)
