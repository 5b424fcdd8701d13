"""Workload W by hand in Polars: lazy, in stages, so that what is shared is worked out once."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from bench.kernel import CHANGED, FEN, GAIN, LISTED, Columns
from bench.norms import (
    ARTICLES,
    BRUSHING,
    BRUSHING_OLD,
    BRUSHING_ORDINARY,
    BRUSHING_SERIOUS,
    NORMS,
    OTHERS,
    PLATFORM,
    Norm,
)

POINTS, PLATFORMS, FREE = pl.col("points"), pl.col("platform"), pl.col("free")


def frame(columns: Columns) -> pl.DataFrame:
    """Return the cases of W as a frame that shares the memory of the columns where it can."""
    made = pl.DataFrame(dict(columns))
    return made.with_columns(pl.col("conduct_date", "found_date").cast(pl.Date))


def by_polars(cases: pl.DataFrame) -> pl.DataFrame:
    """Return the five outputs of W, the norms by bits."""
    gain = pl.when(pl.col("illegal_gain") >= GAIN).then(3).otherwise(0)
    late = pl.col("found_date") > pl.col("conduct_date").dt.offset_by("2y")
    minor = pl.col("minor") & pl.col("corrected") & (pl.col("harm_level") == 0)
    fines = [pl.col(f"fine_{article}") for article in ARTICLES]
    hits = [pl.col(f"hits_{article}") for article in ARTICLES]
    serious = reduce(or_, (pl.col(f"hits_{norm.article}") for norm in NORMS if norm.suspends))
    one = pl.col("single_act")
    return (
        cases.lazy()
        .with_columns(
            points=pl.min_horizontal(10, pl.col("prior_violations") * 2 + gain).cast(pl.Int64),
            platform=pl.col("operator_kind") == 0,
            free=~((late & ~pl.col("continuing")) | minor),
        )
        .with_columns(*map(_hit, NORMS), _brushed().alias(f"hits_{BRUSHING}"))
        .with_columns(*map(_fine, NORMS), _brushing().alias(f"fine_{BRUSHING}"))
        .select(
            fine=pl.when(one).then(pl.max_horizontal(fines)).otherwise(pl.sum_horizontal(fines))
            * FEN,
            taken=pl.when(pl.col("hits_77")).then(pl.col("illegal_gain")).otherwise(0),
            suspended=serious & pl.col("serious"),
            norms=pl.sum_horizontal(hit.cast(pl.Int32) * (1 << n) for n, hit in enumerate(hits)),
        )
        .with_columns(black=(pl.col("fine") >= LISTED) | pl.col("suspended"))
        .collect()
    )


def _hit(norm: Norm) -> pl.Expr:
    found = reduce(or_, map(pl.col, norm.conduct)) & FREE
    if norm.who in (PLATFORM, OTHERS):
        found &= PLATFORMS if norm.who == PLATFORM else ~PLATFORMS
    if norm.uncorrected:
        found &= ~pl.col("corrected")
    return found.alias(f"hits_{norm.article}")


def _fine(norm: Norm) -> pl.Expr:
    (low, step), (high, steep) = norm.ordinary, norm.serious
    serious = pl.when(pl.col("serious")).then(high + steep * POINTS).otherwise(low + step * POINTS)
    return _where_hit(norm.article, serious)


def _brushed() -> pl.Expr:
    return (
        (pl.col("fake_transactions") & (pl.col("fake_count") >= 1)) | pl.col("fake_reviews")
    ) & FREE


def _brushing() -> pl.Expr:
    (old, add), (low, step), (high, steep) = BRUSHING_OLD, BRUSHING_ORDINARY, BRUSHING_SERIOUS
    changed = pl.lit(CHANGED).cast(pl.Date)
    band = (
        pl.when(pl.col("conduct_date") < changed)
        .then(old + add * POINTS)
        .when(pl.col("serious"))
        .then(high + steep * POINTS)
        .otherwise(low + step * POINTS)
    )
    return _where_hit(BRUSHING, band)


def _where_hit(article: str, amount: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(f"hits_{article}")).then(amount).otherwise(0).alias(f"fine_{article}")
