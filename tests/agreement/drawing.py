"""Cases over a whole vocabulary: facts exact, within bounds or left out, near changes of law."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction

from lawengine.base.calendar import Period, Unit
from lawengine.compiled.index import Index, turning_days
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import (
    Among,
    CaseFacts,
    Domain,
    Entry,
    Instance,
    Known,
    Within,
)
from lawengine.model.expressions import Constant, Value
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Entity, Fact, Role
from tests.agreement.aiming import Archer

FIRST, LAST = datetime.date(2008, 1, 1).toordinal(), datetime.date(2026, 6, 30).toordinal()
AMOUNTS = (0, 1, 99_99, 100_00, 50_000_00, 999_999_99, 1_700_000_000_00)

KNOWN = ((1.0, 0.0, 0.0), (0.97, 0.0, 0.01), (0.9, 0.1, 0.3), (0.6, 0.3, 0.7))
"""How often a fact is given, how often it is then not exact, and the share of acts that this leaves
open somewhere, at least."""


class Drawer:
    """Draws cases over one rulebook; the same seed draws the same cases.

    `known` is how often a fact is given, `bounded` how often one that is given is not exact.
    """

    def __init__(
        self, rulebook: Rulebook, seed: int, known: float = 0.9, bounded: float = 0.0
    ) -> None:
        self.rulebook = rulebook
        self.bounded = bounded
        self.random = random.Random(seed)  # noqa: S311 - cases of a test, no secrets
        self.known = known
        self.versions = [version for rule in rulebook.rules.values() for version in rule.versions]
        self.turns = turning_days(rulebook.rules, Index(rulebook))
        self.beside = {*rulebook.status_entities.values(), *rulebook.rating_entities.values()}
        self.archer = Archer(rulebook, self.random)
        self.aims: dict[str, Value] = {}
        self.whole = True

    def case(self) -> CaseFacts:
        """Return a case of one party with one act or two.

        What lists, duties and grades hang on costs more than the acts, which seldom ask for it:
        one case in eight has it, and cases full of it are drawn by `LifeDrawer`.
        """
        self.whole = self.random.random() < 1 / 8
        conduct, began, found, decided = self._days()
        self.aims = self._aims(conduct) if self.random.random() < 1 / 4 else {}
        roles = {
            Role.CONDUCT_DATE: conduct,
            Role.CONDUCT_START: began,
            Role.DECISION_DATE: decided,
            Role.KNOWLEDGE_DATE: decided,
        }
        acts = tuple(
            self._instance(ACT, f"respondents[1].acts[{n}]", roles, found)
            for n in range(1, self.random.choice([1, 1, 1, 2]) + 1)
        )
        party = self._instance(PARTY, "respondents[1]", roles, found, {ACT: acts})
        root = self._instance(ROOT, "", roles, found, {PARTY: (party,)})
        return CaseFacts("drawn", root)

    def _aims(self, day: datetime.date) -> dict[str, Value]:
        """Return what a version in force on the day demands, if there is one."""
        draw = self.random
        versions = [one for one in self.versions if one.interval.contains(day)]
        if not versions:
            return {}
        version = draw.choice(versions)
        wanted = [(version.when, True), *((part, False) for part in version.exclusions)]
        if version.tiers:
            wanted.append((draw.choice(version.tiers).condition, draw.random() < 0.7))
        return self.archer.aims(wanted)

    def _days(self) -> tuple[datetime.date, datetime.date, datetime.date, datetime.date]:
        draw = self.random
        conduct = draw.randint(FIRST, LAST)
        if draw.random() < 0.5:
            conduct = draw.choice(self.turns).toordinal() + draw.choice([-1, 0, 1])
        decided = conduct + draw.choice([0, 0, 1, 200, 730, 731, draw.randint(0, 3000)])
        if draw.random() < 0.3:
            after = [day.toordinal() for day in self.turns if day.toordinal() >= conduct]
            decided = draw.choice(after or [decided])
        began = conduct - draw.choice([0, 1, 400])
        found = draw.randint(began, decided)
        days = [datetime.date.fromordinal(n) for n in (conduct, began, found, decided)]
        return days[0], days[1], days[2], days[3]

    def _instance(
        self,
        entity: str,
        path: str,
        roles: dict[Role, datetime.date],
        found: datetime.date,
        below: dict[str, tuple[Instance, ...]] | None = None,
    ) -> Instance:
        known = self.rulebook.vocabulary.entities[entity]
        facts = {}
        for name, fact in known.facts.items():
            value = self._value(fact, roles, found)
            if value is not None:
                facts[name] = Entry(self._domain(fact, value))
        children = dict(below or {})
        for child in self.rulebook.vocabulary.children(entity):
            here = child.name not in (PARTY, ACT) and (self.whole or child.name not in self.beside)
            if here and self.random.random() < self.known:
                children[child.name] = self._elements(child, path, roles, found)
        return Instance(entity, path, path, facts, children)

    def _elements(
        self, child: Entity, path: str, roles: dict[Role, datetime.date], found: datetime.date
    ) -> tuple[Instance, ...]:
        number = self.random.randint(0, 3)
        return tuple(
            self._instance(child.name, f"{path}.{child.listed_as}[{n}]", roles, found)
            for n in range(1, number + 1)
        )

    def _domain(self, fact: Fact, value: Value) -> Domain:
        """Return the value, or bounds around it."""
        if not self.bounded or self.random.random() >= self.bounded:
            return Known(value)
        draw = self.random
        match value:
            case datetime.date():
                if draw.random() < 0.5:
                    first, last = datetime.date(value.year, 1, 1), datetime.date(value.year, 12, 31)
                    return Within(first, last)
                early, late = (datetime.timedelta(days=draw.choice([0, 1, 30])) for _ in "ab")
                return within(value - early, value + late)
            case bool():
                return Known(value)
            case int():
                more = draw.choice([None, value, value + 1, value + 100_000_00])
                return within(value, more)
            case str() if fact.type.kind is Kind.CHOICE:
                members = self.rulebook.vocabulary.choices[fact.type.choices].members
                options = frozenset({value, draw.choice(members).name})
                return Among(options) if len(options) > 1 else Known(value)
            case _:
                return Known(value)

    def _aimed(self, fact: Fact) -> bool:
        return fact.path in self.aims and self.random.random() < max(self.known, 0.9)

    def _value(
        self, fact: Fact, roles: dict[Role, datetime.date], found: datetime.date
    ) -> Value | None:
        draw = self.random
        if fact.role in roles:
            return roles[fact.role]
        if fact.role is Role.COMPLETE_UNTIL:  # much of what is drawn would be excluded by it
            return found if self.whole and draw.random() < self.known / 2 else None
        if self._aimed(fact):
            return self.aims[fact.path]
        if fact.presumption is not None:
            return draw.choice([None, None, None, True, False])
        if fact.role is not Role.CONDUCT_KIND and draw.random() > self.known:
            return None
        return found if fact.type.kind is Kind.DATE else self._any(fact)

    def _any(self, fact: Fact) -> Value:
        """Return a value of the fact's kind, which is no day."""
        draw = self.random
        match fact.type.kind:
            case Kind.YES_NO:
                return draw.random() < 0.5
            case Kind.CHOICE:
                members = self.rulebook.vocabulary.choices[fact.type.choices].members
                return draw.choice(members).name
            case Kind.MONEY:
                return draw.choice(AMOUNTS)
            case Kind.COUNT:
                drawn = draw.choice([0, 1, 2, 5_000_000])
                return drawn if draw.random() < 0.01 else clamped(drawn, fact)
            case Kind.RATE | Kind.POINTS:
                return Fraction(draw.randint(0, 20), 20)
            case Kind.PERIOD:
                return Period(draw.randint(0, 40), Unit.DAY)
            case _:  # a text: no fact is given in points
                return draw.choice(["one", "two"])


def clamped(value: int, fact: Fact) -> int:
    """Return the nearest value inside the bounds that are numbers."""
    lows, highs = (
        [x.value for x in ends if isinstance(x, Constant) and isinstance(x.value, int)]
        for ends in (fact.low, fact.high)
    )
    return min([max([value, *lows]), *highs])
