"""Candidates for a change: which facts, changed to which values, may flip the state of a rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth
from lawengine.deciding.leaf import Leaf, carries_penalty, reaches_penalties
from lawengine.evaluation.domains import bounds, next_value, previous_value
from lawengine.evaluation.facts import Domain, FactKey, Known, Ordered
from lawengine.evaluation.states import StateFinding
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.expressions import Comparison, Value
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.model.types import Kind
from lawengine.questions.choices import Groups
from lawengine.questions.narrowing import walk
from lawengine.questions.scenes import Situation
from lawengine.questions.wording import fact_of

Repair: TypeAlias = Mapping[FactKey, Value]
"""Facts and the values that they are changed to."""

MAX_REPAIRS = 48
MAX_DAYS = 4
"""How many changes of the law before and after the act are tried."""
MAX_GROUPS = 6
"""Choices that the rules tell apart; of more than that none is tried but one that they ignore."""
MAX_DEPTH = 4
"""How many rules may ask for each other's state, one inside the other."""

_INVERTED = {
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.UNEQUAL: Comparison.EQUAL,
    Comparison.AT_LEAST: Comparison.LESS,
    Comparison.LESS: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE,
    Comparison.MORE: Comparison.AT_MOST,
}
_MIRRORED = {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE: Comparison.LESS,
    Comparison.LESS: Comparison.MORE,
}
_FINEST = Fraction(1, 10_000)
_NEAR = (0, 1, -1)


def candidates(at: Situation, rule: str = "") -> Iterator[Repair]:
    """Yield changes worth trying, each once.

    First every fact that was read, alone; then those that together flip the state of a rule, of
    that one only where `rule` names one.
    """
    leaf = at.leaf()
    repairer = _Repairer(leaf, at.groups)
    seen: set[frozenset[tuple[FactKey, Value]]] = set()
    for repair in [*_singles(leaf, at), *_of_rules(leaf, repairer, rule)]:
        mark = frozenset(repair.items())
        if repair and mark not in seen:
            seen.add(mark)
            yield repair


def _representatives(groups: tuple[tuple[str, ...], ...]) -> list[Value]:
    """Return a choice of each group; of very many only one that no rule asks for.

    Among fifty kinds of acts, another kind is another act: only none of them is worth a try.
    """
    return [group[-1] for group in (groups if len(groups) <= MAX_GROUPS else groups[-1:])]


def _of_rules(leaf: Leaf, repairer: _Repairer, rule: str) -> Iterator[Repair]:
    """Yield what flips one rule; without a name, what ends those that apply, or stands against."""
    if rule:
        yield from repairer.rule(rule, wanted=True)
        yield from repairer.rule(rule, wanted=False)
        return
    lineages = leaf.lineages.items()
    live = {name for name, found in lineages if found.conduct.truth is not Truth.FALSE}
    for name, lineage in lineages:
        if name in live:
            yield from repairer.rule(name, wanted=False)
        elif reaches_penalties(lineage.rule) or live & set(lineage.rule.targets()):
            yield from repairer.rule(name, wanted=True)

    penal = [name for name in live if carries_penalty(leaf.lineages[name].rule)]
    if len(penal) > 1:
        # Several rules are broken: each has to be ended, in the ways that agree.
        yield from _together(repairer.rule(name, wanted=False) for name in sorted(penal))


def _singles(leaf: Leaf, at: Situation) -> Iterator[Repair]:
    """Yield every fact that was read, alone, with each value that may make a difference."""
    for key in _keys(leaf):
        fact = fact_of(key, at.rulebook)
        if fact is None:
            continue
        now = at.domain(key)
        match fact.type.kind:
            case Kind.YES_NO:
                values: list[Value] = [True, False]
            case Kind.CHOICE:
                values = _representatives(at.groups[fact.path])
            case Kind.DATE:
                values = _days_of_law(key, now, leaf)
            case Kind.MONEY | Kind.COUNT:
                values = [0]
            case _:
                values = []
        values.sort(key=lambda value: distance(now, value))
        yield from ({key: value} for value in values if now != Known(value))


def _days_of_law(key: FactKey, now: Domain, leaf: Leaf) -> list[Value]:
    """Return the days nearest to a date on which the law of a rule that may apply changes."""
    live = [
        lineage for lineage in leaf.lineages.values() if lineage.conduct.truth is not Truth.FALSE
    ]
    if not any(lineage.conduct.day_key == key for lineage in live):
        return []
    starts = {version.interval.start for one in live for version in one.rule.versions}
    low, high = bounds(now)
    below = {day for start in starts if (day := previous_value(start)) < (low or start)}  # type: ignore[operator]  # both are of one kind by the checks
    above = {start for start in starts if start > (high or previous_value(start))}  # type: ignore[operator]  # both are of one kind by the checks
    return [*sorted(above)[:MAX_DAYS], *sorted(below, reverse=True)[:MAX_DAYS]]


def _keys(leaf: Leaf) -> list[FactKey]:
    found: dict[FactKey, None] = {}
    for finding in _findings(leaf):
        for part in walk(finding):
            if part.key is not None:
                found.setdefault(part.key)
            for need in part.needs:
                found.setdefault(need.key)
    for lineage in leaf.lineages.values():
        if lineage.conduct.day_key is not None:
            found.setdefault(lineage.conduct.day_key)
    return list(found)


def _findings(leaf: Leaf) -> Iterator[Finding]:
    for lineage in leaf.lineages.values():
        for state in (lineage.conduct, lineage.later):
            if state is not None:
                yield from _conditions(state)
        for package in (lineage.package, lineage.later_package):
            if package is None:
                continue
            yield from (tier.found for tier in package.tiers)
            for item in package.items:
                yield from item.fine.parts if item.fine is not None else ()
                if item.amount is not None:
                    yield item.amount


def _conditions(state: StateFinding) -> Iterator[Finding]:
    if state.when is not None:
        yield state.when
    yield from state.exclusions


@dataclass(frozen=True, slots=True)
class _Repairer:
    """Finds the facts whose change gives a condition the truth that is wanted of it."""

    leaf: Leaf
    groups: Groups

    @property
    def rulebook(self) -> Rulebook:
        return self.leaf.scene.rulebook

    def rule(self, name: str, *, wanted: bool, depth: int = 0) -> list[Repair]:
        """Return changes after which the rule is established, or is not."""
        if depth > MAX_DEPTH or name not in self.leaf.lineages:
            return []
        state = self.leaf.lineages[name].conduct
        if (state.state is RuleState.ESTABLISHED) is wanted and (
            state.state is not RuleState.UNDETERMINED
        ):
            return [{}]
        attackers = self.rulebook.attackers[name]
        if not wanted:
            below = [self.of(part, wanted=False, depth=depth) for part in [state.when] if part]
            below += [self.of(part, wanted=True, depth=depth) for part in state.exclusions]
            below += [self.rule(other, wanted=True, depth=depth + 1) for other in attackers]
            return [repair for found in below for repair in found][:MAX_REPAIRS]
        if state.version is None and not state.version_open:
            return list(self._days(state))
        parts = [self.of(part, wanted=True, depth=depth) for part in [state.when] if part]
        parts += [self.of(part, wanted=False, depth=depth) for part in state.exclusions]
        parts += [
            self.rule(other, wanted=False, depth=depth + 1)
            for other in attackers
            if self.leaf.lineages[other].conduct.truth is not Truth.FALSE
        ]
        return _together(parts)

    def _days(self, state: StateFinding) -> Iterator[Repair]:
        if state.day_key is None:
            return
        for version in state.rule.versions:
            first, last = version.interval.start, version.interval.end
            low, high = bounds(state.day)
            if isinstance(high, datetime.date) and high < first:
                yield {state.day_key: first}
            elif last is not None and isinstance(low, datetime.date) and low > last:
                yield {state.day_key: last}
            elif low is None and high is None:
                yield {state.day_key: first}

    def of(self, finding: Finding, *, wanted: bool, depth: int = 0) -> list[Repair]:
        """Return changes after which the condition has the truth that is wanted."""
        if finding.truth is not Truth.UNKNOWN and (finding.truth is Truth.TRUE) is wanted:
            return [{}]
        match finding.expression:
            case e.FactOf() if finding.key is not None:
                return [{finding.key: wanted}]
            case e.Negation():
                return self.of(finding.parts[0], wanted=not wanted, depth=depth)
            case e.Defined() if finding.parts:
                return self.of(finding.parts[0], wanted=wanted, depth=depth)
            case e.Established(rule=rule):
                return self.rule(rule, wanted=wanted, depth=depth + 1)
            case e.Connection(logic=logic):
                below = [self.of(part, wanted=wanted, depth=depth) for part in finding.parts]
                if (logic is e.Logic.AND) is wanted:
                    return _together(below)
                return [repair for found in below for repair in found if repair][:MAX_REPAIRS]
            case e.OneOf():
                return self._one_of(finding, wanted=wanted)
            case e.Compared(comparison=comparison):
                asked = comparison if wanted else _INVERTED[comparison]
                left, right = finding.parts
                mirrored = _MIRRORED.get(asked, asked)
                return [*self._moved(left, right, asked), *self._moved(right, left, mirrored)]
            case _:
                return []

    def _one_of(self, finding: Finding, *, wanted: bool) -> list[Repair]:
        operand, *options = finding.parts
        if operand.key is None:
            return []
        listed = [o.domain.value for o in options if isinstance(o.domain, Known)]
        if wanted:
            return [{operand.key: value} for value in listed]
        if operand.expression.type.kind is not Kind.CHOICE:
            return []
        return [{operand.key: name} for name in self._members(operand) if name not in listed]

    def _moved(self, side: Finding, other: Finding, asked: Comparison) -> list[Repair]:
        """Return how the facts of one side can move until it compares as asked."""
        if not isinstance(other.domain, Known):
            return []
        edge = other.domain.value
        if side.key is not None:
            values = _on_edge(edge, asked, side.expression.type.kind, self._members(side))
            return [{side.key: value} for value in values]
        if not isinstance(side.domain, Known):
            return []
        return [
            {part.key: moved}
            for part in walk(side)
            if part.key is not None and isinstance(part.domain, Known)
            for moved in _shifted(part.domain.value, side.domain.value, edge)
        ]

    def _members(self, side: Finding) -> list[str]:
        """Return one choice of each group that the rules tell apart."""
        expression = side.expression
        if not isinstance(expression, e.FactOf):
            return []
        return [
            group[-1] for group in self.groups.get(f"{expression.entity}.{expression.fact}", ())
        ]


def _on_edge(edge: Value, asked: Comparison, kind: Kind, members: Sequence[str]) -> Iterator[Value]:
    """Yield the values nearest to `edge` that compare with it as asked."""
    if isinstance(edge, bool | str):
        if asked is Comparison.EQUAL:
            yield edge
        elif kind is Kind.YES_NO:
            yield not edge
        else:
            yield from (name for name in members if name != edge)
        return
    if not isinstance(edge, Ordered):
        return
    above, below = _beside(edge)
    match asked:
        case Comparison.EQUAL | Comparison.AT_LEAST | Comparison.AT_MOST:
            yield edge
        case Comparison.MORE:
            yield above
        case Comparison.LESS:
            yield below
        case Comparison.UNEQUAL:
            yield above
            yield below


def _beside(edge: Ordered) -> tuple[Ordered, Ordered]:
    if isinstance(edge, Fraction):
        return edge + _FINEST, edge - _FINEST
    return next_value(edge), previous_value(edge)


def _shifted(own: Value, side: Value, edge: Value) -> Iterator[Value]:
    """Yield a fact moved by as much as its side lies off the edge, and the values beside that.

    Edges: months of unequal length and factors may make it miss; the outcome is tried anyway.
    """
    if isinstance(own, datetime.date):
        if not isinstance(side, datetime.date) or not isinstance(edge, datetime.date):
            return
        for more in _NEAR:
            number = own.toordinal() + (edge - side).days + more
            if 1 <= number <= datetime.date.max.toordinal():
                yield datetime.date.fromordinal(number)
    elif (
        isinstance(own, int)
        and not isinstance(own, bool)
        and isinstance(side, int | Fraction)
        and isinstance(edge, int | Fraction)
    ):
        yield from (own + int(edge - side) + more for more in _NEAR)


def _together(parts: Iterable[list[Repair]]) -> list[Repair]:
    """Return one repair of each part joined, in every way in which they agree."""
    found: list[Repair] = [{}]
    for repairs in parts:
        joined: list[Repair] = [
            {**one, **two}
            for one, two in product(found, repairs)
            if all(one.get(key, value) == value for key, value in two.items())
        ]
        found = joined[:MAX_REPAIRS]
    return found


def distance(now: Domain, value: Value) -> Fraction:
    """Return how far a value lies from what is known now.

    Units: days for dates, fen for money; 1 for yes/no and choices, 0 for what lies within bounds.
    """
    low, high = bounds(now)
    if not isinstance(value, Ordered) or isinstance(value, bool):
        return Fraction(0 if now == Known(value) else 1)
    mark = _number(value)
    if low is not None and mark < _number(low):
        return _number(low) - mark
    if high is not None and mark > _number(high):
        return mark - _number(high)
    return Fraction(0)


def _number(value: Ordered) -> Fraction:
    return Fraction(value.toordinal() if isinstance(value, datetime.date) else value)


def halfway(one: Value, two: Value) -> Value | None:
    """Return a whole value between two, or None where there is none."""
    if isinstance(one, datetime.date) and isinstance(two, datetime.date):
        days = halfway(one.toordinal(), two.toordinal())
        return datetime.date.fromordinal(days) if isinstance(days, int) else None
    if isinstance(one, bool) or isinstance(two, bool):
        return None
    if not isinstance(one, int) or not isinstance(two, int) or abs(one - two) < 2:  # noqa: PLR2004 - nothing lies between neighbours
        return None
    return (one + two) // 2


def one_nearer(value: Value, now: Value | None) -> Value | None:
    """Return the value one day, fen or piece nearer to `now`, or None where there is none."""
    if isinstance(value, bool) or not isinstance(value, int | datetime.date):
        return None
    if not isinstance(now, int | datetime.date) or isinstance(now, bool) or value == now:
        return None
    return next_value(value) if _less(value, now) else previous_value(value)


def _less(one: Ordered, two: Ordered) -> bool:
    return _number(one) < _number(two)
