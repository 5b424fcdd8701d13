"""Numbers that are known within bounds only: their ends as NumPy source, and what ends settle.

Single cases narrow an open number by the bounds of its fact and go on with what is left of it.
What follows says the same of whole columns, end by end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from lawengine.base.calendar import Rounding
from lawengine.columns.days import moved
from lawengine.columns.lines import Code
from lawengine.columns.table import HELD
from lawengine.columns.values import (
    NOTHING_KNOWN,
    Number,
    Truth,
    high_end,
    literal,
    low_end,
    share_in,
)
from lawengine.compiled.index import parts_of
from lawengine.model import expressions as e
from lawengine.model.types import Kind

if TYPE_CHECKING:
    from lawengine.columns.writing import ColumnWriter

_UPWARD = frozenset({e.Comparison.MORE, e.Comparison.AT_LEAST})
_HELD = frozenset({Kind.MONEY, Kind.COUNT, Kind.DATE})


class Ends(NamedTuple):
    """The least and the greatest value a number may have; `known` tells where there is such an end.

    A number is exact where both are known and the same.
    """

    low: Number
    high: Number


class _NotSaid(Exception):  # noqa: N818 - nothing is wrong: single cases say it
    """Columns cannot say between what a number lies, or not as well as single cases."""


@dataclass(frozen=True, slots=True)
class Bounder:
    """Writes ends as seen from the rows of `seen`.

    Law: a missing fact is no default; what holds at every point of its bounds is settled.
    """

    seen: ColumnWriter

    def ends(self, expression: e.Expression) -> Ends | None:
        """Return both ends of an amount, a count or a day; None where only single cases tell."""
        try:
            return self._ends(expression)
        except _NotSaid:
            return None

    def compared(
        self, comparison: e.Comparison, left: e.Expression, right: e.Expression
    ) -> Truth | None:
        """Return how two numbers compare at every point; None where only single cases tell."""
        one, two = self.ends(left), self.ends(right)
        if one is None or two is None:
            return None
        found = self._related(comparison, one, two)
        if not self.seen.rows:
            self.seen.doubts.append(self._tried(found, left, right))
        return found

    def _tried(self, found: Truth, *sides: e.Expression) -> Code:
        """Return where a comparison is open of a fact that lies between two bounds.

        Law: what holds at every point of the bounds is determined, so single cases try each part of
        them, where they only ask for a fact that is not bounded on both sides.
        """
        open_ = self.seen.open_rows(found)
        if open_ is False:
            return False
        tried: list[Code] = []
        for part in parts_of(sides, self.seen.rulebook):
            if isinstance(part, e.FactOf) and part.type.kind in _HELD:
                ends = self._fact(part)
                exact = self.exact(ends)
                tried.append(
                    self.seen.both(ends.low.known, ends.high.known, self.seen.negated(exact))
                )
        return self.seen.both(open_, self.seen.either(*tried))

    def _related(self, comparison: e.Comparison, one: Ends, two: Ends) -> Truth:
        if comparison in (e.Comparison.EQUAL, e.Comparison.UNEQUAL):
            same = self._same(one, two)
            if comparison is e.Comparison.EQUAL:
                return same
            return Truth(self.seen.negated(same.may), self.seen.negated(same.yes))
        least, most = (one.low, two.high), (one.high, two.low)
        if comparison not in _UPWARD:
            least, most = most, least
        return Truth(
            self.seen.related(comparison, *least).yes, self.seen.related(comparison, *most).may
        )

    def exact(self, ends: Ends) -> Code:
        """Return where both ends are one."""
        if ends.low is ends.high:
            return ends.low.known
        return self.seen.related(e.Comparison.EQUAL, *ends).yes

    def _same(self, one: Ends, two: Ends) -> Truth:
        seen = self.seen
        yes = seen.both(
            self.exact(one), self.exact(two), seen.related(e.Comparison.EQUAL, one.low, two.low).yes
        )
        apart = (
            seen.related(e.Comparison.AT_MOST, a.low, b.high).may
            for a, b in ((one, two), (two, one))
        )
        return Truth(yes, seen.both(*apart))

    # --- ends ---

    def _ends(self, expression: e.Expression) -> Ends:
        match expression:
            case e.FactOf():
                return self._fact(expression)
            case e.Defined(name=name):
                return self._defined(name)
            case e.ParameterValue() if expression.type.kind in _HELD:
                number = self.seen.number(expression)
                return Ends(number, number)
            case e.Rounded(operand=operand, rounding=rounding):
                return self._rounded(operand, rounding)
            case e.Computed():
                return self._computed(expression, None)
            case e.Chosen(extreme=extreme, operands=operands):
                return self._extreme(extreme, [self._ends(part) for part in operands])
            case e.Cases(branches=branches, otherwise=otherwise):
                return self._cases(branches, self._ends(otherwise))
            case _:
                number = self.seen.number(expression)
                if number.known is not True:
                    raise _NotSaid
                return Ends(number, number)

    def _defined(self, name: str) -> Ends:
        seen = self.seen
        body = seen.rulebook.definitions[name].body
        if not seen.rows or name not in seen.shared:
            return self._ends(body)
        low, high = Bounder(seen.whole())._ends(body)  # noqa: SLF001 - it is one of its own
        least = seen.taken(low)
        return Ends(least, least if low is high else seen.taken(high))

    def _fact(self, expression: e.FactOf) -> Ends:
        seen, path, kind = self.seen, f"{expression.entity}.{expression.fact}", expression.type.kind
        if kind not in HELD:
            raise _NotSaid
        number, limits = seen.read(path, kind), seen.limits
        if number.known is True:
            return Ends(number, number)
        if low_end(path) in seen.columns:
            least, most = (seen.read(end, kind) for end in (low_end(path), high_end(path)))
        else:
            low, high = limits.of(path)
            least = self._further(low, limits.below(path), kind, e.Extreme.HIGHER)
            most = self._further(high, limits.above(path), kind, e.Extreme.LOWER)
        return Ends(*(self._picked(number.known, number, end) for end in (least, most)))

    def _further(
        self, fixed: int | None, others: Iterable[str], kind: Kind, which: e.Extreme
    ) -> Number:
        """Return the narrowest of the bounds that are known."""
        found = NOTHING_KNOWN if fixed is None else literal(fixed)
        for other in others:
            found = self._narrowest(which, found, self.seen.read(other, kind))
        return found

    def _picked(self, mask: Code, one: Number, two: Number) -> Number:
        """Return one number where the mask says yes, and the other elsewhere, each where known."""
        seen = self.seen
        if isinstance(mask, bool):
            return one if mask else two
        known = seen.either(seen.both(mask, one.known), seen.both(seen.negated(mask), two.known))
        if two.known is True and one.known in (True, mask):
            known = True
        if known is False:
            return NOTHING_KNOWN
        if not one.range.span(two.range).width:
            raise _NotSaid
        sides = (number._replace(known=True) for number in (one, two))
        return self._held(seen.where(mask, *sides))._replace(known=known)

    def _held(self, number: Number) -> Number:
        """Return a number that some type holds.

        Raises:
            _NotSaid: no type of NumPy does.
        """
        if number.known is False:
            raise _NotSaid
        return number

    def _narrowest(self, which: e.Extreme, one: Number, two: Number) -> Number:
        """Return the higher or the lower of those that are known."""
        if one.known is False:
            return two
        if two.known is False:
            return one
        best = self._held(self.seen.extreme(which, [one, two]))
        if best.known is True:
            return best
        return self._picked(one.known, self._picked(two.known, best, one), two)

    # --- arithmetic ---

    def _rounded(self, operand: e.Expression, rounding: Rounding) -> Ends:
        if isinstance(operand, e.Computed) and operand.right.type.kind is Kind.PERIOD:
            return self._computed(operand, rounding)
        if (found := share_in(operand)) is not None:
            amount, rate = found
            return self._share(self._ends(amount), rate, rounding)
        return self._ends(operand)

    def _share(self, amount: Ends, rate: e.Expression, rounding: Rounding) -> Ends:
        values: list[object] = []
        if isinstance(rate, e.Constant):
            values = [rate.value]
        elif isinstance(rate, e.ParameterValue):
            values = [value for _, value in self.seen.figure(rate.name)]
        if not values or not all(isinstance(x, Fraction | int) and x > 0 for x in values):
            raise _NotSaid
        return self._each(amount, lambda end: self.seen.share(end, rate, rounding))

    def _each(self, ends: Ends, change: Callable[[Number], Number]) -> Ends:
        """Return both ends changed alike; an end that there is stays one."""
        if ends.low is ends.high:
            number = self._changed(ends.low, change)
            return Ends(number, number)
        return Ends(*(self._changed(end, change) for end in ends))

    def _changed(self, end: Number, change: Callable[[Number], Number]) -> Number:
        return NOTHING_KNOWN if end.known is False else self._held(change(end))

    def _computed(self, expression: e.Computed, rounding: Rounding | None) -> Ends:
        left, right = expression.left, expression.right
        if right.type.kind is Kind.PERIOD:
            return self._each(
                self._ends(left), lambda end: moved(end, expression, rounding, self.seen)
            )
        if left.type.kind not in _HELD or right.type.kind not in _HELD:
            raise _NotSaid
        one, two = self._ends(left), self._ends(right)
        match expression.operation:
            case e.Operation.ADD as sign:
                return Ends(self._of(sign, one.low, two.low), self._of(sign, one.high, two.high))
            case e.Operation.SUBTRACT as sign:
                return Ends(self._of(sign, one.low, two.high), self._of(sign, one.high, two.low))
        return self._product(one, two)

    def _of(self, sign: e.Operation, one: Number, two: Number) -> Number:
        if self.seen.both(one.known, two.known) is False:
            return NOTHING_KNOWN
        return self._held(self.seen.calculated(sign, one, two))

    def _product(self, one: Ends, two: Ends) -> Ends:
        """Return the ends of a product of what is never below 0; nothing times anything is 0."""
        if any(x.low.known is not True or x.low.range.low < 0 for x in (one, two)):
            raise _NotSaid
        sign, seen = e.Operation.MULTIPLY, self.seen
        low, high = self._of(sign, one.low, two.low), self._of(sign, one.high, two.high)
        if high.known is True:
            return Ends(low, high)
        none = [seen.related(e.Comparison.EQUAL, x.high, literal(0)).yes for x in (one, two)]
        nothing = seen.either(*none)
        if nothing is False:
            return Ends(low, high)
        return Ends(low, self._picked(nothing, literal(0), high))

    # --- one of several ---

    def _extreme(self, which: e.Extreme, parts: list[Ends]) -> Ends:
        found = parts[0]
        for part in parts[1:]:
            if which is e.Extreme.HIGHER:
                low = self._narrowest(which, found.low, part.low)
                found = Ends(low, self._both(which, found.high, part.high))
            else:
                high = self._narrowest(which, found.high, part.high)
                found = Ends(self._both(which, found.low, part.low), high)
        return found

    def _both(self, which: e.Extreme, one: Number, two: Number) -> Number:
        """Return the higher or the lower of two; nothing is known where one is not."""
        if self.seen.both(one.known, two.known) is False:
            return NOTHING_KNOWN
        return self._held(self.seen.extreme(which, [one, two]))

    def _cases(self, branches: tuple[tuple[e.Expression, e.Expression], ...], found: Ends) -> Ends:
        """Return what holds all values that may apply."""
        for condition, value in reversed(branches):
            truth, one = self.seen.truth(condition), self._ends(value)
            if truth.sure:
                found = Ends(
                    *(self._picked(truth.yes, *pair) for pair in zip(one, found, strict=True))
                )
                continue
            low = self._both(e.Extreme.LOWER, one.low, found.low)
            high = self._both(e.Extreme.HIGHER, one.high, found.high)
            mixed = (
                self._picked(truth.may, *pair) for pair in ((low, found.low), (high, found.high))
            )
            found = Ends(*(self._picked(truth.yes, *pair) for pair in zip(one, mixed, strict=True)))
        return found
