"""Rows that columns do not settle: decided one by one by the evaluator of single cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lawengine.columns.results import Layout, Results
from lawengine.columns.sides import bears_only
from lawengine.columns.table import Table
from lawengine.compiled.engine import Answer, Engine
from lawengine.compiled.outcome import Outcome
from lawengine.deciding.decision import ActDecision, Branch, FineTotal, SanctionOrigin
from lawengine.model.measures import MeasureKind
from lawengine.model.scenarios import RuleState

MOST_CHOICES = 255
Key = tuple[str, object]
"""A rule and the first day of its version."""


@dataclass(slots=True, repr=False)
class RowEvaluator:
    """Decides rows by the compiled evaluator, branches where something open matters."""

    exact: Engine
    layout: Layout
    _numbers: Mapping[Key, int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the norms."""
        self._numbers = self.layout.norm_numbers()

    def answer(self, table: Table, rows: Iterable[int], results: Results) -> None:
        """Write what follows in some rows."""
        for row in rows:
            answer = self.exact.answer(*table.facts(int(row), self.exact.rulebook))
            self._write(answer, int(row), results)

    def _write(self, answer: Answer, row: int, results: Results) -> None:
        if answer.outcome is not None:
            found = _Row(self.layout, "exactly")
            self._outcome(answer.outcome, found)
        else:
            found = _Row(self.layout, "branched")
            if answer.decided is not None:
                self._decided(answer.decided, found)
        found.write(row, results)

    def _outcome(self, outcome: Outcome, found: _Row) -> None:
        lines = outcome.lines()
        general = self.exact.rulebook.general
        hits = [shape for shape, _ in outcome.hits if shape.slots or shape.rule.name not in general]
        if hits:
            found.set("hit", is_set=True)
            for shape, _ in (*outcome.hits, *outcome.effects):
                found.norm(self._numbers[shape.rule.name, shape.version.interval.start])
        found.set("later", is_set=any(shape.later for shape in hits))
        found.fine([outcome.total()])
        found.take([[line.high for line in lines if line.kind is MeasureKind.CONFISCATE]])
        found.kinds([k.kind for k in lines if k.mandatory], [line.kind for line in lines])

    def _decided(self, act: ActDecision, found: _Row) -> None:
        norms: dict[int, None] = {}
        hit = False
        for rule in (rule for branch in act.branches for rule in branch.rules):
            if rule.state is RuleState.ESTABLISHED and rule.version_from is not None:
                number = self._numbers[rule.rule, rule.version_from]
                norms[number] = None
                version = self.layout.norms[number].version
                hit = hit or not bears_only(rule.rule, version, self.exact.rulebook)
        found.set("undetermined", is_set=act.undetermined)
        found.set("hit", is_set=hit)
        for number in norms if hit else ():
            found.norm(number)
        found.branches(act.branches)


@dataclass(slots=True)
class _Row:
    """The code and the sums of one row."""

    layout: Layout
    by: str
    bits: int = 0
    low: int = 0
    high: int = 0
    taken: int = 0
    choices: int = 0

    def __post_init__(self) -> None:
        self.set(self.by, is_set=True)

    def set(self, flag: str, *, is_set: bool) -> None:
        if is_set:
            self.bits |= self.layout.flag(flag)

    def norm(self, number: int) -> None:
        self.bits |= 1 << (self.layout.first_norm + number)

    def fine(self, fines: Sequence[FineTotal]) -> None:
        """Take the least and the greatest of the ranges of all branches."""
        some = [fine for fine in fines if not fine.none]
        if not some:
            return
        lows = [fine.low for fine in some]
        self.set("no_floor", is_set=None in lows)
        self.set("may_fine", is_set=len(some) < len(fines) or any(fine.may for fine in some))
        self.set("open_ceiling", is_set=any(fine.high_open for fine in some))
        self.low = min(low or 0 for low in lows)
        self.high = max(fine.high or 0 for fine in some)
        choices = max(fine.choices for fine in some)
        self.choices = 0 if choices == 1 else min(choices, MOST_CHOICES)

    def take(self, sums: Sequence[Sequence[int | None]]) -> None:
        """Take the most that any branch confiscates."""
        unknown = any(None in line for line in sums)
        self.set("open_sum", is_set=unknown)
        self.taken = 0 if unknown else max(sum(x or 0 for x in line) for line in sums)

    def kinds(self, must: Iterable[MeasureKind], every: Iterable[MeasureKind]) -> None:
        mandatory = {kind for kind in must if kind in self.layout.kinds}
        for kind in mandatory:
            self.bits |= self.layout.must(kind)
        for kind in {kind for kind in every if kind in self.layout.kinds} - mandatory:
            self.bits |= self.layout.may(kind)

    def branches(self, branches: Sequence[Branch]) -> None:
        lines = [branch.sanctions for branch in branches]
        self.fine([branch.fine for branch in branches])
        self.take([[s.high_fen for s in x if s.kind is MeasureKind.CONFISCATE] for x in lines])
        must = set.intersection(*({s.kind for s in line if s.mandatory} for line in lines))
        self.kinds(must, [s.kind for line in lines for s in line])
        later = SanctionOrigin.LIGHTER_LATER
        self.set("later", is_set=any(s.origin is later for line in lines for s in line))

    def write(self, row: int, results: Results) -> None:
        size = self.layout.word(0).itemsize * 8
        for place in range(self.layout.words):
            results.codes[place, row] = self.bits >> (size * place) & ((1 << size) - 1)
        results.fine_low[row] = self.low
        results.fine_high[row] = self.high
        results.confiscated[row] = self.taken
        results.choices[row] = self.choices
