"""Rules with their versions, tiers and consequences as written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TypeAlias

from lawengine.base.calendar import Period
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.expressions import (
    CitationNode,
    ExpressionNode,
    Name,
    no_span,
)
from lawengine.model.measures import ChoiceMode, EffectKind, MeasureKind, Modality


@dataclass(frozen=True, slots=True)
class BandNode:
    """A range of a fine; `low` None for "up to"; equal ends for a fixed sum."""

    low: ExpressionNode | None
    high: ExpressionNode
    per: Name | None = None
    condition: ExpressionNode | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class MeasureNode:
    """One measure."""

    kind: MeasureKind
    modality: Modality
    bands: tuple[BandNode, ...] = ()
    object: ExpressionNode | None = None
    target: Name | None = None
    term: Period | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ChoiceNode:
    """`either of ...`, `singly or together ...`."""

    mode: ChoiceMode
    modality: Modality
    measures: tuple[MeasureNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ReferenceNode:
    """`refers to RULE` or `refers to LAW art n`."""

    rule: Name | None
    law: CitationNode | None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class EffectNode:
    """An effect of the general part."""

    kind: EffectKind
    modality: Modality
    span: Span = no_span()


ConsequenceNode: TypeAlias = MeasureNode | ChoiceNode | ReferenceNode | EffectNode


@dataclass(frozen=True, slots=True)
class TierNode:
    """`if ...` with its consequences and the `further if` tiers inside it."""

    condition: ExpressionNode
    consequences: tuple[ConsequenceNode, ...]
    tiers: tuple[TierNode, ...] = ()
    instead_of_all: bool = False
    reading: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class VersionNode:
    """`version from D to D` and its clauses."""

    start: datetime.date
    end: datetime.date | None
    law: tuple[CitationNode, ...] = ()
    breaches: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    authority: Name | None = None
    readings: tuple[Label, ...] = ()
    prevails_over: tuple[Name, ...] = ()
    when: ExpressionNode | None = None
    unless: tuple[ExpressionNode, ...] = ()
    consequences: tuple[ConsequenceNode, ...] = ()
    tiers: tuple[TierNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RepealNode:
    """`repealed from D law X art n`."""

    start: datetime.date
    law: CitationNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RuleNode:
    """A lineage; `exception_to` is set for `exception X to RULE`."""

    name: Name
    alias: Name | None
    label: Label
    versions: tuple[VersionNode, ...]
    exception_to: Name | None = None
    dated_by: Name | None = None
    repeal: RepealNode | None = None
    span: Span = no_span()
