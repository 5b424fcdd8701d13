"""Decisions as plain data for JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lawengine.base.release import DECISION_FORMAT
from lawengine.deciding.decision import (
    ActDecision,
    Assumed,
    Branch,
    Conflict,
    Decision,
    IfShown,
    RespondentDecision,
    RuleOutcome,
    Sanction,
)
from lawengine.evaluation.facts import FactKey
from lawengine.evaluation.trace import Question
from lawengine.explanation.prune import prune
from lawengine.model.measures import EFFECT_LABELS, MEASURE_LABELS
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.reports.discretion_json import figure_data, recommended_data
from lawengine.reports.status_json import grade_data, score_data, statuses_data
from lawengine.reports.value_json import (
    domain_data,
    fine_data,
    law_data,
    needs_data,
    period_data,
    reason_data,
    text_data,
    unverified_data,
)

if TYPE_CHECKING:
    from lawengine.reports.comparison_shape import ComparisonData
    from lawengine.reports.decision_shape import (
        ActData,
        AssumptionData,
        BranchData,
        ConflictData,
        DecisionData,
        IfShownData,
        QuestionData,
        RespondentData,
        RuleData,
        SanctionData,
    )


def decision_data(decision: Decision, rulebook: Rulebook, *, full: bool = False) -> DecisionData:
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


def as_json(data: DecisionData | ComparisonData) -> str:
    """Return data as the text of a JSON file: one line, Chinese readable.

    Edges: indented it would be twice as long and take seven times as long to write.
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _respondent(item: RespondentDecision, rulebook: Rulebook, *, full: bool) -> RespondentData:
    return {
        "path": item.path,
        "name": item.name,
        "total": fine_data(item.total) if item.total is not None else None,
        "acts": [_act(act, rulebook, full=full) for act in item.acts],
        "statuses": statuses_data(item.statuses, rulebook, full=full),
        "scores": [score_data(one, rulebook) for one in item.scores],
        "grades": [grade_data(one, rulebook) for one in item.grades],
        "figures": [figure_data(check) for check in item.figures],
    }


def _act(act: ActDecision, rulebook: Rulebook, *, full: bool) -> ActData:
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
        "needs": needs_data(act.needs, rulebook),
        "conflicts": [_conflict(item) for item in act.conflicts],
    }


def _rules(branches: Sequence[Branch], rulebook: Rulebook, *, full: bool) -> list[RuleData]:
    """Return what became of each rule, once for all branches in which the same became of it."""
    found: dict[str, list[RuleData]] = {}
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


def _rule(outcome: RuleOutcome, rulebook: Rulebook, *, full: bool) -> RuleData:
    short = not full and outcome.state is RuleState.NOT_ESTABLISHED
    return {
        "rule": outcome.rule,
        "label": text_data(outcome.label),
        "branches": [],
        "state": outcome.state.value,
        "law": law_data(outcome.law),
        "breaches": law_data(outcome.breaches),
        "version_from": outcome.version_from.isoformat() if outcome.version_from else None,
        "unverified": unverified_data(outcome.unverified),
        "readings": [text_data(reading) for reading in outcome.readings],
        "refers_to": outcome.refers_to or None,
        "defeated_by": outcome.defeated_by or None,
        "needs": needs_data(outcome.needs, rulebook),
        "reason": reason_data(prune(outcome.reason) if short else outcome.reason, {}),
    }


def _branch(branch: Branch, number: int, rulebook: Rulebook) -> BranchData:
    told = {id(item.reason) for item in branch.sanctions}
    rules = {id(item.reason): item.rule for item in branch.rules}
    return {
        "assumptions": [_assumption(item) for item in branch.assumptions],
        "fine": fine_data(branch.fine),
        "sanctions": [_sanction(item, number, rules) for item in branch.sanctions],
        "effects": [
            {"effect": kind.value, "label": text_data(EFFECT_LABELS[kind]), "rule": rule}
            for kind, rule in branch.effects
        ],
        "elsewhere": [str(citation) for citation in branch.elsewhere],
        "listings": [],
        "benefits": [],
        "duties": [],
        "recommended": [recommended_data(line, rules, rulebook) for line in branch.recommended],
        "needs": needs_data(branch.needs, rulebook),
        "conflicts": [_conflict(item) for item in branch.conflicts],
        "reasons": [reason_data(c, rules) for c in branch.reason.children if id(c) not in told],
    }


def _assumption(item: Assumed) -> AssumptionData:
    about = item.about
    question: QuestionData | None = None
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


def _sanction(item: Sanction, branch: int, rules: Mapping[int, str]) -> SanctionData:
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
        "term": period_data(item.term) if item.term is not None else None,
        "authority": item.authority,
        "origin": item.origin.value,
        "rule": item.rule,
        "version_from": item.version_from.isoformat(),
        "law": law_data(item.law),
        "breaches": law_data(item.breaches),
        "below_floor_by": law_data(item.below_floor_by),
        "exempt_by": law_data(item.exempt_by),
        "unverified": unverified_data(item.unverified),
        "proposed_by": list(item.proposed_by),
        "reason": reason_data(item.reason, rules),
    }


def _if_shown(item: IfShown, branches: Sequence[Branch]) -> IfShownData:
    lines = [branch.assumptions for branch in branches]
    return {
        "rule": item.rule,
        "label": text_data(item.label),
        "law": law_data(item.law),
        "facts": [str(key) for key in item.facts],
        "fact_labels": [text_data(label) for label in item.fact_labels],
        "any_of": item.any_of,
        "branch": lines.index(item.branch) if item.branch in lines else None,
        "fine": fine_data(item.fine),
        "no_penalty": item.no_penalty,
        "unverified": unverified_data(item.unverified),
    }


def _conflict(item: Conflict) -> ConflictData:
    return {"what": text_data(item.what), "rules": list(item.rules), "law": law_data(item.law)}
