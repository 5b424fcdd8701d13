"""One act under one set of assumptions: from the states of all rules to its sanctions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.evaluation.facts import UNKNOWN, Among, FactKey, Known, Within
from lawengine.evaluation.states import LawTime, Scene, StateFinding, States
from lawengine.evaluation.trace import Block, Question
from lawengine.model.measures import (
    SANCTION_CLASSES,
    Effect,
    EffectKind,
    Modality,
    Reference,
    SanctionClass,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule
from lawengine.model.scenarios import RuleState
from lawengine.sanctions.concurrence import Concurrence, Norm, Settled, settle
from lawengine.sanctions.lighter import Order, Step, Weighed, weigh, weigh_effects
from lawengine.sanctions.packages import Package, build_package

REDUCING = frozenset({EffectKind.REDUCED, EffectKind.LIGHTER_OR_REDUCED})


class Side(StrEnum):
    """Which of the two laws a lineage is applied under."""

    CONDUCT = "conduct"
    LATER = "later"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Lineage:
    """One rule on the act under both laws, and which of them applies.

    `later` is None while the lighter-law question does not arise (one version at both times).
    """

    rule: Rule
    conduct: StateFinding
    package: Package | None
    later: StateFinding | None = None
    later_package: Package | None = None
    weighed: Weighed | None = None
    side: Side = Side.NEITHER

    @property
    def applied(self) -> tuple[tuple[StateFinding, Package, bool], ...]:
        """Return the packages that apply, each with its state and whether it is the later law."""
        if self.side is Side.NEITHER:
            return ()
        found: list[tuple[StateFinding, Package, bool]] = []
        if self.side in (Side.CONDUCT, Side.BOTH) and self.package is not None:
            found.append((self.conduct, self.package, False))
        if self.side in (Side.LATER, Side.BOTH) and self.later and self.later_package is not None:
            found.append((self.later, self.later_package, True))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Applied:
    """One effect of the general part that applies, with the rule it comes from."""

    effect: Effect
    lineage: Lineage
    state: StateFinding


RuledOut = Mapping[LawTime, Mapping[str, StateFinding]]
"""States of rules that need not be asked again, by the time of the law."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """All that was found for one act under one set of assumptions.

    `blocking` are the conditions that keep a version, a tier or an effect open. `ruled_out` are the
    rules that no narrowing of the facts can establish, `asked` all whose state was asked; neither
    holds any while it is open whether the later law reaches back.
    """

    scene: Scene
    lineages: dict[str, Lineage]
    effects: tuple[Applied, ...]
    norms: tuple[tuple[Norm, Lineage, StateFinding, bool], ...]
    settled: Settled
    concurrence: Concurrence
    blocking: tuple[Block, ...]
    lighter_law: Lineage | None = field(default=None)
    ruled_out: RuledOut = field(default_factory=dict)
    asked: RuledOut = field(default_factory=dict)

    def effect(self, kind: EffectKind, modality: Modality | None = None) -> Applied | None:
        """Return the effect of that kind that applies, or None."""
        for applied in self.effects:
            if applied.effect.kind is kind and modality in (None, applied.effect.modality):
                return applied
        return None


def carries_penalty(rule: Rule) -> bool:
    """Tell whether any version of the rule sets a penalty."""
    return any(
        SANCTION_CLASSES[measure.kind] is SanctionClass.PENALTY for measure in rule.measures()
    )


def reaches_penalties(rule: Rule) -> bool:
    """Tell whether the rule can take away, lighten or aggravate the penalties of an act."""
    between = {EffectKind.ONE_FINE, EffectKind.HIGHER_FINE, EffectKind.LATER_LIGHTER_LAW}
    return any(effect.kind not in between for effect in rule.effects())


def refers_to(rule: Rule) -> frozenset[str]:
    """Return the rules that any version refers to."""
    return frozenset(
        c.rule
        for version in rule.versions
        for c in version.all_consequences()
        if isinstance(c, Reference) and c.rule
    )


Asking = Callable[[Scene, LawTime, Mapping[str, StateFinding]], States]
"""What answers for the states of rules under one law, given those that are ruled out."""


@dataclass(slots=True)
class _Grower:
    scene: Scene
    lighter: bool
    ruled_out: RuledOut
    asking: Asking
    names: Collection[str]
    conduct: States = field(init=False)
    decision: States = field(init=False)
    blocking: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conduct, self.decision = (
            self.asking(self.scene, time, self.ruled_out.get(time, {}))
            for time in (LawTime.CONDUCT, LawTime.DECISION)
        )

    def grow(self) -> Leaf:
        rules = {name: self.scene.rulebook.rules[name] for name in self.names}
        lighter_law = self._lighter_law()
        if lighter_law is not None:
            self.conduct.reach_back = self.decision
        lineages = {
            name: self._lineage(rule, compare=lighter_law is not None)
            for name, rule in rules.items()
        }
        effects = tuple(
            Applied(effect, lineage, state)
            for lineage in lineages.values()
            for state, package, _ in lineage.applied
            for effect in package.effects
        )
        concurrence = _concurrence(effects)
        norms = tuple(
            (Norm(name, item, _instrument(state)), lineage, state, later)
            for name, lineage in lineages.items()
            for state, package, later in lineage.applied
            for item in package.items
        )
        prefer = self.scene.rulebook.preferred
        settled = settle([norm for norm, *_ in norms], concurrence, prefer)
        blocking = tuple(dict.fromkeys(self.blocking))
        return Leaf(
            self.scene, lineages, effects, norms, settled, concurrence, blocking, lighter_law,
            *self._kept(lighter_law),
        )  # fmt: skip

    def _kept(self, lighter_law: Lineage | None) -> tuple[RuledOut, RuledOut]:
        """Return the rules that are out, and all that were asked.

        INVARIANT: whether the later law reaches back can change what other rules are asked for.
        """
        if self.lighter and lighter_law is None:
            return {}, {}
        both = (self.conduct, self.decision)
        return {x.time: x.ruled_out() for x in both}, {x.time: x.known for x in both}

    def _lighter_law(self) -> Lineage | None:
        if not self.lighter:
            return None
        book = self.scene.rulebook
        for rule in (book.rules[name] for name in self.names if name in book.general):
            if any(e.kind is EffectKind.LATER_LIGHTER_LAW for e in rule.effects()):
                found = self.conduct.state(rule.name)
                self._block(found)
                if found.state is RuleState.ESTABLISHED:
                    return Lineage(rule, found, self._package(found, self.conduct))
        return None

    def _block(self, found: StateFinding, *, undetermined: bool = False) -> None:
        if found.version_open or (undetermined and found.state is RuleState.UNDETERMINED):
            question = found.question or Question(found.rule.name)
            self.blocking.append(Block(question, found.needs))

    def _lets_off(self, found: StateFinding) -> bool:
        """Tell whether the exception that defeats a rule puts nothing in its place."""
        other = self.scene.rulebook.rules[found.defeated_by]
        return (
            other.exception_to == found.rule.name
            and not carries_penalty(other)
            and not any(
                isinstance(c, Reference) for v in other.versions for c in v.all_consequences()
            )
        )

    def _bounded(self, found: StateFinding) -> bool:
        """Tell whether all facts that a rule hangs on are known within bounds.

        What holds at every point of the bounds is determined, so each part of them is tried.
        """
        keys = {need.key for need in found.needs}
        return bool(keys) and all(self._narrow(key) for key in keys)

    def _narrow(self, key: FactKey) -> bool:
        entry = self.scene.entry(key)
        match entry.domain if entry is not None else UNKNOWN:
            case Among() | Known():
                return True
            case Within(low=low, high=high):
                return low is not None and high is not None
            case _:
                return False

    def _package(self, found: StateFinding, states: States) -> Package | None:
        if found.state is not RuleState.ESTABLISHED or found.version is None:
            return None
        view = states.view_of(found)
        package = build_package(found.rule.name, found.version, view, self.scene.answers)
        self.blocking += package.blocks
        return package

    def _lineage(self, rule: Rule, *, compare: bool) -> Lineage:
        found = self.conduct.state(rule.name)
        general = rule.name in self.scene.rulebook.general
        if found.version_open or found.state is RuleState.UNDETERMINED:
            self._block(found, undetermined=general or self._bounded(found))
        package = self._package(found, self.conduct)
        side = Side.CONDUCT if package is not None else Side.NEITHER
        alone = Lineage(rule, found, package, side=side)
        if not compare or rule.dated_by.value == "decision":
            return alone
        if package is None and not general:
            return alone  # a norm that is not established has nothing to compare
        later = self.decision.state(rule.name)
        if later.version is None and not later.version_open and not _repealed(later):
            return alone  # a gap is no lighter law: nothing known stands in the rule's place
        if general:
            return self._general(alone, later)
        return self._substance(alone, later)

    def _general(self, lineage: Lineage, later: StateFinding) -> Lineage:
        """Compare an effect of the general part as a lineage of its own."""
        if later.day == lineage.conduct.day:
            return lineage
        self._block(later, undetermined=True)
        package = self._package(later, self.decision)
        order = weigh_effects(lineage.package, package)
        if order is not Order.LIGHTER:
            return lineage
        side = Side.LATER if package is not None else Side.NEITHER
        weighed = Weighed(order, Step.KINDS)
        return Lineage(
            lineage.rule, lineage.conduct, lineage.package, later, package, weighed, side
        )

    def _substance(self, lineage: Lineage, later: StateFinding) -> Lineage:
        """Compare two versions of a norm as whole packages; the lighter one applies."""
        package = lineage.package
        if package is None or later.day == lineage.conduct.day:
            return lineage
        self._block(later, undetermined=True)
        parts = (lineage.rule, lineage.conduct, package, later)
        if later.state is RuleState.UNDETERMINED:
            return Lineage(*parts, side=Side.CONDUCT)
        if later.state is RuleState.DEFEATED and not self._lets_off(later):
            # another rule stands in its place then: nothing to compare with
            return Lineage(*parts, side=Side.CONDUCT)
        later_package = self._package(later, self.decision)
        weighed = weigh(package, later_package)
        if later.version is lineage.conduct.version and weighed.order is Order.EQUAL:
            return lineage  # no figure that the version reads has changed either
        side = {
            Order.LIGHTER: Side.LATER if later_package is not None else Side.NEITHER,
            Order.OPEN: Side.BOTH,
        }.get(weighed.order, Side.CONDUCT)
        return Lineage(*parts, later_package, weighed, side)


def _ask(scene: Scene, time: LawTime, settled: Mapping[str, StateFinding]) -> States:
    return States(scene, time, settled=settled)


def grow(
    scene: Scene,
    *,
    lighter: bool = True,
    ruled_out: RuledOut | None = None,
    asking: Asking = _ask,
    names: Collection[str] | None = None,
) -> Leaf:
    """Return all that follows for the act; `lighter` False leaves out the lighter later law.

    `ruled_out` are states that hold in this scene too, by another leaf of the act. `names` are the
    rules that are told, in order: all of them, or those that the case can touch.
    """
    told = scene.rulebook.rules if names is None else names
    return _Grower(scene, lighter, ruled_out or {}, asking, told).grow()


def unmoved(leaf: Leaf, scene: Scene) -> RuledOut:
    """Return the states that hold in another scene of the act too: none of what they read differs.

    Edges: a day that picks versions, what the lighter law hangs on and an answered question may
    move any of them.
    """
    before, after = leaf.scene.entries, scene.entries
    if scene.answers != leaf.scene.answers:
        return {}
    changed = {
        f"{key.entity}.{key.fact}" if key.fact else key.entity
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }
    book = scene.rulebook
    if changed & _moving(leaf, book):
        return {}
    read = book.facts_read
    return {
        time: {name: found for name, found in asked.items() if changed.isdisjoint(read[name])}
        for time, asked in leaf.asked.items()
    }


def _moving(leaf: Leaf, rulebook: Rulebook) -> frozenset[str]:
    """Return the paths of the facts that may move the state of any rule."""
    days = frozenset(fact.path for fact in rulebook.roles.values())
    lighter = leaf.lighter_law
    return days if lighter is None else days | rulebook.facts_read[lighter.rule.name]


def _concurrence(effects: tuple[Applied, ...]) -> Concurrence:
    kinds = {applied.effect.kind for applied in effects}
    if EffectKind.HIGHER_FINE in kinds:
        return Concurrence.HIGHER_FINE
    return Concurrence.ONE_FINE if EffectKind.ONE_FINE in kinds else Concurrence.NONE


def _instrument(found: StateFinding) -> str:
    version = found.version
    return version.law[0].instrument if version is not None and version.law else ""


def _repealed(found: StateFinding) -> bool:
    repeal = found.rule.repeal
    low = getattr(found.day, "value", getattr(found.day, "low", None))
    return repeal is not None and low is not None and bool(repeal.start <= low)
