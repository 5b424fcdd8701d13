"""Groups of a collection: how many there are, and how many elements the largest of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from lawengine.base.truth import Truth
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import Domain, Known
from lawengine.model.expressions import Aggregation, Value

Key: TypeAlias = tuple[Value, ...]
Member: TypeAlias = tuple[Truth, Key | None]
"""Whether an element belongs to the collection, and its group; None where that is open."""


def key_of(domains: Iterable[Domain]) -> Key | None:
    """Return what an element shares with those of its group, None where part of it is open."""
    values: list[Value] = []
    for domain in domains:
        if not isinstance(domain, Known):
            return None
        values.append(domain.value)
    return tuple(values)


def grouped(aggregation: Aggregation, members: Iterable[Member]) -> Domain:
    """Return the number of groups, or how many elements the largest has, within bounds.

    Edges: an element whose group is open may belong to any group, or to one of its own. What is
    known of part of its key does not narrow that, so the bounds may be wider than they need be.
    """
    sure: Counter[Key] = Counter()
    may: Counter[Key] = Counter()
    certain, anywhere = False, 0
    for kept, key in members:
        if kept is Truth.FALSE:
            continue
        certain = certain or kept is Truth.TRUE
        if key is None:
            anywhere += 1
            continue
        may[key] += 1
        if kept is Truth.TRUE:
            sure[key] += 1
    if aggregation is Aggregation.GROUPS:
        return within(max(len(sure), int(certain)), len(may) + anywhere)
    low = max(sure.values(), default=int(certain))
    return within(low, max(may.values(), default=0) + anywhere)
