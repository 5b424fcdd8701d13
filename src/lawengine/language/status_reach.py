"""What a list, benefit or duty can ask for: facts in its view and other statuses, no rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lawengine.model import expressions as e
from lawengine.model.ratings import Grade, Score
from lawengine.model.rules import Definition, Table
from lawengine.model.statuses import Status

ANY_LIST = "listed anywhere"
"""Stands for all lists together; with its space it is the name of nothing."""


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """What an expression asks for in vain: an entity that is not in view, or a rule."""

    entity: str = ""
    rule: str = ""


def out_of_reach(
    expression: e.Expression,
    view: tuple[str, ...],
    parent_of: Callable[[str], str],
    definitions: Mapping[str, Definition],
    tables: Mapping[str, Table],
) -> OutOfReach | None:
    """Return the first thing that cannot be asked from `view`, through names too; None if all can.

    Edges: what a definition or a table reads counts in each view from which it is used.
    """
    stack = [(expression, frozenset(view))]
    entered: set[tuple[str, frozenset[str]]] = set()
    while stack:
        part, seen = stack.pop()
        match part:
            case e.FactOf(entity=entity) if entity not in seen:
                return OutOfReach(entity=entity)
            case e.Aggregated(entity=entity):
                parent = parent_of(entity)
                if parent not in seen:
                    return OutOfReach(entity=parent or entity)
                seen |= {entity}
            case e.DayCount(entity=entity) if entity:
                parent = parent_of(entity)
                if parent not in seen:
                    return OutOfReach(entity=parent or entity)
                seen |= {entity}
            case e.Established(rule=rule):
                return OutOfReach(rule=rule)
            case e.Defined(name=name) | e.Looked(name=name) if (name, seen) not in entered:
                entered.add((name, seen))
                stack += ((inner, seen) for inner in _named(name, definitions, tables))
        stack += ((inner, seen) for inner in e.children(part))
    return None


def _named(
    name: str, definitions: Mapping[str, Definition], tables: Mapping[str, Table]
) -> Iterator[e.Expression]:
    """Yield what stands behind a name."""
    if name in definitions:
        yield definitions[name].body
    elif name in tables:
        table = tables[name]
        yield from table.inputs
        for row in table.rows:
            yield row.result
            for cell in row.cells:
                ends = (cell.low, cell.high)
                yield from (*cell.options, *(end for end in ends if end is not None))


def statuses_asked(
    statuses: Mapping[str, Status],
    scores: Mapping[str, Score],
    grades: Mapping[str, Grade],
    definitions: Mapping[str, Definition],
) -> dict[str, set[str]]:
    """Return, by status, score or grade, those that must be known before it; a name alone counts.

    Edges: `listed anywhere`, by the name `ANY_LIST`, asks every list, the one that asks it
    included.
    """
    norms: Mapping[str, Status | Score | Grade] = {**statuses, **scores, **grades}
    found = {
        name: {
            asked or ANY_LIST
            for version in norm.versions
            for expression in version.expressions()
            for asked in _norms_in(expression, definitions)
            if not asked or asked in norms
        }
        for name, norm in norms.items()
    }
    for name, grade in grades.items():
        found[name] |= {version.score for version in grade.versions if version.score in scores}
    lists = {name for name, status in statuses.items() if status.is_register}
    return {**found, ANY_LIST: lists}


def _norms_in(expression: e.Expression, definitions: Mapping[str, Definition]) -> Iterator[str]:
    stack, entered = [expression], set[str]()
    while stack:
        part = stack.pop()
        stack.extend(e.children(part))
        if isinstance(part, e.StatusHolds | e.LastDay):
            yield part.status
        elif isinstance(part, e.Rated):
            yield part.name
        elif isinstance(part, e.Defined) and part.name in definitions.keys() - entered:
            entered.add(part.name)
            stack.append(definitions[part.name].body)
