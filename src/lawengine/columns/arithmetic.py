"""What generated code calls: NumPy by its names, and arithmetic that it does not write out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.table import Array, Flags


def every(rows: int) -> NDArray[np.intp]:
    """Return the places of all rows."""
    return np.arange(rows)


def every_row(rows: int) -> Flags:
    """Return a mask over all rows."""
    return np.ones(rows, np.bool_)


def no_row(rows: int) -> Flags:
    """Return a mask over no row."""
    return np.zeros(rows, np.bool_)


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
    "every": every, "every_row": every_row, "no_row": no_row,
    "share_down": share_down, "share_up": share_up, "share_half_even": share_half_even,
    "where": np.where, "maximum": np.maximum, "minimum": np.minimum,
    "u1": np.uint8, "i1": np.int8, "i2": np.int16, "i4": np.int32, "i8": np.int64,
}  # fmt: skip
