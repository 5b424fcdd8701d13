"""Lists, benefits and duties of tables: plans for whole chunks, single rows without a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from lawengine.columns.elements import elements_of, line_above, number_path
from lawengine.columns.gate import Admitted, OutOfBounds
from lawengine.columns.idle import row_as_case
from lawengine.columns.limits import Limits
from lawengine.columns.ranges import Range
from lawengine.columns.results import Results
from lawengine.columns.standing import CODES, UNDETERMINED, Standings, StatusWriter
from lawengine.columns.table import Flags, Table
from lawengine.columns.terms import TermTables
from lawengine.columns.values import Held, holds_path
from lawengine.compiled.engine import Engine
from lawengine.compiled.index import CHAIN, mentioned, parts_of
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Role

BACKWARDS = "LAW732"
"""Told of a status that ended before it began."""

Signature = tuple[tuple[str, ...], tuple[tuple[str, Held], ...]]


@dataclass(slots=True, repr=False)
class StatusPlans:
    """Answers the statuses of tables under one rulebook.

    A plan is made for the make of the columns, as plans of rules are. `decided` is the path of the
    day of the decision, `asked` are the statuses that rules ask for.
    """

    exact: Engine
    limits: Limits
    asked: tuple[str, ...]
    decided: str = field(init=False)
    _terms: TermTables = field(init=False)
    _stepped: frozenset[str] | None = None
    _plans: dict[Signature, Standings] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the rulebook once; no code is made yet."""
        fact = self.exact.rulebook.roles.get(Role.DECISION_DATE)
        self.decided = fact.path if fact is not None else ""
        self._terms = TermTables(self.exact.days)

    @property
    def stepped(self) -> frozenset[str]:
        """Return the statuses that hang on a step; only complete files ask for them."""
        if self._stepped is None:
            self._stepped = _by_steps(self.exact.rulebook)
        return self._stepped

    def names(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the statuses that hang on something a table with these columns has."""
        rulebook = self.exact.rulebook
        if not rulebook.statuses:
            return ()
        elements = elements_of(paths, rulebook.vocabulary)
        there = {*CHAIN, *(one.name for one in elements)}
        return tuple(name for name, one in rulebook.statuses.items() if one.entity in there)

    def answer(
        self, admitted: Admitted, held: Mapping[str, Held], table: Table, results: Results
    ) -> None:
        """Write the state of each status in each row, and add columns of what rules ask for.

        Raises:
            OutOfBounds: one is told to have ended before it began.
        """
        names = results.statuses
        if not names:
            return
        alone = admitted.left
        if admitted.complete is not None and not self.stepped.isdisjoint(names):
            alone = alone | admitted.complete
        rows = np.flatnonzero(alone) if admitted.dated else np.arange(table.rows)
        if admitted.dated and rows.size < table.rows:
            self._run(admitted, held, names, results, alone)
        for row in rows.tolist():
            results.states[:, row] = self.exactly(table, row, names)

    def _run(
        self,
        admitted: Admitted,
        held: Mapping[str, Held],
        names: tuple[str, ...],
        results: Results,
        alone: Flags,
    ) -> None:
        size = len(admitted.left)
        known = dict(admitted.known)
        for path, column in held.items():
            if not column.complete and path not in known:
                known[path] = np.ones(size, np.bool_)
        found: dict[str, tuple[Flags, Flags]] = {}
        wrong: list[tuple[str, Flags]] = []
        plan = self._plan(names, held)
        plan(admitted.columns, known, size, results.states, found, wrong)
        for name, mask in wrong:
            mask &= ~alone  # noqa: PLW2901 - the same mask, without rows that go one by one
            if mask.any():
                raise OutOfBounds(name, int(mask.argmax()), int(mask.sum()), BACKWARDS)
        for name, (yes, may) in found.items():
            path = holds_path(name)
            admitted.columns[path] = yes
            sure = yes == may
            admitted.known[path] = sure
            admitted.held[path] = Held("b1", Range(0, 1), complete=bool(sure.all()))

    def _plan(self, names: tuple[str, ...], held: Mapping[str, Held]) -> Standings:
        key = names, tuple(held.items())
        if key not in self._plans:
            writer = StatusWriter(
                self.exact.rulebook, held, self.decided, names, self.asked, self._terms, self.limits
            )
            self._plans[key] = writer.write()
        return self._plans[key]

    def exactly(self, table: Table, row: int, names: tuple[str, ...]) -> list[int]:
        """Return the codes of one row, as the evaluator of single cases tells them.

        Raises:
            OutOfBounds: a status is told to have ended before it began.
        """
        rulebook = self.exact.rulebook
        case = row_as_case(table, row, rulebook)
        told, diagnostics = self.exact.statuses(case)
        if diagnostics:
            path = str(diagnostics[0].words.get("path", ""))
            raise OutOfBounds(path, row, 1, BACKWARDS)
        codes = dict.fromkeys(names, 0)
        for one in told:
            codes[one.lineage.status.name] = CODES[one.state]
        for name in names:
            line = line_above(rulebook.statuses[name].entity, rulebook.vocabulary)
            if any(_unnumbered(entity, table, row) for entity in line):
                codes[name] = UNDETERMINED
        return list(codes.values())


def asked_by_rules(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the lists, benefits and duties that rules ask for."""
    read = [x for rule in rulebook.rules.values() for v in rule.versions for x in mentioned(v)]
    asked = (x.status for x in parts_of(read, rulebook) if isinstance(x, e.StatusHolds))
    rated = {*rulebook.scores, *rulebook.grades}
    return tuple(name for name in dict.fromkeys(asked) if name not in rated)


def _by_steps(rulebook: Rulebook) -> frozenset[str]:
    """Return the statuses that hang on a step; a file complete up to a day could leave it out."""
    steps = {f"{entity}.{step}" for entity, found in rulebook.recorded.items() for step in found}
    asked: dict[str, set[str]] = {}
    for name, status in rulebook.statuses.items():
        read = [status.dated_by, *(x for v in status.versions for x in v.expressions())]
        asked[name] = set()
        for part in parts_of(read, rulebook):
            if isinstance(part, e.FactOf):
                asked[name].add(f"{part.entity}.{part.fact}")
            elif isinstance(part, e.StatusHolds | e.LastDay):
                # Any list, a score or a grade is asked for: it could hang on anything.
                known = part.status in rulebook.statuses
                asked[name] |= {part.status} if known else steps
    found = {name for name, parts in asked.items() if parts & steps}
    while more := {name for name, parts in asked.items() if parts & found} - found:
        found |= more
    return frozenset(found)


def _unnumbered(entity: str, table: Table, row: int) -> bool:
    """Tell whether it is open if there is an element."""
    numbers = table.columns.get(number_path(entity))
    return numbers is not None and numbers.known is not None and not numbers.known[row]
