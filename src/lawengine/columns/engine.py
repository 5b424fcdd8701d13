"""The columnar evaluator: a table in chunks through generated code, what is open after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from lawengine.columns.arithmetic import every_row
from lawengine.columns.cutting import Cuts
from lawengine.columns.gate import Admitted, Gate, OutOfBounds
from lawengine.columns.idle import idle_rows, without_acts
from lawengine.columns.lighter import Changed, Weigher, write_changed
from lawengine.columns.results import Layout, Results, layout_of
from lawengine.columns.rows import RowEvaluator
from lawengine.columns.settling import Settler
from lawengine.columns.sides import EITHER, Hit, Rows, Said, Side, SideWriter, Stated
from lawengine.columns.splitting import Splitter
from lawengine.columns.statuses import StatusPlans, asked_by_rules
from lawengine.columns.table import Array, Flags, Table, cells, joined
from lawengine.columns.unmoved import Unmoved
from lawengine.columns.values import Held
from lawengine.columns.waiting import waiting_rules
from lawengine.compiled.engine import Engine
from lawengine.compiled.shapes import Scales
from lawengine.evaluation.states import LawTime
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Fact
from lawengine.registers.terms import DayRules

CHUNK = 1 << 17
"""Rows of a chunk: its columns fit into the caches. Measured on workload W: chunks of half the size
take a tenth longer, of an eighth half as long again; larger ones gain nothing and take memory."""

MOST = 1 << 63
"""Sums of a row lie below this, or the rows are decided one by one."""

Signature: TypeAlias = frozenset[tuple[str, Held]]
Changes: TypeAlias = Callable[[Mapping[str, Array], int], tuple[Flags | None, Flags | None]]


@dataclass(slots=True, repr=False)
class Plan:
    """The functions for columns of one make; `gaps` are those that may have unknown cells."""

    earlier: Side
    later: Side | None
    changes: Changes | None
    settler: Settler
    weigher: Weigher | None
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a plan found in a chunk before it was weighed and settled.

    `changed` masks the rows for which the later law was asked; `left` those that are open, `alone`
    those of them that only single cases settle; `plan` is None where all are; `waits` as in `Said`.
    """

    plan: Plan | None
    earlier: Sequence[Hit]
    later: Said | None
    changed: Flags | None
    left: Flags
    alone: Flags
    waits: Mapping[str, Flags] = field(default_factory=dict)


@dataclass(slots=True, repr=False)
class Simulator:
    """Answers tables of cases under one rulebook, as the evaluators of single cases do.

    A plan is made for the ranges and the gaps that the columns have; a chunk that goes beyond them
    gets a wider one. What a plan cannot settle is answered for each value of what is open, or row
    by row. `watch` is told of each chunk, in order. Without `standings` lists, benefits and duties
    are left out, unless rules ask for one.
    """

    rulebook: Rulebook
    lighter: bool = True
    chunk: int = CHUNK
    days: DayRules | None = None
    made: int = 0
    watch: Callable[[Seen], None] | None = None
    standings: bool = True
    exact: Engine = field(init=False)
    layout: Layout = field(init=False)
    rows: RowEvaluator = field(init=False)
    splitter: Splitter = field(init=False)
    statuses: StatusPlans = field(init=False)
    _gate: Gate = field(init=False)
    _waiting: frozenset[str] = field(init=False)
    _plans: dict[Signature, Plan | None] = field(default_factory=dict)
    _scales: Scales = field(default_factory=Scales)
    _held: dict[str, Held] = field(default_factory=dict)
    _last: tuple[dict[str, Held], Plan | None] | None = None

    def __post_init__(self) -> None:
        """Read the rulebook once; no code is made yet."""
        self.exact = Engine(self.rulebook, self.lighter, self.days)
        self.layout = layout_of(self.rulebook)
        self.rows = RowEvaluator(self.exact, self.layout)
        pivot = self.exact.index.pivot
        path = pivot.path if pivot is not None else ""
        asked = asked_by_rules(self.rulebook)
        self.standings |= bool(asked)
        self._gate = Gate(self.rulebook, statuses=self.standings)
        cuts = Cuts(self.rulebook, self._gate)
        self.splitter = Splitter(self.rulebook, path, self.chunk, cuts, self._answered)
        self.statuses = StatusPlans(self.exact, self._gate.limits, asked)
        self._waiting = waiting_rules(self.rulebook, self._gate.days)

    @property
    def read(self) -> tuple[Fact, ...]:
        """Return the facts that rules read."""
        return self._gate.read

    def admitted(self, table: Table) -> Admitted:
        """Return the columns of a table as rules read them.

        Raises:
            OutOfBounds: a value lies outside the bounds that the vocabulary sets.
        """
        return self._gate.admit(table)

    def unmoved(self, figures: frozenset[str], *, statuses: bool = True) -> Unmoved:
        """Return what tells the rows that rulebooks which differ in some figures can reach.

        Without `statuses` lists, benefits and duties count only where rules ask for one.
        """
        asked = statuses or bool(self.statuses.asked)
        return Unmoved(self.rulebook, self._gate, figures, asked)

    def answer(self, table: Table) -> Results:
        """Return what follows in every row.

        Raises:
            OutOfBounds: a value lies outside the bounds that the vocabulary sets.
        """
        return self._by_acts(table, self._answer)

    def stand(self, table: Table) -> Results:
        """Return the state of each list, benefit and duty in every row, and nothing of rules.

        Raises:
            OutOfBounds: a value lies outside the bounds that the vocabulary sets.
        """
        return self._by_acts(table, self._standing)

    def _by_acts(self, table: Table, answer: Callable[[Table], Results]) -> Results:
        """Return answers to the rows of acts, and of the others what follows for their party."""
        idle = idle_rows(table)
        if idle is None:
            return answer(table)
        acting, resting = np.flatnonzero(~idle), np.flatnonzero(idle)
        found = self._empty(table)
        days = self._gate.days
        for rows, some, told in (
            (acting, table.at(acting), answer),
            (resting, without_acts(table, resting, days.conduct, days.decision), self._standing),
        ):
            try:
                found = found.with_rows(rows, told(some))
            except OutOfBounds as error:
                row = int(rows[error.row])
                raise OutOfBounds(error.path, row, error.number, error.code) from None
        return found

    def _empty(self, table: Table) -> Results:
        names = self.statuses.names(table.columns) if self.standings else ()
        return Results.empty(table.rows, self.layout, names)

    def _standing(self, table: Table) -> Results:
        """Return the lists, benefits and duties in rows; nothing else follows."""
        results = self._empty(table)
        for start in range(0, table.rows, self.chunk):
            rows = slice(start, min(start + self.chunk, table.rows))
            try:
                self._stand(table.part(rows), results.part(rows))
            except OutOfBounds as error:
                raise error.further(start) from None
        return results

    def _answer(self, table: Table) -> Results:
        """Return what follows in every row, each of an act."""
        results = self._empty(table)
        left: list[tuple[Rows, Table]] = []
        for start in range(0, table.rows, self.chunk):
            rows = slice(start, min(start + self.chunk, table.rows))
            part = table.part(rows)
            try:
                some = self._chunk(part, results.part(rows))
            except OutOfBounds as error:
                raise error.further(start) from None
            if some.size:
                # Taken out at once: the columns of the chunk are in the caches now.
                left.append((some + start, part.at(some)))
            if sum(some.size for some, _ in left) >= self.chunk:
                self._split(left, results)
                left = []
        self._split(left, results)
        return results

    def _chunk(self, table: Table, results: Results) -> Rows:
        """Write what follows in the rows of a chunk, but for those that answers may settle.

        These are returned: of several chunks together they are answered in fewer runs.
        """
        admitted = self._stand(table, results)
        seen = self._seen(admitted, table, results)
        if self.watch is not None:
            self.watch(seen)
        self.rows.answer(table, np.flatnonzero(seen.alone), results)
        return np.flatnonzero(seen.left & ~seen.alone)

    def _stand(self, table: Table, results: Results) -> Admitted:
        """Write the states of lists, benefits and duties, and return the columns as admitted."""
        admitted = self._gate.admit(table)
        if results.statuses:
            wide = self._wider({**admitted.held, **admitted.more})
            self.statuses.answer(admitted, wide, table, results)
        return admitted

    def _split(self, left: Sequence[tuple[Rows, Table]], results: Results) -> None:
        """Write what follows in the rows that chunks left, answer by answer."""
        if left:
            table = joined([part for _, part in left])
            told = Results.empty(table.rows, self.layout)
            self.splitter.settle(table, told, lambda row: self.rows.single(table, row, told))
            results.tell(np.concatenate([rows for rows, _ in left]), told)

    def _seen(self, admitted: Admitted, table: Table, results: Results) -> Seen:
        """Write what the plan for columns of this make settles."""
        plan = self._plan(admitted.held) if admitted.dated else None
        if plan is None:
            every = np.ones(table.rows, np.bool_)
            return Seen(None, (), None, None, every, every)
        known = admitted.known
        known |= {path: every_row(table.rows) for path in plan.gaps if path not in known}
        return self._run(plan, admitted.columns, known, results, admitted.left)

    def _answered(self, table: Table, results: Results) -> tuple[Flags, Flags]:
        """Write what follows in rows that stand for answers; see `splitting.Run`."""
        admitted = self._gate.admit(table)
        # Few rows leave now this fact open in all of them, now that one: a plan serves them all.
        for path in (fact.path for fact in self._gate.read):
            if path in table.columns and path in self._held and path not in admitted.held:
                admitted.add_unknown(path, self._held[path])
        seen = self._seen(admitted, table, results)
        broken = np.zeros(table.rows, np.bool_)
        if seen.plan is not None:
            shapes, penal = seen.plan.settler.shapes, self.rulebook.penal
            for place, rows, *_ in seen.earlier:
                if shapes[place].rule.name in penal:
                    broken[rows] = True
        return seen.left, broken

    def _run(
        self,
        plan: Plan,
        columns: Mapping[str, Array],
        known: Mapping[str, Flags],
        results: Results,
        left: Flags,
    ) -> Seen:
        size = len(left)
        alone = left.copy()
        changed = later = None
        if plan.changes is not None:
            changed, open_ = plan.changes(columns, size)
            if open_ is not None:
                left |= open_
                alone |= open_
        if plan.later is not None and changed is not None and changed.any():
            rows = np.flatnonzero(changed)
            later = plan.later(_at(columns, rows), _at(known, rows), rows.size, {})
            later = _spread(later, rows, size, self.rulebook)
        states = later.states if later is not None else _none(plan, self.rulebook, size)
        said = plan.earlier(columns, known, size, states)
        left |= said.left
        alone |= said.alone
        hits = said.hits
        if later is not None:
            # Law: where the law of the conduct gives nothing, a later one is not asked.
            left |= plan.settler.asked(said, later, left)
            alone |= later.alone & left
        if later is not None and plan.weigher is not None and changed is not None:
            what = Changed(changed, columns[self._gate.days.decision], later.kept)
            hits = plan.weigher.apply(hits, later.hits, what, left)
            if said.loose is not None:
                # Which of two laws is lighter is asked of single cases where a sum is open.
                left |= changed & said.loose
                alone |= changed & said.loose
        if said.limits is not None:
            # Of one fine the limit makes nothing else; what the later law has is asked for.
            left |= plan.settler.several(hits, said.limits)
            if changed is not None:
                left |= said.limits & changed
        plan.settler.settle(hits, results, left, said.loose)
        plan.settler.wait(said.waits, results)
        return Seen(plan, said.hits, later, changed, left.copy(), alone, said.waits)

    # --- plans ---

    def _plan(self, held: Mapping[str, Held]) -> Plan | None:
        """Return the plan for columns of this make, wide enough for those seen before too."""
        if self._last is not None and held == self._last[0]:
            return self._last[1]
        found = self._wider(held)
        key = frozenset(found.items())
        if key not in self._plans:
            self._plans[key] = self._make(found)
        self._last = dict(held), self._plans[key]
        return self._plans[key]

    def _wider(self, held: Mapping[str, Held]) -> dict[str, Held]:
        """Return what a plan may rely on that is good for the chunks before too."""
        for path, now in held.items():
            before = self._held.get(path, now)
            if path not in self._held or before.wider(now) != before:
                self._held[path] = before.wider(now)
        complete = all(column.complete for column in held.values())
        found = {}
        for path, now in held.items():
            if not now.complete:
                self._held[path] = self._held[path]._replace(complete=False)
            found[path] = self._held[path]._replace(complete=complete or self._held[path].complete)
        return found

    def _make(self, held: Mapping[str, Held]) -> Plan | None:
        self.made += 1
        days, limits = self._gate.days, self._gate.limits
        index, numbers = self.exact.index, self._scales.numbers
        one = SideWriter(index, held, days, LawTime.CONDUCT, numbers, self._waiting, limits)
        changes = self._changes(one)
        doubtful: frozenset[str] = frozenset()
        if changes is not None:
            asked = SideWriter(index, held, days, LawTime.DECISION, numbers, self._waiting, limits)
            doubtful = asked.doubts()
        one = SideWriter(
            index, held, days, LawTime.CONDUCT, numbers, self._waiting, limits,
            compare=changes is not None, doubtful=doubtful,
        )  # fmt: skip
        earlier = one.write()
        later = None
        if changes is not None:
            two = SideWriter(
                index, held, days, LawTime.DECISION, numbers, self._waiting, limits, one.shapes
            )
            later = two.write()
        if one.shapes.high >= MOST:
            return None  # exact numbers of any size are for the evaluator of single cases
        settler = Settler(self.rulebook, self.layout, one.shapes.known, one.shapes.taken)
        weigher = Weigher(self.rulebook, settler, self._scales) if later is not None else None
        gaps = tuple(path for path, column in held.items() if not column.complete)
        return Plan(earlier, later, changes, settler, weigher, gaps)

    def _changes(self, writer: SideWriter) -> Changes | None:
        """Return the function that tells in which rows the lighter later law must be asked for."""
        if not self.lighter or not self.exact.index.lighter:
            return None
        changed, open_ = write_changed(writer)
        if changed is False and open_ is False:
            return None
        texts = [
            "None" if x is False else "every_row(n)" if x is True else x for x in (changed, open_)
        ]
        writer.lines.source.add(1, f"return {texts[0]}, {texts[1]}")
        return writer.lines.function("changes(c, n)")


def _at(columns: Mapping[str, Array], rows: Rows) -> dict[str, Array]:
    return {path: cells(values, rows) for path, values in columns.items()}


def _spread(said: Said, rows: Rows, size: int, rulebook: Rulebook) -> Said:
    """Return what was said of some rows as said of all."""

    def whole(mask: Flags) -> Flags:
        found = np.zeros(size, np.bool_)
        found[rows] = mask
        return found

    hits = [(shape, rows[some], low, high, taken) for shape, some, low, high, taken in said.hits]
    states = _unsaid(rulebook, size)
    states |= {key: whole(mask) for key, mask in said.states.items()}
    kept = {name: whole(mask) for name, mask in said.kept.items()}
    waits = {key: whole(mask) for key, mask in said.waits.items()}
    return Said(hits, whole(said.left), whole(said.alone), states, kept, waits)


def _none(plan: Plan, rulebook: Rulebook, size: int) -> dict[Stated, Flags]:
    return _unsaid(rulebook, size) if plan.later is not None else {}


def _unsaid(rulebook: Rulebook, size: int) -> dict[Stated, Flags]:
    keys = [(name, which) for name in rulebook.merciful for which in EITHER]
    return dict.fromkeys(keys, np.zeros(size, np.bool_))
