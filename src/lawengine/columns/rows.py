"""Rows that columns do not settle: decided one by one by the evaluator of single cases."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lawengine.columns.folding import Answers
from lawengine.columns.results import Layout, Results
from lawengine.columns.sides import bears_only
from lawengine.columns.table import Table
from lawengine.columns.values import as_number
from lawengine.compiled.engine import Engine
from lawengine.compiled.outcome import Outcome
from lawengine.deciding.decision import ActDecision, Branch, FineTotal, SanctionOrigin
from lawengine.deciding.folding import About
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain
from lawengine.evaluation.trace import Question
from lawengine.model.measures import MeasureKind
from lawengine.model.scenarios import RuleState

MOST_CHOICES = 255
Asked = Mapping[str, frozenset[int]]
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
            self.single(table, row, results)

    def single(self, table: Table, row: int, results: Results) -> Asked:
        """Write what follows in a row; return what facts were asked for, and what else, by name.

        Edges: nothing is asked for where nothing that is open matters. Of a number or a day stands
        there where the answers that were tried begin, as in columns.
        """
        answer = self.exact.answer(*table.facts(int(row), self.exact.rulebook))
        if answer.outcome is not None:
            found = _Row(self.layout)
            found.set("exactly", is_set=True)
            self._outcome(answer.outcome, found)
            found.write(int(row), results)
        elif answer.decided is not None:
            self._decided(answer.decided, int(row), results)
            asked = self.exact.branching.asked
            return {_name(about): _begun(answers) for about, answers in asked.items()}
        return {}

    def _outcome(self, outcome: Outcome, found: _Row) -> None:
        lines = outcome.lines()
        general = self.exact.rulebook.general
        hits = [shape for shape, _ in outcome.hits if shape.slots or shape.rule.name not in general]
        if hits:
            found.set("hit", is_set=True)
            for shape, _ in (*outcome.hits, *outcome.effects):
                found.norm(self._numbers[shape.rule.name, shape.version.interval.start])
        found.set("later", is_set=any(shape.later for shape in hits))
        found.fine(outcome.total())
        found.take([line.high for line in lines if line.kind is MeasureKind.CONFISCATE])
        found.kinds([k.kind for k in lines if k.mandatory], [line.kind for line in lines])

    def _decided(self, act: ActDecision, row: int, results: Results) -> None:
        told = Results.empty(len(act.branches), self.layout)
        for place, branch in enumerate(act.branches):
            found = _Row(self.layout)
            self._branch(branch, found)
            found.write(place, told)
        undetermined = np.array([act.undetermined])
        Answers(told, told.rows, undetermined).fold(results, np.array([row]))

    def _branch(self, branch: Branch, found: _Row) -> None:
        """Take what one answer leads to.

        A rule that hangs on what was asked for, and on nothing else, is established under some
        answer that came to the same; one that waits for other facts does not count.
        """
        rulebook, asked = self.exact.rulebook, set(self.exact.branching.asked)
        for rule in branch.rules:
            stands = rule.state is RuleState.ESTABLISHED
            open_ = rule.state is RuleState.UNDETERMINED and rule.rule not in rulebook.penal
            folded = open_ and all(need.key in asked for need in rule.needs)
            if rule.version_from is None or not (stands or folded):
                continue
            number = self._numbers[rule.rule, rule.version_from]
            found.norm(number)
            version = self.layout.norms[number].version
            if stands and not bears_only(rule.rule, version, rulebook):
                found.set("hit", is_set=True)
        lines = branch.sanctions
        found.fine(branch.fine)
        found.take([s.high_fen for s in lines if s.kind is MeasureKind.CONFISCATE])
        found.kinds([s.kind for s in lines if s.mandatory], [s.kind for s in lines])
        later = SanctionOrigin.LIGHTER_LATER
        found.set("later", is_set=any(s.origin is later for s in lines))


def _name(about: About) -> str:
    """Return the path of a fact; of a question that no fact answers its rule, which is no path."""
    return about.rule if isinstance(about, Question) else f"{about.entity}.{about.fact}"


def _begun(answers: Iterable[Domain]) -> frozenset[int]:
    """Return the cells with which the answers to a number or a day begin, but for the first one."""
    lows = [bounds(answer)[0] for answer in answers]
    numbers = (as_number(low) for low in lows if isinstance(low, int | datetime.date))
    begun = {number.range.low for number in numbers if number.known is True}
    return frozenset(begun if None in lows else begun - {min(begun, default=0)})


@dataclass(slots=True)
class _Row:
    """The code and the sums of one row, or of one branch of it."""

    layout: Layout
    bits: int = 0
    low: int = 0
    high: int = 0
    taken: int = 0
    choices: int = 0

    def set(self, flag: str, *, is_set: bool) -> None:
        if is_set:
            self.bits |= self.layout.flag(flag)

    def norm(self, number: int) -> None:
        self.bits |= 1 << (self.layout.first_norm + number)

    def fine(self, fine: FineTotal) -> None:
        if fine.none:
            return
        self.set("no_floor", is_set=fine.low is None)
        self.set("may_fine", is_set=fine.may)
        self.set("open_ceiling", is_set=fine.high_open)
        self.low, self.high = fine.low or 0, fine.high or 0
        self.choices = 0 if fine.choices == 1 else min(fine.choices, MOST_CHOICES)

    def take(self, sums: Sequence[int | None]) -> None:
        self.set("open_sum", is_set=None in sums)
        self.taken = 0 if None in sums else sum(x or 0 for x in sums)

    def kinds(self, must: Iterable[MeasureKind], every: Iterable[MeasureKind]) -> None:
        mandatory = {kind for kind in must if kind in self.layout.kinds}
        for kind in mandatory:
            self.bits |= self.layout.must(kind)
        for kind in {kind for kind in every if kind in self.layout.kinds} - mandatory:
            self.bits |= self.layout.may(kind)

    def write(self, row: int, results: Results) -> None:
        size = self.layout.word(0).itemsize * 8
        for place in range(self.layout.words):
            results.codes[place, row] = self.bits >> (size * place) & ((1 << size) - 1)
        results.fine_low[row] = self.low
        results.fine_high[row] = self.high
        results.confiscated[row] = self.taken
        results.choices[row] = self.choices
