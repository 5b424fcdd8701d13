"""Which of two versions is lighter, compared as whole packages (从旧兼从轻)."""

from __future__ import annotations

from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.evaluation.facts import Domain
from lawengine.model.expressions import Expression
from lawengine.model.measures import SEVERITY, EffectKind, Modality
from lawengine.sanctions.packages import FineRange, Package


class Order(StrEnum):
    """How the later package stands to the earlier one."""

    LIGHTER = "lighter"
    EQUAL = "equal"
    HEAVIER = "heavier"
    OPEN = "open"


class Step(StrEnum):
    """At which step of the comparison the two differ."""

    UNLAWFUL = "no_longer_unlawful"
    KINDS = "kinds"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The result of a comparison and the step that decided it."""

    order: Order
    step: Step


def weigh(earlier: Package, later: Package | None) -> Weighed:
    """Return how the `later` package stands to the `earlier` one.

    `later` None means that the later law no longer holds the act unlawful. The order is: no longer
    unlawful, kinds of penalty by severity, maximum of the fine, minimum of the fine; no floor is
    below any floor, and a fine that may be left out below one that must be imposed.

    Law: APL-2021 art 37 (the new rule applies where it punishes more lightly or not at all); the
    order of steps is a reading, the article names none.
    """
    if later is None:
        return Weighed(Order.LIGHTER, Step.UNLAWFUL)
    if (kinds := _order(_kinds(later), _kinds(earlier))) is not Order.EQUAL:
        return Weighed(kinds, Step.KINDS)
    one, two = earlier.fine, later.fine
    if one is None or two is None:
        # a fine on one side only, with equally severe kinds on the other: no step compares them
        return Weighed(Order.EQUAL if one is two else Order.OPEN, Step.NONE)
    same = (one.low, one.high, one.may) == (two.low, two.high, two.may)
    if not (one.sure and two.sure):
        alike = same and one.sure is two.sure and _figures(one) == _figures(two)
        return Weighed(Order.EQUAL if alike else Order.OPEN, Step.NONE)
    if one.high != two.high and one.high is not None and two.high is not None:
        return Weighed(Order.LIGHTER if two.high < one.high else Order.HEAVIER, Step.MAXIMUM)
    minimum = _order([_floor(two)], [_floor(one)])
    return Weighed(minimum, Step.NONE if minimum is Order.EQUAL else Step.MINIMUM)


def _kinds(package: Package) -> list[tuple[int, int]]:
    """Return the severities of its penalties, heaviest first; `must` weighs more than `may`.

    Edges: each kind counts once (for each licence or post). Whether a fine must be imposed is the
    last step (its floor) and makes no difference here.
    """
    found: dict[tuple[str, str], bool] = {}
    for item in package.items:
        if item.kind in SEVERITY:
            thing = (item.kind.value, item.measure.target)
            found[thing] = found.get(thing, False) or item.must or item.fine is not None
    severities = {kind.value: severity for kind, severity in SEVERITY.items()}
    pairs = [(severities[kind], int(must)) for (kind, _), must in found.items()]
    return sorted(pairs, reverse=True)


def _figures(fine: FineRange) -> list[tuple[Expression, Domain]]:
    return [(part.expression, part.domain) for part in fine.parts]


def _floor(fine: FineRange) -> tuple[int, int]:
    return (0 if fine.may else 1, -1 if fine.low is None else fine.low)


def _order(later: list[tuple[int, int]], earlier: list[tuple[int, int]]) -> Order:
    if later == earlier:
        return Order.EQUAL
    return Order.LIGHTER if later < earlier else Order.HEAVIER


_LENIENCY = {
    # from the effect that helps the party most to the one that burdens it
    (EffectKind.NO_PENALTY, Modality.MUST): 0,
    (EffectKind.NO_PENALTY, Modality.MAY): 1,
    (EffectKind.NO_FINE, Modality.MUST): 2,
    (EffectKind.NO_FINE, Modality.MAY): 3,
    (EffectKind.REDUCED, Modality.MUST): 4,
    (EffectKind.LIGHTER_OR_REDUCED, Modality.MUST): 5,
    (EffectKind.LIGHTER, Modality.MUST): 6,
    (EffectKind.REDUCED, Modality.MAY): 7,
    (EffectKind.LIGHTER_OR_REDUCED, Modality.MAY): 8,
    (EffectKind.LIGHTER, Modality.MAY): 9,
    (EffectKind.HEAVIER, Modality.MAY): 11,
    (EffectKind.HEAVIER, Modality.MUST): 12,
}
_NO_EFFECT = 10


def weigh_effects(earlier: Package | None, later: Package | None) -> Order:
    """Return how the later effect on penalties stands to the earlier one; None is no effect.

    Edges: effects that order other rules (one fine, the higher fine, the lighter later law) are
    neither lighter nor heavier: the law of the conduct keeps them.
    """
    one, two = _leniency(earlier), _leniency(later)
    if one == two:
        return Order.EQUAL
    return Order.LIGHTER if two < one else Order.HEAVIER


def _leniency(package: Package | None) -> int:
    if package is None:
        return _NO_EFFECT
    ranks = [
        _LENIENCY.get((effect.kind, effect.modality), _NO_EFFECT) for effect in package.effects
    ]
    return min(ranks, default=_NO_EFFECT)
