"""The syntax tree: what the author wrote, with the place of every part.

Names stand as written, in whichever language; spans never take part in comparison, so the tree of
an English text equals that of its Chinese form once names are translated.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from lawengine.base.calendar import Period, Rounding
from lawengine.base.citation import Article
from lawengine.base.label import Label, Language
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Aggregation, Comparison, Extreme, Logic, Operation
from lawengine.model.measures import ChoiceMode, EffectKind, MeasureKind, Modality
from lawengine.model.rules import Hit
from lawengine.model.scenarios import RuleState


def _span() -> Span:
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written: `act.kind`, `行为.种类`, `AUCL.false_publicity`."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CitationNode:
    """An instrument as written and the place in it."""

    instrument: Name
    article: Article
    span: Span = _span()


# --- expressions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number: a count, or a factor."""

    value: Fraction
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class MoneyLiteral:
    """An amount with its unit, in fen."""

    fen: int
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as an exact rate: 5 % is 1/20."""

    value: Fraction
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """A day."""

    day: datetime.date
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class MonthLiteral:
    """A month of a year, where a date is known only so far."""

    year: int
    month: int
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class PeriodLiteral:
    """A length of time."""

    period: Period
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TextLiteral:
    """A quoted text."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Truism:
    """`yes` or `no`."""

    value: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class NotNode:
    """`not ...`."""

    operand: ExpressionNode
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class LogicNode:
    """`... and ...`, `... or ...`: two or more operands."""

    logic: Logic
    operands: tuple[ExpressionNode, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CompareNode:
    """A comparison; `temporal` when it was written `before` or `after`."""

    comparison: Comparison
    left: ExpressionNode
    right: ExpressionNode
    temporal: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class OneOfNode:
    """`... is one of a, b`."""

    operand: ExpressionNode
    options: tuple[ExpressionNode, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class StateNode:
    """`RULE established`."""

    rule: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ArithmeticNode:
    """`+`, `-`, `times`."""

    operation: Operation
    left: ExpressionNode
    right: ExpressionNode
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RoundedNode:
    """`... rounded down`."""

    operand: ExpressionNode
    rounding: Rounding
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ChosenNode:
    """`higher of A and B`."""

    extreme: Extreme
    left: ExpressionNode
    right: ExpressionNode
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AggregateNode:
    """`count of X where ...`, `sum of x.f where ...`, `any X satisfies ...`."""

    aggregation: Aggregation
    target: Name
    where: ExpressionNode | None
    body: ExpressionNode | None = None
    span: Span = _span()


ExpressionNode: TypeAlias = (
    Name
    | Number
    | MoneyLiteral
    | Percent
    | DateLiteral
    | MonthLiteral
    | PeriodLiteral
    | TextLiteral
    | Truism
    | NotNode
    | LogicNode
    | CompareNode
    | OneOfNode
    | StateNode
    | ArithmeticNode
    | RoundedNode
    | ChosenNode
    | AggregateNode
)


# --- vocabulary ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MemberNode:
    """One choice of `one of`."""

    name: Name
    alias: Name | None
    label: Label
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class PresumptionNode:
    """`presumed no because "..." law X art n`."""

    value: bool
    because: Label
    law: CitationNode | None
    span: Span = _span()


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
    question: Label = field(default_factory=Label)
    presumption: PresumptionNode | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EntityNode:
    """`entity act of party, listed as acts ...`."""

    name: Name
    alias: Name | None
    label: Label
    parent: Name | None
    listed_as: Name | None
    facts: tuple[FactNode, ...]
    span: Span = _span()


# --- consequences -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BandNode:
    """A range of a fine; `low` None for "up to"; equal ends for a fixed sum."""

    low: ExpressionNode | None
    high: ExpressionNode
    per: Name | None = None
    condition: ExpressionNode | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class MeasureNode:
    """One measure."""

    kind: MeasureKind
    modality: Modality
    bands: tuple[BandNode, ...] = ()
    object: ExpressionNode | None = None
    target: Name | None = None
    term: Period | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ChoiceNode:
    """`either of ...`, `singly or together ...`."""

    mode: ChoiceMode
    modality: Modality
    measures: tuple[MeasureNode, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ReferenceNode:
    """`refers to RULE` or `refers to LAW art n`."""

    rule: Name | None
    law: CitationNode | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EffectNode:
    """An effect of the general part."""

    kind: EffectKind
    modality: Modality
    span: Span = _span()


ConsequenceNode: TypeAlias = MeasureNode | ChoiceNode | ReferenceNode | EffectNode


# --- rules --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TierNode:
    """`if ...` with its consequences and the `further if` tiers inside it."""

    condition: ExpressionNode
    consequences: tuple[ConsequenceNode, ...]
    tiers: tuple[TierNode, ...] = ()
    instead_of_all: bool = False
    reading: Label = field(default_factory=Label)
    span: Span = _span()


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
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RepealNode:
    """`repealed from D law X art n`."""

    start: datetime.date
    law: CitationNode
    span: Span = _span()


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
    span: Span = _span()


# --- definitions, figures, tables ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DefinitionNode:
    """`define X as ...`: one expression, or branches with `otherwise`."""

    name: Name
    alias: Name | None
    label: Label
    branches: tuple[tuple[ExpressionNode, ExpressionNode], ...]
    otherwise: ExpressionNode
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class DatedValueNode:
    """`is V from D to D law X art n`."""

    value: ExpressionNode
    start: datetime.date
    end: datetime.date | None
    law: CitationNode | None
    unverified: Label = field(default_factory=Label)
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ParameterNode:
    """`parameter X: type` and its values."""

    name: Name
    alias: Name | None
    label: Label
    type: Name
    values: tuple[DatedValueNode, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CellNode:
    """A cell: nothing set for `*`, options, or a range."""

    options: tuple[ExpressionNode, ...] = ()
    low: ExpressionNode | None = None
    high: ExpressionNode | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RowNode:
    """A row: one cell an input, and the result."""

    cells: tuple[CellNode, ...]
    result: ExpressionNode
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TableNode:
    """`table X: type, unique hit` with a head row and rows."""

    name: Name
    alias: Name | None
    label: Label
    type: Name
    hit: Hit
    inputs: tuple[ExpressionNode, ...]
    rows: tuple[RowNode, ...]
    law: tuple[CitationNode, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = _span()


# --- scenarios ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AssignmentNode:
    """`act.kind is x`, or with `high` a range `is 2016-01-01 to 2016-03-31`."""

    target: Name
    value: ExpressionNode
    high: ExpressionNode | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ElementsNode:
    """`3 order with fake is yes, amount is 5 yuan`: that many children."""

    count: int
    entity: Name
    assignments: tuple[AssignmentNode, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExpectRuleNode:
    """`RULE established`."""

    rule: Name
    state: RuleState
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExpectFineNode:
    """`fine A to B`, `may fine ...`, `no fine` (no band)."""

    band: BandNode | None
    may: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExpectMeasureNode:
    """`order to stop`, `not revoke`."""

    kind: MeasureKind
    absent: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExpectNeedNode:
    """`needs act.kind`."""

    fact: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExpectUndeterminedNode:
    """`undetermined`."""

    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExpectNoPenaltyNode:
    """`no penalty`."""

    span: Span = _span()


ExpectationNode: TypeAlias = (
    ExpectRuleNode
    | ExpectFineNode
    | ExpectMeasureNode
    | ExpectNeedNode
    | ExpectUndeterminedNode
    | ExpectNoPenaltyNode
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
    span: Span = _span()


Declaration: TypeAlias = (
    EntityNode | RuleNode | DefinitionNode | ParameterNode | TableNode | ScenarioNode
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `trailing` when code stands before it on its line."""

    text: str
    line: int
    trailing: bool


@dataclass(frozen=True, slots=True)
class FileNode:
    """One rule file: its keyword language, its declarations that could be read, its comments.

    `clause_lines` are the lines of words that have no span in the tree, by keyword and in order:
    of `ask`, `reading`, `status unverified` and `gives`, and of what follows `because`.
    """

    language: Language
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = field(default=(), compare=False)
    clause_lines: tuple[tuple[str, int], ...] = field(default=(), compare=False, repr=False)
    span: Span = _span()
