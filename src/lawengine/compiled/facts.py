"""From what is known of a case to exact facts: only those go in, the rest stays unknown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.evaluation.facts import Entry, FactKey, Instance, Known
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


Added = Mapping[tuple[str, str], Sequence[tuple[str, Entry]]]
"""What bounds and assumptions add to the file: name and entry by path and entity."""


def added(entries: Mapping[FactKey, Entry]) -> Added:
    """Return entries by the instance that they belong to."""
    found: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
    for key, entry in entries.items():
        found.setdefault((key.instance, key.entity), []).append((key.fact, entry))
    return found


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
