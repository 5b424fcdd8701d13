"""Rows that no step of a sweep can tell apart: one of each is decided for all of them.

A sweep over ends of fines changes no condition. So the rows for which the rules hit alike under the
law, and under a probe that moves each of these ends to another value, are hit alike at every step:
an end that a step moves is told from every constant by the probe, and everything that is weighed
and settled hangs on the hits, on the open states and on the day of the decision. What is
confiscated differs from row to row; it is what one side of the law takes, or the other, or nothing,
and a row that stands for others shows which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.outcomes import Whole
from lawengine.columns.engine import Plan, Seen, Simulator
from lawengine.columns.packages import UNKNOWN
from lawengine.columns.sides import Hit
from lawengine.columns.table import EPOCH, Array, Column, Flags, Table
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Role

Marks = NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_IDLE = 7
"""The salt of the mark of rows without an act; the others mark what was found of an act."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Of each row its mark, whether columns left it open, and what either side of the law takes."""

    marks: Marks
    left: Flags
    taken: Whole


@dataclass(slots=True)
class Watcher:
    """Marks each row by all that was found of it; `taken` is what either side of the law takes."""

    simulator: Simulator
    marks: list[Marks] = field(default_factory=list)
    left: list[NDArray[np.bool_]] = field(default_factory=list)
    taken: list[Whole] = field(default_factory=list)
    _plans: dict[int, int] = field(default_factory=dict)
    _kept: list[Plan] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch the simulator."""
        self.simulator.watch = self.see

    def seen(self, idle: Flags | None) -> Marked:
        """Return what was taken of all rows of a batch, and forget it.

        Rows without an act (`idle`) go through no chunk: nothing follows in them, at any step.
        """
        rows = sum(part.size for part in self.marks) if idle is None else idle.size
        acting: slice | NDArray[np.intp] = slice(None) if idle is None else np.flatnonzero(~idle)
        found = Marked(
            np.full(rows, _mixed(_IDLE), np.uint64),
            np.zeros(rows, np.bool_),
            np.zeros((2, rows), np.int64),
        )
        if self.marks:
            found.marks[acting] = np.concatenate(self.marks)
            found.left[acting] = np.concatenate(self.left)
            found.taken[:, acting] = np.concatenate(self.taken, axis=1)
        self.marks, self.left, self.taken = [], [], []
        return found

    def see(self, seen: Seen) -> None:
        """Take a chunk."""
        rows = len(seen.left)
        marks = np.zeros(rows, np.uint64)
        taken = np.zeros((2, rows), np.int64)
        if seen.plan is not None:
            _blend(marks, slice(None), 0, self._number(seen.plan))
            self._side(seen.plan, seen.earlier, 1, marks, taken[0])
            if seen.changed is not None:
                marks += seen.changed.astype(np.uint64) * _mixed(2, 0)
            if seen.later is not None:
                self._side(seen.plan, seen.later.hits, 3, marks, taken[1])
                _mark(marks, 4, seen.later.states)
                _mark(marks, 5, seen.later.kept)
            _mark(marks, 6, seen.waits)
        self.marks.append(marks)
        self.left.append(seen.left)
        self.taken.append(taken)

    def _number(self, plan: Plan) -> int:
        if id(plan) not in self._plans:
            # Kept, so that no other plan gets its place in memory.
            self._kept.append(plan)
        return self._plans.setdefault(id(plan), len(self._plans))

    def _side(self, plan: Plan, hits: Sequence[Hit], salt: int, marks: Marks, taken: Whole) -> None:
        things: set[int] = set()
        for shape, rows, low, high, sums in hits:
            parts: list[Array | int] = [shape, low, high]
            for place, amount in sums:
                sign = (amount > 0) + 2 * (amount == UNKNOWN)
                parts += [place, sign]
                thing = plan.settler.thing(place)
                whole = np.zeros(len(taken), np.int64)
                whole[rows] = np.maximum(amount, 0)
                # The same thing is taken once, whichever rules take it.
                if thing in things:
                    np.maximum(taken, whole, out=taken)
                else:
                    things.add(thing)
                    taken += whole
            _blend(marks, rows, salt, *parts)


def _mark(marks: Marks, salt: int, masks: Mapping[Any, NDArray[np.bool_]]) -> None:
    """Add to the marks of the rows what each mask stands for."""
    for place, name in enumerate(sorted(masks)):
        marks += masks[name].astype(np.uint64) * _mixed(salt, place)


def _mixed(*numbers: int) -> np.uint64:
    found = 0
    for number in numbers:
        found = ((found ^ (number & 0xFFFFFFFFFFFFFFFF)) * int(_ODD) + 1) & 0xFFFFFFFFFFFFFFFF
        found ^= found >> int(_SHIFT)
    return np.uint64(found)


def _blend(marks: Marks, rows: Array | slice, salt: int, *parts: Array | int) -> None:
    """Add to the marks of some rows what stands for these numbers, in any order of calls."""
    size = marks[rows].size
    mixed = np.full(size, _mixed(salt), np.uint64)
    for part in parts:
        number = (
            np.uint64(part & 0xFFFFFFFFFFFFFFFF)
            if isinstance(part, int)
            else (np.asarray(part).astype(np.int64).view(np.uint64))
        )
        mixed = (mixed ^ number) * _ODD
        mixed ^= mixed >> _SHIFT
    marks[rows] += mixed


def by_day(marks: Marks, table: Table, rulebook: Rulebook) -> Marks:
    """Return the marks, told apart by the versions in force on the day of the decision."""
    turns = sorted(_turns(rulebook))
    column = table.columns.get(rulebook.roles[Role.DECISION_DATE].path)
    if column is None:
        return marks
    place = np.searchsorted(np.array(turns), column.values, side="right").astype(np.uint64)
    return (marks ^ place) * _ODD


def _turns(rulebook: Rulebook) -> set[int]:
    found = set()
    for rule in rulebook.rules.values():
        for version in rule.versions:
            found.add(version.interval.start.toordinal() - EPOCH)
            if version.interval.end is not None:
                found.add(version.interval.end.toordinal() - EPOCH + 1)
        if rule.repeal is not None:
            found.add(rule.repeal.start.toordinal() - EPOCH)
    return found


@dataclass(slots=True)
class Standing:
    """The rows that stand for their classes, gathered batch by batch.

    Of each class it is the row in which the sides of the law differ most in what they take.
    """

    _known: dict[int, int] = field(default_factory=dict)
    _parts: list[Table] = field(default_factory=list)
    _spread: list[int] = field(default_factory=list)
    _row: list[int] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    _rows: int = 0
    _alone: list[int] = field(default_factory=list)

    def classes(self, table: Table, marks: Marks, left: NDArray[np.bool_], taken: Whole) -> Whole:
        """Return the class of each row; a row that was decided alone is a class of its own."""
        spread = np.abs(taken[0] - taken[1])
        shared = np.flatnonzero(~left)
        order = shared[np.lexsort((-spread[shared], marks[shared]))]
        sorted_marks = marks[order]
        first = np.ones(order.size, np.bool_)
        first[1:] = sorted_marks[1:] != sorted_marks[:-1]
        heads = order[first]
        chosen: list[int] = []
        places = np.empty(heads.size, np.int64)
        for number, row in enumerate(heads.tolist()):
            places[number] = self._place(int(marks[row]), row, int(spread[row]), taken, chosen)
        found = np.empty(table.rows, np.int64)
        found[order] = places[np.cumsum(first) - 1] if order.size else 0
        for row in np.flatnonzero(left).tolist():
            found[row] = self._new(row, taken, chosen)
            self._alone.append(int(found[row]))
        if chosen:
            self._parts.append(_rows_of(table, np.array(chosen)))
            self._rows += len(chosen)
        return found

    def _place(self, mark: int, row: int, spread: int, taken: Whole, chosen: list[int]) -> int:
        known = self._known.get(mark)
        if known is None:
            known = self._known[mark] = self._new(row, taken, chosen)
            self._spread[known] = spread
        elif spread > self._spread[known]:
            self._spread[known] = spread
            self._row[known] = self._rows + len(chosen)
            self.taken[known] = (int(taken[0, row]), int(taken[1, row]))
            chosen.append(row)
        return known

    def _new(self, row: int, taken: Whole, chosen: list[int]) -> int:
        self._row.append(self._rows + len(chosen))
        self._spread.append(-1)
        self.taken.append((int(taken[0, row]), int(taken[1, row])))
        chosen.append(row)
        return len(self._row) - 1

    def alone(self) -> NDArray[np.bool_]:
        """Return which classes are of a row that was decided alone."""
        found = np.zeros(len(self._row), np.bool_)
        found[self._alone] = True
        return found

    def table(self) -> Table:
        """Return the rows, one for each class, in the order of the classes."""
        paths = self._parts[0].columns
        columns = {}
        at = np.array(self._row)
        for path in paths:
            parts = [part.columns[path] for part in self._parts]
            values = np.concatenate([part.values for part in parts])[at]
            known = None
            if any(part.known is not None for part in parts):
                known = np.concatenate([
                    np.ones(part.values.size, np.bool_) if part.known is None else part.known
                    for part in parts
                ])[at]  # fmt: skip
            columns[path] = Column(values, known)
        return Table(columns, at.size)


def _rows_of(table: Table, rows: NDArray[np.intp]) -> Table:
    columns = {path: column.at(rows) for path, column in table.columns.items()}
    return Table(columns, rows.size)
