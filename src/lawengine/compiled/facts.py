"""From what is known of a case to exact facts: only those go in, the rest stays unknown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.evaluation.absence import first_possible, is_absent
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import CaseFacts, Entry, FactKey, Instance, Known, Origin
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Role

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


_UNSTATED = (Origin.DERIVED, Origin.ABSENT)

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


def absence(fact: str) -> str:
    """Return the name under which stands the first day on which an absent step may be."""
    return f"-{fact}"


def exact_facts(
    instance: Instance, rulebook: Rulebook, more: Added, *, stated: bool = False
) -> Facts:
    """Return the facts of an instance that are known exactly, by name.

    What `more` holds stands before what the file says; the case's parties and acts are no
    collections here. With `stated`, dates that only follow from the bounds of others are left out:
    they say when something would have been, not that it was, and statuses ask that.
    """
    found = _own_facts(instance, rulebook, more, stated=stated)
    for child, elements in instance.children.items():
        if child not in CHAIN:
            found[f"*{child}"] = tuple(
                exact_facts(each, rulebook, more, stated=stated) for each in elements
            )
    return found


def _own_facts(
    instance: Instance, rulebook: Rulebook, more: Added, *, stated: bool
) -> dict[str, object]:
    facts = rulebook.vocabulary.entities[instance.entity].facts
    found: dict[str, object] = {}
    for name, entry in (*instance.facts.items(), *more.get((instance.path, instance.entity), ())):
        found.pop(name, None)
        if stated and is_absent(entry):
            found[absence(name)] = bounds(entry.domain)[0]
        if isinstance(entry.domain, Known):
            value = entry.domain.value
            derived = entry.origin in _UNSTATED and isinstance(value, datetime.date)
            if type(value) in CLASSES[facts[name].type.kind] and not (stated and derived):
                found[name] = value
    return found


class Node(dict[str, object]):
    """The exact facts of one instance with its collections, parties and acts included.

    `instance` is what the reference evaluator sees of it, None where there are plain facts only.
    """

    __slots__ = ("instance",)

    def __init__(self, facts: Facts, instance: Instance | None = None) -> None:
        super().__init__(facts)
        self.instance = instance


def nodes(instance: Instance, rulebook: Rulebook, more: Added) -> Node:
    """Return the exact facts of an instance and of everything below it, dates if stated."""
    found = _own_facts(instance, rulebook, more, stated=True)
    for child, elements in instance.children.items():
        found[f"*{child}"] = tuple(nodes(each, rulebook, more) for each in elements)
    return Node(found, instance)


def as_nodes(case: Facts, party: Facts, rulebook: Rulebook) -> Node:
    """Return plain facts as a tree of one party; acts are left out, for there may be others.

    Where the case says how far it is complete, each step that it does not name is marked.
    """
    root = {**case, f"*{PARTY}": (Node(party),)}
    said = rulebook.roles.get(Role.COMPLETE_UNTIL)
    until = None if said is None else case.get(said.name)
    if not isinstance(until, datetime.date):
        return Node(root)
    return _marked(root, ROOT, rulebook, first_possible(until))


def _marked(facts: Facts, entity: str, rulebook: Rulebook, first: datetime.date) -> Node:
    """Return facts with a mark for each step that they leave out, and all below them."""
    found: dict[str, object] = {
        name: tuple(_marked(each, name[1:], rulebook, first) for each in value)
        if isinstance(value, tuple)
        else value
        for name, value in facts.items()
    }
    for step in rulebook.recorded.get(entity, ()):
        if step not in facts:
            found[absence(step)] = first
    return Node(found)
