"""What keyword tokens stand for, and which token a thing is written with."""

from __future__ import annotations

from lawengine.base.calendar import Rounding
from lawengine.model.expressions import Comparison
from lawengine.model.measures import EffectKind, MeasureKind
from lawengine.model.scenarios import RuleState
from lawengine.model.standards import DiscretionStep
from lawengine.model.statuses import EndingKind, StatusKind, StatusState

MEASURES = {
    "WARN": MeasureKind.WARN,
    "CRITICISE": MeasureKind.CRITICISE,
    "FINE": MeasureKind.FINE,
    "CONFISCATE": MeasureKind.CONFISCATE,
    "SUSPEND": MeasureKind.SUSPEND,
    "DOWNGRADE": MeasureKind.DOWNGRADE,
    "REVOKE": MeasureKind.REVOKE,
    "RESTRICT": MeasureKind.RESTRICT,
    "CLOSE": MeasureKind.CLOSE,
    "BAR": MeasureKind.BAR,
    "STOP": MeasureKind.STOP,
    "CORRECT": MeasureKind.CORRECT,
    "REMOVE_EFFECTS": MeasureKind.REMOVE_EFFECTS,
    "EDUCATE": MeasureKind.EDUCATE,
    "RECORD": MeasureKind.RECORD,
    "PUBLISH": MeasureKind.PUBLISH,
    "LIABILITY": MeasureKind.LIABILITY,
    "TRANSFER": MeasureKind.TRANSFER,
}
EFFECTS = {
    "EXEMPT": EffectKind.NO_PENALTY,
    "EXEMPT_FINE": EffectKind.NO_FINE,
    "LIGHTEN": EffectKind.LIGHTER,
    "REDUCE": EffectKind.REDUCED,
    "LIGHTEN_OR_REDUCE": EffectKind.LIGHTER_OR_REDUCED,
    "AGGRAVATE": EffectKind.HEAVIER,
    "ONE_FINE": EffectKind.ONE_FINE,
    "HIGHER_FINE": EffectKind.HIGHER_FINE,
    "LATER_LIGHTER": EffectKind.LATER_LIGHTER_LAW,
}
STATES = {
    "ESTABLISHED": RuleState.ESTABLISHED,
    "NOT_ESTABLISHED": RuleState.NOT_ESTABLISHED,
    "DEFEATED": RuleState.DEFEATED,
    "UNDETERMINED": RuleState.UNDETERMINED,
}
STATUS_KINDS = {
    "LIST": StatusKind.LIST,
    "BENEFIT": StatusKind.BENEFIT,
    "DUTY": StatusKind.DUTY,
    "WATCH": StatusKind.WATCH,
}
HOLDS = {
    "LISTED": StatusKind.LIST,
    "GRANTED": StatusKind.BENEFIT,
    "BREACHED": StatusKind.DUTY,
    "WATCHED": StatusKind.WATCH,
}
ENDINGS = {
    "REMOVED": EndingKind.REMOVED,
    "LOST": EndingKind.LOST,
    "DISCHARGED": EndingKind.DISCHARGED,
}
STATUS_STATES = {
    "LISTED": StatusState.LISTED,
    "NOT_LISTED": StatusState.NOT_LISTED,
    "REMOVED": StatusState.REMOVED,
    "GRANTED": StatusState.GRANTED,
    "NOT_GRANTED": StatusState.NOT_GRANTED,
    "LOST": StatusState.LOST,
    "EXPIRED": StatusState.EXPIRED,
    "DUE": StatusState.DUE,
    "NOT_DUE": StatusState.NOT_DUE,
    "DISCHARGED": StatusState.DISCHARGED,
    "BREACHED": StatusState.BREACHED,
    "LAPSED": StatusState.LAPSED,
    "WATCHED": StatusState.WATCHED,
    "NOT_WATCHED": StatusState.NOT_WATCHED,
}
LIMITS = {
    "AT_LEAST": Comparison.AT_LEAST,
    "AT_MOST": Comparison.AT_MOST,
    "MORE_THAN": Comparison.MORE,
    "LESS_THAN": Comparison.LESS,
}
STATUS_KIND_TOKENS = {kind: token for token, kind in STATUS_KINDS.items()}
HOLDS_TOKENS = {kind: token for token, kind in HOLDS.items()}
ENDING_TOKENS = {kind: token for token, kind in ENDINGS.items()}
STATUS_STATE_TOKENS = {state: token for token, state in STATUS_STATES.items()}
MEASURE_TOKENS = {kind: token for token, kind in MEASURES.items()}
EFFECT_TOKENS = {kind: token for token, kind in EFFECTS.items()}
LIMIT_TOKENS = {comparison: token for token, comparison in LIMITS.items()}
STATE_TOKENS = {state: token for token, state in STATES.items()}
CLAUSES = {
    "role": "SERVES_AS",
    "power": "PARTY_CAN",
    "recorded": "ON_FILE",
    "question": "ASK",
    "presumption": "PRESUMED",
    "when": "WHEN",
    "authority": "AUTHORITY",
    "then": "THEN",
    "prevails": "PREVAILS",
    "runs": "LASTS",
    "late": "LATE_ADDS",
    "triggers": "TRIGGERS",
    "settled": "ROUNDED_DOWN",
    "rests_on": "RESTS_ON",
    "vetoed": "VETOED",
    "region": "IN_REGION",
    "lighter": "LIGHTER_IS",
    "heavier": "HEAVIER_IS",
    "point": "RECOMMENDS",
    "balanced": "BALANCED",
    "given": "GIVEN",
    "decided": "DECIDED_ON",
    "expect": "EXPECT",
    "because_line": "BECAUSE",
}
ROUNDINGS = {
    "ROUNDED_DOWN": Rounding.DOWN,
    "ROUNDED_UP": Rounding.UP,
    "ROUNDED_HALF_EVEN": Rounding.HALF_EVEN,
}
ROUNDING_TOKENS = {rounding: token for token, rounding in ROUNDINGS.items()}
SHARES = {"LIGHTER_IS": "lighter", "HEAVIER_IS": "heavier", "RECOMMENDS": "point"}
SHARE_TOKENS = {kind: token for token, kind in SHARES.items()}
EXPECTED_STEPS = {
    "STEP_NONE": DiscretionStep.NO_PENALTY,
    "STEP_REDUCED": DiscretionStep.REDUCED,
    "STEP_LIGHTER": DiscretionStep.LIGHTER,
    "STEP_ORDINARY": DiscretionStep.ORDINARY,
    "STEP_HEAVIER": DiscretionStep.HEAVIER,
}
EXPECTED_STEP_TOKENS = {step: token for token, step in EXPECTED_STEPS.items()}
