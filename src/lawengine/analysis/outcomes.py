"""What follows in every row, as whole numbers side by side: the numbers that an analysis counts."""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.results import Layout, Results
from lawengine.columns.table import Flags
from lawengine.model.measures import MeasureKind

Whole: TypeAlias = NDArray[np.int64]

KINDS = tuple(kind for kind in MeasureKind if kind is not MeasureKind.FINE)
"""The kinds of measures beside fines, each with a bit of its own in every rulebook."""

FIRST_MUST = 8
FIRST_MAY = FIRST_MUST + len(KINDS)
_CONFISCATE = KINDS.index(MeasureKind.CONFISCATE)


class Bit(IntEnum):
    """What the first number of an outcome says, bit by bit.

    `fine_open` and `taken_open`: no upper figure is known, for a fact is open, or the violation
    itself. `fine_touched`, `taken_touched`: what is open of it could be other under the reform.
    """

    ESTABLISHED = 0
    UNDETERMINED = 1
    FINE_POSSIBLE = 2
    FINE_CERTAIN = 3
    FINE_OPEN = 4
    TAKEN_OPEN = 5
    FINE_TOUCHED = 6
    TAKEN_TOUCHED = 7


class At(IntEnum):
    """The numbers of an outcome: its bits, both ends of the fine and of what is taken (fen)."""

    BITS = 0
    LOW = 1
    HIGH = 2
    TAKEN_LOW = 3
    TAKEN_HIGH = 4


WIDTH = len(At)


def outcomes(results: Results, touched: tuple[Flags, Flags] | None = None) -> Whole:
    """Return the outcomes of all rows.

    A fine that may be left out, and one without a floor, has 0 as its lower end; what is
    confiscated counts at its lower end where it must be and no branch is open. `touched` tells
    where a reform could change the fine, and where what is taken. Shapes: a row for each of `At`.
    """
    undetermined, left_out = results.has("undetermined"), results.has("may_fine")
    fine_open = results.has("open_ceiling") | undetermined
    taken_open = results.has("open_sum") | undetermined
    possible = (results.fine_high > 0) | fine_open
    certain = (results.fine_high > 0) & ~left_out
    must, may = (_everywhere(bits, results.layout) for bits in results.kinds())
    surely = (must >> _CONFISCATE & 1).astype(np.bool_) & ~results.has("branched") & ~taken_open
    found = np.empty((WIDTH, results.rows), np.int64)
    found[At.BITS] = must << FIRST_MUST | may << FIRST_MAY
    for bit, mask in (
        (Bit.ESTABLISHED, results.has("hit") & ~undetermined),
        (Bit.UNDETERMINED, undetermined),
        (Bit.FINE_POSSIBLE, possible),
        (Bit.FINE_CERTAIN, certain),
        (Bit.FINE_OPEN, fine_open),
        (Bit.TAKEN_OPEN, taken_open),
        *_touched(touched, fine_open, taken_open),
    ):
        found[At.BITS] |= mask.astype(np.int64) << bit
    found[At.LOW] = np.where(left_out, 0, results.fine_low)
    found[At.HIGH] = results.fine_high
    found[At.TAKEN_LOW] = np.where(surely, results.confiscated, 0)
    found[At.TAKEN_HIGH] = results.confiscated
    return found


def _touched(
    touched: tuple[Flags, Flags] | None, fine_open: Flags, taken_open: Flags
) -> tuple[tuple[Bit, Flags], ...]:
    if touched is None:
        return ()
    fine, taken = touched
    return (Bit.FINE_TOUCHED, fine & fine_open), (Bit.TAKEN_TOUCHED, taken & taken_open)


def _everywhere(bits: NDArray[np.integer], layout: Layout) -> Whole:
    """Return kinds of measures with the bits that they have in every rulebook."""
    found = np.zeros(bits.shape, np.int64)
    for place, kind in enumerate(layout.kinds):
        found |= (bits.astype(np.int64) >> place & 1) << KINDS.index(kind)
    return found


def is_set(bits: Whole, bit: Bit) -> Flags:
    """Return where a bit is set."""
    found: Flags = (bits >> bit & 1).astype(np.bool_)
    return found


def must(bits: Whole, kind: int) -> Flags:
    """Return where a kind of measure, by its place in `KINDS`, must be taken."""
    found: Flags = (bits >> (FIRST_MUST + kind) & 1).astype(np.bool_)
    return found


def may(bits: Whole, kind: int) -> Flags:
    """Return where a kind of measure may be taken, or may be left out."""
    found: Flags = (bits >> (FIRST_MAY + kind) & 1).astype(np.bool_)
    return found


def measures(bits: Whole) -> Whole:
    """Return the bits of all measures."""
    return bits >> FIRST_MUST
