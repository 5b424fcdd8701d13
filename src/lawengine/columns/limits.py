"""Bounds that the vocabulary sets for facts: whole numbers, and other facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lawengine.columns.values import as_number
from lawengine.compiled.bounds import closure, under
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook

_END = " "


@dataclass(slots=True, repr=False)
class Limits:
    """Knows between what each fact lies, in every row and beside the other facts of its row.

    `pairs` names every two facts of which the first is never more than the second, also where
    facts between them say so; `over_steps` those of which only steps say so that go on file. A file
    that is complete tells by leaving them out that they were not taken, and then they say nothing.
    """

    rulebook: Rulebook
    pairs: tuple[tuple[str, str], ...] = field(init=False)
    over_steps: frozenset[tuple[str, str]] = field(init=False)
    _ends: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the bounds of all facts; one that leads over a fact that is missing holds too."""
        facts = {fact.path: fact for fact in self.rulebook.vocabulary.facts()}
        edges: set[tuple[str, str]] = set()
        lows: dict[str, list[int]] = {}
        highs: dict[str, list[int]] = {}
        for path, fact in facts.items():
            for bound, is_low in (*((b, True) for b in fact.low), *((b, False) for b in fact.high)):
                if isinstance(bound, e.FactOf):
                    other = f"{bound.entity}.{bound.fact}"
                    edges.add((other, path) if is_low else (path, other))
                elif isinstance(bound, e.Constant) and as_number(bound.value).known is True:
                    value = as_number(bound.value).range.low
                    (lows if is_low else highs).setdefault(path, []).append(value)
        below = closure(edges)
        self.pairs = tuple((low, high) for low, all_ in below.items() for high in sorted(all_))
        self.over_steps = frozenset(self.pairs) - self._past_steps(edges)
        for path in facts:
            low = [value for other in under(path, below) for value in lows.get(other, ())]
            over = (path, *below.get(path, ()))
            high = [value for other in over for value in highs.get(other, ())]
            if low or high:
                self._ends[path] = max(low, default=None), min(high, default=None)

    def _past_steps(self, edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return the pairs that hold by no step that goes on file between them."""
        recorded = self.rulebook.recorded.items()
        steps = {f"{entity}.{name}" for entity, names in recorded for name in names}
        # A step leads to what it bounds, or it is led to: never both, so that none is between.
        told = ((low, f"{high}{_END}" if high in steps else high) for low, high in edges)
        return {
            (low, high.removesuffix(_END)) for low, highs in closure(told).items() for high in highs
        }

    def __iter__(self) -> Iterator[tuple[str, int | None, int | None]]:
        """Yield the facts that lie between whole numbers, with both; None is no such bound."""
        for path, (low, high) in self._ends.items():
            yield path, low, high

    def of(self, path: str) -> tuple[int | None, int | None]:
        """Return the least and the greatest value that a fact may have in any row.

        Units: fen, days since 1970 or pieces. Edges: None where the vocabulary sets no such bound.
        """
        return self._ends.get(path, (None, None))

    def below(self, path: str) -> Sequence[str]:
        """Return the facts that a fact is never less than."""
        return [low for low, high in self.pairs if high == path]

    def above(self, path: str) -> Sequence[str]:
        """Return the facts that a fact is never more than."""
        return [high for low, high in self.pairs if low == path]
