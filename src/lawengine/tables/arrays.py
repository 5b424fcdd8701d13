"""Collections of orders over whole columns: exact, three-valued, as the reference says."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from lawengine.compiled.index import parts_of
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import Known
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.tables.table import MISSING, ORDER, Column, Table
from lawengine.tables.totals import Numbers, Totals, Truths

Array: TypeAlias = npt.NDArray[Any]
LIMIT = 2**62
"""Beyond it a whole number of 64 bits could overflow: from there on Python's own are used."""


class NotInColumnsError(Exception):
    """An expression that columns do not hold: the reference evaluator reads it order by order."""


@dataclass(frozen=True, slots=True)
class Truth2:
    """A yes/no of every row: whether it surely holds, and whether it may."""

    sure: Array
    may: Array


@dataclass(frozen=True, slots=True)
class Range:
    """A number of every row, from `low` to `high`, each divided by `over`.

    `no_low` and `no_high` mark the rows where that side is open; None where none is.
    """

    low: Array
    high: Array
    over: int = 1
    no_low: Array | None = None
    no_high: Array | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """A text or choice of every row, as its place among the values of the column."""

    column: Column
    numbers: Array
    known: Array


Found: TypeAlias = Truth2 | Range | Codes


@dataclass(slots=True)
class ByColumns:
    """Works out collections by reductions over columns that are sorted by shop.

    `view` is that of a shop whose orders are not known: what asks for no order is read there once.
    """

    table: Table
    rulebook: Rulebook
    view: View
    _order: Array = field(init=False)
    _starts: Array = field(init=False)
    _shops: Array = field(init=False)
    _columns: dict[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the rows by shop once."""
        shops = np.frombuffer(self.table.shop_of, dtype=np.int64)
        self._order = np.argsort(shops, kind="stable")
        self._shops = shops[self._order]
        self._starts = np.searchsorted(self._shops, np.arange(len(self.table.shops)))

    # --- what is asked ---

    def sizes(self) -> Sequence[int]:
        """Return how many orders every shop has."""
        ends = np.append(self._starts[1:], len(self._shops))
        return (ends - self._starts).tolist()  # type: ignore[no-any-return]  # NumPy says Any

    def missing(self, fact: str) -> Sequence[int]:
        """Return, for every shop, of how many orders a fact is not known."""
        if fact not in self.table.columns:
            return self.sizes()
        return self._sum(self._numbers(fact) == MISSING).tolist()  # type: ignore[no-any-return]  # NumPy says Any

    def totals(self, expression: e.Aggregated) -> Totals:
        """Return what the collection comes to for every shop.

        Raises:
            NotInColumnsError: columns do not hold what it asks.
        """
        everything = np.ones(len(self._shops), dtype=bool)
        kept = Truth2(everything, everything)
        if expression.where is not None:
            kept = self._truth(expression.where)
        match expression.aggregation:
            case e.Aggregation.COUNT:
                low, high = self._sum(kept.sure), self._sum(kept.may)
                return Numbers(low.tolist(), high.tolist())
            case e.Aggregation.SUM if expression.body is not None:
                return self._total(kept, self._range(expression.body))
            case e.Aggregation.ANY if expression.body is not None:
                body = self._truth(expression.body)
                return self._truths(kept.sure & body.sure, kept.may & body.may, np.logical_or)
            case e.Aggregation.ALL if expression.body is not None:
                body = self._truth(expression.body)
                return self._truths(~kept.may | body.sure, ~kept.sure | body.may, np.logical_and)
            case e.Aggregation.GROUPS | e.Aggregation.LARGEST:
                return self._grouped(expression, kept)
        raise NotInColumnsError

    # --- reductions ---

    def _sum(self, values: Array) -> Array:
        kind = object if values.dtype == object else np.int64
        return np.add.reduceat(values.astype(kind, copy=False), self._starts)

    def _truths(self, sure: Array, may: Array, how: np.ufunc) -> Truths:
        found = (how.reduceat(values, self._starts).tolist() for values in (sure, may))
        return Truths(*found)

    def _total(self, kept: Truth2, body: Range) -> Numbers:
        low = np.where(kept.sure, body.low, np.where(kept.may, np.minimum(body.low, 0), 0))
        high = np.where(kept.sure, body.high, np.where(kept.may, np.maximum(body.high, 0), 0))
        ends = []
        for values, gap in ((low, body.no_low), (high, body.no_high)):
            if _largest(values) * len(values) >= LIMIT:
                values = values.astype(object)  # noqa: PLW2901 - the same numbers, as Python's
            found: list[int | None] = self._sum(values).tolist()
            if gap is not None:
                open_shops = self._sum(gap & kept.may).tolist()
                found = [None if gap else x for x, gap in zip(found, open_shops, strict=True)]
            ends.append(found)
        return Numbers(ends[0], ends[1], body.over)

    def _grouped(self, expression: e.Aggregated, kept: Truth2) -> Numbers:
        """Return the number of groups or the largest of every shop, as `grouped` does for one."""
        keys, known = self._keys(expression)
        largest = expression.aggregation is e.Aggregation.LARGEST
        anywhere = self._sum(kept.may & ~known)
        certain = self._sum(kept.sure) > 0
        low = np.maximum(self._groups(keys, kept.sure & known, largest=largest), certain)
        may = low
        if kept.may is not kept.sure or not known.all():
            may = self._groups(keys, kept.may & known, largest=largest)
        return Numbers(low.astype(np.int64).tolist(), (may + anywhere).tolist())

    def _groups(self, keys: Array, rows: Array, *, largest: bool) -> Array:
        """Return for every shop how many keys its rows have, or how often the commonest stands."""
        found = np.zeros(len(self.table.shops), dtype=np.int64)
        size = int(keys.max()) + 1
        pairs = np.sort(self._shops[rows] * size + keys[rows])
        if not len(pairs):
            return found
        firsts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1]))
        counts = np.diff(np.append(firsts, len(pairs)))
        shops = pairs[firsts] // size
        starts = np.flatnonzero(np.append(True, shops[1:] != shops[:-1]))
        if largest:
            found[shops[starts]] = np.maximum.reduceat(counts, starts)
        else:
            found[shops[starts]] = np.diff(np.append(starts, len(shops)))
        return found

    def _keys(self, expression: e.Aggregated) -> tuple[Array, Array]:
        """Return a number for the group of each row, and whether it is known.

        INVARIANT: shop and group together fit one number of 64 bits.
        """
        keys = np.zeros(len(self._shops), dtype=np.int64)
        known = np.ones(len(self._shops), dtype=bool)
        room = LIMIT // max(len(self.table.shops), 1)
        groups = 1
        for key in expression.keys:
            if not isinstance(key, e.FactOf) or self._presumed(key):
                raise NotInColumnsError
            if key.fact not in self.table.columns:
                return keys, np.zeros(len(self._shops), dtype=bool)
            numbers = self._numbers(key.fact)
            here = numbers != MISSING
            known &= here
            least = int(numbers[here].min()) if here.any() else 0
            spread = np.where(here, numbers - least, 0)
            size = int(spread.max()) + 1
            if groups * size >= room:  # the numbers lie far apart: count them through
                keys, spread = (np.unique(x, return_inverse=True)[1] for x in (keys, spread))
                groups, size = int(keys.max()) + 1, int(spread.max()) + 1
            keys = keys * size + spread
            groups *= size
        return keys, known

    # --- rows ---

    def _numbers(self, fact: str) -> Array:
        if fact not in self._columns:
            numbers = np.frombuffer(self.table.columns[fact].numbers, dtype=np.int64)
            self._columns[fact] = numbers[self._order]
        return self._columns[fact]

    def _presumed(self, expression: e.FactOf) -> bool:
        fact = self.rulebook.vocabulary.fact(expression.entity, expression.fact)
        return fact.presumption is not None

    def _of_orders(self, expression: e.Expression) -> bool:
        parts = parts_of([expression], self.rulebook)
        return any(
            isinstance(part, e.Aggregated) or (isinstance(part, e.FactOf) and part.entity == ORDER)
            for part in parts
        )

    def _truth(self, expression: e.Expression) -> Truth2:
        found = self._read(expression)
        if not isinstance(found, Truth2):
            raise NotInColumnsError
        return found

    def _range(self, expression: e.Expression) -> Range:
        found = self._read(expression)
        if not isinstance(found, Range):
            raise NotInColumnsError
        return found

    def _read(self, expression: e.Expression) -> Found:
        if not self._of_orders(expression):
            return self._same_everywhere(expression)
        match expression:
            case e.FactOf():
                return self._fact(expression)
            case e.Defined(name=name):
                return self._read(self.rulebook.definitions[name].body)
            case e.Negation(operand=operand):
                inner = self._truth(operand)
                return Truth2(~inner.may, ~inner.sure)
            case e.Connection(logic=logic, operands=operands):
                parts = [self._truth(part) for part in operands]
                join = np.logical_and if logic is e.Logic.AND else np.logical_or
                return Truth2(
                    reduce(join, [part.sure for part in parts]),
                    reduce(join, [part.may for part in parts]),
                )
            case e.Compared(comparison=comparison, left=left, right=right):
                return self._compared(comparison, left, right)
            case e.OneOf(operand=operand, options=options):
                equal = e.Comparison.EQUAL
                found = [self._compared(equal, operand, option) for option in options]
                return Truth2(
                    reduce(np.logical_or, [part.sure for part in found]),
                    reduce(np.logical_or, [part.may for part in found]),
                )
            case e.Computed(operation=operation, left=left, right=right):
                return _computed(operation, self._range(left), self._range(right))
        raise NotInColumnsError

    def _fact(self, expression: e.FactOf) -> Found:
        fact = self.rulebook.vocabulary.fact(expression.entity, expression.fact)
        if expression.entity != ORDER:
            raise NotInColumnsError
        if expression.fact in self.table.columns:
            numbers = self._numbers(expression.fact)
        else:
            numbers = np.full(len(self._shops), MISSING, dtype=np.int64)
        known = numbers != MISSING
        if fact.type.kind is Kind.YES_NO:
            if fact.presumption is not None:
                presumed = np.where(known, numbers == 1, fact.presumption.value)
                return Truth2(presumed, presumed)
            return Truth2(known & (numbers == 1), ~known | (numbers == 1))
        if fact.type.kind in (Kind.TEXT, Kind.CHOICE):
            column = self.table.columns.get(expression.fact)
            return Codes(column or Column(fact, self.table.shop_of), numbers, known)
        if known.all():
            return Range(numbers, numbers)
        low, high = self._edges(fact.low, high=False), self._edges(fact.high, high=True)
        return Range(
            np.where(known, numbers, 0 if low is None else low),
            np.where(known, numbers, 0 if high is None else high),
            no_low=None if low is not None else ~known,
            no_high=None if high is not None else ~known,
        )

    def _edges(self, expressions: tuple[e.Expression, ...], *, high: bool) -> int | None:
        """Return the tightest bound of a fact that is not known.

        Raises:
            NotInColumnsError: it hangs on another fact of the order.
        """
        found = []
        for expression in expressions:
            if self._of_orders(expression):
                raise NotInColumnsError
            edge = bounds(evaluate(expression, self.view).domain)[high]
            if edge is not None:
                found.append(_whole(edge))
        return (min(found) if high else max(found)) if found else None

    def _same_everywhere(self, expression: e.Expression) -> Found:
        """Return what asks for no order: read once, the same for every row."""
        domain = evaluate(expression, self.view).domain
        if expression.type.kind is Kind.YES_NO:
            true = isinstance(domain, Known) and domain.value is True
            false = isinstance(domain, Known) and domain.value is False
            return Truth2(np.full(len(self._shops), true), np.full(len(self._shops), not false))
        if expression.type.kind in (Kind.TEXT, Kind.CHOICE, Kind.PERIOD):
            raise NotInColumnsError
        low, high = bounds(domain)
        if low is None or high is None:
            raise NotInColumnsError
        ends = [Fraction(_number(low)), Fraction(_number(high))]
        over = int(np.lcm.reduce([end.denominator for end in ends], dtype=object))
        one, two = (np.array([int(end * over)], dtype=object) for end in ends)
        return Range(_narrow(one), _narrow(two), over)

    # --- comparisons ---

    def _compared(
        self, comparison: e.Comparison, left: e.Expression, right: e.Expression
    ) -> Truth2:
        found = self._read(left)
        if isinstance(found, Range):
            return _compare(comparison, found, self._range(right))
        if isinstance(found, Codes):
            truth = self._same_word(found, right)
        else:
            truth = _same_truth(found, self._truth(right))
        if comparison is e.Comparison.EQUAL:
            return truth
        if comparison is e.Comparison.UNEQUAL:
            return Truth2(~truth.may, ~truth.sure)
        raise NotInColumnsError

    def _same_word(self, codes: Codes, right: e.Expression) -> Truth2:
        if self._of_orders(right):
            raise NotInColumnsError
        domain = evaluate(right, self.view).domain
        if not isinstance(domain, Known):
            raise NotInColumnsError
        values = codes.column.values
        place = values.index(str(domain.value)) if domain.value in values else MISSING + 1
        same = codes.numbers == place
        return Truth2(same, same | ~codes.known)


def _same_truth(one: Truth2, two: Truth2) -> Truth2:
    """Return whether two yes/no agree; open where one of them is."""
    known = (one.sure == one.may) & (two.sure == two.may)
    same = one.sure == two.sure
    return Truth2(known & same, ~known | same)


def _compare(comparison: e.Comparison, left: Range, right: Range) -> Truth2:
    one, two = _level(left, right)
    match comparison:
        case e.Comparison.EQUAL | e.Comparison.UNEQUAL:
            sure = (one.low == one.high) & (two.low == two.high) & (one.low == two.low)
            for gap in (one.no_low, one.no_high, two.no_low, two.no_high):
                sure = sure if gap is None else sure & ~gap
            apart = _above(one, two) | _above(two, one)
            if comparison is e.Comparison.EQUAL:
                return Truth2(sure, ~apart)
            return Truth2(apart, ~sure)
        case e.Comparison.MORE:
            return Truth2(_above(one, two), ~_not_above(one, two))
        case e.Comparison.LESS:
            return Truth2(_above(two, one), ~_not_above(two, one))
        case e.Comparison.AT_LEAST:
            return Truth2(_not_above(two, one), ~_above(two, one))
    # at most: the one comparison that is left
    return Truth2(_not_above(one, two), ~_above(one, two))


def _above(one: Range, two: Range) -> Array:
    """Return where `one` surely lies above `two`."""
    return _closed(one.low > two.high, one.no_low, two.no_high)


def _not_above(one: Range, two: Range) -> Array:
    """Return where `one` surely does not lie above `two`."""
    return _closed(one.high <= two.low, one.no_high, two.no_low)


def _closed(found: Array, *gaps: Array | None) -> Array:
    for gap in gaps:
        found = found if gap is None else found & ~gap
    return found


# --- arithmetic ---


def _level(one: Range, two: Range) -> tuple[Range, Range]:
    """Return both over one divisor."""
    if one.over == two.over:
        return one, two
    over = int(np.lcm(one.over, two.over))
    return _scaled(one, over // one.over, over), _scaled(two, over // two.over, over)


def _scaled(found: Range, by: int, over: int) -> Range:
    return Range(
        _times(found.low, by), _times(found.high, by), over, found.no_low, found.no_high
    )  # fmt: skip


def _computed(operation: e.Operation, left: Range, right: Range) -> Range:
    if operation is e.Operation.MULTIPLY:
        return _product(left, right)
    one, two = _level(left, right)
    if operation is e.Operation.SUBTRACT:
        two = Range(-two.high, -two.low, two.over, two.no_high, two.no_low)
    return Range(
        _plus(one.low, two.low),
        _plus(one.high, two.high),
        one.over,
        _either(one.no_low, two.no_low),
        _either(one.no_high, two.no_high),
    )


def _product(left: Range, right: Range) -> Range:
    """Return a product.

    Raises:
        NotInColumnsError: a side is open and the other is not one number of 0 or more.
    """
    over = left.over * right.over
    if all(gap is None for gap in (left.no_low, left.no_high, right.no_low, right.no_high)):
        corners = [_times(x, y) for x in (left.low, left.high) for y in (right.low, right.high)]
        return Range(reduce(np.minimum, corners), reduce(np.maximum, corners), over)
    for factor, other in ((left, right), (right, left)):
        one_number = len(factor.low) == 1 and factor.low[0] == factor.high[0] > 0
        if one_number and factor.no_low is None and factor.no_high is None:
            by = int(factor.low[0])
            return _scaled(other, by, over)
    raise NotInColumnsError


def _plus(one: Array, two: Array) -> Array:
    if _largest(one) + _largest(two) >= LIMIT:
        one = one.astype(object)
    return one + two


def _times(one: Array, two: Array | int) -> Array:
    size = abs(two) if isinstance(two, int) else _largest(two)
    if _largest(one) * size >= LIMIT:
        one = one.astype(object)
    return one * two


def _largest(values: Array) -> int:
    """Return the largest number, its sign aside."""
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


def _narrow(values: Array) -> Array:
    """Return numbers of 64 bits where they fit."""
    return values.astype(np.int64) if _largest(values) < LIMIT else values


def _either(one: Array | None, two: Array | None) -> Array | None:
    if one is None or two is None:
        return two if one is None else one
    return one | two


def _number(value: object) -> int | Fraction:
    if isinstance(value, datetime.date):
        return value.toordinal()
    if isinstance(value, int | Fraction):
        return value
    raise NotInColumnsError


def _whole(value: object) -> int:
    found = _number(value)
    if isinstance(found, Fraction):
        raise NotInColumnsError
    return found
