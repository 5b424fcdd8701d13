"""Decision tables in columns: which row of a table counts in which row of the cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lawengine.columns.lines import Code
from lawengine.columns.values import Truth
from lawengine.model import expressions as e
from lawengine.model.rules import Cell, Hit
from lawengine.model.types import YES_NO, Kind

if TYPE_CHECKING:
    from lawengine.columns.writing import ColumnWriter


class Looked(NamedTuple):
    """A row of a decision table: where it surely is the one that counts, and what it gives."""

    counts: Code
    result: e.Expression


def looked(name: str, writer: ColumnWriter) -> list[Looked]:
    """Return the rows of a table that may count.

    Edges: where inputs leave it open which row matches, and where two rows match of which one alone
    may, none of them surely counts.
    """
    table = writer.rulebook.tables[name]
    matches = list(_matches(name, writer))
    found = []
    for number, match in enumerate(matches):
        others = matches[:number]
        if table.hit is Hit.UNIQUE:
            others += matches[number + 1 :]
        free = writer.negated(writer.either(*(other.may for other in others)))
        counts = writer.both(match.yes, free)
        if counts is not False:
            found.append(Looked(counts, table.rows[number].result))
    return found


def _matches(name: str, writer: ColumnWriter) -> Iterator[Truth]:
    table = writer.rulebook.tables[name]
    for row in table.rows:
        tests = [_test(one, cell) for one, cell in zip(table.inputs, row.cells, strict=True)]
        yield writer.truth(e.Connection(e.Logic.AND, tuple(_all(tests)), YES_NO))


def _test(item: e.Expression, cell: Cell) -> list[e.Expression]:
    """Return what a cell asks of its input."""
    tests: list[e.Expression] = []
    if cell.options and item.type.kind is Kind.YES_NO:
        said = [option.value for option in cell.options if isinstance(option, e.Constant)]
        if set(said) != {True, False}:
            tests.append(item if said[0] else e.Negation(item, YES_NO))
    elif cell.options:
        tests.append(e.OneOf(item, cell.options, YES_NO))
    if cell.low is not None:
        tests.append(e.Compared(e.Comparison.AT_LEAST, item, cell.low, YES_NO))
    if cell.high is not None:
        tests.append(e.Compared(e.Comparison.AT_MOST, item, cell.high, YES_NO))
    return tests


def _all(tests: list[list[e.Expression]]) -> Iterator[e.Expression]:
    for some in tests:
        yield from some
