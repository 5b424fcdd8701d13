"""Columns that are carried over into a result: from file to file, their cells untouched.

They never become arrays: NumPy has no decimals and no days with gaps, so that both would come out
as something else. Of files that hold texts alone (CSV) a column gets a type only where every cell
of it is written as that type writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.base.dataclass import dataclass
from lawengine.columns.naming import literal, quoted

if TYPE_CHECKING:
    import duckdb

BESIDE = "lawengine-carried.parquet"
"""The file beside a table made of texts that holds the columns to carry over."""
_NUMBER = "row number"
_TYPES = ("BIGINT", "DATE", "TIMESTAMP")
_DIGITS = 38
"""Digits of the widest decimals."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The columns that are carried over, in the Parquet file that holds them row by row."""

    place: Path
    names: tuple[str, ...] = ()

    def joined(self, row: str, start: int, rows: int) -> tuple[str, str]:
        """Return SQL: the columns to select, each with a comma behind it, and what is joined.

        `row` is the number of a row, counted from 1, in what it is joined to; `start` is the
        number of the first row wanted, counted from 0. Edges: no columns, nothing is joined.
        """
        if not self.names:
            return "", ""
        columns = "".join(f"carried.{quoted(f'kept {name}')} AS {quoted(name)}, "
                          for name in self.names)  # fmt: skip
        inner = "".join(f", {quoted(name)} AS {quoted(f'kept {name}')}" for name in self.names)
        source = f"read_parquet({literal(str(self.place))}, file_row_number = true)"
        return columns, (
            f" JOIN (SELECT file_row_number + 1 AS place{inner} FROM {source}"
            f" WHERE file_row_number >= {start} AND file_row_number < {start + rows}) carried"
            f" ON carried.place = {row}"
        )


def carried_of(place: Path, names: Sequence[str]) -> Carried:
    """Return the columns to carry over of a table; they may stand in a file beside it."""
    beside = place.with_name(BESIDE)
    return Carried(beside if beside.exists() else place, tuple(names))


def carry_csv(
    text: Path, names: Sequence[str], place: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Write columns of a CSV file beside the table; each cell reads as it did.

    Edges: `007` and `1.50` beside `1.5` are texts, whole numbers, days and amounts of so many
    places are none; a cell without a sign is none, one of two quotation marks is an empty text.
    Columns that the file does not have are left to those who name them.
    """
    source = (
        f"read_csv({literal(str(text))}, header = true, all_varchar = true,"
        " allow_quoted_nulls = false, sample_size = -1)"
    )
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    there = {str(row[0]) for row in described}
    wanted = [name for name in names if name in there]
    if not wanted:
        return
    told = ", ".join(
        f"{quoted(name)}::{type_} AS {quoted(name)}"
        for name, type_ in _types(source, wanted, connection).items()
    )
    beside = literal(str(place.with_name(BESIDE)))
    connection.execute(f"COPY (SELECT {told} FROM {source}) TO {beside} (FORMAT parquet)")


def _types(
    source: str, names: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> dict[str, str]:
    """Return of each column of texts the type that writes all of its cells as they are."""
    asked = []
    for name in names:
        cell, places = quoted(name), f"length(split_part({quoted(name)}, '.', 2))"
        asked += [f"min({places})", f"max({places})"]
        asked += [f"bool_and(TRY_CAST({cell} AS {type_})::VARCHAR = {cell})" for type_ in _TYPES]
    (found,) = connection.execute(f"SELECT {', '.join(asked)} FROM {source}").fetchall()
    width = 2 + len(_TYPES)
    types = {}
    for number, name in enumerate(names):
        least, most, *fits = found[number * width : (number + 1) * width]
        types[name] = next((t for t, fit in zip(_TYPES, fits, strict=True) if fit), "VARCHAR")
        if types[name] == "VARCHAR" and least == most and least:
            decimal = f"DECIMAL({_DIGITS}, {min(least, _DIGITS)})"
            fit = f"bool_and(TRY_CAST({quoted(name)} AS {decimal})::VARCHAR = {quoted(name)})"
            (row,) = connection.execute(f"SELECT {fit} FROM {source}").fetchall()
            types[name] = decimal if row[0] else "VARCHAR"
    return types


def carry_sqlite(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    types: dict[str, str],
    names: Sequence[str],
    place: Path,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Write columns of SQLite beside the table: numbers as numbers, texts as texts, gaps as gaps.

    `rows` are all of it, `types` those of columns that hold no texts. Edges: a column that holds
    several classes of cells becomes texts.
    """
    wanted = [name for name in names if name in columns]
    if not wanted:
        return
    places = [columns.index(name) for name in wanted]
    text = place.with_name("carried.csv")
    with text.open("w", encoding="utf-8", newline="") as file:
        file.write(_line((_NUMBER, *wanted)))
        for number, row in enumerate(rows):
            file.write(_line((number, *(row[at] for at in places))))
    fixed = {name: types.get(name, "VARCHAR") for name in wanted}
    told = ", ".join(f"{literal(name)}: {literal(type_)}" for name, type_ in fixed.items())
    copied = ", ".join(quoted(name) for name in wanted)
    connection.execute(
        f"COPY (SELECT {copied} FROM read_csv({literal(str(text))}, header = true,"
        " delim = ',', quote = '\"', escape = '\"', all_varchar = false,"
        f" allow_quoted_nulls = false, columns = {{{literal(_NUMBER)}: 'BIGINT', {told}}}))"
        f" TO {literal(str(place.with_name(BESIDE)))} (FORMAT parquet)"
    )
    text.unlink()


def _line(cells: Iterable[object]) -> str:
    """Return a line of CSV in which only what is there has quotation marks."""
    told = ("" if cell is None else '"' + _text(cell).replace('"', '""') + '"' for cell in cells)
    return ",".join(told) + "\n"


def _text(cell: object) -> str:
    """Return a cell as the database reads it again; bytes are written one by one."""
    if isinstance(cell, bytes):
        return "".join(f"\\x{byte:02X}" for byte in cell)
    return str(cell)
