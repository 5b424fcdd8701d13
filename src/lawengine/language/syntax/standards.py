"""Discretion standards with their versions as written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.expressions import (
    CitationNode,
    ExpressionNode,
    Name,
    no_span,
)
from lawengine.language.syntax.rules import RepealNode
from lawengine.model.measures import EffectKind, Modality


@dataclass(frozen=True, slots=True)
class ShareNode:
    """`lighter is lowest 30 % rounded down`, and the like."""

    portion: Fraction
    rounding: Rounding
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class CircumstanceNode:
    """`may aggravate where ... law X art n`."""

    effect: EffectKind
    modality: Modality
    condition: ExpressionNode
    law: tuple[CitationNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class StandardVersionNode:
    """`version from D to D` and its clauses."""

    start: datetime.date
    end: datetime.date | None
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    authority: Name | None = None
    region: Name | None = None
    readings: tuple[Label, ...] = ()
    lighter: ShareNode | None = None
    heavier: ShareNode | None = None
    point: ShareNode | None = None
    balanced: bool = False
    circumstances: tuple[CircumstanceNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class StandardNode:
    """`standard X "..."`: a lineage."""

    name: Name
    alias: Name | None
    label: Label
    versions: tuple[StandardVersionNode, ...]
    repeal: RepealNode | None = None
    span: Span = no_span()
