"""Lists, benefits and duties with their versions as written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from lawengine.base.calendar import Period
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.expressions import (
    CitationNode,
    ExpressionNode,
    Name,
    no_span,
)
from lawengine.language.syntax.rules import RepealNode
from lawengine.model.statuses import EndingKind, StatusKind


@dataclass(frozen=True, slots=True)
class TermCaseNode:
    """`3 years where ... law X art n`, or `1 year otherwise`."""

    term: Period
    condition: ExpressionNode | None = None
    law: tuple[CitationNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RunsNode:
    """`lasts 3 years from ...`, or with `due` the same words of a duty, or `due ... before ...`.

    `right` is a duty's term that was written `may be exercised`. `cases` are the lines below
    `whichever applies`, which stand instead of a term.
    """

    due: bool
    term: Period | None
    start: ExpressionNode | None
    before: ExpressionNode | None = None
    right: bool = False
    cases: tuple[TermCaseNode, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class JointMeasureNode:
    """`measure NAME "..." by AUTHORITY law X art n`."""

    name: Name
    label: Label
    authority: Name | None = None
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class EndingNode:
    """`removed from D on DATE after 1 year where ... law X art n`, every part of it optional."""

    kind: EndingKind
    interval: tuple[datetime.date, datetime.date | None] | None = None
    on: ExpressionNode | None = None
    after: Period | None = None
    condition: ExpressionNode | None = None
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class LateNode:
    """`late adds SUM law X art n`."""

    amount: ExpressionNode
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class StatusVersionNode:
    """`version from D to D` and its clauses."""

    start: datetime.date
    end: datetime.date | None
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    authority: Name | None = None
    readings: tuple[Label, ...] = ()
    when: ExpressionNode | None = None
    unless: tuple[ExpressionNode, ...] = ()
    runs: RunsNode | None = None
    measures: tuple[JointMeasureNode, ...] = ()
    endings: tuple[EndingNode, ...] = ()
    late: LateNode | None = None
    triggers: tuple[Name, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class StatusNode:
    """`list X of ENTITY`, `benefit X of ENTITY`, `duty X of ENTITY`: a lineage."""

    kind: StatusKind
    name: Name
    alias: Name | None
    entity: Name
    label: Label
    versions: tuple[StatusVersionNode, ...]
    dated_on: Name | None = None
    form: Name | None = None
    repeal: RepealNode | None = None
    span: Span = no_span()
