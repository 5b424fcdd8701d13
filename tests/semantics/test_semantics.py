"""What a rule means, as tables: small texts, facts, and what must come of them.

Every evaluator of the language reads the same tables and must give the same answers.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from lawengine.base.label import Label
from lawengine.deciding.decide import Decided, decide, union_of
from lawengine.deciding.decision import ActDecision, Assumed, Branch, FineTotal
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Domain, FactKey, Known, Within
from lawengine.evaluation.states import EXCLUDED
from lawengine.evaluation.trace import Finding
from lawengine.model.expressions import Defined
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from tests import small

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Answer:
    """What an evaluator says of an expression."""

    domain: Domain
    needs: frozenset[str]
    clash: bool


@dataclass(frozen=True)
class Evaluator:
    """One way to run rules; all of them must agree."""

    name: str
    ask: Callable[[Rulebook, CaseFacts, str], Answer]
    decide: Callable[[CaseFacts, Rulebook], Decided]


def _reference(book: Rulebook, facts: CaseFacts, name: str) -> Answer:
    definition = book.definitions[name]
    found: Finding = evaluate(Defined(name, definition.body.type), small.view(book, facts))
    needs = frozenset(short(need.key) for need in found.needs)
    return Answer(found.domain, needs, bool(found.clash))


EVALUATORS = [Evaluator("reference", _reference, decide)]


def short(key: FactKey) -> str:
    """Return a key without the chain above it: `a`, `orders[2].fake`, `order` for the list."""
    return str(key).replace("respondents[1].", "").replace("acts[1].", "")


def read(name: str) -> list[dict[str, Any]]:
    found = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def rows(name: str) -> Iterator[Any]:
    for group in read(name):
        for number, row in enumerate(group["cases"], 1):
            for evaluator in EVALUATORS:
                title = f"{group['name']} {number} [{evaluator.name}]"
                yield pytest.param(evaluator, group, row, id=title)


def facts_of(book: Rulebook, row: Mapping[str, Any], group: Mapping[str, Any]) -> CaseFacts:
    day = {"ended_on": datetime.date(2010, 6, 1)}
    written = row.get("acts", [row.get("facts", {})])
    acts = [{**day, **group.get("facts", {}), **act} for act in written]
    decided = row.get("decided", group.get("decided", datetime.date(2012, 6, 1)))
    return small.case(book, acts, party=row.get("party", {}), decided_on=decided)


# --- expressions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("evaluator", "group", "row"), list(rows("expressions.yaml")))
def test_an_expression(evaluator: Evaluator, group: dict[str, Any], row: dict[str, Any]) -> None:
    ask = row.get("ask", group.get("ask"))
    book = small.rulebook(group.get("rules", ""), f"define probe as {ask}\n")

    answer = evaluator.ask(book, facts_of(book, row, group), "probe")

    kind = book.definitions["probe"].body.type.kind
    assert answer.domain == wanted(kind, row["gives"])
    if "needs" in row:
        assert answer.needs == frozenset(row["needs"])
    if row["gives"] != "unknown" and not isinstance(row["gives"], dict):
        assert answer.needs == frozenset()
    assert answer.clash is row.get("clash", False)


def wanted(kind: Kind, written: small.Written) -> Domain:
    if kind is Kind.YES_NO and isinstance(written, bool):
        return Known(written)
    return UNKNOWN if written == "unknown" else small.domain(kind, written)


# --- texts that are refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [pytest.param(g["text"], g["error"], id=g["name"]) for g in read("refused.yaml")],
)
def test_a_text_is_refused(text: str, code: str) -> None:
    found = [diagnostic.code for diagnostic in small.lowered(text).diagnostics]

    assert found == [code]


# --- decisions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("evaluator", "group", "row"), list(rows("decisions.yaml")))
def test_a_decision(evaluator: Evaluator, group: dict[str, Any], row: dict[str, Any]) -> None:
    book = small.rulebook(group["rules"])

    decided = evaluator.decide(facts_of(book, row, group), book)

    assert decided.diagnostics == ()
    assert decided.decision is not None
    (respondent,) = decided.decision.respondents
    act = respondent.acts[0]
    expected = row["expect"]
    assert set(expected) <= set(CHECKS) | {"total"}
    if "total" in expected:
        assert fine_text(respondent.total) == expected["total"]
    assert act.undetermined is expected.get("undetermined", False)
    for name, check in CHECKS.items():
        if name in expected:
            check(act, expected[name])


def fine_text(fine: FineTotal | None) -> str:
    """Return a range as the tables write it, in yuan: `none`, `may 10 to 20`, `open`."""
    if fine is None:
        return "undetermined"
    if fine.none:
        return "none"
    may = "may " if fine.may else ""
    low = None if fine.low is None else f"{fine.low / 100:g}"
    if fine.high is None:
        return f"{may}open" if low is None else f"{may}from {low}"
    high = f"{fine.high / 100:g}"
    return f"{may}up to {high}" if low is None else f"{may}{low} to {high}"


def _fine(act: ActDecision, expected: str) -> None:
    assert fine_text(union_of(act)) == expected


def _states(act: ActDecision, expected: dict[str, str]) -> None:
    for branch in act.branches:
        states = {outcome.rule: outcome.state.value for outcome in branch.rules}
        assert {rule: states[rule] for rule in expected} == expected


def _versions(act: ActDecision, expected: dict[str, datetime.date]) -> None:
    (branch,) = act.branches
    found = {outcome.rule: outcome.version_from for outcome in branch.rules}
    assert {rule: found[rule] for rule in expected} == expected


def measures_of(branch: Branch) -> list[str]:
    return [
        sanction.kind.value if sanction.mandatory else f"may {sanction.kind.value}"
        for sanction in branch.sanctions
    ]


def _measures(act: ActDecision, expected: list[str]) -> None:
    (branch,) = act.branches
    assert sorted(measures_of(branch)) == sorted(expected)


def _branches(act: ActDecision, expected: list[str]) -> None:
    assert [branch_text(branch) for branch in act.branches] == expected


def branch_text(branch: Branch) -> str:
    line = "; ".join(assumed_text(assumed) for assumed in branch.assumptions)
    return f"{line} -> {fine_text(branch.fine)}"


def assumed_text(assumed: Assumed) -> str:
    """Return an assumption: `grave no`, `R tier 1 met`, `R met`, `R band 2 met`, `R stands`."""
    about, domain = assumed.about, assumed.domain
    if isinstance(about, FactKey):
        match domain:
            case Known(value=bool(answer)):
                return f"{short(about)} {'yes' if answer else 'no'}"
            case Known(value=value):
                return f"{short(about)} {value}"
            case Within(low=low, high=high):
                return f"{short(about)} {low} to {high}"
            case _:
                return f"{short(about)} {domain}"
    met = domain == Known(True)
    if about.tier == EXCLUDED:
        return f"{about.rule} {'is excluded' if met else 'stands'}"
    tier = f" tier {about.tier + 1}" if about.tier >= 0 else ""
    band = f" band {about.band + 1}" if about.band >= 0 else ""
    return f"{about.rule}{tier}{band} {'met' if met else 'not met'}"


def _needs(act: ActDecision, expected: list[str]) -> None:
    assert sorted(short(need.key) for need in act.needs) == sorted(expected)


def _conflicts(act: ActDecision, expected: list[list[str]]) -> None:
    assert [[c.what.text("en"), *c.rules] for c in act.conflicts] == expected


def _origin(act: ActDecision, expected: dict[str, str]) -> None:
    (branch,) = act.branches
    assert {s.rule: s.origin.value for s in branch.sanctions} == expected


def _choices(act: ActDecision, expected: int) -> None:
    (branch,) = act.branches
    assert branch.fine.choices == expected


def _effects(act: ActDecision, expected: list[str]) -> None:
    (branch,) = act.branches
    assert [kind.value for kind, _ in branch.effects] == expected


def _below_floor(act: ActDecision, expected: str) -> None:
    (branch,) = act.branches
    cited = {citation.text("en") for s in branch.sanctions for citation in s.below_floor_by}
    assert cited == {expected}


def _defeated_by(act: ActDecision, expected: dict[str, str]) -> None:
    (branch,) = act.branches
    found = {outcome.rule: outcome.defeated_by for outcome in branch.rules}
    assert {rule: found[rule] for rule in expected} == expected


def _if_shown(act: ActDecision, expected: list[str]) -> None:
    found = [
        f"{shown.rule}: {shown_facts(shown.fact_labels)} -> {fine_text(shown.fine)}"
        for shown in act.if_shown
    ]
    assert found == expected


def shown_facts(labels: tuple[Label, ...]) -> str:
    return ", ".join(sorted(label.text("en") for label in labels))


def _undetermined(act: ActDecision, expected: bool) -> None:
    assert act.undetermined is expected


CHECKS: dict[str, Callable[[ActDecision, Any], None]] = {
    "fine": _fine,
    "states": _states,
    "versions": _versions,
    "measures": _measures,
    "branches": _branches,
    "needs": _needs,
    "conflicts": _conflicts,
    "origin": _origin,
    "choices": _choices,
    "effects": _effects,
    "below_floor": _below_floor,
    "defeated_by": _defeated_by,
    "if_shown": _if_shown,
    "undetermined": _undetermined,
}
