"""From what is known of a case to exact facts: only those go in, the rest stays unknown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.evaluation.facts import CaseFacts, Entry, FactKey, Instance, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT

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


Added = Mapping[tuple[str, str], Sequence[tuple[str, Entry]]]
"""What bounds and assumptions add to the file: name and entry by path and entity."""


def added(entries: Mapping[FactKey, Entry]) -> Added:
    """Return entries by the instance that they belong to."""
    found: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
    for key, entry in entries.items():
        found.setdefault((key.instance, key.entity), []).append((key.fact, entry))
    return found


def act_path(rulebook: Rulebook) -> str:
    """Return the path of the act in a case of one party with one act."""
    entities = rulebook.vocabulary.entities
    return f"{entities[PARTY].listed_as}[1].{entities[ACT].listed_as}[1]"


def as_case(case: Facts, party: Facts, act: Facts, rulebook: Rulebook) -> CaseFacts:
    """Return plain facts as a case of one party with one act."""
    path = act_path(rulebook)
    owner = path.rpartition(".")[0]
    deed = _instance(ACT, path, act, rulebook, {})
    person = _instance(PARTY, owner, party, rulebook, {ACT: (deed,)})
    return CaseFacts("plain", _instance(ROOT, "", case, rulebook, {PARTY: (person,)}))


def _instance(
    entity: str,
    path: str,
    facts: Facts,
    rulebook: Rulebook,
    children: dict[str, tuple[Instance, ...]],
) -> Instance:
    entries: dict[str, Entry] = {}
    for name, value in facts.items():
        if isinstance(value, tuple):
            listed = rulebook.vocabulary.entities[name[1:]].listed_as
            place = f"{path}.{listed}" if path else listed
            children[name[1:]] = tuple(
                _instance(name[1:], f"{place}[{n}]", each, rulebook, {})
                for n, each in enumerate(value, 1)
            )
        else:
            entries[name] = Entry(Known(value))  # type: ignore[arg-type]  # checked by the gate
    return Instance(entity, path, path, entries, children)


def exact_facts(instance: Instance, rulebook: Rulebook, more: Added) -> Facts:
    """Return the facts of an instance that are known exactly, by name.

    What `more` holds stands before what the file says; the case's parties and acts are no
    collections here.
    """
    facts = rulebook.vocabulary.entities[instance.entity].facts
    found: dict[str, object] = {}
    for name, entry in (*instance.facts.items(), *more.get((instance.path, instance.entity), ())):
        found.pop(name, None)
        if isinstance(entry.domain, Known):
            value = entry.domain.value
            if type(value) in CLASSES[facts[name].type.kind]:
                found[name] = value
    for child, elements in instance.children.items():
        if child not in CHAIN:
            found[f"*{child}"] = tuple(exact_facts(each, rulebook, more) for each in elements)
    return found
