"""The tree of a case: its parties, their acts, and whatever else the vocabulary hangs below."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Note
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.casebook.blocks import (
    BLOCK,
    CHINESE_KEYS,
    FIRST,
    take_list,
    take_text,
    twice,
    wrong,
)
from lawengine.casebook.findings import Findings, shown
from lawengine.casebook.scalars import describe
from lawengine.casebook.values import take_entry
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Entry, Instance, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Entity, Fact, Role, Vocabulary
from lawengine.statutes.yaml_tree import Node

NAME = ("name", CHINESE_KEYS["name"])
_EARLIEST = Label("the earliest law in the rulebook", "规则库中最早的法律")
_HAN_NAME = range(2, 5)
_MASKS = "某甲乙丙丁"


@dataclass(slots=True)
class Instances:
    """Reads the instances of one case, entity by entity.

    `doubtful` holds the paths of instances that were not read whole: what they seem to lack may
    stand there under a wrong key, which is reported already.
    """

    vocabulary: Vocabulary
    findings: Findings
    doubtful: set[str] = field(default_factory=set)
    _facts: dict[str, Mapping[str, Fact]] = field(default_factory=dict)
    _listed: dict[str, Mapping[str, Entity]] = field(default_factory=dict)

    def take(self, node: Node, entity: Entity, path: str, reserved: Iterable[str] = ()) -> Instance:
        """Return one instance with everything below it; `reserved` keys are left to others."""
        if not isinstance(node.value, dict):
            wrong(node, path, BLOCK, self.findings)
            self.doubtful.add(path)
            return Instance(entity.name, path, path, {}, {}, node.span)
        facts: dict[str, Entry] = {}
        children: dict[str, tuple[Instance, ...]] = {}
        places: dict[str, Span] = {}
        skipped = {*reserved, *(NAME if path else ())}
        for key, value in node.value.items():
            if key in skipped:
                continue
            found = self._facts_of(entity).get(key) or self._listed_in(entity).get(key)
            if found is None:
                self.doubtful.add(path)
                self._unknown(node, key, entity, skipped)
            elif found.name in places:
                twice(found.name, key, places[found.name], node.keys[key], self.findings)
            elif isinstance(found, Fact):
                places[found.name] = node.keys[key]
                entry = take_entry(value, found, self.vocabulary, self.findings)
                if entry is not None:
                    facts[found.name] = entry
            else:
                places[found.name] = node.keys[key]
                if not isinstance(value.value, list):
                    self.doubtful.add(path)
                children[found.name] = self._take_all(value, found, path)
        return Instance(entity.name, path, self._name(node.value, path), facts, children, node.span)

    def _take_all(self, node: Node, entity: Entity, path: str) -> tuple[Instance, ...]:
        head = f"{path}.{entity.listed_as}" if path else entity.listed_as
        taken = tuple(
            self.take(item, entity, f"{head}[{number}]")
            for number, item in enumerate(take_list(node, head, self.findings), 1)
        )
        names: dict[str, Span] = {}
        for instance in taken:
            if instance.name in names:
                notes = (Note(names[instance.name], FIRST),)
                words = {"entity": _label(entity), "name": shown(instance.name)}
                self.findings.error("LAW529", instance.span, words, notes=notes)
            names.setdefault(instance.name, instance.span)
        return taken

    def _name(self, block: Mapping[str, Node], path: str) -> str:
        node = next((block[key] for key in NAME if key in block), None) if path else None
        return take_text(node, f"{path}.name", self.findings) or path

    def _unknown(self, node: Node, key: str, entity: Entity, skipped: set[str]) -> None:
        names = {*self._facts_of(entity), *self._listed_in(entity), *skipped}
        code = "LAW505" if entity.parent else "LAW541"
        self.findings.error(
            code, node.keys[key], {"key": shown(key), "entity": _label(entity)}, near=(key, names)
        )

    def _facts_of(self, entity: Entity) -> Mapping[str, Fact]:
        if entity.name not in self._facts:
            self._facts[entity.name] = fact_forms(entity)
        return self._facts[entity.name]

    def _listed_in(self, entity: Entity) -> Mapping[str, Entity]:
        if entity.name not in self._listed:
            self._listed[entity.name] = list_forms(entity, self.vocabulary)
        return self._listed[entity.name]


def fact_forms(entity: Entity) -> Mapping[str, Fact]:
    """Return the facts of an entity by every key that a case file may write for them.

    Edges: an identifier counts before the label of another fact.
    """
    forms: dict[str, Fact] = {}
    for fact in entity.facts.values():
        for form in (fact.label.en, fact.label.zh, fact.alias):
            forms.setdefault(form, fact)
    forms.pop("", None)
    return {**forms, **entity.facts}


def list_forms(entity: Entity, vocabulary: Vocabulary) -> Mapping[str, Entity]:
    """Return what belongs to an entity by every key under which a case file may list it."""
    below = vocabulary.children(entity.name)
    aliases = {child.alias: child for child in below if child.alias}
    return {**aliases, **{child.listed_as: child for child in below}}


def _label(entity: Entity) -> Label:
    return entity.label or Label(entity.name, entity.alias)


def check_facts(facts: CaseFacts, rulebook: Rulebook, reader: Instances) -> None:
    """Report what no single fact shows: nobody, somebody of whom nothing is known, no law yet.

    A party need have done nothing: its lists, benefits, duties and grades hang on other facts.
    """
    findings = reader.findings
    parties = facts.root.children.get(PARTY, ())
    if not parties and facts.root.path not in reader.doubtful:
        _missing(facts.root, PARTY, rulebook.vocabulary, findings)
    for party in parties:
        if not _anything_known(party) and party.path not in reader.doubtful:
            _missing(party, ACT, rulebook.vocabulary, findings)
        if _names_a_person(party):
            findings.warning("LAW537", party.span, {"name": shown(party.name)})
    _check_conduct_dates(facts, rulebook, findings)


def _missing(instance: Instance, name: str, vocabulary: Vocabulary, findings: Findings) -> None:
    entity = vocabulary.entities.get(name)
    if entity is not None:
        owner = vocabulary.entities[instance.entity]
        where = shown(instance.name) if instance.path else _label(owner)
        findings.error("LAW522", instance.span, {"key": entity.listed_as, "where": where})


def _anything_known(instance: Instance) -> bool:
    """Tell whether the file says more than a name: a fact, an act, or what else it has or lacks.

    That there is no penalty, or no order, is something known; that there is no act is not.
    """
    if any(entry.domain != UNKNOWN for entry in instance.facts.values()):
        return True
    return any(group or entity != ACT for entity, group in instance.children.items())


def _names_a_person(party: Instance) -> bool:
    """Tell whether a natural person seems to be named: two to four Chinese characters, unmasked."""
    natural = any(entry.domain == Known("natural_person") for entry in party.facts.values())
    whole = all("\u4e00" <= char <= "\u9fff" for char in party.name)
    masked = any(char in _MASKS for char in party.name)
    return natural and whole and len(party.name) in _HAN_NAME and not masked


def _check_conduct_dates(facts: CaseFacts, rulebook: Rulebook, findings: Findings) -> None:
    fact = rulebook.vocabulary.with_role(Role.CONDUCT_DATE)
    if fact is None or rulebook.earliest is None:
        return
    day, place = rulebook.earliest
    for instance in facts.instances():
        entry = instance.entry(fact.name) if instance.entity == fact.entity else None
        if entry is None:
            continue
        _, last = bounds(entry.domain)
        if isinstance(last, datetime.date) and last < day:
            notes = (Note(place, _EARLIEST),)
            shown_day = describe(last, Kind.DATE)
            findings.error("LAW507", entry.span, {"day": shown_day, "earliest": day}, notes=notes)


def root_of(vocabulary: Vocabulary) -> Entity:
    """Return the entity of the case itself; an empty one where the vocabulary lacks it."""
    return vocabulary.entities.get(ROOT) or Entity(ROOT, "", Label(), "", ROOT, {})
