"""Which facts lie outside their bounds: functions that name the first one, made from a rulebook."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.compiled.source import Source
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ROOT, Fact, Role

Number = int | Fraction
Chain = tuple[Facts, Facts, Facts]
"""The facts of case, party and act."""
Edge = tuple[str, str]
"""The first fact is at most the second one, both by path."""


class Limits(NamedTuple):
    """The lowest and the highest values by the path of the fact, and what a complete file says.

    `complete` is the fact of the case that says how far the file is complete, "" for none; a step
    that is missing lies after that day, and so does each fact that cannot be before it: `steps`
    holds them by that fact.
    """

    lows: Mapping[str, list[Number]]
    highs: Mapping[str, list[Number]]
    complete: str
    steps: Mapping[str, list[str]]


_VARIABLES = (*CHAIN, "part")
"""What generated code calls the facts of case, party, act and one element."""


@dataclass(slots=True)
class Bounds:
    """What bounds the facts of a rulebook, ready to be asked; `parts` are the keys of elements.

    `exact` is False where a bound is no plain fact or number: such cases go the long way, through
    the reference evaluator's own preparation. So do cases with elements of elements that have
    facts for bounds, and those where a missing fact stands between facts of two elements.
    """

    rulebook: Rulebook
    parts: frozenset[str]
    exact: bool = field(default=True, init=False)
    _first: Callable[..., str] = field(init=False)
    _each: dict[str, tuple[int, Callable[..., str]]] = field(default_factory=dict)
    _deep: frozenset[str] = frozenset()
    _between: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        """Write the functions."""
        self._write_bounds()

    def first(self, chain: Chain) -> str:
        """Return the path of the first fact of case, party and act outside its bounds, or ""."""
        return self._first(*chain) or self._outside(chain)

    def _outside(self, chain: Chain) -> str:
        """Return the path of the first fact that is outside its bounds because of an element."""
        for part, (place, bounded) in self._each.items():
            for number, element in enumerate(_elements(chain[place], part), 1):
                problem = bounded(*chain, element)
                if problem.startswith(f"{part[1:]}."):
                    listed = self.rulebook.vocabulary.entities[part[1:]].listed_as
                    return f"{CHAIN[place]}.{listed}[{number}].{problem.partition('.')[2]}"
                if problem:
                    return problem
        return ""

    def settles(self, chain: Chain) -> bool:
        """Tell whether all that can be compared in these facts is compared."""
        if not self.exact or (self._deep and any(self._holds_deep(facts) for facts in chain)):
            return False
        if all(fact in chain[place] for place, fact in self._between):
            return True
        return not any(_elements(chain[place], part) for part, (place, _) in self._each.items())

    def _holds_deep(self, facts: Facts) -> bool:
        """Tell whether elements of elements that have facts for bounds are among these facts."""
        return any(
            self._holds_deep(element)
            for part in facts.keys() & self.parts
            for element in _elements(facts, part)
        ) or any(facts.get(part) for part in self._deep)

    def _write_bounds(self) -> None:
        """Write the functions that name the first fact outside its bounds, or nothing.

        One looks at case, party and act, and one for each entity right below them at an element
        beside these three. A bound that leads over a fact that is missing still holds, so that
        every pair of facts with such a way between them is compared.
        """
        facts = {fact.path: fact for fact in self.rulebook.vocabulary.facts()}
        edges: set[Edge] = set()
        onward: set[Edge] = set()
        lows: dict[str, list[Number]] = {}
        highs: dict[str, list[Number]] = {}
        for path, fact in facts.items():
            for bound, is_low in (*((b, True) for b in fact.low), *((b, False) for b in fact.high)):
                if isinstance(bound, e.FactOf):
                    if bound.entity in self._line(fact.entity):  # others are not in view
                        other = f"{bound.entity}.{bound.fact}"
                        edge = (other, path) if is_low else (path, other)
                        edges.add(edge)
                        if is_low or not fact.goes_on_file:  # a step that was not taken is no bound
                            onward.add(edge)
                elif isinstance(bound, e.Constant) and type(bound.value) in (int, Fraction):
                    ends = lows if is_low else highs
                    ends.setdefault(path, []).append(bound.value)  # type: ignore[arg-type]  # both are of one kind by the checks
                else:
                    self.exact = False
        said = self.rulebook.roles.get(Role.COMPLETE_UNTIL)
        reached = closure(onward)
        later = {step: reached.get(step, ()) for step in facts if facts[step].goes_on_file}
        steps = {path: [step for step in later if path in later[step]] for path in facts}
        limits = Limits(lows, highs, "" if said is None else said.name, steps)
        self._first = _function(facts.values(), CHAIN, edges, limits)
        entities = self.rulebook.vocabulary.entities
        held = {_entity(path) for edge in edges for path in edge} - set(CHAIN)
        near = sorted(name for name in held if entities[name].parent in CHAIN)
        self._deep = frozenset(f"*{name}" for name in held if name not in near)
        for name in near:
            function = _function(facts.values(), (*CHAIN, name), edges, limits)
            self._each[f"*{name}"] = CHAIN.index(entities[name].parent), function
        self._between = tuple(self._ways(edges))

    def _line(self, entity: str) -> list[str]:
        """Return the entity and those above it."""
        line = [entity]
        while line[-1] != ROOT:
            line.append(self.rulebook.vocabulary.entities[line[-1]].parent)
        return line

    def _ways(self, edges: set[Edge]) -> Iterator[tuple[int, str]]:
        """Yield the facts over which a way leads from an element to an element.

        Where such a fact is missing, two elements bound each other.
        """
        below = closure(edges)
        for fact in self.rulebook.vocabulary.facts():
            if fact.entity in CHAIN:
                lower = (x for x in under(fact.path, below) if _entity(x) not in CHAIN)
                over = (x for x in below.get(fact.path, ()) if _entity(x) not in CHAIN)
                if any(lower) and any(over):
                    yield CHAIN.index(fact.entity), fact.name


def _function(
    facts: Iterable[Fact], scope: Sequence[str], edges: Iterable[Edge], limits: Limits
) -> Callable[..., str]:
    """Return the function that names the first fact in `scope` outside its bounds, or nothing.

    Beside case, party and act an element may be in scope. Only what it may change is compared then.
    """
    below = closure(edge for edge in edges if all(_entity(path) in scope for path in edge))
    source = Source()
    for fact in facts:
        linked = {fact.path, *below.get(fact.path, ()), *under(fact.path, below)}
        if fact.entity in scope and (scope == CHAIN or scope[-1] in map(_entity, linked)):
            _write(source, fact, scope, below, limits)
    source.add(1, 'return ""')
    return source.function(f"bounded({', '.join(_VARIABLES[: len(scope)])})")


def _write(
    source: Source,
    fact: Fact,
    scope: Sequence[str],
    below: Mapping[str, frozenset[str]],
    limits: Limits,
) -> None:
    path = fact.path
    tests = [f"x < {source.constant(low)}" for low in _all(limits.lows, under(path, below))]
    highs = _all(limits.highs, below.get(path, ()), path)
    tests += [f"x > {source.constant(high)}" for high in highs]
    for other in sorted(below.get(path, ())):
        entity, _, name = other.partition(".")
        key, owner = source.constant(name), _VARIABLES[scope.index(entity)]
        tests.append(f"({key} in {owner} and x > {owner}[{key}])")
    tests += _absences(source, path, scope, limits)
    if tests:
        owner = _VARIABLES[scope.index(fact.entity)]
        source.add(1, f"x = {owner}.get({source.constant(fact.name)})")
        source.add(1, f"if x is not None and ({' or '.join(tests)}):")
        source.add(2, f"return {source.constant(path)}")


def _absences(source: Source, path: str, scope: Sequence[str], limits: Limits) -> Iterator[str]:
    """Yield what fails where a step that cannot be later is missing from a complete file."""
    if not limits.complete:
        return
    until = f"case.get({source.constant(limits.complete)}, {source.constant(datetime.date.min)})"
    for other in limits.steps[path]:
        entity, _, name = other.partition(".")
        if entity not in scope:
            continue
        owner = _VARIABLES[scope.index(entity)]
        yield f"({source.constant(name)} not in {owner} and x <= {until})"


def _elements(facts: Facts, part: str) -> Sequence[Facts]:
    found = facts.get(part, ())
    return found if isinstance(found, tuple) else ()


def _entity(path: str) -> str:
    return path.partition(".")[0]


def closure(edges: Iterable[Edge]) -> dict[str, frozenset[str]]:
    """Return, for each fact, all that it can be no more than, over any number of steps."""
    found: dict[str, set[str]] = {}
    for low, high in edges:
        found.setdefault(low, set()).add(high)
    growing = True
    while growing:
        growing = False
        for highs in found.values():
            more = set().union(*(found.get(high, set()) for high in highs)) - highs
            if more:
                highs.update(more)
                growing = True
    return {path: frozenset(highs) for path, highs in found.items()}


def under(path: str, below: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the facts that the fact can be no less than, itself included."""
    return [path, *(low for low, highs in below.items() if path in highs and low != path)]


def _all(values: Mapping[str, list[Number]], paths: Iterable[str], *more: str) -> list[Number]:
    return [value for path in (*paths, *more) for value in values.get(path, ())]
