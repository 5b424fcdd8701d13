"""The vocabulary: entities and their facts, typed, bounded, labelled in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Expression
from lawengine.model.types import Choices, Type

ROOT = "case"
PARTY = "party"
ACT = "act"
"""The chain that a case file follows: the case, its parties (respondents), their acts."""
PENALTY = "penalty"
"""What a decision of a case becomes, where the vocabulary has an entity of that name."""


class Role(StrEnum):
    """What the machinery itself must find in the vocabulary."""

    CONDUCT_DATE = "conduct_date"
    CONDUCT_START = "conduct_start"
    DECISION_DATE = "decision_date"
    KNOWLEDGE_DATE = "knowledge_date"
    COMPLETE_UNTIL = "complete_until"
    ILLEGAL_GAIN = "illegal_gain"
    CONDUCT_KIND = "conduct_kind"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Presumption:
    """What holds until the file says otherwise: a written reading with the law behind it."""

    value: bool
    because: Label
    law: Citation | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an entity.

    `judgement` is a yes/no that only a person may settle, with a written reason. `ground` marks a
    judgement that may lead below the floor of a fine: it needs evidence and who recorded it too.
    `low` and `high` bound the value, both ends included, and may name other facts.
    `party_can_change` tells that the party itself can still bring it about, as by correcting.
    `goes_on_file` marks the day of a step that a file holds once it was taken: where a file says
    how far it is complete, a step whose day it does not give was not taken up to that day.
    """

    entity: str
    name: str
    alias: str
    label: Label
    type: Type
    judgement: bool = False
    ground: bool = False
    low: tuple[Expression, ...] = ()
    high: tuple[Expression, ...] = ()
    question: Label = field(default_factory=Label)
    presumption: Presumption | None = None
    role: Role | None = None
    party_can_change: bool = False
    goes_on_file: bool = False
    format: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def path(self) -> str:
        """Return `act.kind`."""
        return f"{self.entity}.{self.name}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that has facts; `parent` is the entity it belongs to, "" for the case itself.

    `listed_as` is the key under which a case file lists the entities of this kind.
    """

    name: str
    alias: str
    label: Label
    parent: str
    listed_as: str
    facts: Mapping[str, Fact]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entities by name, and all lists of choices by the path of the fact that declares them."""

    entities: Mapping[str, Entity]
    choices: Mapping[str, Choices]

    def __repr__(self) -> str:
        """Return the size of it: written out, that of the law is a third of a megabyte."""
        return f"<Vocabulary of {len(self.entities)} entities, {len(self.choices)} choices>"

    def fact(self, entity: str, name: str) -> Fact:
        """Return a fact by identifier.

        Raises:
            KeyError: there is none.
        """
        return self.entities[entity].facts[name]

    def facts(self) -> Iterator[Fact]:
        """Yield every fact, entity by entity."""
        for entity in self.entities.values():
            yield from entity.facts.values()

    def with_role(self, role: Role) -> Fact | None:
        """Return the fact that serves as `role`, or None."""
        return next((fact for fact in self.facts() if fact.role is role), None)

    def named(self, fact: Fact) -> Label:
        """Return how files name a fact: `act.kind`, `行为.种类`.

        Edges: what has no Chinese name goes by its identifier in both languages.
        """
        entity = self.entities[fact.entity]
        chinese = f"{entity.alias or entity.name}.{fact.alias or fact.name}"
        return Label(fact.path, chinese)

    def children(self, entity: str) -> tuple[Entity, ...]:
        """Return the entities that belong to `entity`."""
        return tuple(e for e in self.entities.values() if e.parent == entity)

    def line(self, entity: str) -> tuple[str, ...]:
        """Return the entity and those that it belongs to, up to the case."""
        found = [entity]
        while found[-1] != ROOT:
            found.append(self.entities[found[-1]].parent)
        return tuple(found)

    def choice_label(self, choices: str, member: str) -> Label:
        """Return the label of a choice, or its identifier where it has none."""
        found = self.choices[choices].member(member)
        return found.label or Label(found.name.replace("_", " "), found.alias)
