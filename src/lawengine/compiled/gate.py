"""Checks plain facts before the compiled rules read them: names, classes, choices, bounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from lawengine.base.errors import LawEngineError
from lawengine.compiled.bounds import Bounds
from lawengine.compiled.facts import CLASSES
from lawengine.compiled.index import CHAIN
from lawengine.compiled.outcome import Facts
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import KIND_LABELS, Kind
from lawengine.model.vocabulary import Fact

Admitted = tuple[frozenset[type], frozenset[str] | None]


class FactError(LawEngineError):
    """A plain fact that the vocabulary does not admit; `path` names it."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        super().__init__(f"`{path}` {problem}")


@dataclass(slots=True)
class Gate:
    """What the vocabulary admits; its bounds are made into code when the first case is checked."""

    rulebook: Rulebook
    _known: dict[str, dict[str, Admitted]] = field(default_factory=dict)
    _parts: frozenset[str] = frozenset()
    _made: Bounds | None = None

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

    @property
    def _bounds(self) -> Bounds:
        if self._made is None:
            self._made = Bounds(self.rulebook, self._parts)
        return self._made

    def settles(self, case: Facts, party: Facts, act: Facts) -> bool:
        """Tell whether `check` has compared all that can be compared in these facts."""
        return self._bounds.settles((case, party, act))

    def check(self, case: Facts, party: Facts, act: Facts) -> None:
        """Return when the vocabulary admits the facts.

        Raises:
            FactError: it does not; the first problem is named.
        """
        chain = case, party, act
        for entity, facts in zip(CHAIN, chain, strict=True):
            self._admit(entity, facts)
        problem = self._bounds.first(chain)
        if problem:
            raise FactError(problem, "lies outside its bounds")

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


def _inside(value: object, fact: Fact) -> bool:
    lows = [b.value for b in fact.low if isinstance(b, e.Constant)]
    highs = [b.value for b in fact.high if isinstance(b, e.Constant)]
    return all(value >= low for low in lows) and all(value <= high for high in highs)  # type: ignore[operator]  # both are of one kind by the checks
