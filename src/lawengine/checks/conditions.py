"""What a condition leaves possible: simple interval and choice reasoning, bounded in its work.

A condition becomes boxes, the alternatives in which it is yes; a box says for each term which
values remain. What the reasoning does not look into (a table, an "any" over a collection, the
state of another rule) is a yes/no term of its own. No box at all means: it is never yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import TypeAlias

from lawengine.checks.domains import (
    ORDERED,
    Domain,
    Members,
    Number,
    Range,
    meet,
    number,
    possible,
    stepped,
)
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook, as_data
from lawengine.model.rules import Interval
from lawengine.model.types import Kind

LIMIT = 256
"""Most alternatives that are looked at: 256 squared meetings take a quarter of a second."""


@dataclass(frozen=True, slots=True)
class Order:
    """How two terms stand to each other: -1 below, 0 equal, 1 above."""

    left: e.Expression
    right: e.Expression


Term: TypeAlias = e.Expression | Order
Box: TypeAlias = Mapping[Term, Domain]
Alternatives: TypeAlias = tuple[Box, ...] | None
"""The boxes, or None where there are too many to look at."""

NEVER: tuple[Box, ...] = ()
ALWAYS: tuple[Box, ...] = ({},)
_ANY_ORDER = Members(frozenset({-1, 0, 1}))
_ORDERS: Mapping[e.Comparison, frozenset[e.Value]] = {
    e.Comparison.EQUAL: frozenset({0}),
    e.Comparison.UNEQUAL: frozenset({-1, 1}),
    e.Comparison.AT_LEAST: frozenset({0, 1}),
    e.Comparison.AT_MOST: frozenset({-1, 0}),
    e.Comparison.MORE: frozenset({1}),
    e.Comparison.LESS: frozenset({-1}),
}
_OPPOSITE = {
    e.Comparison.EQUAL: e.Comparison.UNEQUAL,
    e.Comparison.UNEQUAL: e.Comparison.EQUAL,
    e.Comparison.AT_LEAST: e.Comparison.LESS,
    e.Comparison.LESS: e.Comparison.AT_LEAST,
    e.Comparison.AT_MOST: e.Comparison.MORE,
    e.Comparison.MORE: e.Comparison.AT_MOST,
}
_FLIPPED = {
    e.Comparison.AT_LEAST: e.Comparison.AT_MOST,
    e.Comparison.AT_MOST: e.Comparison.AT_LEAST,
    e.Comparison.MORE: e.Comparison.LESS,
    e.Comparison.LESS: e.Comparison.MORE,
}


def both(one: Alternatives, other: Alternatives) -> Alternatives:
    """Return the alternatives in which both hold."""
    if NEVER in (one, other):
        return NEVER
    if one is None or other is None:
        return None
    if one is ALWAYS:
        return other
    found: list[Box] = []
    for left in one:
        for right in other:
            box = _meet(left, right)
            if box is not None:
                found.append(box)
                if len(found) > LIMIT:
                    return None
    return tuple(found)


def either(one: Alternatives, other: Alternatives) -> Alternatives:
    """Return the alternatives in which one of the two holds."""
    if one is None or other is None:
        return None
    return one + other if len(one) + len(other) <= LIMIT else None


def _meet(one: Box, other: Box) -> Box | None:
    if not one or not other:
        return one or other
    narrowed: dict[Term, Domain] = {}
    for term, domain in other.items():
        mine = one.get(term)
        found = domain if mine is None or mine == domain else meet(mine, domain)
        if found.empty:
            return None
        narrowed[term] = found
    return {**one, **narrowed}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Reads conditions of one rulebook, with the figures of one interval.

    A figure that has one value in the whole `interval` counts as that value. `facts` keeps what is
    possible for each fact that was asked about, since the choices of one can be many.
    """

    rulebook: Rulebook
    interval: Interval | None = None
    facts: dict[tuple[str, str], Domain] = field(default_factory=dict, compare=False, repr=False)

    def during(self, interval: Interval) -> Conditions:
        """Return a reader of the same rulebook with the figures of another interval."""
        return Conditions(self.rulebook, interval, self.facts)

    def together(self, asked: Iterable[tuple[e.Expression | None, bool]]) -> Alternatives:
        """Return the alternatives in which each condition has the truth beside it."""
        found: Alternatives = ALWAYS
        for condition, wanted in asked:
            if condition is not None:
                found = both(found, self.read(condition, wanted=wanted))
        return found

    def read(self, condition: e.Expression, *, wanted: bool = True) -> Alternatives:
        """Return the alternatives in which `condition` is yes, or no where no is wanted."""
        match condition:
            case e.Constant(value=value):
                return ALWAYS if value is wanted else NEVER
            case e.Negation(operand=operand):
                return self.read(operand, wanted=not wanted)
            case e.Connection(logic=logic, operands=operands):
                parts = [self.read(part, wanted=wanted) for part in operands]
                join = both if (logic is e.Logic.AND) is wanted else either
                found = parts[0]
                for part in parts[1:]:
                    found = join(found, part)
                return found
            case e.Defined(name=name) if name in self.rulebook.definitions:
                return self.read(self.rulebook.definitions[name].body, wanted=wanted)
            case e.Cases():
                return self.read(_unfolded(condition), wanted=wanted)
            case e.Compared(comparison=comparison, left=left, right=right):
                asked = comparison if wanted else _OPPOSITE[comparison]
                return self._compared(asked, self.term(left), self.term(right))
            case e.OneOf(operand=operand, options=options):
                equal = e.Comparison.EQUAL if wanted else e.Comparison.UNEQUAL
                found = NEVER if wanted else ALWAYS
                for option in options:
                    part = self._compared(equal, self.term(operand), self.term(option))
                    found = either(found, part) if wanted else both(found, part)
                return self._packed(found)
            case _:
                return self._narrowed(condition, Members(frozenset({wanted})))

    def term(self, expression: e.Expression) -> e.Expression:
        """Return what stands behind a name: a definition's body, a figure's only value."""
        if isinstance(expression, e.Defined) and expression.name in self.rulebook.definitions:
            return self.term(self.rulebook.definitions[expression.name].body)
        if isinstance(expression, e.ParameterValue) and self.interval is not None:
            parameter = self.rulebook.parameters.get(expression.name)
            values = parameter.values if parameter else ()
            found = [value for value in values if value.interval.overlaps(self.interval)]
            if len(found) == 1:
                return e.Constant(found[0].value, expression.type, expression.span)
        return expression

    def _compared(
        self, comparison: e.Comparison, left: e.Expression, right: e.Expression
    ) -> Alternatives:
        if isinstance(left, e.Constant):
            if isinstance(right, e.Constant):
                return ALWAYS if _order(left, right) in _ORDERS[comparison] else NEVER
            return self._compared(_FLIPPED.get(comparison, comparison), right, left)
        if not isinstance(right, e.Constant):
            return self._ordered(comparison, left, right)
        equal = comparison is e.Comparison.EQUAL
        if left.type.kind is Kind.YES_NO:
            return self.read(left, wanted=(right.value is True) is equal)
        if left.type.kind not in ORDERED:
            return self._narrowed(left, Members(frozenset({right.value}), others=not equal))
        if comparison is e.Comparison.UNEQUAL:
            below = self._compared(e.Comparison.LESS, left, right)
            return either(below, self._compared(e.Comparison.MORE, left, right))
        return self._narrowed(left, _range(comparison, number(right.value), stepped(left.type)))

    def _ordered(
        self, comparison: e.Comparison, left: e.Expression, right: e.Expression
    ) -> Alternatives:
        if left == right:
            return ALWAYS if 0 in _ORDERS[comparison] else NEVER
        if str(as_data(left)) > str(as_data(right)):
            left, right = right, left
            comparison = _FLIPPED.get(comparison, comparison)
        allowed = _ANY_ORDER & Members(_ORDERS[comparison])
        allowed = allowed & Members(_declared(self.rulebook, left, right))
        return NEVER if allowed.empty else ({Order(left, right): allowed},)

    def _narrowed(self, term: e.Expression, domain: Domain) -> Alternatives:
        found = meet(self._possible(term), domain)
        return NEVER if found.empty else ({term: found},)

    def _possible(self, term: e.Expression) -> Domain:
        if not isinstance(term, e.FactOf):
            return possible(term, self.rulebook.vocabulary)
        fact = (term.entity, term.fact)
        if fact not in self.facts:
            self.facts[fact] = possible(term, self.rulebook.vocabulary)
        return self.facts[fact]

    def _packed(self, found: Alternatives) -> Alternatives:
        """Return alternatives about one term without an order as one box."""
        if found is None or len(found) < 2 or any(len(box) != 1 for box in found):  # noqa: PLR2004 - two ends
            return found
        terms = {term for box in found for term in box}
        domains = [domain for box in found for domain in box.values()]
        sets = [d.options for d in domains if isinstance(d, Members) and not d.others]
        if len(terms) > 1 or len(sets) < len(domains):
            return found
        return ({terms.pop(): Members(frozenset().union(*sets))},)


def _unfolded(cases: e.Cases) -> e.Expression:
    """Return the cases of a yes/no definition as "and", "or" and "not"."""
    result = cases.otherwise
    for condition, value in reversed(cases.branches):
        taken = e.Connection(e.Logic.AND, (condition, value), cases.type)
        skipped = e.Connection(e.Logic.AND, (e.Negation(condition, cases.type), result), cases.type)
        result = e.Connection(e.Logic.OR, (taken, skipped), cases.type)
    return result


def _order(left: e.Constant, right: e.Constant) -> int:
    if left.value == right.value:
        return 0
    if left.type.kind not in ORDERED:
        return 1
    return -1 if number(left.value) < number(right.value) else 1


def _range(comparison: e.Comparison, value: Number, whole: bool) -> Range:  # noqa: FBT001 - of a type
    """Return the values that stand so to `value`; whole ones end on a whole number.

    Edges: above 5 begins with 6 where values are whole, and just above 5 where they are not.
    """
    match comparison:
        case e.Comparison.EQUAL:
            return Range((value, 0), (value, 0))
        case e.Comparison.AT_LEAST:
            return Range(low=(value if not whole else -floor(-Fraction(value)), 0))
        case e.Comparison.AT_MOST:
            return Range(high=(value if not whole else floor(value), 0))
        case e.Comparison.MORE:
            return Range(low=(floor(value) + 1, 0) if whole else (value, 1))
        case _:
            below = -floor(-Fraction(value)) - 1
            return Range(high=(below, 0) if whole else (value, -1))


def _declared(rulebook: Rulebook, left: e.Expression, right: e.Expression) -> frozenset[e.Value]:
    """Return how two facts can stand to each other by the bounds that the vocabulary gives them."""
    allowed: frozenset[e.Value] = frozenset({-1, 0, 1})
    for one, other, below, above in ((left, right, -1, 1), (right, left, 1, -1)):
        if isinstance(one, e.FactOf):
            fact = rulebook.vocabulary.fact(one.entity, one.fact)
            allowed -= {below} if other in fact.low else set()
            allowed -= {above} if other in fact.high else set()
    return allowed
