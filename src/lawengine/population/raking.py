"""Weights that give a population the shares of given margins: iterative proportional fitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawengine.population.refusal import RefusedError

ROUNDS = 1_000
"""Rounds after which fitting is given up; margins that agree need ten to fifty."""

CLOSE = 1e-9
"""How far a share may lie from its margin at the end."""

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Margin:
    """What share each category of one column has.

    Shapes: `codes` holds the place of each row's category in `categories`; `shares` one figure for
    each, in any unit, since they are taken relative to their sum.
    """

    name: str
    categories: Sequence[str]
    shares: Sequence[float]
    codes: NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights of all rows, 1 on average, and how even they are.

    `effective` is the number of equally weighted rows that would say as much (Kish).
    """

    weights: Weights
    rounds: int
    effective: float


def rake(margins: Sequence[Margin], rows: int, start: Weights | None = None) -> Fit:
    """Return weights under which each margin has its shares.

    They are the nearest to the first weights (1 for each row) in the sense of relative entropy.

    Raises:
        RefusedError: a category with a share has no row, or the other way round; the margins
            contradict each other in this population.
    """
    weights = np.ones(rows) if start is None else start / start.mean()
    wanted = {margin.name: _wanted(margin, rows) for margin in margins}
    gaps: dict[str, float] = {}
    for number in range(1, ROUNDS + 1):
        for margin in margins:
            sums = np.bincount(margin.codes, weights, len(margin.shares))
            with np.errstate(invalid="ignore", divide="ignore"):
                factors = np.where(sums > 0, wanted[margin.name] / sums, 0.0)
            weights = weights * factors[margin.codes]
        gaps = _gaps(margins, weights, wanted)
        if max(gaps.values(), default=0.0) <= CLOSE:
            return Fit(weights, number, float(weights.sum() ** 2 / (weights**2).sum()))
    worst = max(gaps, key=lambda name: gaps[name])
    raise RefusedError("LAW703", margin=worst, gap=f"{gaps[worst]:.2g}", rounds=ROUNDS)


def _wanted(margin: Margin, rows: int) -> Weights:
    shares = np.asarray(margin.shares, np.float64)
    counts = np.bincount(margin.codes, minlength=len(shares))
    for category, (share, count) in enumerate(zip(shares, counts, strict=True)):
        if bool(share > 0) is not bool(count > 0):
            code = "LAW702" if count else "LAW701"
            name = margin.categories[category]
            raise RefusedError(code, margin=margin.name, category=name, rows=int(count))
    return np.asarray(shares / shares.sum() * rows)


def _gaps(
    margins: Sequence[Margin], weights: Weights, wanted: Mapping[str, Weights]
) -> dict[str, float]:
    rows = len(weights)
    return {
        margin.name: float(
            np.abs(
                np.bincount(margin.codes, weights, len(margin.shares)) - wanted[margin.name]
            ).max()
            / rows
        )
        for margin in margins
    }
