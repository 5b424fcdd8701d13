"""Weights by principal components: how much each indicator has in what they all have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.errors import LawEngineError
from lawengine.base.points import points_text
from lawengine.base.source import Span
from lawengine.weighting.indicator_data import IndicatorData
from lawengine.weighting.shares import rounded_shares

MIN_ROWS = 10
ROWS_PER_COLUMN = 5
"""Fewer rows than this for each indicator leave its correlations to chance."""
SETTLED = 0.01
"""How far the second component must stay behind the first, as a share of the first: nearer than
that, a few rows more turn the first into another one."""
STEADY = 1e-9
"""A column whose spread is a smaller share of its size than this is one value and its rounding."""


class MissingExtraError(LawEngineError):
    """A part of the program that is installed apart is not there."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra `{extra}`: install `lawengine[{extra}]`")
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Component:
    """The first principal component of some indicators.

    `loadings` are those of the correlation matrix, of unit length, each falling indicator turned
    round first; `weights` are their shares and add up to 1 exactly. `variances` are the shares of
    the variance that all components explain, the first one first; `falling` names the indicators of
    which less is better.
    """

    data: IndicatorData
    falling: tuple[str, ...]
    loadings: tuple[float, ...]
    variances: tuple[float, ...]
    weights: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The component, None where the data do not carry weights."""

    component: Component | None
    diagnostics: tuple[Diagnostic, ...] = ()


def weigh(data: IndicatorData, falling: Collection[str] = (), places: int = 2) -> Weighed:
    """Return weights by the first principal component of the correlation matrix.

    An indicator of which less is better must be named in `falling`; one that then still runs
    against the others is refused, for its weight would have to be negative.

    Raises:
        MissingExtraError: NumPy is not installed.
    """
    try:
        import numpy  # noqa: PLC0415 - an extra: no other command needs it
    except ImportError as error:
        raise MissingExtraError("weights by principal components", "simulate") from error
    wrong = tuple(_unfit(data, falling))
    if wrong:
        return Weighed(None, wrong)
    table = numpy.array(data.rows, dtype=float)
    table /= numpy.abs(table).max(axis=0)
    spread = table.std(axis=0)
    steady = [c for c, s in zip(data.columns, spread, strict=True) if not s > STEADY]
    if steady:
        return Weighed(None, tuple(_about(data, "LAW461", column=column) for column in steady))
    signs = numpy.array([-1.0 if column in falling else 1.0 for column in data.columns])
    standard = (table - table.mean(axis=0)) / spread * signs
    values, vectors = numpy.linalg.eigh(standard.T @ standard / len(data.rows))
    first = vectors[:, -1]
    loadings = tuple(float(value) for value in (first if first.sum() >= 0 else -first))
    variances = tuple(max(float(value), 0.0) / len(data.columns) for value in values[::-1])
    wrong = tuple(_unclear(data, loadings, variances))
    if wrong:
        return Weighed(None, wrong)
    weights = rounded_shares([Fraction(value) for value in loadings], places)
    turned = tuple(column for column in data.columns if column in falling)
    return Weighed(Component(data, turned, loadings, variances, weights))


def _unfit(data: IndicatorData, falling: Collection[str]) -> Iterator[Diagnostic]:
    least = max(MIN_ROWS, ROWS_PER_COLUMN * len(data.columns))
    if len(data.columns) < 2:  # noqa: PLR2004 - one indicator has all the weight
        yield _about(data, "LAW467")
    for column in falling:
        if column not in data.columns:
            yield _about(data, "LAW469", column=column, times=0)
    if len(data.rows) < least:
        yield _about(data, "LAW462", rows=len(data.rows), least=least)
        return
    for number, column in enumerate(data.columns):
        values = [row[number] for row in data.rows]
        if min(values) == max(values):
            yield _about(data, "LAW461", column=column)


def _unclear(
    data: IndicatorData, loadings: tuple[float, ...], variances: tuple[float, ...]
) -> Iterator[Diagnostic]:
    """Yield why the first component carries no weights: it is not one, or some run against it."""
    if variances[0] - variances[1] < SETTLED * variances[0]:
        one, two = (share_text(share) for share in variances[:2])
        yield _about(data, "LAW466", one=one, two=two)
        return
    for column, loading in zip(data.columns, loadings, strict=True):
        if loading < 0:
            yield _about(data, "LAW464", column=column, loading=f"{loading:.3f}")


def share_text(share: float) -> str:
    """Return a share in percent with two places: `62.31`."""
    return points_text(Fraction(round(share * 10_000), 100))


def _about(data: IndicatorData, code: str, **words: object) -> Diagnostic:
    return Diagnostic(code, Span(data.name, 0, 0, 1, 1), words)
