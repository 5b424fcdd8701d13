"""Shares of one whole, rounded so that they still add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def rounded_shares(parts: Sequence[Fraction], places: int) -> tuple[Fraction, ...]:
    """Return each part's share of the sum, in percent with so many places; together exactly 1.

    By largest remainders: each share is cut off, and what is then missing goes, one unit each, to
    those that lost most. Edges: of equal losses the earlier part is first.

    Raises:
        ValueError: a part is below zero, or all are zero.

    >>> [str(share) for share in rounded_shares([Fraction(1), Fraction(1), Fraction(1)], 0)]
    ['17/50', '33/100', '33/100']
    """
    total = sum(parts, Fraction(0))
    if total <= 0 or min(parts) < 0:
        raise ValueError("shares are of parts that are not below zero")
    units = 100 * 10**places
    exact = [part / total * units for part in parts]
    floors = [value.numerator // value.denominator for value in exact]
    missing = units - sum(floors)
    lost = sorted(range(len(parts)), key=lambda n: (floors[n] - exact[n], n))
    for n in lost[:missing]:
        floors[n] += 1
    return tuple(Fraction(floor, units) for floor in floors)
