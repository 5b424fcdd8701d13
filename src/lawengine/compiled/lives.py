"""One version of a list, benefit or duty as a Python function: from facts to its state."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from lawengine.base.calendar import Period
from lawengine.base.truth import Truth
from lawengine.base.working_days import Calendars
from lawengine.compiled.expressions import Code, Writer
from lawengine.compiled.kleene import NO, OPEN, YES, OpenWriter, opened
from lawengine.compiled.runtime import MAX_DAYS, stop
from lawengine.compiled.source import NotCompiled, Source
from lawengine.compiled.standing import UNDATED, Standing, lateness
from lawengine.evaluation.facts import Domain, Known
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
)
from lawengine.model.vocabulary import ROOT, Role
from lawengine.registers.findings import ABSENT, ENDED, OVER, RUNNING
from lawengine.registers.terms import DayRules, Term, TermCounter

Life = Callable[..., Standing]
"""Facts from the case down to the instance in, then `held` and `seen`; its state out.

`held` answers whether the party in view has another status; `seen` reads conditions on facts
within bounds, None where nothing is known of them.

Raises:
    KeyError: a fact that matters is missing, a last day is open, or the file says what cannot be.
"""

_PAST = (EndingKind.REMOVED, EndingKind.DISCHARGED)
"""Endings that cannot have been before their status: the register says what is wrong."""


class LastDays(dict[datetime.date, datetime.date]):
    """The last days of a term by its start, each counted once by the counter of the register."""

    def __init__(self, days: DayRules | None, count: Callable[[TermCounter, Domain], Term]) -> None:
        super().__init__()
        self._days, self._count = days, count
        self._calendars: Calendars | None = None
        self._open: set[datetime.date] = set()

    def __missing__(self, start: datetime.date) -> datetime.date:
        """Return the last day, and keep it.

        Raises:
            KeyError: it is not one exact day.
        """
        if start in self._open:
            stop()
        if len(self) + len(self._open) >= MAX_DAYS:
            self.clear()
            self._open.clear()
        if self._calendars is None:
            self._calendars = Calendars() if self._days is None else self._days.calendars()
        # A counter keeps how each day was counted; only the day itself is kept here.
        last = self._count(TermCounter(self._days, self._calendars), Known(start)).last
        if not isinstance(last, Known) or not isinstance(last.value, datetime.date):
            self._open.add(start)
            stop()
        self[start] = last.value
        return last.value


@dataclass(slots=True)
class LifeWriter:
    """Writes the function of one version, with the figures of one day.

    With `careful` conditions are written in Kleene logic: an open fact does no harm where other
    facts decide. With `day_open` no day is read: either the conditions are not met, or it stops.
    """

    rulebook: Rulebook
    status: Status
    version: StatusVersion
    line: tuple[str, ...]
    day: datetime.date
    days: DayRules | None
    careful: bool = False
    day_open: bool = False
    source: Source = field(default_factory=Source)
    _writer: Writer = field(init=False, repr=False)

    def write(self) -> Life:
        """Return the function.

        Raises:
            NotCompiled: something that the version says has no source.
        """
        self._writer = self._make_writer()
        self.source.add(1, f"on = {self._decided()}")
        self._bound()
        if self.day_open:
            self.source.add(1, self._writer.stop())
        else:
            self._run()
        return self.source.function(f"life({', '.join(self.names())}, held, seen)")

    def _run(self) -> None:
        """Write how a status whose conditions are met runs and ends."""
        before = self.version.before
        start = before or self.version.start or self.status.dated_by
        self.source.add(1, f"start = {self._writer.plain().text(start)}")
        if self._has_term():
            self.source.add(1, f"last = {self._term()}[start]")
        if self.version.endings:
            self.source.add(1, "ended = []")
        for place, ending in enumerate(self.version.endings):
            self._ending(place, ending)
        if before is None:
            self.source.add(1, "if start > on:")
            self._absent(2)
        self._end()

    # --- what is asked ---

    def names(self) -> tuple[str, ...]:
        """Return what the function calls the facts, from the case down to the instance."""
        return tuple(f"e{place}" for place in range(len(self.line)))

    def _make_writer(self) -> Writer:
        plain = self.plain(self.source)
        return opened(plain, self.day) if self.careful else plain

    def plain(self, source: Source) -> Writer:
        """Return the writer of two-valued source that sees what the function sees."""
        scope = dict(zip(self.line, self.names(), strict=True))
        return Writer(source, self.rulebook, scope, self._figure, _no_rule, statuses=_held)

    def _figure(self, name: str) -> e.Value | None:
        found = self.rulebook.parameters[name].at(self.day)
        return found.value if found is not None else None

    def _decided(self) -> str:
        fact = self.rulebook.roles.get(Role.DECISION_DATE)
        if fact is None or fact.entity not in self.line:
            raise NotCompiled
        return f"e{self.line.index(fact.entity)}[{self.source.constant(fact.name)}]"

    def _truth(self, expression: e.Expression | None) -> str:
        """Return the source of a condition: of its truth in bits where that may be open."""
        if expression is None:
            return str(YES)
        if isinstance(self._writer, OpenWriter):
            code: Code = self._writer.truth(expression)
            return code if isinstance(code, str) else str(YES if code else NO)
        return self._writer.text(expression)

    def _bound(self) -> None:
        """Write the conditions, and what follows where they are not met."""
        add = self.source.add
        add(1, f"x = {self._truth(self.version.when)}")
        add(1, "if not x:")
        self._absent(2)
        exclusions = [self._truth(item) for item in self.version.exclusions]
        if exclusions:
            names = [self.source.name("x") for _ in exclusions]
            for name, text in zip(names, exclusions, strict=True):
                add(1, f"{name} = {text}")
            barred = " or ".join(f"{name} == {YES}" if self.careful else name for name in names)
            add(1, f"if {barred}:")
            if self.careful:
                add(2, f"if x == {OPEN}:")
                self._absent(3)
            barring = f"{self.source.constant(_places)}(({', '.join(names)},))"
            self._absent(2, barring)
            if self.careful:
                add(1, f"if {OPEN} in ({', '.join(names)},):")
                add(2, self._writer.stop())
        if self.careful:
            add(1, f"if x == {OPEN}:")
            add(2, self._writer.stop())

    def _absent(self, depth: int, barring: str = "()") -> None:
        state = ABSENT[self.status.kind]
        self._return(depth, self.source.constant(state), barring=barring)

    def _return(self, depth: int, state: str, *, barring: str = "()", rest: str = "") -> None:
        keep, constant = self.source.keep, self.source.constant
        made, new = keep(Standing), keep(tuple.__new__)
        head = f"{keep(self.status)}, {keep(self.version)}, {state}, on"
        rest = rest or f"None, None, None, {constant(Truth.FALSE)}"
        self.source.add(depth, f"return {new}({made}, ({head}, {rest}, {barring}))")

    # --- days ---

    def _term(self) -> str:
        """Return the table of last days, or nothing where the status has no end of its own."""
        period, law, back = self.version.term, self.version.law, self.version.before is not None
        if back:
            return self._last_days(lambda counter, day: counter.before(day, period, law))
        if period is None:
            return ""
        if self.status.kind is StatusKind.DUTY:
            return self._last_days(lambda counter, day: counter.due(day, period, law))
        return self._lasting(period)

    def _lasting(self, period: Period) -> str:
        return self._last_days(lambda counter, day: counter.lasting(day, period))

    def _last_days(self, count: Callable[[TermCounter, Domain], Term]) -> str:
        return self.source.keep(LastDays(self.days, count))

    def _ending(self, place: int, ending: Ending) -> None:
        """Write whether the status ended in this way by the day of the decision."""
        add, back = self.source.add, self.version.before is not None
        depth = 1
        if ending.condition is not None:
            add(1, f"x = {self._truth(ending.condition)}")
            if self.careful:
                add(1, f"if x == {OPEN}:")
                add(2, self._writer.stop())
            add(1, "if x:")
            depth = 2
        day, tests = "on", []
        if ending.on is not None:
            day = "day"
            add(depth, f"day = {self._writer.plain().text(ending.on)}")
            if ending.kind in _PAST and not back:
                add(depth, "if day < start:")
                add(depth + 1, self._writer.stop())
            tests.append("day <= on")
        if not back:
            tests.append(f"{day} >= start")
        if ending.interval is not None:
            tests += self._inside(day, ending.interval)
        if ending.after is not None and not back:
            tests.append(f"{day} >= {self._lasting(ending.after)}[start]")
        if self._has_term() and self.status.kind is not StatusKind.DUTY:
            tests.append(f"{day} <= last")
        if tests:
            add(depth, f"if {' and '.join(tests)}:")
            depth += 1
        kept = "day" if ending.on is not None else self.source.constant(UNDATED)
        add(depth, f"ended.append(({kept}, {place}))")

    def _has_term(self) -> bool:
        return self.version.term is not None or self.version.before is not None

    def _inside(self, day: str, interval: Interval) -> list[str]:
        tests = [f"{day} >= {self.source.constant(interval.start)}"]
        if interval.end is not None:
            tests.append(f"{day} <= {self.source.constant(interval.end)}")
        return tests

    # --- the state ---

    def _end(self) -> None:
        """Write the state of a status that came about."""
        add, constant, kind = self.source.add, self.source.constant, self.status.kind
        start = "start" if self.version.start is not None else "None"
        last = "last" if self._has_term() else "None"
        never = constant(Truth.FALSE)
        if self.version.endings:
            kinds = {ending.kind for ending in self.version.endings}
            if len(kinds) > 1:
                raise NotCompiled  # what it is then would hang on which of them came about
            late = never
            if kind is StatusKind.DUTY and self._has_term():
                late = f"{constant(lateness)}(ended, last)"
            add(1, "if ended:")
            state = constant(ENDED[kinds.pop()])
            self._return(2, state, rest=f"{start}, {last}, min(ended), {late}")
        rest = f"{start}, {last}, None, {never}"
        if self._has_term():
            add(1, "if on > last:")
            over = StatusState.LAPSED if self.version.right else OVER[kind]
            self._return(2, constant(over), rest=rest)
        self._return(1, constant(RUNNING[kind]), rest=rest)


def _held(source: Source, name: str) -> Code:
    """Return the source that asks whether what is in view has a status."""
    return f"held({source.constant(name)})"


def _no_rule(_: str) -> Code:
    """Refuse: statuses ask no rules."""
    raise NotCompiled


def _places(barred: tuple[object, ...]) -> tuple[int, ...]:
    """Return the places of what is met, in either logic: 1 is open there, and no `True`."""
    return tuple(place for place, found in enumerate(barred) if found is True or found == YES)


def line_of(entity: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the entities from the case down to this one."""
    line = [entity]
    while line[-1] != ROOT:
        line.append(rulebook.vocabulary.entities[line[-1]].parent)
    return tuple(reversed(line))
