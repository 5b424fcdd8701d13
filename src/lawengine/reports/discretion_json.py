"""What discretion standards recommend, and the officer's figures, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE
from lawengine.deciding.recommended import FigureCheck, Placed, Recommended
from lawengine.model.rulebook import Rulebook
from lawengine.reports.value_json import (
    law_data,
    needs_data,
    reason_data,
    text_data,
    unverified_data,
)
from lawengine.sanctions.discretion import StepRange

if TYPE_CHECKING:
    from lawengine.reports.decision_shape import (
        FigureData,
        FindingData,
        PlacedData,
        RecommendedData,
        StepData,
    )


def recommended_data(
    line: Recommended, rules: Mapping[int, str], rulebook: Rulebook
) -> RecommendedData:
    """Return one recommendation as plain data; `rules` as for reasons. Units: fen."""
    return {
        "rule": line.rule,
        "standards": list(line.standards),
        "called": [step.value for step in line.called],
        "steps": [_step(one) for one in line.steps],
        "low_fen": line.low,
        "high_fen": line.high,
        "amount_fen": line.amount,
        "open": line.open,
        "assumptions": [text_data(label) for label in line.assumptions],
        "law": law_data(line.law),
        "unverified": unverified_data(line.unverified),
        "needs": needs_data(line.needs, rulebook),
        "reason": reason_data(line.reason, rules),
    }


def _step(one: StepRange) -> StepData:
    low = None if one.low == 1 else one.low
    return {"step": one.step.value, "low_fen": low, "high_fen": one.high}


def figure_data(check: FigureCheck) -> FigureData:
    """Return a checked figure as plain data. Units: fen."""
    figure = check.figure
    return {
        "act": check.act,
        "low_fen": figure.low,
        "high_fen": figure.high,
        "proposed": figure.proposed,
        "placed": [_placed(one) for one in check.placed],
        "findings": [_finding(code) for code in check.findings],
        "grounds": [text_data(ground) for ground in figure.grounds],
        "ground_missing": check.ground_missing,
    }


def _placed(one: Placed) -> PlacedData:
    return {
        "branch": one.branch,
        "rule": one.rule,
        "placing": one.placing.value,
        "steps": [step.value for step in one.steps],
        "called": [step.value for step in one.called],
        "assumptions": [text_data(label) for label in one.assumptions],
        "finding": one.finding or None,
    }


def _finding(code: str) -> FindingData:
    found = Diagnostic(code, NOWHERE)
    return {"code": code, "text": text_data(Label(found.message("en"), found.message("zh")))}
