"""What was found of scores and grades: each indicator, the sum, the vetoes, the levels possible."""

from __future__ import annotations

from collections.abc import Mapping

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth, disjunction
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, FactKey, Instance, Known
from lawengine.evaluation.trace import Finding, Need
from lawengine.model.ratings import (
    Grade,
    GradeBand,
    GradeVersion,
    Indicator,
    Score,
    ScoreVersion,
    Veto,
)

Chain = Mapping[str, Instance]


@dataclass(frozen=True, slots=True)
class IndicatorFinding:
    """What one indicator gives: `points` within the scale, `product` with its weight.

    `outside`: what the facts give lies off the scale altogether, so the file cannot be right.
    """

    indicator: Indicator
    weight: Finding
    value: Finding
    points: Domain
    product: Domain
    outside: bool = False

    @property
    def missing(self) -> bool:
        """Tell whether its points are not settled; they then count from lowest to highest."""
        return not isinstance(self.points, Known)


@dataclass(frozen=True, slots=True)
class VetoFinding:
    """Whether a veto holds."""

    veto: Veto
    condition: Finding

    @property
    def truth(self) -> Truth:
        """Return whether it holds."""
        return self.condition.truth


@dataclass(frozen=True, slots=True)
class ScoreVersionFinding:
    """What one version gives: `total` is the exact sum of the products, `value` what is settled."""

    version: ScoreVersion
    day: Domain
    indicators: tuple[IndicatorFinding, ...]
    vetoes: tuple[VetoFinding, ...]
    total: Domain
    value: Domain
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class ScoreFinding:
    """The score of one instance; `value` contains every score that the open facts allow.

    `versions` are those that may be in force, `gap` tells that there may be none.
    """

    score: Score
    instance: Instance
    day: Domain
    day_key: FactKey | None
    versions: tuple[ScoreVersionFinding, ...]
    gap: bool
    value: Domain
    needs: tuple[Need, ...]

    @property
    def version(self) -> ScoreVersionFinding | None:
        """Return the version that applies, None while that is open or none does."""
        return self.versions[0] if len(self.versions) == 1 and not self.gap else None

    @property
    def vetoed(self) -> Truth:
        """Return whether any of its vetoes holds."""
        if self.version is None and self.versions:
            return Truth.UNKNOWN
        return disjunction(veto.truth for found in self.versions for veto in found.vetoes)


@dataclass(frozen=True, slots=True)
class BandFinding:
    """Whether the score lies in a band; `low` and `high` are its figures of that day."""

    band: GradeBand
    low: Domain | None
    high: Domain | None
    truth: Truth


@dataclass(frozen=True, slots=True)
class GradeVersionFinding:
    """What one version gives: every level that is possible by what is known."""

    version: GradeVersion
    day: Domain
    score: ScoreFinding
    bands: tuple[BandFinding, ...]
    vetoes: tuple[VetoFinding, ...]
    vetoed: Truth
    levels: frozenset[str]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class GradeFinding:
    """The grade of one instance; `levels` holds all that are possible, one where it is settled.

    `gap` tells that no version, and so no grade, may be in force on its day.
    """

    grade: Grade
    instance: Instance
    day: Domain
    day_key: FactKey | None
    versions: tuple[GradeVersionFinding, ...]
    gap: bool
    levels: frozenset[str]
    needs: tuple[Need, ...]

    @property
    def version(self) -> GradeVersionFinding | None:
        """Return the version that applies, None while that is open or none does."""
        return self.versions[0] if len(self.versions) == 1 and not self.gap else None

    @property
    def domain(self) -> Domain:
        """Return what is known of the level; nothing where there may be no grade at all."""
        if self.gap or not self.levels:
            return UNKNOWN
        return Known(*self.levels) if len(self.levels) == 1 else Among(self.levels)
