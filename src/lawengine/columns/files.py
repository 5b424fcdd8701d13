"""Files of cases, read in batches: Parquet as it is, all others by way of Parquet."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.columns.carried import Carried, carried_of, carry_csv
from lawengine.columns.case_rows import from_case_files
from lawengine.columns.databases import SEPARATOR, SQLITE_ERROR, from_duckdb, from_sqlite, write_csv
from lawengine.columns.elements import NUMBER
from lawengine.columns.failures import TableError
from lawengine.columns.naming import CELLS, NOTHING, Named, Source, literal, name_columns, quoted
from lawengine.columns.table import Array, Column, Table
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "BATCH",
    "CaseFileTable",
    "TableError",
    "columns_of",
    "connected",
    "open_table",
    "parted",
    "reading",
]

BATCH = 1 << 18
"""Rows that are read at once, and kept as one part: some 100 bytes each, so that memory stays flat.
Measured: batches of four times as many save a tenth of the time and take twice the memory."""

_WIDTHS = {Kind.DATE: np.int32, Kind.MONEY: np.int64, Kind.COUNT: np.int64, Kind.YES_NO: np.bool_}
MADE = "cases.parquet"
"""The Parquet file that is made of a file of another kind."""
CASE_FILES = frozenset({".yaml", ".yml"})
_NOT_OURS = Label(
    "neither Parquet, CSV nor a case file by its name, nor a SQLite or DuckDB file by its content",
    "按文件名既非 Parquet、CSV，亦非案件文件；按内容亦非 SQLite 或者 DuckDB 文件",
)


@dataclass(frozen=True, slots=True)
class CaseFileTable:
    """A file of cases that is open for reading.

    `path` is how the user names it, `place` the Parquet file behind it, `notes` warn of what it
    does not hold.
    """

    path: Path
    place: Path
    rulebook: Rulebook
    named: Named
    kept: tuple[str, ...]
    rows: int
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    notes: tuple[Diagnostic, ...] = ()

    def batch(self, start: int, size: int) -> tuple[Table, Mapping[str, Array]]:
        """Return some rows as a table, and the columns that are only kept, as numbers and texts.

        Raises:
            TableError: a cell is none of its fact, or the file is broken.
        """
        sources = self.named.sources
        parts = [f"{source.sql} AS c{place}" for place, source in enumerate(sources)]
        wrong = [(n, s) for n, s in enumerate(sources) if s.problem != "false"]
        parts += [f"({source.problem}) AS p{place}" for place, source in wrong]
        parts += [f"{quoted(name)} AS k{place}" for place, name in enumerate(self.kept)]
        found = self._fetch(", ".join(parts), start, size)
        for place, source in wrong:
            mask = np.ma.filled(found[f"p{place}"], fill_value=False)
            if mask.any():
                raise TableError(self._wrong(source, start + int(mask.argmax()), int(mask.sum())))
        columns = {
            source.fact.path: _column(found[f"c{place}"], source.fact)
            for place, source in enumerate(sources)
        }
        kept = {name: found[f"k{place}"] for place, name in enumerate(self.kept)}
        return Table(columns, min(size, self.rows - start)), kept

    @property
    def carried(self) -> Carried:
        """Return the columns to carry over, as they stand in the file."""
        return carried_of(self.place, self.kept)

    def batches(self) -> Iterator[tuple[int, Table, Mapping[str, Array]]]:
        """Yield all rows in batches, each with the number of its first row."""
        for start in range(0, self.rows, BATCH):
            table, kept = self.batch(start, BATCH)
            yield start, table, kept

    def _fetch(self, what: str, start: int, size: int) -> Mapping[str, Any]:
        sql = (
            f"SELECT {what} FROM read_parquet({literal(str(self.place))}, file_row_number = true)"
            f" WHERE file_row_number >= {start} AND file_row_number < {start + size}"
        )
        with reading(self.path):
            return self.connection.execute(sql).fetchnumpy()

    def _wrong(self, source: Source, row: int, number: int) -> Diagnostic:
        """Return what is wrong with a cell, as it is written."""
        found = self._fetch(f"coalesce({quoted(source.column)}::VARCHAR, 'NULL') AS cell", row, 1)
        words = {"column": source.column, "row": row + 1, "value": found["cell"][0]}
        code = "LAW655" if source.fact.type.kind is Kind.CHOICE else "LAW659"
        code = "LAW730" if source.fact.name == NUMBER else code
        return Diagnostic(code, words={**words, "fact": source.fact.label, "number": number})


@contextmanager
def open_table(
    path: Path, rulebook: Rulebook, read: Iterable[Fact], kept: Sequence[str] = ()
) -> Iterator[CaseFileTable]:
    """Open a file of cases; what is wrong with its columns is raised at once.

    Raises:
        TableError: it cannot be read, a column is none of the vocabulary, or it has no rows.
    """
    given, what = parted(path)
    if not given.exists():
        raise TableError(_unread(path, Label("no such file", "没有这个文件")))
    with (
        tempfile.TemporaryDirectory(prefix="lawengine-") as folder,
        connected(folder) as connection,
    ):
        with reading(path):
            asked = Asked(given, what, tuple(kept), rulebook)
            place, notes = _as_parquet(asked, Path(folder), connection)
            source = f"read_parquet({literal(str(place))})"
            columns = columns_of(place, connection)
            (rows,) = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0]
        named = name_columns(columns, rulebook, read, kept)
        if named.diagnostics:
            raise TableError(*named.diagnostics)
        if not rows:
            raise TableError(Diagnostic("LAW657", words={"path": str(path)}))
        yield CaseFileTable(path, place, rulebook, named, tuple(kept), rows, connection, notes)


@contextmanager
def connected(folder: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that spills into the folder, and never reaches the network."""
    try:
        import duckdb  # noqa: PLC0415 - only who reads tables needs it
    except ImportError:
        raise TableError(Diagnostic("LAW663")) from None
    connection = duckdb.connect(config={
        "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
        "temp_directory": folder, "allow_community_extensions": "false",
    })  # fmt: skip
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Tell what the database finds wrong with a file."""
    import duckdb  # noqa: PLC0415 - as above

    try:
        yield
    except (duckdb.Error, SQLITE_ERROR, OSError, UnicodeError) as error:
        first, *_ = str(error).splitlines() or [""]
        raise TableError(_unread(path, Label(first, first))) from None


def _unread(path: Path, why: Label) -> Diagnostic:
    return Diagnostic("LAW650", words={"path": str(path), "why": why})


def columns_of(place: Path, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the columns behind a table with their types.

    Text files say nothing of the type of a column without a filled cell: it is `NOTHING`. What
    they hold besides whole numbers, days, yes and no is looked at cell by cell: it is `CELLS`.
    """
    source = f"read_parquet({literal(str(place))})"
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    columns = [(str(row[0]), str(row[1])) for row in described]
    texts = [name for name, type_ in columns if type_ == "VARCHAR" and place.name == MADE]
    if not texts:
        return columns
    counts = ", ".join(f"count({quoted(name)})" for name in texts)
    (found,) = connection.execute(f"SELECT {counts} FROM {source}").fetchall()
    empty = {name for name, number in zip(texts, found, strict=True) if not number}
    types = {name: NOTHING if name in empty else CELLS for name in texts}
    return [(name, types.get(name, type_)) for name, type_ in columns]


class Asked(NamedTuple):
    """A file that is asked for, with the table or query in it, and what is kept of it."""

    path: Path
    what: str
    kept: tuple[str, ...]
    rulebook: Rulebook


def parted(path: Path) -> tuple[Path, str]:
    """Return a file and the table or query in it: `cases.sqlite::decisions`."""
    name, sign, what = str(path).partition(SEPARATOR)
    return (path, "") if not sign or path.exists() else (Path(name), what)


def _as_parquet(
    asked: Asked, folder: Path, connection: duckdb.DuckDBPyConnection
) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Return the Parquet file behind a path, and warnings; other files become one first.

    The database takes `*`, `?` and `[` in a path for patterns, so it gets a link with a plain name.
    """
    path, what, place = asked.path, asked.what, folder / MADE
    suffix = path.suffix.lower()
    if path.is_dir() or suffix in CASE_FILES:
        return place, from_case_files(path, asked.rulebook, asked.kept, place, connection)
    given = folder / "given"
    try:
        given.symlink_to(path.resolve())
    except OSError:  # where links are not allowed, patterns in names are not either
        given = path
    match "" if what else suffix:
        case ".parquet":
            return given, ()
        case ".csv":
            _from_csv(path, given, place, connection)
            if asked.kept:
                carry_csv(given, asked.kept, place, connection)
            return place, ()
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"SQLite format 3"):
        from_sqlite(path, what, place, connection, asked.kept)
    elif head[8:12] == b"DUCK":
        with connected(str(folder)) as other:
            from_duckdb(path, what, place, other)
    else:
        raise TableError(_unread(path, _NOT_OURS))
    return place, ()


def _from_csv(path: Path, given: Path, place: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write a CSV file as Parquet, or say what keeps it from being a table."""
    import duckdb  # noqa: PLC0415 - only who reads tables needs it

    if not path.stat().st_size:
        raise TableError(Diagnostic("LAW657", words={"path": str(path)}))
    try:
        write_csv(given, {}, place, connection)
        one_column = len(columns_of(place, connection)) == 1
    except duckdb.Error:
        if (why := _odd_text(path)) is not None:
            raise TableError(_unread(path, why)) from None
        raise
    # Rows of different lengths are taken for one column of whole lines.
    if one_column and (why := _odd_text(path)) is not None:
        raise TableError(_unread(path, why))


def _odd_text(path: Path) -> Label | None:
    """Return what is wrong with the encoding or the rows of a CSV file, None where nothing is."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            header = len(next(rows, ()))
            for row in rows:
                if row and len(row) != header:
                    line, cells = rows.line_num, len(row)
                    return Label(
                        f"line {line} has {cells} cells, the header {header}",
                        f"第{line}行有{cells}格，表头有{header}格",
                    )
    except UnicodeDecodeError:
        return Label(
            "its text is not in UTF-8; save it as UTF-8",
            "文本不是 UTF-8 编码，请另存为 UTF-8（Excel：“CSV UTF-8”）",
        )
    except csv.Error:
        return None
    return None


def _column(found: Any, fact: Fact) -> Column:  # noqa: ANN401 - an array, masked where cells are NULL
    values = np.ma.filled(found, 0)
    width = _WIDTHS.get(fact.type.kind)
    if width is not None:
        values = values.astype(width, copy=False)
    elif values.dtype != np.uint8 and values.size and int(values.max()) <= np.iinfo(np.uint8).max:
        values = values.astype(np.uint8)
    mask = np.ma.getmaskarray(found) if isinstance(found, np.ma.MaskedArray) else None
    return Column(values, None if mask is None or not mask.any() else ~mask)
