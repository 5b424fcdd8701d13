"""One function for all rules that a case can touch, under the law of its two days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lawengine.compiled.expressions import Code, Writer
from lawengine.compiled.index import CHAIN, Index, attached, conditions, has_effect, looks, parts_of
from lawengine.compiled.outcome import NOTHING, Facts, Outcome, conclude
from lawengine.compiled.packages import PackageWriter
from lawengine.compiled.shapes import Hit, Scales, Shape
from lawengine.compiled.source import NotCompiled, Source
from lawengine.deciding.leaf import carries_penalty
from lawengine.evaluation.states import LawTime
from lawengine.model import expressions as e
from lawengine.model.measures import EffectKind, Reference
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedBy, Rule, Version
from lawengine.model.scenarios import RuleState
from lawengine.model.types import Kind
from lawengine.sanctions.lighter import Order

Plan = Callable[[Facts, Facts, Facts], Outcome]
"""Facts of the case, the party and the act in; the outcome out.

Raises:
    KeyError: a fact that matters is missing, or something is not settled by exact facts.
"""

_MERCIES = (
    EffectKind.NO_PENALTY,
    EffectKind.LIGHTER,
    EffectKind.REDUCED,
    EffectKind.LIGHTER_OR_REDUCED,
)
_CHEAP = 24
"""A definition whose source is shorter than this is written out where it is used."""


@dataclass(frozen=True, slots=True)
class Law:
    """What picks the versions: both days, and whether the lighter later law is asked."""

    conduct: datetime.date
    decision: datetime.date
    lighter: bool


@dataclass(slots=True)
class PlanWriter:
    """Writes the function for one value of the pivot and one pair of days.

    With `careful` nothing is read before its condition asks for it, so that a missing fact does
    no harm where other facts decide; `shared` tells whether that makes a difference.
    """

    index: Index
    law: Law
    value: str | None
    scales: Scales
    careful: bool = False
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
    shared: bool = False
    _guard: str = ""

    def write(self) -> Plan:
        """Return the function.

        Raises:
            NotCompiled: something that these rules say has no source.
        """
        self.names = tuple(self.index.candidates(self.value))
        self._touched = frozenset(self.names)
        self.compare = self.law.lighter and self._lighter_law()
        self._needed = self._depended_on()
        self._start()
        for name in self.names:
            self._lineage(self.index.rulebook.rules[name])
        self._end()
        return self.source.function("plan(case, party, act)")  # type: ignore[return-value]

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

    def _condition(self, name: str, time: LawTime) -> Code:
        version = self._version(name, time)
        if version is None:
            return False
        writer = self._writer(name, time)
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
        if isinstance(when, str):
            tests.append((not version.exclusions or not writer.safe(version.when), when))  # type: ignore[arg-type]
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
            if not has_effect(self.index.rulebook.rules[other], *_MERCIES):
                return code
            later = self._state(other, LawTime.DECISION)
            if later is code or later is False:
                return code
            return later if code is False or later is True else f"({code} or {later})"

        return Writer(
            self.source, self.index.rulebook, {name: name for name in CHAIN}, figure, state,
            self.index.pivot, self.value, self._locals_of(name, time),
        )  # fmt: skip

    def _locals_of(self, name: str, time: LawTime) -> Mapping[str, str]:
        rule = self.index.rulebook.rules[name]
        return self._locals.get(self._by_decision(rule, time), {})

    # --- lineages ---

    def _lineage(self, rule: Rule) -> None:
        later = self._later_differs(rule)
        code = self._state(rule.name, LawTime.CONDUCT)
        by = self._defeated.get((rule.name, LawTime.CONDUCT))
        if not later:
            if code is not False:
                self._block(rule, LawTime.CONDUCT, code, self._put)
            if by is not None:
                self._other(rule, by, "")
        elif has_effect(rule):
            self._general(rule, code, by)
        elif code is not False:
            self._substance(rule, code, by)

    def _later_differs(self, rule: Rule) -> bool:
        """Tell whether the lighter later law must be asked for this rule."""
        if not self.compare or rule.dated_by is DatedBy.DECISION:
            return False
        if self.law.conduct == self.law.decision:
            return False
        later = self._version(rule.name, LawTime.DECISION)
        if later is None:
            return rule.repeal is not None and rule.repeal.start <= self.law.decision
        same = self._same_state(rule.name)
        return not (same and self._fixed(rule.name, attached(later)))

    def _block(
        self, rule: Rule, time: LawTime, code: Code, sink: Callable[[Shape, str, int], None]
    ) -> None:
        """Write what an established rule attaches."""
        version = self._version(rule.name, time)
        if version is None:
            return
        for part in parts_of(attached(version), self.index.rulebook):
            if isinstance(part, e.Established):  # its state is written before the block
                self._writer(rule.name, time).states(part.rule)
        depth = self._open(code)
        writer = self._writer(rule.name, time)
        later = time is LawTime.DECISION
        lines: list[str] = []
        PackageWriter(
            writer, self.scales.numbers, rule, version, later,
            lambda shape, hit, deep: lines.extend(self._indented(sink, shape, hit, deep)),
            lines,
        ).write(depth)  # fmt: skip
        self.source.lines += lines

    def _indented(
        self, sink: Callable[[Shape, str, int], None], shape: Shape, hit: str, depth: int
    ) -> list[str]:
        before = len(self.source.lines)
        sink(shape, hit, depth)
        found = self.source.lines[before:]
        del self.source.lines[before:]
        return found

    def _open(self, code: Code) -> int:
        """Open the block of a condition, joining it to the one before under the same guard."""
        if code is True:
            self._close_guard()
            return 1
        text = str(code)
        guard, _, rest = text.partition(" and ")
        if rest and guard.startswith("not g"):
            if self._guard != guard:
                self.source.add(1, f"if {guard}:")
                self._guard = guard
            self.source.add(2, f"if {rest}:")
            return 3
        self._close_guard()
        self.source.add(1, f"if {text}:")
        return 2

    def _close_guard(self) -> None:
        self._guard = ""

    def _put(self, shape: Shape, hit: str, depth: int) -> None:
        """Write that the hit applies."""
        if shape.effects:
            self.source.add(depth, f"effects += ({hit},)")
            if not shape.gentle:
                self.source.add(depth, "simple = False")
        if shape.slots or not shape.effects:
            self.source.add(depth, f"hits.append({hit})")
            if not shape.plain:
                self.source.add(depth, "simple = False")

    def _other(self, rule: Rule, by: str, unless: str) -> None:
        """Write that a defeated rule is among the others."""
        self._close_guard()
        name, state = self.source.constant(rule.name), self.source.constant(RuleState.DEFEATED)
        self.source.add(1, f"if {by} is not None{unless}:")
        self.source.add(2, f"others += (({name}, {state}, {by}),)")

    def _assign(self, variable: str) -> Callable[[Shape, str, int], None]:
        return lambda _, hit, depth: self.source.add(depth, f"{variable} = {hit}")

    def _both_packages(self, rule: Rule, code: Code) -> tuple[str, str]:
        """Write what the rule attaches under either law into two variables."""
        one, two = self.source.name("p"), self.source.name("q")
        later = self._state(rule.name, LawTime.DECISION)
        self._close_guard()
        self.source.add(1, f"{one} = {two} = None")
        if code is not False:
            self._block(rule, LawTime.CONDUCT, code, self._assign(one))
        if later is not False:
            self._block(rule, LawTime.DECISION, later, self._assign(two))
        self._close_guard()
        return one, two

    def _general(self, rule: Rule, code: Code, by: str | None) -> None:
        """Write a rule of the general part: its effect is a lineage of its own."""
        one, two = self._both_packages(rule, code)
        name, state = (
            self.source.constant(rule.name),
            self.source.constant(RuleState.NOT_ESTABLISHED),
        )
        mercy = self.source.object(self.scales.mercy)
        self.source.add(1, f"if {mercy}({one}, {two}):")
        self.source.add(2, f"if {two} is None:")
        self.source.add(3, f"others += (({name}, {state}, ''),)")
        self.source.add(2, f"{one} = {two}")
        self.source.add(1, f"if {one} is not None:")
        self._put_any(one, 2)
        if by is not None:
            self._other(rule, by, f" and {one} is None")

    def _put_any(self, variable: str, depth: int) -> None:
        self.source.add(depth, "simple = False")
        self.source.add(depth, f"if {variable}[0].effects:")
        self.source.add(depth + 1, f"effects += ({variable},)")
        self.source.add(depth, f"if {variable}[0].slots or not {variable}[0].effects:")
        self.source.add(depth + 1, f"hits.append({variable})")

    def _substance(self, rule: Rule, code: Code, by: str | None) -> None:
        """Write a norm under both laws: the lighter package applies."""
        one, two = self._both_packages(rule, code)
        name, state = (
            self.source.constant(rule.name),
            self.source.constant(RuleState.NOT_ESTABLISHED),
        )
        self.source.add(1, f"if {one} is not None:")
        depth = 2
        defeated = self._defeated.get((rule.name, LawTime.DECISION))
        if self._same_state(rule.name):
            defeated = None
        self.source.add(depth, "simple = False")
        if defeated is not None:
            kept = self.source.constant(frozenset(self._replacing(rule.name)))
            self.source.add(depth, f"if {defeated} in {kept}:")
            self.source.add(depth + 1, f"hits.append({one})")
            self.source.add(depth, "else:")
            depth += 1
        order = self.source.name("o")
        scales = self.source.object(self.scales.substance)
        lighter, open_ = self.source.constant(Order.LIGHTER), self.source.constant(Order.OPEN)
        self.source.add(depth, f"{order} = {scales}({one}, {two})")
        self.source.add(depth, f"if {order} is not {lighter}:")
        self.source.add(depth + 1, f"hits.append({one})")
        self.source.add(depth, f"if {order} is {open_}:")
        self.source.add(depth + 1, f"both += ({name},)")
        self.source.add(depth, f"if {order} is {lighter} or {order} is {open_}:")
        self.source.add(depth + 1, f"if {two} is not None:")
        self.source.add(depth + 2, f"hits.append({two})")
        self.source.add(depth + 1, "else:")
        self.source.add(depth + 2, f"others += (({name}, {state}, ''),)")
        if by is not None:
            self._other(rule, by, "")

    def _replacing(self, name: str) -> list[str]:
        """Return the rules that defeat this one and put something in its place."""
        found = []
        for other in self.index.attackers.get(name, ()):
            rule = self.index.rulebook.rules[other]
            refers = any(
                isinstance(c, Reference) for v in rule.versions for c in v.all_consequences()
            )
            if rule.exception_to != name or carries_penalty(rule) or refers:
                found.append(other)
        return found

    # --- the frame of the function ---

    def _start(self) -> None:
        self.source.add(1, "hits = []")
        self.source.add(1, "effects = others = both = ()")
        self.source.add(1, "simple = True")
        self._ask_tables()
        for decision in (False, True) if not self.careful else ():
            self._share(by_decision=decision)

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
            if counted[key] < 2 or _asks_states(part, rulebook):
                continue
            if isinstance(part, e.FactOf) and key not in certain:
                continue
            code = self._writer(*names[0]).code(part)
            least = _CHEAP if isinstance(part, e.Defined) else len("act[k1]")
            if isinstance(code, str) and len(code) >= least:
                name = self.source.name("g")
                self.source.add(1, f"{name} = {code}")
                found[key] = name
                self.shared = True

    def _end(self) -> None:
        source = self.source
        outcome, new = source.object(Outcome), source.object(tuple.__new__)
        nothing, ends = source.object(NOTHING), source.object(conclude)
        book, empty = source.object(self.index.rulebook), source.constant("")
        facts = "case, party, act, hits, effects, others"
        source.add(1, "if not hits:")
        source.add(2, f"return {new}({outcome}, ({facts}, {nothing}, None, {empty}))")
        source.add(1, "if simple and len(hits) == 1:")
        source.add(2, "shape, ends = hits[0]")
        source.add(2, "place = shape.fine")
        source.add(2, "if place < 0:")
        source.add(3, f"return {new}({outcome}, ({facts}, {nothing}, None, {empty}))")
        source.add(2, "low, high = ends[place]")
        source.add(2, "fine = (low, high, shape.may, False, 1)")
        source.add(2, f"return {new}({outcome}, ({facts}, fine, None, {empty}))")
        source.add(1, f"met = {new}({outcome}, ({facts}, {nothing}, ({book}, both), {empty}))")
        source.add(1, f"return {ends}(met, simple=simple)")


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
        elif not isinstance(part, e.Aggregated):
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
