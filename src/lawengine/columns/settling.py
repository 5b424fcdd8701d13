"""How hits settle row by row: which fines stand, what is taken, which kinds of measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.packages import UNKNOWN
from lawengine.columns.results import Layout, Results
from lawengine.columns.sides import Hit, Rows, Said
from lawengine.columns.table import Array, Flags
from lawengine.compiled.shapes import LIMITS, Shape, Slot
from lawengine.deciding.leaf import REDUCING
from lawengine.model.measures import EffectKind, Modality
from lawengine.model.rulebook import Rulebook

_MERCY = {
    (EffectKind.NO_PENALTY, Modality.MUST): "exempt",
    (EffectKind.NO_PENALTY, Modality.MAY): "may_exempt",
    (EffectKind.NO_FINE, Modality.MUST): "no_fine",
    (EffectKind.NO_FINE, Modality.MAY): "may_no_fine",
}
_LIMITS = {1: "one_fine", 2: "higher_fine"}

Ints = NDArray[np.integer]
Whole = NDArray[np.int64]
_MOST = np.iinfo(np.int64).max
MOST_CHOICES = 255


@dataclass(slots=True, repr=False)
class Settler:
    """Settles hits; `shapes` and `taken` are those of the plan, by number.

    `patterns` holds for each shape its words of the code that are not 0; `order` the place of its
    rule. `contested` are the shapes with a measure that another one sets for another term,
    `_bearing` those that only bear on others, `_limiting` those that leave the higher fine alone.
    `mercy` tells whether the general part can reach the penalties at all, `simple` that every fine
    has one end and must be set. `_several` are the things that are taken more than once.
    """

    rulebook: Rulebook
    layout: Layout
    shapes: Sequence[Shape]
    taken: Sequence[Slot]
    patterns: list[list[tuple[int, np.unsignedinteger]]] = field(init=False)
    order: NDArray[np.int64] = field(init=False)
    contested: frozenset[int] = field(init=False)
    mercy: bool = field(init=False)
    simple: bool = field(init=False)
    _bearing: frozenset[int] = field(init=False)
    _limiting: frozenset[int] = field(init=False)
    _several: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Settle what does not hang on the rows."""
        numbers = self.layout.norm_numbers()
        places = {name: place for place, name in enumerate(self.rulebook.rules)}
        self.order = np.array([places[shape.rule.name] for shape in self.shapes], np.int64)
        self.patterns = []
        for shape in self.shapes:
            number = numbers[shape.rule.name, shape.version.interval.start]
            self.patterns.append(self._pattern(shape, number))
        hit = self.layout.flag("hit")
        first = [int(dict(words).get(0, 0)) for words in self.patterns]
        self._bearing = frozenset(place for place, bits in enumerate(first) if not bits & hit)
        self.contested = self._contested()
        flags = ("exempt", "may_exempt", "no_fine", "may_no_fine", "below_floor")
        some = [bits for shape in self.shapes for bits in self._effects(shape)]
        self.mercy = any(flag in some for flag in flags)
        optional = any(shape.fine >= 0 and shape.may for shape in self.shapes)
        exact = all(_exact(shape) for shape in self.shapes)
        self.simple = exact and not optional and "one_fine" not in some
        self._limiting = frozenset(
            place for place, x in enumerate(self.shapes) if "higher_fine" in self._effects(x)
        )
        self._several = self._taken_by_several()

    def _effects(self, shape: Shape) -> list[str]:
        """Return the flags that the effects of a shape set."""
        found = []
        for effect in shape.effects:
            found += [
                _MERCY.get((effect.kind, effect.modality), ""),
                "below_floor" if effect.kind in REDUCING else "",
                _LIMITS.get(LIMITS.get(effect.kind, 0), ""),
            ]
        return [flag for flag in found if flag]

    def _pattern(self, shape: Shape, norm: int) -> list[tuple[int, np.unsignedinteger]]:
        layout = self.layout
        found = [0] * layout.words
        for flag in self._effects(shape):
            found[0] |= layout.flag(flag)
        for slot in shape.slots:
            if not slot.fine:
                found[0] |= layout.must(slot.kind) if slot.must else layout.may(slot.kind)
        if shape.fine >= 0 and shape.may:
            found[0] |= layout.flag("may_fine")
        if shape.slots or shape.rule.name not in self.rulebook.general:
            found[0] |= layout.flag("hit") | (layout.flag("later") if shape.later else 0)
        word, bit = layout.norm(norm)
        found[word] |= bit
        return [(place, layout.word(bits)) for place, bits in enumerate(found) if bits]

    def _contested(self) -> frozenset[int]:
        terms: dict[int, set[object]] = {}
        for shape in self.shapes:
            for slot in shape.slots:
                if not slot.fine:
                    terms.setdefault(slot.thing, set()).add(slot.measure.term)
        return frozenset(
            place
            for place, shape in enumerate(self.shapes)
            if any(not slot.fine and len(terms[slot.thing]) > 1 for slot in shape.slots)
        )

    def _taken_by_several(self) -> frozenset[int]:
        """Return the things that several rules take, or one shape twice.

        INVARIANT: of the shapes of one rule a row has one at most.
        """
        by_thing: dict[int, set[str]] = {}
        found = set()
        for shape in self.shapes:
            things = [slot.thing for slot in shape.slots if not slot.group]
            found |= {thing for thing in things if things.count(thing) > 1}
            for thing in things:
                by_thing.setdefault(thing, set()).add(shape.rule.name)
        return frozenset(found | {thing for thing, rules in by_thing.items() if len(rules) > 1})

    def thing(self, place: int) -> int:
        """Return one number for what is taken once; measures of a choice stand each by itself."""
        slot = self.taken[place]
        return -1 - place if slot.group else slot.thing

    # --- rows ---

    def settle(
        self, hits: Sequence[Hit], results: Results, left: Flags, loose: Flags | None = None
    ) -> None:
        """Write what follows into the results, and into `left` the rows that this cannot settle.

        Law: several rules on one act as in `compiled.outcome`. `loose` masks the rows with a sum
        that is known within bounds only, None for no row.
        """
        contested = np.zeros(results.rows if self.contested else 0, np.int32)
        for place, rows, *_ in hits:
            for word, bits in self.patterns[place]:
                column = results.codes[word]
                column[rows] = column[rows] | bits
            if not self.shapes[place].plain:
                left[rows] = True
            if place in self.contested:
                contested[rows] += 1
        if self.contested:
            left |= contested > 1
        fined = [hit for hit in hits if self.shapes[hit[0]].fine >= 0]
        if self.simple:
            self._add(hits, fined, results)
        if not self.simple:
            self._range(fined, results, loose)
        elif loose is not None:
            self._range_within(loose, fined, results)
        self._take(hits, results)
        if self.mercy:
            self._spare(results)
        self._clear(hits, results)

    def _clear(self, hits: Sequence[Hit], results: Results) -> None:
        """Take out what rules say that only bear on others, where there are no others."""
        hit = self.layout.word(self.layout.flag("hit"))
        for place, rows, *_ in hits:
            if place in self._bearing:
                bare = rows[(results.codes[0][rows] & hit) == 0]
                results.codes[:, bare] = 0

    def several(self, hits: Sequence[Hit], among: Flags) -> Flags:
        """Return the rows with more than one fine, among those of a mask."""
        number, one = np.zeros(among.size, np.int32), np.int32(1)  # of one width: else it is slow
        for place, rows, *_ in hits:
            if self.shapes[place].fine >= 0:
                np.add.at(number, rows, one)
        return (number > 1) & among

    def asked(self, said: Said, later: Said, left: Flags) -> Flags:
        """Return the rows in which it matters that the later law is open.

        Law: it is asked for the rules that the law of the conduct establishes (`said`), and for the
        general part where that law establishes any or leaves one open.
        """
        touched = left.copy()
        found = np.zeros(left.size, np.bool_)
        by_rule: dict[str, list[Rows]] = {}
        for mask in said.waits.values():
            touched |= mask
        for place, rows, *_ in said.hits:
            by_rule.setdefault(self.shapes[place].rule.name, []).append(rows)
            if place not in self._bearing:
                touched[rows] = True
        for rule, mask in later.waits.items():
            for rows in by_rule.get(rule, ()):
                found[rows] |= mask[rows]
        return found | (later.left & touched)

    def wait(self, waits: Mapping[str, Flags], results: Results) -> None:
        """Write where penal rules wait for open facts: if there is a violation is open there."""
        masks = [mask for rule, mask in waits.items() if rule in self.rulebook.penal]
        if masks:
            open_ = masks[0].copy()
            for mask in masks[1:]:
                open_ |= mask
            word = self.layout.word
            results.codes[0] |= open_.astype(word) * word(self.layout.flag("undetermined"))

    def _add(self, hits: Sequence[Hit], fined: Sequence[Hit], results: Results) -> None:
        """Write the sum of fines that have one end each, or the highest where one is the limit.

        Measured: `at` with numbers of one width takes half as long as taking, adding and putting.
        """
        total = results.fine_high
        highest = np.zeros(results.rows if self._limiting else 0, np.int64)
        for _, rows, _, most, _ in fined:
            sums = np.asarray(most, np.int64)
            np.add.at(total, rows, sums)
            if self._limiting:
                np.maximum.at(highest, rows, sums)
        for place, rows, *_ in hits:
            if place in self._limiting:
                total[rows] = highest[rows]
        results.fine_low[:] = total

    def _range(self, fined: Sequence[Hit], results: Results, loose: Flags | None) -> None:
        """Write both ends of the fine: of the one there is, or what several come to."""
        if not fined:
            return
        fines = self._together(fined, results.rows)
        results.fine_low[fines.row], results.fine_high[fines.row] = fines.low, fines.high
        number = np.bincount(fines.row, minlength=results.rows)
        if (number > 1).any():
            self._meet(fines, number, results, loose)
        self._floors(results)
        if loose is not None:
            self._ceilings(fines, results)

    def _range_within(self, loose: Flags, fined: Sequence[Hit], results: Results) -> None:
        """Write both ends in the rows with a sum within bounds: few, worked out by themselves."""
        rows = loose.nonzero()[0]
        places = np.empty(results.rows, np.intp)
        places[rows] = np.arange(rows.size)
        some = results.at(rows)
        within = [_within(hit, loose, places) for hit in fined]
        self._range(within, some, np.ones(rows.size, np.bool_))
        results.tell(rows, some)

    def _floors(self, results: Results) -> None:
        """Tell by a flag where the law names no floor."""
        none = (results.fine_low == UNKNOWN).nonzero()[0]
        results.codes[0][none] |= self.layout.word(self.layout.flag("no_floor"))
        results.fine_low[none] = 0

    def _ceilings(self, fines: Fines, results: Results) -> None:
        """Tell by a flag where a ceiling hangs on an unknown fact."""
        open_ = fines.row[fines.high == UNKNOWN]
        results.codes[0][open_] |= self.layout.word(self.layout.flag("open_ceiling"))
        results.fine_high[open_] = 0

    def _together(self, fined: Sequence[Hit], rows: int) -> Fines:
        """Return all fines of so many rows, rule by rule."""
        sizes = [hit[1].size for hit in fined]
        optional = np.array([self.shapes[hit[0]].may for hit in fined])
        return Fines(
            rows,
            np.concatenate([hit[1] for hit in fined]),
            _column([hit[2] for hit in fined], sizes),
            _column([hit[3] for hit in fined], sizes),
            np.repeat(optional, sizes) if optional.any() else None,
        )

    def _meet(self, fines: Fines, number: Ints, results: Results, loose: Flags | None) -> None:
        """Write what several fines come to: their sum, or what limits them to one.

        Law: which of several fines is the higher is not said while one of them is not sure.
        """
        word, flag, bits = self.layout.word, self.layout.flag, results.codes[0]
        several = number > 1
        one, higher = (((bits & word(flag(x))) != 0) & several for x in ("one_fine", "higher_fine"))
        if loose is not None:
            one |= higher & loose
            higher &= ~loose
        one &= ~higher
        for mask, how in (
            (several & ~one & ~higher, Fines.sum), (one, Fines.any_one), (higher, Fines.highest),
        ):  # fmt: skip
            rows = mask.nonzero()[0]
            if not rows.size:
                continue
            low, high, may = how(fines.among(rows))
            results.fine_low[rows], results.fine_high[rows] = low, high
            if may is not None:
                bits[rows] &= ~word(flag("may_fine"))
                bits[rows[may]] |= word(flag("may_fine"))
            results.choices[rows] = np.minimum(number[rows], MOST_CHOICES) if mask is one else 0

    def _take(self, hits: Sequence[Hit], results: Results) -> None:
        """Write what is confiscated: each thing once, by a mandatory measure where there is one."""
        found = [(rows, *item) for _, rows, _, _, taken in hits for item in taken]
        if not found:
            return
        layout = self.layout
        seen = {thing: np.zeros(results.rows, np.bool_) for thing in self._several}
        open_ = np.zeros(results.rows, np.bool_)
        for rows, place, amount in sorted(found, key=lambda item: not self.taken[item[1]].must):
            thing = self.thing(place)
            if thing in seen:
                fresh = (~seen[thing].take(rows)).nonzero()[0]
                rows, amount = rows[fresh], _chosen(amount, fresh)  # noqa: PLW2901 - the shorter one goes on
                seen[thing][rows] = True
            if isinstance(amount, int) or amount.min(initial=0) == UNKNOWN:
                open_[rows] |= amount == UNKNOWN
            np.add.at(results.confiscated, rows, np.asarray(amount, np.int64))
        if open_.any():
            results.confiscated[open_] = 0
            results.codes[0][open_] |= layout.word(layout.flag("open_sum"))

    def _spare(self, results: Results) -> None:
        """Let the effects on penalties work on the sums."""
        word, flag = self.layout.word, self.layout.flag
        bits = results.codes[0]
        fined = (results.fine_high > 0) | results.has("open_ceiling")
        optional = (bits & word(flag("may_exempt") | flag("may_no_fine"))) != 0
        bits[fined & optional] |= word(flag("may_fine"))
        below = fined & ((bits & word(flag("below_floor"))) != 0)
        bits[below] |= word(flag("no_floor"))
        results.fine_low[below] = 0
        exempt = (bits & word(flag("exempt"))) != 0
        results.confiscated[exempt] = 0
        bits[exempt] &= ~word(flag("open_sum"))
        none = exempt | ((bits & word(flag("no_fine"))) != 0)
        results.fine_low[none] = results.fine_high[none] = 0
        bits[none] &= ~word(flag("may_fine") | flag("no_floor") | flag("open_ceiling"))
        results.choices[none] = 0


def _exact(shape: Shape) -> bool:
    bands = [band for slot in shape.slots for _, band in slot.measure.bands]
    return all(band.low is band.high for band in bands)


def _chosen(amount: Array | int, places: Rows) -> Array:
    return np.full(places.size, amount) if isinstance(amount, int) else amount[places]


def _within(hit: Hit, mask: Flags, places: Rows) -> Hit:
    """Return the fine of a hit in the rows of a mask, each at its place."""
    place, rows, low, high, _ = hit
    some = mask.take(rows).nonzero()[0]
    most = _chosen(high, some)
    return place, places[rows[some]], most if low is high else _chosen(low, some), most, ()


def _column(parts: Sequence[Array | int], sizes: Sequence[int]) -> Whole:
    """Return parts as one column; a number stands for all its rows."""
    found = np.empty(sum(sizes), np.int64)
    start = 0
    for part, size in zip(parts, sizes, strict=True):
        found[start : start + size] = part
        start += size
    return found


Ranges = tuple[Whole, Whole, Flags | None]
"""Floors, ceilings, and where the fine may be left out; None where none may be."""


@dataclass(frozen=True, slots=True)
class Fines:
    """Fines in some of `rows` rows, several in a row in the order of the rules.

    `may` is None where none may be left out. Shapes: `row` tells where each stands; what they come
    to has an entry for each of the rows, each of which has a fine at least.
    """

    rows: int
    row: Rows
    low: Whole
    high: Whole
    may: Flags | None

    def among(self, rows: Rows) -> Fines:
        """Return those in some of the rows, which are counted anew."""
        places = np.full(self.rows, -1)
        places[rows] = np.arange(rows.size)
        row = places[self.row]
        some = (row >= 0).nonzero()[0]
        may = None if self.may is None else self.may[some]
        return Fines(rows.size, row[some], self.low[some], self.high[some], may)

    def sum(self) -> Ranges:
        """Return the sum of fines; those that may be left out do not raise the floor."""
        free = self.low == UNKNOWN if self.may is None else (self.low == UNKNOWN) | self.may
        floors = self._over(np.add, np.where(free, 0, self.low), 0)
        optional = None
        if self.may is not None:
            optional = self._number(~self.may) == 0
            np.copyto(floors, self._over(np.minimum, self.low, _MOST), where=optional)
        floors[floors == 0] = UNKNOWN
        return floors, self._over(np.add, self.high, 0), optional

    def any_one(self) -> Ranges:
        """Return the range that holds all of them: no floor where one of them has none."""
        low, high = (
            self._over(np.minimum, self.low, _MOST),
            self._over(np.maximum, self.high, UNKNOWN),
        )
        return low, high, None if self.may is None else self._number(self.may) > 0

    def highest(self) -> Ranges:
        """Return the fine with the highest ceiling, then the highest floor, then the first."""
        high = self._over(np.maximum, self.high, UNKNOWN)
        best = self.high == high[self.row]
        low = np.full(self.rows, UNKNOWN, np.int64)
        np.maximum.at(low, self.row[best], self.low[best])
        if self.may is None:
            return low, high, None
        best &= self.low == low[self.row]
        may = np.zeros(self.rows, np.bool_)
        first = best.nonzero()[0][::-1]  # what is written last stays
        may[self.row[first]] = self.may[first]
        return low, high, may

    def _over(self, join: np.ufunc, values: Whole, start: int) -> Whole:
        """Return the values of each row joined."""
        found = np.full(self.rows, start, np.int64)
        join.at(found, self.row, values)
        return found

    def _number(self, mask: Flags) -> Ints:
        """Return how many fines of a mask each row has."""
        return np.bincount(self.row[mask], minlength=self.rows)
