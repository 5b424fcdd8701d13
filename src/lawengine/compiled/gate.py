"""Checks plain facts before the compiled rules read them: names, classes, choices, bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from lawengine.base.errors import LawEngineError
from lawengine.compiled.facts import CLASSES
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.compiled.source import Source
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import KIND_LABELS, Kind
from lawengine.model.vocabulary import Fact

Admitted = tuple[frozenset[type], frozenset[str] | None]
Number = int | Fraction
Edge = tuple[str, str]
"""The first fact is at most the second one, both by path."""


class FactError(LawEngineError):
    """A plain fact that the vocabulary does not admit; `path` names it."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        super().__init__(f"`{path}` {problem}")


@dataclass(slots=True)
class Gate:
    """What the vocabulary admits, ready to be asked.

    `exact` is False where a bound is no plain fact or number: such cases go the long way, through
    the reference evaluator's own preparation. So do cases with elements whose bounds are facts.
    """

    rulebook: Rulebook
    exact: bool = True
    _known: dict[str, dict[str, Admitted]] = field(default_factory=dict)
    _bounded: Callable[[Facts, Facts, Facts], str] = field(init=False)
    _parts: frozenset[str] = frozenset()
    _bound_parts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Read the vocabulary once."""
        vocabulary = self.rulebook.vocabulary
        for entity in vocabulary.entities.values():
            known = self._known[entity.name] = {}
            for name, fact in entity.facts.items():
                members = None
                if fact.type.kind is Kind.CHOICE:
                    choices = vocabulary.choices[fact.type.choices]
                    members = frozenset(member.name for member in choices.members)
                known[name] = (frozenset(CLASSES[fact.type.kind]), members)
        self._parts = frozenset(f"*{name}" for name in vocabulary.entities if name not in CHAIN)
        self._bounded = self._bounds()

    def check(self, case: Facts, party: Facts, act: Facts) -> None:
        """Return when the vocabulary admits the facts.

        Raises:
            FactError: it does not; the first problem is named.
        """
        for entity, facts in zip(CHAIN, (case, party, act), strict=True):
            self._admit(entity, facts)
        problem = self._bounded(case, party, act)
        if problem:
            raise FactError(problem, "lies outside its bounds")

    def settles(self, case: Facts, party: Facts, act: Facts) -> bool:
        """Tell whether `check` has compared all that can be compared in these facts."""
        return self.exact and not any(
            facts.get(part) for part in self._bound_parts for facts in (case, party, act)
        )

    def _admit(self, entity: str, facts: Facts) -> None:
        known = self._known[entity]
        for name, value in facts.items():
            found = known.get(name)
            if found is None:
                self._elements(entity, name, value)
                continue
            classes, members = found
            if type(value) not in classes:
                kind = self.rulebook.vocabulary.fact(entity, name).type.kind
                raise FactError(f"{entity}.{name}", f"must be {KIND_LABELS[kind].text('en')}")
            if members is not None and value not in members:
                raise FactError(f"{entity}.{name}", f"is none of its choices: `{value}`")

    def _elements(self, entity: str, name: str, value: object) -> None:
        if name not in self._parts or not isinstance(value, tuple):
            raise FactError(f"{entity}.{name}", "is no fact that the vocabulary knows")
        for element in value:
            self._admit(name[1:], element)
            for fact in self.rulebook.vocabulary.entities[name[1:]].facts.values():
                own = element.get(fact.name)
                if own is not None and not _inside(own, fact):
                    raise FactError(f"{name[1:]}.{fact.name}", "lies outside its bounds")

    def _bounds(self) -> Callable[[Facts, Facts, Facts], str]:
        """Return the function that names the first fact outside its bounds, or nothing.

        A bound that leads over a fact that is missing still holds, so that every pair of facts
        with such a way between them is compared.
        """
        source = Source()
        facts = {fact.path: fact for fact in self.rulebook.vocabulary.facts()}
        edges: set[Edge] = set()
        lows: dict[str, list[Number]] = {}
        highs: dict[str, list[Number]] = {}
        for path, fact in facts.items():
            for bound, is_low in (*((b, True) for b in fact.low), *((b, False) for b in fact.high)):
                if isinstance(bound, e.FactOf):
                    other = f"{bound.entity}.{bound.fact}"
                    edges.add((other, path) if is_low else (path, other))
                elif isinstance(bound, e.Constant) and type(bound.value) in (int, Fraction):
                    ends = lows if is_low else highs
                    ends.setdefault(path, []).append(bound.value)  # type: ignore[arg-type]
                else:
                    self.exact = False
        far = {edge for edge in edges if any(facts[path].entity not in CHAIN for path in edge)}
        self._bound_parts = self._holders(facts[path].entity for edge in far for path in edge)
        below = _closure(edges - far)
        for fact in facts.values():
            if fact.entity in CHAIN:
                self._write(source, fact, below, lows, highs)
        source.add(1, 'return ""')
        return source.function("bounded(case, party, act)")

    def _holders(self, entities: Iterable[str]) -> frozenset[str]:
        """Return the keys of the elements that are of these entities or hold some that are."""
        parents = self.rulebook.vocabulary.entities
        found: set[str] = set()
        for name in entities:
            while name not in CHAIN and f"*{name}" not in found:
                found.add(f"*{name}")
                name = parents[name].parent  # noqa: PLW2901 - one step up
        return frozenset(found)

    def _write(
        self,
        source: Source,
        fact: Fact,
        below: Mapping[str, frozenset[str]],
        lows: Mapping[str, list[Number]],
        highs: Mapping[str, list[Number]],
    ) -> None:
        path = fact.path
        tests = [f"x < {source.constant(low)}" for low in _all(lows, _under(path, below))]
        tests += [f"x > {source.constant(high)}" for high in _all(highs, below.get(path, ()), path)]
        for other in sorted(below.get(path, ())):
            entity, _, name = other.partition(".")
            if entity in CHAIN:
                key = source.constant(name)
                tests.append(f"({key} in {entity} and x > {entity}[{key}])")
        if tests:
            source.add(1, f"x = {fact.entity}.get({source.constant(fact.name)})")
            source.add(1, f"if x is not None and ({' or '.join(tests)}):")
            source.add(2, f"return {source.constant(path)}")


def _inside(value: object, fact: Fact) -> bool:
    lows = [b.value for b in fact.low if isinstance(b, e.Constant)]
    highs = [b.value for b in fact.high if isinstance(b, e.Constant)]
    return all(value >= low for low in lows) and all(value <= high for high in highs)  # type: ignore[operator]


def _closure(edges: Iterable[Edge]) -> dict[str, frozenset[str]]:
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


def _under(path: str, below: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the facts that the fact can be no less than, itself included."""
    return [path, *(low for low, highs in below.items() if path in highs and low != path)]


def _all(values: Mapping[str, list[Number]], paths: Iterable[str], *more: str) -> list[Number]:
    return [value for path in (*paths, *more) for value in values.get(path, ())]
