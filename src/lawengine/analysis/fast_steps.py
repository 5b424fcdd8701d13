"""A sweep over ends of fines: the table is run twice, each step over a row of each class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.analysing import weighing
from lawengine.analysis.classes import Standing, Watcher, by_day
from lawengine.analysis.exact import Scale
from lawengine.analysis.figures import Alike, change, figures
from lawengine.analysis.outcomes import WIDTH, At, Bit, Whole, is_set, outcomes
from lawengine.analysis.result import Change, Figures, Step, Sweep
from lawengine.analysis.running import Asked, Progress, Ran, Running
from lawengine.analysis.sides import Law, Reachable
from lawengine.analysis.steps import Planned
from lawengine.columns import simulating
from lawengine.columns.engine import Simulator
from lawengine.columns.idle import idle_rows
from lawengine.columns.results import Results
from lawengine.columns.table import Table

_EXTRA = 3
"""Numbers at the end of an entry: its class, and what either side of the law takes."""

_NOTHING, _EARLIER, _LATER, _ITSELF = range(4)


@dataclass(slots=True)
class Classed(Running):
    """A run of the law in which each row has a class; the probe is run beside it."""

    probe: Simulator | None = None
    standing: Standing = field(default_factory=Standing)
    watchers: tuple[Watcher, ...] = ()
    sums: Whole = field(default_factory=lambda: np.zeros(WIDTH, object))

    def numbers(
        self, batch: Table, kept: Mapping[str, NDArray[Any]], results: Sequence[Results], start: int
    ) -> Whole:
        """Return the entries of a batch that was answered just now, with the class of each row."""
        assert self.probe is not None  # noqa: S101 - made with the run
        found = Running.numbers(self, batch, kept, results, start)
        moved = self.laws[0].moved(batch)
        probed = outcomes(simulating.answered(self.probe, moved, start))
        self.sums += np.array([int(row.sum()) for row in probed], object)
        idle = idle_rows(moved)
        one, two = (watcher.seen(idle) for watcher in self.watchers)
        marks = by_day(one.marks * np.uint64(3) + two.marks, moved, self.laws[0].rulebook)
        taken = one.taken
        classes = self.standing.classes(moved, marks, one.left | two.left, taken)
        return np.concatenate([found, classes[None, :], taken])


def by_classes(
    path: Path, planned: Planned, asked: Asked, progress: Progress | None
) -> tuple[Ran, Sweep] | None:
    """Return a run of the law and the sweep; None where a row cannot stand for its class.

    Raises:
        TableError, RefusedError: as for any run.
    """
    law, probe = planned.law, planned.probe()
    if probe is None:
        return None
    running = Classed([law], asked, standings=False)
    running.probe = Simulator(planned.laws[probe].rulebook, law.day is None, standings=False)
    running.watchers = Watcher(running.first), Watcher(running.probe)
    ran = running.run(path, progress=progress)
    running.first.watch = None
    stepping = _Stepping(ran, running.first, law, running.standing)
    if not stepping.true_of(law, None) or not stepping.true_of(planned.laws[probe], running.sums):
        return None
    steps = []
    for number, (place, step) in enumerate(zip(planned.places, planned.laws, strict=True)):
        told = stepping.step(step)
        if told is None:
            return None
        steps.append(Step(place, planned.identity(number), *told))
    axes = tuple(one.axis for one in planned.moved)
    alike = ran.rows - stepping.table.rows
    return ran, Sweep(axes, stepping.law_figures, tuple(steps), asked.weights, alike)


class _Stepping:
    """Answers steps over one row of each class, and tells them over all kinds of rows."""

    def __init__(self, ran: Ran, simulator: Simulator, law: Law, standing: Standing) -> None:
        self.ran, self.simulator, self.law = ran, simulator, law
        self.table, self.alone = standing.table(), standing.alone()
        self.taken: Whole = np.array(standing.taken, np.int64).T
        self.base = simulator.answer(self.table)
        numbers = ran.kinds.numbers
        self.before = ran.layout.side(numbers, 0)
        self.classes, self.earlier, self.later = numbers[-_EXTRA:]
        self.scale = weighing(ran, weighted=ran.layout.weighted)
        self.law_figures = figures(self.before, self.scale)
        self.by_class = _summed(self.classes, self.scale, self.table.rows)

    def true_of(self, law: Law, sums: Whole | None) -> bool:
        """Tell whether the classes give what the rows one by one gave: all, or their sums."""
        found = self.spread(self._of_classes(law))
        if found is None:
            return False
        if sums is None:
            return bool((found == self.before).all())
        rows = self.ran.kinds.rows
        ends = (At.LOW, At.HIGH, At.TAKEN_LOW, At.TAKEN_HIGH)
        return all(int((found[at] * rows).sum()) == sums[at] for at in ends)

    def step(self, law: Law) -> tuple[Figures, Change] | None:
        """Return what a step comes to, or None where a row cannot stand for its class."""
        found = self._of_classes(law)
        after = self.spread(found)
        if after is None:
            return None
        same = (after[At.TAKEN_LOW :] == self.before[At.TAKEN_LOW :]).all()
        alike = Alike(
            outcomes(self.base), found, self.by_class,
            self.law_figures.confiscation if same and self._open_alike(after) else None,
        )  # fmt: skip
        return (
            figures(after, self.scale, alike), change(self.before, after, self.scale, alike)
        )  # fmt: skip

    def _open_alike(self, after: Whole) -> bool:
        return bool(
            (
                is_set(after[At.BITS], Bit.TAKEN_OPEN)
                == is_set(self.before[At.BITS], Bit.TAKEN_OPEN)
            ).all()
        )

    def spread(self, found: Whole) -> Whole | None:
        """Return the outcomes of all kinds from those of the classes, None where they give none."""
        taken = found[At.TAKEN_HIGH]
        source = np.select(
            [self.alone, taken == 0, taken == self.taken[0], taken == self.taken[1]],
            [_ITSELF, _NOTHING, _EARLIER, _LATER], -1,
        )  # fmt: skip
        if (source < 0).any():
            return None
        after: Whole = found[:, self.classes]
        whole = after[At.TAKEN_LOW] == after[At.TAKEN_HIGH]
        sums = [np.zeros_like(self.earlier), self.earlier, self.later, after[At.TAKEN_HIGH]]
        after[At.TAKEN_HIGH] = np.choose(source[self.classes], sums)
        after[At.TAKEN_LOW] = np.where(whole, after[At.TAKEN_HIGH], 0)
        return after

    def _of_classes(self, law: Law) -> Whole:
        """Return the outcomes of the rows that stand for their classes; out of reach, the law's."""
        found = outcomes(self.base)
        if law.rulebook is self.law.rulebook:
            return found
        simulator = Simulator(law.rulebook, law.day is None, standings=False)
        layouts = self.simulator.layout, simulator.layout
        reach = Reachable(self.law, law, layouts)
        rows = np.flatnonzero(reach.in_reach(self.table))
        if rows.size:
            columns = {path: one.at(rows) for path, one in self.table.columns.items()}
            some = Table(columns, rows.size)
            results = simulator.answer(some)
            found[:, rows] = outcomes(results, reach.touched(some, (self.base.at(rows), results)))
        return found


def _summed(classes: Whole, scale: Scale, number: int) -> Scale:
    """Return what the rows of each class count together."""
    weights = np.zeros(number, np.int64)
    np.add.at(weights, classes, scale.weights)
    return Scale(weights, scale.unit)
