"""Sanction against gain: the probability of being caught at which a violation stops paying.

Whoever violates keeps the gain if not caught; if caught, the gain minus what is confiscated minus
the fine. With probability p of being caught it pays while gain > p * (fine + confiscation), so it
stops at p* = gain / (fine + confiscation).
"""

from __future__ import annotations

import numpy as np

from lawengine.analysis.figures import is_open, sanction
from lawengine.analysis.outcomes import At, Bit, Whole, is_set
from lawengine.columns.table import Column

PARTS = 1_000
"""Probabilities are kept in thousandths, rounded up: then `p < p*` is exact for whole ones."""

NEVER = PARTS + 1
"""Even certain detection does not deter."""

NO_GAIN = -1
"""No gain above 0 is known, or nothing is violated."""

_EXACT = 10**15


def gain_numbers(one: Whole, gain: Column | None) -> Whole:
    """Return for each row the least and the greatest p*, in thousandths rounded up.

    Edges: `NO_GAIN` in both where there is none; `NEVER` at most. Shapes: two rows.
    """
    rows = one.shape[1]
    found = np.full((2, rows), NO_GAIN, np.int64)
    if gain is None:
        return found
    bits = one[At.BITS]
    some = is_set(bits, Bit.ESTABLISHED) | is_set(bits, Bit.UNDETERMINED)
    some &= gain.values > 0
    if gain.known is not None:
        some &= gain.known
    low, high = (end[some] for end in sanction(one))
    values = gain.values[some].astype(np.int64)
    least = np.where(is_open(one)[some], 0, _parts(values, high))
    found[0, some], found[1, some] = least, _parts(values, low)
    return found


def _parts(gain: Whole, cost: Whole) -> Whole:
    """Return gain / cost in thousandths, rounded up. Edges: without a cost it is `NEVER`."""
    divisor = np.maximum(cost, 1)
    whole = np.minimum(gain // divisor, 2) * PARTS
    rest = -(-(gain % divisor) * PARTS // divisor)
    found = np.where(cost > 0, np.minimum(whole + rest, NEVER), NEVER)
    # A thousand times these would leave 64 bits.
    for row in np.flatnonzero((divisor > _EXACT) & (cost > 0)).tolist():
        found[row] = min(-(-int(gain[row]) * PARTS // int(cost[row])), NEVER)
    return found
