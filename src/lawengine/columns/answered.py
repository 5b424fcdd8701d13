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
    """Rows of a table, all of them as often as there are answers, below one another.

    `base` are the rows, `times` how often they stand; `filled` holds what answers put into columns.
    Shapes: each of these as long as there are rows.
    """

    table: Table
    base: Rows
    times: int = 1
    filled: Mapping[str, Column] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return self.base.size * self.times

    def column(self, path: str) -> Column | None:
        """Return what the rows hold of a fact, None where it is unknown in all of them."""
        if path in self.filled:
            return self.filled[path]
        column = self.table.columns.get(path)
        return None if column is None else often(column.at(self.base), self.times)

    def of(self, paths: Iterable[str]) -> Table:
        """Return some of the columns."""
        columns = {path: self.column(path) for path in paths}
        there = {path: column for path, column in columns.items() if column is not None}
        return Table(there, self.rows)

    def often(self, number: int, filled: Mapping[str, Column]) -> Answered:
        """Return all rows as often, with more columns filled."""
        before = {path: often(column, number) for path, column in self.filled.items()}
        return Answered(self.table, self.base, self.times * number, {**before, **filled})


def often(column: Column, number: int) -> Column:
    """Return a column as often, below itself."""
    known = None if column.known is None else np.tile(column.known, number)
    return Column(np.tile(column.values, number), known)


def stacked(parts: Sequence[Answered]) -> Table:
    """Return the rows of all, one below the other; all are of one table.

    Edges: a fact without a column is unknown in the rows in which no answer fills it.
    """
    number = sum(part.rows for part in parts)
    places = np.concatenate([np.tile(part.base, part.times) for part in parts])
    columns = {path: column.at(places) for path, column in parts[0].table.columns.items()}
    start = 0
    for part in parts:
        rows = slice(start, start + part.rows)
        start = rows.stop
        for path, column in part.filled.items():
            columns[path] = _filled(columns.get(path), column, rows, number)
    return Table(columns, number)


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
