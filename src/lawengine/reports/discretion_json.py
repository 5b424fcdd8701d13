"""What discretion standards recommend, and the officer's figures, as plain data."""

from __future__ import annotations

from collections.abc import Callable

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE
from lawengine.deciding.recommended import FigureCheck, Placed, Recommended
from lawengine.evaluation.trace import Need
from lawengine.explanation.reason import Reason
from lawengine.reports import decision_shape as shape
from lawengine.sanctions.discretion import StepRange

Reasoned = Callable[[Reason], shape.ReasonData]
Needed = Callable[[tuple[Need, ...]], list[shape.NeedData]]


def recommended_data(
    line: Recommended, reasoned: Reasoned, needed: Needed
) -> shape.RecommendedData:
    """Return one recommendation as plain data. Units: fen."""
    return {
        "rule": line.rule,
        "standards": list(line.standards),
        "called": [step.value for step in line.called],
        "steps": [_step(one) for one in line.steps],
        "low_fen": line.low,
        "high_fen": line.high,
        "amount_fen": line.amount,
        "open": line.open,
        "assumptions": [_text(label) for label in line.assumptions],
        "law": [str(citation) for citation in line.law],
        "unverified": _text(line.unverified) if line.unverified else None,
        "needs": needed(line.needs),
        "reason": reasoned(line.reason),
    }


def _step(one: StepRange) -> shape.StepData:
    low = None if one.low == 1 else one.low
    return {"step": one.step.value, "low_fen": low, "high_fen": one.high}


def figure_data(check: FigureCheck) -> shape.FigureData:
    """Return a checked figure as plain data. Units: fen."""
    figure = check.figure
    return {
        "act": check.act,
        "low_fen": figure.low,
        "high_fen": figure.high,
        "proposed": figure.proposed,
        "placed": [_placed(one) for one in check.placed],
        "findings": [_finding(code) for code in check.findings],
        "grounds": [_text(ground) for ground in figure.grounds],
        "ground_missing": check.ground_missing,
    }


def _placed(one: Placed) -> shape.PlacedData:
    return {
        "branch": one.branch,
        "rule": one.rule,
        "placing": one.placing.value,
        "steps": [step.value for step in one.steps],
        "called": [step.value for step in one.called],
        "assumptions": [_text(label) for label in one.assumptions],
        "finding": one.finding or None,
    }


def _finding(code: str) -> shape.FindingData:
    found = Diagnostic(code, NOWHERE)
    return {"code": code, "text": _text(Label(found.message("en"), found.message("zh")))}


def _text(label: Label) -> shape.TextData:
    return {"en": label.en, "zh": label.zh}
