"""Discretion standards 裁量基准: how an authority uses the room that the law leaves it."""

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
from lawengine.model.expressions import Expression
from lawengine.model.measures import EffectKind, Modality
from lawengine.model.rules import Interval, Repeal


class DiscretionStep(StrEnum):
    """A step of discretion 裁量阶次, from the lightest to the heaviest.

    No penalty 不予处罚, reduced 减轻 (below the floor), lighter 从轻, ordinary 一般, heavier 从重.
    """

    NO_PENALTY = "no_penalty_step"
    REDUCED = "reduced_step"
    LIGHTER = "lighter_step"
    ORDINARY = "ordinary_step"
    HEAVIER = "heavier_step"


STEP_LABELS = {
    DiscretionStep.NO_PENALTY: Label("no penalty", "不予处罚"),
    DiscretionStep.REDUCED: Label("reduced", "减轻处罚"),
    DiscretionStep.LIGHTER: Label("lighter", "从轻处罚"),
    DiscretionStep.ORDINARY: Label("ordinary", "一般处罚"),
    DiscretionStep.HEAVIER: Label("heavier", "从重处罚"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the width of a band; parts of a fen in it are rounded as written."""

    portion: Fraction
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What the standard itself names as lighter, reduced or heavier, beside the general part."""

    effect: EffectKind
    modality: Modality
    condition: Expression
    law: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StandardVersion:
    """One version of a standard, in force over `interval`.

    `authority` is whose fines it guides, "" for every authority; `region` where, "" for everywhere.
    `lighter` is the lowest part of a band and `heavier` the highest; what lies between is ordinary.
    `point` is where in the step that a case calls for the recommended amount lies. With `balanced`
    lighter and heavier circumstances together call for the ordinary step; otherwise the officer
    chooses. None: the standard does not say.
    """

    interval: Interval
    law: tuple[Citation, ...]
    authority: str = ""
    region: str = ""
    lighter: Share | None = None
    heavier: Share | None = None
    point: Share | None = None
    balanced: bool = False
    circumstances: tuple[Circumstance, ...] = ()
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def silent(self) -> bool:
        """Tell whether it says nothing of any step."""
        shares = (self.lighter, self.heavier, self.point)
        return not any((*shares, self.balanced, self.circumstances))

    def expressions(self) -> Iterator[Expression]:
        """Yield the condition of every circumstance."""
        yield from (circumstance.condition for circumstance in self.circumstances)


@dataclass(frozen=True, slots=True)
class Standard:
    """A lineage of discretion standards; the day of the decision picks the version."""

    name: str
    alias: str
    label: Label
    versions: tuple[StandardVersion, ...]
    repeal: Repeal | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def version_at(self, day: datetime.date) -> StandardVersion | None:
        """Return the version in force on `day`, or None: an expired one is never a fallback."""
        return next((v for v in self.versions if v.interval.contains(day)), None)
