"""Conditions as Python source in Kleene logic: for facts of which some are open."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields

from lawengine.base.truth import Truth
from lawengine.compiled.expressions import MAX_LENGTH, Code, Writer
from lawengine.compiled.index import parts_of
from lawengine.compiled.source import NotCompiled
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import Known
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT

NO, OPEN, YES = 0, 1, 3
"""The three truth values as bits, so that `&` and `|` are the Kleene "and" and "or"."""

NOT = {NO: YES, OPEN: OPEN, YES: NO}
OF = {False: NO, None: OPEN, True: YES}
SURE = {NO: False, YES: True}
"""What a settled condition says; an open one is a `KeyError`, as a fact that is missing is."""
BITS = {Truth.FALSE: NO, Truth.UNKNOWN: OPEN, Truth.TRUE: YES}

Seen = Callable[[e.Expression, datetime.date], int]
"""How the reference evaluator reads one condition, with the figures of a day."""


def single(
    test: Callable[[], bool], seen: Seen | None, expression: e.Expression, day: datetime.date
) -> int:
    """Return the truth of a single condition: by two-valued code unless it asks for an open fact.

    Where nothing is known of the bounds of facts (`seen` is None), it is then open. INVARIANT:
    that can only leave more open than the bounds do, and what is left open is asked again.
    """
    try:
        return YES if test() else NO
    except KeyError:
        return OPEN if seen is None else seen(expression, day)


def seen_in(scene: Scene) -> Seen:
    """Return how the reference evaluator reads single conditions of the act in the scene."""
    instances = {ROOT: scene.case, PARTY: scene.party, ACT: scene.act}
    return seen_by(
        lambda day: View(
            scene.rulebook, instances, Known(day), None, no_states, scene.entries,
            holds=scene.holds(),
        )
    )  # fmt: skip


def seen_by(view: Callable[[datetime.date], View]) -> Seen:
    """Return how the reference evaluator reads single conditions in the views of some days."""
    views: dict[datetime.date, View] = {}

    def seen(expression: e.Expression, day: datetime.date) -> int:
        if day not in views:
            views[day] = view(day)
        return BITS[evaluate(expression, views[day]).truth]

    return seen


def no_states(rule: str) -> Finding:
    """Refuse to say what became of a rule.

    Raises:
        KeyError: always.
    """
    raise KeyError(rule)


def joined(logic: e.Logic, truths: Iterable[Code]) -> Code:
    """Return the source of an "and" or "or"; `truths` as `OpenWriter.truth` gives them."""
    settling = logic is e.Logic.OR
    found: list[str] = []
    for truth in truths:
        if truth is settling:
            return settling
        if isinstance(truth, str):
            found.append(truth)
    if not found:
        return not settling
    sign = " | " if settling else " & "
    return found[0] if len(found) == 1 else f"({sign.join(found)})"


def opened(writer: Writer, day: datetime.date) -> OpenWriter:
    """Return the writer in Kleene logic that sees what a two-valued one does."""
    return OpenWriter(*(getattr(writer, item.name) for item in fields(Writer)), day=day)


@dataclass(frozen=True, slots=True)
class OpenWriter(Writer):
    """Writes conditions in Kleene logic, and everything else as its parent does.

    The source reads a further variable, `seen`; `day` is the one whose figures apply.
    """

    day: datetime.date = field(default=datetime.date.min, kw_only=True)

    def plain(self) -> Writer:
        """Return the writer of two-valued source."""
        return Writer(*(getattr(self, item.name) for item in fields(Writer)))

    def code(self, expression: e.Expression) -> Code:
        """Return the source of a value; that of a condition raises `KeyError` where it is open."""
        if expression.type.kind is not Kind.YES_NO:
            return self.plain().code(expression)
        return self.sure(self.truth(expression))

    def sure(self, truth: Code) -> Code:
        """Return the source that tells whether something holds, and raises where that is open."""
        return truth if isinstance(truth, bool) else f"{self.source.constant(SURE)}[{truth}]"

    def negated(self, truth: Code) -> Code:
        """Return the source of the opposite."""
        return not truth if isinstance(truth, bool) else f"{self.source.constant(NOT)}[{truth}]"

    def truth(self, expression: e.Expression) -> Code:
        """Return the source of a truth value, or the answer itself where it is settled already.

        Raises:
            NotCompiled: it has no source, or one that is too long.
        """
        found = self._truth(expression)
        if isinstance(found, str) and len(found) > MAX_LENGTH:
            raise NotCompiled
        return found

    def _truth(self, expression: e.Expression) -> Code:
        match expression:
            case e.Constant(value=value):
                return bool(value)
            case e.Negation(operand=operand):
                return self.negated(self.truth(operand))
            case e.Connection(logic=logic, operands=operands):
                return joined(logic, [self.truth(operand) for operand in operands])
            case e.Defined(name=name):
                return self.truth(self.rulebook.definitions[name].body)
            case e.Established(rule=rule):
                state = self.states(rule)
                return state if isinstance(state, bool) else f"({YES} if {state} else {NO})"
            case e.FactOf(entity=entity) if entity in self.scope:
                return self._told(expression)
            case _:
                return self._single(expression)

    def _told(self, expression: e.FactOf) -> str:
        fact = self.rulebook.vocabulary.fact(expression.entity, expression.fact)
        key = self.source.constant(expression.fact)
        presumed = f", {bool(fact.presumption.value)}" if fact.presumption is not None else ""
        owner = self.scope[expression.entity]
        return f"{self.source.constant(OF)}[{owner}.get({key}{presumed})]"

    def _single(self, expression: e.Expression) -> Code:
        if any(isinstance(x, e.Established) for x in parts_of([expression], self.rulebook)):
            raise NotCompiled  # the reference would be asked for states that it does not see here
        plain = self.plain()
        code = plain.code(expression)
        if isinstance(code, bool):
            return code
        constant, keep = self.source.constant, self.source.keep
        words = f"lambda: {plain.text(expression)}, seen, {keep(expression)}, {constant(self.day)}"
        return f"{constant(single)}({words})"
