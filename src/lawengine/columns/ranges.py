"""Between which whole numbers a value lies, and the narrowest type that holds it exactly."""

from __future__ import annotations

from typing import NamedTuple

WIDTHS = (("i1", 7), ("i2", 15), ("i4", 31), ("i8", 63))
"""Signed types by the bits that a number may have."""


class Range(NamedTuple):
    """The least and the greatest value, both included."""

    low: int
    high: int

    def span(self, *others: Range) -> Range:
        """Return the range that holds these too."""
        return Range(
            min(self.low, *(o.low for o in others)), max(self.high, *(o.high for o in others))
        )

    def plus(self, other: Range) -> Range:
        """Return the range of sums."""
        return Range(self.low + other.low, self.high + other.high)

    def minus(self, other: Range) -> Range:
        """Return the range of differences."""
        return Range(self.low - other.high, self.high - other.low)

    def times(self, other: Range) -> Range:
        """Return the range of products."""
        found = [one * two for one in self for two in other]
        return Range(min(found), max(found))

    @property
    def width(self) -> str:
        """Return the narrowest type, or nothing where no type of NumPy holds it."""
        return next(
            (name for name, bits in WIDTHS if -(1 << bits) <= self.low and self.high < 1 << bits),
            "",
        )


def widened(found: Range) -> Range:
    """Return the range that a plan is made for: the next one of few, so that few plans are made."""
    low = 0 if found.low >= 0 else -_step(-found.low)
    return Range(low, _step(found.high) if found.high > 0 else 0)


def _step(value: int) -> int:
    bits = next(bits for bits in (3, 7, 10, 15, 20, 31, 40, 47, 55, 63) if value < 1 << bits)
    return (1 << bits) - 1
