"""Several norms on one act: which fines stand, which measures stack, what clashes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Principle
from lawengine.sanctions.packages import FineRange, Item


@dataclass(frozen=True, slots=True)
class Norm:
    """A measure of one rule on the act, with the rule's name and the rank of its instrument."""

    rule: str
    item: Item
    instrument: str


class Concurrence(StrEnum):
    """What the general part says of several fines on one act."""

    NONE = "none"
    ONE_FINE = "one_fine"
    HIGHER_FINE = "higher_fine"


@dataclass(frozen=True, slots=True)
class Settled:
    """The norms that stand, those that give way and to which rule, and what clashes.

    `yielding` holds measures of one kind whose instruments settle which prevails. `choice` is True
    where several fines stand side by side and the officer records which norm is applied.
    """

    standing: tuple[Norm, ...]
    giving_way: tuple[tuple[Norm, str], ...]
    clashes: tuple[tuple[Norm, Norm], ...]
    choice: bool
    yielding: tuple[tuple[Norm, Norm, Principle], ...] = ()


Prefer = Callable[[str, str], tuple[str, Principle] | None]


def settle(norms: Sequence[Norm], concurrence: Concurrence, prefer: Prefer) -> Settled:
    """Return which of the norms on one act stand.

    `prefer` tells which of two instruments prevails, for measures of one kind that differ.

    Law: APL-2021 art 29 (one act, several norms that call for a fine: the higher fine, compared
    here by maximum, then minimum); APL-2017 art 24 (no second fine; which norm is not said). The
    articles limit fines only: every other kind of measure stands, equal ones merge into one.
    """
    fines = [norm for norm in norms if norm.item.kind is MeasureKind.FINE]
    kept, gone = list(fines), []
    choice = False
    if len({norm.rule for norm in fines}) > 1:
        if concurrence is Concurrence.HIGHER_FINE and all(_sure(norm) for norm in fines):
            best = max(fines, key=_height)
            kept = [norm for norm in fines if norm.rule == best.rule]
            gone = [(norm, best.rule) for norm in fines if norm.rule != best.rule]
        elif concurrence is not Concurrence.NONE:
            choice = True
    merged = _Merged(prefer)
    for norm in norms:
        if norm.item.kind is not MeasureKind.FINE:
            merged.add(norm)
    standing = [norm for norm in norms if norm in kept or norm in merged.kept]
    clashes, yielding = tuple(merged.clashes), tuple(merged.yielding)
    return Settled(tuple(standing), tuple(gone), clashes, choice, yielding)


def _sure(norm: Norm) -> bool:
    return norm.item.fine is not None and norm.item.fine.sure


def _height(norm: Norm) -> tuple[int, int]:
    fine = norm.item.fine or FineRange(0, 0, may=True)
    return (fine.high or 0, -1 if fine.low is None else fine.low)


@dataclass(slots=True)
class _Merged:
    """Keeps one of equal measures; one that differs from its like in its term yields or clashes."""

    prefer: Prefer
    kept: list[Norm] = field(default_factory=list)
    clashes: list[tuple[Norm, Norm]] = field(default_factory=list)
    yielding: list[tuple[Norm, Norm, Principle]] = field(default_factory=list)

    def add(self, norm: Norm) -> None:
        twin = next((other for other in self.kept if _thing(other) == _thing(norm)), None)
        if twin is None or norm.item.group:
            self.kept.append(norm)
        elif norm.item.measure.term != twin.item.measure.term:
            if norm.rule == twin.rule:  # one law of the two that may apply, or the other
                self.kept.append(norm)
            else:
                self._differ(twin, norm)
        elif norm.item.must and not twin.item.must:
            self.kept[self.kept.index(twin)] = norm

    def _differ(self, twin: Norm, norm: Norm) -> None:
        preferred = self.prefer(twin.instrument, norm.instrument)
        if preferred is None:
            self.clashes.append((twin, norm))
            self.kept.append(norm)
        elif preferred[0] == norm.instrument:
            self.kept[self.kept.index(twin)] = norm
            self.yielding.append((twin, norm, preferred[1]))
        else:
            self.yielding.append((norm, twin, preferred[1]))


def _thing(norm: Norm) -> tuple[object, ...]:
    measure = norm.item.measure
    return (measure.kind, measure.target, measure.object, norm.item.group)
