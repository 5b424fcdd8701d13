"""Scenarios as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language.syntax.expressions import (
    CitationNode,
    ExpressionNode,
    Name,
    no_span,
)
from lawengine.language.syntax.rules import (
    BandNode,
)
from lawengine.model.measures import MeasureKind
from lawengine.model.scenarios import RuleState
from lawengine.model.standards import DiscretionStep
from lawengine.model.statuses import StatusState


@dataclass(frozen=True, slots=True)
class AssignmentNode:
    """`act.kind is x`, or with `high` a range `is 2016-01-01 to 2016-03-31`."""

    target: Name
    value: ExpressionNode
    high: ExpressionNode | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ElementsNode:
    """`3 order with fake is yes, amount is 5 yuan`: that many children."""

    count: int
    entity: Name
    assignments: tuple[AssignmentNode, ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectRuleNode:
    """`RULE established`."""

    rule: Name
    state: RuleState
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectFineNode:
    """`fine A to B`, `may fine ...`, `no fine` (no band)."""

    band: BandNode | None
    may: bool = False
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectMeasureNode:
    """`order to stop`, `not revoke`."""

    kind: MeasureKind
    absent: bool = False
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectNeedNode:
    """`needs act.kind`."""

    fact: Name
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectUndeterminedNode:
    """`undetermined`."""

    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectNoPenaltyNode:
    """`no penalty`."""

    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectContradictionNode:
    """`contradiction`."""

    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectStatusNode:
    """`NAME listed`, `NAME not granted`, `NAME discharged`."""

    status: Name
    state: StatusState
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectLateNode:
    """`NAME late adds 600 yuan`."""

    status: Name
    amount: ExpressionNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectRecommendedNode:
    """`recommended fine A to B`."""

    band: BandNode
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectRatingNode:
    """`SCORE is 87.5`, `SCORE is 60 to 80`, `GRADE is B`, or with `options` `is one of A, B`."""

    rating: Name
    values: tuple[ExpressionNode, ...]
    options: bool = False
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExpectStepNode:
    """`step lighter`."""

    step: DiscretionStep
    span: Span = no_span()


ExpectationNode: TypeAlias = (
    ExpectRuleNode
    | ExpectStatusNode
    | ExpectLateNode
    | ExpectRatingNode
    | ExpectFineNode
    | ExpectMeasureNode
    | ExpectNeedNode
    | ExpectUndeterminedNode
    | ExpectNoPenaltyNode
    | ExpectRecommendedNode
    | ExpectStepNode
    | ExpectContradictionNode
)


@dataclass(frozen=True, slots=True)
class ScenarioNode:
    """`scenario "..."` with `given`, `decided on`, `expect` and `because`."""

    label: Label
    given: tuple[AssignmentNode | ElementsNode, ...]
    decided_on: ExpressionNode
    decided_to: ExpressionNode | None
    expectations: tuple[ExpectationNode, ...]
    because: tuple[CitationNode, ...] = ()
    span: Span = no_span()
