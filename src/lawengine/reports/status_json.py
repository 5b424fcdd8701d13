"""Lists, benefits, duties, scores and grades as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lawengine.base.truth import Truth
from lawengine.deciding.decision import (
    LateAddition,
    StatusOutcome,
)
from lawengine.deciding.rating_outcomes import (
    BandOutcome,
    GradeOutcome,
    IndicatorOutcome,
    Lift,
    ScoreOutcome,
    VetoOutcome,
)
from lawengine.explanation.prune import prune
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import JointMeasure
from lawengine.reports.value_json import (
    domain_data,
    law_data,
    needs_data,
    reason_data,
    text_data,
    unverified_data,
    value_data,
)

if TYPE_CHECKING:
    from lawengine.reports.status_shape import (
        GradeBandData,
        GradeData,
        IndicatorData,
        JointMeasureData,
        LateData,
        LiftData,
        ScoreData,
        StatusData,
        VetoData,
    )

_HOLDS: Mapping[Truth, bool | None] = {
    Truth.TRUE: True,
    Truth.FALSE: False,
    Truth.UNKNOWN: None,
}


def statuses_data(
    statuses: Iterable[StatusOutcome], rulebook: Rulebook, *, full: bool = False
) -> list[StatusData]:
    """Return what became of lists, benefits and duties as plain data."""
    return [_status(item, rulebook, full=full) for item in statuses]


def _status(item: StatusOutcome, rulebook: Rulebook, *, full: bool) -> StatusData:
    days = (item.start, item.until, item.deadline, item.earliest_removal, item.ended)
    start, until, deadline, removal, ended = (None if d is None else domain_data(d) for d in days)
    return {
        "kind": item.kind.value,
        "status": item.name,
        "label": text_data(item.label),
        "instance": item.instance,
        "state": item.state.value,
        "possible": [state.value for state in item.possible],
        "on": domain_data(item.on),
        "start": start,
        "until": until,
        "deadline": deadline,
        "earliest_removal": removal,
        "ended": ended,
        "late": {Truth.TRUE: True, Truth.FALSE: False}.get(item.late),
        "late_adds": None if item.added is None else _late(item.added),
        "barred": text_data(item.barred) if item.barred else None,
        "measures": [_joint_measure(measure) for measure in item.measures],
        "for_good": item.for_good,
        "triggers": list(item.triggers),
        "authority": item.authority,
        "law": law_data(item.law),
        "unverified": unverified_data(item.unverified),
        "needs": needs_data(item.needs, rulebook),
        "reason": reason_data(item.reason if full or item.told else prune(item.reason), {}),
    }


def _late(added: LateAddition) -> LateData:
    return {
        "fen": domain_data(added.amount),
        "law": law_data(added.law),
        "unverified": unverified_data(added.unverified),
    }


def _joint_measure(measure: JointMeasure) -> JointMeasureData:
    return {
        "measure": measure.name,
        "label": text_data(measure.label),
        "authority": measure.authority,
        "law": law_data(measure.law),
        "unverified": unverified_data(measure.unverified),
    }


def score_data(item: ScoreOutcome, rulebook: Rulebook) -> ScoreData:
    """Return a score with its arithmetic as plain data."""
    return {
        "score": item.name,
        "label": text_data(item.label),
        "instance": item.instance,
        "state": item.state.value,
        "day": domain_data(item.day),
        "value": domain_data(item.value),
        "total": domain_data(item.total),
        "low": value_data(item.low),
        "high": value_data(item.high),
        "rounding": item.rounding.value if item.rounding is not None else None,
        "indicators": [_indicator(one) for one in item.indicators],
        "missing": [one.name for one in item.missing],
        "vetoes": [_veto(one) for one in item.vetoes],
        "version_from": item.version_from.isoformat() if item.version_from else None,
        "law": law_data(item.law),
        "unverified": unverified_data(item.unverified),
        "needs": needs_data(item.needs, rulebook),
        "reason": reason_data(item.reason, {}),
    }


def _indicator(item: IndicatorOutcome) -> IndicatorData:
    return {
        "indicator": item.name,
        "label": text_data(item.label),
        "points": domain_data(item.points),
        "weight": domain_data(item.weight),
        "product": domain_data(item.product),
        "missing": item.missing,
        "law": law_data(item.law),
        "unverified": unverified_data(item.unverified),
    }


def _veto(item: VetoOutcome) -> VetoData:
    return {
        "veto": item.name,
        "label": text_data(item.label),
        "holds": _HOLDS[item.truth],
        "law": law_data(item.law),
        "unverified": unverified_data(item.unverified),
    }


def grade_data(item: GradeOutcome, rulebook: Rulebook) -> GradeData:
    """Return a grade, and what would lift it, as plain data."""
    return {
        "grade": item.name,
        "label": text_data(item.label),
        "instance": item.instance,
        "state": item.state.value,
        "day": domain_data(item.day),
        "levels": [{"level": level, "label": text_data(label)} for level, label in item.levels],
        "possible": list(item.possible),
        "score": item.score or None,
        "bands": [_grade_band(one) for one in item.bands],
        "vetoes": [_veto(one) for one in item.vetoes],
        "vetoed": _HOLDS[item.vetoed],
        "lift_to": item.lift_to or None,
        "lifts": [_lift(one) for one in item.lifts],
        "version_from": item.version_from.isoformat() if item.version_from else None,
        "law": law_data(item.law),
        "unverified": unverified_data(item.unverified),
        "needs": needs_data(item.needs, rulebook),
        "reason": reason_data(item.reason, {}),
    }


def _grade_band(item: BandOutcome) -> GradeBandData:
    return {
        "level": item.level,
        "low": domain_data(item.low) if item.low is not None else None,
        "low_above": item.low_above,
        "high": domain_data(item.high) if item.high is not None else None,
        "high_below": item.high_below,
        "holds": _HOLDS[item.truth],
    }


def _lift(item: Lift) -> LiftData:
    points = bool(item.indicator)
    return {
        "level": item.level,
        "indicator": item.indicator or None,
        "label": text_data(item.label),
        "now": value_data(item.now) if points else None,
        "needed": value_data(item.needed) if points else None,
        "above": item.above,
        "attainable": value_data(item.attainable) if item.attainable is not None else None,
    }
