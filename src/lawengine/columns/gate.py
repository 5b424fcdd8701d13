"""Reads columns before the plan does: what it may rely on, and the rows that break a bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lawengine.columns.ranges import Range, widened
from lawengine.columns.sides import Days
from lawengine.columns.table import Array, Column, Flags, Table
from lawengine.columns.values import Held
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

    `left` masks the rows of which the day of the conduct or the decision is unknown; `dated` tells
    that there are columns for both.
    """

    columns: dict[str, Array]
    known: dict[str, Flags]
    held: dict[str, Held]
    left: Flags
    dated: bool


@dataclass(slots=True)
class Gate:
    """Knows which facts the rules read."""

    rulebook: Rulebook
    days: Days = field(init=False)
    read: tuple[Fact, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read the rulebook once."""
        roles = self.rulebook.roles
        picks = [roles.get(Role.CONDUCT_DATE), roles.get(Role.DECISION_DATE)]
        self.days = Days(*(fact.path if fact is not None else "" for fact in picks))
        self.read = self._facts_read()

    def _facts_read(self) -> tuple[Fact, ...]:
        """Return the facts that any rule reads, those that bound them and the two days."""
        rulebook = self.rulebook
        paths = {self.days.conduct, self.days.decision}
        versions = [v for rule in rulebook.rules.values() for v in rule.versions]
        for part in parts_of(
            (x for v in versions for x in (*conditions(v), *attached(v))), rulebook
        ):
            if isinstance(part, e.FactOf):
                paths.add(f"{part.entity}.{part.fact}")
        facts = {fact.path: fact for fact in rulebook.vocabulary.facts()}
        for path in list(paths):
            bounds = (*facts[path].low, *facts[path].high) if path in facts else ()
            paths |= {f"{b.entity}.{b.fact}" for b in bounds if isinstance(b, e.FactOf)}
        return tuple(fact for path, fact in facts.items() if path in paths)

    def admit(self, table: Table) -> Admitted:
        """Return the columns of a chunk, ready for a plan."""
        found = Admitted({}, {}, {}, np.zeros(table.rows, np.bool_), self._dated(table.columns))
        if not table.rows:
            return found
        for fact in self.read:
            column = table.columns.get(fact.path)
            if column is not None:
                self._add(fact, column, found)
        return found

    def _dated(self, columns: Mapping[str, Column]) -> bool:
        return self.days.conduct in columns and self.days.decision in columns

    def _add(self, fact: Fact, column: Column, found: Admitted) -> None:
        values, known = column.values, column.known
        if known is not None and known.all():
            known = None
        elif known is not None and fact.presumption is not None:
            values = values | ~known if fact.presumption.value else values & known
            known = None
        elif known is not None and not known.any():
            return  # unknown in every row, as without a column
        if known is not None and fact.path in (self.days.conduct, self.days.decision):
            found.left[~known] = True
            known = None
        # INVARIANT: cells that are not known are measured too, so that no table of days is left.
        span = self._range(fact, values)
        found.columns[fact.path] = values
        if known is not None:
            found.known[fact.path] = known
        found.held[fact.path] = Held(values.dtype.str[1:], span, known is None)

    def _range(self, fact: Fact, values: Array) -> Range:
        """Return the range that a plan may rely on, which holds every value."""
        match fact.type.kind:
            case Kind.YES_NO:
                return Range(0, 1)
            case Kind.CHOICE:
                return Range(
                    0, len(self.rulebook.vocabulary.choices[fact.type.choices].members) - 1
                )
            case Kind.DATE:
                low, high = int(values.min()), int(values.max())
                return Range(low // SPAN * SPAN, -(-(high + 1) // SPAN) * SPAN)
            case _:
                return widened(Range(int(values.min()), int(values.max())))
