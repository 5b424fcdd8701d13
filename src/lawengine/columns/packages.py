"""What a version attaches, over the rows it hits: each shape gets the rows that take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lawengine.columns.bounding import Bounder, Ends
from lawengine.columns.lines import Code
from lawengine.columns.ranges import Range
from lawengine.columns.values import NOTHING_KNOWN, Number, literal
from lawengine.columns.writing import ColumnWriter
from lawengine.compiled.expressions import Writer
from lawengine.compiled.index import parts_of
from lawengine.compiled.packages import (
    MAX_LEAVES,
    Found,
    Further,
    PackageWriter,
    _Built,
)
from lawengine.compiled.shapes import Shape, Slot
from lawengine.compiled.source import NotCompiled, Source
from lawengine.compiled.trace import Trace
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model.vocabulary import ACT

UNKNOWN = -1
"""Stands for a sum that hangs on an unknown fact, and for a floor that the law does not set."""


@dataclass(slots=True)
class Shapes:
    """The shapes that the blocks of a plan can give to a row, by number.

    `high` bounds what the sums of a row can come to.
    """

    known: list[Shape] = field(default_factory=list)
    taken: list[Slot] = field(default_factory=list)
    high: int = 0

    def add(self, shape: Shape) -> int:
        """Return the number of a shape."""
        self.known.append(shape)
        return len(self.known) - 1

    def slot(self, slot: Slot) -> int:
        """Return the number of a slot whose sum is taken."""
        self.taken.append(slot)
        return len(self.taken) - 1


@dataclass(slots=True)
class ColumnPackages(PackageWriter):
    """Writes the block of a version; `depth` is the place of the current rows in `places`.

    Rows of which a tier or a sum is not settled are handed to `open_`, and left to the exact
    evaluator.
    """

    seen: ColumnWriter = field(kw_only=True)
    shapes: Shapes = field(kw_only=True)
    places: list[str] = field(default_factory=list)
    _sums: dict[str, m.Band | e.Expression] = field(default_factory=dict)
    _writers: dict[int, ColumnWriter] = field(default_factory=dict)
    _numbers: dict[tuple[int, int], Number] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Shapes of columns are not traced: reasons come from the evaluator of single cases."""
        book = self.seen.rulebook
        nothing = Writer(Source(), book, {}, lambda _: None, lambda _: False)
        self._trace = Trace(nothing, self.version, self.later)

    def over(self, rows: str) -> None:
        """Write the block over these rows.

        Raises:
            NotCompiled: the version has too many shapes.
        """
        self.places.append(rows)
        self.write(0)

    # --- rows ---

    def _seen(self, depth: int) -> ColumnWriter:
        if depth not in self._writers:
            self._writers[depth] = self.seen.at(self.places[depth])
        return self._writers[depth]

    def _number(self, amount: e.Expression, depth: int) -> Number:
        """Return the source of an amount; it is asked for several times, and written once."""
        key = id(amount), depth  # INVARIANT: the version outlives its writer
        if key not in self._numbers:
            self._numbers[key] = self._seen(depth).number(amount)
        return self._numbers[key]

    def _add(self, text: str) -> None:
        self.seen.lines.line(text)

    def _open(self, depth: int, code: Code) -> None:
        """Leave the rows of the mask to the exact evaluator."""
        if code is False:
            return
        rows = self.places[depth]
        self._add(f"left.append({rows if code is True else _chosen(rows, code)})")

    def _select(self, depth: int, code: Code, then: Further) -> None:
        """Write what follows for the rows of a mask."""
        if code is False:
            return
        if code is not True:
            text = _chosen(self.places[depth], code)
            self.places.append(self.seen.lines.local(text))
            depth = len(self.places) - 1
        then(depth)

    def _branch(self, condition: e.Expression, depth: int, met: Further, missed: Further) -> None:
        seen = self._seen(depth)
        truth = seen.truth(condition)
        if not truth.sure:
            self._open(depth, seen.open_rows(truth))
        self._select(depth, truth.yes, met)
        self._select(depth, seen.negated(truth.may), missed)

    # --- sums ---

    def _band(self, slot: Slot, band: m.Band, depth: int, found: Found) -> None:
        if band.per:
            self._open(depth, code=True)
            return
        key = f"band {len(self._sums)}"
        self._sums[key] = band
        self._sum_of(slot, band.high, key, depth, found)

    def _taken(self, slot: Slot, amount: e.Expression, depth: int, found: Found) -> None:
        key = f"sum {len(self._sums)}"
        self._sums[key] = amount
        seen = self._seen(depth)
        number = self._number(amount, depth)
        if self._may_be_unknown(amount) and number.known is not True:
            above: Code = True
            if number.known is not False:
                over = seen.put(f"{number.text} > 0")
                above = seen.put(f"{over} | {seen.negated(number.known)}")
            self._select(depth, above, lambda deep: found((slot, (key,)), deep))
            self._select(depth, seen.negated(above), lambda deep: found(None, deep))
        else:
            self._sum_of(slot, amount, key, depth, found)

    def _sum_of(self, slot: Slot, amount: e.Expression, key: str, depth: int, found: Found) -> None:
        """Write the item where its sum is above 0 or may be."""
        seen = self._seen(depth)
        ends = self._loose(amount, depth)
        if ends is None:
            self._split(slot, amount, key, depth, found)
            return
        self._open(depth, self._asks(amount, depth))
        above = seen.related(e.Comparison.MORE, ends.high, literal(0)).may
        self._select(depth, above, lambda deep: found((slot, (key,)), deep))
        self._select(depth, seen.negated(above), lambda deep: found(None, deep))

    def _loose(self, amount: e.Expression, depth: int) -> Ends | None:
        """Return the ends of a sum that may be open; None where columns tell of no such ends.

        INVARIANT: no sum is below 0, so that one of which both ends are 0 is nothing.
        """
        seen = self._seen(depth)
        if self._number(amount, depth).known is True:
            return None
        ends = Bounder(seen).ends(amount)
        if ends is None or ends.low.known is not True or ends.low.range.low < 0:
            return None
        return ends

    def _asks(self, amount: e.Expression, depth: int) -> Code:
        """Return where a sum hangs on a condition that is open: each way it is another one."""
        seen = self._seen(depth)
        parts = list(parts_of([amount], seen.rulebook))
        names = (part.name for part in parts if isinstance(part, e.Defined))
        bodies = [seen.rulebook.definitions[n].body for n in names if n in seen.shared]
        # Of a definition that many share it is found out once, over all rows.
        shared = list(parts_of(bodies, seen.rulebook))
        elsewhere = {id(part) for part in shared}
        own = (part for part in parts if id(part) not in elsewhere)
        return seen.either(_asked_by(own, seen), seen.bring(_asked_by(shared, seen.whole())))

    def _may_be_unknown(self, amount: e.Expression) -> bool:
        least = self._least(amount)
        return isinstance(amount, e.FactOf) and amount.entity == ACT and (least or 0) >= 0

    def _split(self, slot: Slot, amount: e.Expression, key: str, depth: int, found: Found) -> None:
        """Write the item where the sum is above 0; a sum of nothing is none."""
        seen = self._seen(depth)
        number = self._number(amount, depth)
        self._open(depth, seen.negated(number.known))
        if number.known is False:
            return
        item = slot, (key,)
        if number.range.low > 0 or number.range.high <= 0:
            found(item if number.range.low > 0 else None, depth)
        elif number.known is True:
            self._part(item, amount, depth, found)
        else:
            above = seen.put(f"{number.text} > 0")
            self._select(depth, above, lambda deep: found(item, deep))
            self._select(depth, seen.negated(above), lambda deep: found(None, deep))

    def _part(
        self, item: tuple[Slot, tuple[str, ...]], amount: e.Expression, depth: int, found: Found
    ) -> None:
        """Write the same for a sum that is known in every row; the rows take it along."""
        number = self._number(amount, depth)
        text = f"parted({self.places[depth]}, {number.text})"
        above, sums, none = self.seen.lines.locals(3, text)
        self.places += [above, none]
        more, less = len(self.places) - 2, len(self.places) - 1
        self._numbers[id(amount), more] = number._replace(text=sums)
        found(item, more)
        found(None, less)

    def _leaf(self, built: _Built, depth: int) -> None:
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            raise NotCompiled
        shape = Shape(
            self.rule, self.version, self.later, tuple(slot for slot, _ in built.items),
            built.effects, built.references, built.tiers, built.clashes, self._trace,
        )  # fmt: skip
        ends = [str(UNKNOWN), str(UNKNOWN)]
        taken = []
        for slot, keys in built.items:
            for key in keys:
                part = self._sums[key]
                if isinstance(part, m.Band):
                    ends = self._ends(part, depth)
                else:
                    taken.append(f"({self.shapes.slot(slot)}, {self._sum(part, depth)}), ")
        what = f"{self.shapes.add(shape)}, {self.places[depth]}, {', '.join(ends)}"
        self._add(f"hits.append(({what}, ({''.join(taken)})))")

    def _ends(self, band: m.Band, depth: int) -> list[str]:
        """Return both ends of a fine; a floor above the ceiling falls to it."""
        seen = self._seen(depth)
        loose = self._loose(band.high, depth)
        if loose is not None:
            return self._loose_ends(band, loose, depth)
        high = self._number(band.high, depth)
        self.shapes.high += high.range.high
        if band.low is None:
            return [str(UNKNOWN), high.text]
        if band.low is band.high:
            return [high.text, high.text]
        low = self._number(band.low, depth)
        self._open(depth, seen.negated(low.known))
        if low.range.high > high.range.low and low.known is not False:
            low = seen.lower(low, high)
        return [low.text, high.text]

    def _loose_ends(self, band: m.Band, high: Ends, depth: int) -> list[str]:
        """Return the least that a fine may come to, and the most.

        Law: where the ceiling is open no floor is sure, and a floor falls to a ceiling below it.
        """
        seen, bounder = self._seen(depth), Bounder(self._seen(depth))
        exact = bounder.exact(high)
        floor: Number = NOTHING_KNOWN
        if band.low is band.high:
            floor = high.low
        elif band.low is not None:
            low = bounder.ends(band.low)
            if low is None:
                self._open(depth, code=True)
            else:
                self._open(depth, self._asks(band.low, depth))
                exact = seen.both(exact, bounder.exact(low))
                floor = seen.lower(low.low, high.low)
                none = seen.both(
                    seen.related(e.Comparison.AT_MOST, high.low, literal(0)).yes,
                    seen.related(e.Comparison.MORE, low.low, high.low).yes,
                )
                floor = floor._replace(known=seen.both(floor.known, seen.negated(none)))
        self._add_loose(depth, seen.negated(exact))
        self.shapes.high += high.high.range.high
        return [self._or_unknown(seen, floor), self._or_unknown(seen, high.high)]

    def _add_loose(self, depth: int, code: Code) -> None:
        """Note the rows of which a sum is known within bounds only."""
        if code is not False:
            rows = self.places[depth]
            self._add(f"loose.append({rows if code is True else _chosen(rows, code)})")

    def _sum(self, amount: e.Expression, depth: int) -> str:
        seen = self._seen(depth)
        loose = self._loose(amount, depth)
        number = self._number(amount, depth)
        if loose is not None:
            number = loose.high._replace(known=Bounder(seen).exact(loose))
        self.shapes.high += number.range.high
        return self._or_unknown(seen, number)

    def _or_unknown(self, seen: ColumnWriter, number: Number) -> str:
        if number.known is True:
            return number.text
        if number.known is False:
            return str(UNKNOWN)
        if not number.range.span(Range(UNKNOWN, UNKNOWN)).width:
            raise NotCompiled
        return seen.put(f"where({number.known}, {number.text}, {UNKNOWN})")


def _chosen(rows: str, code: str) -> str:
    """Return the rows of a mask; the mask as an index takes up to five times as long."""
    return f"{rows}[{code}.nonzero()[0]]"


def _asked_by(parts: Iterable[e.Expression], seen: ColumnWriter) -> Code:
    """Return where a condition among parts of a sum is open."""
    conditions = (c for part in parts if isinstance(part, e.Cases) for c, _ in part.branches)
    return seen.either(*(seen.open_rows(seen.truth(condition)) for condition in conditions))
