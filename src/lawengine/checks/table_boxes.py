"""The boxes of a decision table: every combination of inputs that its cells tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from lawengine.base.label import Label
from lawengine.checks.domains import (
    Members,
    Number,
    Range,
    number,
    possible,
    stepped,
    value_of,
)
from lawengine.checks.words import value_words
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Cell, Table

MAX_STEPS = 50_000
"""Combinations looked at for one table: 50,000 take about a tenth of a second."""
MAX_TESTS = 1_000_000
"""Cells asked about values of one input: a million take about half a second."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Inputs that the table treats alike: one value of each, and the rows that match."""

    values: tuple[Label, ...]
    rows: tuple[int, ...]

    @property
    def text(self) -> Label:
        """Return the inputs as a row of the table: `| hawking | 0 yuan |`."""
        return Label(
            "".join(f"| {value.text('en')} " for value in self.values) + "|",
            "".join(f"| {value.text('zh')} " for value in self.values) + "|",
        )


def fixed(table: Table) -> bool:
    """Tell whether every cell is a fixed value, so that the table can be read without a case."""
    return all(
        isinstance(value, e.Constant)
        for row in table.rows
        for cell in row.cells
        for value in (*cell.options, cell.low, cell.high)
        if value is not None
    )


@dataclass(slots=True)
class Boxes:
    """Walks the combinations of one table, as far as its limits; `cut` tells that it stopped."""

    table: Table
    rulebook: Rulebook
    steps: int = 0
    cut: bool = False
    _axes: list[list[tuple[int, Label]]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Combination]:
        """Yield each combination once; one that no row matches is not split further."""
        inputs = range(len(self.table.inputs))
        for index in inputs:
            axis = _axis(self.table, index, self.rulebook)
            if axis is None:
                self.cut = True
                return
            self._axes.append(axis)
        yield from self._walk((), (1 << len(self.table.rows)) - 1)

    def _walk(self, values: tuple[Label, ...], rows: int) -> Iterator[Combination]:
        if len(values) == len(self._axes) or not rows:
            rest = (axis[0][1] for axis in self._axes[len(values) :])
            yield Combination((*values, *rest), tuple(_members(rows)))
            return
        for matching, label in self._axes[len(values)]:
            self.steps += 1
            if self.steps > MAX_STEPS:
                self.cut = True
                return
            yield from self._walk((*values, label), rows & matching)


def _axis(table: Table, index: int, rulebook: Rulebook) -> list[tuple[int, Label]] | None:
    """Return the values of one input that its cells tell apart, with the rows that match each.

    Rows are the bits of a number: row 0 is 1, row 1 is 2, row 2 is 4. None: too much to ask.
    """
    item = table.inputs[index]
    cells = [row.cells[index] for row in table.rows]
    tests = [_test(cell) for cell in cells]
    found: dict[int, Label] = {}
    values = tuple(_values(item, cells, rulebook))
    if len(values) * len(tests) > MAX_TESTS:
        return None
    for value in values:
        rows = sum(1 << n for n, test in enumerate(tests) if test.matches(value))
        if value is None:
            found.setdefault(rows, Label("any other", "其他"))
        else:
            found.setdefault(rows, value_words(value, item.type, rulebook.vocabulary))
    return list(found.items())


def _members(rows: int) -> Iterator[int]:
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest


def _values(item: e.Expression, cells: list[Cell], rulebook: Rulebook) -> Iterator[e.Value | None]:
    domain = possible(item, rulebook.vocabulary)
    if isinstance(domain, Members):
        mentioned = {o.value for c in cells for o in c.options if isinstance(o, e.Constant)}
        yield from sorted((mentioned if domain.others else domain.options), key=str)
        if domain.others:
            yield None
        return
    for found in _points(_mentioned(cells), domain, whole=stepped(item.type)):
        yield value_of(found, item.type)


def _mentioned(cells: list[Cell]) -> list[Number]:
    values = (v for c in cells for v in (*c.options, c.low, c.high))
    return sorted({number(value.value) for value in values if isinstance(value, e.Constant)})


def _points(mentioned: list[Number], domain: Range, *, whole: bool) -> list[Number]:
    """Return one point of every stretch that the mentioned numbers cut, and these themselves."""
    ends = [end[0] for end in (domain.low, domain.high) if end is not None]
    marks = sorted({*mentioned, *ends}) or [0]
    found: set[Number] = {*marks, marks[0] - 1, marks[-1] + 1}
    for one, two in pairwise(marks):
        if not whole:
            found.add(Fraction(one + two) / 2)
        elif two - one > 1:
            found.add(one + 1)
    return sorted(value for value in found if domain.contains(value))


@dataclass(frozen=True, slots=True)
class _Test:
    """What a cell asks, its fixed values read once."""

    everything: bool
    options: frozenset[e.Value]
    low: Number | None
    high: Number | None

    def matches(self, value: e.Value | None) -> bool:
        if self.everything or value in self.options:
            return True
        if self.options or value is None:
            return False
        place = number(value)
        return (self.low is None or self.low <= place) and (self.high is None or place <= self.high)


def _test(cell: Cell) -> _Test:
    options = frozenset(option.value for option in cell.options if isinstance(option, e.Constant))
    low = number(cell.low.value) if isinstance(cell.low, e.Constant) else None
    high = number(cell.high.value) if isinstance(cell.high, e.Constant) else None
    return _Test(cell.any, options, low, high)
