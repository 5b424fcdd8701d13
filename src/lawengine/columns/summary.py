"""What a table of cases comes to: counts, sums, and how often each rule is hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lawengine.columns.alike import alike
from lawengine.columns.results import FLAGS, WORD, Layout, Results
from lawengine.columns.standing import STATES, UNDETERMINED
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusState

Code = tuple[int, ...]
_SUMS = ("rows", "some", "fined", "fine_low", "fine_high", "confiscated")


@dataclass(slots=True)
class Totals:
    """Sums over any number of results.

    Units: fen, as whole numbers of any size. `fine_low` adds up the floors, with nothing where
    there is none or the fine may be left out; `fine_high` the ceilings. `some` counts the rows in
    which a norm is established or open; `flags`, `must` and `may` count rows too, and so do `norms`
    (versions of rules) and `rules`: the rows in which one is established, or may be. Rows whose
    ceiling is open add the part of it that is known. `states` counts, by list, benefit and duty,
    the rows in each state by its code.
    """

    layout: Layout
    rows: int = 0
    some: int = 0
    fined: int = 0
    fine_low: int = 0
    fine_high: int = 0
    confiscated: int = 0
    flags: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FLAGS, 0))
    must: dict[MeasureKind, int] = field(default_factory=dict)
    may: dict[MeasureKind, int] = field(default_factory=dict)
    norms: dict[int, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    states: dict[str, list[int]] = field(default_factory=dict)

    def add(self, results: Results) -> None:
        """Add results."""
        self.rows += results.rows
        self.fined += int(np.count_nonzero(results.fine_high))
        surely = np.where(results.has("may_fine"), 0, results.fine_low)
        self.fine_low += _exact_sum(surely)
        self.fine_high += _exact_sum(results.fine_high)
        self.confiscated += _exact_sum(results.confiscated)
        first, which = alike(results.codes)
        counts = np.bincount(which, minlength=first.size).tolist()
        kinds = results.at(first)
        must, may = (bits.tolist() for bits in kinds.kinds())
        for place, number in enumerate(counts):
            self._code(tuple(kinds.codes[:, place].tolist()), number)
            for bits, found in ((must[place], self.must), (may[place], self.may)):
                for at, kind in enumerate(self.layout.kinds):
                    if bits >> at & 1:
                        found[kind] = found.get(kind, 0) + number
        for name, codes in zip(results.statuses, results.states, strict=True):
            mine = self.states.setdefault(name, [0] * len(STATES))
            for code, number in enumerate(np.bincount(codes, minlength=len(STATES)).tolist()):
                mine[code] += number

    def held(self, name: str) -> dict[StatusState, int]:
        """Return in how many rows a status is in each state; none for the one it never left."""
        counts = self.states.get(name, ())
        return {state: n for state, n in zip(STATES, counts, strict=False) if state and n}

    def untold(self, rulebook: Rulebook) -> tuple[str, ...]:
        """Return the statuses of which the columns settle no row."""
        return tuple(
            name
            for name in rulebook.statuses
            if name not in self.states or self.states[name][UNDETERMINED] == self.rows
        )

    def _code(self, words: Code, number: int) -> None:
        settled = (1 << FLAGS.index("hit")) | (1 << FLAGS.index("undetermined"))
        self.some += number if words[0] & settled else 0
        for place, flag in enumerate(FLAGS):
            if words[0] >> place & 1:
                self.flags[flag] += number
        for norm in norms_in(words, self.layout):
            self.norms[norm] = self.norms.get(norm, 0) + number
        for rule in {self.layout.norms[norm].rule for norm in norms_in(words, self.layout)}:
            self.rules[rule] = self.rules.get(rule, 0) + number

    def by_rule(self) -> Iterator[tuple[str, int]]:
        """Yield each rule that is established or open in some row, in their order, and the rows."""
        for rule in dict.fromkeys(norm.rule for norm in self.layout.norms):
            if rule in self.rules:
                yield rule, self.rules[rule]

    def plain(self) -> dict[str, Any]:
        """Return the sums as data that JSON holds."""
        found: dict[str, Any] = {name: getattr(self, name) for name in _SUMS}
        found |= {"flags": self.flags, "states": self.states, "rules": self.rules}
        found |= {"must": {kind.value: n for kind, n in self.must.items()}}
        found |= {"may": {kind.value: n for kind, n in self.may.items()}}
        return found | {"norms": {str(norm): n for norm, n in self.norms.items()}}

    def merge(self, more: Mapping[str, Any]) -> None:
        """Add the sums that `plain` gave of other rows."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + more[name])
        for flag, number in more["flags"].items():
            self.flags[flag] += number
        for mine, theirs in ((self.must, more["must"]), (self.may, more["may"])):
            for value, number in theirs.items():
                kind = MeasureKind(value)
                mine[kind] = mine.get(kind, 0) + number
        for norm, number in more["norms"].items():
            self.norms[int(norm)] = self.norms.get(int(norm), 0) + number
        for rule, number in more["rules"].items():
            self.rules[rule] = self.rules.get(rule, 0) + number
        for name, numbers in more["states"].items():
            before = self.states.get(name, [0] * len(STATES))
            self.states[name] = [one + two for one, two in zip(before, numbers, strict=True)]

    @property
    def nothing(self) -> int:
        """Return in how many rows no norm is established, and none is open."""
        return self.rows - self.some

    @property
    def left(self) -> int:
        """Return how many rows one look at the columns left open."""
        return self.flags["exactly"] + self.flags["branched"]


def norms_in(words: Code, layout: Layout) -> list[int]:
    """Return the numbers of the norms in a code."""
    found = sum(word << (WORD * place) for place, word in enumerate(words)) >> layout.first_norm
    return [number for number in range(found.bit_length()) if found >> number & 1]


def _exact_sum(values: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int:
    """Return a sum of whole numbers, which never wraps: the halves of each are summed apart."""
    high, low = values >> 32, values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())
