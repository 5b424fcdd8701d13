"""What a collection of orders comes to, shop by shop: exact, within bounds, or open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from lawengine.base.truth import Truth
from lawengine.evaluation.domains import from_truth, within
from lawengine.evaluation.facts import Domain, Known
from lawengine.model import expressions as e


@dataclass(frozen=True, slots=True)
class Truths:
    """A yes/no of every shop: whether it surely holds, and whether it may."""

    sure: Sequence[bool]
    may: Sequence[bool]

    def domain(self, shop: int) -> Domain:
        """Return what is known for one shop."""
        if self.sure[shop]:
            return from_truth(Truth.TRUE)
        return from_truth(Truth.UNKNOWN if self.may[shop] else Truth.FALSE)

    def exact(self) -> list[object]:
        """Return what is settled for each shop, None where it is open."""
        both = zip(self.sure, self.may, strict=True)
        return [sure if sure == may else None for sure, may in both]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number of every shop, from `low` to `high`, each divided by `over`; None where open."""

    low: Sequence[int | None]
    high: Sequence[int | None]
    over: int = 1

    def domain(self, shop: int) -> Domain:
        """Return what is known for one shop."""
        return within(self._number(self.low[shop]), self._number(self.high[shop]))

    def exact(self) -> list[object]:
        """Return the number of each shop, None where it is open."""
        both = zip(self.low, self.high, strict=True)
        found = [low if low == high else None for low, high in both]
        return [*found] if self.over == 1 else [self._number(value) for value in found]

    def _number(self, value: int | None) -> int | Fraction | None:
        if value is None or self.over == 1:
            return value
        found = Fraction(value, self.over)
        return found.numerator if found.denominator == 1 else found


@dataclass(frozen=True, slots=True)
class Domains:
    """What the reference evaluator found for every shop."""

    found: Sequence[Domain]

    def domain(self, shop: int) -> Domain:
        """Return what is known for one shop."""
        return self.found[shop]

    def exact(self) -> list[object]:
        """Return what is settled for each shop, None where it is open."""
        return [one.value if isinstance(one, Known) else None for one in self.found]


class Totals(Protocol):
    """What one collection comes to for every shop."""

    def domain(self, shop: int) -> Domain:
        """Return what is known for one shop."""

    def exact(self) -> list[object]:
        """Return what is settled for each shop, None where it is open."""


class Counting(Protocol):
    """Works out collections for all shops of a table."""

    def totals(self, expression: e.Aggregated) -> Totals:
        """Return what the collection comes to for every shop."""

    def missing(self, fact: str) -> Sequence[int]:
        """Return, for every shop, of how many orders a fact is not known."""

    def sizes(self) -> Sequence[int]:
        """Return how many orders every shop has."""
