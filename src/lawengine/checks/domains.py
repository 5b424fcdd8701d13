"""Sets of values that a term can take: ranges of ordered values, and sets of others."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from lawengine.model import expressions as e
from lawengine.model.types import Kind, Type
from lawengine.model.vocabulary import Vocabulary

Number: TypeAlias = int | Fraction
ORDERED = frozenset({Kind.MONEY, Kind.COUNT, Kind.RATE, Kind.DATE})
LAST_DAY = datetime.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Range:
    """Ordered values from `low` to `high`; None is open.

    An end is a number and a side: `(5, 0)` is 5 itself, `(5, 1)` everything above it, `(5, -1)`
    everything below it.
    """

    low: tuple[Number, int] | None = None
    high: tuple[Number, int] | None = None

    def __and__(self, other: Range) -> Range:
        """Return what lies in both."""
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        return Range(max(lows, default=None), min(highs, default=None))

    @property
    def empty(self) -> bool:
        """Tell whether nothing lies in it."""
        return self.low is not None and self.high is not None and self.low > self.high

    def contains(self, value: Number) -> bool:
        """Tell whether `value` lies in it."""
        point = (value, 0)
        return (self.low is None or self.low <= point) and (self.high is None or point <= self.high)


@dataclass(frozen=True, slots=True)
class Members:
    """Values without an order: those of `options`, or (`others`) all but those."""

    options: frozenset[e.Value]
    others: bool = False

    def __and__(self, other: Members) -> Members:
        """Return what lies in both."""
        if self.others and other.others:
            return Members(self.options | other.options, others=True)
        if self.others:
            return Members(other.options - self.options)
        if other.others:
            return Members(self.options - other.options)
        return Members(self.options & other.options)

    @property
    def empty(self) -> bool:
        """Tell whether nothing lies in it."""
        return not self.options and not self.others


Domain: TypeAlias = Range | Members


def meet(one: Domain, other: Domain) -> Domain:
    """Return what lies in both; two sets of one term are always of one sort."""
    if isinstance(one, Range) and isinstance(other, Range):
        return one & other
    if isinstance(one, Members) and isinstance(other, Members):
        return one & other
    raise TypeError(one, other)


def number(value: e.Value) -> Number:
    """Return the number behind an ordered value; a date counts its days.

    Raises:
        TypeError: the value has no order.
    """
    if isinstance(value, datetime.date):
        return value.toordinal()
    if isinstance(value, int | Fraction):
        return value
    raise TypeError(value)


def value_of(found: Number, kind: Type) -> e.Value:
    """Return the ordered value behind a number."""
    return datetime.date.fromordinal(int(found)) if kind.kind is Kind.DATE else found


def stepped(kind: Type) -> bool:
    """Tell whether between two neighbouring whole numbers there is nothing."""
    return kind.kind in (Kind.COUNT, Kind.DATE) or (kind.kind is Kind.MONEY and kind.whole)


def possible(term: e.Expression, vocabulary: Vocabulary) -> Domain:
    """Return every value that `term` can take by its type and, for a fact, by its fixed bounds."""
    kind = term.type
    if kind.kind is Kind.YES_NO:
        return Members(frozenset({True, False}))
    if kind.kind is Kind.CHOICE and kind.choices in vocabulary.choices:
        names = (member.name for member in vocabulary.choices[kind.choices].members)
        return Members(frozenset(names))
    if kind.kind not in ORDERED:
        return Members(frozenset(), others=True)
    lows, highs = (
        list(_bounds(term, vocabulary, upper=False)),
        list(_bounds(term, vocabulary, upper=True)),
    )
    if kind.kind is Kind.DATE:
        lows.append(1)
        highs.append(LAST_DAY)
    if isinstance(term, e.Aggregated) and term.aggregation in e.NUMBERED:
        lows.append(0)
    if isinstance(term, e.Tallied):
        lows.append(0)
        highs.append(len(term.operands))
    return Range((max(lows), 0) if lows else None, (min(highs), 0) if highs else None)


def _bounds(term: e.Expression, vocabulary: Vocabulary, *, upper: bool) -> Iterator[Number]:
    if isinstance(term, e.FactOf):
        fact = vocabulary.fact(term.entity, term.fact)
        for bound in fact.high if upper else fact.low:
            if isinstance(bound, e.Constant):
                yield number(bound.value)
