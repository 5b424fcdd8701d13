"""The rulebook: one immutable value that every evaluator reads."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import field, fields, is_dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cached_property

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.model.dependence import facts_read
from lawengine.model.measures import MERCIFUL, SANCTION_CLASSES, SanctionClass
from lawengine.model.ratings import Grade, Score
from lawengine.model.rules import Definition, Parameter, Rule, Table
from lawengine.model.scenarios import Scenario
from lawengine.model.standards import Standard
from lawengine.model.statuses import Status, StatusKind
from lawengine.model.vocabulary import Fact, Role, Vocabulary


class Principle(StrEnum):
    """Why one instrument yields to another where both say different things of one matter."""

    HIGHER = "higher"
    SPECIAL = "special"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an instrument declares of its place among the others.

    `outranks` lists the identifiers of instruments of lower rank, `special_to` those to which it
    is the special law; `family` joins the versions of one law.
    """

    family: str
    since: datetime.date
    outranks: frozenset[str] = frozenset()
    special_to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rulebook remembers of a reform that was applied to it."""

    name: str
    alias: str
    label: Label
    because: Label = field(default_factory=Label)


@dataclass(frozen=True)
class Rulebook:
    """Vocabulary, figures, definitions, tables, rules and standards, all resolved and typed.

    Nothing in it is ever changed: a reform makes a new rulebook. `reforms` are those behind this
    one: where there are any, it is a proposal and not the law.
    """

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    tables: Mapping[str, Table]
    rules: Mapping[str, Rule]
    scenarios: Sequence[Scenario] = ()
    instruments: Mapping[str, Standing] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    grades: Mapping[str, Grade] = field(default_factory=dict)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    reforms: tuple[Proposal, ...] = ()

    def __repr__(self) -> str:
        """Return the size of it, and the reforms behind it: written out, the law is megabytes."""
        sizes = f"{len(self.rules)} rules, {len(self.statuses)} statuses"
        under = "".join(f", under {one.name}" for one in self.reforms)
        return f"<Rulebook of {sizes}, {len(self.scenarios)} scenarios{under}>"

    def preferred(self, one: str, two: str) -> tuple[str, Principle] | None:
        """Return which of two instruments prevails, and by which principle; None for neither.

        Law: higher rank first (上位法优于下位法), then the special law (特别法优于一般法), then, at
        equal rank, the later one (新法优于旧法).
        """
        a, b = self.instruments.get(one), self.instruments.get(two)
        if a is None or b is None or one == two:
            return None
        if two in a.outranks or one in b.outranks:
            return (one if two in a.outranks else two), Principle.HIGHER
        if (two in a.special_to) != (one in b.special_to):
            return (one if two in a.special_to else two), Principle.SPECIAL
        if a.since != b.since:
            return (one if a.since > b.since else two), Principle.LATER
        return None

    @property
    def ratings(self) -> Mapping[str, Score | Grade]:
        """Return all scores and grades by name, the scores first."""
        return {**self.scores, **self.grades}

    @cached_property
    def roles(self) -> Mapping[Role, Fact]:
        """Return the facts that the machinery itself asks for."""
        found = {role: self.vocabulary.with_role(role) for role in Role}
        return {role: fact for role, fact in found.items() if fact is not None}

    @cached_property
    def bounded(self) -> Mapping[str, tuple[Fact, ...]]:
        """Return, by entity, the facts that have bounds."""
        return {
            entity.name: tuple(fact for fact in entity.facts.values() if fact.low or fact.high)
            for entity in self.vocabulary.entities.values()
        }

    @cached_property
    def recorded(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by entity, the days of steps that a complete file holds.

        Edges: none where no fact says how far a file is complete.
        """
        if Role.COMPLETE_UNTIL not in self.roles:
            return {}
        found = {
            entity.name: tuple(fact.name for fact in entity.facts.values() if fact.goes_on_file)
            for entity in self.vocabulary.entities.values()
        }
        return {entity: names for entity, names in found.items() if names}

    @cached_property
    def facts_read(self) -> Mapping[str, frozenset[str]]:
        """Return, by rule, the paths of all facts on which its state can hang."""
        return facts_read(self.rules, self.definitions, self.tables, self.statuses, self.ratings)

    @cached_property
    def rating_entities(self) -> Mapping[str, str]:
        """Return, by score and grade, what has it."""
        return {name: one.entity for name, one in self.ratings.items()}

    @cached_property
    def watches(self) -> frozenset[str]:
        """Return the statuses that are watches."""
        kinds = self.statuses.items()
        return frozenset(name for name, one in kinds if one.kind is StatusKind.WATCH)

    @cached_property
    def status_entities(self) -> Mapping[str, str]:
        """Return, by status, what each listing, grant or duty is about."""
        return {name: status.entity for name, status in self.statuses.items()}

    @cached_property
    def general(self) -> frozenset[str]:
        """Return the rules of the general part: those with an effect on penalties."""
        return frozenset(name for name, rule in self.rules.items() if any(rule.effects()))

    @cached_property
    def merciful(self) -> frozenset[str]:
        """Return the rules that take penalties away or lighten them."""
        return frozenset(
            name
            for name, rule in self.rules.items()
            if any(effect.kind in MERCIFUL for effect in rule.effects())
        )

    @cached_property
    def penal(self) -> frozenset[str]:
        """Return the rules of which any version sets a penalty."""
        return frozenset(
            name
            for name, rule in self.rules.items()
            if any(SANCTION_CLASSES[m.kind] is SanctionClass.PENALTY for m in rule.measures())
        )

    @cached_property
    def attackers(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by rule, the exceptions to it and the rules that can prevail over it."""
        found: dict[str, list[str]] = {name: [] for name in self.rules}
        for other in self.rules.values():
            for target in dict.fromkeys(other.targets()):
                found.setdefault(target, []).append(other.name)
        return {name: tuple(others) for name, others in found.items()}

    @cached_property
    def earliest(self) -> tuple[datetime.date, Span] | None:
        """Return the first day on which any rule is in force, and where that is written."""
        versions = [version for rule in self.rules.values() for version in rule.versions]
        first = min(versions, key=lambda version: version.interval.start, default=None)
        return None if first is None else (first.interval.start, first.span)

    @cached_property
    def content_hash(self) -> str:
        """Return the SHA-256 of what the rulebook means, in hexadecimal.

        Edges: places in source texts do not count, so moving a rule changes nothing.
        """
        data = as_data(self)
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def as_data(value: object) -> object:
    """Return `value` as plain lists, dicts and strings, without spans; each object names its class.

    Raises:
        TypeError: `value` holds something that no rulebook holds.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return {"fraction": [str(value.numerator), str(value.denominator)]}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [as_data(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if is_dataclass(value):
        named = {
            f.name: as_data(item)
            for f in fields(value)
            if not isinstance(item := getattr(value, f.name), Span)
        }
        return {"is": type(value).__name__, **named}
    msg = f"a rulebook holds no {type(value).__name__}"
    raise TypeError(msg)
