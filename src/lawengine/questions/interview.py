"""What to ask next: only what can still change the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.evaluation.facts import (
    UNKNOWN,
    CaseFacts,
    Domain,
    Entry,
    FactKey,
    Instance,
    Known,
    Origin,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import PARTY, Fact
from lawengine.questions.openness import Matter, Point, leaf_mark, moot, open_points
from lawengine.questions.scenes import (
    NoSuchActError,
    Situation,
    acts_of,
    acts_or_idle,
    answers_to,
    situation,
)
from lawengine.questions.standings import OpenStanding, open_standings
from lawengine.questions.wording import (
    fact_of,
    key_label,
    key_question,
    known_label,
    rule_label,
)
from lawengine.registers.terms import DayRules


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is asked: what hangs on it, and the rule that asks."""

    matter: Matter
    rule: str
    label: Label


@dataclass(frozen=True, slots=True)
class Ask:
    """The next question: which fact of which act (or party without one), how, and why.

    `known` is what the file says so far; `options` are the choices with their names. `presumed`
    is what holds while nobody says otherwise, None where nothing is presumed.
    """

    act: str
    key: FactKey
    label: Label
    question: Label
    known: Label
    kind: Kind
    options: tuple[tuple[str, Label], ...]
    why: tuple[Why, ...]
    judgement: bool = False
    ground: bool = False
    presumed: bool | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing that could be asked changes the outcome any more.

    `left` are facts that would, but that nobody knows or that no question asks for (lists).
    """

    left: tuple[FactKey, ...] = ()


def plan(
    case: CaseFacts,
    rulebook: Rulebook,
    *,
    declined: frozenset[FactKey] = frozenset(),
    grounds: bool = True,
    days: DayRules | None = None,
) -> Ask | Done:
    """Return the next question of the interview, or that it is done.

    Asked is first what the file leaves open; then, with `grounds`, what counts as not claimed by a
    presumption as long as nobody says otherwise; then, of parties without an act, what their lists,
    benefits, duties and ratings hang on, as far as the file tells of them. `declined` are facts
    that nobody knows; what the file marks as unknown counts among them. `days` are the counting
    rules and calendars.

    Raises:
        NoSuchActError: the case has no party, or its facts exclude each other.
    """
    silent = declined | frozenset(_unknown(case))
    left: dict[FactKey, None] = {}
    if not case.root.children.get(PARTY):
        raise NoSuchActError("")
    for _, act in acts_of(case):
        start = situation(case, rulebook, act.path, days=days)
        stages = [start]
        if grounds:
            stages.append(_unpresumed(start, silent))
        for stage in stages:
            found = _next(stage.narrowed(), silent)
            if isinstance(found, _Chosen):
                return _ask(act.path, found, start, presumed=stage is not start)
            left.update(dict.fromkeys(found))
    idle = [party for party, act in acts_or_idle(case) if act is None]
    for party in idle:
        for item in open_standings(case, rulebook, party, days=days):
            if _askable(item.key, silent):
                return _standing(party.path, item, rulebook)
            left[item.key] = None
    return Done(tuple(left))


def record(case: CaseFacts, key: FactKey, entry: Entry) -> CaseFacts:
    """Return the case with one fact told; the case itself is not changed."""
    return replace(case, root=_recorded(case.root, key, entry))


def _recorded(instance: Instance, key: FactKey, entry: Entry) -> Instance:
    if instance.path == key.instance and instance.entity == key.entity:
        return replace(instance, facts={**instance.facts, key.fact: entry})
    children = {
        name: tuple(_recorded(child, key, entry) for child in group)
        for name, group in instance.children.items()
    }
    return replace(instance, children=children)


def _unknown(case: CaseFacts) -> Iterator[FactKey]:
    """Yield the facts that the file marks as unknown: somebody was asked already."""
    for instance in case.instances():
        for name, entry in instance.facts.items():
            if entry.domain == UNKNOWN:
                yield instance.key(name)


@dataclass(frozen=True, slots=True)
class _Chosen:
    key: FactKey
    points: tuple[Point, ...]


def _next(
    at: Situation, silent: frozenset[FactKey], parted: frozenset[FactKey] = frozenset()
) -> _Chosen | list[FactKey]:
    """Return the fact to ask for, or the facts that stay open because nobody can say.

    Edges: a day that nobody knows hides what the versions of a rule ask for; what one of the days
    it may be would ask for is asked. `parted` are the days that were taken apart already.
    """
    points = open_points(at.leaf(), everything=True)
    askable = [p for p in points if any(_askable(need.key, silent) for need in p.needs)]
    for matter in Matter:
        group = [point for point in askable if point.matter is matter]
        for chosen in _ranked(group, silent):
            if any(not moot(point, at) for point in chosen.points):
                return chosen
    if askable and _joint(askable, at):
        return next(_ranked(askable, silent))
    left = [need.key for p in points for need in p.needs if not _askable(need.key, silent)]
    for key, inner in _days(points, at, silent - parted):
        found = _next(inner.narrowed(), silent, parted | {key})
        if isinstance(found, _Chosen):
            return found
        left += found
    return left


def _days(
    points: Sequence[Point], at: Situation, silent: frozenset[FactKey]
) -> Iterator[tuple[FactKey, Situation]]:
    """Yield the situations that differ in the first silent day, the latest day first."""
    needs = tuple(need for point in points for need in point.needs if need.key in silent)
    for key in dict.fromkeys(need.key for need in needs):
        fact = fact_of(key, at.rulebook)
        if fact is None or fact.type.kind is not Kind.DATE:
            continue
        domains = answers_to(key, needs, at)
        if len(domains) > 1:
            found = (at.with_value(key, domain) for domain in reversed(domains))
            yield from ((key, inner) for inner in found if inner is not None)
            return


def _askable(key: FactKey, silent: frozenset[FactKey]) -> bool:
    return bool(key.fact) and key not in silent


def _ranked(points: Sequence[Point], silent: frozenset[FactKey]) -> Iterator[_Chosen]:
    """Yield the facts that the points ask for, those that the most of them ask for first.

    Edges: of several the first, as conditions stand in the order of the law.
    """
    keys = [
        key
        for point in points
        for key in dict.fromkeys(need.key for need in point.needs)
        if _askable(key, silent)
    ]
    counted = Counter(keys)
    for key in sorted(dict.fromkeys(keys), key=lambda key: -counted[key]):
        yield _Chosen(key, tuple(p for p in points if any(n.key == key for n in p.needs)))


def _joint(points: Sequence[Point], at: Situation) -> bool:
    """Tell whether several points together change the outcome although none does alone."""
    asked = [p.question for p in points if p.question is not None and p.question.wording]
    marks = set()
    for answer in (True, False):
        inner = at
        for question in asked:
            inner = inner.with_answer(question, answer=answer)
        marks.add(leaf_mark(inner.leaf()))
    return len(marks) > 1


def _unpresumed(start: Situation, silent: frozenset[FactKey]) -> Situation:
    """Return the situation in which what is presumed counts as open, unless nobody can say."""
    vocabulary = start.rulebook.vocabulary
    presumed: dict[FactKey, Entry] = {}
    for key in silent:
        fact = fact_of(key, start.rulebook)
        if fact is not None and fact.presumption is not None:
            presumed[key] = Entry(Known(fact.presumption.value), Origin.PRESUMED)
    entities = {
        name: replace(
            entity,
            facts={n: replace(fact, presumption=None) for n, fact in entity.facts.items()},
        )
        for name, entity in vocabulary.entities.items()
    }
    book = replace(start.rulebook, vocabulary=replace(vocabulary, entities=entities))
    told = start.with_facts(presumed) if presumed else start
    return (told or start).with_rulebook(book)


def _ask(act: str, chosen: _Chosen, at: Situation, *, presumed: bool) -> Ask:
    why = {
        (p.matter, p.rule): Why(p.matter, p.rule, rule_label(p.rule, at.rulebook))
        for p in chosen.points
        if p.rule
    }
    domain = at.domain(chosen.key)
    return _question(act, chosen.key, domain, why.values(), at.rulebook, presumed=presumed)


def _standing(party: str, item: OpenStanding, rulebook: Rulebook) -> Ask:
    why = [Why(Matter.STANDING, name, label) for name, label in item.asked_by.items()]
    return _question(party, item.key, item.domain, why, rulebook)


def _question(
    of: str,
    key: FactKey,
    domain: Domain,
    why: Iterable[Why],
    book: Rulebook,
    *,
    presumed: bool = False,
) -> Ask:
    """Return the question for a fact of an act, or of a party without one, as it is put."""
    fact: Fact = book.vocabulary.fact(key.entity, key.fact)
    return Ask(
        act=of,
        key=key,
        label=key_label(key, book),
        question=key_question(key, book),
        known=known_label(key, domain, book),
        kind=fact.type.kind,
        options=tuple(_options(fact, book)),
        why=tuple(why),
        judgement=fact.judgement,
        ground=fact.ground,
        presumed=fact.presumption.value if presumed and fact.presumption else None,
    )


def _options(fact: Fact, rulebook: Rulebook) -> Iterator[tuple[str, Label]]:
    if fact.type.kind is Kind.CHOICE:
        for member in rulebook.vocabulary.choices[fact.type.choices].members:
            yield member.name, rulebook.vocabulary.choice_label(fact.type.choices, member.name)
