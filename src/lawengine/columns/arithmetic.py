"""What generated code calls: NumPy by its names, and arithmetic that it does not write out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.table import Array, Flags

Rows: TypeAlias = NDArray[np.intp]
FEW = 1 << 10
"""Of fewer rows every operation takes about its least time."""
_NARROW = 4


def every(rows: int) -> Rows:
    """Return the places of all rows."""
    return np.arange(rows)


def every_row(rows: int) -> Flags:
    """Return a mask over all rows."""
    return np.ones(rows, np.bool_)


def no_row(rows: int) -> Flags:
    """Return a mask over no row."""
    return np.zeros(rows, np.bool_)


def parted(rows: Rows, sums: Array) -> tuple[Rows, Array, Rows]:
    """Return the rows of sums above 0, these sums, and the other rows."""
    above = sums > 0
    if above.all():
        return rows, sums, rows[:0]
    found = above.nonzero()[0]
    return rows[found], sums[found], rows[(~above).nonzero()[0]]


def picked(mask: Flags, one: Array, two: Array) -> Array:
    """Return one number where a mask says yes and the other elsewhere; both of one type.

    Measured: where yes and no change often, `where` takes ten times as long as three operations on
    all bits of a byte, and four times as long as those of four bytes.
    """
    width = one.dtype
    if mask.size < FEW or width.itemsize > _NARROW:
        return np.where(mask, one, two)
    chosen: Array = -(mask.view(np.int8) if width.itemsize == 1 else mask.astype(width))
    if two.ndim or two:
        chosen &= one ^ two
        chosen ^= two
    else:
        chosen &= one
    return chosen


def share_down(value: Array, under: int) -> Array:
    """Return the quotient rounded down."""
    return value // under


def share_up(value: Array, under: int) -> Array:
    """Return the quotient rounded up."""
    return -(-value // under)


def share_half_even(value: Array, under: int) -> Array:
    """Return the quotient rounded to the nearest whole number, halves to the even one."""
    whole, rest = np.divmod(value, under)
    twice = rest * 2
    up = (twice > under) | ((twice == under) & (whole % 2 == 1))
    found: Array = whole + up
    return found


NAMES: Mapping[str, Any] = {
    "every": every, "every_row": every_row, "no_row": no_row, "parted": parted,
    "share_down": share_down, "share_up": share_up, "share_half_even": share_half_even,
    "where": np.where, "picked": picked, "maximum": np.maximum, "minimum": np.minimum,
    "u1": np.uint8, "i1": np.int8, "i2": np.int16, "i4": np.int32, "i8": np.int64,
}  # fmt: skip
