"""What a rule orders, threatens or grants: measures, and effects on penalties."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Expression


class SanctionClass(StrEnum):
    """What sort of consequence it is in law."""

    PENALTY = "penalty"
    ORDER = "order"
    CREDIT = "credit"
    CIVIL = "civil"
    CRIMINAL_REFERRAL = "criminal_referral"


class MeasureKind(StrEnum):
    """Kinds of measures, with the Chinese term of art in `MEASURE_LABELS`."""

    WARN = "warn"
    CRITICISE = "criticise_publicly"
    FINE = "fine"
    CONFISCATE = "confiscate"
    SUSPEND = "suspend_business"
    DOWNGRADE = "downgrade"
    REVOKE = "revoke"
    RESTRICT = "restrict_business"
    CLOSE = "close"
    BAR = "bar_from_post"
    STOP = "order_to_stop"
    CORRECT = "order_to_correct"
    REMOVE_EFFECTS = "order_to_remove_effects"
    EDUCATE = "educate"
    RECORD = "record_in_credit_file"
    PUBLISH = "publish"
    LIABILITY = "civil_liability"
    TRANSFER = "transfer_to_police"


SANCTION_CLASSES = {
    MeasureKind.WARN: SanctionClass.PENALTY,
    MeasureKind.CRITICISE: SanctionClass.PENALTY,
    MeasureKind.FINE: SanctionClass.PENALTY,
    MeasureKind.CONFISCATE: SanctionClass.PENALTY,
    MeasureKind.SUSPEND: SanctionClass.PENALTY,
    MeasureKind.DOWNGRADE: SanctionClass.PENALTY,
    MeasureKind.REVOKE: SanctionClass.PENALTY,
    MeasureKind.RESTRICT: SanctionClass.PENALTY,
    MeasureKind.CLOSE: SanctionClass.PENALTY,
    MeasureKind.BAR: SanctionClass.PENALTY,
    MeasureKind.STOP: SanctionClass.ORDER,
    MeasureKind.CORRECT: SanctionClass.ORDER,
    MeasureKind.REMOVE_EFFECTS: SanctionClass.ORDER,
    MeasureKind.EDUCATE: SanctionClass.ORDER,
    MeasureKind.RECORD: SanctionClass.CREDIT,
    MeasureKind.PUBLISH: SanctionClass.CREDIT,
    MeasureKind.LIABILITY: SanctionClass.CIVIL,
    MeasureKind.TRANSFER: SanctionClass.CRIMINAL_REFERRAL,
}

MEASURE_LABELS = {
    MeasureKind.WARN: Label("warning", "警告"),
    MeasureKind.CRITICISE: Label("public criticism", "通报批评"),
    MeasureKind.FINE: Label("fine", "罚款"),
    MeasureKind.CONFISCATE: Label("confiscation", "没收"),
    MeasureKind.SUSPEND: Label("order to suspend business", "责令停产停业"),
    MeasureKind.DOWNGRADE: Label("downgrade of a qualification", "降低资质等级"),
    MeasureKind.REVOKE: Label("revocation", "吊销"),
    MeasureKind.RESTRICT: Label("restriction of business", "限制开展生产经营活动"),
    MeasureKind.CLOSE: Label("order to close", "责令关闭"),
    MeasureKind.BAR: Label("bar from a post", "限制从业"),
    MeasureKind.STOP: Label("order to stop the violation", "责令停止违法行为"),
    MeasureKind.CORRECT: Label("order to correct", "责令改正"),
    MeasureKind.REMOVE_EFFECTS: Label("order to remove the effects", "责令消除影响"),
    MeasureKind.EDUCATE: Label("education", "教育"),
    MeasureKind.RECORD: Label("entry in the credit file", "记入信用档案"),
    MeasureKind.PUBLISH: Label("publication", "公示"),
    MeasureKind.LIABILITY: Label("civil liability", "民事责任"),
    MeasureKind.TRANSFER: Label("transfer to the police", "移送公安机关"),
}

SEVERITY = {
    # Law: APL-2021 art 9 lists the kinds from the lightest group to the heaviest; kinds of one
    # item share a rank. Used to compare packages under APL-2021 art 37.
    MeasureKind.WARN: 1,
    MeasureKind.CRITICISE: 1,
    MeasureKind.FINE: 2,
    MeasureKind.CONFISCATE: 2,
    MeasureKind.SUSPEND: 4,
    MeasureKind.DOWNGRADE: 3,
    MeasureKind.REVOKE: 3,
    MeasureKind.RESTRICT: 4,
    MeasureKind.CLOSE: 4,
    MeasureKind.BAR: 4,
}


class Modality(StrEnum):
    """Whether the authority must or may; `may_add` is "may also" on top of another measure."""

    MUST = "must"
    MAY = "may"
    MAY_ADD = "may_add"


@dataclass(frozen=True, slots=True)
class Band:
    """A range of a fine; `low` None means that the law names no floor.

    Units: both ends are money. Edges: both ends belong to the band (以上, 以下 include).
    `per` names the collection whose elements multiply it.
    """

    low: Expression | None
    high: Expression
    per: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    `bands` holds, for a fine, the alternatives with their conditions: the first whose condition
    is yes applies (None: otherwise). `object` is what is confiscated; `target` the licence or
    post; `term` how long.
    """

    kind: MeasureKind
    modality: Modality
    bands: tuple[tuple[Expression | None, Band], ...] = ()
    object: Expression | None = None
    target: str = ""
    term: Period | None = None
    span: Span = field(default=NOWHERE, compare=False)


class ChoiceMode(StrEnum):
    """Either one of the measures, or one or more of them (单处或者并处)."""

    ONE = "one"
    ONE_OR_MORE = "one_or_more"


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """Measures between which the authority chooses."""

    mode: ChoiceMode
    modality: Modality
    measures: tuple[Measure, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """Sends the case to another rule, or to a law that has no rule here (then `rule` is "")."""

    rule: str
    law: Citation | None
    span: Span = field(default=NOWHERE, compare=False)


class EffectKind(StrEnum):
    """What a rule of the general part does to the penalties of an act (orders stay)."""

    NO_PENALTY = "no_penalty"
    NO_FINE = "no_fine"
    LIGHTER = "lighter"
    REDUCED = "reduced"
    LIGHTER_OR_REDUCED = "lighter_or_reduced"
    HEAVIER = "heavier"
    ONE_FINE = "one_fine"
    HIGHER_FINE = "higher_fine"
    LATER_LIGHTER_LAW = "later_lighter_law"


EFFECT_LABELS = {
    EffectKind.NO_PENALTY: Label("no penalty", "不予处罚"),
    EffectKind.NO_FINE: Label("no fine; other penalties stay", "不予罚款，其他处罚不受影响"),
    EffectKind.LIGHTER: Label("lighter, inside the range", "从轻处罚"),
    EffectKind.REDUCED: Label("reduced, below the range", "减轻处罚"),
    EffectKind.LIGHTER_OR_REDUCED: Label("lighter or reduced", "从轻或者减轻处罚"),
    EffectKind.HEAVIER: Label("heavier, inside the range", "从重处罚"),
    EffectKind.ONE_FINE: Label("no second fine for one act", "一事不再罚款"),
    EffectKind.HIGHER_FINE: Label(
        "one fine for one act, by the norm with the higher fine", "按照罚款数额高的规定处罚"
    ),
    EffectKind.LATER_LIGHTER_LAW: Label("the lighter later law applies", "从旧兼从轻"),
}


MERCIFUL = frozenset(
    {
        EffectKind.NO_PENALTY,
        EffectKind.NO_FINE,
        EffectKind.LIGHTER,
        EffectKind.REDUCED,
        EffectKind.LIGHTER_OR_REDUCED,
    }
)
"""Effects that take penalties away or lighten them."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect on the penalties of the act."""

    kind: EffectKind
    modality: Modality
    span: Span = field(default=NOWHERE, compare=False)


Consequence: TypeAlias = Measure | MeasureChoice | Reference | Effect
