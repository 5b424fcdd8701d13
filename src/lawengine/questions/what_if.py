"""The nearest changes of facts that flip the outcome of an act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, islice

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import FineTotal
from lawengine.deciding.leaf import Leaf, carries_penalty
from lawengine.evaluation.facts import CaseFacts, Domain, Entry, FactKey, Known, Origin
from lawengine.model.expressions import Value
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.questions.needs import total
from lawengine.questions.openness import (
    completions,
    consequent,
    highest_fine,
    leads_on,
    penalised,
    refers_away,
)
from lawengine.questions.repairs import Repair, candidates, distance, halfway, one_nearer
from lawengine.questions.scenes import Situation, situation
from lawengine.questions.wording import fact_of, key_label, known_label
from lawengine.registers.terms import DayRules

MAX_LOOKS = 400
"""A look takes 5 to 10 ms; an act with everything known needs about 150. This is a stop."""

MAX_CHANGES = 12
MAX_LEAVES = 64


class Goal(StrEnum):
    """What outcome is wanted."""

    NO_VIOLATION = "no-violation"
    NO_PENALTY = "no-penalty"
    LOWER_MAXIMUM = "lower-maximum"
    FINE_AT_MOST = "fine-at-most"
    NOT_ESTABLISHED = "not-established"
    ESTABLISHED = "established"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An outcome that is wanted; `fen` for a fine of at most that much, `rule` for its state."""

    goal: Goal
    fen: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One fact of a change: what it is now and what it would be.

    `in_power` tells that the party itself can still bring it about; `presumed` that the file is
    silent and a presumption holds now.
    """

    key: FactKey
    label: Label
    before: Domain
    before_label: Label
    after: Domain
    after_label: Label
    in_power: bool
    presumed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that together flip the outcome; none of them can be left out.

    `fine` contains the ranges that are left, `penalised` tells whether any penalty is.
    """

    facts: tuple[ChangedFact, ...]
    fine: FineTotal
    penalised: bool

    @property
    def in_power(self) -> bool:
        """Tell whether every fact of it is within the party's power."""
        return all(fact.in_power for fact in self.facts)


def what_if(
    case: CaseFacts,
    rulebook: Rulebook,
    act: str,
    wanted: Wanted,
    *,
    powers: frozenset[str] | None = None,
    limit: int = MAX_LOOKS,
    days: DayRules | None = None,
) -> list[Change]:
    """Return the nearest changes that give the wanted outcome, the smallest first.

    A change gives the outcome whatever the facts that stay open turn out to be, and no proper part
    of it does. None are returned where the outcome is there already, or out of reach. `powers`
    names the facts, such as `act.kind`, that are within the party's power; without it they are
    those that the vocabulary says the party can change. `limit` bounds how often the act is looked
    at; `days` are the counting rules and calendars.

    Raises:
        NoSuchActError: the case has no such act, or its facts exclude each other.
        KeyError: there is no such rule.
    """
    if wanted.rule:
        _ = rulebook.rules[wanted.rule]
    start = situation(case, rulebook, act, days=days).narrowed()
    search = _Search(start, _test(wanted, start), limit, wanted.goal is Goal.NO_VIOLATION)
    if search.meets({}):
        return []
    within = powers if powers is not None else declared_powers(rulebook)
    changes = [_change(start, repair, within) for repair in search.minimal(wanted.rule)]
    changes.sort(key=_rank)
    return changes[:MAX_CHANGES]


def declared_powers(rulebook: Rulebook) -> frozenset[str]:
    """Return the facts of which the vocabulary says that the party can change them."""
    return frozenset(fact.path for fact in rulebook.vocabulary.facts() if fact.party_can_change)


_Test = Callable[[Leaf], bool]


def _test(wanted: Wanted, start: Situation) -> _Test:
    match wanted.goal:
        case Goal.NO_VIOLATION:
            return lambda leaf: not _violated(leaf)
        case Goal.NO_PENALTY:
            return lambda leaf: not (penalised(leaf) or _penal_open(leaf) or refers_away(leaf))
        case Goal.NOT_ESTABLISHED:
            return lambda leaf: (
                _state(leaf, wanted.rule)
                in (
                    RuleState.NOT_ESTABLISHED,
                    RuleState.DEFEATED,
                )
            )
        case Goal.ESTABLISHED:
            return lambda leaf: _state(leaf, wanted.rule) is RuleState.ESTABLISHED
        case Goal.FINE_AT_MOST:
            highest: int | None = wanted.fen
        case Goal.LOWER_MAXIMUM:
            found = [highest_fine(leaf) for leaf in islice(completions(start), MAX_LEAVES)]
            if not any(fined for _, fined in found):
                return lambda _: True  # nothing is lower than no fine
            highs = [high for high, fined in found if fined]
            highest = None if None in highs else max(h for h in highs if h is not None) - 1

    def low_enough(leaf: Leaf) -> bool:
        if _penal_open(leaf) or refers_away(leaf):
            return False  # what another law allows is not known here
        high, fined = highest_fine(leaf)
        return not fined or (high is not None and (highest is None or high <= highest))

    return low_enough


def _violated(leaf: Leaf) -> bool:
    """Tell whether any rule orders, penalises or sends the case on, or may."""
    return any(
        consequent(lineage)
        or (lineage.conduct.state is RuleState.UNDETERMINED and leads_on(lineage.rule))
        for lineage in leaf.lineages.values()
    )


def _penal_open(leaf: Leaf) -> bool:
    return any(
        lineage.conduct.state is RuleState.UNDETERMINED and carries_penalty(lineage.rule)
        for lineage in leaf.lineages.values()
    )


def _state(leaf: Leaf, rule: str) -> RuleState:
    lineage = leaf.lineages[rule]
    if lineage.conduct.state is RuleState.ESTABLISHED and not lineage.applied:
        return RuleState.NOT_ESTABLISHED
    if lineage.applied:
        return RuleState.ESTABLISHED
    return lineage.conduct.state


@dataclass(slots=True)
class _Search:
    start: Situation
    test: _Test
    limit: int
    everything: bool = False
    looks: list[int] = field(default_factory=list)
    known: dict[frozenset[tuple[FactKey, Value]], bool] = field(default_factory=dict)

    def meets(self, repair: Repair) -> bool:
        """Tell whether the outcome is as wanted under every answer to what stays open."""
        mark = frozenset(repair.items())
        if mark not in self.known:
            self.known[mark] = self._meets(repair)
        return self.known[mark]

    def _meets(self, repair: Repair) -> bool:
        entries = {key: Entry(Known(value), Origin.ASSUMED) for key, value in repair.items()}
        changed = self.start.with_facts(entries) if entries else self.start
        if changed is None:
            return False
        leaves = completions(changed, tally=self.looks, everything=self.everything)
        return all(self.test(leaf) for leaf in leaves)

    def minimal(self, rule: str) -> Iterator[Repair]:
        """Yield the changes that reach the goal and of which nothing can be left out."""
        tried = list(candidates(self.start, rule))
        found: dict[frozenset[FactKey], Repair] = {}
        for repair in tried:
            self._take(repair, found)
        if not found:
            for one, two in combinations(tried, 2):
                joined = {**one, **two}
                if len(joined) == len(one) + len(two):
                    self._take(joined, found)
        yield from found.values()

    def _take(self, repair: Repair, found: dict[frozenset[FactKey], Repair]) -> None:
        if len(self.looks) > self.limit:
            return
        keys = frozenset(repair)
        if any(other < keys for other in found) or not self.meets(repair):
            return
        small = self._smallest(repair)
        small = {key: self._nearest(key, small) for key in small}
        if not self.meets(small) or self._smallest(small) != small:
            return  # moving one fact nearer has undone what another did
        keys = frozenset(small)
        if any(other < keys for other in found):
            return
        old = found.get(keys)
        if old is None or self._far(small) < self._far(old):
            found[keys] = small
        for other in [other for other in found if keys < other]:
            del found[other]

    def _smallest(self, repair: Repair) -> Repair:
        for size in range(1, len(repair)):
            for keys in combinations(sorted(repair), size):
                part = {key: repair[key] for key in keys}
                if self.meets(part):
                    return part
        return repair

    def _nearest(self, key: FactKey, repair: Repair) -> Value:
        """Return the value of a date, amount or count that is nearest to what the file says."""
        good: Value = repair[key]
        now = self.start.domain(key)
        bad = now.value if isinstance(now, Known) else None
        nearer = one_nearer(good, bad)
        if nearer is None or not self.meets({**repair, key: nearer}):
            return good
        while bad is not None:
            middle = halfway(good, bad)
            if middle is None:
                break
            if self.meets({**repair, key: middle}):
                good = middle
            else:
                bad = middle
        return good

    def _far(self, repair: Repair) -> Fraction:
        return sum((distance(self.start.domain(k), v) for k, v in repair.items()), Fraction(0))


def _change(start: Situation, repair: Repair, powers: frozenset[str]) -> Change:
    entries = {key: Entry(Known(value), Origin.ASSUMED) for key, value in repair.items()}
    changed = start.with_facts(entries)
    grown = changed.branches() if changed is not None else []
    return Change(
        facts=tuple(
            _changed(key, Known(value), start, powers)
            for key, value in sorted(repair.items(), key=lambda item: item[0])
        ),
        fine=total([item.branch.fine for item in grown]),
        penalised=any(item.branch.penalised for item in grown),
    )


def _changed(key: FactKey, after: Domain, start: Situation, powers: frozenset[str]) -> ChangedFact:
    book = start.rulebook
    before, presumed = start.domain(key), False
    fact = fact_of(key, book)
    if fact is not None and fact.presumption is not None and not isinstance(before, Known):
        before, presumed = Known(fact.presumption.value), True
    return ChangedFact(
        key=key,
        label=key_label(key, book),
        before=before,
        before_label=known_label(key, before, book),
        after=after,
        after_label=known_label(key, after, book),
        in_power=f"{key.entity}.{key.fact}" in powers,
        presumed=presumed,
    )


def _rank(change: Change) -> tuple[int, bool, Fraction, tuple[FactKey, ...]]:
    far = sum(
        (
            distance(fact.before, fact.after.value)
            for fact in change.facts
            if isinstance(fact.after, Known)
        ),
        Fraction(0),
    )
    return len(change.facts), not change.in_power, far, tuple(fact.key for fact in change.facts)
