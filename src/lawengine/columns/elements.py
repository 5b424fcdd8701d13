"""What a flat table says of collections: one element of each kind that it has columns of.

A column `penalty.decided_on` says that the party of the row has exactly one penalty, with that
fact; a column `penalties` of 0 and 1 says in which rows there is one at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from lawengine.compiled.index import CHAIN
from lawengine.model.vocabulary import ROOT, Entity, Vocabulary

NUMBER = "*"
"""Stands where a fact has its name: how many elements there are."""


def number_path(entity: str) -> str:
    """Return the path of the column that says how many elements of a kind there are: 0 or 1."""
    return f"{entity}.{NUMBER}"


def line_above(entity: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the entity, then those that it belongs to, up to what each row has one of."""
    return takewhile(lambda name: name not in CHAIN, vocabulary.line(entity))


def elements_of(paths: Iterable[str], vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """Return what columns of these paths have one element of, what belongs to it after it."""
    there = {
        above
        for entity in dict.fromkeys(path.partition(".")[0] for path in paths)
        for above in line_above(entity, vocabulary)
    }
    found: list[Entity] = []
    owners = [ROOT]
    for owner in owners:
        below = vocabulary.children(owner)
        found += [entity for entity in below if entity.name in there]
        owners += [entity.name for entity in below]
    return tuple(found)
