"""One act of a case as a scene that can be looked at again with other facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from lawengine.base.dataclass import dataclass
from lawengine.base.errors import LawEngineError
from lawengine.deciding.branching import explore
from lawengine.deciding.folding import Grown
from lawengine.deciding.leaf import Leaf, RuledOut, grow
from lawengine.evaluation.domains import segments
from lawengine.evaluation.facts import (
    UNKNOWN,
    Among,
    CaseFacts,
    Domain,
    Entry,
    FactKey,
    Instance,
    Known,
    Origin,
)
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Need, Question
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY
from lawengine.questions.choices import Groups, choice_groups
from lawengine.questions.narrowing import still_out
from lawengine.registers.register import registers, statuses_by
from lawengine.registers.terms import DayRules

Overrides = Mapping[FactKey, Entry]


class NoSuchActError(LawEngineError):
    """The case has no act at that path, or its facts exclude each other."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no act at `{path}` can be looked at")
        self.path = path


@dataclass(frozen=True, slots=True)
class Situation:
    """One act with facts replaced and open conditions answered; a value, never changed.

    `groups` are the choices that no rule tells apart; `changed` replaces facts of the file;
    `ruled_out` are rules that are out whatever is open.
    """

    case: CaseFacts
    scene: Scene
    groups: Groups
    changed: Overrides = field(default_factory=dict)
    ruled_out: RuledOut = field(default_factory=dict)

    @property
    def rulebook(self) -> Rulebook:
        """Return the rulebook it is looked at with."""
        return self.scene.rulebook

    def with_facts(self, facts: Overrides) -> Situation | None:
        """Return the situation with these facts, or None where they exclude other facts."""
        out = still_out(self.ruled_out, facts, self.rulebook) if self.ruled_out else {}
        return self._prepared(facts, out)

    def _prepared(self, facts: Overrides, out: RuledOut) -> Situation | None:
        changed = {**self.changed, **facts}
        prepared = prepare(self.case, self.rulebook, changed)
        if prepared.diagnostics:
            return None
        scene = replace(self.scene, entries=prepared.entries)
        return replace(self, scene=scene, changed=changed, ruled_out=out)

    def with_value(self, key: FactKey, domain: Domain) -> Situation | None:
        """Return the situation with one open fact narrowed, or None where others exclude that."""
        old = self.scene.entry(key)
        entry = Entry(domain, Origin.ASSUMED) if old is None else replace(old, domain=domain)
        return self._prepared({key: replace(entry, origin=Origin.ASSUMED)}, self.ruled_out)

    def with_answer(self, question: Question, *, answer: bool) -> Situation:
        """Return the situation in which an open condition is met or not."""
        answers = {**self.scene.answers, question: answer}
        return replace(self, scene=replace(self.scene, answers=answers))

    def with_rulebook(self, rulebook: Rulebook) -> Situation:
        """Return the situation looked at with another rulebook of the same vocabulary names."""
        return replace(self, scene=replace(self.scene, rulebook=rulebook), ruled_out={})

    def domain(self, key: FactKey) -> Domain:
        """Return what is known of a fact, presumptions aside."""
        entry = self.scene.entry(key)
        return UNKNOWN if entry is None else entry.domain

    def leaf(self) -> Leaf:
        """Return all that follows, without splitting what is open."""
        return grow(self.scene, ruled_out=self.ruled_out)

    def narrowed(self) -> Situation:
        """Return the situation that knows which rules are out whatever is open."""
        return self.knowing(self.leaf())

    def knowing(self, leaf: Leaf) -> Situation:
        """Return the situation that knows which rules its leaf has found to be out."""
        return replace(self, ruled_out=leaf.ruled_out)

    def branches(self) -> list[Grown]:
        """Return the branches that a decision would show."""
        return explore(self.case, self.scene, self.changed, lighter=True)


def situation(
    case: CaseFacts,
    rulebook: Rulebook,
    act: str,
    changed: Overrides | None = None,
    days: DayRules | None = None,
) -> Situation:
    """Return the act at that path, such as `respondents[1].acts[1]`.

    `days` are the counting rules and calendars, for rules that ask whether a duty is breached.

    Raises:
        NoSuchActError: there is none, or the facts of the case exclude each other.
    """
    prepared = prepare(case, rulebook, changed)
    if not prepared.diagnostics:
        for party, found in acts_of(case):
            if found.path == act:
                doors = statuses_by(registers(rulebook, case.root, days))
                scene = Scene(rulebook, case.root, party, found, prepared.entries, register=doors)
                return Situation(case, scene, choice_groups(rulebook), dict(changed or {}))
    raise NoSuchActError(act)


def acts_of(case: CaseFacts) -> Iterator[tuple[Instance, Instance]]:
    """Yield every act with its party, in the order of the file."""
    for party in case.root.children.get(PARTY, ()):
        for act in party.children.get(ACT, ()):
            yield party, act


def acts_or_idle(case: CaseFacts) -> Iterator[tuple[Instance, Instance | None]]:
    """Yield the same in the same order, and None beside a party of which the file names no act."""
    for party in case.root.children.get(PARTY, ()):
        for act in party.children.get(ACT, ()) or (None,):
            yield party, act


def answers_to(key: FactKey, needs: tuple[Need, ...], at: Situation) -> list[Domain]:
    """Return the answers to a fact that make a difference; fewer than two where none can be listed.

    Edges: dates, amounts and counts are split where a need says so; rates, texts, periods and
    missing lists have no finite set of answers.
    """
    if not key.fact:
        return []
    fact = at.rulebook.vocabulary.fact(key.entity, key.fact)
    domain = at.domain(key)
    if fact.type.kind is Kind.YES_NO:
        return [Known(value=True), Known(value=False)]
    if fact.type.kind is Kind.CHOICE:
        return [
            Known(names[0]) if len(names) == 1 else Among(frozenset(names))
            for group in at.groups[fact.path]
            if (names := _left(group, domain))
        ]
    if fact.type.kind in (Kind.RATE, Kind.TEXT, Kind.PERIOD):
        return []
    cuts = [n.cut for n in needs if n.key == key and n.cut is not None]
    return segments(domain, [(cut.comparison, cut.value) for cut in cuts])


def _left(group: tuple[str, ...], domain: Domain) -> tuple[str, ...]:
    """Return the choices of a group that what is known leaves open."""
    if isinstance(domain, Among):
        return tuple(name for name in group if name in domain.options)
    return group
