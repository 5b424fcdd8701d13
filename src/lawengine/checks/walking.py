"""Walking a rulebook: the conditions of a version, and the names that a condition uses."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Tier, Version


def tiers_of(version: Version) -> Iterator[tuple[tuple[Tier, ...], Tier]]:
    """Yield every tier with the tiers that it opens from, outermost first, in text order."""
    stack: list[tuple[tuple[Tier, ...], Tier]] = [((), tier) for tier in reversed(version.tiers)]
    while stack:
        outer, tier = stack.pop()
        yield outer, tier
        stack.extend(((*outer, tier), inner) for inner in reversed(tier.tiers))


def conditions_of(version: Version) -> Iterator[e.Expression]:
    """Yield every expression of a version: conditions, tiers, bands, what is confiscated."""
    if version.when is not None:
        yield version.when
    yield from version.exclusions
    for _, tier in tiers_of(version):
        yield tier.condition
    for consequence in version.all_consequences():
        measures = consequence.measures if isinstance(consequence, m.MeasureChoice) else ()
        for measure in (*measures, consequence):
            if isinstance(measure, m.Measure):
                yield from _amounts(measure)


def _amounts(measure: m.Measure) -> Iterator[e.Expression]:
    for condition, band in measure.bands:
        for part in (condition, band.low, band.high):
            if part is not None:
                yield part
    if measure.object is not None:
        yield measure.object


def names_in(expression: e.Expression, rulebook: Rulebook) -> set[str]:
    """Return the definitions and tables that `expression` uses, itself or through others."""
    found: set[str] = set()
    stack = [expression]
    while stack:
        part = stack.pop()
        stack.extend(e.children(part))
        if not isinstance(part, e.Defined | e.Looked) or part.name in found:
            continue
        found.add(part.name)
        if part.name in rulebook.definitions:
            stack.append(rulebook.definitions[part.name].body)
        elif part.name in rulebook.tables:
            table = rulebook.tables[part.name]
            stack.extend((*table.inputs, *(row.result for row in table.rows)))
    return found
