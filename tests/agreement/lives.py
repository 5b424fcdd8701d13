"""Cases full of lists, benefits and duties: steps in order, near days on which things change."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from lawengine.base.calendar import Period, Rounding, Unit, add_period
from lawengine.compiled.index import turning_days_of
from lawengine.evaluation.facts import CaseFacts, Entry, Instance, Known
from lawengine.model.expressions import FactOf, Value
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Fact, Role, Vocabulary
from tests.agreement.aiming import Archer, path_of
from tests.agreement.drawing import Drawer

TERMS = (
    *(Period(n, Unit.DAY) for n in (0, 1, 2, 3, 5, 7, 10, 14, 15, 16, 20, 30, 60, 90)),
    *(Period(n, Unit.MONTH) for n in (1, 3, 6)),
    *(Period(n, Unit.YEAR) for n in (1, 2, 3, 5)),
)
"""The terms of the law, and some that are none."""
FIRST, LAST = datetime.date(1996, 1, 1).toordinal(), datetime.date(2027, 6, 30).toordinal()

HOLES = ((1.0, 0.0), (0.95, 0.0), (0.85, 0.15), (0.5, 0.3))
"""How often a fact is given, and how often a day or a sum that is given is not exact."""


class LifeDrawer(Drawer):
    """Draws what happened to one party over the years; the same seed draws the same cases.

    `wrong` is how often a day is drawn without regard to those that must come before it; an end is
    drawn before its beginning some eight times as often, and more so in files with holes.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        seed: int,
        known: float = 0.9,
        bounded: float = 0.0,
        wrong: float = 0.01,
    ) -> None:
        self.rulebook, self.bounded, self.known, self.wrong = rulebook, bounded, known, wrong
        self.random = random.Random(seed)  # noqa: S311 - cases of a test, no secrets
        self.archer = Archer(rulebook, self.random)
        statuses = rulebook.statuses.values()
        self.turns = sorted({day for one in statuses for day in turning_days_of(one, rulebook)})
        self.decided = self.day = datetime.date.min
        self.aims: dict[str, Value] = {}
        self.earlier, self.later = _order(rulebook.vocabulary)
        self.after: dict[str, set[str]] = {}
        for status in statuses:
            for version in status.versions:
                start = version.start or status.dated_by
                for ending in version.endings:
                    if isinstance(ending.on, FactOf) and isinstance(start, FactOf):
                        self.after.setdefault(path_of(ending.on), set()).add(path_of(start))

    def case(self) -> CaseFacts:
        """Return a case of one party without acts, with some of each thing that statuses ask."""
        draw = self.random
        self.day = self.decided = self._near(draw.choice(self.turns))
        root_facts = self._facts(ROOT, {})
        above = {ROOT: root_facts}
        party_facts = self._facts(PARTY, above)
        above[PARTY] = party_facts
        children: dict[str, tuple[Instance, ...]] = {ACT: ()}
        for child in self.rulebook.vocabulary.children(PARTY):
            if child.name != ACT and draw.random() < max(self.known, 0.8):
                path = f"respondents[1].{child.listed_as}"
                children[child.name] = tuple(
                    Instance(child.name, f"{path}[{n}]", "", self._facts(child.name, above))
                    for n in range(1, draw.choice([0, 1, 1, 2]) + 1)
                )
        party = Instance(PARTY, "respondents[1]", "", party_facts, children)
        return CaseFacts("drawn", Instance(ROOT, "", "", root_facts, {PARTY: (party,)}))

    def _facts(self, entity: str, above: dict[str, dict[str, Entry]]) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        if entity != ROOT:
            self._aim(entity)
        exact: dict[str, dict[str, Value]] = {
            name: {n: e.domain.value for n, e in facts.items() if isinstance(e.domain, Known)}
            for name, facts in above.items()
        }
        own = exact[entity] = {}
        facts = self.rulebook.vocabulary.entities[entity].facts
        # the day of the decision bounds others, so it comes first
        for name in sorted(facts, key=lambda name: facts[name].role is not Role.DECISION_DATE):
            fact = facts[name]
            value = self._drawn(fact, exact)
            if value is not None:
                own[name] = value
                exact_only = fact.role is Role.DECISION_DATE and self.random.random() < 0.9
                domain = Known(value) if exact_only else self._domain(fact, value)
                found[name] = Entry(domain)
        return found

    def _aim(self, entity: str) -> None:
        """Choose a status of the entity, and what its conditions and one way out demand."""
        draw, statuses = self.random, self.rulebook.statuses.values()
        self.aims = {}
        meant = [one for one in statuses if one.entity == entity]
        if not meant or draw.random() < 0.1:
            return
        version = draw.choice(draw.choice(meant).versions)
        wanted = [(version.when, True), *((part, False) for part in version.exclusions)]
        if version.endings and draw.random() < 0.6:
            wanted.append((draw.choice(version.endings).condition, True))
        self.aims = self.archer.aims(one for one in wanted if draw.random() < 0.95)

    def _drawn(self, fact: Fact, exact: dict[str, dict[str, Value]]) -> Value | None:
        if fact.role is Role.DECISION_DATE:
            return self.decided
        if fact.role is Role.COMPLETE_UNTIL:
            # a file with many holes that is said to be complete is mostly refused
            if self.random.random() > self.known**4 / 2:
                return None
            return self.decided + datetime.timedelta(days=self.random.choice([0, 0, 0, 30, -30]))
        if fact.type.kind is not Kind.DATE:
            if self._aimed(fact):
                return self._within(fact, self.aims[fact.path], exact)
            if fact.type.kind is Kind.YES_NO and fact.presumption is not None:
                return self.random.choice([None, None, None, True, False])
            return self._within(fact, self._value(fact, {}, self.decided), exact)
        if self.random.random() > self.known:
            return None
        return self._date(fact, exact)

    def _within(
        self, fact: Fact, value: Value | None, exact: dict[str, dict[str, Value]]
    ) -> Value | None:
        """Return a sum or a number moved between the others that bound it."""
        if fact.type.kind not in (Kind.MONEY, Kind.COUNT) or not isinstance(value, int):
            return value
        for others, moved in ((self.earlier, max), (self.later, min)):
            for path in sorted(others[fact.path]):
                entity, _, name = path.partition(".")
                bound = exact.get(entity, {}).get(name)
                if isinstance(bound, int):
                    value = moved(value, bound)
        return value

    def _date(self, fact: Fact, exact: dict[str, dict[str, Value]]) -> datetime.date | None:
        """Return a day inside the bounds of the vocabulary, near one on which something changes."""
        draw = self.random
        if draw.random() < self.wrong:
            return datetime.date.fromordinal(draw.randint(FIRST, LAST))
        lows, highs = (
            [value for path in sorted(paths) for value in _known(exact, path)]
            for paths in (self.earlier[fact.path], self.later[fact.path])
        )
        starts = [value for path in self.after.get(fact.path, ()) for value in _known(exact, path)]
        # two days that contradict each other must both be known: fewer are in files with holes
        if not starts or draw.random() > 8 * self.wrong / self.known**2:
            lows += starts
        else:
            highs += [start - datetime.timedelta(days=1) for start in starts]
        low, high = max(lows, default=None), min(highs, default=None)
        if low is not None and high is not None and low > high:
            return None
        anchor = draw.choice([day for day in (low, high, low, self.day, self.decided) if day])
        if draw.random() < 0.3:
            anchor = draw.choice(self.turns)
        day = self._near(anchor, back=anchor != low)
        if low is not None:
            day = max(day, low)
        if high is not None:
            day = min(day, high)
        self.day = day
        return day

    def _near(self, day: datetime.date, *, back: bool | None = None) -> datetime.date:
        """Return a day one term of the law from another, or one off."""
        draw = self.random
        term = draw.choice(TERMS)
        if draw.random() < 0.5 if back is None else back:
            term = Period(-term.length, term.unit)
        moved = add_period(day, term, Rounding.DOWN).toordinal() + draw.choice([-1, 0, 0, 1])
        return datetime.date.fromordinal(min(max(moved, FIRST), LAST))


def _known(exact: dict[str, dict[str, Value]], path: str) -> Iterator[datetime.date]:
    """Yield the exact day of a fact in view, if there is one."""
    entity, _, name = path.partition(".")
    value = exact.get(entity, {}).get(name)
    if isinstance(value, datetime.date):
        yield value


def _order(vocabulary: Vocabulary) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the facts that bounds put before each fact, and those that they put after it."""
    facts = [fact for entity in vocabulary.entities.values() for fact in entity.facts.values()]
    earlier = {
        fact.path: {path_of(bound) for bound in fact.low if isinstance(bound, FactOf)}
        for fact in facts
    }
    for fact in facts:
        for bound in fact.high:
            if isinstance(bound, FactOf):
                earlier[path_of(bound)].add(fact.path)
    for middle, still_earlier in earlier.items():
        for paths in earlier.values():
            if middle in paths:
                paths.update(still_earlier)
    later = {path: {other for other in earlier if path in earlier[other]} for path in earlier}
    return earlier, later
