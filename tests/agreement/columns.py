"""What columns and the evaluator of single cases say of the same rows, put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from lawengine.columns.engine import Simulator
from lawengine.columns.results import FLAGS, Results
from lawengine.columns.rows import RowEvaluator
from lawengine.columns.table import Table, as_table
from lawengine.compiled.branches import Three
from lawengine.compiled.engine import Engine
from lawengine.compiled.gate import FactError
from lawengine.evaluation.facts import CaseFacts

TOLD = tuple(flag for flag in FLAGS[: FLAGS.index("exempt")] if flag not in ("exactly", "branched"))
"""Flags that say what follows; the others say how columns came to it."""


@dataclass(slots=True)
class ColumnTally:
    """How many rows columns settled, how many of those hit a norm, and what differs."""

    rows: int = 0
    settled: int = 0
    hit: int = 0
    later: int = 0
    found: list[str] = field(default_factory=list)

    def __iadd__(self, other: ColumnTally) -> Self:
        for name in ("rows", "settled", "hit", "later"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.found += other.found
        return self


def plain_rows(cases: Iterable[CaseFacts], engine: Engine) -> list[Three]:
    """Return the acts of cases as rows: exact facts, without collections, inside their bounds."""
    found: list[Three] = []
    for case in cases:
        for facts in engine.facts(case).values():
            one, two, three = (
                {name: value for name, value in part.items() if not name.startswith("*")}
                for part in facts
            )
            table = as_table([(one, two, three)], engine.rulebook)
            try:
                engine.gate.check(*table.facts(0, engine.rulebook))
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


class Marked(RowEvaluator):
    """Only marks the rows that columns leave: single cases are asked about the others here."""

    def answer(self, _: Table, rows: Iterable[int], results: Results) -> None:
        places = np.fromiter(rows, np.intp)
        results.codes[:, places] = 0
        results.codes[0, places] = self.layout.word(self.layout.flag("exactly"))


def differences(simulator: Simulator, rows: Sequence[Three]) -> ColumnTally:
    """Return what columns settled among the rows, and where single cases say otherwise."""
    table = as_table(rows, simulator.rulebook)
    simulator.rows = Marked(simulator.exact, simulator.layout)
    return compared(simulator, table, simulator.answer(table))


def compared(simulator: Simulator, table: Table, results: Results) -> ColumnTally:
    """Return the same for results that are there."""
    settled = ~(results.has("exactly") | results.has("branched"))
    meant = Results.empty(table.rows, simulator.layout)
    places = np.flatnonzero(settled)
    RowEvaluator(simulator.exact, simulator.layout).answer(table, places, meant)
    tally = ColumnTally(
        table.rows, places.size, int(results.has("hit")[places].sum()),
        int(results.has("later")[places].sum()),
    )  # fmt: skip
    for row in places.tolist():
        ours, theirs = told(results, row), told(meant, row)
        tally.found += [
            f"row {row}, {what}: {ours[what]} instead of {theirs[what]}"
            for what in ours
            if ours[what] != theirs[what]
        ]
    return tally
