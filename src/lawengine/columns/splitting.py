"""Open facts answered in columns: a row for every combination of answers, folded into one again.

Which facts are asked is learnt from single cases: the first of a kind is decided by itself, and
what it asked is asked of all others. Whether that settles a row, its columns tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod
from typing import NamedTuple, TypeAlias

import numpy as np

from lawengine.columns.answered import Answered, Rows, known_in, often, stacked
from lawengine.columns.cutting import Cuts
from lawengine.columns.folding import Answers, any_answer, every_answer, not_alike
from lawengine.columns.results import Results
from lawengine.columns.rows import Asked
from lawengine.columns.summary import norms_in
from lawengine.columns.table import Array, Column, Flags, Table, type_of
from lawengine.columns.values import as_number, high_end, low_end
from lawengine.compiled.index import CHAIN
from lawengine.deciding.branching import MAX_CHOICES
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact

MOST_ANSWERS = 64
"""Combinations of answers that are tried for one row."""
MOST_FACTS = 3
"""Facts that are asked for together: each must be needed, so all of their subsets are tried."""
MOST_LESSONS = 32
"""Sets of facts that are remembered for one kind of conduct."""


class Ask(NamedTuple):
    """A fact that is asked for; of a number that sums hang on, at which of its `Cuts.firsts`."""

    path: str
    first: int = -1


Asks: TypeAlias = tuple[Ask, ...]


class Trial(NamedTuple):
    """Rows with every answer to what is asked: `number` of `answered` for each of them."""

    rows: Rows
    answered: Answered
    number: int


@dataclass(slots=True)
class Told:
    """What follows in the rows that stand for answers; see `Run`."""

    table: Table
    results: Results
    left: Flags = field(init=False)
    broken: Flags = field(init=False)


Run = Callable[[Table, Results], tuple[Flags, Flags]]
"""Writes what follows in each row; returns the rows left open, and those with a violation."""
Single = Callable[[int], Asked]
"""Decides one row by itself; returns the facts that were asked for."""


@dataclass(slots=True, repr=False)
class Splitter:
    """Settles what columns leave open because facts are open that have few answers.

    `taught` holds, by the kind of conduct, the facts that were asked for before; `least` is from
    how many rows on splitting is worth it, fewer are as fast by themselves. What is asked of rows
    of several kinds is tried in one run: a run of few rows takes as long as one of many.
    """

    rulebook: Rulebook
    pivot: str
    chunk: int
    cuts: Cuts
    run: Run
    least: int = 4
    facts: Mapping[str, Fact] = field(init=False)
    taught: dict[int, dict[Asks, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the facts of case, party and act that have few answers."""
        facts = self.rulebook.vocabulary.facts()
        self.facts = {
            fact.path: fact for fact in facts if fact.entity in CHAIN and self._number(fact)
        }

    def settle(self, table: Table, results: Results, single: Single) -> None:
        """Write what follows in every row, each settled in columns where that goes."""
        done = np.zeros(table.rows, np.bool_)
        kinds = dict(self._by_kind(table))
        lessons = {kind: self.taught.setdefault(kind, {}) for kind in kinds}
        for number in range(1, MOST_FACTS + 1):
            tries = [
                (asks, some[~done[some]])
                for kind, some in kinds.items()
                for asks in lessons[kind]
                if len(asks) == number
            ]
            self._try(table, tries, results, done)
        for kind, some in kinds.items():
            taught, open_ = lessons[kind], some[~done[some]]
            tried = set(taught)
            while open_.size:
                first, open_ = int(open_[0]), open_[1:]
                for asks in self._asked(single(first), table, first):
                    if asks not in tried:
                        tried.add(asks)
                        self._try(table, [(asks, open_)], results, done)
                        open_ = open_[~done[open_]]
                        if len(taught) < MOST_LESSONS:
                            taught[asks] = None

    def _by_kind(self, table: Table) -> Iterator[tuple[int, Rows]]:
        column = table.columns.get(self.pivot)
        if column is None:
            yield -1, np.arange(table.rows)
            return
        kinds = column.values.astype(np.int64)
        if column.known is not None:
            kinds[~column.known] = -1
        for kind in np.unique(kinds).tolist():
            yield kind, np.flatnonzero(kinds == kind)

    def _domain(self, fact: Fact) -> Sequence[int]:
        """Return the cells that a fact may have; none where they are too many."""
        if fact.type.kind is Kind.YES_NO:
            return range(2)
        if fact.type.kind is not Kind.CHOICE:
            return range(0)
        number = len(self.rulebook.vocabulary.choices[fact.type.choices].members)
        return range(number if number <= MAX_CHOICES else 0)

    def _number(self, fact: Fact) -> int:
        """Return how many answers to a fact are tried at most; 0 where no number would do."""
        return len(self._domain(fact)) or self.cuts.number(fact.path)

    def _asked(self, asked: Asked, table: Table, row: int) -> Iterator[Asks]:
        """Yield what is asked, the least first; none where one has too many answers, or they all.

        INVARIANT: a row is settled by no more answers than it takes. What else is open stays open,
        as in single cases, which ask for nothing that does not matter.
        """
        asks: list[Ask] = []
        for path, begun in asked.items():
            if path in self.facts:
                asks.append(Ask(path))
            elif path in self.cuts.firsts:
                firsts = self.cuts.begun(path, table.at(np.array([row])))[:, 0].tolist()
                asks += (Ask(path, place) for place, one in enumerate(firsts) if one in begun)
            else:
                return
        if len(asks) <= MOST_FACTS and self._most(asks) <= MOST_ANSWERS:
            for number in range(1, len(asks) + 1):
                yield from combinations(sorted(asks), number)

    def _most(self, asks: Sequence[Ask]) -> int:
        """Return how many answers are tried for a row at most."""
        cut = Counter(ask.path for ask in asks if ask.first >= 0)
        plain = (self._number(self.facts[ask.path]) for ask in asks if ask.first < 0)
        return prod(plain) * prod(number + 1 for number in cut.values())

    def _try(
        self, table: Table, tries: Sequence[tuple[Asks, Rows]], results: Results, done: Flags
    ) -> None:
        """Write what follows in the rows that answers settle, and mark them as done.

        INVARIANT: tries that cut the same numbers are run together, no others: what a table holds
        of the ends of a number counts for all of its rows.
        """
        found = [(asks, self._open(table, rows, asks)) for asks, rows in tries]
        if sum(rows.size for _, rows in found) < self.least:
            return
        waiting: dict[tuple[str, ...], list[Trial]] = {}
        for asks, rows in found:
            cut = tuple(dict.fromkeys(ask.path for ask in asks if ask.first >= 0))
            group = waiting.setdefault(cut, [])
            step = max(self.chunk // self._most(asks), 1)
            for start in range(0, rows.size, step):
                trial = self._trial(table, rows[start : start + step], asks)
                if sum(one.answered.rows for one in (*group, trial)) > self.chunk:
                    self._run(group, results, done)
                    group.clear()
                group.append(trial)
        for group in waiting.values():
            self._run(group, results, done)

    def _open(self, table: Table, rows: Rows, asks: Asks) -> Rows:
        """Return the rows in which one of the facts is open."""
        gap = np.zeros(rows.size, np.bool_)
        for ask in asks:
            gap |= ~known_in(table.columns.get(ask.path), table.rows)[rows]
        return rows[gap]

    def _trial(self, table: Table, rows: Rows, asks: Asks) -> Trial:
        split = Answered(table, rows)
        # What a number is compared with may hang on the other facts, so these are answered first.
        plain = [ask.path for ask in asks if ask.first < 0]
        for path in sorted(plain, key=lambda path: not self._domain(self.facts[path])):
            split = self._put(split, path)
        for path in dict.fromkeys(ask.path for ask in asks if ask.first >= 0):
            split = self._cut(split, path, [ask.first for ask in asks if ask.path == path])
        return Trial(rows, split, split.times)

    def _run(self, trials: Sequence[Trial], results: Results, done: Flags) -> None:
        """Write what follows in the rows that every answer settles."""
        if not trials:
            return
        table = stacked([trial.answered for trial in trials])
        told = Told(table, Results.empty(table.rows, results.layout))
        told.left, told.broken = self.run(table, told.results)
        start = 0
        alike: dict[int, list[tuple[Rows, Rows]]] = {}
        for trial in trials:
            places = np.arange(start, start + trial.answered.rows).reshape(trial.number, -1)
            start += trial.answered.rows
            alike.setdefault(trial.number, []).append((trial.rows, places))
        for same in alike.values():
            rows, blocks = zip(*same, strict=True)
            self._take(np.concatenate(rows), np.concatenate(blocks, axis=1), told, results, done)

    def _take(self, rows: Rows, places: Rows, told: Told, results: Results, done: Flags) -> None:
        """Write what the answers come to, at their places in a column for each of the rows.

        A row that several trials settle is that of the first one.
        """
        number = len(places)
        settled = (~(told.left[places].any(axis=0) | done[rows])).nonzero()[0]
        first = np.empty(done.size, np.intp)
        first[rows[settled[::-1]]] = settled[::-1]  # what is written last stays
        settled = settled[first[rows[settled]] == settled]
        if not settled.size:
            return
        rows, places = rows[settled], places[:, settled]
        some, undetermined = places.ravel(), not_alike(told.broken[places], number)
        answers = told.results.at(some)
        Answers(answers, number, undetermined).fold(results, rows)
        days = told.table.columns[self.cuts.gate.days.conduct].values[places[0]]
        doubtful = _other_law(answers, number, days)
        if number == 2:  # noqa: PLR2004 - two answers that come to different things are no doubt
            branched = results.layout.word(results.layout.flag("branched"))
            doubtful &= (results.codes[0][rows] & branched) == 0
        done[rows[~doubtful]] = True

    def _put(self, split: Answered, path: str) -> Answered:
        """Return the rows under each answer to a fact.

        Where the fact is known its cell stays as it is, however often.
        """
        fact = self.facts[path]
        type_ = type_of(fact, self.rulebook)
        if domain := self._domain(fact):
            number, answers = len(domain), np.repeat(np.array(domain, type_), split.rows)
        else:
            points = self.cuts.points(path, split.of(self.cuts.reads(path)))
            number, answers = len(points), points.ravel()
        column = split.column(path)
        if column is not None:
            column = often(column, number)
            answers = np.where(known_in(column, answers.size), column.values, answers)
        return split.often(number, {path: Column(answers.astype(type_, copy=False))})

    def _cut(self, split: Answered, path: str, which: Sequence[int]) -> Answered:
        """Return the rows in each stretch of a fact; its ends stand beside it.

        Where a stretch is one value, or the fact is known, the fact has it.
        """
        found = self.cuts.stretches(path, which, split.of(self.cuts.reads(path)))
        number = len(found.low)
        low, has_low, high, has_high = (part.ravel() for part in found)
        column, cells = split.column(path), low
        known = np.tile(known_in(column, split.rows), number)
        if column is not None:
            cells = np.where(known, np.tile(column.values, number), low)
        one = known | (has_low & has_high & (low == high))
        low, high = np.where(one, cells, low), np.where(one, cells, high)
        filled = {
            path: Column(np.where(one, cells, 0).astype(np.int64), one),
            low_end(path): Column(np.where(has_low | one, low, 0), has_low | one),
            high_end(path): Column(np.where(has_high | one, high, 0), has_high | one),
        }
        return split.often(number, filled)


def _other_law(told: Results, number: int, days: Array) -> Flags:
    """Return in which cases answers differ on a norm that was not in force at the conduct.

    Law: of a norm that holds under some of the answers that come to the same, the law of the
    conduct says which version is open; where it has none, or another one, none is named.
    """
    differ = [any_answer(word, number) ^ every_answer(word, number) for word in told.codes]
    found = np.zeros(days.size, np.bool_)
    every = tuple(int(np.bitwise_or.reduce(word)) for word in differ)
    for norm in norms_in(every, told.layout):
        interval = told.layout.norms[norm].version.interval
        word, bit = told.layout.norm(norm)
        outside = days < as_number(interval.start).range.low
        if interval.end is not None:
            outside |= days > as_number(interval.end).range.low
        found |= outside & ((differ[word] & told.layout.word(bit)) != 0)
    return found
