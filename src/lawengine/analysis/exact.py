"""Exact sums of whole numbers with whole weights, whatever their size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from lawengine.analysis.outcomes import Whole
from lawengine.analysis.result import Number
from lawengine.columns.table import Flags

MICRO = 1_000_000
"""Weights are whole millionths, so that no sum hangs on the order of its rows."""

UNKNOWN = int(np.iinfo(np.int64).max)
"""Stands for an upper figure that nobody knows: above every other one."""

_SAFE = 1 << 62
_LIMB, _LIMBS = 15, 5
_PART, _PARTS = 21, 3


def dot(weights: Whole, values: Whole) -> int:
    """Return the sum of the products, exactly. Edges: weights are not negative, values may be."""
    if not values.size:
        return 0
    most = max(abs(int(values.min())), abs(int(values.max())))
    if most * int(weights.max()) * values.size < _SAFE:
        return int(weights @ values)
    total = 0
    for place in range(_LIMBS):
        limb = values >> (_LIMB * place)
        if place < _LIMBS - 1:
            limb &= (1 << _LIMB) - 1
        for part in range(_PARTS):
            piece = weights >> (_PART * part) & ((1 << _PART) - 1)
            total += int(piece @ limb) << (_LIMB * place + _PART * part)
    return total


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts and adds up kinds of rows. `unit` is 1 for rows, `MICRO` for weights."""

    weights: Whole
    unit: int

    def count(self, mask: Flags | None = None, more: int = 0) -> Number:
        """Return how many rows are in a mask, or what they weigh, and `more` of the same unit."""
        chosen = self.weights if mask is None else self.weights[mask]
        return number(Fraction(int(chosen.sum()) + more, self.unit))

    def sum(self, values: Whole, mask: Flags | None = None) -> int:
        """Return what values add up to. Units: as the values, rounded half to even."""
        chosen = (self.weights, values) if mask is None else (self.weights[mask], values[mask])
        return round(Fraction(dot(*chosen), self.unit))

    def mean(self, values: Whole) -> int:
        """Return the mean, rounded half to even; 0 of no rows."""
        whole = int(self.weights.sum())
        return round(Fraction(dot(self.weights, values), whole)) if whole else 0

    def quantile(self, values: Whole, percent: int) -> int:
        """Return the least value that so many percent of the rows lie at or below."""
        return self.quantiles(values, (percent,))[0]

    def quantiles(self, values: Whole, percents: tuple[int, ...]) -> list[int]:
        """Return several, sorting once. Edges: of no rows all are 0; 0 % is the least value."""
        some = self.weights > 0
        if not some.any():
            return [0] * len(percents)
        values, weights = values[some], self.weights[some]
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(weights[order])
        whole = int(reached[-1])
        wanted = [max(-(-whole * percent // 100), 1) for percent in percents]
        return [int(values[order[np.searchsorted(reached, least)]]) for least in wanted]


def number(value: Fraction) -> Number:
    """Return a number as a reader takes it: whole where it is whole."""
    return value.numerator if value.denominator == 1 else float(value)
