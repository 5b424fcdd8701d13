"""What every part of an answer holds as plain data: words, values, needs, reasons, fines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.deciding.decision import (
    FineTotal,
)
from lawengine.evaluation.facts import Among, Domain, Evidence, Known, Within
from lawengine.evaluation.trace import Need
from lawengine.explanation.reason import Reason
from lawengine.explanation.sentences import sentence
from lawengine.model.expressions import Value
from lawengine.model.rulebook import Rulebook
from lawengine.reports.naming import need_label, need_question

if TYPE_CHECKING:
    from lawengine.reports.value_shape import (
        CutData,
        DomainData,
        EvidenceData,
        FineData,
        NeedData,
        PeriodData,
        ReasonData,
        ScalarData,
        TextData,
        TruthName,
    )

_TRUTHS: dict[Truth, TruthName] = {
    Truth.TRUE: "yes",
    Truth.FALSE: "no",
    Truth.UNKNOWN: "unknown",
}


def reason_data(reason: Reason, rules: Mapping[int, str]) -> ReasonData:
    """Return a reason with all below it; what a rule of `rules` rests on stands with that rule."""
    rule = rules.get(id(reason))
    return {
        "code": reason.code,
        "text": {"en": sentence(reason, "en"), "zh": sentence(reason, "zh")},
        "truth": _TRUTHS[reason.truth] if reason.truth is not None else None,
        "law": law_data(reason.law),
        "unverified": unverified_data(reason.unverified),
        "rule": rule,
        "fact": str(reason.fact) if reason.fact is not None else None,
        "origin": reason.origin.value if reason.origin is not None else None,
        "evidence": _evidence(reason.evidence) if reason.evidence is not None else None,
        "children": [] if rule else [reason_data(child, rules) for child in reason.children],
    }


def _evidence(evidence: Evidence) -> EvidenceData:
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


def needs_data(needs: Iterable[Need], rulebook: Rulebook) -> list[NeedData]:
    """Return the facts that would settle something."""
    return [need_data(need, rulebook) for need in needs]


def need_data(need: Need, rulebook: Rulebook) -> NeedData:
    """Return a fact that would settle something; the thing itself where its list is missing."""
    cut: CutData | None = None
    if need.cut is not None:
        cut = {"comparison": need.cut.comparison.value, "value": value_data(need.cut.value)}
    return {
        "fact": str(need.key) if need.key.fact else need.key.instance,
        "entity": need.key.entity,
        "label": text_data(need_label(need, rulebook)),
        "question": text_data(need_question(need, rulebook)),
        "cut": cut,
    }


def fine_data(total: FineTotal) -> FineData:
    """Return a sum of fines. Units: fen."""
    return {
        "low_fen": total.low,
        "high_fen": total.high,
        "may": total.may,
        "high_open": total.high_open,
        "choices": total.choices,
        "none": total.none,
    }


def domain_data(domain: Domain) -> DomainData:
    """Return what is known of a value: exactly, within bounds, among choices, or null."""
    match domain:
        case Known(value=value):
            return value_data(value)
        case Within(low=low, high=high):
            return {
                "from": value_data(low) if low is not None else None,
                "to": value_data(high) if high is not None else None,
            }
        case Among(options=options):
            return {"among": sorted(options)}
        case _:
            return None


def value_data(value: Value) -> ScalarData:
    """Return an exact value: money in fen, a rate as a fraction."""
    match value:
        case datetime.date():
            return value.isoformat()
        case Period():
            return period_data(value)
        case bool() | int() | str():
            return value
        case Fraction():
            whole = value.denominator == 1
            return int(value) if whole else f"{value.numerator}/{value.denominator}"


def period_data(period: Period) -> PeriodData:
    """Return a length of time."""
    return {"length": period.length, "unit": period.unit.value}


def law_data(citations: Iterable[Citation]) -> list[str]:
    """Return citations as they are written in English."""
    return [citation.text("en") for citation in citations]


def text_data(label: Label) -> TextData:
    """Return words in both languages."""
    return {"en": label.en, "zh": label.zh}


def unverified_data(label: Label) -> TextData | None:
    """Return why the law is not checked, None when it is."""
    return text_data(label) if label else None
