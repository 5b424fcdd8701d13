"""Ratings: scores from weighted indicators, and the grades that they give."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Comparison, Expression
from lawengine.model.rules import Interval, Repeal


class RatingKind(StrEnum):
    """A score 得分 of points on a scale, or a grade 等级 that such a score gives."""

    SCORE = "score"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator 指标: its value in points of the scale, and its share of the score 权重.

    `weight` is a rate, written or a dated figure. INVARIANT: the weights of a version add up to
    100 % on each of its days (LAW260).
    """

    name: str
    label: Label
    weight: Expression
    value: Expression
    law: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Veto:
    """What decides the grade alone, whatever the points are (一票否决)."""

    name: str
    label: Label
    condition: Expression
    law: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ScoreVersion:
    """One version of a score: its indicators, what vetoes it, and how the sum is settled.

    `rounding` settles the sum to whole points; None leaves it exact.
    """

    interval: Interval
    law: tuple[Citation, ...]
    indicators: tuple[Indicator, ...]
    vetoes: tuple[Veto, ...] = ()
    rounding: Rounding | None = None
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def expressions(self) -> Iterator[Expression]:
        """Yield every expression in it: weights, values, conditions of vetoes."""
        for indicator in self.indicators:
            yield indicator.weight
            yield indicator.value
        for veto in self.vetoes:
            yield veto.condition


@dataclass(frozen=True, slots=True)
class Score:
    """A lineage of scores over the instances of one entity, on a scale from `low` to `high`.

    `dated_by` is the date fact of that entity, or of one above it, that picks the version.
    """

    name: str
    alias: str
    label: Label
    entity: str
    dated_by: Expression
    low: int | Fraction
    high: int | Fraction
    versions: tuple[ScoreVersion, ...]
    repeal: Repeal | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def version_at(self, day: datetime.date) -> ScoreVersion | None:
        """Return the version in force on `day`, or None: an expired one is never a fallback."""
        return next((v for v in self.versions if v.interval.contains(day)), None)


@dataclass(frozen=True, slots=True)
class Limit:
    """One end of a band: `at least`, `more than`, `at most` or `less than` a figure."""

    comparison: Comparison
    points: Expression


@dataclass(frozen=True, slots=True)
class GradeBand:
    """The points that give a level: between its limits; without one, to the end of the scale."""

    level: str
    low: Limit | None = None
    high: Limit | None = None
    law: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class GradeVersion:
    """One version of a grade: the score it rests on, its bands, what vetoes it.

    `vetoed` is the level that a veto, of the score or its own, gives; "" where there is none.
    """

    interval: Interval
    law: tuple[Citation, ...]
    score: str
    bands: tuple[GradeBand, ...]
    vetoes: tuple[Veto, ...] = ()
    vetoed: str = ""
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def expressions(self) -> Iterator[Expression]:
        """Yield every expression in it: limits of bands, conditions of vetoes."""
        for band in self.bands:
            for limit in (band.low, band.high):
                if limit is not None:
                    yield limit.points
        for veto in self.vetoes:
            yield veto.condition


@dataclass(frozen=True, slots=True)
class Grade:
    """A lineage of grades over the instances of one entity; its levels are choices of its name.

    `levels` are ordered, the best first.
    """

    name: str
    alias: str
    label: Label
    entity: str
    dated_by: Expression
    levels: tuple[str, ...]
    versions: tuple[GradeVersion, ...]
    repeal: Repeal | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def version_at(self, day: datetime.date) -> GradeVersion | None:
        """Return the version in force on `day`, or None: an expired one is never a fallback."""
        return next((v for v in self.versions if v.interval.contains(day)), None)

    def at_least(self, level: str) -> tuple[str, ...]:
        """Return the levels that are as good as `level` or better.

        Raises:
            ValueError: the grade has no such level.
        """
        return self.levels[: self.levels.index(level) + 1]
