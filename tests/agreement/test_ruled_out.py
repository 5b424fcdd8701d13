"""States that other facts cannot move are not asked again: that changes nothing but the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from lawengine import Places, open_workspace, read_casebook
from lawengine.deciding import branching, grounds
from lawengine.deciding.decide import decide
from lawengine.deciding.leaf import Leaf, RuledOut, grow
from tests import small
from tests.agreement.drawing import Drawer
from tests.agreement.test_compiled_rulebooks import DECIDED_OPEN, open_acts, wide_rulebooks

if TYPE_CHECKING:
    from pathlib import Path

    from lawengine import Branch, Decision
    from lawengine.evaluation.facts import CaseFacts
    from lawengine.evaluation.states import Scene
    from lawengine.model.rulebook import Rulebook


def told(decision: Decision) -> list[object]:
    """Return all of a decision but its reasons."""
    return [
        (
            act.undetermined,
            act.needs,
            [branch_told(branch) for branch in act.branches],
            [(shown.rule, shown.facts, shown.fine, shown.no_penalty) for shown in act.if_shown],
        )
        for act in decision.acts()
    ]


def branch_told(branch: Branch) -> object:
    sanctions = [
        (s.rule, s.kind, s.mandatory, s.low_fen, s.high_fen, s.origin) for s in branch.sanctions
    ]
    states = [(rule.rule, rule.state, rule.version_from) for rule in branch.rules]
    return (branch.assumptions, sanctions, states, branch.fine, branch.effects, branch.conflicts)


def afresh(counted: list[int]) -> Callable[..., Leaf]:
    """Return what grows each leaf with every rule asked again, and counts what was at hand."""

    def growing(scene: Scene, *, lighter: bool = True, ruled_out: RuledOut | None = None) -> Leaf:
        counted.append(sum(len(rules) for rules in (ruled_out or {}).values()))
        return grow(scene, lighter=lighter)

    return growing


def both_ways(
    cases: Sequence[CaseFacts], rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> int:
    """Decide cases as ever and with every rule asked again; return the most that was at hand."""
    quick = [decide(case, rulebook).decision for case in cases]
    reused: list[int] = []
    monkeypatch.setattr(branching, "grow", afresh(reused))
    monkeypatch.setattr(grounds, "grow", afresh(reused))
    monkeypatch.setattr(grounds, "unmoved", lambda *_: {})
    slow = [decide(case, rulebook).decision for case in cases]
    monkeypatch.undo()
    for one, two in zip(quick, slow, strict=True):
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            assert told(one) == told(two)
    return max(reused, default=0)


def test_drawn_cases_are_decided_alike_when_every_rule_is_asked_afresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rulebook = small.shipped()
    drawers = [
        Drawer(rulebook, 1, 0.97),
        Drawer(rulebook, 2, 0.9, 0.1),
        Drawer(rulebook, 3, 0.6, 0.3),
    ]
    cases = [drawer.case() for drawer in drawers for _ in range(12)]

    # of a rule under either law, both states can be at hand
    assert both_ways(cases, rulebook, monkeypatch) > len(rulebook.rules)


MANY = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck],
)


@MANY
@given(text=wide_rulebooks(), act=open_acts(), decided=DECIDED_OPEN)
def test_entangled_rules_are_decided_alike_when_every_rule_is_asked_afresh(
    text: str, act: dict[str, Any], decided: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = small.rulebook(text)
    both_ways([small.case(book, act, decided_on=decided)], book, monkeypatch)


def test_the_casebook_is_decided_alike_when_every_rule_is_asked_afresh(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = open_workspace(Places()).rulebook
    cases, _ = read_casebook(checkout / "casebook", rulebook)
    few = [case for case in cases if "2016" in case.identifier or "five" in case.identifier]

    assert len(few) >= 2
    # there was something to reuse
    assert both_ways([case.facts for case in few], rulebook, monkeypatch) > 0
