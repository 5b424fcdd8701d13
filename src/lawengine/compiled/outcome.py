"""The outcome of one act as light data, and how several measures on one act settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lawengine.base.citation import Citation
from lawengine.compiled.shapes import LIMITS, Ends, Hit, Shape, Slot, slots_of
from lawengine.deciding.decision import Conflict, FineTotal, SanctionOrigin
from lawengine.deciding.leaf import REDUCING
from lawengine.deciding.outcome import Groups, add, union
from lawengine.model.expressions import Expression, FactOf
from lawengine.model.measures import (
    MEASURE_LABELS,
    EffectKind,
    MeasureKind,
    Modality,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Tier, Version
from lawengine.model.scenarios import RuleState

Facts = Mapping[str, object]
"""The exact facts of one instance by name; collections stand under `*` and the entity's name."""


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


class Told(NamedTuple):
    """What one rule that was hit rests on.

    `atoms` are its single conditions and the facts behind its sums, `values` what each of them was
    (None: not known exactly). `tiers` holds each tier that was asked with its answer,
    `sums` the sum of each of the `measures`. Article and dates stand in the `version`; `later`
    tells that it is the lighter later law.
    """

    rule: str
    version: Version
    later: bool
    atoms: tuple[Expression, ...]
    values: tuple[object, ...]
    tiers: tuple[tuple[Tier, bool], ...]
    measures: tuple[Slot, ...]
    sums: tuple[Ends, ...]

    @property
    def conditions(self) -> tuple[tuple[Expression, object], ...]:
        """Return each atom with its value."""
        return tuple(zip(self.atoms, self.values, strict=True))


class Outcome(NamedTuple):
    """What follows for one act whose facts are exact.

    `hits` are the established rules in order, each with the shape of what it attaches and its
    sums; `effects` those of them that have an effect on other rules or on the penalties. `others`
    holds the rules that have a state worth telling and attach nothing: defeated ones, and those
    that the lighter law takes away. `fine` is (low, high, may, open, choices) as in `FineTotal`.
    `settled` is None where every measure of every hit stands (but of the fines that of the rule
    `only` alone, where it names one), and otherwise the rulebook with the rules of which either
    law may apply.
    """

    case: Facts
    party: Facts
    act: Facts
    hits: Sequence[Hit]
    effects: Sequence[Hit]
    others: Sequence[tuple[str, RuleState, str]]
    fine: Fine
    settled: tuple[Rulebook, Sequence[str]] | None
    only: str = ""

    def rules(self) -> tuple[str, ...]:
        """Return the rules that are established and applied, those of the general part last."""
        return tuple(dict.fromkeys(h[0].rule.name for h in (*self.hits, *self.effects)))

    def states(self) -> dict[str, RuleState]:
        """Return the state of every rule that is more than not established."""
        found = dict.fromkeys(self.rules(), RuleState.ESTABLISHED)
        found.update({name: state for name, state, _ in self.others})
        return found

    def articles(self) -> tuple[Citation, ...]:
        """Return the articles that the established norms apply, in order, each once."""
        return tuple(dict.fromkeys(law for shape, _ in self.hits for law in shape.version.law))

    def total(self) -> FineTotal:
        """Return the lawful range of the fine."""
        return FineTotal(*self.fine)

    def standing(self) -> list[tuple[Slot, Ends]]:
        """Return the measures that stand, each with its sum."""
        norms = slots_of(self.hits)
        if self.settled is None:
            only = self.only
            return [n for n in norms if not n[0].fine or n[0].rule == only] if only else norms
        mercy = mercy_of(self.effects)
        return [norm for norm in settle(norms, self) if not mercy.removes(norm[0])]

    def lines(self) -> tuple[Line, ...]:
        """Return the measures that stand, with what the general part does to each."""
        mercy = mercy_of(self.effects)
        both = self.settled[1] if self.settled is not None else ()
        groups = Groups()
        lines = []
        for slot, ends in self.standing():
            open_law = slot.rule in both and not _either_way(slot, ends, self.hits)
            group = groups.number(slot.rule, slot.group, open_law=open_law)
            lines.append(_line(slot, ends, mercy, group))
        return tuple(lines)

    def open(self) -> tuple[str, ...]:
        """Return the facts, by path, that a sum hangs on and that are not known exactly."""
        return tuple(dict.fromkeys(
            f"{slot.measure.object.entity}.{slot.measure.object.fact}"
            for slot, ends in slots_of((*self.hits, *self.effects))
            if not slot.fine and ends == (None, None) and isinstance(slot.measure.object, FactOf)
        ))  # fmt: skip

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the measures that differ without a priority."""
        if self.settled is None:
            return ()
        norms = slots_of(self.hits)
        _, clashes = _merged(norms, self.settled[0])
        return (*_conflicts(clashes, norms), *_inner(self.hits))

    def reasons(self) -> tuple[Told, ...]:
        """Return, for every rule that was hit, what it rests on: data, no sentences."""
        told = (*self.hits, *[hit for hit in self.effects if not hit[0].slots])
        if not told:
            return ()
        names = [shape.rule.name for shape, _ in told]
        # A rule that the lighter law takes away was established under the law of the conduct.
        names += [name for name, state, _ in self.others if state is RuleState.NOT_ESTABLISHED]
        established = frozenset(names)
        case, party, act = self.case, self.party, self.act
        found = []
        for shape, ends in told:
            atoms, values = shape.trace.told(case, party, act, established)
            rest = (shape.tiers, shape.slots, ends)
            name = shape.rule.name
            found.append(_new(Told, (name, shape.version, shape.later, atoms, values, *rest)))
        return tuple(found)

    def applied_effects(self) -> tuple[tuple[EffectKind, str], ...]:
        """Return the effects of the general part that apply, with their rules."""
        return tuple((e.kind, shape.rule.name) for shape, _ in self.effects for e in shape.effects)


Fine = tuple[int | None, int | None, bool, bool, int]
"""The fields of a `FineTotal`. Units: fen."""

NOTHING: Fine = (None, None, False, False, 1)
"""No fine can be imposed."""

_new = tuple.__new__


class _Mercy(NamedTuple):
    exempt: Shape | None
    may_exempt: Shape | None
    no_fine: Shape | None
    may_no_fine: Shape | None
    below_floor: Shape | None

    def removes(self, slot: Slot) -> bool:
        """Tell whether the measure must not be imposed: every penalty, or the fine alone."""
        return (self.exempt is not None and slot.penalty) or (
            self.no_fine is not None and slot.fine
        )

    def spares(self, slot: Slot) -> Shape | None:
        """Return what allows the authority to leave the measure out, or None."""
        if self.may_exempt is not None and slot.penalty:
            return self.may_exempt
        return self.may_no_fine if slot.fine else None


Met = tuple[Facts, Facts, Facts, Sequence[Hit], Sequence[Hit], Sequence[tuple[str, RuleState, str]]]
"""The first fields of an outcome, whose fine is not settled yet."""


def conclude(met: Met, rulebook: Rulebook, both: Sequence[str], *, simple: bool) -> Outcome:
    """Return the outcome with its fine, where several measures or effects on penalties meet.

    `both` names the rules of which either law may apply; `simple` tells that no effect reaches the
    penalties and that each hit is plain by itself. Law: as in `sanctions.concurrence`.
    """
    hits, effects = met[3], met[4]
    settled = (rulebook, both)
    if not simple:
        outcome = _new(Outcome, (*met, NOTHING, settled, ""))
        fine = _fine(settle(slots_of(hits), outcome), mercy_of(effects), outcome)
        return _new(Outcome, (*met, fine, settled, ""))
    limit = 0
    for shape, _ in effects:
        limit = max(limit, shape.limit)
    things: list[int] = []
    fines: list[_Fined] = []
    for shape, ends in hits:
        if shape.things:
            things += shape.things
        if shape.fine >= 0:
            low, high = ends[shape.fine] or (None, None)
            fines.append((low, high, shape.may, shape.rule.name))
    fine, only = _several(fines, limit)
    apart = len(set(things)) == len(things)
    return _new(Outcome, (*met, fine, None if apart else settled, only))


_Fined = tuple[int | None, int | None, bool, str]
HIGHER = LIMITS[EffectKind.HIGHER_FINE]


def _several(fines: list[_Fined], limit: int) -> tuple[Fine, str]:
    """Return the fine of several rules, and the one whose fine alone stands (or nothing)."""
    if not fines:
        return NOTHING, ""
    if limit == HIGHER or len(fines) == 1:
        low, high, may, rule = max(fines, key=_size)
        return (low, high, may, False, 1), rule
    if not limit and not any(may for _, _, may, _ in fines):
        floor = sum([low or 0 for low, _, _, _ in fines])
        return (floor or None, sum([high or 0 for _, high, _, _ in fines]), False, False, 1), ""
    totals = [FineTotal(low, high, may) for low, high, may, _ in fines]
    found = union(totals, choices=len(totals)) if limit else add(totals)
    return (found.low, found.high, found.may, found.high_open, found.choices), ""


def _size(fine: _Fined) -> tuple[int, int]:
    low, high, _, _ = fine
    return high or 0, -1 if low is None else low


def settle(norms: list[tuple[Slot, Ends]], outcome: Outcome) -> list[tuple[Slot, Ends]]:
    """Return the measures that stand when several rules meet on one act."""
    if outcome.settled is None:
        return norms
    limit = max((shape.limit for shape, _ in outcome.effects), default=0)
    kept = _fines(norms, limit)
    merged, _ = _merged(norms, outcome.settled[0])
    keys = {(slot.same, ends) for slot, ends in merged}
    return [
        (slot, ends)
        for slot, ends in norms
        if (slot.rule in kept if slot.fine else (slot.same, ends) in keys)
    ]


def mercy_of(effects: Sequence[Hit]) -> _Mercy:
    """Return the versions whose effects reach the penalties, the first of each sort."""
    found: dict[tuple[EffectKind, Modality], Shape] = {}
    below = None
    for shape, _ in effects:
        for effect in shape.effects:
            found.setdefault((effect.kind, effect.modality), shape)
            if effect.kind in REDUCING:
                below = below or shape
    none, no_fine = EffectKind.NO_PENALTY, EffectKind.NO_FINE
    return _Mercy(
        found.get((none, Modality.MUST)),
        found.get((none, Modality.MAY)),
        found.get((no_fine, Modality.MUST)),
        found.get((no_fine, Modality.MAY)),
        below,
    )


def _fines(norms: list[tuple[Slot, Ends]], limit: int) -> set[str]:
    """Return the rules whose fines stand."""
    fines = [(*ends, slot.may, slot.rule) for slot, ends in norms if slot.fine and ends is not None]
    if limit == HIGHER and fines:
        return {max(fines, key=_size)[3]}
    return {rule for _, _, _, rule in fines}


def _merged(
    norms: list[tuple[Slot, Ends]], rulebook: Rulebook
) -> tuple[list[tuple[Slot, Ends]], list[tuple[Slot, Slot]]]:
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
        if slot.measure.term != twin.measure.term:
            if slot.rule == twin.rule:
                kept.append(norm)
                continue
            preferred = rulebook.preferred(twin.instrument, slot.instrument)
            if preferred is None:
                clashes.append((twin, slot))
                kept.append(norm)
            elif preferred[0] == slot.instrument:
                kept[place] = norm
        elif slot.must and not twin.must:
            kept[place] = norm
    return kept, clashes


def _either_way(slot: Slot, ends: Ends, hits: Sequence[Hit]) -> bool:
    """Tell whether both laws of a rule impose the measure, and impose it alike."""
    return not slot.fine and all(
        any(
            other.must
            and other.thing == slot.thing
            and other.measure.term == slot.measure.term
            and sums == ends
            for other, sums in slots_of([hit])
        )
        for hit in hits
        if hit[0].rule.name == slot.rule
    )


def _line(slot: Slot, ends: Ends, mercy: _Mercy, group: int) -> Line:
    low, high = ends or (None, None)
    may_exempt = mercy.spares(slot)
    below = mercy.below_floor if slot.fine and low is not None else None
    return Line(
        rule=slot.rule,
        kind=slot.kind,
        modality=slot.modality,
        mandatory=slot.must and may_exempt is None and not group,
        low=None if below is not None else low,
        high=high,
        slot=slot,
        group=group,
        below_floor_by=below.version.law if below is not None else (),
        exempt_by=may_exempt.version.law if may_exempt is not None else (),
    )


def _fine(standing: list[tuple[Slot, Ends]], mercy: _Mercy, outcome: Outcome) -> Fine:
    if mercy.exempt is not None or mercy.no_fine is not None:
        return NOTHING
    both = outcome.settled[1] if outcome.settled is not None else ()
    unfined = {shape.rule.name for shape, _ in outcome.hits if shape.fine < 0} if both else ()
    by_rule: dict[str, list[FineTotal]] = {}
    for slot, ends in standing:
        if slot.fine and ends is not None:
            may = slot.may or (slot.rule in both and slot.rule in unfined)
            by_rule.setdefault(slot.rule, []).append(FineTotal(ends[0], ends[1], may))
    totals = [union(ranges, choices=1) for ranges in by_rule.values()]
    if not totals:
        return NOTHING
    one = len(totals) > 1 and any(shape.limit for shape, _ in outcome.effects)
    total = union(totals, choices=len(totals)) if one else add(totals)
    low = None if mercy.below_floor is not None else total.low
    may = total.may or mercy.may_exempt is not None or mercy.may_no_fine is not None
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


def _inner(hits: Sequence[Hit]) -> Iterator[Conflict]:
    """Yield what tiers of one rule set differently."""
    for shape, _ in hits:
        for kind in dict.fromkeys(shape.clashes):
            name = shape.rule.name
            yield Conflict(MEASURE_LABELS[MeasureKind(kind)], (name, name), shape.version.law)
