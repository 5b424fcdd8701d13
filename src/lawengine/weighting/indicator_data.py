"""Indicator data from a CSV file: every cell a finite number, or a diagnostic says which is not."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, nearest
from lawengine.base.errors import UnreadableFileError
from lawengine.base.source import Span

MAX_BYTES = 200_000_000
"""A file of indicators is small: a million firms with ten indicators take a third of this."""
MAX_WRONG = 20
"""So many cells that are no numbers are named; the rest would only repeat them."""


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """The chosen columns of a file, in the order asked for; `sha256` is that of the whole file."""

    name: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, None where anything was wrong with it."""

    data: IndicatorData | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_indicators(path: Path, columns: Sequence[str]) -> Read:
    """Return the columns of a CSV file, in UTF-8 and with names in its first line.

    Edges: an empty cell is no number and is named, never skipped or taken for zero: which firms to
    leave out is for whoever prepares the data.

    Raises:
        UnreadableFileError: the file cannot be read, is no text in UTF-8, or is far too large.
    """
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, "not UTF-8") from error
    digest = hashlib.sha256(raw).hexdigest()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    wrong: list[Diagnostic] = []
    rows: list[tuple[float, ...]] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong += _unfit(header, columns, str(path))
        if wrong:
            return Read(None, tuple(wrong))
        places = [header.index(column) for column in columns]
        for cells in reader:
            if not cells:
                continue
            row = tuple(_numbers(cells, places, columns, _Line(str(path), reader.line_num, wrong)))
            rows.append(row)
            if len(wrong) >= MAX_WRONG:
                break
    except csv.Error as error:
        wrong.append(Diagnostic("LAW465", _at(str(path), reader.line_num), {"why": str(error)}))
    if wrong:
        return Read(None, tuple(wrong))
    return Read(IndicatorData(path.name, digest, tuple(columns), tuple(rows)))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or type(error).__name__) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableFileError(path, f"larger than {MAX_BYTES} bytes")
    return raw


def _unfit(header: Sequence[str], columns: Sequence[str], path: str) -> Iterator[Diagnostic]:
    """Yield the columns that the header lacks or names twice, and those asked for twice."""
    for number, column in enumerate(columns):
        if header.count(column) != 1:
            words = {"column": column, "times": header.count(column)}
            near = nearest(column, header) if column not in header else ""
            yield Diagnostic("LAW469", _at(path, 1), words, suggestion=near)
        elif column in columns[:number]:
            yield Diagnostic("LAW469", _at(path, 1), {"column": column, "times": 2})


@dataclass(frozen=True, slots=True)
class _Line:
    path: str
    number: int
    wrong: list[Diagnostic]


def _numbers(
    cells: Sequence[str], places: Sequence[int], columns: Sequence[str], line: _Line
) -> Iterator[float]:
    for place, column in zip(places, columns, strict=True):
        cell = cells[place].strip() if place < len(cells) else ""
        value = _number(cell)
        if value is None:
            words = {"column": column, "cell": cell[:40]}
            line.wrong.append(Diagnostic("LAW463", _at(line.path, line.number), words))
        yield 0.0 if value is None else value


def _number(cell: str) -> float | None:
    """Return a plain decimal as a number, None for anything else, `nan` and `inf` included."""
    if "_" in cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _at(path: str, line: int) -> Span:
    return Span(path, 0, 0, max(line, 1), 1)
