"""From what is known of a case to exact facts: only those go in, the rest stays unknown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.evaluation.facts import Entry, FactKey, Instance, Known
from lawengine.evaluation.states import Scene
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind

CLASSES: dict[Kind, tuple[type, ...]] = {
    Kind.YES_NO: (bool,),
    Kind.MONEY: (int,),
    Kind.COUNT: (int,),
    Kind.RATE: (Fraction, int),
    Kind.DATE: (datetime.date,),
    Kind.PERIOD: (Period,),
    Kind.TEXT: (str,),
    Kind.CHOICE: (str,),
}
"""The classes that generated code computes with; money is whole fen."""


def exact_facts(
    instance: Instance,
    rulebook: Rulebook,
    entries: Mapping[FactKey, Entry],
    chain: frozenset[str],
) -> Facts:
    """Return the facts of an instance that are known exactly, by name.

    `entries` stand before what the file says; entities of `chain` are no collections here.
    """
    entity = rulebook.vocabulary.entities[instance.entity]
    found: dict[str, object] = {}
    for name in entity.facts:
        entry = entries.get(instance.key(name)) if entries else None
        entry = entry or instance.facts.get(name)
        if entry is not None and isinstance(entry.domain, Known):
            value = entry.domain.value
            if type(value) in CLASSES[entity.facts[name].type.kind]:
                found[name] = value
    found.update(collections(instance, rulebook, entries, chain))
    return found


def collections(
    instance: Instance,
    rulebook: Rulebook,
    entries: Mapping[FactKey, Entry],
    chain: frozenset[str],
) -> dict[str, object]:
    """Return the exact facts of the elements of every collection, under `*` and its entity."""
    return {
        f"*{child}": tuple(exact_facts(element, rulebook, entries, chain) for element in elements)
        for child, elements in instance.children.items()
        if child not in chain
    }


def overlaid(file: tuple[Facts, Facts, Facts], scene: Scene) -> tuple[Facts, Facts, Facts]:
    """Return the exact facts of a scene: those of the file, and what bounds and assumptions add."""
    instances = (scene.case, scene.party, scene.act)
    found = tuple(dict(facts) for facts in file)
    places = {
        (instance.path, instance.entity): facts
        for instance, facts in zip(instances, found, strict=True)
    }
    elements = False
    for key, entry in scene.entries.items():
        facts = places.get((key.instance, key.entity))
        if facts is None:
            elements = elements or key.entity not in CHAIN
            continue
        facts.pop(key.fact, None)
        kind = scene.rulebook.vocabulary.fact(key.entity, key.fact).type.kind
        if isinstance(entry.domain, Known) and type(entry.domain.value) in CLASSES[kind]:
            facts[key.fact] = entry.domain.value
    if elements:
        chain = frozenset(CHAIN)
        for instance, facts in zip(instances, found, strict=True):
            facts.update(collections(instance, scene.rulebook, scene.entries, chain))
    return found[0], found[1], found[2]
