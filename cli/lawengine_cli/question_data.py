"""Answers to questions as plain data, for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lawengine.base.label import Label
    from lawengine.deciding.decision import FineTotal
    from lawengine.evaluation.facts import Domain
    from lawengine.questions import Change, Condition, NeededFact, Needs, WhyNot
    from lawengine_cli.questions import Answered


def answers_data(answers: Iterable[Answered]) -> list[dict[str, Any]]:
    """Return the answers as plain data."""
    return [_data(item) for item in answers]


def _data(item: Answered) -> dict[str, Any]:
    data: dict[str, Any] = {"respondent": item.respondent, "act": item.act, "path": item.path}
    if item.why_not:
        data["why_not"] = [_why_not_data(why) for why in item.why_not]
    if item.needs is not None:
        data["needs"] = _needs_data(item.needs)
    if item.what_if:
        data["what_if"] = [
            {"wanted": goal, "changes": [_change_data(change) for change in changes]}
            for goal, changes in item.what_if
        ]
    return data


def _both(label: Label) -> dict[str, str]:
    return {"en": label.text("en"), "zh": label.text("zh")}


def _why_not_data(why: WhyNot) -> dict[str, Any]:
    return {
        "rule": why.rule,
        "state": why.state.value,
        "cause": why.cause.value,
        "law": [str(citation) for citation in why.law],
        "version_from": why.version_from.isoformat() if why.version_from else None,
        "failing": [[_condition_data(c) for c in one.conditions] for one in why.failing],
        "open": [_condition_data(condition) for condition in why.open],
        "by": list(why.by),
    }


def _condition_data(condition: Condition) -> dict[str, Any]:
    return {
        "condition": _both(condition.phrase),
        "wanted": condition.wanted,
        "rule": condition.rule,
        "facts": [
            {
                "fact": str(fact.key),
                "value": _both(fact.value),
                "origin": fact.origin.value if fact.origin else None,
                "source": fact.evidence.source,
            }
            for fact in condition.facts
        ],
    }


def _needs_data(needs: Needs) -> dict[str, Any]:
    return {
        "settled": needs.settled,
        "settleable": needs.settleable,
        "exact": needs.exact,
        "fewest": [_needed_data(fact) for fact in needs.fewest],
        "also": [_needed_data(fact) for fact in needs.also],
    }


def _needed_data(fact: NeededFact) -> dict[str, Any]:
    return {
        "fact": str(fact.key),
        "label": _both(fact.label),
        "question": _both(fact.question),
        "necessary": fact.necessary,
        "matter": fact.matter.name.lower(),
        "rules": list(fact.rules),
        "answers": [
            {
                "answer": _both(answer.label),
                "fine": _fine_data(answer.fine),
                "penalised": answer.penalised,
                "violation_open": answer.open_violation,
                "settled": answer.settled,
            }
            for answer in fact.answers
        ],
    }


def _fine_data(fine: FineTotal | None) -> dict[str, Any] | None:
    if fine is None:
        return None
    return {"low_fen": fine.low, "high_fen": fine.high, "may": fine.may, "open": fine.high_open}


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "in_power": change.in_power,
        "fine": _fine_data(change.fine),
        "penalised": change.penalised,
        "facts": [
            {
                "fact": str(fact.key),
                "from": _value(fact.before),
                "to": _value(fact.after),
                "presumed": fact.presumed,
                "in_power": fact.in_power,
            }
            for fact in change.facts
        ],
    }


def _value(domain: Domain) -> object:
    """Return a value as JSON has it: fen, days as text, bounds as a block, null for unknown."""
    from lawengine.evaluation.domains import bounds
    from lawengine.evaluation.facts import Among, Known

    match domain:
        case Known(value=bool() | int() | str() as value):
            return value
        case Known(value=value):
            return str(value)
        case Among(options=options):
            return {"one_of": sorted(options)}
    low, high = bounds(domain)
    if low is None and high is None:
        return None
    return {"from": _end(low), "to": _end(high)}


def _end(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)
