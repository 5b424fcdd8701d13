"""What a list, benefit or duty can ask for: facts in its view and other statuses, no rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lawengine.model import expressions as e
from lawengine.model.rules import Definition, Table
from lawengine.model.statuses import Status, StatusKind


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
    return _Reach(parent_of, definitions, tables).walk(expression, frozenset(view))


@dataclass(slots=True)
class _Reach:
    """Walks expressions, each definition once for each view."""

    parent_of: Callable[[str], str]
    definitions: Mapping[str, Definition]
    tables: Mapping[str, Table]
    entered: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def walk(self, expression: e.Expression, view: frozenset[str]) -> OutOfReach | None:
        parts: tuple[e.Expression, ...] = e.children(expression)
        match expression:
            case e.FactOf(entity=entity) if entity not in view:
                return OutOfReach(entity=entity)
            case e.Aggregated(entity=entity):
                parent = self.parent_of(entity)
                if parent not in view:
                    return OutOfReach(entity=parent)
                view |= {entity}
            case e.Established(rule=rule):
                return OutOfReach(rule=rule)
            case e.Defined(name=name) | e.Looked(name=name) if (name, view) not in self.entered:
                self.entered.add((name, view))
                parts = tuple(self._named(name))
        found = (self.walk(part, view) for part in parts)
        return next((problem for problem in found if problem is not None), None)

    def _named(self, name: str) -> Iterator[e.Expression]:
        if name in self.definitions:
            yield self.definitions[name].body
        elif name in self.tables:
            table = self.tables[name]
            yield from table.inputs
            for row in table.rows:
                yield row.result
                for cell in row.cells:
                    ends = (cell.low, cell.high)
                    yield from (*cell.options, *(end for end in ends if end is not None))


def statuses_asked(statuses: Mapping[str, Status]) -> dict[str, set[str]]:
    """Return, by status, those whose state must be known before its own; a name alone counts.

    Edges: `listed anywhere` asks every list, the one that asks it included.
    """
    lists = {name for name, status in statuses.items() if status.kind is StatusKind.LIST}
    return {
        name: {
            asked
            for version in status.versions
            for expression in version.expressions()
            for word in _statuses_in(expression)
            for asked in ({word} & statuses.keys() if word else lists)
        }
        for name, status in statuses.items()
    }


def _statuses_in(expression: e.Expression) -> Iterator[str]:
    stack = [expression]
    while stack:
        part = stack.pop()
        stack.extend(e.children(part))
        if isinstance(part, e.StatusHolds):
            yield part.status
