"""What deterrence is left: over the cases of a table, under each side."""

from __future__ import annotations

import numpy as np

from lawengine.analysis.exact import MICRO, UNKNOWN, Scale
from lawengine.analysis.figures import quantiles
from lawengine.analysis.gains import NEVER, NO_GAIN, PARTS
from lawengine.analysis.outcomes import WIDTH, At, Bit, is_set
from lawengine.analysis.result import (
    Bounds,
    CaseDeterrence,
    Deterrence,
    PaysAt,
    Quantile,
    SideDeterrence,
)
from lawengine.analysis.running import Ran
from lawengine.base.label import Label

PROBABILITIES = (10, 50, 100, 200, 500, 1_000)
"""Thousandths for which it is told how often a violation pays."""

MODEL = (
    Label(
        "whoever violates weighs money alone and is neutral to risk: a small chance of a large "
        "fine counts as much as its expected value",
        "违法者只计较金钱且风险中性：以小概率承担大额罚款，按其期望值计算",
    ),
    Label(
        "if not caught, the whole gain is kept; if caught, it is kept but for what the law "
        "confiscates, and the fine is paid in full",
        "未被查获则保留全部违法所得；被查获则除依法没收的部分外仍予保留，并缴清罚款",
    ),
    Label(
        "so a violation pays while gain > p x (fine + confiscation), and stops paying at "
        "p* = gain / (fine + confiscation); p is the probability of being caught",
        "因此当 违法所得 > p×（罚款＋没收）时违法有利可图，"
        "至 p*＝违法所得÷（罚款＋没收）时不再有利；p为被查获的概率",
    ),
    Label(
        "the fine is a range, so p* is one: from gain / greatest sanction to gain / least one; a "
        "fine that may be left out counts 0 at its lower end",
        "罚款为区间，p*亦为区间：从 违法所得÷最高处罚 到 违法所得÷最低处罚；"
        "可以不处的罚款下限按0计算",
    ),
    Label(
        "listing, loss of benefits, revocation, damages and reputation cost money too and are not "
        "counted, nor is a second case; with them p* would be lower",
        "列入名单、丧失激励、吊销、赔偿和声誉损失以及再次查处均未计入；计入后p*会更低",
    ),
)


def deterrence_of(
    cases: tuple[CaseDeterrence, ...], sides: tuple[SideDeterrence, ...]
) -> Deterrence:
    """Return the deterrence of cases and of the sides of a table, with the model behind it."""
    return Deterrence(MODEL, cases, sides)


def side_deterrence(ran: Ran, place: int, *, weighted: bool | None = None) -> SideDeterrence:
    """Return what deterrence one side leaves; weighted where the run has weights."""
    numbers = ran.layout.side(ran.kinds.numbers, place)
    bits, (least, most) = numbers[At.BITS], numbers[WIDTH:]
    by_weight = ran.layout.weighted if weighted is None else weighted
    weights, unit = ran.kinds.rows, 1
    if by_weight:
        weights, unit = weights * ran.layout.weights(ran.kinds.numbers), MICRO
    violated = is_set(bits, Bit.ESTABLISHED) | is_set(bits, Bit.UNDETERMINED)
    known = least != NO_GAIN
    some = Scale(weights[known], unit)
    low, high = least[known], most[known]
    never = Bounds(some.count(low >= NEVER), some.count(high >= NEVER))
    # Rounded up in both; the lower bound steps back by what the rounding may have added.
    lower = np.where(low >= NEVER, UNKNOWN, np.maximum(low - 1, 0))
    upper = np.where(high >= NEVER, UNKNOWN, high)
    return SideDeterrence(
        known=some.count(),
        without_gain=Scale(weights, unit).count(violated & ~known),
        p_star=tuple(_share(one) for one in quantiles(lower, upper, some)),
        never=never,
        pays=tuple(
            PaysAt(p / PARTS, None, Bounds(some.count(low > p), some.count(high > p)))
            for p in PROBABILITIES
        ),
    )


def _share(one: Quantile) -> Quantile:
    """Return a quantile as a probability; above 1 it stands for none that deters."""
    low, high = one.amount.low, one.amount.high
    return Quantile(
        one.share,
        Bounds(min(low / PARTS, NEVER / PARTS), None if high is None else high / PARTS),
    )
