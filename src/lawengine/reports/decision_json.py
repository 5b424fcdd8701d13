"""Decisions and comparisons of versions as plain data for JSON."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.label import Label
from lawengine.base.release import DECISION_FORMAT
from lawengine.base.truth import Truth
from lawengine.deciding.decision import (
    ActDecision,
    Assumed,
    Branch,
    Conflict,
    Decision,
    FineTotal,
    IfShown,
    LateAddition,
    RespondentDecision,
    RuleOutcome,
    Sanction,
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
from lawengine.evaluation.facts import Among, Domain, Evidence, FactKey, Known, Within
from lawengine.evaluation.trace import Need, Question
from lawengine.explanation.prune import prune
from lawengine.explanation.reason import Reason
from lawengine.explanation.sentences import sentence
from lawengine.model.expressions import Value
from lawengine.model.measures import EFFECT_LABELS, MEASURE_LABELS
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.model.statuses import JointMeasure
from lawengine.reports.discretion_json import figure_data, recommended_data
from lawengine.reports.naming import need_label, need_question

if TYPE_CHECKING:
    from lawengine.deciding.hypothesis import Comparison, Line, Margin, Row
    from lawengine.reports import decision_shape as shape

_HOLDS: Mapping[Truth, bool | None] = {
    Truth.TRUE: True,
    Truth.FALSE: False,
    Truth.UNKNOWN: None,
}
_TRUTHS: dict[Truth, shape.TruthName] = {
    Truth.TRUE: "yes",
    Truth.FALSE: "no",
    Truth.UNKNOWN: "unknown",
}


def decision_data(
    decision: Decision, rulebook: Rulebook, *, full: bool = False
) -> shape.DecisionData:
    """Return a decision as the data that `docs/decision.schema.json` describes.

    Units: fen. The data hold both languages; nothing in them hangs on the reader's. Of a rule that
    does not apply only the conditions that fail are told, unless `full`.
    """
    return {
        "format": DECISION_FORMAT,
        "case": decision.case,
        "title": text_data(decision.title),
        "reforms": list(decision.reforms),
        "hypothesis": text_data(decision.hypothesis) if decision.hypothesis else None,
        "assumed": [
            {"fact": str(key), "value": domain_data(entry.domain)}
            for key, entry in decision.assumed
        ],
        "respondents": [_respondent(item, rulebook, full=full) for item in decision.respondents],
        "statuses": statuses_data(decision.statuses, rulebook, full=full),
        "scores": [score_data(item, rulebook) for item in decision.scores],
        "grades": [grade_data(item, rulebook) for item in decision.grades],
        "rulebook": decision.rulebook,
        "engine": decision.engine,
    }


def comparison_data(comparison: Comparison) -> shape.ComparisonData:
    """Return a comparison of versions as plain data. Units: fen."""
    decision = comparison.decision
    return {
        "format": DECISION_FORMAT,
        "case": decision.case,
        "title": text_data(decision.title),
        "true_answer": [_line(line) for line in comparison.lines],
        "versions": [_row(row) for row in comparison.rows],
        "rulebook": decision.rulebook,
        "engine": decision.engine,
    }


def as_json(data: shape.DecisionData | shape.ComparisonData) -> str:
    """Return data as the text of a JSON file: one line, Chinese readable.

    Edges: indented it would be twice as long and take seven times as long to write.
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


# --- parties and acts -----------------------------------------------------------------------------


def _respondent(
    item: RespondentDecision, rulebook: Rulebook, *, full: bool
) -> shape.RespondentData:
    return {
        "path": item.path,
        "name": item.name,
        "total": _fine(item.total) if item.total is not None else None,
        "acts": [_act(act, rulebook, full=full) for act in item.acts],
        "statuses": statuses_data(item.statuses, rulebook, full=full),
        "scores": [score_data(one, rulebook) for one in item.scores],
        "grades": [grade_data(one, rulebook) for one in item.grades],
        "figures": [figure_data(check) for check in item.figures],
    }


def statuses_data(
    statuses: Iterable[StatusOutcome], rulebook: Rulebook, *, full: bool = False
) -> list[shape.StatusData]:
    """Return what became of lists, benefits and duties as plain data."""
    return [_status(item, rulebook, full=full) for item in statuses]


def _status(item: StatusOutcome, rulebook: Rulebook, *, full: bool) -> shape.StatusData:
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
        "triggers": list(item.triggers),
        "authority": item.authority,
        "law": _law(item.law),
        "unverified": _unverified(item.unverified),
        "needs": _needs(item.needs, rulebook),
        "reason": _reason(item.reason if full or item.told else prune(item.reason), {}),
    }


def _late(added: LateAddition) -> shape.LateData:
    return {
        "fen": domain_data(added.amount),
        "law": _law(added.law),
        "unverified": _unverified(added.unverified),
    }


def score_data(item: ScoreOutcome, rulebook: Rulebook) -> shape.ScoreData:
    """Return a score with its arithmetic as plain data."""
    return {
        "score": item.name,
        "label": text_data(item.label),
        "instance": item.instance,
        "state": item.state.value,
        "day": domain_data(item.day),
        "value": domain_data(item.value),
        "total": domain_data(item.total),
        "low": _value(item.low),
        "high": _value(item.high),
        "rounding": item.rounding.value if item.rounding is not None else None,
        "indicators": [_indicator(one) for one in item.indicators],
        "missing": [one.name for one in item.missing],
        "vetoes": [_veto(one) for one in item.vetoes],
        "version_from": item.version_from.isoformat() if item.version_from else None,
        "law": _law(item.law),
        "unverified": _unverified(item.unverified),
        "needs": _needs(item.needs, rulebook),
        "reason": _reason(item.reason, {}),
    }


def _indicator(item: IndicatorOutcome) -> shape.IndicatorData:
    return {
        "indicator": item.name,
        "label": text_data(item.label),
        "points": domain_data(item.points),
        "weight": domain_data(item.weight),
        "product": domain_data(item.product),
        "missing": item.missing,
        "law": _law(item.law),
        "unverified": _unverified(item.unverified),
    }


def _veto(item: VetoOutcome) -> shape.VetoData:
    return {
        "veto": item.name,
        "label": text_data(item.label),
        "holds": _HOLDS[item.truth],
        "law": _law(item.law),
        "unverified": _unverified(item.unverified),
    }


def grade_data(item: GradeOutcome, rulebook: Rulebook) -> shape.GradeData:
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
        "law": _law(item.law),
        "unverified": _unverified(item.unverified),
        "needs": _needs(item.needs, rulebook),
        "reason": _reason(item.reason, {}),
    }


def _grade_band(item: BandOutcome) -> shape.GradeBandData:
    return {
        "level": item.level,
        "low": domain_data(item.low) if item.low is not None else None,
        "low_above": item.low_above,
        "high": domain_data(item.high) if item.high is not None else None,
        "high_below": item.high_below,
        "holds": _HOLDS[item.truth],
    }


def _lift(item: Lift) -> shape.LiftData:
    points = bool(item.indicator)
    return {
        "level": item.level,
        "indicator": item.indicator or None,
        "label": text_data(item.label),
        "now": _value(item.now) if points else None,
        "needed": _value(item.needed) if points else None,
        "above": item.above,
        "attainable": _value(item.attainable) if item.attainable is not None else None,
    }


def _joint_measure(measure: JointMeasure) -> shape.JointMeasureData:
    return {
        "measure": measure.name,
        "label": text_data(measure.label),
        "authority": measure.authority,
        "law": _law(measure.law),
        "unverified": _unverified(measure.unverified),
    }


def _act(act: ActDecision, rulebook: Rulebook, *, full: bool) -> shape.ActData:
    return {
        "path": act.path,
        "name": act.name,
        "kind": text_data(act.kind),
        "as_of": {
            "conduct": domain_data(act.conduct),
            "decision": domain_data(act.decision),
            "knowledge": domain_data(act.knowledge),
        },
        "state": "undetermined" if act.undetermined else "determined",
        "rules": _rules(act.branches, rulebook, full=full),
        "branches": [_branch(b, number, rulebook) for number, b in enumerate(act.branches)],
        "if_shown": [_if_shown(item, act.branches) for item in act.if_shown],
        "needs": _needs(act.needs, rulebook),
        "conflicts": [_conflict(item) for item in act.conflicts],
    }


def _rules(branches: Sequence[Branch], rulebook: Rulebook, *, full: bool) -> list[shape.RuleData]:
    """Return what became of each rule, once for all branches in which the same became of it."""
    found: dict[str, list[shape.RuleData]] = {}
    for number, branch in enumerate(branches):
        for outcome in branch.rules:
            data = _rule(outcome, rulebook, full=full)
            known = found.setdefault(outcome.rule, [])
            same = next((one for one in known if {**one, "branches": []} == data), None)
            if same is None:
                known.append(data)
                same = data
            same["branches"].append(number)
    return [data for known in found.values() for data in known]


def _rule(outcome: RuleOutcome, rulebook: Rulebook, *, full: bool) -> shape.RuleData:
    short = not full and outcome.state is RuleState.NOT_ESTABLISHED
    return {
        "rule": outcome.rule,
        "label": text_data(outcome.label),
        "branches": [],
        "state": outcome.state.value,
        "law": _law(outcome.law),
        "breaches": _law(outcome.breaches),
        "version_from": outcome.version_from.isoformat() if outcome.version_from else None,
        "unverified": _unverified(outcome.unverified),
        "readings": [text_data(reading) for reading in outcome.readings],
        "refers_to": outcome.refers_to or None,
        "defeated_by": outcome.defeated_by or None,
        "needs": _needs(outcome.needs, rulebook),
        "reason": _reason(prune(outcome.reason) if short else outcome.reason, {}),
    }


# --- branches -------------------------------------------------------------------------------------


def _branch(branch: Branch, number: int, rulebook: Rulebook) -> shape.BranchData:
    told = {id(item.reason) for item in branch.sanctions}
    rules = {id(item.reason): item.rule for item in branch.rules}
    return {
        "assumptions": [_assumption(item) for item in branch.assumptions],
        "fine": _fine(branch.fine),
        "sanctions": [_sanction(item, number, rules) for item in branch.sanctions],
        "effects": [
            {"effect": kind.value, "label": text_data(EFFECT_LABELS[kind]), "rule": rule}
            for kind, rule in branch.effects
        ],
        "elsewhere": [str(citation) for citation in branch.elsewhere],
        "listings": [],
        "benefits": [],
        "duties": [],
        "recommended": [
            recommended_data(
                line, lambda reason: _reason(reason, rules), lambda needs: _needs(needs, rulebook)
            )
            for line in branch.recommended
        ],
        "needs": _needs(branch.needs, rulebook),
        "conflicts": [_conflict(item) for item in branch.conflicts],
        "reasons": [_reason(c, rules) for c in branch.reason.children if id(c) not in told],
    }


def _assumption(item: Assumed) -> shape.AssumptionData:
    about = item.about
    question: shape.QuestionData | None = None
    if isinstance(about, Question):
        question = {
            "rule": about.rule,
            "tier": about.tier,
            "band": about.band,
            "wording": about.wording,
        }
    return {
        "fact": str(about) if isinstance(about, FactKey) else None,
        "question": question,
        "label": text_data(item.label),
        "value": domain_data(item.domain),
    }


def _sanction(item: Sanction, branch: int, rules: Mapping[int, str]) -> shape.SanctionData:
    return {
        "class": item.sanction_class.value,
        "kind": item.kind.value,
        "label": text_data(MEASURE_LABELS[item.kind]),
        "modality": item.modality.value,
        "mandatory": item.mandatory,
        "branch": branch,
        "group": item.group,
        "low_fen": item.low_fen,
        "high_fen": item.high_fen,
        "target": item.target,
        "term": _period(item.term) if item.term is not None else None,
        "authority": item.authority,
        "origin": item.origin.value,
        "rule": item.rule,
        "version_from": item.version_from.isoformat(),
        "law": _law(item.law),
        "breaches": _law(item.breaches),
        "below_floor_by": _law(item.below_floor_by),
        "exempt_by": _law(item.exempt_by),
        "unverified": _unverified(item.unverified),
        "proposed_by": list(item.proposed_by),
        "reason": _reason(item.reason, rules),
    }


def _if_shown(item: IfShown, branches: Sequence[Branch]) -> shape.IfShownData:
    lines = [branch.assumptions for branch in branches]
    return {
        "rule": item.rule,
        "label": text_data(item.label),
        "law": _law(item.law),
        "facts": [str(key) for key in item.facts],
        "fact_labels": [text_data(label) for label in item.fact_labels],
        "any_of": item.any_of,
        "branch": lines.index(item.branch) if item.branch in lines else None,
        "fine": _fine(item.fine),
        "no_penalty": item.no_penalty,
        "unverified": _unverified(item.unverified),
    }


def _conflict(item: Conflict) -> shape.ConflictData:
    return {"what": text_data(item.what), "rules": list(item.rules), "law": _law(item.law)}


def _fine(total: FineTotal) -> shape.FineData:
    return {
        "low_fen": total.low,
        "high_fen": total.high,
        "may": total.may,
        "high_open": total.high_open,
        "choices": total.choices,
        "none": total.none,
    }


# --- comparison of versions -----------------------------------------------------------------------


def _row(row: Row) -> shape.RowData:
    end = row.interval.end
    return {
        "version_from": row.interval.start.isoformat(),
        "version_to": end.isoformat() if end is not None else None,
        "law": _law(row.law),
        "unverified": _unverified(row.unverified),
        "moved_to": row.moved_to.isoformat(),
        "lines": [_line(line) for line in row.lines],
    }


def _line(line: Line) -> shape.LineData:
    return {
        "respondent": line.respondent,
        "fine": _fine(line.fine),
        "by_branch": [{"assumption": text_data(a), "fine": _fine(f)} for a, f in line.by_branch],
        "taken": [str(citation) for citation in line.taken],
        "break_even_fen": line.break_even,
        "margins": [_margin(margin) for margin in line.margins],
    }


def _margin(margin: Margin) -> shape.MarginData:
    return {
        "assumption": margin.assumption,
        "text": text_data(margin.text),
        "gain_fen": margin.gain,
        "least_fen": margin.least,
        "most_fen": margin.most,
    }


# --- reasons, needs, values -----------------------------------------------------------------------


def _reason(reason: Reason, rules: Mapping[int, str]) -> shape.ReasonData:
    """Return a reason with all below it; what a rule of `rules` rests on stands with that rule."""
    rule = rules.get(id(reason))
    return {
        "code": reason.code,
        "text": {"en": sentence(reason, "en"), "zh": sentence(reason, "zh")},
        "truth": _TRUTHS[reason.truth] if reason.truth is not None else None,
        "law": _law(reason.law),
        "unverified": _unverified(reason.unverified),
        "rule": rule,
        "fact": str(reason.fact) if reason.fact is not None else None,
        "origin": reason.origin.value if reason.origin is not None else None,
        "evidence": _evidence(reason.evidence) if reason.evidence is not None else None,
        "children": [] if rule else [_reason(child, rules) for child in reason.children],
    }


def _evidence(evidence: Evidence) -> shape.EvidenceData:
    return {
        "source": evidence.source,
        "on": evidence.on,
        "recorded_by": evidence.recorded_by,
        "because": _because(evidence.because),
        "evidence": evidence.evidence,
        "law": evidence.law,
    }


def _because(said: str | Label) -> str:
    if isinstance(said, str):
        return said
    return " / ".join(text for text in (said.en, said.zh) if text)


def _needs(needs: Iterable[Need], rulebook: Rulebook) -> list[shape.NeedData]:
    return [_need(need, rulebook) for need in needs]


def _need(need: Need, rulebook: Rulebook) -> shape.NeedData:
    cut: shape.CutData | None = None
    if need.cut is not None:
        cut = {"comparison": need.cut.comparison.value, "value": _value(need.cut.value)}
    return {
        "fact": str(need.key) if need.key.fact else need.key.instance,
        "entity": need.key.entity,
        "label": text_data(need_label(need, rulebook)),
        "question": text_data(need_question(need, rulebook)),
        "cut": cut,
    }


def domain_data(domain: Domain) -> shape.DomainData:
    """Return what is known of a value: exactly, within bounds, among choices, or null."""
    match domain:
        case Known(value=value):
            return _value(value)
        case Within(low=low, high=high):
            return {
                "from": _value(low) if low is not None else None,
                "to": _value(high) if high is not None else None,
            }
        case Among(options=options):
            return {"among": sorted(options)}
        case _:
            return None


def _value(value: Value) -> shape.ScalarData:
    match value:
        case datetime.date():
            return value.isoformat()
        case Period():
            return _period(value)
        case bool() | int() | str():
            return value
        case Fraction():
            whole = value.denominator == 1
            return int(value) if whole else f"{value.numerator}/{value.denominator}"


def _period(period: Period) -> shape.PeriodData:
    return {"length": period.length, "unit": period.unit.value}


def _law(citations: Iterable[Citation]) -> list[str]:
    return [citation.text("en") for citation in citations]


def text_data(label: Label) -> shape.TextData:
    """Return words in both languages."""
    return {"en": label.en, "zh": label.zh}


def _unverified(label: Label) -> shape.TextData | None:
    return text_data(label) if label else None
