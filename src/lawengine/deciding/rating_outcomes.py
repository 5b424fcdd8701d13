"""What became of scores and grades, as part of a decision."""

from __future__ import annotations

import datetime
from enum import StrEnum
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.evaluation.facts import Domain, Known
from lawengine.evaluation.trace import Need
from lawengine.explanation.reason import Reason


class RatingState(StrEnum):
    """`SETTLED`: one value; `OPEN`: several are possible; `NONE`: no version was in force."""

    SETTLED = "settled"
    OPEN = "open"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class IndicatorOutcome:
    """One indicator: its points, its weight, and what both make."""

    name: str
    label: Label
    weight: Domain
    points: Domain
    product: Domain
    law: tuple[Citation, ...]
    unverified: Label

    @property
    def missing(self) -> bool:
        """Tell whether its points are not settled."""
        return not isinstance(self.points, Known)


@dataclass(frozen=True, slots=True)
class VetoOutcome:
    """One veto and whether it holds."""

    name: str
    label: Label
    truth: Truth
    law: tuple[Citation, ...]
    unverified: Label


@dataclass(frozen=True, slots=True)
class ScoreOutcome:
    """A score for one instance: `total` is the exact sum, `value` what the rounding makes of it.

    `low` and `high` are the ends of its scale. `indicators` and `vetoes` are those of the version
    that applies; none while that is open.
    """

    name: str
    label: Label
    instance: str
    instance_name: str
    state: RatingState
    day: Domain
    value: Domain
    total: Domain
    low: int | Fraction
    high: int | Fraction
    rounding: Rounding | None
    indicators: tuple[IndicatorOutcome, ...]
    vetoes: tuple[VetoOutcome, ...]
    version_from: datetime.date | None
    needs: tuple[Need, ...]
    reason: Reason
    unverified: Label
    law: tuple[Citation, ...]

    @property
    def missing(self) -> tuple[IndicatorOutcome, ...]:
        """Return the indicators whose points are not settled."""
        return tuple(item for item in self.indicators if item.missing)

    @property
    def told(self) -> bool:
        """Tell whether a reader needs it: something of it is known."""
        known = any(not item.missing for item in self.indicators)
        return known or any(veto.truth is Truth.TRUE for veto in self.vetoes)


@dataclass(frozen=True, slots=True)
class Lift:
    """One change that alone would give the next better level.

    `indicator` must come from `now` to at least `needed` points, or above it where `above`; ""
    where a veto must go. `attainable` is the lowest value not below that which the indicator can
    give, None where it can give any.
    """

    level: str
    indicator: str
    label: Label
    now: int | Fraction = 0
    needed: int | Fraction = 0
    above: bool = False
    attainable: int | Fraction | None = None


@dataclass(frozen=True, slots=True)
class BandOutcome:
    """One band of a grade with the figures of its day, and whether the score lies in it."""

    level: str
    low: Domain | None
    low_above: bool
    high: Domain | None
    high_below: bool
    truth: Truth


@dataclass(frozen=True, slots=True)
class GradeOutcome:
    """A grade for one instance: every level that is possible, in the order of the scale.

    `levels` are all of the scale with their labels, the best first. `lifts` are the changes of one
    thing alone that would give the next better level, the smallest first; `lift_to` is that level,
    "" where there is none or the grade is open.
    """

    name: str
    label: Label
    instance: str
    instance_name: str
    state: RatingState
    day: Domain
    levels: tuple[tuple[str, Label], ...]
    possible: tuple[str, ...]
    score: str
    bands: tuple[BandOutcome, ...]
    vetoes: tuple[VetoOutcome, ...]
    vetoed: Truth
    lift_to: str
    lifts: tuple[Lift, ...]
    version_from: datetime.date | None
    needs: tuple[Need, ...]
    reason: Reason
    unverified: Label
    law: tuple[Citation, ...]
    told: bool

    def level_label(self, level: str) -> Label:
        """Return how a level is called.

        Raises:
            KeyError: it is no level of this grade.
        """
        return dict(self.levels)[level]
