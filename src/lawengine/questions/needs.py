"""The fewest facts that settle the outcome of an act, whatever their values turn out to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from itertools import combinations, islice

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import NO_FINE, FineTotal
from lawengine.deciding.outcome import outcome, union, violation_open
from lawengine.evaluation.facts import CaseFacts, Domain, FactKey
from lawengine.evaluation.trace import Need
from lawengine.model.rulebook import Rulebook
from lawengine.questions.openness import (
    Matter,
    Point,
    completions,
    moot,
    open_points,
    penalised,
    same,
)
from lawengine.questions.scenes import Situation, answers_to, situation
from lawengine.questions.wording import answer_label, key_label, key_question, known_label
from lawengine.registers.terms import DayRules

MAX_LOOKS = 400
"""A look takes 5 to 10 ms, and most acts need fewer than fifty; this is a stop."""
MAX_LEAVES = 8
"""More branches than a reader takes in; what an answer leads to is then not spelt out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a needed fact, and what it alone would lead to.

    `settled` tells that nothing else is needed then; `open_violation` that it would still be open
    whether a rule is broken. `fine` contains the ranges of all branches; it is None where there
    are too many of them to look at.
    """

    domain: Domain
    label: Label
    fine: FineTotal | None
    penalised: bool
    open_violation: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class NeededFact:
    """A fact that is needed: how it is called and asked for, what hangs on it.

    `necessary` tells that no other facts can replace it. `answers` is empty where the answers
    cannot be listed. `rules` are the rules that ask for it.
    """

    key: FactKey
    label: Label
    question: Label
    known: Label
    matter: Matter
    rules: tuple[str, ...]
    necessary: bool = False
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What is needed to settle one act.

    `fewest` is a smallest set of facts that settles whether a rule is broken and what the range
    is, whatever the facts turn out to be; necessary ones first. `also` are facts that change no
    range but other rules and sums. `exact` is False where the search stopped early: then `fewest`
    is enough but may not be the smallest. `settleable` is False where no fact would settle it.
    """

    act: str
    settled: bool
    fewest: tuple[NeededFact, ...]
    also: tuple[NeededFact, ...]
    exact: bool = True
    settleable: bool = True
    looks: int = 0


class _StoppedError(Exception):
    """The search has looked often enough."""


_Given = Callable[[FactKey], bool]


@dataclass(slots=True)
class _Search:
    limit: int
    looks: int = 0
    clauses: list[frozenset[FactKey]] = field(default_factory=list)

    def gap(self, at: Situation, given: _Given) -> frozenset[FactKey] | None:
        """Return facts of which one more is needed under some values of those given, or None.

        Edges: an empty set means that no fact would settle what is open.
        """
        self.looks += 1
        if self.looks > self.limit:
            raise _StoppedError
        points = [
            point
            for point in open_points(at.leaf(), everything=False)
            if point.question is not None or not all(given(n.key) for n in point.needs)
            or _splits(point, at, given)
        ]  # fmt: skip
        if not points:
            return None
        below = _by_fact(points, at, given) or _by_question(points, at, given)
        if below is None:
            return _missing(points, at, given)
        for inner in below:
            found = self.gap(inner, given)
            if found is not None:
                return found
        return None

    def fewest(self, at: Situation) -> frozenset[FactKey]:
        """Return a smallest set of facts that settles the act.

        Every gap found is a set of which any sufficient set holds a fact, so the smallest set that
        meets all gaps is a lower bound; once it leaves no gap, it is the answer.

        Raises:
            KeyError: no fact would settle it.
        """
        while True:
            chosen = _hitting(self.clauses)
            missing = self.gap(at, chosen.__contains__)
            if missing is None:
                return chosen
            if not missing:
                raise KeyError(at.scene.act.path)
            self.clauses.append(missing)

    def enough(self, at: Situation) -> frozenset[FactKey]:
        """Return a set that is enough, not the smallest: every fact that any gap named, and more.

        Edges: used once the search was stopped; asks the facts of the whole case.
        """
        found = frozenset(key for clause in self.clauses for key in clause)
        return found | frozenset(need.key for p in _all_points(at) for need in p.needs)


def needs(
    case: CaseFacts,
    rulebook: Rulebook,
    act: str,
    *,
    limit: int = MAX_LOOKS,
    days: DayRules | None = None,
) -> Needs:
    """Return the fewest facts that settle the outcome of the act at that path.

    Settled is an act when it is known whether a rule with a penalty is broken and one branch is
    left. Presumptions hold as written: a ground that nobody claims is not asked for here. `limit`
    bounds how often the act is looked at; `days` are the counting rules and calendars.

    Raises:
        NoSuchActError: the case has no such act, or its facts exclude each other.
    """
    start = situation(case, rulebook, act, days=days).narrowed()
    search = _Search(limit)
    exact = settleable = True
    chosen: frozenset[FactKey] = frozenset()
    try:
        chosen = search.fewest(start)
    except _StoppedError:
        exact, chosen = False, search.enough(start)
    except KeyError:
        settleable, chosen = False, search.enough(start)
    if chosen and same(grown.leaf for grown in start.branches()):
        # What another rule splits can settle a condition that no single answer was asked about.
        exact, settleable, chosen = True, True, frozenset()
    necessary = frozenset(key for key in chosen if exact and _necessary(key, start, search))
    ranked = _ranked(chosen, start, search.clauses, necessary)
    return Needs(
        act=act,
        settled=not chosen and settleable,
        fewest=ranked,
        also=tuple(_also(start, chosen)),
        exact=exact,
        settleable=settleable,
        looks=search.looks,
    )


def _splits(point: Point, at: Situation, given: _Given) -> bool:
    return any(
        given(key) and len(answers_to(key, point.needs, at)) > 1
        for key in dict.fromkeys(need.key for need in point.needs)
    )


def _by_fact(points: Sequence[Point], at: Situation, given: _Given) -> list[Situation] | None:
    """Return the situations under each answer to the first given fact that has answers."""
    for point in points:
        for key in dict.fromkeys(need.key for need in point.needs):
            if not given(key):
                continue
            needed = tuple(need for other in points for need in other.needs)
            domains = answers_to(key, needed, at)
            if len(domains) > 1:
                found = (at.with_value(key, domain) for domain in domains)
                return [inner for inner in found if inner is not None]
    return None


def _by_question(points: Sequence[Point], at: Situation, given: _Given) -> list[Situation] | None:
    """Return the situations under both answers to a condition whose facts are all given."""
    for point in points:
        asked = point.question
        if asked is None or not asked.wording or asked in at.scene.answers or not point.needs:
            continue
        if all(given(need.key) for need in point.needs):
            return [at.with_answer(asked, answer=True), at.with_answer(asked, answer=False)]
    return None


def _missing(points: Sequence[Point], at: Situation, given: _Given) -> frozenset[FactKey] | None:
    """Return the facts that what is open hangs on, or None where it makes no difference."""
    for point in points:
        if point.matter is Matter.VIOLATION or point.question is None:
            return frozenset(need.key for need in point.needs if not given(need.key))
    for point in points:
        keys = frozenset(need.key for need in point.needs if not given(need.key))
        if keys and not moot(point, at):
            return keys
    if same(completions(at)):
        return None
    return frozenset(n.key for p in points for n in p.needs if not given(n.key))


def _hitting(clauses: Sequence[frozenset[FactKey]]) -> frozenset[FactKey]:
    """Return a smallest set that meets every clause; those that meet most of them first."""
    counted = Counter(key for clause in clauses for key in clause)
    universe = sorted(counted, key=lambda key: (-counted[key], key))
    for size in range(len(universe) + 1):
        for chosen in combinations(universe, size):
            if all(clause.intersection(chosen) for clause in clauses):
                return frozenset(chosen)
    raise AssertionError(clauses)  # INVARIANT: the universe itself meets every clause


def _necessary(key: FactKey, start: Situation, search: _Search) -> bool:
    """Tell whether all other facts together would leave the act open."""
    if frozenset((key,)) in search.clauses:
        return True
    try:
        return _Search(search.limit // 4).gap(start, lambda other: other != key) is not None
    except _StoppedError:
        return False


def _all_points(at: Situation) -> tuple[Point, ...]:
    return open_points(at.leaf(), everything=True)


def _ranked(
    chosen: Iterable[FactKey],
    start: Situation,
    clauses: Sequence[frozenset[FactKey]],
    necessary: frozenset[FactKey],
) -> tuple[NeededFact, ...]:
    points = open_points(start.leaf(), everything=False)
    found = [_needed(key, start, points, necessary=key in necessary, weigh=True) for key in chosen]
    counted = Counter(key for clause in clauses for key in clause)
    return tuple(sorted(found, key=lambda f: (not f.necessary, f.matter, -counted[f.key], f.key)))


def _also(start: Situation, chosen: frozenset[FactKey]) -> Iterable[NeededFact]:
    points = [p for p in _all_points(start) if p.matter in (Matter.OTHER_RULE, Matter.AMOUNT)]
    counted = Counter(need.key for point in points for need in point.needs)
    for key in sorted(counted, key=lambda key: (-counted[key], key)):
        if key not in chosen:
            yield _needed(key, start, points, necessary=False, weigh=False)


def _needed(
    key: FactKey, at: Situation, points: Sequence[Point], *, necessary: bool, weigh: bool
) -> NeededFact:
    asking = [p for p in points if any(need.key == key for need in p.needs)]
    needed = tuple(need for point in asking for need in point.needs)
    return NeededFact(
        key=key,
        label=key_label(key, at.rulebook),
        question=key_question(key, at.rulebook),
        known=known_label(key, at.domain(key), at.rulebook),
        matter=min((point.matter for point in asking), default=Matter.CONSEQUENCE),
        rules=tuple(dict.fromkeys(point.rule for point in asking if point.rule)),
        necessary=necessary,
        answers=tuple(_answers(key, needed, at)) if weigh else (),
    )


def _answers(key: FactKey, needed: tuple[Need, ...], at: Situation) -> Iterable[Answer]:
    domains = answers_to(key, needed, at)
    if len(domains) < 2:  # noqa: PLR2004 - one answer is none
        return
    for domain in domains:
        inner = at.with_value(key, domain)
        if inner is None:
            continue
        leaves = list(islice(completions(inner), MAX_LEAVES + 1))
        whole = len(leaves) <= MAX_LEAVES
        yield Answer(
            domain=domain,
            label=answer_label(key, domain, at.rulebook),
            fine=total([outcome(leaf).fine for leaf in leaves]) if whole else None,
            penalised=any(penalised(leaf) for leaf in leaves),
            open_violation=violation_open(leaves),
            settled=whole and same(leaves),
        )


def total(fines: Sequence[FineTotal]) -> FineTotal:
    """Return the range that contains those of all branches.

    Edges: a branch without a fine makes the fine one that may be left out.
    """
    some = [fine for fine in fines if not fine.none]
    if not some:
        return NO_FINE
    joined = union(some, choices=max(fine.choices for fine in some))
    may = joined.may or len(some) < len(fines)
    return FineTotal(joined.low, joined.high, may, joined.high_open, joined.choices)
