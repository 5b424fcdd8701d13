"""Workload W over columns as one would write it by hand in NumPy, and the price of reading them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bench.norms import (
    BRUSHING_OLD,
    BRUSHING_ORDINARY,
    BRUSHING_SERIOUS,
    NORMS,
    OTHERS,
    PLATFORM,
    Norm,
)

Array: TypeAlias = npt.NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]
CHUNK = 1 << 16
FEN, LISTED = 100, 200_000_00
GAIN = 100_000 * FEN
CHANGED = (datetime.date(2018, 1, 1) - datetime.date(1970, 1, 1)).days


def _two_years_on(first: datetime.date, last: datetime.date) -> Array:
    """Return the last day of two years for each day, as days since 1970-01-01."""
    epoch = datetime.date(1970, 1, 1).toordinal()
    found = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = datetime.date.fromordinal(number)
        leap = day.month == 2 and day.day == 29
        on = day.replace(year=day.year + 2, day=28 if leap else day.day)
        found.append(on.toordinal() - epoch)
    return np.array(found, np.int32)


LIMITS = _two_years_on(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31))


def by_hand(columns: Columns, rows: int, chunk: int = CHUNK) -> tuple[Array, ...]:
    """Return fine and confiscation in fen, suspension, norms by bits and blacklist of each row.

    Conditions in whole chunks, amounts only in rows where a norm is hit.

    Args:
        columns: The facts of W by name, days since 1970-01-01 and fen.
        rows: How many rows they have.
        chunk: Rows worked out together.
    """
    fine, taken = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    suspended, norms = np.zeros(rows, np.bool_), np.zeros(rows, np.int32)
    black = np.empty(rows, np.bool_)
    for start in range(0, rows, chunk):
        part = slice(start, start + chunk)
        given = {name: values[part] for name, values in columns.items()}
        _part(given, fine[part], taken[part], suspended[part], norms[part])
        np.greater_equal(fine[part], LISTED, out=black[part])
    black |= suspended
    return fine, taken, suspended, norms, black


def _part(c: Columns, fine: Array, taken: Array, suspended: Array, norms: Array) -> None:
    late = (c["found_date"] > LIMITS.take(c["conduct_date"])) & ~c["continuing"]
    free = ~(late | (c["minor"] & c["corrected"] & (c["harm_level"] == 0)))
    platform = c["operator_kind"] == 0
    asked = {PLATFORM: free & platform, OTHERS: free & ~platform}
    uncorrected = ~c["corrected"]
    points = np.minimum(10, c["prior_violations"] * 2 + (c["illegal_gain"] >= GAIN) * np.int8(3))
    highest = np.zeros(len(fine), np.int64)
    for number, norm in enumerate(NORMS):
        hit = np.logical_or.reduce([c[name] for name in norm.conduct])
        hit &= asked.get(norm.who, free)
        if norm.uncorrected:
            hit &= uncorrected
        rows = np.flatnonzero(hit)
        some, serious = points.take(rows).astype(np.int64), c["serious"].take(rows)
        _add(rows, _ends(norm, some, serious), fine, highest)
        norms[rows] |= 1 << number
        if norm.suspends:
            suspended[rows] |= serious
        if norm.article == "77":
            taken[rows] = c["illegal_gain"].take(rows)
    hit = (c["fake_transactions"] & (c["fake_count"] >= 1)) | c["fake_reviews"]
    rows = np.flatnonzero(hit & free)
    some, serious = points.take(rows).astype(np.int64), c["serious"].take(rows)
    (old, add), (low, step), (high, steep) = BRUSHING_OLD, BRUSHING_ORDINARY, BRUSHING_SERIOUS
    new = np.where(serious, high + steep * some, low + step * some)
    early = c["conduct_date"].take(rows) < CHANGED
    _add(rows, np.where(early, old + add * some, new), fine, highest)
    norms[rows] |= 1 << len(NORMS)
    rows = np.flatnonzero(c["single_act"] & (fine != highest))
    fine[rows] = highest.take(rows)


def _ends(norm: Norm, points: Array, serious: Array) -> Array:
    (low, step), (high, steep) = norm.ordinary, norm.serious
    return np.where(serious, high + steep * points, low + step * points)


def _add(rows: Array, yuan: Array, fine: Array, highest: Array) -> None:
    fen = yuan * FEN
    fine[rows] += fen
    highest[rows] = np.maximum(highest.take(rows), fen)


def read_once(columns: Columns, rows: int, chunk: int = CHUNK) -> None:
    """Copy every column once, and write as many bytes as the five outputs hold: the least."""
    outputs = [np.empty(rows, type_) for type_ in (np.int64, np.int64, np.int32, "?", "?")]
    spare = {name: np.empty(chunk, values.dtype) for name, values in columns.items()}
    for start in range(0, rows, chunk):
        for name, values in columns.items():
            some = values[start : start + chunk]
            np.copyto(spare[name][: len(some)], some)
        for output in outputs:
            output[start : start + chunk] = 0
