"""A sweep over figures: the table is run once, and each step over the rows that it reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.analysing import weighing
from lawengine.analysis.exact import Scale
from lawengine.analysis.figures import change, figures
from lawengine.analysis.kinds import Gathering, Kinds
from lawengine.analysis.outcomes import WIDTH, Whole, outcomes
from lawengine.analysis.result import Change, Figures, Step, Sweep
from lawengine.analysis.running import Asked, Progress, Ran, Running
from lawengine.analysis.sides import Law, Reachable, figures_alone
from lawengine.analysis.standings import StandingsCounted, hangs_on
from lawengine.analysis.steps import Planned
from lawengine.columns import simulating
from lawengine.columns.alike import alike
from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results, layout_of
from lawengine.columns.table import Table
from lawengine.columns.unmoved import Unmoved

_AT_ONCE = 20
"""Steps that are run beside each other: each keeps a plan, and the rows that it changes."""


@dataclass(slots=True)
class _Stepping:
    """One step; `unmoved` is None where it moves more than figures.

    `changed` gathers the rows that come to something else: their weight where they have one, the
    outcome under the law, and that of the step.
    """

    law: Law
    reach: Reachable
    unmoved: Unmoved | None
    simulator: Simulator | None = None
    changed: Gathering = field(default_factory=Gathering)


@dataclass(slots=True)
class Paired(Running):
    """A run of the law; beside it each step is answered in the rows that it reaches.

    With `standings` lists, benefits and duties are told at each step too, of every row.
    """

    steps: list[_Stepping] = field(default_factory=list)
    counted: StandingsCounted = field(default_factory=lambda: StandingsCounted(1))
    _told: dict[frozenset[str], Unmoved] = field(default_factory=dict)

    def add(self, law: Law) -> None:
        """Run a step too."""
        figures = figures_alone(self.laws[0], law)
        if figures and figures not in self._told:
            self._told[figures] = self.first.unmoved(figures, statuses=False)
        reach = Reachable(self.laws[0], law, (self.first.layout, layout_of(law.rulebook)))
        self.steps.append(_Stepping(law, reach, self._told.get(figures)))
        self.counted.sides += 1

    def numbers(
        self, batch: Table, kept: Mapping[str, NDArray[Any]], results: Sequence[Results], start: int
    ) -> Whole:
        """Return the entries of a batch that was answered just now, and gather what steps change.

        Raises:
            TableError: a value lies outside the bounds of its fact.
        """
        found = Running.numbers(self, batch, kept, results, start)
        table = self.laws[0].moved(batch)
        admitted = self.first.admitted(table)
        for step in self.steps:
            if step.law.rulebook is self.laws[0].rulebook:
                continue
            if step.unmoved is not None:
                reached = step.unmoved.reached(step.law.rulebook, admitted, table.rows)
            else:
                reached = step.reach.in_reach(table)
            rows = np.flatnonzero(reached)
            if rows.size:
                self._gather(step, table.at(rows), results[0].at(rows), found[:, rows], start)
        if self.standings:
            stood = (self._stood(step, table, results[0], start) for step in self.steps)
            self.counted.add([results[0], *stood])
        return found

    def _stood(self, step: _Stepping, table: Table, base: Results, start: int) -> Results:
        if step.law.rulebook is self.laws[0].rulebook:
            return base
        return simulating.stood(self._of_step(step), table, start)

    def _of_step(self, step: _Stepping) -> Simulator:
        """Return the simulator of a step, made when rows first need it."""
        if step.simulator is None:
            step.simulator = self._simulator(step.law)
        return step.simulator

    def _gather(
        self, step: _Stepping, table: Table, base: Results, entries: Whole, start: int
    ) -> None:
        """Gather the rows among those of a table that come to something else at a step."""
        found = simulating.answered(self._of_step(step), table, start)
        after = outcomes(found, step.reach.touched(table, (base, found)))
        changed = (after != entries[-WIDTH:]).any(axis=0)
        if changed.any():
            step.changed.add(np.concatenate([entries[:, changed], after[:, changed]]))


def by_pairs(
    path: Path, planned: Planned, asked: Asked, progress: Progress | None
) -> tuple[Ran, Sweep]:
    """Return a run of the law and the sweep, a few steps at a time.

    Raises:
        TableError: the file is no table of cases, or a value lies outside its bounds.
        RefusedError: a column that was asked for cannot serve.
    """
    told: list[tuple[Figures, Change]] = []
    found: list[_Telling] = []
    names = [one.axis.name for one in planned.moved if one.bound is None]
    stands = hangs_on(names, planned.law.rulebook)
    counted: StandingsCounted | None = None
    for start in range(0, len(planned.laws), _AT_ONCE):
        running = Paired([planned.law], asked, standings=stands)
        for law in planned.laws[start : start + _AT_ONCE]:
            running.add(law)
        found.append(_Telling(running.run(path, progress=progress)))
        told += [found[-1].step(step.changed) for step in running.steps]
        if counted is None:
            counted = running.counted
        else:
            counted.join(running.counted)
    steps = (
        Step(place, planned.identity(number), *figures_)
        for number, (place, figures_) in enumerate(zip(planned.places, told, strict=True))
    )
    axes = tuple(one.axis for one in planned.moved)
    assert counted is not None  # noqa: S101 - a sweep has two steps at least
    moved = tuple(
        one
        for one in counted.told([planned.law.rulebook])
        if any(side != one.sides[0] for side in one.sides)
    )
    return found[0].ran, Sweep(axes, found[0].of_law, tuple(steps), asked.weights, 0, moved)


@dataclass(slots=True)
class _Telling:
    """Tells what the law comes to, and a step: its kinds of rows, but for those it changes."""

    ran: Ran
    of_law: Figures = field(init=False)

    def __post_init__(self) -> None:
        """Work out the figures of the law."""
        self.of_law = figures(self.ran.kinds.numbers[-WIDTH:], self._scale(self.ran.kinds))

    def step(self, changed: Gathering) -> tuple[Figures, Change]:
        """Return what a step comes to that changes these rows."""
        if not changed:
            nothing = np.empty((WIDTH, 0), np.int64)
            every = self._scale(self.ran.kinds)
            none = Scale(every.weights[:0], every.unit)
            return self.of_law, change(nothing, nothing, none, still=int(every.weights.sum()))
        pairs = changed.kinds()
        before, after = pairs.numbers[:-WIDTH], pairs.numbers[-WIDTH:]
        now = Kinds(np.concatenate([before[:-WIDTH], after]), pairs.rows)
        left = _without(self.ran.kinds, Kinds(before, pairs.rows))
        still = int(self._scale(left).weights.sum())
        whole = Kinds(
            np.concatenate([left.numbers, now.numbers], axis=1),
            np.concatenate([left.rows, now.rows]),
        )
        return (
            figures(whole.numbers[-WIDTH:], self._scale(whole)),
            change(before[-WIDTH:], after, self._scale(now), still=still),
        )

    def _scale(self, kinds: Kinds) -> Scale:
        return weighing(self.ran, weighted=self.ran.layout.weighted, kinds=kinds)


def _without(kinds: Kinds, gone: Kinds) -> Kinds:
    """Return kinds without some of their rows."""
    first, which = alike(np.concatenate([kinds.numbers, gone.numbers], axis=1))
    rows = kinds.rows.copy()
    np.subtract.at(rows, first[which[rows.size :]], gone.rows)
    return Kinds(kinds.numbers[:, rows > 0], rows[rows > 0])
