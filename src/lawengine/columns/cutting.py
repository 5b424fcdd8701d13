"""Open numbers and days in columns: values of which one lies in each stretch that matters.

Where rules only compare a fact, what follows is the same between two neighbouring ends of its
comparisons. The ends are worked out row by row: a term that begins with the conduct ends on
another day in each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.gate import Gate
from lawengine.columns.lines import Lines
from lawengine.columns.table import Array, Flags, Table
from lawengine.columns.values import OPEN, Held
from lawengine.columns.writing import ColumnWriter
from lawengine.compiled.index import CHAIN, attached, conditions, parts_of
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind

_KINDS = (Kind.MONEY, Kind.COUNT, Kind.DATE)
_STEPS = {
    e.Comparison.EQUAL: (-1, 0, 1),
    e.Comparison.UNEQUAL: (-1, 0, 1),
    e.Comparison.AT_LEAST: (-1, 0),
    e.Comparison.LESS: (-1, 0),
    e.Comparison.AT_MOST: (0, 1),
    e.Comparison.MORE: (0, 1),
}
"""Beside its end, what lies on either side of a comparison."""
_TURNED = {
    e.Comparison.AT_LEAST: e.Comparison.AT_MOST,
    e.Comparison.AT_MOST: e.Comparison.AT_LEAST,
    e.Comparison.LESS: e.Comparison.MORE,
    e.Comparison.MORE: e.Comparison.LESS,
}

Ints: TypeAlias = NDArray[np.int64]
Reads: TypeAlias = dict[str, list[tuple[e.Expression, tuple[int, ...]]]]
"""With what each fact is compared, and how far beside it values are tried."""
Key: TypeAlias = tuple[str, tuple[tuple[str, Held], ...]]
Function: TypeAlias = Callable[
    [Mapping[str, Array], Mapping[str, Flags], int], Sequence[Array | int]
]
"""Columns and where they are known in, the ends of comparisons out."""


@dataclass(frozen=True, slots=True)
class End:
    """What a fact is compared with, how far beside it a value is tried, under the law of a day.

    Units: `step` counts fen, days or pieces, as the fact does; `day` is the path of the fact whose
    day picks the figures.
    """

    what: e.Expression
    step: int
    day: str


@dataclass(slots=True, repr=False)
class Cuts:
    """Knows which facts rules only compare, and finds values of theirs that stand for all others.

    `ends` holds, by the path of each such fact, what it is compared with. Law: all that the day of
    discovery decides is whether the term of limitation had run out (APL-2021 art 36).
    """

    rulebook: Rulebook
    gate: Gate
    ends: dict[str, list[End]] = field(default_factory=dict)
    _needs: dict[str, frozenset[str]] = field(default_factory=dict)
    _made: dict[Key, Function] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look through the rules once."""
        versions = [v for rule in self.rulebook.rules.values() for v in rule.versions]
        asked = [x for v in versions for x in (*conditions(v), *attached(v))]
        compared = _compared(parts_of(asked, self.rulebook))
        for path in self._paths():
            found: list[End] = []
            for what, steps in compared.get(path, ()):
                ends = (End(what, step, day) for day in self._days(what) for step in steps)
                found += [end for end in ends if end not in found]
            if found:
                self.ends[path] = found
                parts = parts_of((end.what for end in found), self.rulebook)
                days = (end.day for end in found)
                self._needs[path] = frozenset([*map(_path, parts), *days])

    def _paths(self) -> Iterator[str]:
        """Yield the facts that could be cut: of case, party and act, bounding no other one."""
        days = (self.gate.days.conduct, self.gate.days.decision)
        bounds = (part for fact in self.gate.read for part in (*fact.low, *fact.high))
        bounding = {*days, *map(_path, bounds)}
        for fact in self.gate.read:
            cut = fact.entity in CHAIN and fact.type.kind in _KINDS and not fact.goes_on_file
            if cut and fact.path not in bounding:
                yield fact.path

    def _days(self, what: e.Expression) -> Sequence[str]:
        """Return the days whose law may say what a fact is compared with."""
        days = self.gate.days
        parts = parts_of([what], self.rulebook)
        if days.decision != days.conduct and any(isinstance(p, e.ParameterValue) for p in parts):
            return (days.conduct, days.decision)
        return (days.conduct,)

    def number(self, path: str) -> int:
        """Return how many values stand for all others; 0 where no number of them does."""
        return len(self.ends.get(path, ()))

    def points(self, path: str, table: Table) -> Ints:
        """Return values of a fact for each row that stand for all others.

        Units: fen, days since 1970 or pieces, as in the columns of a table.
        Edges: what is compared with something that is not known stays open whatever the value.
        Shapes: a row for each of the table, no more columns than `number` says.
        """
        admitted = self.gate.admit(table)
        held = {name: found for name, found in admitted.held.items() if name in self._needs[path]}
        key = (path, tuple(held.items()))
        if key not in self._made:
            self._made[key] = self._write(path, held)
        found = self._made[key](admitted.columns, admitted.known, table.rows)
        columns: dict[bytes, Ints] = {}
        for end, value in zip(self.ends[path], found, strict=True):
            values = np.full(table.rows, value, np.int64) + end.step
            column = self._inside(path, table, values)
            columns[column.tobytes()] = column
        return np.stack(list(columns.values()), axis=1)

    def _write(self, path: str, held: Mapping[str, Held]) -> Function:
        """Return the function that works out the ends."""
        lines = Lines()
        texts = ""
        for end in self.ends[path]:
            seen = ColumnWriter(lines, self.rulebook, held, end.day, lambda _: OPEN)
            texts += f"{seen.number(end.what).text}, "
        lines.source.add(1, f"return ({texts})")
        return lines.function("ends(c, k, n)")

    def _inside(self, path: str, table: Table, values: Ints) -> Ints:
        """Return values moved to the nearest one that the bounds of the fact allow in its row."""
        low, high = self.gate.ends(path)
        for end, others, moved in (
            (low, self.gate.below(path), np.maximum), (high, self.gate.above(path), np.minimum),
        ):  # fmt: skip
            if end is not None:
                values = moved(values, end)
            for other in others:
                column = table.columns.get(other)
                if column is not None:
                    found = moved(values, column.values)
                    known = column.known
                    values = found if known is None else np.where(known, found, values)
        return values


def _path(part: e.Expression) -> str:
    return f"{part.entity}.{part.fact}" if isinstance(part, e.FactOf) else ""


def _compared(parts: Iterable[e.Expression]) -> Reads:
    """Return with what facts are compared of which rules ask nothing else, and how."""
    asked: dict[str, int] = {}
    found: Reads = {}
    for part in parts:
        if path := _path(part):
            asked[path] = asked.get(path, 0) + 1
        if isinstance(part, e.Compared):
            turned = _TURNED.get(part.comparison, part.comparison)
            for fact, what, sign in (
                (part.left, part.right, part.comparison),
                (part.right, part.left, turned),
            ):
                if path := _path(fact):
                    found.setdefault(path, []).append((what, _STEPS[sign]))
    return {path: ends for path, ends in found.items() if asked[path] == len(ends)}
