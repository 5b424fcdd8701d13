"""What the compiled evaluator and the reference say of one act, put side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Self

from lawengine.compiled.branches import Three
from lawengine.compiled.engine import Engine
from lawengine.compiled.outcome import Outcome
from lawengine.deciding.branching import explore
from lawengine.deciding.decide import act_decision
from lawengine.deciding.decision import ActDecision, Assumed, Branch
from lawengine.deciding.folding import Grown
from lawengine.deciding.leaf import Leaf, RuledOut, grow
from lawengine.deciding.outcome import UNTOLD, Untold
from lawengine.deciding.outcome import outcome as branch_of
from lawengine.evaluation.facts import CaseFacts, Known
from lawengine.evaluation.prepare import Prepared, prepare
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Finding
from lawengine.model.scenarios import RuleState
from lawengine.model.vocabulary import ACT, PARTY
from lawengine.registers.register import Registers, registers, statuses_by
from tests.agreement.drawing import Drawer
from tests.agreement.lives import LifeDrawer
from tests.agreement.status_comparing import status_differences

COUNTS = ("exact", "settled", "branched", "split", "statuses", "functions", "refused")


@dataclass(slots=True)
class Tally:
    """How acts were decided: by exact facts, by Kleene logic, branch by branch; what differs.

    And how many statuses there were, and how many of them a function settled; the register was
    asked for the others.
    """

    exact: int = 0
    settled: int = 0
    branched: int = 0
    split: int = 0
    """Those of the branched whose answer has several branches."""
    statuses: int = 0
    functions: int = 0
    refused: int = 0
    """Cases that tell of statuses what cannot have been."""
    found: list[str] = field(default_factory=list)

    @property
    def acts(self) -> int:
        return self.exact + self.settled + self.branched

    def __iadd__(self, other: Tally) -> Self:
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.found += other.found
        return self

    def __str__(self) -> str:
        return (
            f"{self.acts} acts: {self.exact} by exact facts, {self.settled} by Kleene logic, "
            f"{self.branched} branch by branch ({self.split} with several branches); "
            f"{self.statuses} lists, benefits and duties, {self.functions} by functions, the "
            f"others by the register; {self.refused} cases refused as impossible"
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """Grows every rule as the reference does, but gives no reasons: they cost most of the time."""

    lighter: bool

    def grow(self, scene: Scene, ruled_out: RuledOut | None) -> Leaf:
        return grow(scene, lighter=self.lighter, ruled_out=ruled_out)

    def tell(self, leaf: Leaf, line: tuple[Assumed, ...]) -> Branch:
        return branch_of(leaf, line, Untold())


def meant(
    engine: Engine, case: CaseFacts, prepared: Prepared, kept: Registers | None
) -> Iterator[tuple[ActDecision, list[Grown]]]:
    """Yield what the reference evaluator says of each act, and its leaves."""
    teller = Meaning(engine.lighter)
    doors = statuses_by(registers(engine.rulebook, case.root, engine.days))
    for party in case.root.children.get(PARTY, ()):
        for act in party.children.get(ACT, ()):
            doors = statuses_by(kept)
            scene = Scene(engine.rulebook, case.root, party, act, prepared.entries, register=doors)
            grown = explore(case, scene, {}, lighter=engine.lighter, teller=teller)
            yield act_decision(scene, grown), grown


def differences(engine: Engine, case: CaseFacts) -> Tally:
    """Return how the acts of a case were decided, and every difference from the reference."""
    whole = engine.whole(case)
    prepared = prepare(case, engine.rulebook)
    tally = Tally()
    kept = registers(engine.rulebook, case.root, engine.days)
    diagnostics = prepared.diagnostics
    if kept is not None and not diagnostics:
        register = kept.register(prepared.entries)
        diagnostics = register.contradictions()
        tally.refused = bool(diagnostics)
        if not diagnostics and not whole.diagnostics:
            answered = [answer for some in whole.statuses.values() for answer in some]
            tally.statuses = len(answered)
            tally.functions = sum(answer.compiled for answer in answered)
            tally.found += status_differences(whole, register)
    if diagnostics != whole.diagnostics:
        tally.found.append(f"refused for {whole.diagnostics} instead of {diagnostics}")
    if diagnostics or whole.diagnostics:
        return tally
    facts = engine.facts(case, prepared.entries)
    for answer, (decided, grown) in zip(
        whole.acts, meant(engine, case, prepared, kept), strict=True
    ):
        if answer.outcome is not None:
            exact = two_valued(engine, facts[answer.path])
            tally.exact, tally.settled = tally.exact + exact, tally.settled + (not exact)
            lines = list(settled(answer.outcome, decided, grown))
        else:
            assert answer.decided is not None
            tally.branched += 1
            tally.split += len(decided.branches) > 1
            lines = list(branched(answer.decided, decided))
        tally.found += [f"{answer.path}: {line}" for line in lines]
    return tally


def drawn(engine: Engine, number: int, seed: int, known: float, bounded: float) -> Tally:
    """Return how so many drawn cases were decided, and what differs."""
    return _all_of(engine, Drawer(engine.rulebook, seed, known, bounded), number, seed)


def lived(engine: Engine, number: int, seed: int, known: float, bounded: float) -> Tally:
    """Return how so many drawn cases of lists, benefits and duties were answered."""
    return _all_of(engine, LifeDrawer(engine.rulebook, seed, known, bounded), number, seed)


def _all_of(engine: Engine, drawer: Drawer, number: int, seed: int) -> Tally:
    tally = Tally()
    for place in range(number):
        found = differences(engine, drawer.case())
        found.found = [f"case {place} of seed {seed}: {line}" for line in found.found]
        tally += found
    return tally


def two_valued(engine: Engine, facts: Three) -> bool:
    """Tell whether the two-valued function decided an act that has an outcome."""
    try:
        engine._plans[engine._key(*facts)](*facts)
    except KeyError:
        return False
    return True


def settled(outcome: Outcome, decided: ActDecision, grown: list[Grown]) -> Iterator[str]:
    """Yield what differs between an outcome and the decision of the reference."""
    if decided.undetermined or len(grown) > 1 or grown[0].leaf.blocking:
        yield "the reference leaves something open"
    branch, leaf = decided.branches[0], grown[0].leaf
    yield from compared(outcome, branch)
    yield from reasons(outcome, leaf)
    ours, theirs = set(outcome.open()), {f"{n.key.entity}.{n.key.fact}" for n in decided.needs}
    if ours != theirs:
        yield f"open facts: {ours} instead of {theirs}"


def branched(ours: ActDecision, theirs: ActDecision) -> Iterator[str]:
    """Yield what differs between two decisions but for rules that are not established."""
    for one, two in zip_longest(told(ours), told(theirs)):
        if one != two:
            yield f"{one} instead of {two}"


def told(act: ActDecision) -> Iterator[object]:
    """Yield everything that a decision says, without reasons and rules that are out."""
    yield replace(act, branches=())
    yield len(act.branches)
    for branch in act.branches:
        rules = [rule for rule in branch.rules if rule.state is not RuleState.NOT_ESTABLISHED]
        sanctions = [replace(sanction, reason=UNTOLD) for sanction in branch.sanctions]
        yield [replace(rule, reason=UNTOLD) for rule in rules]
        yield replace(branch, rules=(), sanctions=tuple(sanctions), reason=UNTOLD)


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
