"""The outcome of one act as light data, and how several measures on one act settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lawengine.base.citation import Citation
from lawengine.compiled.shapes import Ends, Hit, Shape, Slot, slots_of
from lawengine.deciding.decision import Conflict, FineTotal, SanctionOrigin
from lawengine.deciding.leaf import REDUCING
from lawengine.deciding.outcome import add, union
from lawengine.model.measures import (
    MEASURE_LABELS,
    EffectKind,
    MeasureKind,
    Modality,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState

Facts = Mapping[str, object]
"""The exact facts of one instance by name; collections stand under `*` and the entity's name."""

BOTH_LAWS = 900
"""The group of measures of which the law of the conduct or the later law applies."""


class Line(NamedTuple):
    """One measure that stands. Units: fen."""

    rule: str
    kind: MeasureKind
    modality: Modality
    mandatory: bool
    low: int | None
    high: int | None
    slot: Slot
    group: int
    below_floor_by: tuple[Citation, ...]
    exempt_by: tuple[Citation, ...]

    @property
    def law(self) -> tuple[Citation, ...]:
        """Return the articles that are applied."""
        return self.slot.version.law

    @property
    def origin(self) -> SanctionOrigin:
        """Return whose law it comes from."""
        return SanctionOrigin.LIGHTER_LATER if self.slot.later else SanctionOrigin.CONDUCT


class Outcome(NamedTuple):
    """What follows for one act whose facts are exact.

    `hits` are the established rules in order, each with the shape of what it attaches and its
    sums; `effects` those of them that have an effect on other rules or on the penalties. `others`
    holds the rules that have a state worth telling and attach nothing: defeated ones, and those
    that the lighter law takes away. `fine` is (low, high, may, open, choices) as in `FineTotal`;
    `settled` is None where every measure of every hit stands.
    """

    case: Facts
    party: Facts
    act: Facts
    hits: Sequence[Hit]
    effects: Sequence[Hit]
    others: Sequence[tuple[str, RuleState, str]]
    fine: tuple[int | None, int | None, bool, bool, int]
    settled: Settled | None

    def rules(self) -> tuple[str, ...]:
        """Return the rules that are established and applied, those of the general part last."""
        return tuple(dict.fromkeys(h[0].rule.name for h in (*self.hits, *self.effects)))

    def states(self) -> dict[str, RuleState]:
        """Return the state of every rule that is more than not established."""
        found = {name: RuleState.ESTABLISHED for name in self.rules()}
        found.update({name: state for name, state, _ in self.others})
        return found

    def articles(self) -> tuple[Citation, ...]:
        """Return the articles that the established norms apply, in order, each once."""
        return tuple(dict.fromkeys(law for shape, _ in self.hits for law in shape.version.law))

    def total(self) -> FineTotal:
        """Return the lawful range of the fine."""
        return FineTotal(*self.fine)

    def lines(self) -> tuple[Line, ...]:
        """Return the measures that stand."""
        if self.settled is not None:
            return self.settled.lines
        return tuple(
            Line(
                slot.rule, slot.kind, slot.modality, slot.must,
                ends[0] if ends else None, ends[1] if ends else None, slot, slot.group, (), (),
            )
            for slot, ends in slots_of(self.hits)
        )  # fmt: skip

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the measures that differ without a priority."""
        return self.settled.conflicts if self.settled is not None else ()

    def applied_effects(self) -> tuple[tuple[EffectKind, str], ...]:
        """Return the effects of the general part that apply, with their rules."""
        return tuple((e.kind, shape.rule.name) for shape, _ in self.effects for e in shape.effects)


class Settled(NamedTuple):
    """The measures that stand, and what clashes."""

    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]


NOTHING = (None, None, False, False, 1)
"""No fine can be imposed."""

_new = tuple.__new__


class _Mercy(NamedTuple):
    exempt: Shape | None
    may_exempt: Shape | None
    below_floor: Shape | None


def conclude(
    facts: tuple[Facts, Facts, Facts],
    hits: list[Hit],
    effects: list[Hit],
    others: list[tuple[str, RuleState, str]],
    both: Sequence[str],
    rulebook: Rulebook,
) -> Outcome:
    """Return the outcome where several measures, or effects on penalties, must be settled.

    `both` names the rules of which either law may apply. Law: as in `sanctions.concurrence`.
    """
    mercy = _mercy(effects)
    kinds = {effect.kind for shape, _ in effects for effect in shape.effects}
    norms = slots_of(hits)
    kept, choice = _fines(norms, kinds)
    merged, clashes = _merged(norms, rulebook)
    standing = [
        (slot, ends)
        for slot, ends in norms
        if (slot.rule in kept if slot.fine else (slot.same, ends) in merged)
    ]
    lines = tuple(
        _line(slot, ends, mercy, both=slot.rule in both)
        for slot, ends in standing
        if not (slot.penalty and mercy.exempt is not None)
    )
    conflicts = (*_conflicts(clashes, norms), *_inner(hits))
    fine = _fine(standing, mercy, both, hits, concurrent=choice)
    settled = Settled(lines, conflicts)
    return _new(Outcome, (*facts, hits, effects, others, fine, settled))


def _mercy(effects: list[Hit]) -> _Mercy:
    exempt = may_exempt = below = None
    for shape, _ in effects:
        for effect in shape.effects:
            if effect.kind is EffectKind.NO_PENALTY:
                if effect.modality is Modality.MUST:
                    exempt = exempt or shape
                elif effect.modality is Modality.MAY:
                    may_exempt = may_exempt or shape
            elif effect.kind in REDUCING:
                below = below or shape
    return _Mercy(exempt, may_exempt, below)


def _fines(norms: list[tuple[Slot, Ends]], kinds: set[EffectKind]) -> tuple[set[str], bool]:
    """Return the rules whose fines stand, and whether they do not all apply together."""
    fined = {slot.rule for slot, _ in norms if slot.fine}
    limited = EffectKind.HIGHER_FINE in kinds or EffectKind.ONE_FINE in kinds
    if len(fined) > 1 and EffectKind.HIGHER_FINE in kinds:
        best = max(((slot, ends) for slot, ends in norms if slot.fine), key=_height)
        return {best[0].rule}, True
    return fined, limited


def _height(norm: tuple[Slot, Ends]) -> tuple[int, int]:
    low, high = norm[1] or (0, 0)
    return high, -1 if low is None else low


def _merged(
    norms: list[tuple[Slot, Ends]], rulebook: Rulebook
) -> tuple[set[tuple[object, Ends]], list[tuple[Slot, Slot]]]:
    """Return the measures other than fines that stand, and the pairs that clash."""
    kept: list[tuple[Slot, Ends]] = []
    clashes: list[tuple[Slot, Slot]] = []
    for norm in norms:
        slot = norm[0]
        if slot.fine:
            continue
        place = next((n for n, (k, _) in enumerate(kept) if k.thing == slot.thing), None)
        if place is None or slot.group:
            kept.append(norm)
            continue
        twin = kept[place][0]
        if slot.measure.term != twin.measure.term and slot.rule != twin.rule:
            preferred = rulebook.preferred(twin.instrument, slot.instrument)
            if preferred is None:
                clashes.append((twin, slot))
                kept.append(norm)
            elif preferred[0] == slot.instrument:
                kept[place] = norm
        elif slot.must and not twin.must:
            kept[place] = norm
    return {(slot.same, ends) for slot, ends in kept}, clashes


def _line(slot: Slot, ends: Ends, mercy: _Mercy, *, both: bool) -> Line:
    low, high = ends or (None, None)
    may_exempt = mercy.may_exempt if slot.penalty else None
    below = mercy.below_floor if slot.fine and low is not None else None
    return Line(
        rule=slot.rule,
        kind=slot.kind,
        modality=slot.modality,
        mandatory=slot.must and may_exempt is None and not both,
        low=None if below is not None else low,
        high=high,
        slot=slot,
        group=BOTH_LAWS if both else slot.group,
        below_floor_by=below.version.law if below is not None else (),
        exempt_by=may_exempt.version.law if may_exempt is not None else (),
    )


def _fine(
    standing: list[tuple[Slot, Ends]],
    mercy: _Mercy,
    both: Sequence[str],
    hits: list[Hit],
    *,
    concurrent: bool,
) -> tuple[int | None, int | None, bool, bool, int]:
    if mercy.exempt is not None:
        return NOTHING
    unfined = {shape.rule.name for shape, _ in hits if shape.fine < 0}
    by_rule: dict[str, list[FineTotal]] = {}
    for slot, ends in standing:
        if slot.fine and ends is not None:
            may = slot.may or (slot.rule in both and slot.rule in unfined)
            by_rule.setdefault(slot.rule, []).append(FineTotal(ends[0], ends[1], may))
    totals = [union(ranges, choices=1) for ranges in by_rule.values()]
    if not totals:
        return NOTHING
    total = union(totals, choices=len(totals)) if concurrent and len(totals) > 1 else add(totals)
    low = None if mercy.below_floor is not None else total.low
    may = total.may or mercy.may_exempt is not None
    choices = 2 if any(rule in both for rule in by_rule) else total.choices
    return low, total.high, may, total.high_open, choices


def _conflicts(
    clashes: list[tuple[Slot, Slot]], norms: list[tuple[Slot, Ends]]
) -> Iterator[Conflict]:
    for one, two in clashes:
        law = tuple(
            citation
            for slot, _ in norms
            if slot.same in (one.same, two.same)
            for citation in slot.version.law
        )
        yield Conflict(MEASURE_LABELS[one.kind], (one.rule, two.rule), law)


def _inner(hits: list[Hit]) -> Iterator[Conflict]:
    """Yield what tiers of one rule set differently."""
    for shape, _ in hits:
        for kind in dict.fromkeys(shape.clashes):
            name = shape.rule.name
            yield Conflict(MEASURE_LABELS[MeasureKind(kind)], (name, name), shape.version.law)
