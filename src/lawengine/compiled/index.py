"""Which rules a case can touch: an index by the choice that the heads of conditions test."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lawengine.compiled.expressions import Rated
from lawengine.deciding.leaf import carries_penalty
from lawengine.evaluation.facts import Domain
from lawengine.evaluation.intervals import days
from lawengine.model import expressions as e
from lawengine.model.measures import Effect, EffectKind, Measure, MeasureChoice, Reference
from lawengine.model.ratings import GradeVersion, ScoreVersion
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Hit, Interval, Rule, Version
from lawengine.model.statuses import Status
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Fact, Role

Limits = Mapping[str, frozenset[str]]
"""By the path of a choice fact: the values without which a condition cannot hold."""

CHAIN = (ROOT, PARTY, ACT)


@dataclass(slots=True)
class Index:
    """What is known of a rulebook before any case: the pivot, who attacks whom, what may apply.

    `pivot` is the choice fact that most rules test first (such as the kind of act); `at` holds the
    rules that one value of it allows, `always` those that it does not rule out. `tabled` are the
    rules whose exclusions look at a table. `stated` tells that some rule asks for a status: then
    dates count only where the file states them. `ratings` gives the code that asks for a score or a
    grade, None where that is left to the reference.
    """

    rulebook: Rulebook
    order: Mapping[str, int] = field(init=False)
    attackers: dict[str, list[str]] = field(default_factory=dict)
    lighter: tuple[str, ...] = ()
    tabled: tuple[str, ...] = ()
    stated: bool = False
    pivot: Fact | None = None
    ratings: Rated | None = None
    at: dict[str, list[str]] = field(default_factory=dict)
    always: list[str] = field(default_factory=list)
    _limits: dict[str, Limits] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read every rule once."""
        rules = self.rulebook.rules
        self.order = {name: number for number, name in enumerate(rules)}
        lighter = []
        for name, rule in rules.items():
            targets = {rule.exception_to} if rule.exception_to else set()
            targets.update(target for v in rule.versions for target in v.prevails_over)
            for target in targets:
                self.attackers.setdefault(target, []).append(name)
            if has_effect(rule, EffectKind.LATER_LIGHTER_LAW):
                lighter.append(name)
        self.lighter = tuple(lighter)
        self.tabled = tuple(name for name, rule in rules.items() if self._tabled(rule))
        self.stated = bool(self.rulebook.statuses) and any(map(self._asks_status, rules.values()))
        self.pivot = self._choose()
        for name in rules:
            values = self.limits(name).get(self.pivot.path) if self.pivot else None
            if values is None:
                self.always.append(name)
            else:
                for value in values:
                    self.at.setdefault(value, []).append(name)

    def candidates(self, value: str | None) -> list[str]:
        """Return the rules that can be established where the pivot has that value, in order.

        Edges: all of them where it has no value that is known.
        """
        if value is None:
            return list(self.rulebook.rules)
        return sorted([*self.always, *self.at.get(value, ())], key=self.order.__getitem__)

    def _asks_status(self, rule: Rule) -> bool:
        read = parts_of((x for v in rule.versions for x in mentioned(v)), self.rulebook)
        return any(isinstance(part, e.StatusHolds) for part in read)

    def _tabled(self, rule: Rule) -> bool:
        if not self.rulebook.tables:
            return False
        return any(
            looks(part, self.rulebook)
            for version in rule.versions
            if version.exclusions
            for part in conditions(version)
        )

    def _choose(self) -> Fact | None:
        """Return the choice fact that limits most rules; the kind of conduct breaks ties."""
        counted: dict[str, int] = {}
        for name in self.rulebook.rules:
            for path in self.limits(name):
                counted[path] = counted.get(path, 0) + 1
        if not counted:
            return None
        vocabulary = self.rulebook.vocabulary
        kind = vocabulary.with_role(Role.CONDUCT_KIND)
        first = kind.path if kind is not None else ""
        best = max(counted, key=lambda path: (counted[path], path == first))
        entity, _, name = best.partition(".")
        return vocabulary.fact(entity, name)

    def limits(self, name: str) -> Limits:
        """Return the choices without which no version of the rule can be established."""
        if name in self._limits:
            return self._limits[name]
        if name in self._asked:
            return {}
        self._asked.add(name)
        versions = self.rulebook.rules[name].versions
        found = _either([self._needed(v.when) if v.when else {} for v in versions])
        self._asked.discard(name)
        self._limits[name] = found
        return found

    def _needed(self, expression: e.Expression) -> Limits:
        match expression:
            case e.Compared(comparison=e.Comparison.EQUAL, left=left, right=e.Constant(value=v)):
                return _one(left, [v])
            case e.OneOf(operand=operand, options=options):
                if all(isinstance(option, e.Constant) for option in options):
                    return _one(operand, [getattr(option, "value", None) for option in options])
                return {}
            case e.Connection(logic=e.Logic.AND, operands=operands):
                return _both([self._needed(part) for part in operands])
            case e.Connection(logic=e.Logic.OR, operands=operands):
                return _either([self._needed(part) for part in operands])
            case e.Defined(name=name):
                return self._needed(self.rulebook.definitions[name].body)
            case e.Established(rule=rule):
                return self.limits(rule)
            case _:
                return {}


def _one(operand: e.Expression, values: list[object]) -> Limits:
    if not isinstance(operand, e.FactOf) or operand.type.kind is not Kind.CHOICE:
        return {}
    if operand.entity not in CHAIN:
        return {}
    return {f"{operand.entity}.{operand.fact}": frozenset(str(value) for value in values)}


def _both(parts: list[Limits]) -> Limits:
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        for path, values in part.items():
            found[path] = found[path] & values if path in found else values
    return found


def _either(parts: list[Limits]) -> Limits:
    if not parts:
        return {}
    shared = set(parts[0]).intersection(*parts[1:])
    return {path: frozenset().union(*(part[path] for part in parts)) for path in shared}


def has_effect(rule: Rule, *kinds: EffectKind) -> bool:
    """Tell whether any version has an effect of one of these kinds (of any kind for none)."""
    return any(
        isinstance(c, Effect) and (not kinds or c.kind in kinds)
        for version in rule.versions
        for c in version.all_consequences()
    )


def replacing(name: str, index: Index) -> list[str]:
    """Return the rules that defeat this one and put something in its place."""
    found = []
    for other in index.attackers.get(name, ()):
        rule = index.rulebook.rules[other]
        refers = any(isinstance(c, Reference) for v in rule.versions for c in v.all_consequences())
        if rule.exception_to != name or carries_penalty(rule) or refers:
            found.append(other)
    return found


def mentioned(version: Version) -> Iterator[e.Expression]:
    """Yield every expression that a version holds: conditions, tiers, bands, amounts."""
    yield from conditions(version)
    yield from attached(version)


def conditions(version: Version) -> Iterator[e.Expression]:
    """Yield what decides whether the version is established."""
    if version.when is not None:
        yield version.when
    yield from version.exclusions


def attached(version: Version) -> Iterator[e.Expression]:
    """Yield what decides what follows: tiers, bands, amounts."""
    stack = list(version.tiers)
    while stack:
        tier = stack.pop()
        yield tier.condition
        stack += tier.tiers
    for consequence in version.all_consequences():
        measures: tuple[Measure, ...] = ()
        if isinstance(consequence, Measure):
            measures = (consequence,)
        elif isinstance(consequence, MeasureChoice):
            measures = consequence.measures
        for measure in measures:
            if measure.object is not None:
                yield measure.object
            for condition, band in measure.bands:
                yield from (part for part in (condition, band.low, band.high) if part is not None)


def parts_of(expressions: Iterable[e.Expression], rulebook: Rulebook) -> Iterator[e.Expression]:
    """Yield every part of the expressions, through definitions and tables, each name once."""
    seen: set[str] = set()
    stack = list(expressions)
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, e.Defined) and part.name not in seen:
            seen.add(part.name)
            stack.append(rulebook.definitions[part.name].body)
        elif isinstance(part, e.Looked) and part.name not in seen:
            seen.add(part.name)
            table = rulebook.tables[part.name]
            stack += table.inputs
            for row in table.rows:
                stack.append(row.result)
                for cell in row.cells:
                    stack += [*cell.options, *(x for x in (cell.low, cell.high) if x is not None)]
        else:
            stack += e.children(part)


def looks(expression: e.Expression, rulebook: Rulebook) -> bool:
    """Tell whether the expression looks at a table whose rows may clash."""
    return any(
        isinstance(part, e.Looked) and rulebook.tables[part.name].hit is Hit.UNIQUE
        for part in parts_of([expression], rulebook)
    )


def turning_days(names: Iterable[str], index: Index) -> list[datetime.date]:
    """Return the days on which the law of these rules, or a figure they read, changes."""
    rulebook = index.rulebook
    found: set[datetime.date] = set()
    figures: set[str] = set()
    for name in names:
        rule = rulebook.rules[name]
        found.update(_edges(version.interval for version in rule.versions))
        if rule.repeal is not None:
            found.add(rule.repeal.start)
        figures |= _figures((x for v in rule.versions for x in mentioned(v)), rulebook)
    return sorted(found | _changes(figures, rulebook))


def turning_days_of(status: Status, rulebook: Rulebook) -> list[datetime.date]:
    """Return the days on which the law of a status, or a figure it reads, changes."""
    found = set(_edges(version.interval for version in status.versions))
    figures = _figures((x for v in status.versions for x in v.expressions()), rulebook)
    return sorted(found | _changes(figures, rulebook))


def turning_days_between(
    versions: Iterable[ScoreVersion | GradeVersion], rulebook: Rulebook
) -> list[datetime.date]:
    """Return the days on which a score or a grade, or a figure it reads, changes."""
    found = set(_edges(version.interval for version in versions))
    figures = _figures((x for version in versions for x in version.expressions()), rulebook)
    return sorted(found | _changes(figures, rulebook))


def _figures(expressions: Iterable[e.Expression], rulebook: Rulebook) -> set[str]:
    read = parts_of(expressions, rulebook)
    return {part.name for part in read if isinstance(part, e.ParameterValue)}


def _changes(figures: Iterable[str], rulebook: Rulebook) -> set[datetime.date]:
    values = (value for figure in figures for value in rulebook.parameters[figure].values)
    return set(_edges(value.interval for value in values))


def era_of(turns: Sequence[datetime.date], day: Domain) -> int | None:
    """Return between which turning days a day lies, or None where its bounds leave that open."""
    first, last = days(day)
    era = bisect_right(turns, first)
    return era if first == last or era == bisect_right(turns, last) else None


def _edges(intervals: Iterable[Interval]) -> Iterator[datetime.date]:
    for interval in intervals:
        yield interval.start
        if interval.end is not None and interval.end < datetime.date.max:
            yield interval.end + datetime.timedelta(days=1)
