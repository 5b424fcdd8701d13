"""Rows of a table, each as often as what is open of it has answers: gathered when they are run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.table import Column, Flags, Table

Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows with answers: `each` is the row of the table that an entry stands for.

    `filled` holds what answers put into columns. Shapes: all as long as `each`.
    """

    table: Table
    each: Rows
    filled: Mapping[str, Column] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return self.each.size

    def column(self, path: str) -> Column | None:
        """Return what the rows hold of a fact, None where it is unknown in all of them."""
        if path in self.filled:
            return self.filled[path]
        column = self.table.columns.get(path)
        return None if column is None else column.at(self.each)

    def of(self, paths: Iterable[str]) -> Table:
        """Return some of the columns."""
        columns = {path: self.column(path) for path in paths}
        there = {path: column for path, column in columns.items() if column is not None}
        return Table(there, self.rows)

    def often(self, number: int, filled: Mapping[str, Column]) -> Answered:
        """Return all rows as often, below one another, with more columns filled."""
        before = {path: often(column, number) for path, column in self.filled.items()}
        return Answered(self.table, np.tile(self.each, number), {**before, **filled})


def often(column: Column, number: int) -> Column:
    """Return a column as often, below itself."""
    known = None if column.known is None else np.tile(column.known, number)
    return Column(np.tile(column.values, number), known)


def stacked(parts: Sequence[Answered]) -> Table:
    """Return the rows of all, one below the other; all are of one table.

    Edges: a fact without a column is unknown in the rows in which no answer fills it.
    """
    each = np.concatenate([part.each for part in parts])
    columns = dict(parts[0].table.at(each).columns)
    start = 0
    for part in parts:
        rows = slice(start, start + part.rows)
        start = rows.stop
        for path, column in part.filled.items():
            columns[path] = _filled(columns.get(path), column, rows, each.size)
    return Table(columns, each.size)


def _filled(column: Column | None, part: Column, rows: slice, number: int) -> Column:
    """Return a column with some rows filled; it may be written into."""
    if column is None:
        # A value like the others: plans are made for what cells hold.
        like = part.values[0] if part.values.size else 0
        values = np.full(number, like, part.values.dtype)
        known = np.zeros(number, np.bool_)
    else:
        wide = np.result_type(column.values, part.values)
        values, known = column.values.astype(wide, copy=False), known_in(column, number)
    values[rows] = part.values
    known[rows] = known_in(part, part.values.size)
    return Column(values, None if known.all() else known)


def known_in(column: Column | None, rows: int) -> Flags:
    """Return in which rows of a column its fact is known; without a column in none."""
    if column is None:
        return np.zeros(rows, np.bool_)
    return np.ones(rows, np.bool_) if column.known is None else column.known
