"""Reforms as written: what a proposal amends, sets and repeals."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TypeAlias

from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.expressions import CitationNode, ExpressionNode, Name, no_span
from lawengine.language.syntax.rules import ConsequenceNode, TierNode
from lawengine.language.syntax.statuses import EndingNode, JointMeasureNode, RunsNode


@dataclass(frozen=True, slots=True)
class StrikeNode:
    """`strike fine if act.serious`: a clause, a kind of consequence, a measure, or a tier.

    `what` is the keyword token of the clause or kind, "" where a measure or a whole tier is meant.
    """

    what: str = ""
    measure: Name | None = None
    path: tuple[ExpressionNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class AmendNode:
    """`amend RULE version on D from D` and its clauses; `since` None is "as if always"."""

    norm: Name
    on: datetime.date | None
    since: datetime.date | None
    authority: Name | None = None
    readings: tuple[Label, ...] = ()
    when: ExpressionNode | None = None
    unless: tuple[ExpressionNode, ...] = ()
    consequences: tuple[ConsequenceNode, ...] = ()
    tiers: tuple[TierNode, ...] = ()
    runs: RunsNode | None = None
    measures: tuple[JointMeasureNode, ...] = ()
    endings: tuple[EndingNode, ...] = ()
    strikes: tuple[StrikeNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class FigureNode:
    """`set PARAMETER is V from D law X art n`; `since` None is "as if always"."""

    figure: Name
    on: datetime.date | None
    since: datetime.date | None
    value: ExpressionNode
    law: CitationNode | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RepealingNode:
    """`repeal RULE from D`."""

    norm: Name
    since: datetime.date
    span: Span = no_span()


ReformClause: TypeAlias = AmendNode | FigureNode | RepealingNode


@dataclass(frozen=True, slots=True)
class ReformNode:
    """`reform NAME` with its clauses, in the order of the text.

    The declarations that follow it in its file, up to the next reform, are what it adds.
    """

    name: Name
    alias: Name | None
    label: Label
    because: Label = field(default_factory=Label)
    clauses: tuple[ReformClause, ...] = ()
    span: Span = no_span()
