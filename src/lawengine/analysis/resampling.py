"""Bootstrap bounds: how much figures would move if the cases had been others drawn like these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.exact import MICRO
from lawengine.analysis.figures import FARES, faring, is_open, sanction
from lawengine.analysis.outcomes import At, Bit, Whole, is_set
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Bootstrap, Interval
from lawengine.analysis.running import Ran
from lawengine.base.label import Label

Floats = NDArray[np.float64]

BLOCKS = 2_000
"""Into so many blocks rows are dealt where there are too many kinds of them: the width of an
interval is then itself sure to sqrt(2 / 2,000), some 3 %."""

_KINDS = 20_000
_CELLS = 4_000_000
_ROWS_AT_ONCE = 1 << 20
_DRAWS = range(100, 100_001)


@dataclass(frozen=True, slots=True)
class Statistic:
    """What is summed over rows. `per` is `sum`, `mean` (fen a case) or `share` (of the cases)."""

    figure: str
    label: Label
    side: int
    per: str
    values: Whole


def bootstrap(
    ran: Ran, *, draws: int = 1_000, seed: int = 1, level: float = 0.95, cluster: str = ""
) -> Bootstrap:
    """Return percentile intervals of sums, means and shares; by weight where the run has weights.

    Rows are drawn with replacement, or whole clusters. The kinds of rows are what is drawn, so that
    the order of rows makes no difference; where there are more than 20,000 kinds, rows are dealt at
    random into 2,000 blocks, which are drawn instead.

    Raises:
        RefusedError: fewer than two clusters, or a number of draws that says nothing.
    """
    if draws not in _DRAWS:
        raise RefusedError("LAW711", draws=draws)
    kinds, layout = ran.kinds, ran.layout
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))
    unit = MICRO if layout.weighted else 1
    weights = layout.weights(kinds.numbers) / MICRO if layout.weighted else np.ones(kinds.rows.size)
    statistics = list(_statistics(ran))
    # The last column counts the cases.
    values = np.stack([one.values.astype(np.float64) * weights for one in statistics] + [weights])
    if layout.cluster:
        units = _by_code(values * kinds.rows, layout.clusters(kinds.numbers))
        if units.shape[1] < 2:  # noqa: PLR2004 - one cluster cannot be drawn otherwise
            raise RefusedError("LAW714", column=cluster)
        sums = _drawn(
            units, np.full(units.shape[1], 1 / units.shape[1]), units.shape[1], draws, stream
        )
        number = units.shape[1]
    elif kinds.rows.size > _KINDS:
        units = _dealt(np.vstack([values, np.ones(kinds.rows.size)]), kinds.rows, stream)
        sums = _drawn(units, np.full(BLOCKS, 1 / BLOCKS), BLOCKS, draws, stream)
        # Blocks differ in size, but as many rows are drawn each time.
        sums = sums[:-1] * (ran.rows / sums[-1])
        number = ran.rows
    else:
        sums = _drawn(values, kinds.rows / ran.rows, ran.rows, draws, stream)
        number = ran.rows
    whole = values @ kinds.rows.astype(np.float64)
    blocked = not layout.cluster and kinds.rows.size > _KINDS
    return Bootstrap(
        method=_method(draws, seed, level, cluster, blocked=blocked), draws=draws, seed=seed,
        level=level, cluster=cluster, units=number, weights="" if unit == 1 else "weights",
        intervals=tuple(_intervals(statistics, whole, sums, level)),
    )  # fmt: skip


def _statistics(ran: Ran) -> Iterator[Statistic]:
    before = ran.layout.side(ran.kinds.numbers, 0)
    for side in range(ran.layout.sides):
        one = ran.layout.side(ran.kinds.numbers, side)
        bits = one[At.BITS]
        known = ~is_set(bits, Bit.FINE_OPEN)
        low, high = one[At.LOW], one[At.HIGH] * known
        for per in ("sum", "mean"):
            yield Statistic(f"fine.{per}.low", _named(_LOWEST, per), side, per, low)
            yield Statistic(f"fine.{per}.high", _named(_HIGHEST, per), side, per, high)
        yield Statistic("sanction.sum.low", _SANCTION, side, "sum", sanction(one)[0])
        for name, bit, label in (
            ("fined.low", Bit.FINE_CERTAIN, _CERTAIN), ("fined.high", Bit.FINE_POSSIBLE, _POSSIBLE)
        ):  # fmt: skip
            yield Statistic(name, label, side, "share", is_set(bits, bit).astype(np.int64))
        if side:
            yield from _changes(before, one, side)


def _changes(before: Whole, one: Whole, side: int) -> Iterator[Statistic]:
    (low, high), (low_2, high_2) = sanction(before), sanction(one)
    bounded = ~is_open(before) & ~is_open(one)
    yield Statistic("change.floors", _FLOORS, side, "sum", low_2 - low)
    yield Statistic("change.ceilings", _CEILINGS, side, "sum", (high_2 - high) * bounded)
    fare = faring(before, one)
    for name, label in (("better", _LESS), ("worse", _MORE)):
        places = [place for place, fares in enumerate(FARES) if fares.startswith(name)]
        yield Statistic(
            f"change.{name}", label, side, "share", np.isin(fare, places).astype(np.int64)
        )


def _by_code(values: Floats, codes: Whole) -> Floats:
    number = int(codes.max()) + 1
    return np.stack([np.bincount(codes, row, number) for row in values])


def _dealt(values: Floats, rows: Whole, stream: np.random.Generator) -> Floats:
    """Return the sums of blocks into which the rows are dealt at random."""
    units = np.zeros((values.shape[0], BLOCKS))
    ends = np.cumsum(rows)
    for start in range(0, int(ends[-1]), _ROWS_AT_ONCE):
        places = np.arange(start, min(start + _ROWS_AT_ONCE, int(ends[-1])))
        kinds = np.searchsorted(ends, places, side="right")
        blocks = stream.integers(0, BLOCKS, places.size)
        for number, row in enumerate(values):
            units[number] += np.bincount(blocks, row[kinds], BLOCKS)
    return units


def _drawn(
    units: Floats, chances: Floats, number: int, draws: int, stream: np.random.Generator
) -> Floats:
    """Return the sums of each draw. Shapes: a row for each statistic, a column for each draw."""
    found = np.empty((units.shape[0], draws))
    at_once = max(_CELLS // max(chances.size, 1), 1)
    chances = chances / chances.sum()
    for start in range(0, draws, at_once):
        size = min(at_once, draws - start)
        counts = stream.multinomial(number, chances, size)
        found[:, start : start + size] = units @ counts.T
    return found


def _intervals(
    statistics: list[Statistic], whole: Floats, sums: Floats, level: float
) -> Iterator[Interval]:
    tails = (1 - level) / 2, (1 + level) / 2
    cases, all_cases = sums[-1], float(whole[-1])
    for number, one in enumerate(statistics):
        drawn, estimate = sums[number], float(whole[number])
        if one.per != "sum":
            drawn = np.divide(drawn, cases, out=np.zeros_like(drawn), where=cases > 0)
            estimate = estimate / all_cases if all_cases else 0.0
        low, high = (float(end) for end in np.quantile(drawn, tails))
        if one.per == "share":
            ends = round(estimate, 6), round(low, 6), round(high, 6)
            yield Interval(one.figure, one.label, "share", one.side, *ends)
        else:
            amounts = round(estimate), round(low), round(high)
            yield Interval(one.figure, one.label, "fen", one.side, *amounts)


def _method(draws: int, seed: int, level: float, cluster: str, *, blocked: bool) -> Label:
    what = (
        Label(f"clusters of `{cluster}`", f"“{cluster}”的整群")
        if cluster
        else Label("rows", "各行")
    )
    if blocked:
        what = Label(f"rows, dealt at random into {BLOCKS:,} blocks", f"随机分入{BLOCKS:,}组的各行")
    return Label(
        f"percentile bootstrap: {draws:,} draws of {what.en} with replacement, seed {seed}, "
        f"{100 * level:g} % intervals; they show the chance of the draw alone, neither the width "
        "of judgements nor what assumptions are worth",
        f"百分位自助法：对{what.zh}有放回抽取{draws:,}次，种子{seed}，{100 * level:g}%区间；"
        "仅反映抽样偶然性，不反映裁量幅度，也不反映假设是否可靠",
    )


def _named(label: Label, per: str) -> Label:
    words = _SUM if per == "sum" else _MEAN
    return Label(f"{words.en}, {label.en}", f"{words.zh}，{label.zh}")


_SUM, _MEAN = Label("fines together", "罚款合计"), Label("mean fine of a case", "件均罚款")
_LOWEST, _HIGHEST = Label("at least", "下限"), Label("at most", "上限")
_SANCTION = Label("fines and confiscation, at least", "罚款与没收合计，下限")
_CERTAIN, _POSSIBLE = Label("must be fined", "应当罚款"), Label("may be fined", "可处罚款")
_FLOORS = Label("lower ends move by", "下限变动合计")
_CEILINGS = Label("upper ends move by", "上限变动合计")
_LESS, _MORE = Label("pay less", "减轻"), Label("pay more", "加重")
