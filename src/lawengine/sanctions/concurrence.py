"""Several norms on one act: which fines stand, which measures stack, what clashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lawengine.model.measures import MeasureKind
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

    `choice` is True where several fines stand side by side and the officer records which norm is
    applied.
    """

    standing: tuple[Norm, ...]
    giving_way: tuple[tuple[Norm, str], ...]
    clashes: tuple[tuple[Norm, Norm], ...]
    choice: bool


def settle(norms: Sequence[Norm], concurrence: Concurrence) -> Settled:
    """Return which of the norms on one act stand.

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
    others, clashes = _merge([norm for norm in norms if norm.item.kind is not MeasureKind.FINE])
    standing = [norm for norm in norms if norm in kept or norm in others]
    return Settled(tuple(standing), tuple(gone), tuple(clashes), choice)


def _sure(norm: Norm) -> bool:
    return norm.item.fine is not None and norm.item.fine.sure


def _height(norm: Norm) -> tuple[int, int]:
    fine = norm.item.fine or FineRange(0, 0, may=True)
    return (fine.high or 0, -1 if fine.low is None else fine.low)


def _merge(norms: list[Norm]) -> tuple[list[Norm], list[tuple[Norm, Norm]]]:
    """Keep one of equal measures; a measure that differs from its like only in its term clashes."""
    kept: list[Norm] = []
    clashes: list[tuple[Norm, Norm]] = []
    for norm in norms:
        measure = norm.item.measure
        twin = next(
            (other for other in kept if _thing(other) == _thing(norm) and not norm.item.group),
            None,
        )
        if twin is None:
            kept.append(norm)
        elif measure.term != twin.item.measure.term and norm.rule != twin.rule:
            clashes.append((twin, norm))
            kept.append(norm)
        elif norm.item.must and not twin.item.must:
            kept[kept.index(twin)] = norm
    return kept, clashes


def _thing(norm: Norm) -> tuple[object, ...]:
    measure = norm.item.measure
    return (measure.kind, measure.target, measure.object, norm.item.group)
