"""One version of a list, benefit or duty as a Python function: from facts to its state."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from lawengine.base.calendar import Period
from lawengine.base.truth import Truth
from lawengine.base.working_days import Calendars
from lawengine.compiled.expressions import Code, Rated, Writer
from lawengine.compiled.facts import absence
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
    TermCases,
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
    ratings: Rated | None = None
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
            self._unsettled(1)
        else:
            self._run()
        return self.source.function(f"life({', '.join(self.names())}, held, seen)")

    def _run(self) -> None:
        """Write how a status whose conditions are met runs and ends."""
        before = self.version.before
        start = before or self.version.start or self.status.dated_by
        self._start(start)
        if self._has_term():
            self._last()
        if self.version.endings:
            self.source.add(1, "ended = []")
        for place, ending in enumerate(self.version.endings):
            self._ending(place, ending)
        if before is None:
            self.source.add(1, "if start > on:")
            self._absent(2)
        self._end()

    def _start(self, start: e.Expression) -> None:
        """Write the day from which it runs; of a step that was not taken there is none."""
        kept = self._recorded(start)
        if kept is None or self.version.before is not None:
            self.source.add(1, f"start = {self._writer.plain().text(start)}")
            return
        self.source.add(1, f"start = {kept[0]}")
        self.source.add(1, "if start is None:")
        self.source.add(2, f"if on >= {kept[1]}:")  # it may have been after all
        self.source.add(3, self._writer.stop())
        self._absent(2)

    def _recorded(self, day: e.Expression) -> tuple[str, str] | None:
        """Return the source of the day of a step, and of the first on which a missing one may be.

        Edges: None for any other day; where nothing is said of a missing one it may be on any day.
        """
        if not isinstance(day, e.FactOf) or day.entity not in self.line:
            return None
        if day.fact not in self.rulebook.recorded.get(day.entity, ()):
            return None
        facts, constant = f"e{self.line.index(day.entity)}", self.source.constant
        return (
            f"{facts}.get({constant(day.fact)})",
            f"{facts}.get({constant(absence(day.fact))}, {constant(datetime.date.min)})",
        )

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
        return Writer(
            source, self.rulebook, scope, self._figure, _no_rule, statuses=_held,
            ratings=self.ratings, past=True,
        )  # fmt: skip

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
                self._unsettled(2)
        if self.careful:
            add(1, f"if x == {OPEN}:")
            self._unsettled(2)

    def _unsettled(self, depth: int) -> None:
        """Write what follows where it may have come about: nothing without the step that dates it.

        Law: a duty that is due before that very step is owed from the outset.
        """
        kept = self._recorded(self.status.dated_by) if self.day_open else None
        if kept is not None and self.version.before != self.status.dated_by:
            fact, first = kept
            self.source.add(depth, f"if {fact} is None and on < {first}:")
            self._absent(depth + 1)
        self.source.add(depth, self._writer.stop())

    def _absent(self, depth: int, barring: str = "()") -> None:
        state = ABSENT[self.status.kind]
        self._return(depth, self.source.constant(state), barring=barring)

    def _return(
        self, depth: int, state: str, *, barring: str = "()", rest: str = "", undone: str = "False"
    ) -> None:
        keep, constant = self.source.keep, self.source.constant
        made, new = keep(Standing), keep(tuple.__new__)
        head = f"{keep(self.status)}, {keep(self.version)}, {state}, on"
        rest = rest or f"None, None, None, {constant(Truth.FALSE)}"
        self.source.add(depth, f"return {new}({made}, ({head}, {rest}, {barring}, {undone}))")

    # --- days ---

    def _last(self) -> None:
        """Write the last day: of the first case of the term that is met, where there are cases."""
        add, term, depth = self.source.add, self.version.term, 1
        for case in term.cases if isinstance(term, TermCases) else ():
            if case.condition is None:
                add(depth, f"last = {self._term(case.period)}[start]")
                return
            add(depth, f"x = {self._truth(case.condition)}")
            if self.careful:
                add(depth, f"if x == {OPEN}:")
                add(depth + 1, self._writer.stop())
            add(depth, "if x:")
            add(depth + 1, f"last = {self._term(case.period)}[start]")
            add(depth, "else:")
            depth += 1
        add(depth, f"last = {self._term(None if isinstance(term, TermCases) else term)}[start]")

    def _term(self, period: Period | None) -> str:
        """Return the table of last days, or nothing where the status has no end of its own."""
        law, back = self.version.law, self.version.before is not None
        if back:
            return self._last_days(lambda counter, day: counter.before(day, period, law))
        if period is None:
            raise NotCompiled
        if self.status.kind is StatusKind.DUTY:
            return self._last_days(lambda counter, day: counter.due(day, period, law))
        return self._lasting(period)

    def _lasting(self, period: Period) -> str:
        return self._last_days(lambda counter, day: counter.lasting(day, period))

    def _last_days(self, count: Callable[[TermCounter, Domain], Term]) -> str:
        return self.source.keep(LastDays(self.days, count))

    def _ending(self, place: int, ending: Ending) -> None:
        """Write whether the status ended in this way by the day of the decision."""
        add, depth = self.source.add, 1
        kept = None if ending.on is None else self._recorded(ending.on)
        if kept is not None:
            add(1, f"day = {kept[0]}")
            add(1, "if day is None:")
            add(2, f"if on >= {kept[1]}:")  # it may have been after all
            add(self._met(3, ending), self._writer.stop())
            add(1, "else:")
            depth = 2
        depth = self._met(depth, ending)
        if ending.on is not None and kept is None:
            add(depth, f"day = {self._writer.plain().text(ending.on)}")
        self._ended(depth, place, ending)

    def _met(self, depth: int, ending: Ending) -> int:
        """Write the condition of an ending; return how deep stands what follows from it."""
        if ending.condition is None:
            return depth
        self.source.add(depth, f"x = {self._truth(ending.condition)}")
        if self.careful:
            self.source.add(depth, f"if x == {OPEN}:")
            self.source.add(depth + 1, self._writer.stop())
        self.source.add(depth, "if x:")
        return depth + 1

    def _ended(self, depth: int, place: int, ending: Ending) -> None:
        """Write that it ended, where its day lies as it must."""
        add, back = self.source.add, self.version.before is not None
        day = "on" if ending.on is None else "day"
        tests = []
        if ending.on is not None:
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
            undone = f"max(ended)[0] == {constant(UNDATED)}"
            self._return(2, state, rest=f"{start}, {last}, min(ended), {late}", undone=undone)
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
