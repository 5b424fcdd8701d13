"""Reads columns before the plan does: what it may rely on, and the rows that break a bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from lawengine.base.errors import LawEngineError
from lawengine.columns.elements import NUMBER, elements_of, number_path
from lawengine.columns.limits import Limits
from lawengine.columns.ranges import Range, widened
from lawengine.columns.sides import Days
from lawengine.columns.table import Array, Column, Flags, Table
from lawengine.columns.values import EXISTS, Held, high_end, low_end
from lawengine.compiled.index import attached, conditions, parts_of
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact, Role

SPAN = 1461
"""Ranges of days are widened to whole spans of so many, so that few plans are made."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The columns that rules read, where they are known, what a plan may rely on of each.

    `held` is of what rules read, `more` of what only lists, benefits and duties read. `left` masks
    the rows of which the day of the conduct or the decision is unknown; `dated` tells that there
    are columns for both. `complete` masks the rows whose file is complete up to a day: there an
    empty cell says that a step was not taken, which columns do not know.
    """

    columns: dict[str, Array]
    known: dict[str, Flags]
    held: dict[str, Held]
    left: Flags
    dated: bool
    more: dict[str, Held] = field(default_factory=dict)
    complete: Flags | None = None

    def add_unknown(self, path: str, seen: Held) -> None:
        """Add a column that is known in no row, of the make that was `seen` of it before."""
        rows = self.left.size
        # INVARIANT: unknown cells lie in the range too, so that no table of days is left.
        self.columns[path] = np.full(rows, seen.range.low, seen.width)
        self.known[path] = np.zeros(rows, np.bool_)
        self.held[path] = seen._replace(complete=False)


class OutOfBounds(LawEngineError):  # noqa: N818 - it says what the value is
    """A value of a column that cannot be; `row` counts from 0.

    `path` names the fact, or (for an ending before the beginning) the list, benefit or duty;
    `code` is that of the message: beyond the bounds of the vocabulary, unless another one is given.
    """

    def __init__(self, path: str, row: int, number: int, code: str = "LAW656") -> None:
        self.path, self.row, self.number, self.code = path, row, number, code
        super().__init__(f"`{path}` cannot be in row {row + 1}: {code}")

    def __reduce__(self) -> tuple[type[OutOfBounds], tuple[str, int, int, str]]:
        """Return what another process makes the same of."""
        return type(self), (self.path, self.row, self.number, self.code)

    def further(self, rows: int) -> OutOfBounds:
        """Return the same for a table that has so many rows more in front."""
        return OutOfBounds(self.path, rows + self.row, self.number, self.code)


class _Named(NamedTuple):
    """A fact, its path, and those of the columns that say between what it lies where it is open."""

    fact: Fact
    path: str
    ends: tuple[str, str]

    @classmethod
    def of(cls, fact: Fact) -> _Named:
        """Return a fact with its paths: they are asked for in every chunk."""
        return cls(fact, fact.path, (low_end(fact.path), high_end(fact.path)))


_YES_NO = Held("b1", Range(0, 1), complete=True)
_FEW = 1 << 12
"""In so few rows it pays to look which choices occur: a plan is written for these alone, so that
rules for other kinds of conduct cost nothing."""


@dataclass(slots=True, repr=False)
class Gate:
    """Knows which facts the rules read, and which more the `statuses` do, where they are asked."""

    rulebook: Rulebook
    statuses: bool = True
    days: Days = field(init=False)
    read: tuple[Fact, ...] = field(init=False)
    more: tuple[Fact, ...] = field(init=False)
    limits: Limits = field(init=False)
    _named: tuple[Sequence[_Named], Sequence[_Named]] = field(init=False)
    _steps_matter: bool = False

    def __post_init__(self) -> None:
        """Read the rulebook once."""
        roles = self.rulebook.roles
        picks = [roles.get(Role.CONDUCT_DATE), roles.get(Role.DECISION_DATE)]
        self.days = Days(*(fact.path if fact is not None else "" for fact in picks))
        versions = [v for rule in self.rulebook.rules.values() for v in rule.versions]
        self.read = self._facts_read(x for v in versions for x in (*conditions(v), *attached(v)))
        statuses = self.rulebook.statuses.values() if self.statuses else ()
        asked = [x for one in statuses for v in one.versions for x in v.expressions()]
        asked += [one.dated_by for one in statuses]
        every = self._facts_read(asked) if asked else ()
        self.more = tuple(fact for fact in every if fact not in self.read)
        self._named = [_Named.of(x) for x in self.read], [_Named.of(x) for x in self.more]
        steps = {f"{of}.{name}" for of, names in self.rulebook.recorded.items() for name in names}
        self._steps_matter = any(steps & read for read in self.rulebook.facts_read.values())
        self.limits = Limits(self.rulebook)

    def _facts_read(self, asked: Iterable[e.Expression]) -> tuple[Fact, ...]:
        """Return the facts that are read, those that bound them and the two days."""
        rulebook = self.rulebook
        paths = {self.days.conduct, self.days.decision}
        for part in parts_of(asked, rulebook):
            if isinstance(part, e.FactOf):
                paths.add(f"{part.entity}.{part.fact}")
        facts = {fact.path: fact for fact in rulebook.vocabulary.facts()}
        for path in list(paths):
            bounds = (*facts[path].low, *facts[path].high) if path in facts else ()
            paths |= {f"{b.entity}.{b.fact}" for b in bounds if isinstance(b, e.FactOf)}
        return tuple(fact for path, fact in facts.items() if path in paths)

    def admit(self, table: Table) -> Admitted:
        """Return the columns of a chunk, ready for a plan."""
        complete = self._complete(table)
        found = Admitted(
            {}, {}, {}, np.zeros(table.rows, np.bool_), self._dated(table.columns),
            complete=complete,
        )  # fmt: skip
        if not table.rows:
            return found
        ends = Ends(table)
        self._check(table, ends, complete)
        for facts, held in zip(self._named, (found.held, found.more), strict=True):
            for one in facts:
                column = table.columns.get(one.path)
                if column is not None:
                    self._add(one, column, found, held, ends)
                for path in one.ends:
                    if path in table.columns:
                        _add_end(path, table.columns[path], found, ends)
        for element in elements_of(table.columns, self.rulebook.vocabulary):
            self._count(element.name, table, found)
        if complete is not None and self._steps_matter:
            found.left[:] |= complete
        return found

    def _complete(self, table: Table) -> Flags | None:
        """Return in which rows the file is complete up to a day."""
        fact = self.rulebook.roles.get(Role.COMPLETE_UNTIL)
        column = table.columns.get(fact.path) if fact is not None else None
        if column is None:
            return None
        return np.ones(table.rows, np.bool_) if column.known is None else column.known

    def _count(self, element: str, table: Table, found: Admitted) -> None:
        """Add how many elements of a kind there are, where a column says it."""
        path = number_path(element)
        numbers = table.columns.get(path)
        if numbers is None:
            found.held[path] = EXISTS
            return
        _need(path, _outside(numbers, 0, 1), table.rows, "LAW730")
        none = numbers.values == 0
        none = none if numbers.known is None else none & numbers.known
        for other, column in table.columns.items():
            entity, _, name = other.partition(".")
            if none.any() and name != NUMBER and entity == element:
                wrong = none if column.known is None else none & column.known
                _need(other, wrong, table.rows, "LAW731")
        found.columns[path] = numbers.values != 0
        known = numbers.known
        if known is not None and not known.all():
            found.known[path] = known
        found.held[path] = Held("b1", Range(0, 1), path not in found.known)

    def _check(self, table: Table, ends: Ends, complete: Flags | None) -> None:
        """Return when every value lies inside its bounds.

        Edges: where the file is `complete`, a step that it leaves out bounds nothing.

        Raises:
            OutOfBounds: one does not.
        """
        for path, low, high in self.limits:
            column = table.columns.get(path)
            if column is not None and not ends.within(path, low, high):
                _need(path, _outside(column, low, high), table.rows)
        for low_path, high_path in self.limits.pairs:
            one, two = table.columns.get(low_path), table.columns.get(high_path)
            if one is not None and two is not None and one.values is not two.values:
                wrong = one.values > two.values
                if wrong.any():
                    for known in (one.known, two.known):
                        wrong = wrong if known is None else wrong & known
                    if complete is not None and (low_path, high_path) in self.limits.over_steps:
                        wrong &= ~complete
                    _need(low_path, wrong, table.rows)

    def _dated(self, columns: Mapping[str, Column]) -> bool:
        return self.days.conduct in columns and self.days.decision in columns

    def _add(
        self, one: _Named, column: Column, found: Admitted, held: dict[str, Held], ends: Ends
    ) -> None:
        fact, path = one.fact, one.path
        values, known = column.values, column.known
        if known is not None and known.all():
            known = None
        if known is None and fact.type.kind is Kind.YES_NO and values.dtype.char == "?":
            # Most columns are of this make.
            found.columns[path], held[path] = values, _YES_NO
            return
        if known is not None and fact.presumption is not None:
            values = values | ~known if fact.presumption.value else values & known
            known = None
        elif known is not None and path in (self.days.conduct, self.days.decision):
            found.left[~known] = True
            known = None
        elif known is not None and not known.any():
            return  # unknown in every row, as without a column
        # INVARIANT: cells that are not known are measured too, so that no table of days is left.
        span = self._range(one, ends)
        found.columns[path] = values
        if known is not None:
            found.known[path] = known
        some = None
        if fact.type.kind is Kind.CHOICE and values.size <= _FEW:
            some = frozenset(np.unique(values).tolist())
        held[path] = Held(values.dtype.str[1:], span, known is None, some)

    def _range(self, one: _Named, ends: Ends) -> Range:
        """Return the range that a plan may rely on, which holds every value."""
        match one.fact.type.kind:
            case Kind.YES_NO:
                return Range(0, 1)
            case Kind.CHOICE:
                return Range(
                    0, len(self.rulebook.vocabulary.choices[one.fact.type.choices].members) - 1
                )
            case Kind.DATE:
                low, high = ends.of(one.path)
                return Range(low // SPAN * SPAN, -(-(high + 1) // SPAN) * SPAN)
            case _:
                return widened(Range(*ends.of(one.path)))


def _add_end(path: str, column: Column, found: Admitted, ends: Ends) -> None:
    """Add from where on, or up to where, an open fact is taken to lie."""
    found.columns[path] = column.values
    complete = column.known is None or bool(column.known.all())
    if column.known is not None and not complete:
        found.known[path] = column.known
    held = Held(column.values.dtype.str[1:], widened(Range(*ends.of(path))), complete)
    found.held[path] = held


class Ends:
    """The least and the greatest value of each column of a chunk, looked for once.

    Edges: the chunk has a row at least; cells that are not known are values like others.
    """

    def __init__(self, table: Table) -> None:
        self._columns = table.columns
        self._found: dict[str, tuple[int, int]] = {}

    def of(self, path: str) -> tuple[int, int]:
        """Return both, of the column of a fact."""
        if path not in self._found:
            values = self._columns[path].values
            self._found[path] = int(values.min()), int(values.max())
        return self._found[path]

    def within(self, path: str, low: int | None, high: int | None) -> bool:
        """Tell whether every value lies between two ends."""
        least, most = self.of(path)
        return (low is None or least >= low) and (high is None or most <= high)


def _outside(column: Column, low: int | None, high: int | None) -> Flags:
    """Return where a column lies outside its ends."""
    wrong = np.zeros(column.values.size, np.bool_)
    if low is not None:
        wrong |= column.values < low
    if high is not None:
        wrong |= column.values > high
    return wrong if column.known is None else wrong & column.known


def _need(path: str, wrong: Flags, rows: int, code: str = "LAW656") -> None:
    number = int(wrong.sum()) if rows else 0
    if number:
        raise OutOfBounds(path, int(wrong.argmax()), number, code)
