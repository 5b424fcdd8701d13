"""The state of each rule for one act: version, conditions, defeat."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum
from typing import Protocol, TypeVar

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth, conjunction, truth
from lawengine.evaluation.domains import from_truth, intersect
from lawengine.evaluation.evaluate import Holds, View, evaluate, nothing_known
from lawengine.evaluation.facts import UNKNOWN, Domain, Entry, FactKey, Instance
from lawengine.evaluation.intervals import changes, days, uncovered
from lawengine.evaluation.questions import question_of
from lawengine.evaluation.trace import Cut, Finding, Need, Question, merge_needs
from lawengine.model.expressions import Comparison, Constant
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedBy, Interval, Rule, Version
from lawengine.model.scenarios import RuleState
from lawengine.model.types import YES_NO
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Role

EXCLUDED = -2
"""The place of the question whether another rule excludes this one."""


class LawTime(StrEnum):
    """Whose law is asked for: that of the conduct, or that of the decision."""

    CONDUCT = "conduct"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Scene:
    """One act of one party with everything known about it.

    `entries` are what bounds and assumptions add to the file, by fact; `answers` settle open
    conditions that no single fact settles. `register` gives the statuses that follow from such
    entries; None where the rulebook has none.
    """

    rulebook: Rulebook
    case: Instance
    party: Instance
    act: Instance
    entries: Mapping[FactKey, Entry] = field(default_factory=dict)
    answers: Mapping[Question, bool] = field(default_factory=dict)
    register: Callable[[Mapping[FactKey, Entry]], Holds] | None = None

    def holds(self) -> Holds:
        """Return the door to the statuses that follow from what is known in this scene."""
        return nothing_known if self.register is None else self.register(self.entries)

    def entry(self, key: FactKey) -> Entry | None:
        """Return what is known of a fact anywhere in the case, what bounds add included."""
        if key in self.entries:
            return self.entries[key]
        for instance in self.case.walk():
            if instance.path == key.instance and instance.entity == key.entity:
                return instance.entry(key.fact)
        return None

    def day(self, role: Role) -> tuple[Domain, FactKey | None]:
        """Return what is known of the date that serves as `role`, and which fact it is."""
        fact = self.rulebook.roles.get(role)
        if fact is None:
            return UNKNOWN, None
        instance = {ROOT: self.case, PARTY: self.party, ACT: self.act}[fact.entity]
        key = instance.key(fact.name)
        entry = self.entries.get(key, instance.entry(fact.name))
        return (entry.domain if entry else UNKNOWN), key


@dataclass(frozen=True, slots=True)
class StateFinding:
    """What became of a rule, and from what.

    `version` is None where no version is in force, or where the day leaves it open which.
    """

    rule: Rule
    version: Version | None
    state: RuleState
    when: Finding | None = None
    exclusions: tuple[Finding, ...] = ()
    defeated_by: str = ""
    needs: tuple[Need, ...] = ()
    version_open: bool = False
    day: Domain = UNKNOWN
    day_key: FactKey | None = None
    question: Question | None = None

    @property
    def truth(self) -> Truth:
        """Return whether the rule is established."""
        if self.state is RuleState.ESTABLISHED:
            return Truth.TRUE
        return Truth.UNKNOWN if self.state is RuleState.UNDETERMINED else Truth.FALSE


@dataclass(slots=True)
class States:
    """Asks every rule about one act under the law of one time; each is asked once.

    `reach_back` asks under the later law: where the lighter law applies, a rule of the general part
    counts as established for other rules when either law establishes it. `settled` holds states
    that another scene of the act has found and this one cannot change.
    """

    scene: Scene
    time: LawTime
    known: dict[str, StateFinding] = field(default_factory=dict)
    reach_back: States | None = None
    settled: Mapping[str, StateFinding] = field(default_factory=dict)
    views: dict[tuple[Domain, FactKey | None], View] = field(default_factory=dict)
    told: dict[str, Finding] = field(default_factory=dict)

    def ruled_out(self) -> dict[str, StateFinding]:
        """Return the rules that no narrowing of the facts can establish.

        Edges: while it is open which version is meant, a narrower day may still name it; such a
        rule is asked again.
        """
        return {
            name: found
            for name, found in self.known.items()
            if found.state is RuleState.NOT_ESTABLISHED and found.version is not None
        }

    def view(self, day: Domain, key: FactKey | None) -> View:
        """Return what conditions see, with figures as of `day`."""
        if (day, key) not in self.views:
            scene = self.scene
            instances = {ROOT: scene.case, PARTY: scene.party, ACT: scene.act}
            self.views[day, key] = View(
                scene.rulebook, instances, day, key, self.established, scene.entries,
                self.time.value, {}, scene.holds(),
            )  # fmt: skip
        return self.views[day, key]

    def view_of(self, found: StateFinding) -> View:
        """Return the view in which the consequences of a rule are read."""
        return self.view(found.day, found.day_key)

    def established(self, name: str) -> Finding:
        """Return whether a rule counts as established for another one that asks."""
        if name not in self.told:
            self.told[name] = self._established(name)
        return self.told[name]

    def _established(self, name: str) -> Finding:
        found, book = self.state(name), self.scene.rulebook
        result, needs = found.truth, found.needs
        if result is not Truth.TRUE and self.reach_back is not None and name in book.merciful:
            later = self.reach_back.state(name)
            result, needs = result | later.truth, merge_needs(needs, later.needs)
        asked = Constant(value=True, type=YES_NO)
        return Finding(asked, from_truth(result), () if result is Truth.TRUE else needs)

    def state(self, name: str) -> StateFinding:
        """Return the state of a rule.

        Law: an exception defeats its rule, and a rule that prevails over it does too; both are
        asked first. The rulebook has no circles among them (LAW307).
        """
        if name not in self.known:
            found = self.settled.get(name)
            self.known[name] = found or self._settle(self.scene.rulebook.rules[name])
        return self.known[name]

    def _settle(self, rule: Rule) -> StateFinding:
        by_decision = self.time is LawTime.DECISION or rule.dated_by is DatedBy.DECISION
        role = Role.DECISION_DATE if by_decision else Role.CONDUCT_DATE
        day, key = self.scene.day(role)
        candidates, gap = versions_within(rule, day)
        found = [self._try(rule, version, in_force(day, version), key) for version in candidates]
        alive = [item for item in found if item.state is not RuleState.NOT_ESTABLISHED]
        if not alive:
            if len(found) == 1 and not gap:
                return found[0]
            return StateFinding(
                rule, None, RuleState.NOT_ESTABLISHED, day=day, day_key=key,
                when=found[0].when if found else None,
            )  # fmt: skip
        if len(found) > 1 or gap:
            needs = date_needs(rule, day, key)
            return StateFinding(
                rule, None, RuleState.UNDETERMINED, needs=needs, version_open=True,
                day=day, day_key=key,
            )  # fmt: skip
        return self._defeat(alive[0])

    def read(
        self, _: Rule, version: Version, day: Domain, key: FactKey | None
    ) -> tuple[Truth, Finding | None, tuple[Finding, ...]]:
        """Return whether the conditions of a version are met, and what they found."""
        view = self.view(day, key)
        when = evaluate(version.when, view) if version.when is not None else None
        exclusions = tuple(evaluate(item, view) for item in version.exclusions)
        result = conjunction(
            [when.truth if when else Truth.TRUE, *(~item.truth for item in exclusions)]
        )
        return result, when, exclusions

    def _try(self, rule: Rule, version: Version, day: Domain, key: FactKey | None) -> StateFinding:
        result, when, exclusions = self.read(rule, version, day, key)
        question = None
        if result is Truth.UNKNOWN:
            question = question_of(self.scene.rulebook, rule, version, self.time.value)
            result = truth(self.scene.answers.get(question))
        state, needs = RuleState.ESTABLISHED, merge_needs()
        if result is Truth.FALSE:
            state = RuleState.NOT_ESTABLISHED
        elif result is Truth.UNKNOWN:
            state = RuleState.UNDETERMINED
            parts = [when] if when else []
            open_parts = [p for p in [*parts, *exclusions] if p.truth is Truth.UNKNOWN]
            needs = merge_needs(*(part.needs for part in open_parts))
        return StateFinding(
            rule, version, state, when, exclusions, needs=needs, day=day, day_key=key,
            question=question,
        )  # fmt: skip

    def _defeat(self, found: StateFinding) -> StateFinding:
        doubts: list[Need] = []
        doubtful = ""
        book = self.scene.rulebook
        for other in (book.rules[name] for name in book.attackers[found.rule.name]):
            attacker = self.state(other.name)
            if other.exception_to != found.rule.name and not _prevails(attacker, found.rule.name):
                continue
            if attacker.truth is Truth.TRUE:
                return StateFinding(
                    found.rule, found.version, RuleState.DEFEATED, found.when, found.exclusions,
                    other.name, day=found.day, day_key=found.day_key,
                )  # fmt: skip
            if attacker.truth is Truth.UNKNOWN:
                doubtful = doubtful or other.name
                doubts += attacker.needs
        if doubtful and found.state is RuleState.ESTABLISHED:
            question = Question(found.rule.name, EXCLUDED, wording=self.time.value)
            answer = self.scene.answers.get(question)
            if answer is None:
                return replace(
                    found, state=RuleState.UNDETERMINED, needs=merge_needs(tuple(doubts)),
                    question=question,
                )  # fmt: skip
            if answer:
                return replace(found, state=RuleState.DEFEATED, defeated_by=doubtful)
        return found


def _prevails(attacker: StateFinding, name: str) -> bool:
    """Tell whether the version that is in force prevails (any of them, while that is open)."""
    if attacker.version is not None:
        return name in attacker.version.prevails_over
    return attacker.version_open


def in_force(day: Domain, version: _InForce) -> Domain:
    """Return the days of `day` on which `version` is in force."""
    return intersect(day, version.interval.start, version.interval.end) or day


class _InForce(Protocol):
    """A version of a rule or of a status."""

    @property
    def interval(self) -> Interval:
        """Return when it is in force."""


V = TypeVar("V", bound=_InForce)
V_co = TypeVar("V_co", bound=_InForce, covariant=True)


class Dated(Protocol[V_co]):
    """A lineage: a rule or a status, with its versions in order."""

    @property
    def versions(self) -> Sequence[V_co]:
        """Return the versions in order."""

    def version_at(self, day: datetime.date) -> V_co | None:
        """Return the version in force on that day, or None."""


def versions_within(rule: Dated[V], day: Domain) -> tuple[list[V], bool]:
    """Return the versions that may be in force on `day`, and whether there may be none.

    Edges: for an exact day that is at most one; an expired version is never a fallback.
    """
    first, last = days(day)
    if first == last:
        version = rule.version_at(first)
        return ([], True) if version is None else ([version], False)
    span = Interval(first, last)
    found = [v for v in rule.versions if v.interval.overlaps(span)]
    return found, uncovered([version.interval for version in found], first, last)


def date_needs(rule: Dated[V], day: Domain, key: FactKey | None) -> tuple[Need, ...]:
    """Return the days at which the law changes inside the bounds of an uncertain date."""
    if key is None:
        return ()
    edges = changes((version.interval for version in rule.versions), *days(day))
    return tuple(Need(key, Cut(Comparison.AT_LEAST, edge)) for edge in edges)
