"""Open numbers and days in columns: values of which one lies in each stretch that matters.

Where rules only compare a fact, what follows is the same between two neighbouring ends of its
comparisons. The ends are worked out row by row: a term that begins with the conduct ends on
another day in each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

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
_FIRSTS = {
    e.Comparison.EQUAL: (0, 1),
    e.Comparison.UNEQUAL: (0, 1),
    e.Comparison.AT_LEAST: (0,),
    e.Comparison.LESS: (0,),
    e.Comparison.AT_MOST: (1,),
    e.Comparison.MORE: (1,),
}
"""Beside its end, where a stretch begins in which a comparison says something else."""
_TURNED = {
    e.Comparison.AT_LEAST: e.Comparison.AT_MOST,
    e.Comparison.AT_MOST: e.Comparison.AT_LEAST,
    e.Comparison.LESS: e.Comparison.MORE,
    e.Comparison.MORE: e.Comparison.LESS,
}

Ints: TypeAlias = NDArray[np.int64]
Reads: TypeAlias = dict[str, list[tuple[e.Expression, e.Comparison]]]
"""With what each fact is compared, and how."""
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


class Stretch(NamedTuple):
    """The stretches of a fact in each row; where one has no end, the mask beside it says no.

    Units: fen, days since 1970 or pieces. Shapes: a column for each row of the table, as many rows
    as there are stretches; where there are fewer, one stands there again.
    """

    low: Ints
    has_low: Flags
    high: Ints
    has_high: Flags


@dataclass(slots=True, repr=False)
class Cuts:
    """Knows which facts rules compare, and finds values or stretches that stand for all others.

    `ends` holds, by the path of each fact that rules only compare, what it is compared with;
    `firsts`, for each that they do more with, where stretches begin. Law: all that the day of
    discovery decides is whether the term of limitation had run out (APL-2021 art 36).
    """

    rulebook: Rulebook
    gate: Gate
    ends: dict[str, list[End]] = field(default_factory=dict)
    firsts: dict[str, list[End]] = field(default_factory=dict)
    _needs: dict[str, frozenset[str]] = field(default_factory=dict)
    _made: dict[Key, Function] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look through the rules once."""
        versions = [v for rule in self.rulebook.rules.values() for v in rule.versions]
        asked = [x for v in versions for x in (*conditions(v), *attached(v))]
        compared, more = _compared(parts_of(asked, self.rulebook))
        for path in self._paths():
            reads = compared.get(path, ())
            steps, kept = (_FIRSTS, self.firsts) if path in more else (_STEPS, self.ends)
            found: list[End] = []
            for what, sign in reads:
                ends = (End(what, by, day) for day in self._days(what) for by in steps[sign])
                found += [end for end in ends if end not in found]
            if found:
                kept[path] = found
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

    def reads(self, path: str) -> Sequence[str]:
        """Return the facts that its values or stretches hang on, the fact itself among them."""
        limits = self.gate.limits
        return (path, *self._needs[path], *limits.below(path), *limits.above(path))

    def points(self, path: str, table: Table) -> Ints:
        """Return values of a fact for each row that stand for all others.

        Units: fen, days since 1970 or pieces, as in the columns of a table.
        Edges: what is compared with something that is not known stays open whatever the value.
        Shapes: a column for each row of the table, no more rows than `number` says.
        """
        found: dict[bytes, Ints] = {}
        for values in self._worked_out(path, self.ends[path], table):
            inside = self._inside(path, table, values)
            found[inside.tobytes()] = inside
        return np.stack(list(found.values()))

    def begun(self, path: str, table: Table) -> Ints:
        """Return where stretches of a fact begin, for each of `firsts` in each row of the table."""
        return np.stack(self._worked_out(path, self.firsts[path], table))

    def stretches(self, path: str, which: Sequence[int], table: Table) -> Stretch:
        """Return the stretches of a fact between some of its `firsts`, one more than these."""
        low, has_low = self._bound(path, table, is_low=True)
        high, has_high = self._bound(path, table, is_low=False)
        least = np.where(has_low, low, np.iinfo(np.int64).min)
        most = np.where(has_high, high, np.iinfo(np.int64).max)
        begun = np.sort(self.begun(path, table)[list(which)], axis=0)
        starts = np.maximum(np.concatenate([least[None], begun]), least)
        ends = np.minimum(np.concatenate([begun - 1, most[None]]), most)
        there = starts <= ends
        few = np.flatnonzero(~there.all(axis=0))
        if few.size:
            some = np.argmax(there[:, few], axis=0)
            for each in (starts, ends):
                each[:, few] = np.where(there[:, few], each[:, few], each[some, few])
        return Stretch(starts, has_low | (starts > least), ends, has_high | (ends < most))

    def _worked_out(self, path: str, ends: Sequence[End], table: Table) -> list[Ints]:
        """Return what the ends of comparisons come to in each row."""
        needed = {name: table.columns[name] for name in table.columns if name in self._needs[path]}
        admitted = self.gate.admit(Table(needed, table.rows))
        key = (path, tuple(admitted.held.items()))
        if key not in self._made:
            self._made[key] = self._write(ends, admitted.held)
        found = self._made[key](admitted.columns, admitted.known, table.rows)
        return [
            np.full(table.rows, value, np.int64) + end.step
            for end, value in zip(ends, found, strict=True)
        ]

    def _write(self, ends: Sequence[End], held: Mapping[str, Held]) -> Function:
        """Return the function that works out the ends."""
        lines = Lines()
        texts = ""
        for end in ends:
            seen = ColumnWriter(
                lines, self.rulebook, held, end.day, lambda _: OPEN, self.gate.limits
            )
            texts += f"{seen.number(end.what).text}, "
        lines.source.add(1, f"return ({texts})")
        return lines.function("ends(c, k, n)")

    def _inside(self, path: str, table: Table, values: Ints) -> Ints:
        """Return values moved to the nearest one that the bounds of the fact allow in its row."""
        for is_low, moved in ((True, np.maximum), (False, np.minimum)):
            end, there = self._bound(path, table, is_low=is_low)
            values = np.where(there, moved(values, end), values)
        return values

    def _bound(self, path: str, table: Table, *, is_low: bool) -> tuple[Ints, Flags]:
        """Return the least value of a fact in each row, or the greatest, and where there is one."""
        limits = self.gate.limits
        fixed = limits.of(path)[0 if is_low else 1]
        end = np.full(table.rows, 0 if fixed is None else fixed, np.int64)
        there = np.full(table.rows, fixed is not None)
        for other in limits.below(path) if is_low else limits.above(path):
            column = table.columns.get(other)
            if column is None:
                continue
            known = np.ones(table.rows, np.bool_) if column.known is None else column.known
            narrower = column.values > end if is_low else column.values < end
            end = np.where(known & (narrower | ~there), column.values, end)
            there = there | known
        return end, there


def _path(part: e.Expression) -> str:
    return f"{part.entity}.{part.fact}" if isinstance(part, e.FactOf) else ""


def _compared(parts: Iterable[e.Expression]) -> tuple[Reads, frozenset[str]]:
    """Return with what facts are compared, and the facts of which rules ask more than that."""
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
                    found.setdefault(path, []).append((what, sign))
    return found, frozenset(path for path, ends in found.items() if asked[path] != len(ends))
