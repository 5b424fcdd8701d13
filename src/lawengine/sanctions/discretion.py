"""Steps of discretion: which part of a band each is, and which of them a case calls for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from lawengine.base.dataclass import dataclass
from lawengine.base.money import round_exact
from lawengine.model.measures import EffectKind, Modality
from lawengine.model.standards import DiscretionStep, Share


@dataclass(frozen=True, slots=True)
class StepRange:
    """The fines of one step. Units: whole fen, both ends included; the lowest fine is 1 fen."""

    step: DiscretionStep
    low: int
    high: int


def ranges(
    low: int | None, high: int, lighter: Share | None, heavier: Share | None
) -> tuple[StepRange, ...]:
    """Return the steps of the band from `low` to `high`, lightest first.

    They cover every whole fen up to `high` once: what lies below the floor is the reduced step.
    A step that a standard sets no part for, and one that no whole fen falls into, is left out.

    Law: a reading for bands without a floor (`low` None): they begin at nothing, so that the lowest
    30 % of "up to 1 million" end at 300,000; a fine that is imposed is above nothing.
    Edges: a part ends on a whole fen, rounded as the standard writes; where parts of a narrow band
    would share a fen it is of the lighter step. A fixed amount has no width and no steps but the
    one below it. Units: fen.
    """
    floor = low or 0
    width = high - floor
    first = max(floor, 1)
    found = [StepRange(DiscretionStep.REDUCED, 1, first - 1)]
    if width > 0:
        end = floor + part_of(lighter, width) if lighter is not None else first - 1
        start = high - part_of(heavier, width) if heavier is not None else high + 1
        start = max(start, end + 1, first)
        found += [
            StepRange(DiscretionStep.LIGHTER, first, end),
            StepRange(DiscretionStep.ORDINARY, end + 1, start - 1),
            StepRange(DiscretionStep.HEAVIER, start, high),
        ]
    return tuple(one for one in found if one.low <= one.high)


def part_of(share: Share, width: int) -> int:
    """Return a share of a width in whole fen, never more than the width. Units: fen."""
    return min(round_exact(share.portion * width, share.rounding), width)


def point_in(found: StepRange, share: Share) -> int:
    """Return the fine that lies `share` of the way through a step. Units: fen."""
    way = Fraction(found.high - found.low) * share.portion
    return found.low + min(round_exact(way, share.rounding), found.high - found.low)


Ground = tuple[EffectKind, Modality]
"""A circumstance that bears on the step, and whether the authority must follow it."""

_OPENS = {
    EffectKind.LIGHTER: frozenset({DiscretionStep.LIGHTER}),
    EffectKind.REDUCED: frozenset({DiscretionStep.REDUCED}),
    EffectKind.LIGHTER_OR_REDUCED: frozenset({DiscretionStep.LIGHTER, DiscretionStep.REDUCED}),
    EffectKind.HEAVIER: frozenset({DiscretionStep.HEAVIER}),
}
STEP_EFFECTS = frozenset(_OPENS) | {EffectKind.NO_PENALTY}
"""The effects that bear on the step."""


def called(
    grounds: Collection[Ground], *, floor: bool, balanced: bool
) -> tuple[DiscretionStep, ...]:
    """Return the steps that the circumstances call for, lightest first.

    None of them: the ordinary step. Where there are several, the officer chooses one and records
    the ground. Circumstances of one direction open their steps side by side and never add up to a
    further step; one that only allows ("may") leaves the ordinary step open as well, unless another
    of its direction commands. Both directions at once: with `balanced` the ordinary step, otherwise
    every step that one of them opens, and the ordinary one.

    Law: readings, where no standard says otherwise. Without a `floor` there is nothing below it, so
    a reduced fine is a lighter one.
    """
    if (EffectKind.NO_PENALTY, Modality.MUST) in grounds:
        return (DiscretionStep.NO_PENALTY,)
    ordinary = DiscretionStep.ORDINARY
    lighter = [ground for ground in grounds if ground[0] in _OPENS and _eases(ground)]
    heavier = [ground for ground in grounds if ground[0] in _OPENS and not _eases(ground)]
    steps = _opened(lighter) | _opened(heavier)
    if lighter and heavier:
        steps = frozenset({ordinary}) if balanced else steps | {ordinary}
    if not steps:
        steps = frozenset({ordinary})
    if not floor and DiscretionStep.REDUCED in steps:
        steps = steps - {DiscretionStep.REDUCED} | {DiscretionStep.LIGHTER}
    if any(kind is EffectKind.NO_PENALTY for kind, _ in grounds):
        steps |= {DiscretionStep.NO_PENALTY}
    return tuple(step for step in DiscretionStep if step in steps)


def _eases(ground: Ground) -> bool:
    return ground[0] is not EffectKind.HEAVIER


def _opened(grounds: Sequence[Ground]) -> frozenset[DiscretionStep]:
    """Return the steps that circumstances of one direction open."""
    steps = frozenset(step for kind, _ in grounds for step in _OPENS[kind])
    commanded = any(modality is Modality.MUST for _, modality in grounds)
    return steps if commanded or not grounds else steps | {DiscretionStep.ORDINARY}


def step_of(fen: int, found: Sequence[StepRange]) -> DiscretionStep | None:
    """Return the step that a fine falls into, or None where no step has it. Units: fen."""
    return next((one.step for one in found if one.low <= fen <= one.high), None)
