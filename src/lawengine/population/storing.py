"""Populations as files: drawn rows under the names of their facts, and weights beside a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from lawengine.columns.files import CaseFileTable
from lawengine.columns.idle import ACTS
from lawengine.columns.naming import literal, quoted
from lawengine.columns.storing import Parts, storing
from lawengine.columns.table import Array, Column, Table
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.population.drawing import Drawn
from lawengine.population.orders import DrawnOrders
from lawengine.population.raking import Weights
from lawengine.population.specification import Specification
from lawengine.tables.table import ORDER

GROUP, WEIGHT, SHOP, ORDER_ID = "group", "weight", "shop", "order_id"
"""The columns that are no facts: the group that a row was drawn from, what it weighs, and, where
parties are shops, the shop and its order."""
_ACTS = "acts"
_AT_ONCE = 1 << 18
"""Orders that are written as one part, or a few more."""


def write_population(
    path: Path,
    specification: Specification,
    rulebook: Rulebook,
    chunks: Iterable[Drawn],
    orders: tuple[Path, Iterable[DrawnOrders]] | None = None,
) -> tuple[int, int]:
    """Write drawn rows and `orders`, whole or not at all; return how many of each.

    Edges: where `orders` are not written, the rows are not either.

    Raises:
        TableError: a file cannot be written.
        RefusedError: a value leaves the bounds of its fact.
    """
    rows = number = 0
    with storing(path, partial(_Population, book=rulebook, drawn_by=specification)) as parts:
        for drawn in chunks:
            parts.add(drawn, rows)
            rows += drawn.table.rows
        if orders is not None:
            number = _write_orders(*orders, specification, rulebook)
    return rows, number


def _write_orders(
    path: Path, some: Iterable[DrawnOrders], specification: Specification, rulebook: Rulebook
) -> int:
    """Write drawn orders: amounts in yuan, exact, as `lawengine screen` reads them."""
    rows = 0
    with storing(path, partial(_Population, book=rulebook, drawn_by=specification)) as parts:
        waiting: list[DrawnOrders] = []
        for drawn in some:
            waiting.append(drawn)
            rows += drawn.table.rows
            if sum(one.table.rows for one in waiting) >= _AT_ONCE:
                parts.add_orders(waiting)
                waiting = []
        parts.add_orders(waiting)
    return rows


class _Population(Parts):
    __slots__ = ("book", "drawn_by")

    def __init__(self, *where: object, book: Rulebook, drawn_by: Specification) -> None:
        super().__init__(*where)  # type: ignore[arg-type]  # as its base is made
        self.book, self.drawn_by = book, drawn_by

    def add(self, drawn: Drawn, start: int) -> None:
        """Write a chunk: choices as their names, dates as dates, unknown cells empty."""
        columns: dict[str, Array] = {"g": drawn.groups}
        parts = [self._group()]
        if self.drawn_by.has_orders:
            columns["s"] = np.arange(start + 1, start + 1 + drawn.table.rows)
            parts.append(f"{_shop('s')} AS {SHOP}")
        parts += self._facts(drawn.table, columns)
        self.write(f"SELECT {', '.join(parts)} FROM batch", batch=columns)

    def add_orders(self, some: Sequence[DrawnOrders]) -> None:
        """Write orders under the names of their facts, each with its shop and a number."""
        if not some and self.parts:
            return
        columns: dict[str, Array] = {
            "s": _joined(one.shops for one in some),
            "o": _joined(one.numbers for one in some),
            "g": _joined(one.groups for one in some),
        }
        parts = [
            f"{_shop('s')} || '-' || (o + 1) AS {ORDER_ID}",
            f"{_shop('s')} AS {SHOP}",
            self._group(),
        ]
        parts += self._facts(_one_table([one.table for one in some]), columns)
        self.write(f"SELECT {', '.join(parts)} FROM batch", batch=columns)

    def _group(self) -> str:
        names = [group.name for group in self.drawn_by.groups]
        return f"{_named('g', names)} AS {quoted(GROUP)}"

    def _facts(self, table: Table, columns: dict[str, Array]) -> Iterator[str]:
        for place, (path, column) in enumerate(table.columns.items()):
            columns[f"c{place}"] = column.values
            sql, header = self._sql(f"c{place}", path)
            if column.known is not None:
                columns[f"k{place}"] = column.known
                sql = f"CASE WHEN k{place} THEN {sql} END"
            yield f"{sql} AS {quoted(header)}"

    def _sql(self, name: str, path: str) -> tuple[str, str]:
        """Return the SQL of a value, and the header of its column."""
        if path == ACTS:
            return name, _ACTS
        entity, _, fact = path.partition(".")
        kind = self.book.vocabulary.fact(entity, fact).type
        header = fact if entity == ORDER else path
        match kind.kind:
            case Kind.CHOICE:
                members = self.book.vocabulary.choices[kind.choices].members
                return _named(name, [member.name for member in members]), header
            case Kind.TEXT:
                return _named(name, self.drawn_by.texts(path)), header
            case Kind.DATE:
                return f"DATE '1970-01-01' + {name}", header
            case Kind.MONEY if entity == ORDER:
                return f"({name}::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 2)", f"{header} (yuan)"
        return name, header


def _shop(number: str) -> str:
    return f"'S' || lpad({number}::VARCHAR, 10, '0')"


def _joined(parts: Iterable[Array]) -> Array:
    found = [*parts]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _one_table(tables: Sequence[Table]) -> Table:
    paths = tables[0].columns if tables else ()
    columns = {}
    for path in paths:
        known = [one.columns[path].known for one in tables]
        masks = [
            np.ones(one.rows, np.bool_) if mask is None else mask
            for one, mask in zip(tables, known, strict=True)
        ]
        whole = all(mask is None for mask in known)
        values = np.concatenate([one.columns[path].values for one in tables])
        columns[path] = Column(values, None if whole else np.concatenate(masks))
    return Table(columns, sum(one.rows for one in tables))


def _named(name: str, members: Iterable[str]) -> str:
    return f"list_extract([{', '.join(map(literal, members))}], {name}::INTEGER + 1)"


def write_weighted(path: Path, table: CaseFileTable, weights: Weights) -> None:
    """Write a table of cases with a column `weight`, whole or not at all.

    Edges: a column of that name is replaced.

    Raises:
        TableError: the file cannot be written.
    """
    columns: dict[str, Array] = {"n": np.arange(len(weights)), "w": weights}
    source = f"read_parquet({literal(str(table.place))}, file_row_number = true)"
    left_out = ", ".join(("file_row_number", "n", "w", *([WEIGHT] if WEIGHT in table.kept else [])))
    with storing(path, Parts) as parts:
        parts.write(
            f"SELECT * EXCLUDE ({left_out}), w AS {WEIGHT} FROM {source}"
            " JOIN weights ON file_row_number = n ORDER BY n",
            weights=columns,
        )
