"""One function for all rules that a case can touch, under the law of its two days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lawengine.compiled.expressions import Code
from lawengine.compiled.index import attached, has_effect, parts_of, replacing
from lawengine.compiled.outcome import NOTHING, Outcome, conclude
from lawengine.compiled.packages import PackageWriter
from lawengine.compiled.shapes import Shape
from lawengine.compiled.states import StateWriter
from lawengine.evaluation.states import LawTime
from lawengine.model import expressions as e
from lawengine.model.rules import DatedBy, Rule
from lawengine.model.scenarios import RuleState
from lawengine.sanctions.lighter import Order

Plan = Callable[..., Outcome]
"""Facts of the case, the party and the act in; the outcome out.

One in Kleene logic takes `seen` too: how conditions are read that hang on facts within bounds.

Raises:
    KeyError: a fact that matters is missing, or something is not settled by exact facts.
"""


@dataclass(slots=True)
class PlanWriter(StateWriter):
    """Writes the function: the states of rules, what they attach, and which law applies.

    With `careful` in Kleene logic: an open fact does no harm where other facts decide.
    """

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
        more = ", seen=None" if self.careful else ""
        return self.source.function(f"plan(case, party, act{more})")

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
        if self.law.one_day:
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
        mercy = self.source.keep(self.scales.mercy)
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
            kept = self.source.constant(frozenset(replacing(rule.name, self.index)))
            self.source.add(depth, f"if {defeated} in {kept}:")
            self.source.add(depth + 1, f"hits.append({one})")
            self.source.add(depth, "else:")
            depth += 1
        order = self.source.name("o")
        scales = self.source.keep(self.scales.substance)
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

    # --- the frame of the function ---

    def _start(self) -> None:
        self.source.add(1, "hits = []")
        self.source.add(1, "effects = others = both = ()")
        self.source.add(1, "simple = True")
        self._ask_tables()
        for decision in (False, True) if not self.careful else ():
            self._share(by_decision=decision)

    def _end(self) -> None:
        source = self.source
        outcome, new = source.keep(Outcome), source.keep(tuple.__new__)
        nothing, ends = source.keep(NOTHING), source.keep(conclude)
        book, empty = source.keep(self.index.rulebook), source.constant("")
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
        source.add(1, f"return {ends}(({facts}), {book}, both, simple=simple)")
