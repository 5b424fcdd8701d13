"""Collections of orders by the reference evaluator, order by order: the meaning, and slow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Known
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import YES_NO
from lawengine.model.vocabulary import PARTY, ROOT
from lawengine.tables.table import MISSING, Table
from lawengine.tables.totals import Domains


@dataclass(slots=True)
class ByReference:
    """Reads every shop as a case of its own."""

    table: Table
    rulebook: Rulebook
    day: datetime.date
    _rows: list[list[int]] = field(default_factory=list)

    def rows(self) -> list[list[int]]:
        """Return the rows of every shop."""
        self._rows = self._rows or self.table.rows_by_shop()
        return self._rows

    def totals(self, expression: e.Aggregated) -> Domains:
        """Return what the collection comes to for every shop."""
        return Domains([evaluate(expression, view).domain for view in self._views()])

    def missing(self, fact: str) -> Sequence[int]:
        """Return, for every shop, of how many orders a fact is not known."""
        column = self.table.columns.get(fact)
        if column is None:
            return self.sizes()
        numbers = column.numbers
        return [sum(numbers[row] == MISSING for row in rows) for rows in self.rows()]

    def sizes(self) -> Sequence[int]:
        """Return how many orders every shop has."""
        return [len(rows) for rows in self.rows()]

    def _views(self) -> Iterator[View]:
        vocabulary = self.rulebook.vocabulary
        for shop, rows in enumerate(self.rows()):
            case = self.table.case(shop, self.day, vocabulary, rows)
            yield view_of(case, self.rulebook, self.day)


def view_of(case: CaseFacts, rulebook: Rulebook, day: datetime.date) -> View:
    """Return what a condition sees of a case of one party, with the figures of `day`."""
    party = case.root.children[PARTY][0]
    instances = {ROOT: case.root, PARTY: party}
    entries = prepare(case, rulebook).entries
    return View(rulebook, instances, Known(day), None, _no_rules, entries, "", {})


def _no_rules(_rule: str) -> Finding:
    """Return that nothing is known: a watch asks no rules."""
    return Finding(e.Constant(value=True, type=YES_NO), UNKNOWN)
