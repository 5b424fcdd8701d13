"""Points on a scale: exact decimals, and how people write them."""

from __future__ import annotations

from fractions import Fraction


def points_text(value: int | Fraction) -> str:
    """Return an exact number as a plain decimal: `87.5`, `100`.

    Edges: a number that no decimal gives exactly stays a fraction, `1/3`; nothing is rounded.

    >>> points_text(Fraction(175, 2)), points_text(100), points_text(Fraction(-1, 8))
    ('87.5', '100', '-0.125')
    >>> points_text(Fraction(1, 3))
    '1/3'
    """
    number = Fraction(value)
    places = _places(number.denominator)
    if places is None:
        return f"{number.numerator}/{number.denominator}"
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _places(denominator: int) -> int | None:
    """Return how many decimal places a denominator takes, None where no number of them does."""
    counts = []
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator //= prime
            count += 1
        counts.append(count)
    return max(counts) if denominator == 1 else None
