"""Vocabulary, definitions, figures and tables as written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.expressions import (
    CitationNode,
    ExpressionNode,
    Name,
    no_span,
)
from lawengine.model.rules import Hit


@dataclass(frozen=True, slots=True)
class MemberNode:
    """One choice of `one of`."""

    name: Name
    alias: Name | None
    label: Label
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class PresumptionNode:
    """`presumed no because "..." law X art n`."""

    value: bool
    because: Label
    law: CitationNode | None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class PowerNode:
    """`party can change`."""

    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RecordedNode:
    """`goes on file`."""

    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class FactNode:
    """One fact of an entity; `type` is a type word, or "one_of" with `members`."""

    name: Name
    alias: Name | None
    label: Label
    type: Name
    members: tuple[MemberNode, ...] = ()
    format: Name | None = None
    low: tuple[ExpressionNode, ...] = ()
    high: tuple[ExpressionNode, ...] = ()
    role: Name | None = None
    power: PowerNode | None = None
    recorded: RecordedNode | None = None
    question: Label = field(default_factory=Label)
    presumption: PresumptionNode | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class EntityNode:
    """`entity act of party, listed as acts ...`."""

    name: Name
    alias: Name | None
    label: Label
    parent: Name | None
    listed_as: Name | None
    facts: tuple[FactNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class DefinitionNode:
    """`define X of ENTITY as ...`: one expression, or branches with `otherwise`."""

    name: Name
    alias: Name | None
    label: Label
    branches: tuple[tuple[ExpressionNode, ExpressionNode], ...]
    otherwise: ExpressionNode
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    entity: Name | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class DatedValueNode:
    """`is V from D to D law X art n`."""

    value: ExpressionNode
    start: datetime.date
    end: datetime.date | None
    law: CitationNode | None
    unverified: Label = field(default_factory=Label)
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ParameterNode:
    """`parameter X: type` and its values."""

    name: Name
    alias: Name | None
    label: Label
    type: Name
    values: tuple[DatedValueNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class CellNode:
    """A cell: nothing set for `*`, options, or a range."""

    options: tuple[ExpressionNode, ...] = ()
    low: ExpressionNode | None = None
    high: ExpressionNode | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class RowNode:
    """A row: one cell an input, and the result."""

    cells: tuple[CellNode, ...]
    result: ExpressionNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class TableNode:
    """`table X of ENTITY: type, unique hit` with a head row and rows."""

    name: Name
    alias: Name | None
    label: Label
    type: Name
    hit: Hit
    inputs: tuple[ExpressionNode, ...]
    rows: tuple[RowNode, ...]
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    entity: Name | None = None
    span: Span = no_span()
