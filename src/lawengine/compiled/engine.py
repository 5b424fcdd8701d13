"""The compiled evaluator: functions made on first touch, and branches where facts are open."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.compiled.branches import Branching, Three, pivot_of
from lawengine.compiled.facts import act_path, added, as_case, as_nodes, exact_facts, nodes
from lawengine.compiled.gate import FactError, Gate
from lawengine.compiled.index import CHAIN, Index, era_of, turning_days
from lawengine.compiled.kleene import seen_in
from lawengine.compiled.outcome import Facts, Outcome
from lawengine.compiled.plan import Plan, PlanWriter
from lawengine.compiled.ratings import Ratings
from lawengine.compiled.roll import Lineages, Roll, party_in
from lawengine.compiled.shapes import Scales
from lawengine.compiled.source import NotCompiled, Source
from lawengine.compiled.standing import Standing
from lawengine.compiled.states import Law
from lawengine.compiled.status_answers import StatusAnswer, answers_in, chains_of, standings_in
from lawengine.deciding.decide import Decided, decide
from lawengine.deciding.decision import ActDecision
from lawengine.evaluation.facts import CaseFacts, Domain, Entry, FactKey, Known
from lawengine.evaluation.intervals import days
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import Scene
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ACT, PARTY, Fact, Role
from lawengine.registers.endings import impossible
from lawengine.registers.findings import StatusFinding
from lawengine.registers.register import Registers, registers, statuses_by
from lawengine.registers.terms import DayRules

Key = tuple[object, object, object]
"""The value of the pivot, the day of the conduct, the day of the decision."""

_DAYS = (Role.CONDUCT_DATE, Role.DECISION_DATE)
MAX_PLANS = 100_000
"""Pairs of days (with the pivot) whose plan is remembered, before the memory starts anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows for one act.

    `outcome` where nothing that is open matters; otherwise `decided` with its branches, without
    reasons and without the rules that are not established because the case cannot touch them.
    """

    path: str
    outcome: Outcome | None
    decided: ActDecision | None


@dataclass(frozen=True, slots=True)
class Whole:
    """What follows of a whole case: its acts, and its statuses by the path of each party.

    What hangs on the case itself stands under the empty path. With `diagnostics` nothing follows:
    the facts exclude each other, or tell of statuses what cannot have been.
    """

    acts: tuple[Answer, ...] = ()
    statuses: Mapping[str, tuple[StatusAnswer, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True, repr=False)
class Engine:
    """Decides cases by functions generated from one rulebook; `lighter` and `days` as in `decide`.

    A function is made when the first case needs it, from the rules that its choice (the pivot)
    can touch, under the versions of its two days: one for exact facts, one in Kleene logic. Where
    something open matters, the branches of the reference are grown over those rules.
    """

    rulebook: Rulebook
    lighter: bool = True
    days: DayRules | None = None
    index: Index = field(init=False)
    outcome: Callable[[Facts, Facts, Facts], Outcome | None] = field(init=False)
    gate: Gate = field(init=False)
    branching: Branching = field(init=False)
    lineages: Lineages = field(init=False)
    ratings: Ratings = field(init=False)
    made: int = 0
    _key: Callable[[Facts, Facts, Facts], Key] = field(init=False)
    _plans: dict[Key, Plan] = field(default_factory=dict)
    _careful: dict[Key, Plan] = field(default_factory=dict)
    _by_era: dict[tuple[object, ...], Plan] = field(default_factory=dict)
    _turns: dict[str | None, list[datetime.date]] = field(default_factory=dict)
    _scales: Scales = field(default_factory=Scales)

    def __post_init__(self) -> None:
        """Read the rulebook once; no code is made yet."""
        self.index = Index(self.rulebook)
        self.ratings = Ratings(self.rulebook)
        self.index.ratings = self.ratings.code
        self.gate = Gate(self.rulebook)
        self.lineages = Lineages(self.rulebook, self.days)
        self.branching = Branching(self.index, self.lighter, self._held)
        vocabulary = self.rulebook.vocabulary
        picks = [
            self.index.pivot,
            vocabulary.with_role(Role.CONDUCT_DATE),
            vocabulary.with_role(Role.DECISION_DATE),
        ]
        source = Source()
        key = f"({', '.join(_read(fact, source) for fact in picks)})"
        source.add(1, f"return {key}")
        self._key = source.function("key(case, party, act)")
        source.lines.clear()
        source.add(1, "try:")
        source.add(2, f"return {source.keep(self._plans)}[{key}](case, party, act)")
        source.add(1, "except KeyError:")
        source.add(2, f"return {source.keep(self._slow)}(case, party, act)")
        self.outcome = source.function("outcome(case, party, act)")

    # --- one act by its plain facts ---
    #
    # `outcome` returns what follows for an act, or None where something open matters: `answer` then
    # gives its branches. The facts must be those that the vocabulary admits: of the right class
    # and inside their bounds. One that is left out is unknown.

    def _slow(self, case: Facts, party: Facts, act: Facts) -> Outcome | None:
        """Return the outcome where the plan must be found first, or a fact is missing."""
        try:
            key = self._key(case, party, act)
        except KeyError:
            return None
        for careful, plans in ((False, self._plans), (True, self._careful)):
            if key in plans and not careful:
                continue  # that one has just found a fact missing
            try:
                if key not in plans:
                    self._remember(key, plans, careful=careful)
                return plans[key](case, party, act)
            except KeyError:
                continue
        return None

    def _remember(self, key: Key, plans: dict[Key, Plan], *, careful: bool) -> None:
        value, conduct, decision = key
        if not isinstance(conduct, datetime.date) or not isinstance(decision, datetime.date):
            raise KeyError
        if len(plans) >= MAX_PLANS:
            plans.clear()
        plans[key] = self._find(value, Known(conduct), Known(decision), careful=careful)

    def _find(self, value: object, conduct: Domain, decision: Domain, *, careful: bool) -> Plan:
        """Return the function for one value of the pivot and two days, exact or within bounds."""
        choice = value if isinstance(value, str) else None
        if choice not in self._turns:
            names = [*self.index.candidates(choice), *self.index.tabled]
            self._turns[choice] = turning_days(names, self.index)
        eras = [era_of(self._turns[choice], day) for day in (conduct, decision)]
        if None in eras:
            return _reference_only
        era = (choice, *eras, conduct == decision, careful)
        if era not in self._by_era:
            one, two = (days(day)[0] for day in (conduct, decision))
            law = Law(one, two, self.lighter, one_day=conduct == decision)
            self._by_era[era] = self._make(choice, law, careful=careful)
        return self._by_era[era]

    def _make(self, value: str | None, law: Law, *, careful: bool) -> Plan:
        self.made += 1
        try:
            return PlanWriter(self.index, law, value, self._scales, careful, self._held).write()
        except NotCompiled:
            return _reference_only

    def _held(self, name: str, case: Facts, party: Facts) -> bool:
        """Return whether a party has a status, by plain facts.

        Raises:
            KeyError: that is open.
        """
        root = as_nodes(case, party, self.rulebook)
        return Roll(self.lineages, root).held(name, party_in(root))

    def settled(self, scene: Scene, facts: Three) -> Outcome | None:
        """Return the outcome of an act where nothing that is open matters, else None.

        `facts` are those of the scene that are exact.
        """
        value = pivot_of(scene, self.index)
        if self.index.pivot is not None and value is None:
            return None
        conduct, decision = (scene.day(role)[0] for role in _DAYS)
        try:
            return self._find(value, conduct, decision, careful=True)(*facts, seen_in(scene))
        except KeyError:
            return None

    # --- whole cases ---

    def decide(self, case: Facts, party: Facts, act: Facts) -> Outcome | None:
        """Return the outcome for facts that are checked first; None as in `outcome`.

        Raises:
            FactError: the vocabulary does not admit them.
        """
        self.gate.check(case, party, act)
        settles = self.gate.settles(case, party, act)
        return self.outcome(case, party, act) if settles else None

    def answer(self, case: Facts, party: Facts, act: Facts) -> Answer:
        """Return the answer for facts that are checked first, whatever is missing of them.

        Raises:
            FactError: the vocabulary does not admit them.
        """
        outcome = self.decide(case, party, act)
        if outcome is not None:
            return Answer(act_path(self.rulebook), outcome, None)
        answers, diagnostics = self.answers(as_case(case, party, act, self.rulebook))
        if diagnostics:
            raise FactError(str(diagnostics[0].words["path"]), "lies outside its bounds")
        return answers[0]

    def facts(
        self, case: CaseFacts, entries: Mapping[FactKey, Entry] | None = None
    ) -> dict[str, Three]:
        """Return the exact facts of case, party and act for each act by its path.

        `entries` are what bounds add to the file.
        """
        more, stated = added(entries or {}), self.index.stated
        root = exact_facts(case.root, self.rulebook, more, stated=stated)
        found: dict[str, Three] = {}
        for party in case.root.children.get(PARTY, ()):
            owner = exact_facts(party, self.rulebook, more, stated=stated)
            for act in party.children.get(ACT, ()):
                deed = exact_facts(act, self.rulebook, more, stated=stated)
                found[act.path] = root, owner, deed
        return found

    def answers(self, case: CaseFacts) -> tuple[tuple[Answer, ...], tuple[Diagnostic, ...]]:
        """Return the answer for each act, or what contradicts itself in the facts."""
        whole = self.whole(case)
        return whole.acts, whole.diagnostics

    def whole(self, case: CaseFacts) -> Whole:
        """Return the answers for each act and each status, or what contradicts itself."""
        prepared = prepare(case, self.rulebook)
        if prepared.diagnostics:
            return Whole(diagnostics=prepared.diagnostics)
        kept = registers(self.rulebook, case.root, self.days)
        statuses, problems = self._statuses(case, prepared.entries, kept)
        if problems:
            return Whole(diagnostics=problems)
        return Whole(tuple(self._answers(case, prepared.entries, kept)), statuses)

    def statuses(self, case: CaseFacts) -> tuple[tuple[StatusAnswer, ...], tuple[Diagnostic, ...]]:
        """Return the answers for each status alone, or what contradicts itself."""
        prepared = prepare(case, self.rulebook)
        if prepared.diagnostics:
            return (), prepared.diagnostics
        kept = registers(self.rulebook, case.root, self.days)
        statuses, problems = self._statuses(case, prepared.entries, kept)
        return tuple(one for some in statuses.values() for one in some), problems

    def _statuses(
        self, case: CaseFacts, entries: Mapping[FactKey, Entry], kept: Registers | None
    ) -> tuple[dict[str, tuple[StatusAnswer, ...]], tuple[Diagnostic, ...]]:
        """Return the statuses of each party, and what the file says of them that cannot be."""
        if kept is None:
            return {}, ()
        root = nodes(case.root, self.rulebook, added(entries))
        register = kept.register(entries)
        roll = Roll(self.lineages, root, register)
        statuses = {path: tuple(answers_in(roll, chain)) for path, chain in chains_of(root)}
        asked = [one.found for some in statuses.values() for one in some]
        problems = [
            problem
            for found in asked
            if isinstance(found, StatusFinding)
            for problem in impossible(found)
        ]
        problems += self.ratings.contradictions(root, register)
        return statuses, tuple(problems)

    def standings(self, case: Facts, party: Facts) -> tuple[Standing | None, ...]:
        """Return what became of each status of a party; None for each that is open.

        The facts must be those that the vocabulary admits, as for `outcome`. Statuses come in the
        order of the rulebook, their instances in that of the facts.
        """
        root = as_nodes(case, party, self.rulebook)
        roll, chain = Roll(self.lineages, root), party_in(root)
        return tuple(found for _, found in standings_in(roll, chain))

    def _answers(
        self, case: CaseFacts, entries: Mapping[FactKey, Entry], kept: Registers | None
    ) -> Iterator[Answer]:
        facts = self.facts(case, entries)
        doors = statuses_by(kept)
        for party in case.root.children.get(PARTY, ()):
            for act in party.children.get(ACT, ()):
                scene = Scene(self.rulebook, case.root, party, act, entries, register=doors)
                exact = facts[act.path]
                outcome = self.outcome(*exact) or self.settled(scene, exact)
                decided = self.branching.decide(case, scene) if outcome is None else None
                yield Answer(act.path, outcome, decided)

    def explain(self, case: CaseFacts) -> Decided:
        """Return the full decision with its trees of reasons, which the reference evaluator builds.

        It is asked on demand only: everything else of a case stands in its answers.
        """
        return decide(case, self.rulebook, lighter=self.lighter, grounds=False, days=self.days)


def _read(fact: Fact | None, source: Source) -> str:
    if fact is None or fact.entity not in CHAIN:
        return "None"
    return f"{fact.entity}[{source.constant(fact.name)}]"


def _reference_only(*_: object) -> Outcome:
    raise KeyError
