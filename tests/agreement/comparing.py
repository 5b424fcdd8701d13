"""What the compiled evaluator and the reference say of one act, put side by side."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from lawengine.compiled.engine import Engine
from lawengine.compiled.outcome import Outcome
from lawengine.deciding.decision import Branch
from lawengine.deciding.leaf import Leaf, grow
from lawengine.deciding.outcome import outcome as branch_of
from lawengine.deciding.outcome import violation_open
from lawengine.evaluation.facts import CaseFacts, Known
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Finding
from lawengine.explanation.reason import Reason
from lawengine.model.scenarios import RuleState
from lawengine.model.vocabulary import ACT, PARTY


class Silent:
    """Gives no reasons: what is compared here are outcomes, and reasons cost most of the time."""

    def __init__(self, *_: object) -> None:
        self.reason = Reason("outcome")

    def rule(self, *_: object) -> Reason:
        return self.reason

    def sanction(self, *_: object) -> Reason:
        return self.reason

    def branch(self, *_: object) -> Reason:
        return self.reason


def leaves(engine: Engine, case: CaseFacts) -> Iterator[tuple[str, Leaf, Branch]]:
    """Yield what the reference evaluator finds for each act, without any branching."""
    prepared = prepare(case, engine.rulebook)
    assert prepared.diagnostics == ()
    for party in case.root.children.get(PARTY, ()):
        for act in party.children.get(ACT, ()):
            scene = Scene(engine.rulebook, case.root, party, act, prepared.entries)
            leaf = grow(scene, lighter=engine.lighter)
            with patch("lawengine.deciding.outcome.Reasoner", Silent):
                yield act.path, leaf, branch_of(leaf)


def differences(engine: Engine, case: CaseFacts) -> tuple[int, list[str]]:
    """Return how many acts the compiled rules decided, and every difference from the reference."""
    by_path, diagnostics = engine.outcomes(case)
    if diagnostics:
        assert prepare(case, engine.rulebook).diagnostics == diagnostics
        return 0, []
    found: list[str] = []
    compiled = 0
    if all(outcome is None for outcome in by_path.values()):
        return 0, []
    for path, leaf, branch in leaves(engine, case):
        outcome = by_path[path]
        if outcome is None:
            continue
        compiled += 1
        if leaf.blocking or violation_open([leaf]):
            found.append(f"{path}: the reference leaves something open")
        found += [f"{path}: {line}" for line in compared(outcome, branch)]
        found += [f"{path}: {line}" for line in reasons(outcome, leaf)]
    return compiled, found


def compared(outcome: Outcome, branch: Branch) -> Iterator[str]:
    """Yield what differs between an outcome and the branch of the reference."""
    nothing = RuleState.NOT_ESTABLISHED
    theirs = {r.rule: (r.state, r.defeated_by) for r in branch.rules if r.state is not nothing}
    by = {name: other for name, _, other in outcome.others}
    ours = {
        name: (state, by.get(name, ""))
        for name, state in outcome.states().items()
        if state is not nothing
    }
    pairs: dict[str, tuple[object, object]] = {
        "states": (ours, theirs),
        "sanctions": (our_lines(outcome), their_lines(branch)),
        "fine": (outcome.total(), branch.fine),
        "effects": (outcome.applied_effects(), branch.effects),
        "conflicts": (outcome.conflicts(), branch.conflicts),
    }
    for what, (one, two) in pairs.items():
        if one != two:
            yield f"{what}: {one} instead of {two}"


def our_lines(outcome: Outcome) -> list[tuple[object, ...]]:
    return [
        (
            x.slot.kind, x.modality, x.mandatory, x.low, x.high, x.rule,
            x.slot.version.interval.start, x.law, x.slot.version.authority, x.origin,
            x.slot.measure.target, x.slot.measure.term, x.group, x.below_floor_by, x.exempt_by,
        )
        for x in outcome.lines()
    ]  # fmt: skip


def their_lines(branch: Branch) -> list[tuple[object, ...]]:
    return [
        (
            s.kind, s.modality, s.mandatory, s.low_fen, s.high_fen, s.rule, s.version_from, s.law,
            s.authority, s.origin, s.target, s.term, s.group, s.below_floor_by, s.exempt_by,
        )
        for s in branch.sanctions
    ]  # fmt: skip


def reasons(outcome: Outcome, leaf: Leaf) -> Iterator[str]:
    """Yield where the data of reasons differ from the findings of the reference."""
    for told in outcome.reasons():
        lineage = leaf.lineages[told.rule]
        applied = [(s, p) for s, p, later in lineage.applied if later is told.later]
        if not applied:
            yield f"reasons: {told.rule} is not applied"
            continue
        state, package = applied[0]
        if state.version is not told.version:
            yield f"reasons: another version of {told.rule}"
        tiers = [(tier.tier, tier.truth.name == "TRUE") for tier in package.tiers]
        if tiers != list(told.tiers):
            yield f"reasons: tiers of {told.rule} are {told.tiers} instead of {tiers}"
        parts = [x for x in (state.when, *state.exclusions) if x is not None]
        found = dict(pair for part in parts for pair in _values(part))
        for atom, value in told.conditions:
            if value is not None and atom in found and found[atom] != {value}:
                yield f"reasons: {atom} of {told.rule} is {value} instead of {found[atom]}"


def _values(finding: Finding) -> Iterator[tuple[object, set[object]]]:
    if isinstance(finding.domain, Known):
        yield finding.expression, {finding.domain.value}
    for part in finding.parts:
        yield from _values(part)
