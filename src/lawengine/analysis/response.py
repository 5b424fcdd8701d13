"""If offenders answer to the law: a switch that is off, and an assumption wherever it is on."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.exact import MICRO
from lawengine.analysis.figures import is_open, sanction
from lawengine.analysis.outcomes import At, Bit, Whole, is_set
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Behaviour, Bounds, Response
from lawengine.analysis.running import Ran
from lawengine.base.label import Label
from lawengine.columns.table import Flags

MOST = 10.0
"""An elasticity beyond this is a slip."""


def behaviour(ran: Ran, elasticity: float) -> Behaviour:
    """Return how many violations there would be on each side, and the fines that follow.

    The expected sanction is the probability of being caught times the sanction; the probability is
    taken to stay as it is, so that the sanctions alone are compared: a case counts (after / before)
    to the power of the elasticity, once by the lower ends, once by the upper ends.

    Raises:
        RefusedError: the elasticity is no number between -10 and 10.
    """
    if not math.isfinite(elasticity) or abs(elasticity) > MOST:
        raise RefusedError("LAW729", value=elasticity)
    before = ran.layout.side(ran.kinds.numbers, 0)
    weights = ran.kinds.rows.astype(np.float64)
    if ran.layout.weighted:
        weights = weights * ran.layout.weights(ran.kinds.numbers) / MICRO
    sides = tuple(
        _answer(before, ran.layout.side(ran.kinds.numbers, place), weights, elasticity)
        for place in range(ran.layout.sides)
    )
    return Behaviour(elasticity, text_of(elasticity), sides)


def text_of(elasticity: float) -> Label:
    """Return the assumption in words."""
    shown = f"{elasticity:g}"
    return Label(
        f"behaviour: for each 1 % that the expected sanction rises, the number of violations "
        f"changes by {shown} % (constant elasticity, the probability of being caught unchanged); "
        "no published figure stands behind this number",
        f"行为反应：预期处罚每提高1%，违法数量变动{shown}%（常弹性，被查获概率不变）；"
        "该数值没有公布的依据",
    )


def _answer(
    before: Whole, after: Whole, weights: NDArray[np.float64], elasticity: float
) -> Response:
    bits = after[At.BITS]
    violated = is_set(before[At.BITS], Bit.ESTABLISHED) | is_set(before[At.BITS], Bit.UNDETERMINED)
    (low, high), (low_2, high_2) = sanction(before), sanction(after)
    closed = ~is_open(before) & ~is_open(after)
    by_low, moved_low = _factor(low, low_2, violated, elasticity)
    by_high, moved_high = _factor(high, high_2, violated & closed, elasticity)
    # Where one end tells nothing, the other one stands for both.
    by_low, by_high = np.where(moved_low, by_low, by_high), np.where(moved_high, by_high, by_low)
    least, most = np.minimum(by_low, by_high), np.maximum(by_low, by_high)
    some = weights * violated
    whole = float(some.sum())
    counts = float((some * least).sum()), float((some * most).sum())
    known = ~is_set(bits, Bit.FINE_OPEN)
    fines = (weights * least * after[At.LOW]).sum(), (weights * most * after[At.HIGH] * known).sum()
    open_ = float((weights * ~known).sum())
    return Response(
        violations=Bounds(round(counts[0], 3), round(counts[1], 3)),
        factor=Bounds(*(round(one / whole, 6) if whole else 1.0 for one in counts)),
        fine=Bounds(round(float(fines[0])), round(float(fines[1])), round(open_, 3)),
        unmoved=round(float((some * ~(moved_low | moved_high)).sum()), 3),
    )


def _factor(
    before: Whole, after: Whole, some: Flags, elasticity: float
) -> tuple[NDArray[np.float64], Flags]:
    """Return the factor of each row, and where there is one: both sanctions are above 0."""
    moved = some & (before > 0) & (after > 0)
    ratio = np.where(moved, after, 1) / np.where(moved, before, 1)
    found: NDArray[np.float64] = ratio**elasticity
    return found, moved
