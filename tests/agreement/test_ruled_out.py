"""Rules that narrowing cannot revive are not asked again: that must change nothing but the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lawengine import Places, open_workspace, read_casebook
from lawengine.deciding import branching, grounds
from lawengine.deciding.decide import decide
from lawengine.deciding.leaf import Leaf, RuledOut, grow

if TYPE_CHECKING:
    from pathlib import Path

    from lawengine import Branch, Decision
    from lawengine.evaluation.states import Scene


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


def test_the_casebook_is_decided_alike_when_every_rule_is_asked_afresh(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = open_workspace(Places()).rulebook
    cases, _ = read_casebook(checkout / "casebook", rulebook)
    few = [case for case in cases if "2016" in case.identifier or "five" in case.identifier]
    quick = [decide(case.facts, rulebook).decision for case in few]
    reused: list[int] = []

    def afresh(scene: Scene, *, lighter: bool = True, ruled_out: RuledOut | None = None) -> Leaf:
        reused.append(sum(len(rules) for rules in (ruled_out or {}).values()))
        return grow(scene, lighter=lighter)

    monkeypatch.setattr(branching, "grow", afresh)
    monkeypatch.setattr(grounds, "grow", afresh)
    slow = [decide(case.facts, rulebook).decision for case in few]

    assert len(few) >= 2
    assert max(reused) > 0  # there was something to reuse
    for one, two in zip(quick, slow, strict=True):
        assert one is not None
        assert two is not None
        assert told(one) == told(two)
