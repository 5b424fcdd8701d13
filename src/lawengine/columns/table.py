"""Cases as columns: one act a row, with the facts of its party and its case beside it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.elements import NUMBER, elements_of, number_path
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact

Array: TypeAlias = NDArray[Any]
Flags: TypeAlias = NDArray[np.bool_]

EPOCH = datetime.date(1970, 1, 1).toordinal()
"""Days are counted from here, as NumPy and Parquet do."""

_WIDE = 4

HELD = frozenset({Kind.YES_NO, Kind.MONEY, Kind.COUNT, Kind.DATE, Kind.CHOICE})
"""Kinds of facts that a column can hold; others are unknown to it."""


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one fact.

    Units: money is whole fen, a date days since 1970, a choice the place of its member in the
    vocabulary. Shapes: `values` holds a `bool`, or whole signed numbers (choices: unsigned ones);
    `known` is None where every value is known, else as long as `values`. A cell that is not known
    holds any value of the type; 0 is best, for plans are made for what cells hold.
    """

    values: Array
    known: Flags | None = None

    def part(self, rows: slice) -> Column:
        """Return the column at some rows; none is copied."""
        return Column(self.values[rows], None if self.known is None else self.known[rows])

    def at(self, rows: NDArray[np.intp]) -> Column:
        """Return the column at some rows, by their places; they are copied."""
        known = None if self.known is None else cells(self.known, rows)
        return Column(cells(self.values, rows), known)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by the path of their fact (`act.kind`), all of one length.

    A fact without a column is unknown in every row. Columns of an entity besides case, party and
    act hold the one element of its kind (see `elements`).
    """

    columns: Mapping[str, Column]
    rows: int

    def part(self, rows: slice) -> Table:
        """Return some of the rows."""
        columns = {path: column.part(rows) for path, column in self.columns.items()}
        return Table(columns, len(range(*rows.indices(self.rows))))

    def at(self, rows: NDArray[np.intp]) -> Table:
        """Return some rows, by their places; they are copied."""
        columns = {path: column.at(rows) for path, column in self.columns.items()}
        return Table(columns, rows.size)

    def facts(self, row: int, rulebook: Rulebook) -> tuple[Facts, Facts, Facts]:
        """Return what is known in one row, of the case, the party and the act."""
        elements = elements_of(self.columns, rulebook.vocabulary)
        found: dict[str, dict[str, object]] = {name: {} for name in CHAIN}
        found |= {entity.name: {} for entity in elements}
        numbers: dict[str, int | None] = {entity.name: 1 for entity in elements}
        for path, column in self.columns.items():
            entity, _, name = path.partition(".")
            known = column.known is None or column.known[row]
            if name == NUMBER:
                numbers[entity] = int(column.values[row]) if known else None
            elif known:
                fact = rulebook.vocabulary.fact(entity, name)
                found[entity][name] = plain(column.values[row].item(), fact, rulebook)
        for element in elements:
            number = numbers[element.name]
            if number is not None:
                of = (found[element.name],) if number else ()
                found[element.parent][f"*{element.name}"] = of
        one, two, three = (found[entity] for entity in CHAIN)
        return one, two, three


def cells(values: Array, rows: NDArray[np.intp]) -> Array:
    """Return some cells, by their places.

    Measured: an index takes cells of four or eight bytes in half the time of `take`, and narrower
    ones in twice the time.
    """
    return values[rows] if values.itemsize >= _WIDE else values.take(rows)


def joined(parts: Sequence[Table]) -> Table:
    """Return the rows of parts of one table, one below the other."""
    if len(parts) == 1:
        return parts[0]
    columns = {}
    for path, first in parts[0].columns.items():
        column = [part.columns[path] for part in parts]
        known = None
        if first.known is not None:
            known = np.concatenate([one.known for one in column if one.known is not None])
        columns[path] = Column(np.concatenate([one.values for one in column]), known)
    return Table(columns, sum(part.rows for part in parts))


def plain(value: int, fact: Fact, rulebook: Rulebook) -> object:
    """Return the value of a cell as the other evaluators take it."""
    match fact.type.kind:
        case Kind.DATE:
            return datetime.date.fromordinal(value + EPOCH)
        case Kind.CHOICE:
            return rulebook.vocabulary.choices[fact.type.choices].members[value].name
        case _:
            return value


def cell(value: object, fact: Fact, rulebook: Rulebook) -> int:
    """Return the cell that stands for a value; the opposite of `plain`."""
    if isinstance(value, datetime.date):
        return value.toordinal() - EPOCH
    if isinstance(value, str):
        members = rulebook.vocabulary.choices[fact.type.choices].members
        return next(place for place, member in enumerate(members) if member.name == value)
    if isinstance(value, int):
        return value
    raise TypeError(fact.path)


TYPES: Mapping[Kind, type[np.generic]] = {
    Kind.YES_NO: np.bool_,
    Kind.CHOICE: np.uint8,
    Kind.DATE: np.int32,
    Kind.MONEY: np.int64,
    Kind.COUNT: np.int64,
}
"""The types of columns that are made here; whole signed numbers of any width are taken."""


def as_table(rows: Sequence[tuple[Facts, Facts, Facts]], rulebook: Rulebook) -> Table:
    """Return a table of plain facts of case, party and act; each row is one act.

    Edges: facts that columns do not hold (rates, texts, periods) are left out, and so are all
    elements but the first of their kind.
    """
    columns = {}
    parts = [_parts(row) for row in rows]
    for entity in rulebook.vocabulary.entities:
        numbers = [one.get(number_path(entity)) for one in parts]
        if any(number is not None for number in numbers):
            known = np.array([number is not None for number in numbers], np.bool_)
            there = np.array([number or 0 for number in numbers], np.int64)
            columns[number_path(entity)] = Column(there, None if known.all() else known)
    for fact in rulebook.vocabulary.facts():
        if fact.type.kind not in HELD:
            continue
        given = [one.get(fact.path) for one in parts]
        known = np.array([value is not None for value in given], np.bool_)
        if known.any():
            values = np.zeros(len(rows), type_of(fact, rulebook))
            values[known] = [cell(value, fact, rulebook) for value in given if value is not None]
            columns[fact.path] = Column(values, None if known.all() else known)
    return Table(columns, len(rows))


def _parts(row: tuple[Facts, Facts, Facts]) -> dict[str, Any]:
    """Return what is known in one row by path, with the numbers of elements."""
    found: dict[str, Any] = {}
    stack = list(zip(CHAIN, row, strict=True))
    while stack:
        entity, facts = stack.pop()
        for name, value in facts.items():
            if isinstance(value, tuple):
                found[number_path(name[1:])] = len(value[:1])
                stack += [(name[1:], element) for element in value[:1]]
            else:
                found[f"{entity}.{name}"] = value
    return found


def type_of(fact: Fact, rulebook: Rulebook) -> type[np.generic]:
    """Return the type of the cells of a fact."""
    if fact.type.kind is Kind.CHOICE:
        members = rulebook.vocabulary.choices[fact.type.choices].members
        return np.uint8 if len(members) <= np.iinfo(np.uint8).max else np.uint16
    return TYPES[fact.type.kind]
