"""How hits settle row by row: which fines stand, what is taken, which kinds of measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.packages import UNKNOWN
from lawengine.columns.results import ESTABLISHED, NONE, Results
from lawengine.columns.sides import Hit
from lawengine.columns.table import Array, Flags
from lawengine.compiled.shapes import LIMITS, Shape, Slot
from lawengine.deciding.leaf import REDUCING
from lawengine.model.measures import (
    SANCTION_CLASSES,
    EffectKind,
    MeasureKind,
    Modality,
    SanctionClass,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Version

KINDS = tuple(kind for kind in MeasureKind if kind is not MeasureKind.FINE)
"""The kinds of measures whose bits a result holds; a fine has columns of its own."""

_MAY = len(KINDS)
_FLAGS = 2 * len(KINDS)
(
    HIT, EXEMPT, MAY_EXEMPT, NO_FINE, MAY_NO_FINE, BELOW_FLOOR, ONE_FINE, HIGHER_FINE, LATER,
) = (1 << (_FLAGS + place) for place in range(9))  # fmt: skip
_MERCY = {
    (EffectKind.NO_PENALTY, Modality.MUST): EXEMPT,
    (EffectKind.NO_PENALTY, Modality.MAY): MAY_EXEMPT,
    (EffectKind.NO_FINE, Modality.MUST): NO_FINE,
    (EffectKind.NO_FINE, Modality.MAY): MAY_NO_FINE,
}
_ALL_KINDS = (1 << len(KINDS)) - 1
_PENALTIES = sum(
    1 << place
    for place, kind in enumerate(KINDS)
    if SANCTION_CLASSES[kind] is SanctionClass.PENALTY
)
WORD = 64
"""Norms whose bits one word of a result holds."""

Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Norm:
    """A version of a rule, as the results count them."""

    rule: str
    version: Version


def norms_of(rulebook: Rulebook) -> tuple[Norm, ...]:
    """Return every version of every rule, in the order of their bits."""
    return tuple(Norm(name, v) for name, rule in rulebook.rules.items() for v in rule.versions)


@dataclass(slots=True)
class Settler:
    """Settles hits; `shapes` are those of the plan, by number.

    `bits` holds for each shape the kinds of its measures, mandatory and optional, and its flags.
    """

    rulebook: Rulebook
    shapes: Sequence[Shape]
    taken: Sequence[Slot]
    norms: Sequence[Norm]
    bits: NDArray[np.int64] = field(init=False)
    order: NDArray[np.int32] = field(init=False)
    norm: NDArray[np.int32] = field(init=False)
    fine: Flags = field(init=False)
    may: Flags = field(init=False)
    left: Flags = field(init=False)
    contested: Flags = field(init=False)
    thing: NDArray[np.int64] = field(init=False)
    must: Flags = field(init=False)

    def __post_init__(self) -> None:
        """Settle what does not hang on the rows."""
        shapes = self.shapes
        numbers = {(n.rule, id(n.version)): place for place, n in enumerate(self.norms)}
        places = {name: place for place, name in enumerate(self.rulebook.rules)}
        self.bits = np.array([_bits(shape) for shape in shapes], np.int64)
        self.order = np.array([places[shape.rule.name] for shape in shapes], np.int32)
        self.norm = np.array([numbers[s.rule.name, id(s.version)] for s in shapes], np.int32)
        self.fine = np.array([shape.fine >= 0 for shape in shapes], np.bool_)
        self.may = np.array([shape.may for shape in shapes], np.bool_)
        self.left = np.array([not shape.plain for shape in shapes], np.bool_)
        self.contested = self._contested()
        self.thing = np.array([_thing(place, slot) for place, slot in enumerate(self.taken)], np.int64)
        self.must = np.array([slot.must for slot in self.taken], np.bool_)

    def _contested(self) -> Flags:
        """Return the shapes with a measure that another rule sets for another term."""
        terms: dict[int, set[object]] = {}
        for shape in self.shapes:
            for slot in shape.slots:
                if not slot.fine:
                    terms.setdefault(slot.thing, set()).add(slot.measure.term)
        return np.array(
            [
                any(not slot.fine and len(terms[slot.thing]) > 1 for slot in shape.slots)
                for shape in self.shapes
            ],
            np.bool_,
        )


def _bits(shape: Shape) -> int:
    found = 0
    for slot in shape.slots:
        if not slot.fine:
            bit = 1 << KINDS.index(slot.kind)
            found |= bit if slot.must else bit << _MAY
    if shape.slots or not shape.effects:
        found |= HIT
    for effect in shape.effects:
        found |= _MERCY.get((effect.kind, effect.modality), 0)
        if effect.kind in REDUCING:
            found |= BELOW_FLOOR
        found |= {0: 0, 1: ONE_FINE, 2: HIGHER_FINE}[LIMITS.get(effect.kind, 0)]
    return found | (LATER if shape.later and found & HIT else 0)


def _thing(place: int, slot: Slot) -> int:
    """Return one number for what is taken once; measures of a choice stand each by itself."""
    return -1 - place if slot.group else slot.thing


@dataclass(frozen=True, slots=True)
class Entries:
    """Hits as columns, one entry for each shape that a row takes.

    Shapes: `row`, `shape`, `low`, `high` are of one length; `of` gives the entry that a sum that
    is taken belongs to, `slot` its slot, `sum` how much. Units: fen.
    """

    row: Ints
    shape: Ints
    low: Ints
    high: Ints
    of: Ints
    slot: Ints
    sum: Ints

    def some(self, kept: Flags) -> Entries:
        """Return the entries of a mask."""
        place = np.cumsum(kept) - 1
        mine = kept[self.of]
        return Entries(
            self.row[kept], self.shape[kept], self.low[kept], self.high[kept],
            place[self.of[mine]], self.slot[mine], self.sum[mine],
        )  # fmt: skip


def entries(hits: Sequence[Hit], width: type[np.signedinteger]) -> Entries:
    """Return hits as columns; sums of fines in a type of that width."""
    sizes = [rows.size for _, rows, _, _, _ in hits]
    total = sum(sizes)
    row = np.empty(total, np.uint16)
    low, high = np.empty(total, width), np.empty(total, width)
    shape = np.repeat(np.array([hit[0] for hit in hits], np.int16), sizes)
    of: list[Array] = []
    slot: list[Array] = []
    sums: list[Array] = []
    start = 0
    for (_, rows, least, most, taken), size in zip(hits, sizes, strict=True):
        end = start + size
        row[start:end] = rows
        low[start:end] = least
        high[start:end] = most
        for number, amount in taken:
            of.append(np.arange(start, end))
            slot.append(np.full(size, number))
            sums.append(np.broadcast_to(np.asarray(amount, np.int64), size))
        start = end
    return Entries(row, shape, low, high, _joined(of), _joined(slot), _joined(sums))


def _joined(parts: list[Array]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)  # type: ignore[return-value]


# --- one act, several rules ---


def settle(found: Entries, settler: Settler, results: Results, left: Flags) -> None:
    """Write what follows into the results, and into `left` the rows that this cannot settle.

    Law: several rules on one act as in `compiled.outcome`.
    """
    if not found.row.size:
        return
    order = np.argsort(found.row, kind="stable")
    row, shape = found.row[order], found.shape[order]
    starts = _starts(row)
    rows = row[starts].astype(np.intp)
    _leave(settler, shape, starts, rows, left)
    bits = np.bitwise_or.reduceat(settler.bits[shape], starts)
    hit = (bits & HIT) != 0
    all_bits = np.zeros(len(results.state), np.int64)
    all_bits[rows] = bits
    _norms(settler, shape, starts, rows, hit, results)
    rows, bits = rows[hit], bits[hit]
    results.state[rows] = ESTABLISHED
    must = bits & _ALL_KINDS
    may = (bits >> _MAY) & _ALL_KINDS & ~must
    exempt = (bits & EXEMPT) != 0
    spared = np.where((bits & MAY_EXEMPT) != 0, must & _PENALTIES, 0)
    must, may = must & ~spared, may | spared
    results.must[rows] = np.where(exempt, must & ~_PENALTIES, must)
    results.may[rows] = np.where(exempt, may & ~_PENALTIES, may)
    results.later[rows] = (bits & LATER) != 0
    fined = settler.fine[shape]
    _fines(
        row[fined], found.low[order][fined], found.high[order][fined],
        settler.may[shape[fined]], all_bits, results,
    )  # fmt: skip
    if found.of.size:
        _take(found, settler, all_bits, results)


def _starts(row: Ints) -> Ints:
    """Return where each row begins among sorted entries."""
    return np.concatenate(([0], np.flatnonzero(row[1:] != row[:-1]) + 1))


def _leave(settler: Settler, shape: Ints, starts: Ints, rows: Ints, left: Flags) -> None:
    """Mark the rows whose measures do not settle one by one."""
    if settler.left.any():
        left[rows[np.logical_or.reduceat(settler.left[shape], starts)]] = True
    if settler.contested.any():
        several = np.add.reduceat(settler.contested[shape].astype(np.intp), starts) > 1
        left[rows[several]] = True


def _norms(
    settler: Settler, shape: Ints, starts: Ints, rows: Ints, hit: Flags, results: Results
) -> None:
    """Write the bits of the versions that apply."""
    norm = settler.norm[shape]
    for number, word in enumerate(results.norms):
        mine = (norm // WORD) == number
        if mine.any():
            bits = np.where(mine, np.uint64(1) << (norm % WORD).astype(np.uint64), np.uint64(0))
            word[rows[hit]] = np.bitwise_or.reduceat(bits, starts)[hit]


def _fines(
    row: Ints, low: Ints, high: Ints, may: Flags, bits: NDArray[np.int64], results: Results
) -> None:
    if not row.size:
        return
    starts = _starts(row)
    rows = row[starts].astype(np.intp)
    number = np.diff(starts, append=row.size)
    flags = bits[rows]
    least, most, left_out = low[starts].astype(np.int64), high[starts].astype(np.int64), may[starts]
    choices = np.ones(len(rows), np.uint8)
    several = number > 1
    higher = several & ((flags & HIGHER_FINE) != 0)
    one = several & ~higher & ((flags & ONE_FINE) != 0)
    for mask, how in ((higher, _highest), (one, _any_one), (several & ~higher & ~one, _sum)):
        if mask.any():
            kept = np.repeat(mask, number)
            begin = np.concatenate(([0], np.cumsum(number[mask])[:-1]))
            least[mask], most[mask], left_out[mask] = how(
                low[kept].astype(np.int64), high[kept].astype(np.int64), may[kept], begin
            )
    choices[one] = np.minimum(number[one], 255)
    least[(flags & BELOW_FLOOR) != 0] = NONE
    left_out = left_out | ((flags & (MAY_EXEMPT | MAY_NO_FINE)) != 0)
    stands = (flags & (EXEMPT | NO_FINE)) == 0
    rows = rows[stands]
    results.fine_low[rows] = least[stands]
    results.fine_high[rows] = most[stands]
    results.fine_may[rows] = left_out[stands]
    results.choices[rows] = choices[stands]


Fines = tuple[Ints, Ints, Flags]


def _highest(low: Ints, high: Ints, may: Flags, starts: Ints) -> Fines:
    """Return the fine with the highest ceiling, then the highest floor, then the first."""
    sizes = np.diff(starts, append=low.size)
    best = np.repeat(np.maximum.reduceat(high, starts), sizes) == high
    floors = np.where(best, low, np.int64(NONE - 1))
    best &= np.repeat(np.maximum.reduceat(floors, starts), sizes) == floors
    places = np.where(best, np.arange(low.size), low.size)
    first = np.minimum.reduceat(places, starts)
    return low[first], high[first], may[first]


def _any_one(low: Ints, high: Ints, may: Flags, starts: Ints) -> Fines:
    """Return the range that holds all of them: no floor where one of them has none."""
    return (
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
        np.logical_or.reduceat(may, starts),
    )


def _sum(low: Ints, high: Ints, may: Flags, starts: Ints) -> Fines:
    """Return the sum of fines; those that may be left out do not raise the floor."""
    optional = np.logical_and.reduceat(may, starts)
    floors = np.add.reduceat(np.where(may | (low == NONE), 0, low), starts)
    least = np.where(optional, np.minimum.reduceat(low, starts), floors)
    return np.where(least == 0, NONE, least), np.add.reduceat(high, starts), optional


def _take(found: Entries, settler: Settler, bits: NDArray[np.int64], results: Results) -> None:
    """Write what is confiscated: each thing once, by a mandatory measure where there is one."""
    row, thing = found.row[found.of].astype(np.intp), settler.thing[found.slot]
    sums = found.sum
    order = np.lexsort((~settler.must[found.slot], thing, row))
    row, thing, sums = row[order], thing[order], sums[order]
    first = np.ones(row.size, np.bool_)
    first[1:] = (row[1:] != row[:-1]) | (thing[1:] != thing[:-1])
    first &= ((bits[row] & EXEMPT) == 0) & ((bits[row] & HIT) != 0)
    row, sums = row[first], sums[first]
    if not row.size:
        return
    starts = _starts(row)
    total = np.add.reduceat(sums, starts)
    unknown = np.logical_or.reduceat(sums == UNKNOWN, starts)
    results.confiscated[row[starts]] = np.where(unknown, NONE, total)
