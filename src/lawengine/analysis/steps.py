"""The steps of a sweep before it runs: which figures move, and the law of each step."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from lawengine.analysis.axes import Moved, proposed, read_axis
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.sides import Law
from lawengine.base.diagnostic import has_errors
from lawengine.reforms.applying import apply

MOST_AT_ONCE = 1_000
"""Steps of a sweep over two figures together."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A sweep before it runs: the law, its figures, and the law of each step."""

    law: Law
    moved: tuple[Moved, ...]
    places: tuple[tuple[int, ...], ...]
    laws: tuple[Law, ...]

    def probe(self) -> int | None:
        """Return a step that moves each end to a value of its own, not that of the law, or None.

        What such a step changes in a row is told from what is constant, and one end from the other.
        """
        for number, place in enumerate(self.places):
            pairs = [(one, one.axis.values[at]) for one, at in zip(self.moved, place, strict=True)]
            values = [value for _, value in pairs]
            moved = all(value != (one.axis.law or "0 yuan") for one, value in pairs)
            if moved and len(set(values)) == len(values):
                return number
        return None

    def identity(self, number: int) -> str:
        """Return a hash of the law and of what a step sets; that of the law where it sets nothing.

        Hashing a rulebook anew takes longer than a hundred thousand cases.
        """
        step = self.laws[number]
        if step.rulebook is self.law.rulebook:
            return self.law.rulebook.content_hash
        values = (
            f"{one.axis.name}={one.axis.values[at]}"
            for one, at in zip(self.moved, self.places[number], strict=True)
        )
        told = "\n".join((self.law.rulebook.content_hash, *values))
        return hashlib.sha256(told.encode()).hexdigest()


def plan(law: Law, written: Sequence[str]) -> Planned:
    """Return the steps of one or two figures.

    Raises:
        RefusedError: a figure is none, a step is no value of it, or there are too many.
    """
    if len(written) not in (1, 2):
        raise RefusedError("LAW728", number=len(written))
    moved = tuple(read_axis(text, law.rulebook) for text in written)
    if len({one.bound.key if one.bound is not None else one.axis.name for one in moved}) < len(
        moved
    ):
        raise RefusedError("LAW728", number=1)
    places = tuple(product(*(range(len(one.values)) for one in moved)))
    if len(places) > MOST_AT_ONCE:
        raise RefusedError("LAW717", text=" ".join(written), most=MOST_AT_ONCE)
    laws = []
    for place in places:
        steps = list(zip(moved, place, strict=True))
        reform = proposed(steps, f"step_{'_'.join(map(str, place))}")
        applied = apply(law.rulebook, [reform])
        if has_errors(applied.diagnostics):
            first = applied.diagnostics[0]
            raise RefusedError(first.code, first.suggestion, **first.words)
        laws.append(
            Law(reform.name, reform.label, applied.rulebook, (reform.proposal,), law.day, law.days)
        )
    return Planned(law, moved, places, tuple(laws))
