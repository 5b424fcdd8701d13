"""Rows that columns do not settle: decided one by one by the evaluator of single cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lawengine.columns.results import (
    BRANCHED,
    ESTABLISHED,
    EXACTLY,
    NONE,
    NOTHING,
    UNDETERMINED,
    Results,
)
from lawengine.columns.settling import KINDS, WORD, Norm
from lawengine.columns.sides import only_effects
from lawengine.columns.table import Table
from lawengine.compiled.engine import Answer, Engine
from lawengine.compiled.outcome import Outcome
from lawengine.deciding.decision import ActDecision, Branch, SanctionOrigin
from lawengine.model.measures import MeasureKind
from lawengine.model.scenarios import RuleState

OPEN = -2
"""A ceiling or a sum that hangs on an unknown fact."""
_PLACES = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(slots=True)
class RowEvaluator:
    """Decides rows by the compiled evaluator, branches where something open matters."""

    exact: Engine
    norms: Sequence[Norm]
    _numbers: dict[tuple[str, object], int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the norms."""
        self._numbers = {
            (norm.rule, norm.version.interval.start): place for place, norm in enumerate(self.norms)
        }

    def answer(self, table: Table, rows: Iterable[int], results: Results) -> None:
        """Write what follows in some rows."""
        for row in rows:
            answer = self.exact.answer(*table.facts(int(row), self.exact.rulebook))
            self._write(answer, int(row), results)

    def _write(self, answer: Answer, row: int, results: Results) -> None:
        results.norms[:, row] = 0
        if answer.outcome is not None:
            self._outcome(answer.outcome, row, results)
        elif answer.decided is not None:
            self._decided(answer.decided, row, results)

    def _outcome(self, outcome: Outcome, row: int, results: Results) -> None:
        lines = outcome.lines()
        low, high, may, _, choices = outcome.fine
        results.by[row] = EXACTLY
        results.state[row] = ESTABLISHED if outcome.hits else NOTHING
        results.fine_low[row] = NONE if low is None else low
        results.fine_high[row] = NONE if high is None else high
        results.fine_may[row] = may
        results.choices[row] = choices
        taken = [line.high for line in lines if line.kind is MeasureKind.CONFISCATE]
        results.confiscated[row] = NONE if None in taken else sum(x or 0 for x in taken)
        must = [line.kind for line in lines if line.mandatory]
        _kinds(must, [line.kind for line in lines], row, results)
        shapes = [shape for shape, _ in (*outcome.hits, *outcome.effects)] if outcome.hits else []
        for shape in shapes:
            self._norm((shape.rule.name, shape.version.interval.start), row, results)
        results.later[row] = any(shape.later for shape, _ in outcome.hits)

    def _norm(self, key: tuple[str, object], row: int, results: Results) -> None:
        number = self._numbers[key]
        results.norms[number // WORD, row] |= np.uint64(1 << (number % WORD))

    def _decided(self, act: ActDecision, row: int, results: Results) -> None:
        branches = act.branches
        results.by[row] = BRANCHED
        found: dict[tuple[str, object], None] = {}
        hit = False
        for branch in branches:
            for rule in branch.rules:
                if rule.state is RuleState.ESTABLISHED and rule.version_from is not None:
                    key = (rule.rule, rule.version_from)
                    found[key] = None
                    hit = hit or not only_effects(self.norms[self._numbers[key]].version)
        results.state[row] = UNDETERMINED if act.undetermined else ESTABLISHED if hit else NOTHING
        for key in found if hit else ():
            self._norm(key, row, results)
        _branches(branches, row, results)


def _branches(branches: Sequence[Branch], row: int, results: Results) -> None:
    """Write the least and the greatest of all branches."""
    fines = [branch.fine for branch in branches]
    lows = [fine.low for fine in fines]
    highs = [fine.high for fine in fines if fine.high is not None]
    high_open = any(fine.high_open for fine in fines)
    results.fine_low[row] = NONE if None in lows else min(x for x in lows if x is not None)
    results.fine_high[row] = OPEN if high_open else max(highs, default=NONE)
    results.fine_may[row] = bool(highs) and any(fine.may or fine.none for fine in fines)
    results.choices[row] = min(max(fine.choices for fine in fines), 255)
    lines = [branch.sanctions for branch in branches]
    taken = [[s.high_fen for s in line if s.kind is MeasureKind.CONFISCATE] for line in lines]
    unknown = any(None in sums for sums in taken)
    results.confiscated[row] = NONE if unknown else max(sum(x or 0 for x in t) for t in taken)
    must = set.intersection(*({s.kind for s in line if s.mandatory} for line in lines))
    _kinds(must, [s.kind for line in lines for s in line], row, results)
    results.later[row] = any(
        s.origin is SanctionOrigin.LIGHTER_LATER for line in lines for s in line
    )


def _kinds(
    must: Iterable[MeasureKind], every: Iterable[MeasureKind], row: int, results: Results
) -> None:
    one = sum({1 << _PLACES[kind] for kind in must if kind in _PLACES})
    two = sum({1 << _PLACES[kind] for kind in every if kind in _PLACES})
    results.must[row] = one
    results.may[row] = two & ~one
