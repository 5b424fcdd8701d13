"""Lists, benefits and duties of many rows as NumPy source: which states each of them may be in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

import numpy as np

from lawengine.base.calendar import Period
from lawengine.columns.asking import exists, joined
from lawengine.columns.elements import line_above
from lawengine.columns.limits import Limits
from lawengine.columns.lines import Code, Lines, either
from lawengine.columns.ranges import Range
from lawengine.columns.table import Array, Flags
from lawengine.columns.terms import OPEN_DAY, TermTable, TermTables
from lawengine.columns.values import NOTHING_KNOWN, OPEN, Held, Number, Truth, as_number
from lawengine.columns.writing import ColumnWriter
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.statuses import (
    Ending,
    EndingKind,
    Status,
    StatusKind,
    StatusState,
    StatusVersion,
    TermCases,
)
from lawengine.registers.findings import ABSENT, ENDED, HOLDING, OVER, RUNNING

STATES = (
    None, *(state for state in StatusState if state not in ABSENT.values()),
)  # fmt: skip
"""What the codes of states stand for; 0 is whatever says that the status never came about."""
CODES: Mapping[StatusState, int] = {
    **dict.fromkeys(ABSENT.values(), 0),
    **{state: code for code, state in enumerate(STATES) if state is not None},
}
UNDETERMINED = CODES[StatusState.UNDETERMINED]

_PAST = (EndingKind.REMOVED, EndingKind.DISCHARGED)
"""Endings that cannot have been before their status: the table says what is wrong."""
_SURE = Truth(yes=True, may=True)
_NEVER = Truth(yes=False, may=False)

Standings: TypeAlias = Callable[
    [
        Mapping[str, Array], Mapping[str, Flags], int, Array, dict[str, tuple[Flags, Flags]],
        list[tuple[str, Flags]],
    ],
    None,
]  # fmt: skip
"""Columns, where they are known, the number of rows in; the codes of states, where what rules ask
for surely holds and where it may, and endings before their beginning are written."""


@dataclass(frozen=True, slots=True)
class StatusColumns(ColumnWriter):
    """Sees what a status sees: figures as of its own day, which may be unknown in some rows.

    `came` gives where a list ever came about, or may have, `last` the last day of a duty.
    """

    came: Callable[[str], Code] = field(default=lambda _: True, kw_only=True)
    last: Callable[[str], Number] = field(default=lambda _: NOTHING_KNOWN, kw_only=True)

    def number(self, expression: e.Expression) -> Number:
        """Return the same with last days of duties."""
        if isinstance(expression, e.LastDay):
            return self.last(expression.status)
        return ColumnWriter.number(self, expression)

    def in_force(self, interval: Interval) -> Code:
        """Return where the day that dates the status is known to lie in the interval."""
        found = self.column(self.day)
        if found is None:
            return False
        return self.both(ColumnWriter.in_force(self, interval), found[1])

    def possibly(self, interval: Interval) -> Truth:
        """Return where a version is in force, and where it may be."""
        found = self.column(self.day)
        if found is None:
            return OPEN
        inside = ColumnWriter.in_force(self, interval)
        return self.where_known(inside, found[1])

    def _holds(self, name: str) -> Truth:
        return self.states(name)

    def _stood(self, name: str) -> Truth:
        """Return where the party is on a list, or may have been: whether it ever came about.

        Edges: on which days it stood there is left to single cases, so an entry that ended is open.
        """
        return Truth(self.states(name).yes, self.came(name))


@dataclass(slots=True)
class StatusWriter:
    """Writes one function for all statuses of a table.

    `names` are those that hang on something the table has; `asked` are those that rules ask for.
    """

    rulebook: Rulebook
    columns: Mapping[str, Held]
    decided: str
    names: Sequence[str]
    asked: Iterable[str]
    terms: TermTables
    limits: Limits
    lines: Lines = field(default_factory=Lines)
    _found: dict[str, Truth] = field(default_factory=dict)
    _came: dict[str, Code] = field(default_factory=dict)
    _last: dict[str, Number] = field(default_factory=dict)
    _asking: set[str] = field(default_factory=set)

    def write(self) -> Standings:
        """Return the function."""
        for name in self.names:
            self.holds(name)
        for name in self.asked:
            yes, may = (_text(code) for code in self.holds(name))
            key = self.lines.source.constant(name)
            self.lines.source.add(1, f"held[{key}] = {yes}, {may}")
        return self.lines.function("standings(c, k, n, out, held, wrong)")

    def holds(self, name: str) -> Truth:
        """Return where the party has a status, or is on any list (""); writes what it takes."""
        if not name:
            lists = [self.holds(one.name) for one in self._lists()]
            seen = self._seen("")
            yes, may = either(one.yes for one in lists), either(one.may for one in lists)
            return Truth(seen.code(yes), seen.code(may))
        if name not in self.names or name in self._asking:
            return OPEN
        if name not in self._found:
            self._asking.add(name)
            self._found[name] = self._status(self.rulebook.statuses[name])
            self._asking.discard(name)
        return self._found[name]

    def came(self, name: str) -> Code:
        """Return where a list, or any list (""), ever came about or may have."""
        if not name:
            return self._seen("").code(either(self.came(one.name) for one in self._lists()))
        self.holds(name)
        return self._came.get(name, True)

    def last(self, name: str) -> Number:
        """Return the last day of a duty where one is surely owed; elsewhere it is open."""
        self.holds(name)
        return self._last.get(name, NOTHING_KNOWN)

    def _lists(self) -> list[Status]:
        return [one for one in self.rulebook.statuses.values() if one.is_register]

    def _seen(self, day: str) -> StatusColumns:
        return StatusColumns(
            self.lines, self.rulebook, self.columns, day, self.holds, self.limits, came=self.came,
            last=self.last,
        )  # fmt: skip

    # --- one status ---

    def _status(self, status: Status) -> Truth:
        dated = status.dated_by
        day = f"{dated.entity}.{dated.fact}" if isinstance(dated, e.FactOf) else ""
        seen = self._seen(day)
        there = [
            exists(entity, seen) or OPEN
            for entity in line_above(status.entity, self.rulebook.vocabulary)
        ]
        may: dict[StatusState, list[Code]] = {}
        bound: list[Code] = []
        last: list[tuple[Code, Number]] = []
        for version in status.versions:
            force = joined(seen, seen.possibly(version.interval), *there)
            if force.may is False:
                continue
            one = _VersionWriter(seen, status, version, self._number(self.decided), self.terms)
            yes, states = one.states(force)
            bound.append(yes)
            last += one.lasts
            for state, code in states:
                may.setdefault(state, []).append(code)
        # Where it is not known whether there is an element at all, nothing is settled.
        unsure = seen.code(either(seen.open_rows(truth) for truth in there))
        absent = ABSENT[status.kind]
        none = seen.negated(seen.code(either(bound)))
        possible = {absent: seen.code(either([none, unsure]))}
        for state, codes in may.items():
            possible[state] = seen.code(either([*codes, unsure]))
        if unsure is not False:
            possible.setdefault(HOLDING[status.kind], unsure)
        self._tell(status, possible, seen)
        self._last[status.name] = seen.picked(last)
        came = [code for state, code in possible.items() if state is not absent]
        self._came[status.name] = seen.code(either(came))
        return _held(HOLDING[status.kind], possible, seen)

    def _number(self, path: str) -> Number:
        fact = self.rulebook.vocabulary.fact(*path.split("."))
        return self._seen(path).number(e.FactOf(fact.entity, fact.name, fact.type))

    def _tell(
        self, status: Status, possible: Mapping[StatusState, Code], seen: ColumnWriter
    ) -> None:
        """Write the code of the state that alone is possible, or that several are."""
        add, place = self.lines.source.add, self.names.index(status.name)
        fixed = sum(1 << n for n, code in enumerate(possible.values()) if code is True)
        masks = [(n, code) for n, code in enumerate(possible.values()) if isinstance(code, str)]
        table = _codes(tuple(CODES[state] for state in possible))
        if not masks:
            if table[fixed]:
                add(1, f"out[{place}] = {int(table[fixed])}")
            return
        parts = [f"{code}.view(u1) * {1 << n}" for n, code in masks]
        bits = seen.put(" + ".join([seen.put(part) for part in parts] + [str(fixed)] * bool(fixed)))
        name = self.lines.source.keep(table)
        add(1, f"out[{place}] = {name}.take({bits})")


@dataclass(slots=True)
class _VersionWriter:
    """One version: whether it binds, when it runs, how it ends.

    `lasts` holds the last day under each term, and where it surely applies.
    """

    seen: StatusColumns
    status: Status
    version: StatusVersion
    on: Number
    terms: TermTables
    lasts: list[tuple[Code, Number]] = field(default_factory=list)

    def states(self, force: Truth) -> tuple[Code, list[tuple[StatusState, Code]]]:
        """Return where the status surely came about, and where each state is possible."""
        seen, version = self.seen, self.version
        met = joined(seen, force, *self._conditions())
        start = seen.number(version.before or version.start or self.status.dated_by)
        begun = _SURE
        if version.before is None:
            begun = seen.related(e.Comparison.AT_MOST, start, self.on)
        bound = joined(seen, met, begun)
        found: list[tuple[StatusState, Code]] = []
        for period, decides in self._periods():
            found += self._running(joined(seen, bound, decides), start, period, met)
        return bound.yes, found

    def _periods(self) -> Iterator[tuple[Period | None, Truth]]:
        """Yield each term that can be meant, and where: the first whose condition is met is."""
        term = self.version.term
        if not isinstance(term, TermCases):
            yield term, _SURE
            return
        before = _SURE
        for case in term.cases:
            if case.condition is None:
                yield case.period, before
                return
            here = self.seen.truth(case.condition)
            yield case.period, joined(self.seen, before, here)
            passed = Truth(self.seen.negated(here.may), self.seen.negated(here.yes))
            before = joined(self.seen, before, passed)

    def _running(
        self, bound: Truth, start: Number, period: Period | None, met: Truth
    ) -> list[tuple[StatusState, Code]]:
        """Return where each state of a status that came about is possible, under one term."""
        seen, version, kind = self.seen, self.version, self.status.kind
        last = self._last(start, period)
        if last is not None:
            self.lasts.append((bound.yes, last))
        over = _NEVER if last is None else seen.related(e.Comparison.MORE, self.on, last)
        ends = [(end.kind, self._ending(end, start, last, met)) for end in version.endings]
        found = []
        for one in dict.fromkeys(kind for kind, _ in ends):
            may = seen.code(either(truth.may for kind, truth in ends if kind is one))
            found.append((ENDED[one], seen.both(bound.may, may)))
        ended = seen.code(either(truth.yes for _, truth in ends))
        runs = seen.both(bound.may, seen.negated(ended))
        if last is not None:
            past = StatusState.LAPSED if version.right else OVER[kind]
            found.append((past, seen.both(runs, over.may)))
        found.append((RUNNING[kind], seen.both(runs, seen.negated(over.yes))))
        return found

    def _conditions(self) -> list[Truth]:
        parts = [] if self.version.when is None else [self.seen.truth(self.version.when)]
        for exclusion in self.version.exclusions:
            yes, may = self.seen.truth(exclusion)
            parts.append(Truth(self.seen.negated(may), self.seen.negated(yes)))
        return parts

    def _last(self, start: Number, period: Period | None) -> Number | None:
        """Return the last day, None for a status without an end of its own."""
        law = self.version.law
        if self.version.before is not None:
            return self._looked(self.terms.before(period, law), start)
        if period is None:
            return None
        if self.status.kind is StatusKind.DUTY:
            return self._looked(self.terms.due(period, law), start)
        return self._looked(self.terms.lasting(period), start)

    def _looked(self, table: TermTable, start: Number) -> Number:
        if not start.width:
            return NOTHING_KNOWN
        name = self.seen.lines.source.constant(table)
        text = self.seen.put(f"{name}.last({start.text})")
        exact = self.seen.put(f"{text} != {OPEN_DAY}")
        known = self.seen.both(start.known, exact)
        return Number(text, Range(-(1 << 31), (1 << 31) - 1), "i4", known)

    def _ending(self, ending: Ending, start: Number, last: Number | None, met: Truth) -> Truth:
        """Return where it ended in this way by the day of the decision."""
        seen, back = self.seen, self.version.before is not None
        condition = _SURE if ending.condition is None else seen.truth(ending.condition)
        day = self.on if ending.on is None else seen.number(ending.on)
        parts = [condition]
        if ending.on is not None:
            parts.append(seen.related(e.Comparison.AT_MOST, day, self.on))
        if not back:
            in_time = seen.related(e.Comparison.AT_LEAST, day, start)
            parts.append(in_time)
            if ending.on is not None and ending.kind in _PAST:
                self._impossible(joined(seen, met, condition), in_time)
        if ending.interval is not None:
            parts += self._inside(day, ending.interval)
        if ending.after is not None and not back:
            opens = self._looked(self.terms.lasting(ending.after), start)
            parts.append(seen.related(e.Comparison.AT_LEAST, day, opens))
        if last is not None and self.status.kind is not StatusKind.DUTY:
            parts.append(seen.related(e.Comparison.AT_MOST, day, last))
        return joined(seen, *parts)

    def _inside(self, day: Number, interval: Interval) -> list[Truth]:
        found = [self.seen.related(e.Comparison.AT_LEAST, day, as_number(interval.start))]
        if interval.end is not None:
            found.append(self.seen.related(e.Comparison.AT_MOST, day, as_number(interval.end)))
        return found

    def _impossible(self, due: Truth, in_time: Truth) -> None:
        """Write where it is told to have ended before it began."""
        mask = self.seen.both(due.yes, self.seen.negated(in_time.may))
        if mask is not False:
            key = self.seen.lines.source.constant(self.status.name)
            self.seen.lines.source.add(1, f"wrong.append(({key}, {_text(mask)}))")


def _held(held: StatusState, possible: Mapping[StatusState, Code], seen: ColumnWriter) -> Truth:
    may = possible.get(held, False)
    others = seen.code(either(code for state, code in possible.items() if state is not held))
    return Truth(seen.both(may, seen.negated(others)), may)


def _text(code: Code) -> str:
    return code if isinstance(code, str) else "every_row(n)" if code else "no_row(n)"


def _codes(states: Sequence[int]) -> Array:
    """Return the code for each set of states that are possible, a bit each."""
    found = np.full(1 << len(states), UNDETERMINED, np.uint8)
    for bits in product((0, 1), repeat=len(states)):
        if sum(bits) == 1:
            found[sum(bit << n for n, bit in enumerate(bits))] = states[bits.index(1)]
    return found
