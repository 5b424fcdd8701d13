"""Scores and grades with their versions as written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from lawengine.base.calendar import Rounding
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.declarations import MemberNode
from lawengine.language.syntax.expressions import (
    CitationNode,
    ExpressionNode,
    Name,
    no_span,
)
from lawengine.language.syntax.rules import RepealNode
from lawengine.model.expressions import Comparison
from lawengine.model.ratings import RatingKind


@dataclass(frozen=True, slots=True)
class IndicatorNode:
    """`indicator NAME "..." weighing W is VALUE law X art n`."""

    name: Name
    label: Label
    weight: ExpressionNode
    value: ExpressionNode
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class VetoNode:
    """`veto NAME "..." where CONDITION law X art n`."""

    name: Name
    label: Label
    condition: ExpressionNode
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ScoreVersionNode:
    """`version from D to D` of a score and its clauses."""

    start: datetime.date
    end: datetime.date | None
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    indicators: tuple[IndicatorNode, ...] = ()
    vetoes: tuple[VetoNode, ...] = ()
    rounding: Rounding | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ScoreNode:
    """`score X of ENTITY` with `scale from LOW to HIGH`: a lineage."""

    name: Name
    alias: Name | None
    entity: Name
    label: Label
    versions: tuple[ScoreVersionNode, ...]
    scale: tuple[ExpressionNode, ExpressionNode] | None = None
    dated_on: Name | None = None
    repeal: RepealNode | None = None
    span: Span = no_span()

    @property
    def kind(self) -> RatingKind:
        """Return that it is a score."""
        return RatingKind.SCORE


@dataclass(frozen=True, slots=True)
class LimitNode:
    """`at least 80`, `more than 80`, `at most 90` or `less than 90` of a band."""

    comparison: Comparison
    points: ExpressionNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class GradeBandNode:
    """`band of LEVEL at least 80 less than 90 law X art n`."""

    level: Name
    limits: tuple[LimitNode, ...]
    law: tuple[CitationNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class GradeVersionNode:
    """`version from D to D` of a grade and its clauses."""

    start: datetime.date
    end: datetime.date | None
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    score: Name | None = None
    bands: tuple[GradeBandNode, ...] = ()
    vetoes: tuple[VetoNode, ...] = ()
    vetoed: Name | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class GradeNode:
    """`grade X of ENTITY` with `levels are BEST, ..., WORST`: a lineage."""

    name: Name
    alias: Name | None
    entity: Name
    label: Label
    levels: tuple[MemberNode, ...]
    versions: tuple[GradeVersionNode, ...]
    dated_on: Name | None = None
    repeal: RepealNode | None = None
    span: Span = no_span()

    @property
    def kind(self) -> RatingKind:
        """Return that it is a grade."""
        return RatingKind.GRADE
