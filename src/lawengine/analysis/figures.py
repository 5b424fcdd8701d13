"""From kinds of rows to figures: sums, spreads, measures, and how cases fare under a reform."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lawengine.analysis import outcomes
from lawengine.analysis.exact import UNKNOWN, Scale
from lawengine.analysis.outcomes import KINDS, At, Bit, Whole, is_set
from lawengine.analysis.result import (
    Bin,
    Bounds,
    Change,
    Distribution,
    Figures,
    Measure,
    MeasureChange,
    Quantile,
)
from lawengine.columns.table import Flags
from lawengine.model.measures import MEASURE_LABELS

PERCENTS = (0, 10, 25, 50, 75, 90, 100)
"""Which cases of a hundred tell how an amount is spread."""

_WAN = 1_000_000
"""Fen in 10,000 yuan."""

EDGES = (0, 1, *(n * _WAN for n in (1, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000)))
"""Where the bins of a distribution begin, in fen; the first one holds what is 0."""


@dataclass(frozen=True, slots=True)
class Alike:
    """The same rows, but those together that differ in what is taken alone: fewer to be sorted.

    `taken` is how the sums that are taken are spread, where that is known from elsewhere.
    """

    before: Whole
    after: Whole
    scale: Scale
    taken: Distribution | None = None


def figures(one: Whole, scale: Scale, alike: Alike | None = None) -> Figures:
    """Return what some kinds come to under one side. Shapes: `one` as `outcomes.outcomes`."""
    low, high = sanction(one)
    some = is_set(one[At.BITS], Bit.FINE_POSSIBLE) | (one[At.TAKEN_HIGH] > 0)
    some |= is_set(one[At.BITS], Bit.TAKEN_OPEN)
    both = _spread((low, high, is_open(one)), some, scale)
    taken = alike.taken if alike is not None else None
    taken = taken or _taken(one, scale)
    if alike is not None:
        one, scale = alike.after, alike.scale
    bits = one[At.BITS]
    established, undetermined = is_set(bits, Bit.ESTABLISHED), is_set(bits, Bit.UNDETERMINED)
    possible, certain = is_set(bits, Bit.FINE_POSSIBLE), is_set(bits, Bit.FINE_CERTAIN)
    fine_open = is_set(bits, Bit.FINE_OPEN)
    return Figures(
        cases=scale.count(),
        established=Bounds(scale.count(established), scale.count(established | undetermined)),
        undetermined=scale.count(undetermined),
        fined=Bounds(scale.count(certain), scale.count(possible)),
        fine=_spread((one[At.LOW], one[At.HIGH], fine_open), possible, scale),
        confiscation=taken,
        sanction=both,
        measures=tuple(_measures(bits, scale)),
    )


def _taken(one: Whole, scale: Scale) -> Distribution:
    open_ = is_set(one[At.BITS], Bit.TAKEN_OPEN)
    some = (one[At.TAKEN_HIGH] > 0) | open_
    return _spread((one[At.TAKEN_LOW], one[At.TAKEN_HIGH], open_), some, scale)


def sanction(one: Whole) -> tuple[Whole, Whole]:
    """Return both ends of fine and confiscation together, of what is known of them."""
    return one[At.LOW] + one[At.TAKEN_LOW], one[At.HIGH] + one[At.TAKEN_HIGH]


def is_open(one: Whole) -> Flags:
    """Return where the upper end of the sanction is not known."""
    return is_set(one[At.BITS], Bit.FINE_OPEN) | is_set(one[At.BITS], Bit.TAKEN_OPEN)


def _spread(amount: tuple[Whole, Whole, Flags], some: Flags, scale: Scale) -> Distribution:
    low, high, open_ = amount
    known = ~open_
    no_end = scale.count(open_)
    whole = Scale(scale.weights[some], scale.unit)
    upper = np.where(open_, UNKNOWN, high)
    mean = None if no_end else scale.mean(high)
    return Distribution(
        sum=Bounds(scale.sum(low), scale.sum(high, known), no_end),
        mean=Bounds(scale.mean(low), mean, no_end),
        cases=whole.count(),
        quantiles=quantiles(low[some], upper[some], whole),
        bins=tuple(_bins(low[some], upper[some], whole)),
    )


def quantiles(low: Whole, high: Whole, scale: Scale) -> tuple[Quantile, ...]:
    """Return the quantiles of lower and of upper figures; `UNKNOWN` ones are None."""
    ends = zip(scale.quantiles(low, PERCENTS), scale.quantiles(high, PERCENTS), strict=True)
    return tuple(
        Quantile(percent / 100, Bounds(one, None if two == UNKNOWN else two))
        for percent, (one, two) in zip(PERCENTS, ends, strict=True)
    )


def _bins(low: Whole, high: Whole, scale: Scale) -> Iterator[Bin]:
    edges = np.array(EDGES)
    places = [np.searchsorted(edges, values, side="right") - 1 for values in (low, high)]
    places[1] = np.where(high == UNKNOWN, -1, places[1])
    for place, since in enumerate(EDGES):
        until = EDGES[place + 1] if place + 1 < len(EDGES) else None
        counted = [scale.count(where == place) for where in places]
        yield Bin(since, until, *counted)


def _measures(bits: Whole, scale: Scale) -> Iterator[Measure]:
    for place, kind in enumerate(KINDS):
        must, may = outcomes.must(bits, place), outcomes.may(bits, place)
        if must.any() or may.any():
            yield Measure(kind.value, MEASURE_LABELS[kind], scale.count(must), scale.count(may))


# --- before and after ---


def undecidable(before: Whole, after: Whole) -> Flags:
    """Return where what is open could be other under the reform, so that nobody can compare."""
    fine = _open(before, after, (At.LOW, At.HIGH), (Bit.FINE_OPEN, Bit.FINE_TOUCHED))
    ends = (At.TAKEN_LOW, At.TAKEN_HIGH)
    return fine | _open(before, after, ends, (Bit.TAKEN_OPEN, Bit.TAKEN_TOUCHED))


def _open(before: Whole, after: Whole, ends: tuple[At, At], bits: tuple[Bit, Bit]) -> Flags:
    open_, touched = bits
    one, two = (is_set(side[At.BITS], open_) for side in (before, after))
    differs = one != two
    for end in ends:
        differs |= before[end] != after[end]
    found: Flags = (one | two) & (differs | is_set(after[At.BITS], touched))
    return found


FARES = ("unchanged", "better_surely", "better", "worse", "worse_surely", "undecided")
"""How a case fares under a reform, by the money that it pays (see `result.Change`)."""


def faring(before: Whole, after: Whole) -> Whole:
    """Return the place among `FARES` of each row."""
    (low, high), (low_2, high_2) = sanction(before), sanction(after)
    open_ = undecidable(before, after)
    same = (low == low_2) & (high == high_2)
    better, worse = (low_2 <= low) & (high_2 <= high), (low_2 >= low) & (high_2 >= high)
    wanted = [open_, same, better & (high_2 <= low), better]
    wanted += [worse & (low_2 >= high), worse]
    names = ("undecided", "unchanged", "better_surely", "better", "worse_surely", "worse")
    return np.select(wanted, [FARES.index(name) for name in names], FARES.index("undecided"))


def fares(before: Whole, after: Whole) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    """Return in a word how each row fares."""
    return np.array(FARES, object)[faring(before, after)]


def change(
    before: Whole, after: Whole, scale: Scale, alike: Alike | None = None, still: int = 0
) -> Change:
    """Return how the cases of some kinds fare, by the money that they pay.

    `still` is what the kinds weigh that are left out because nothing changes in them.
    """
    (low, high), (low_2, high_2) = sanction(before), sanction(after)
    fare = faring(before, after)
    counted = {name: scale.count(fare == place) for place, name in enumerate(FARES)}
    counted["unchanged"] = scale.count(fare == FARES.index("unchanged"), still)
    bounded = ~is_open(before) & ~is_open(after)
    floors, ceilings = scale.sum(low_2 - low), scale.sum(high_2 - high, bounded)
    if alike is not None:
        before, after, scale = alike.before, alike.after, alike.scale
    bits, bits_2 = before[At.BITS], after[At.BITS]
    fined, fined_2 = (is_set(x, Bit.FINE_POSSIBLE) for x in (bits, bits_2))
    return Change(
        **counted,
        floors=floors,
        ceilings=ceilings,
        newly_fined=scale.count(~fined & fined_2),
        no_longer_fined=scale.count(fined & ~fined_2),
        measures=tuple(_changes(bits, bits_2, scale)),
    )


def _changes(before: Whole, after: Whole, scale: Scale) -> Iterator[MeasureChange]:
    for place, kind in enumerate(KINDS):
        must, may = outcomes.must(before, place), outcomes.may(before, place)
        must_2, may_2 = outcomes.must(after, place), outcomes.may(after, place)
        some, some_2 = must | may, must_2 | may_2
        masks = (~some & some_2, some & ~some_2, may & must_2, must & may_2)
        if any(mask.any() for mask in masks):
            counted = [scale.count(mask) for mask in masks]
            yield MeasureChange(kind.value, MEASURE_LABELS[kind], *counted)
