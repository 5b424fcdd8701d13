"""The states of rules as Python source: versions, conditions, defeat, under either law."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.compiled.expressions import Code, Held, Writer, statuses_of
from lawengine.compiled.index import CHAIN, Index, attached, conditions, has_effect, looks, parts_of
from lawengine.compiled.kleene import OpenWriter, joined, opened
from lawengine.compiled.shapes import Scales
from lawengine.compiled.source import NotCompiled, Source
from lawengine.evaluation.states import LawTime
from lawengine.model import expressions as e
from lawengine.model.measures import MERCIFUL
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedBy, Rule, Version
from lawengine.model.types import Kind

_CHEAP = 24
"""A definition whose source is shorter than this is written out where it is used."""


@dataclass(frozen=True, slots=True)
class Law:
    """What picks the versions: both days, and whether the lighter later law is asked.

    Where days are known within bounds, any of them stands for all: the law does not change between
    them. `one_day` tells that the same is known of both.
    """

    conduct: datetime.date
    decision: datetime.date
    lighter: bool
    one_day: bool


@dataclass(slots=True)
class StateWriter:
    """Writes the states of rules for one value of the pivot and one pair of days.

    With `careful` conditions are written in Kleene logic, and nothing is read before its condition
    asks for it: an open fact does no harm where other facts decide.
    """

    index: Index
    law: Law
    value: str | None
    scales: Scales
    careful: bool = False
    held: Held | None = None
    source: Source = field(default_factory=Source)
    names: tuple[str, ...] = ()
    compare: bool = False
    _touched: frozenset[str] = frozenset()
    _states: dict[tuple[str, LawTime], Code] = field(default_factory=dict)
    _defeated: dict[tuple[str, LawTime], str] = field(default_factory=dict)
    _same: dict[str, bool] = field(default_factory=dict)
    _asked: set[tuple[str, LawTime]] = field(default_factory=set)
    _locals: dict[bool, dict[str, str]] = field(default_factory=dict)
    _needed: frozenset[str] = frozenset()
    _guard: str = ""

    # --- law ---

    def _by_decision(self, rule: Rule, time: LawTime) -> bool:
        return time is LawTime.DECISION or rule.dated_by is DatedBy.DECISION

    def _day(self, rule: Rule, time: LawTime) -> datetime.date:
        return self.law.decision if self._by_decision(rule, time) else self.law.conduct

    def _version(self, name: str, time: LawTime) -> Version | None:
        rule = self.index.rulebook.rules[name]
        return rule.version_at(self._day(rule, time)) if name in self._touched else None

    def _lighter_law(self) -> bool:
        """Tell whether the lighter later law is asked for, which must not hang on the case.

        Raises:
            NotCompiled: it does.
        """
        for name in self.index.lighter:
            version = self._version(name, LawTime.CONDUCT)
            if version is None:
                continue
            if any(True for _ in conditions(version)) or self.index.attackers.get(name):
                raise NotCompiled
            return True
        return False

    def _attackers(self, name: str, time: LawTime) -> list[str]:
        """Return the rules whose versions in force defeat that one, in order."""
        found = []
        for other in self.index.attackers.get(name, ()):
            version = self._version(other, time)
            if version is None:
                continue
            exception = self.index.rulebook.rules[other].exception_to == name
            if exception or name in version.prevails_over:
                found.append(other)
        return found

    def _depended_on(self) -> frozenset[str]:
        """Return the rules whose state another one asks for."""
        found: set[str] = set()
        for name in self.names:
            for version in self._versions(name):
                read = parts_of([*conditions(version), *attached(version)], self.index.rulebook)
                found.update(x.rule for x in read if isinstance(x, e.Established))
            found.update(self.index.attackers.get(name, ()))
        return frozenset(found)

    def _versions(self, name: str) -> list[Version]:
        found = [self._version(name, time) for time in LawTime]
        return list({id(v): v for v in found if v is not None}.values())

    # --- what is the same under both laws ---

    def _same_state(self, name: str) -> bool:
        """Tell whether the rule has one state under both laws, whatever the facts."""
        if name not in self._same:
            self._same[name] = False  # a circle of rules is not the same
            self._same[name] = self._is_same(name)
        return self._same[name]

    def _is_same(self, name: str) -> bool:
        one, two = (self._version(name, time) for time in LawTime)
        if one is not two:
            return False
        if one is None:
            return True
        if not self._fixed(name, conditions(one)):
            return False
        attackers = self._attackers(name, LawTime.CONDUCT)
        if attackers != self._attackers(name, LawTime.DECISION):
            return False
        return all(self._same_state(other) for other in attackers)

    def _fixed(self, name: str, expressions: Iterable[e.Expression]) -> bool:
        """Tell whether the expressions have one value under both laws."""
        rulebook = self.index.rulebook
        days = [self._day(rulebook.rules[name], time) for time in LawTime]
        for part in parts_of(expressions, rulebook):
            if isinstance(part, e.Established) and not self._same_state(part.rule):
                return False
            if isinstance(part, e.ParameterValue):
                one, two = (rulebook.parameters[part.name].at(day) for day in days)
                if one is not two:
                    return False
        return True

    # --- states ---

    def _state(self, name: str, time: LawTime) -> Code:
        """Return the variable that holds whether a rule is established, writing it if need be."""
        if time is LawTime.DECISION and self._same_state(name):
            time = LawTime.CONDUCT
        key = (name, time)
        if key not in self._states:
            if key in self._asked:
                raise NotCompiled  # rules in a circle
            self._asked.add(key)
            self._states[key] = self._write_state(name, time)
        return self._states[key]

    def _write_state(self, name: str, time: LawTime) -> Code:
        condition = self._condition(name, time)
        if condition is False:
            return False
        attackers = [(other, self._state(other, time)) for other in self._attackers(name, time)]
        attackers = [(other, code) for other, code in attackers if code is not False]
        if not attackers and name not in self._needed:
            return condition
        self._close_guard()
        found = self.source.name("s")
        self.source.add(1, f"{found} = {condition}")
        if attackers:
            by = self._defeated[name, time] = self.source.name("b")
            self.source.add(1, f"{by} = None")
            self.source.add(1, f"if {found}:")
            word = "if"
            for other, code in attackers:
                self.source.add(2, f"{word} {code}:")
                self.source.add(3, f"{found} = False")
                self.source.add(3, f"{by} = {self.source.constant(other)}")
                word = "elif"
        return found

    def _close_guard(self) -> None:
        """End the block of conditions that share a guard."""
        self._guard = ""

    def _condition(self, name: str, time: LawTime) -> Code:
        version = self._version(name, time)
        if version is None:
            return False
        writer = self._writer(name, time)
        if isinstance(writer, OpenWriter):
            met = [] if version.when is None else [writer.truth(version.when)]
            met += [writer.negated(writer.truth(part)) for part in version.exclusions]
            return writer.sure(joined(e.Logic.AND, met))
        tests: list[tuple[bool, str]] = []
        for exclusion in version.exclusions:
            code = writer.code(exclusion)
            if code is True:
                return False
            if isinstance(code, str):
                tests.append((not writer.safe(exclusion), f"not {code}"))
        when = writer.code(version.when) if version.when is not None else True
        if when is False:
            return False
        if version.when is not None and isinstance(when, str):
            tests.append((not version.exclusions or not writer.safe(version.when), when))
        tests.sort(key=lambda test: test[0])
        return " and ".join(text for _, text in tests) if tests else True

    def _writer(self, name: str, time: LawTime) -> Writer:
        rule = self.index.rulebook.rules[name]
        day = self._day(rule, time)
        parameters = self.index.rulebook.parameters

        def figure(parameter: str) -> e.Value | None:
            found = parameters[parameter].at(day)
            return found.value if found is not None else None

        def state(other: str) -> Code:
            code = self._state(other, time)
            if code is True or time is LawTime.DECISION or not self.compare:
                return code
            if not has_effect(self.index.rulebook.rules[other], *MERCIFUL):
                return code
            later = self._state(other, LawTime.DECISION)
            if later is code or later is False:
                return code
            return later if code is False or later is True else f"({code} or {later})"

        plain = Writer(
            self.source, self.index.rulebook, {name: name for name in CHAIN}, figure, state,
            self.index.pivot, self.value, self._locals_of(name, time), statuses_of(self.held),
            self.index.ratings,
        )  # fmt: skip
        return opened(plain, day) if self.careful else plain

    def _locals_of(self, name: str, time: LawTime) -> Mapping[str, str]:
        rule = self.index.rulebook.rules[name]
        return self._locals.get(self._by_decision(rule, time), {})

    # --- what is read once ---

    def _ask_tables(self) -> None:
        """Ask the exclusions that look at a table, also where the rule fails without them.

        Rows of a table that clash are reported even then, which the reference evaluator does.
        """
        for name in self.index.tabled:
            for time in LawTime if self.compare else (LawTime.CONDUCT,):
                rule = self.index.rulebook.rules[name]
                version = rule.version_at(self._day(rule, time))
                for part in conditions(version) if version is not None else ():
                    if looks(part, self.index.rulebook):
                        self.source.add(1, self._writer(name, time).text(part))

    def _share(self, *, by_decision: bool) -> None:
        """Put definitions and choices that several conditions read into local variables."""
        rulebook = self.index.rulebook
        counted: dict[str, int] = {}
        chosen: dict[str, e.Expression] = {}
        names = [
            (name, time)
            for name in self.names
            for time in (
                (LawTime.CONDUCT, LawTime.DECISION) if self.compare else (LawTime.CONDUCT,)
            )
            if self._by_decision(rulebook.rules[name], time) is by_decision
        ]
        certain: set[str] = set()
        for name, time in names:
            version = self._version(name, time)
            for part in _upper(conditions(version)) if version is not None else ():
                key = f"define {part.name}" if isinstance(part, e.Defined) else _path(part)
                counted[key] = counted.get(key, 0) + 1
                chosen[key] = part
            certain |= {_first(part) for part in conditions(version)} if version else set()
        found: dict[str, str] = {}
        self._locals[by_decision] = found
        for key, part in chosen.items():
            if counted[key] == 1 or _asks_states(part, rulebook):
                continue
            if isinstance(part, e.FactOf) and key not in certain:
                continue
            code = self._writer(*names[0]).code(part)
            least = _CHEAP if isinstance(part, e.Defined) else len("act[k1]")
            if isinstance(code, str) and len(code) >= least:
                name = self.source.name("g")
                self.source.add(1, f"{name} = {code}")
                found[key] = name


def _upper(expressions: Iterable[e.Expression]) -> list[e.Expression]:
    """Return the definitions and choice facts that conditions name themselves."""
    found: list[e.Expression] = []
    stack = list(expressions)
    while stack:
        part = stack.pop()
        if isinstance(part, e.Defined):
            found.append(part)
        elif isinstance(part, e.FactOf):
            if part.type.kind is Kind.CHOICE and part.entity in CHAIN:
                found.append(part)
        elif not isinstance(part, e.Aggregated | e.DayCount):
            stack += e.children(part)
    return found


def _path(part: e.Expression) -> str:
    return f"{part.entity}.{part.fact}" if isinstance(part, e.FactOf) else ""


def _asks_states(part: e.Expression, rulebook: Rulebook) -> bool:
    return any(isinstance(x, e.Established | e.Looked) for x in parts_of([part], rulebook))


def _first(expression: e.Expression) -> str:
    """Return the path of the fact that a condition reads first, or nothing."""
    while parts := e.children(expression):
        expression = parts[0]
    return _path(expression)
