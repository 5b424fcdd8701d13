"""What one version of a rule can attach to an act: its measures once the tiers are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.compiled.trace import Trace
from lawengine.model.measures import (
    SANCTION_CLASSES,
    ChoiceMode,
    Effect,
    EffectKind,
    Measure,
    MeasureKind,
    Modality,
    Reference,
    SanctionClass,
)
from lawengine.model.rules import Rule, Tier, Version
from lawengine.sanctions.lighter import Order, weigh, weigh_effects
from lawengine.sanctions.packages import FineRange, Item, Package

Ends = tuple[int | None, int | None] | None
"""The lowest and highest sum of a measure, in fen; None for a measure that is no sum.

Edges: a sum that is taken and whose fact is unknown has no ends; a fine always has a highest one.
"""

BETWEEN = frozenset({EffectKind.ONE_FINE, EffectKind.HIGHER_FINE, EffectKind.LATER_LIGHTER_LAW})
"""Effects that order other rules and leave the penalties of the act alone."""


LIMITS = {EffectKind.ONE_FINE: 1, EffectKind.HIGHER_FINE: 2}
"""How an effect limits several fines for one act; the stronger one counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One measure of a shape, without its sum.

    `thing` is one number for measures that are the same thing (two orders to stop), `same` one for
    measures that are equal in everything but the sum.
    """

    rule: str
    version: Version
    measure: Measure
    modality: Modality
    group: int
    mode: ChoiceMode | None
    later: bool
    thing: int
    same: int
    kind: MeasureKind = field(init=False)
    fine: bool = field(init=False)
    penalty: bool = field(init=False)
    must: bool = field(init=False)
    may: bool = field(init=False)
    instrument: str = field(init=False)

    def __post_init__(self) -> None:
        """Settle what does not hang on the case."""
        measure = self.measure
        must = self.modality is Modality.MUST and self.group == 0
        found: dict[str, object] = {
            "kind": measure.kind,
            "fine": measure.kind is MeasureKind.FINE,
            "penalty": SANCTION_CLASSES[measure.kind] is SanctionClass.PENALTY,
            "must": must,
            "may": not must,
            "instrument": instrument_of(self.version),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)


def instrument_of(version: Version) -> str:
    """Return the instrument that a version applies first, or nothing."""
    return version.law[0].instrument if version.law else ""


class Numbers:
    """Gives equal things one number, so that they are compared fast."""

    def __init__(self) -> None:
        self._known: dict[object, int] = {}

    def of(self, thing: object) -> int:
        """Return the number of a thing that has a hash."""
        return self._known.setdefault(thing, len(self._known))

    def slot(
        self,
        rule: str,
        version: Version,
        measure: Measure,
        how: tuple[Modality, int, ChoiceMode | None],
        *,
        later: bool,
    ) -> Slot:
        """Return the slot of a measure; `how` is its modality, its group and how one chooses."""
        modality, group, mode = how
        thing = self.of((measure.kind, measure.target, measure.object, group))
        same = self.of((rule, instrument_of(version), measure, how))
        return Slot(rule, version, measure, modality, group, mode, later, thing, same)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What follows from a version once its tiers, bands and sums above 0 are settled.

    `tiers` holds each tier that was asked, with its answer. `fine` is the place of the first fine
    among the slots, -1 for none; `plain` tells that the slots stand as they are when no other rule
    sets a measure: no two of them are the same thing, and there is one fine at most.
    """

    rule: Rule
    version: Version
    later: bool
    slots: tuple[Slot, ...]
    effects: tuple[Effect, ...]
    references: tuple[Reference, ...]
    tiers: tuple[tuple[Tier, bool], ...]
    clashes: tuple[str, ...]
    trace: Trace
    fine: int = field(init=False)
    plain: bool = field(init=False)
    may: bool = field(init=False)
    things: frozenset[int] = field(init=False)
    limit: int = field(init=False)

    def __post_init__(self) -> None:
        """Settle what does not hang on the case."""
        fines = [number for number, slot in enumerate(self.slots) if slot.fine]
        things = [slot.thing for slot in self.slots if not slot.fine]
        distinct = all(thing not in things[:n] for n, thing in enumerate(things))
        object.__setattr__(self, "fine", fines[0] if fines else -1)
        plain = distinct and len(fines) <= 1 and not self.clashes
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "may", bool(fines) and self.slots[fines[0]].may)
        object.__setattr__(self, "things", frozenset(things))
        limits = [LIMITS.get(effect.kind, 0) for effect in self.effects]
        object.__setattr__(self, "limit", max(limits, default=0))

    @property
    def gentle(self) -> bool:
        """Tell whether none of its effects reaches the penalties of the act."""
        return all(effect.kind in BETWEEN for effect in self.effects)


Hit = tuple[Shape, tuple[Ends, ...]]
"""What a rule attaches to an act: its shape, and the sum of each slot."""


def package_of(hit: Hit) -> Package:
    """Return the package that the reference evaluator would build, without its findings."""
    shape, ends = hit
    items = tuple(
        Item(
            slot.measure,
            slot.modality,
            FineRange(end[0], end[1], slot.may) if slot.fine and end is not None else None,
            None,
            slot.group,
            slot.mode,
        )
        for slot, end in zip(shape.slots, ends, strict=True)
    )
    return Package(shape.version, items, shape.effects, shape.references)


class Scales:
    """Weighs what two versions attach, by the lighter later law; each pair once."""

    MAX = 10_000

    def __init__(self) -> None:
        self.numbers = Numbers()
        self._known: dict[tuple[Hit, Hit | None], Order] = {}
        self._effects: dict[tuple[Shape | None, Shape | None], bool] = {}

    def substance(self, earlier: Hit, later: Hit | None) -> Order:
        """Return how the later law stands to the earlier one; None is no longer unlawful."""
        key = (earlier, later)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= self.MAX:
                self._known.clear()
            other = package_of(later) if later is not None else None
            found = self._known[key] = weigh(package_of(earlier), other).order
        return found

    def mercy(self, earlier: Hit | None, later: Hit | None) -> bool:
        """Tell whether the later effects on penalties are lighter than the earlier ones."""
        key = (earlier[0] if earlier else None, later[0] if later else None)
        found = self._effects.get(key)
        if found is None:
            one = package_of(earlier) if earlier else None
            two = package_of(later) if later else None
            found = self._effects[key] = weigh_effects(one, two) is Order.LIGHTER
        return found


def slots_of(hits: Sequence[Hit]) -> list[tuple[Slot, Ends]]:
    """Return the measures of all hits in order."""
    return [pair for shape, ends in hits for pair in zip(shape.slots, ends)]  # noqa: B905 - of one length, and often asked
