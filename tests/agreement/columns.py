"""What columns and the evaluator of single cases say of the same rows, put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from lawengine.columns.engine import Simulator
from lawengine.columns.results import FLAGS, Results
from lawengine.columns.rows import Asked, RowEvaluator
from lawengine.columns.table import HELD, Table, as_table
from lawengine.compiled.branches import Three
from lawengine.compiled.engine import Engine
from lawengine.compiled.gate import FactError
from lawengine.compiled.index import CHAIN
from lawengine.evaluation.facts import CaseFacts

TOLD = FLAGS[: FLAGS.index("exempt")]
"""Flags that say what follows; the others say how columns came to it."""
WAYS = ("exactly", "branched")
"""And what one look at the columns left open."""


@dataclass(slots=True)
class ColumnTally:
    """How many rows columns settled, how many of those hit a norm, and what differs.

    `split` counts those that were settled answer by answer, and are not among the settled ones.
    """

    rows: int = 0
    settled: int = 0
    hit: int = 0
    later: int = 0
    split: int = 0
    found: list[str] = field(default_factory=list)

    def __iadd__(self, other: ColumnTally) -> Self:
        for name in ("rows", "settled", "hit", "later", "split"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.found += other.found
        return self


def plain_rows(cases: Iterable[CaseFacts], engine: Engine) -> list[Three]:
    """Return the acts of cases as rows: exact facts, without collections, inside their bounds."""
    found: list[Three] = []
    held = {fact.path for fact in engine.rulebook.vocabulary.facts() if fact.type.kind in HELD}
    for case in cases:
        for facts in engine.facts(case).values():
            one, two, three = (
                {name: value for name, value in part.items() if f"{entity}.{name}" in held}
                for entity, part in zip(CHAIN, facts, strict=True)
            )
            try:
                engine.gate.check(one, two, three)
            except FactError:
                continue
            found.append((one, two, three))
    return found


def told(results: Results, row: int) -> dict[str, object]:
    """Return everything that results say of a row."""
    at = results.at(np.array([row]))
    return {
        "norms": [(results.layout.norms[n].rule, n) for n in results.norms_at(row)],
        "fine": (int(at.fine_low[0]), int(at.fine_high[0]), int(at.choices[0])),
        "confiscated": int(at.confiscated[0]),
        "must": int(at.must()[0]),
        "may": int(at.may()[0]),
        **{flag: bool(at.has(flag)[0]) for flag in TOLD},
    }


@dataclass(slots=True, repr=False)
class Counted(RowEvaluator):
    """Counts the rows that are decided by themselves."""

    singles: int = 0

    def single(self, table: Table, row: int, results: Results) -> Asked:
        self.singles += 1
        return super(Counted, self).single(table, row, results)


def differences(simulator: Simulator, rows: Sequence[Three]) -> ColumnTally:
    """Return what columns settled among the rows, and where single cases say otherwise."""
    table = as_table(rows, simulator.rulebook)
    simulator.splitter.least = 1
    simulator.answer(table)  # what is asked for is learnt, so that next time each row is split
    counted = simulator.rows = Counted(simulator.exact, simulator.layout)
    tally = compared(simulator, table, simulator.answer(table))
    tally.split = tally.rows - tally.settled - counted.singles
    return tally


def compared(simulator: Simulator, table: Table, results: Results) -> ColumnTally:
    """Return the same for results that are there."""
    settled = ~(results.has("exactly") | results.has("branched"))
    meant = Results.empty(table.rows, simulator.layout)
    RowEvaluator(simulator.exact, simulator.layout).answer(table, range(table.rows), meant)
    tally = ColumnTally(
        table.rows, int(settled.sum()), int((results.has("hit") & settled).sum()),
        int((results.has("later") & settled).sum()),
    )  # fmt: skip
    for row in range(table.rows):
        ours, theirs = told(results, row), told(meant, row)
        if settled[row]:
            for way in WAYS:  # single cases look at each other than columns do
                del ours[way], theirs[way]
        tally.found += [
            f"row {row}, {what}: {ours[what]} instead of {theirs[what]}"
            for what in ours
            if ours[what] != theirs[what]
        ]
    return tally
