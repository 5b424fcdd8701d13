"""The register of a case: every status of every instance, each worked out once.

Statuses ask facts, definitions and other statuses, never rules; the rulebook has no circle among
them, so asking one asks those below it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from lawengine.base.calendar import Period
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.truth import Truth, conjunction, disjunction
from lawengine.evaluation.absence import is_absent
from lawengine.evaluation.domains import bounds, compare, from_truth, within
from lawengine.evaluation.evaluate import Holds, View, evaluate
from lawengine.evaluation.facts import UNKNOWN, Domain, Entry, FactKey, Instance, Known
from lawengine.evaluation.states import date_needs, in_force, versions_within
from lawengine.evaluation.trace import Cut, Finding, Need, merge_needs
from lawengine.model.expressions import Comparison, Constant, LastDay, StatusHolds
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import (
    Status,
    StatusKind,
    StatusState,
    StatusVersion,
    TermCase,
    TermCases,
)
from lawengine.model.types import DATE, YES_NO
from lawengine.model.vocabulary import PARTY, ROOT, Role
from lawengine.registers.endings import Life, come, endings_of, impossible
from lawengine.registers.findings import (
    ABSENT,
    ENDED,
    OVER,
    RUNNING,
    EndingFinding,
    Reached,
    StatusFinding,
    VersionFinding,
)
from lawengine.registers.past import stood_since
from lawengine.registers.rating_findings import GradeFinding, ScoreFinding
from lawengine.registers.ratings import Rater, off_scale
from lawengine.registers.terms import DayRules, Term, TermCounter, either

Chain = Mapping[str, Instance]
Cases = tuple[tuple[TermCase, Finding | None], ...]


@dataclass(slots=True)
class Register:
    """Answers what lists, benefits and duties came to, on the decision day of the case.

    `entries` are what bounds and assumptions add to the file. Nothing is written back: other facts
    make another register. `asked_on` is the day on which every state is asked, None for the day of
    the decision: what the file dates after it had not happened by then.
    """

    rulebook: Rulebook
    root: Instance
    entries: Mapping[FactKey, Entry]
    counter: TermCounter
    asked_on: Domain | None = None
    _known: dict[tuple[str, str], StatusFinding | None] = field(default_factory=dict)
    _held: dict[tuple[str, str | None], Finding] = field(default_factory=dict)
    rater: Rater = field(init=False)

    def __post_init__(self) -> None:
        self.rater = Rater(self.rulebook, self.view)

    # --- asked by conditions ---

    def holds(self, name: str, instances: Chain, since: Finding | None = None) -> Finding:
        """Return whether a status holds for the party in view; "" asks for any register at all.

        With `since`, whether it does or did on some day from that one on. A score or grade gives
        its points or level: of the instance in view that has it.

        Law: a file that says nothing of what a status hangs on leaves it open, never denied.
        """
        if name in self.rulebook.scores or name in self.rulebook.grades:
            return self.rater.rated(name, instances)
        if since is not None:
            return self._holds(name, instances, since)
        party = instances.get(PARTY)
        key = name, None if party is None else party.path
        if key not in self._held:
            self._held[key] = self._holds(name, instances, None)
        return self._held[key]

    def _holds(self, name: str, instances: Chain, since: Finding | None) -> Finding:
        asked = StatusHolds(name, YES_NO, since=None if since is None else since.expression)
        if not name:
            statuses = self.rulebook.statuses.values()
            lists = (one.name for one in statuses if one.is_register)
            parts = tuple(self.holds(one, instances, since) for one in lists)
            return _asked(asked, [part.truth for part in parts], parts)
        status = self.rulebook.statuses.get(name)
        if status is None:
            return Finding(asked, UNKNOWN)
        reached = self.reach(status.entity, instances)
        found = [self._once(status, chain) for chain in reached.chains]
        truths = [Truth.UNKNOWN if one is None else _held(one, since) for one in found]
        open_needs = [
            (*one.needs, *(since.needs if since is not None else ()))
            for one, truth in zip(found, truths, strict=True)
            if one is not None and truth is Truth.UNKNOWN
        ]
        truths += [Truth.UNKNOWN] * bool(reached.missing)
        return _asked(asked, truths, (), merge_needs(reached.missing, *open_needs))

    def last_day(self, name: str, instances: Chain) -> Finding:
        """Return the last day to do a duty of what is in view; unknown where none is owed.

        Law: a duty whose conditions are open may have no last day, but if it has one, this is it.
        """
        asked, status = LastDay(name, DATE), self.rulebook.statuses.get(name)
        if status is None or status.entity not in instances:
            return Finding(asked, UNKNOWN)
        line = self.rulebook.vocabulary.line(status.entity)
        found = self._once(status, {one: instances[one] for one in reversed(line)})
        version = None if found is None else found.version
        if found is None or found.state in ABSENT.values():
            return Finding(asked, UNKNOWN)
        if version is None or version.term is None:
            return Finding(asked, UNKNOWN, found.needs)
        last = version.term.last
        settled = isinstance(last, Known)
        timed = [part.needs for _, part in version.cases if part and part.truth is Truth.UNKNOWN]
        needs = () if settled else merge_needs(version.start.needs, *timed, found.needs)
        return Finding(asked, last, needs, (version.start,))

    # --- asked for the answer ---

    def late(self, found: StatusFinding) -> Finding | None:
        """Return what is added to a duty because it is late, None where nothing is.

        Edges: nothing is added while its term runs, nor where it was done in time; an amount is
        never less than nothing.
        """
        version = found.version
        if version is None or version.version.late is None:
            return None
        if StatusState.BREACHED not in found.states and version.late is Truth.FALSE:
            return None
        view = self.view(found.chain, found.day, found.day_key)
        added = evaluate(version.version.late.amount, view)
        low, high = bounds(added.domain)
        if high is None or (isinstance(low, int) and low >= 0):
            return added
        return replace(added, domain=within(0, high))

    def findings(self, within: Chain) -> Iterator[StatusFinding]:
        """Yield what became of each status of each instance in or below what is given.

        Edges: instances above are left out: what hangs on the case itself is asked with the case.
        """
        for name, entity in self._hanging_on(within, self.rulebook.status_entities):
            for chain in self.reach(entity, within).chains:
                yield self.finding(self.rulebook.statuses[name], chain)

    def scores(self, within: Chain) -> Iterator[ScoreFinding]:
        """Yield the score of each instance in or below what is given."""
        for name, entity in self._hanging_on(within, self._entities()[1]):
            if name in self.rulebook.scores:
                for chain in self.reach(entity, within).chains:
                    yield self.rater.score(self.rulebook.scores[name], chain)

    def grades(self, within: Chain) -> Iterator[GradeFinding]:
        """Yield the grade of each instance in or below what is given."""
        for name, entity in self._hanging_on(within, self._entities()[1]):
            if name in self.rulebook.grades:
                for chain in self.reach(entity, within).chains:
                    yield self.rater.grade(self.rulebook.grades[name], chain)

    def unasked(self, within: Chain) -> tuple[str, ...]:
        """Return what the file lacks a list for: of what it hangs on, or of what it looks at."""
        return tuple(
            name
            for entities in self._entities()
            for name, entity in self._hanging_on(within, entities)
            if self._lacks(name, entity, within)
        )

    def _lacks(self, name: str, entity: str, within: Chain) -> bool:
        reached = self.reach(entity, within)
        if name in self.rulebook.watches:
            status = self.rulebook.statuses[name]
            unlooked = any(self.finding(status, chain).unlooked for chain in reached.chains)
            return unlooked or bool(reached.missing)
        return bool(reached.missing)

    def _entities(self) -> tuple[Mapping[str, str], ...]:
        book = self.rulebook
        return book.status_entities, book.rating_entities

    def _hanging_on(self, within: Chain, entities: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield what there is of instances in or below what is given, and what it hangs on."""
        bottom = list(within)[-1]
        for name, entity in entities.items():
            line = self.rulebook.vocabulary.line(entity)
            if bottom in line and not (bottom == ROOT and PARTY in line):
                yield name, entity

    def contradictions(self) -> tuple[Diagnostic, ...]:
        """Return what the file says of statuses that cannot have been, such as a removal first."""
        parties = self.root.children.get(PARTY, ())
        chains: list[Chain] = [{ROOT: self.root}]
        chains += [{ROOT: self.root, PARTY: party} for party in parties]
        return tuple(
            problem
            for chain in chains
            for problem in (
                *(one for found in self.findings(chain) for one in impossible(found)),
                *(one for found in self.scores(chain) for one in off_scale(found)),
            )
        )

    def finding(self, status: Status, chain: Chain) -> StatusFinding:
        """Return what became of a status for the last instance of the chain.

        Raises:
            RecursionError: the status asks for itself, which no rulebook without errors does.
        """
        found = self._once(status, chain)
        if found is None:
            raise RecursionError(status.name)
        return found

    def reach(self, entity: str, instances: Chain) -> Reached:
        """Return the instances of an entity that belong to the party in view, or to the case.

        Edges: where no party is in view, those of the whole case.
        """
        line = self.rulebook.vocabulary.line(entity)
        above = PARTY if PARTY in line and PARTY in instances else ROOT
        start = line.index(above)
        chain = {name: instances.get(name, self.root) for name in reversed(line[start:])}
        return self._below(line[:start], chain)

    # --- one instance ---

    def _below(self, line: Sequence[str], chain: Chain) -> Reached:
        """Return the chains down to the first entity of `line`, whose last is the next below."""
        if not line:
            return Reached((chain,))
        entity, owner = line[-1], list(chain.values())[-1]
        group = owner.children.get(entity)
        if group is None:
            return Reached((), (Need(FactKey(owner.path, entity, "")),))
        found = [self._below(line[:-1], {**chain, entity: item}) for item in group]
        chains = tuple(one for part in found for one in part.chains)
        return Reached(chains, tuple(need for part in found for need in part.missing))

    def _once(self, status: Status, chain: Chain) -> StatusFinding | None:
        """Return what became of the status, None while that is being asked."""
        key = status.name, chain[status.entity].path
        if key not in self._known:
            self._known[key] = None
            self._known[key] = self._find(status, chain)
        return self._known[key]

    def _find(self, status: Status, chain: Chain) -> StatusFinding:
        on, on_needs = self.decided(chain)
        dated = evaluate(status.dated_by, self.view(chain, UNKNOWN, None))
        candidates, gap = versions_within(status, dated.domain)
        found = tuple(
            self._version(status, version, in_force(dated.domain, version), dated, chain)
            for version in candidates
        )
        states = frozenset(state for version in found for state in version.states)
        states |= {ABSENT[status.kind]} if gap else set()
        needs: tuple[Need, ...] = ()
        if len(states) > 1:
            if len(found) > 1 or (found and gap):
                needs = date_needs(status, dated.domain, dated.key)
            needs = merge_needs(needs, *(version.needs for version in found), on_needs)
        return StatusFinding(
            status, chain[status.entity], chain, on, dated.domain, dated.key, found, gap, states,
            needs,
        )  # fmt: skip

    def decided(self, chain: Chain) -> tuple[Domain, tuple[Need, ...]]:
        """Return the day of the decision, on which every state is asked, and what would settle it.

        Edges: it may be a fact of something that is not in view; the day is open then.
        """
        if self.asked_on is not None:
            return self.asked_on, ()
        fact = self.rulebook.roles.get(Role.DECISION_DATE)
        instance = chain.get(fact.entity) if fact is not None else None
        if fact is None or instance is None:
            return UNKNOWN, ()
        key = instance.key(fact.name)
        entry = self.entries.get(key, instance.entry(fact.name))
        domain = entry.domain if entry is not None else UNKNOWN
        return domain, () if isinstance(domain, Known) else (Need(key),)

    def view(self, chain: Chain, day: Domain, key: FactKey | None) -> View:
        """Return what the conditions of a status see, with figures as of `day`."""
        return View(
            self.rulebook, chain, day, key, _no_rules, self.entries, "", {}, self.holds,
            self.last_day,
        )  # fmt: skip

    def _version(
        self,
        status: Status,
        version: StatusVersion,
        day: Domain,
        dated: Finding,
        chain: Chain,
    ) -> VersionFinding:
        view, (on, _) = self.view(chain, day, dated.key), self.decided(chain)
        when = evaluate(version.when, view) if version.when is not None else None
        exclusions = tuple(evaluate(item, view) for item in version.exclusions)
        truth = conjunction(
            [when.truth if when else Truth.TRUE, *(~item.truth for item in exclusions)]
        )
        start = evaluate(version.before or version.start or status.dated_by, view)
        begun = come(start, on) if version.before is None else Truth.TRUE
        if is_absent(dated.entry) and version.before != status.dated_by:
            begun &= come(dated, on)  # what a step dates does not come about without it
        term, cases = self._term(status, version, start.domain, view)
        over = compare(Comparison.MORE, on, term.last) if term is not None else Truth.FALSE
        since = start.domain if version.before is None else None
        life = Life(view, on, since, term, self.counter, may_be_late=_is_duty(status))
        endings = endings_of(version, life)
        states = _states(status, version, truth & begun, over, [e.truth for e in endings])
        timed = [condition for _, condition in cases]
        parts = [part for part in (when, *exclusions, *timed) if part is not None]
        needs = [part.needs for part in parts if part.truth is Truth.UNKNOWN]
        needs += [_until(start, on) if version.before is None else start.needs]
        needs += [*(life.needs(ending) for ending in endings)]
        late = _late(term, endings, life)
        return VersionFinding(
            version, day, truth, when, exclusions, start, begun, term, over, endings, states,
            merge_needs(*needs) if len(states) > 1 else (), late, dated, cases,
        )  # fmt: skip

    def _term(
        self, status: Status, version: StatusVersion, start: Domain, view: View
    ) -> tuple[Term | None, Cases]:
        """Return the term, and the cases that it hangs on, up to the one that applies."""
        if not isinstance(version.term, TermCases):
            return self._counted(status, version, version.term, start), ()
        looked = tuple(_looked(version.term, view))
        terms = [
            term
            for case, condition in looked
            if condition is None or condition.truth is not Truth.FALSE
            for term in [self._counted(status, version, case.period, start)]
            if term is not None
        ]
        return either(terms), looked

    def _counted(
        self, status: Status, version: StatusVersion, period: Period | None, start: Domain
    ) -> Term | None:
        if version.before is not None:
            return self.counter.before(start, period, version.law)
        if period is None:
            return None
        if _is_duty(status):
            return self.counter.due(start, period, version.law)
        return self.counter.lasting(start, period)


def _held(found: StatusFinding, since: Finding | None) -> Truth:
    """Return whether a status holds, or did on some day since then."""
    return found.holds if since is None else stood_since(found, since.domain)


def _looked(term: TermCases, view: View) -> Iterator[tuple[TermCase, Finding | None]]:
    """Yield each case with its condition, up to the first that is met."""
    for case in term.cases:
        found = None if case.condition is None else evaluate(case.condition, view)
        yield case, found
        if found is None or found.truth is Truth.TRUE:
            return


@dataclass(slots=True)
class Registers:
    """Makes the register for facts as they stand; the last one is kept while they do."""

    rulebook: Rulebook
    root: Instance
    counter: TermCounter
    _last: Register | None = None

    def register(self, entries: Mapping[FactKey, Entry]) -> Register:
        """Return the register for what bounds and assumptions add to the file."""
        if self._last is None or self._last.entries is not entries:
            self._last = Register(self.rulebook, self.root, entries, self.counter)
        return self._last


def statuses_by(kept: Registers | None) -> Callable[[Mapping[FactKey, Entry]], Holds] | None:
    """Return the door to the statuses that a scene is given; None where there are none."""
    return None if kept is None else lambda entries: kept.register(entries).holds


def registers(rulebook: Rulebook, root: Instance, days: DayRules | None = None) -> Registers | None:
    """Return what makes the registers of a case; None where the rulebook has nothing to ask."""
    rated = rulebook.statuses or rulebook.scores or rulebook.grades
    return Registers(rulebook, root, TermCounter(days)) if rated else None


def _is_duty(status: Status) -> bool:
    return status.kind is StatusKind.DUTY


def _states(
    status: Status, version: StatusVersion, bound: Truth, over: Truth, endings: list[Truth]
) -> frozenset[StatusState]:
    """Return every state that is possible by what is known.

    INVARIANT: each truth only narrows as facts become known, so what is settled stays settled.
    """
    found: set[StatusState] = set()
    if bound is not Truth.TRUE:
        found.add(ABSENT[status.kind])
    if bound is Truth.FALSE:
        return frozenset(found)
    ended = disjunction(endings)
    found |= {
        ENDED[ending.kind]
        for ending, truth in zip(version.endings, endings, strict=True)
        if truth is not Truth.FALSE
    }
    if ended is not Truth.TRUE:
        if over is not Truth.FALSE:
            found.add(StatusState.LAPSED if version.right else OVER[status.kind])
        if over is not Truth.TRUE:
            found.add(RUNNING[status.kind])
    return frozenset(found)


def _late(term: Term | None, endings: tuple[EndingFinding, ...], life: Life) -> Truth:
    """Return whether a duty was discharged after its last day; no where it was not discharged."""
    if term is None or not life.may_be_late:
        return Truth.FALSE
    days = [ending.day for ending in endings if ending.truth is Truth.TRUE]
    return disjunction(
        Truth.UNKNOWN if day is None else compare(Comparison.MORE, day, term.last) for day in days
    )


def _until(start: Finding, on: Domain) -> tuple[Need, ...]:
    """Return what would settle when it began: above all whether before the decision."""
    if start.key is None or not isinstance(on, Known) or not start.needs:
        return start.needs
    return merge_needs((Need(start.key, Cut(Comparison.AT_MOST, on.value)),), start.needs)


def _asked(
    asked: StatusHolds,
    truths: list[Truth],
    parts: tuple[Finding, ...],
    needs: tuple[Need, ...] = (),
) -> Finding:
    truth = disjunction(truths)
    if truth is not Truth.UNKNOWN:
        return Finding(asked, from_truth(truth), (), parts)
    inner = (part.needs for part in parts if part.truth is Truth.UNKNOWN)
    return Finding(asked, UNKNOWN, merge_needs(needs, *inner), parts)


def _no_rules(_rule: str) -> Finding:
    """Return that nothing is known: statuses ask no rules."""
    return Finding(Constant(value=True, type=YES_NO), UNKNOWN)
