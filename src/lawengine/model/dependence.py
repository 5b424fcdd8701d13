"""Which facts the state of each rule can hang on, through definitions, tables and other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lawengine.model import expressions as e
from lawengine.model.ratings import Grade, GradeVersion, Score
from lawengine.model.rules import Definition, Rule, Table, Tier
from lawengine.model.statuses import Status


def facts_read(
    rules: Mapping[str, Rule],
    definitions: Mapping[str, Definition],
    tables: Mapping[str, Table],
    statuses: Mapping[str, Status] = MappingProxyType({}),
    ratings: Mapping[str, Score | Grade] = MappingProxyType({}),
) -> dict[str, frozenset[str]]:
    """Return, by rule, the paths of all facts (`act.kind`) and collections (`order`) it can read.

    Counted are its conditions and tiers, and those of every rule whose state it asks for, that is
    an exception to it, or that prevails over it; of every list, benefit or duty, and of every score
    or grade it asks for, too.
    """
    direct = _direct(rules, definitions, tables, statuses, ratings)
    found: dict[str, frozenset[str]] = {}
    for name in rules:
        reached, waiting = {name}, [name]
        while waiting:
            for asked in direct[waiting.pop()][1] - reached:
                if asked in direct:
                    reached.add(asked)
                    waiting.append(asked)
        found[name] = frozenset().union(*(direct[one][0] for one in reached))
    return found


def rules_asked(
    rules: Mapping[str, Rule], definitions: Mapping[str, Definition], tables: Mapping[str, Table]
) -> dict[str, set[str]]:
    """Return, by rule, the rules whose state must be known before its own.

    An exception, and a rule that prevails, come before what they defeat; a rule whose state a
    condition asks for, be it through a definition or a table, comes before that condition.
    """
    return {name: asked for name, (_, asked) in _direct(rules, definitions, tables).items()}


def _direct(
    rules: Mapping[str, Rule],
    definitions: Mapping[str, Definition],
    tables: Mapping[str, Table],
    statuses: Mapping[str, Status] = MappingProxyType({}),
    ratings: Mapping[str, Score | Grade] = MappingProxyType({}),
) -> dict[str, tuple[set[str], set[str]]]:
    found = {
        name: _Reader(definitions, tables, statuses, ratings).read(rule)
        for name, rule in rules.items()
    }
    for other in rules.values():
        for target in set(other.targets()) & found.keys():
            found[target][1].add(other.name)
    return found


class _Reader:
    """Collects the facts and the rules that expressions name, each definition entered once."""

    def __init__(
        self,
        definitions: Mapping[str, Definition],
        tables: Mapping[str, Table],
        statuses: Mapping[str, Status],
        ratings: Mapping[str, Score | Grade],
    ) -> None:
        self.definitions, self.tables = definitions, tables
        self.statuses, self.ratings = statuses, ratings
        self.entered: set[str] = set()
        self.facts: set[str] = set()
        self.asked: set[str] = set()

    def read(self, rule: Rule) -> tuple[set[str], set[str]]:
        for version in rule.versions:
            for condition in (version.when, *version.exclusions, *_tiers(version.tiers)):
                if condition is not None:
                    self.walk(condition)
        return self.facts, self.asked

    def walk(self, expression: e.Expression) -> None:
        match expression:
            case e.FactOf(entity=entity, fact=fact):
                self.facts.add(f"{entity}.{fact}")
            case e.Aggregated(entity=entity) | e.DayCount(entity=entity) if entity:
                self.facts.add(entity)
            case e.Established(rule=name):
                self.asked.add(name)
            case e.Defined(name=name) | e.Looked(name=name):
                self._named(name)
            case e.StatusHolds(status=name) | e.LastDay(status=name):
                self._status(name)
            case e.Rated(name=name):
                self._rating(name)
            case _:
                pass
        for part in e.children(expression):
            self.walk(part)

    def _status(self, name: str) -> None:
        for status in self.statuses.values():
            asked = status.name == name if name else status.is_register
            if not asked or f"status {status.name}" in self.entered:
                continue
            self.entered.add(f"status {status.name}")
            self.facts.add(status.entity)
            self.walk(status.dated_by)
            for version in status.versions:
                for part in version.expressions():
                    self.walk(part)

    def _rating(self, name: str) -> None:
        norm: Score | Grade | None = self.ratings.get(name)
        if norm is None or f"rating {name}" in self.entered:
            return
        self.entered.add(f"rating {name}")
        self.walk(norm.dated_by)
        for version in norm.versions:
            for part in version.expressions():
                self.walk(part)
            if isinstance(version, GradeVersion):
                self._rating(version.score)

    def _named(self, name: str) -> None:
        if name in self.entered:
            return
        self.entered.add(name)
        if name in self.definitions:
            self.walk(self.definitions[name].body)
        elif name in self.tables:
            table = self.tables[name]
            cells = (cell for row in table.rows for cell in row.cells)
            parts = (
                *table.inputs,
                *(row.result for row in table.rows),
                *(part for cell in cells for part in (*cell.options, cell.low, cell.high)),
            )
            for part in parts:
                if part is not None:
                    self.walk(part)


def _tiers(tiers: tuple[Tier, ...]) -> Iterator[e.Expression]:
    for tier in tiers:
        yield tier.condition
        yield from _tiers(tier.tiers)
