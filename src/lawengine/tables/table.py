"""A table of orders as whole columns, and one party's part of it as facts."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lawengine.evaluation.facts import CaseFacts, Entry, Instance, Known
from lawengine.model.expressions import Value
from lawengine.model.types import Kind
from lawengine.model.vocabulary import PARTY, ROOT, Fact, Role, Vocabulary

ORDER = "order"
"""The entity whose instances are the rows of a table."""

MISSING = -(2**63)
"""Stands in a column where nothing is known; no value is so low, `MAX_NUMBER` bounds them all."""
MAX_NUMBER = 10**17
"""The largest number in a cell, in fen, pieces or days: it leaves room for sums of columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of every row, as whole numbers.

    Units: money in fen, a date as its ordinal, yes 1 and no 0. A text or a choice is the place of
    its value in `values`. `MISSING` is unknown.
    """

    fact: Fact
    numbers: array[int]
    values: tuple[str, ...] = ()

    def value(self, row: int) -> Value | None:
        """Return the value of a row as the evaluator knows it, None where nothing is known."""
        number = self.numbers[row]
        if number == MISSING:
            return None
        match self.fact.type.kind:
            case Kind.YES_NO:
                return bool(number)
            case Kind.DATE:
                return datetime.date.fromordinal(number)
            case Kind.TEXT | Kind.CHOICE:
                return self.values[number]
        return number


@dataclass(frozen=True)
class Table:
    """Orders of many shops: `shops` in the order in which they first stand there.

    `shop_of` is the place of the shop of each row. `columns` hold the facts that were read, by
    name; a fact that is not among them is unknown for every row. `tallies` holds a text for each
    shop by which shops are counted; empty where no column was asked for.
    """

    path: str
    shops: tuple[str, ...]
    shop_of: array[int]
    columns: Mapping[str, Column]
    tallies: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return how many orders there are."""
        return len(self.shop_of)

    def rows(self, shop: int) -> list[int]:
        """Return the rows of one shop, in the order of the table."""
        return [row for row, owner in enumerate(self.shop_of) if owner == shop]

    def rows_by_shop(self) -> list[list[int]]:
        """Return the rows of every shop."""
        found: list[list[int]] = [[] for _ in self.shops]
        for row, owner in enumerate(self.shop_of):
            found[owner].append(row)
        return found

    def case(
        self, shop: int, day: datetime.date, vocabulary: Vocabulary, rows: Iterable[int] | None
    ) -> CaseFacts:
        """Return a shop with its orders as a case of one party, looked at on `day`.

        Edges: without `rows` the orders are left out, so that nothing is known of them.
        """
        listed = vocabulary.entities[PARTY].listed_as, vocabulary.entities[ORDER].listed_as
        owner = f"{listed[0]}[1]"
        below: dict[str, tuple[Instance, ...]] = {}
        if rows is not None:
            below[ORDER] = tuple(
                self._order(row, f"{owner}.{listed[1]}[{number}]")
                for number, row in enumerate(rows, 1)
            )
        party = Instance(PARTY, owner, self.shops[shop], {}, below)
        decided = vocabulary.with_role(Role.DECISION_DATE)
        facts = {} if decided is None else {decided.name: Entry(Known(day))}
        return CaseFacts(self.shops[shop], Instance(ROOT, "", "", facts, {PARTY: (party,)}))

    def _order(self, row: int, path: str) -> Instance:
        found = ((name, column.value(row)) for name, column in self.columns.items())
        facts = {name: Entry(Known(value)) for name, value in found if value is not None}
        return Instance(ORDER, path, path, facts)


def table_of(
    path: str, shops: Iterable[str], columns: Mapping[str, tuple[Fact, Iterable[Value | None]]]
) -> Table:
    """Return a table of plain values, one shop and one value of each column a row."""
    places: dict[str, int] = {}
    shop_of = array("q", (places.setdefault(shop, len(places)) for shop in shops))
    made = {name: _column(fact, values) for name, (fact, values) in columns.items()}
    return Table(path, tuple(places), shop_of, made)


def _column(fact: Fact, values: Iterable[Value | None]) -> Column:
    places: dict[str, int] = {}
    numbers = array("q")
    for value in values:
        if isinstance(value, str):
            numbers.append(places.setdefault(value, len(places)))
        elif isinstance(value, datetime.date):
            numbers.append(value.toordinal())
        else:
            numbers.append(value if isinstance(value, int) else MISSING)
    return Column(fact, numbers, tuple(places))
