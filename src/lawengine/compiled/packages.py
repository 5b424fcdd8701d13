"""Tiers, bands and sums of a version as Python source: one leaf for each shape they can take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from lawengine.base.dataclass import dataclass
from lawengine.compiled.expressions import Writer
from lawengine.compiled.shapes import Numbers, Shape, Slot
from lawengine.compiled.source import NotCompiled
from lawengine.compiled.trace import Trace
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model.rules import Rule, Tier, Version
from lawengine.model.types import COUNT
from lawengine.model.vocabulary import ACT

MAX_LEAVES = 64
"""A version with more shapes than this is left to the reference evaluator."""

Sums = tuple[str, ...]
"""The source of both ends of a sum; nothing for a measure that is no sum."""


@dataclass(frozen=True, slots=True)
class _Built:
    """What has been gathered on the way to a leaf."""

    items: tuple[tuple[Slot, Sums], ...] = ()
    effects: tuple[m.Effect, ...] = ()
    references: tuple[m.Reference, ...] = ()
    tiers: tuple[tuple[Tier, bool], ...] = ()
    clashes: tuple[str, ...] = ()
    groups: int = 0


Then = Callable[[_Built, int], None]
Found = Callable[[tuple[Slot, Sums] | None, int], None]
Further = Callable[[int], None]
"""Goes on writing at that depth."""


@dataclass(slots=True)
class PackageWriter:
    """Writes what a version attaches; `sink` gets each leaf: shape, source of the hit, depth."""

    writer: Writer
    numbers: Numbers
    rule: Rule
    version: Version
    later: bool
    sink: Callable[[Shape, str, int], None]
    lines: list[str] = field(default_factory=list)
    _leaves: int = 0
    _trace: Trace = field(init=False)

    def __post_init__(self) -> None:
        """All shapes of a version are traced alike."""
        self._trace = Trace(self.writer.plain(), self.version, self.later)

    def write(self, depth: int) -> list[str]:
        """Return the lines, indented from `depth`.

        Raises:
            NotCompiled: it has too many shapes.
        """
        version = self.version

        def tiers(built: _Built, own: tuple[tuple[Slot, Sums], ...], deep: int) -> None:
            self._tiers(version.tiers, replace(built, items=own), deep, (), self._leaf)

        self._consequences(version.consequences, _Built(), depth, (), tiers)
        return self.lines

    def _line(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def _leaf(self, built: _Built, depth: int) -> None:
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            raise NotCompiled
        shape = Shape(
            self.rule, self.version, self.later,
            tuple(slot for slot, _ in built.items),
            built.effects, built.references, built.tiers, built.clashes, self._trace,
        )  # fmt: skip
        name = self.writer.source.keep(shape)
        if all(_constant(end) for _, ends in built.items for end in ends):
            known = tuple(
                tuple(None if end == "None" else int(end) for end in ends) if ends else None
                for _, ends in built.items
            )
            hit = self.writer.source.keep((shape, known))
        else:
            sums = [self._pair(ends, depth) for _, ends in built.items]
            hit = f"({name}, ({''.join(f'{text}, ' for text in sums)}))"
        self.sink(shape, hit, depth)

    def _pair(self, ends: Sums, depth: int) -> str:
        """Return the source of both ends of a sum; a fixed sum is computed once."""
        if not ends:
            return "None"
        low, high = ends
        if low == high and not low.isidentifier():
            low = high = self._named(high, depth)
        return f"({low}, {high})"

    def _named(self, text: str, depth: int) -> str:
        if _constant(text) or text.isidentifier():
            return text
        name = self.writer.source.name("a")
        self._line(depth, f"{name} = {text}")
        return name

    # --- tiers ---

    def _tiers(
        self,
        tiers: tuple[Tier, ...],
        built: _Built,
        depth: int,
        seen: tuple[Slot, ...],
        then: Then,
    ) -> None:
        """Write the tiers of one level; `seen` are the measures that earlier ones set."""
        if not tiers:
            then(built, depth)
            return
        tier, rest = tiers[0], tiers[1:]
        missed = replace(built, tiers=(*built.tiers, (tier, False)))
        self._branch(
            tier.condition, depth,
            lambda deep: self._applied(tier, rest, built, deep, seen, then),
            lambda deep: self._tiers(rest, missed, deep, seen, then),
        )  # fmt: skip

    def _branch(self, condition: e.Expression, depth: int, met: Further, missed: Further) -> None:
        """Write both ways that a condition can turn out."""
        code = self.writer.code(condition)
        if isinstance(code, bool):
            (met if code else missed)(depth)
            return
        self._line(depth, f"if {code}:")
        met(depth + 1)
        self._line(depth, "else:")
        missed(depth + 1)

    def _applied(
        self,
        tier: Tier,
        rest: tuple[Tier, ...],
        built: _Built,
        depth: int,
        seen: tuple[Slot, ...],
        then: Then,
    ) -> None:
        built = replace(built, tiers=(*built.tiers, (tier, True)))
        if tier.instead_of_all:
            built = replace(built, items=(), effects=(), references=())

        def after(now: _Built, own: tuple[tuple[Slot, Sums], ...], deep: int) -> None:
            mine = tuple(slot for slot, _ in own)
            kinds = {slot.kind for slot in mine}
            clashes = (*now.clashes, *_clashes(mine, seen))
            kept = tuple(item for item in now.items if item[0].kind not in kinds)
            now = replace(now, items=(*kept, *own), clashes=clashes)

            def further(inner: _Built, inside: int) -> None:
                self._tiers(rest, inner, inside, (*seen, *mine), then)

            self._tiers(tier.tiers, now, deep, (), further)

        self._consequences(tier.consequences, built, depth, (), after)

    # --- consequences ---

    def _consequences(
        self,
        consequences: tuple[m.Consequence, ...],
        built: _Built,
        depth: int,
        own: tuple[tuple[Slot, Sums], ...],
        then: Callable[[_Built, tuple[tuple[Slot, Sums], ...], int], None],
    ) -> None:
        """Write the measures of one tier; `own` are those written so far."""
        if not consequences:
            then(built, own, depth)
            return
        first, rest = consequences[0], consequences[1:]
        match first:
            case m.Effect():
                built = replace(built, effects=(*built.effects, first))
                self._consequences(rest, built, depth, own, then)
            case m.Reference():
                built = replace(built, references=(*built.references, first))
                self._consequences(rest, built, depth, own, then)
            case m.Measure(modality=modality):
                slot = self._slot(first, modality, 0, None)
                self._items((slot,), built, depth, own, lambda b, o, d: (
                    self._consequences(rest, b, d, o, then)
                ))  # fmt: skip
            case m.MeasureChoice(mode=mode, modality=modality, measures=measures):
                built = replace(built, groups=built.groups + 1)
                slots = tuple(self._slot(x, modality, built.groups, mode) for x in measures)
                self._items(slots, built, depth, own, lambda b, o, d: (
                    self._consequences(rest, b, d, o, then)
                ))  # fmt: skip

    def _slot(
        self, measure: m.Measure, modality: m.Modality, group: int, mode: m.ChoiceMode | None
    ) -> Slot:
        how = (modality, group, mode)
        return self.numbers.slot(self.rule.name, self.version, measure, how, later=self.later)

    def _items(
        self,
        slots: tuple[Slot, ...],
        built: _Built,
        depth: int,
        own: tuple[tuple[Slot, Sums], ...],
        then: Callable[[_Built, tuple[tuple[Slot, Sums], ...], int], None],
    ) -> None:
        if not slots:
            then(built, own, depth)
            return
        first, rest = slots[0], slots[1:]

        def found(item: tuple[Slot, Sums] | None, deep: int) -> None:
            more = own if item is None else (*own, item)
            self._items(rest, built, deep, more, then)

        if first.fine:
            self._fine(first, first.measure.bands, depth, found)
        elif first.measure.object is not None:
            self._taken(first, first.measure.object, depth, found)
        else:
            found((first, ()), depth)

    def _taken(self, slot: Slot, amount: e.Expression, depth: int, found: Found) -> None:
        """Write a sum that is taken; a plain fact may be unknown, and the sum is then open."""
        lows = self._least(amount)
        if isinstance(amount, e.FactOf) and amount.entity == ACT and lows is not None and lows >= 0:
            name = self.writer.source.name("a")
            self._line(depth, f"{name} = act.get({self.writer.source.constant(amount.fact)})")
            self._line(depth, f"if {name} is None or {name} > 0:")
            found((slot, (name, name)), depth + 1)
            self._line(depth, "else:")
            found(None, depth + 1)
        else:
            text = self._named(self._amount(amount, ""), depth)
            self._above(slot, text, amount, depth, (text, text), found)

    def _fine(
        self,
        slot: Slot,
        bands: tuple[tuple[e.Expression | None, m.Band], ...],
        depth: int,
        found: Found,
    ) -> None:
        """Write the alternatives of a fine: the first whose condition is met counts."""
        if not bands:
            found(None, depth)
            return
        (condition, band), rest = bands[0], bands[1:]
        if condition is None:
            self._band(slot, band, depth, found)
            return
        self._branch(
            condition, depth,
            lambda deep: self._band(slot, band, deep, found),
            lambda deep: self._fine(slot, rest, deep, found),
        )  # fmt: skip

    def _band(self, slot: Slot, band: m.Band, depth: int, found: Found) -> None:
        """Write both ends of a fine."""
        high = self._amount(band.high, band.per)
        low = "None" if band.low is None else self._amount(band.low, band.per)
        if band.low is not None and band.low is not band.high:
            high = self._named(high, depth)
            low = self._under(low, high, band)
        self._above(slot, high, band.high, depth, (low, high), found)

    def _under(self, low: str, high: str, band: m.Band) -> str:
        """Return the source of the floor, which falls to a ceiling below it.

        Law: as in `sanctions.packages`.
        """
        if _constant(low):
            least = int(high) if _constant(high) else self._least(band.high)
            if least is not None and int(low) <= least and not band.per:
                return low
            if _constant(high):
                return high
        return f"min({low}, {high})"

    def _above(
        self,
        slot: Slot,
        amount: str,
        expression: e.Expression,
        depth: int,
        sums: Sums,
        found: Found,
    ) -> None:
        """Write the item; a sum of nothing is none, for an imposed sum is above 0."""
        per = slot.fine and any(band.per for _, band in slot.measure.bands)
        least = None if per else self._least(expression)
        if _constant(amount):
            least = int(amount)
            if least <= 0:
                found(None, depth)
                return
        if least is not None and least > 0:
            found((slot, sums), depth)
            return
        name = self._named(amount, depth)
        sums = tuple(name if end == amount else end for end in sums)
        self._line(depth, f"if {name} > 0:")
        found((slot, sums), depth + 1)
        self._line(depth, "else:")
        found(None, depth + 1)

    def _amount(self, expression: e.Expression, per: str) -> str:
        if not self.writer.whole(expression):
            raise NotCompiled
        text = self.writer.text(expression)
        if per:
            counted = e.Aggregated(e.Aggregation.COUNT, per, None, None, COUNT)
            text = f"{text} * {self.writer.text(counted)}"
        return text

    def _least(self, expression: e.Expression) -> int | None:
        """Return a whole number that the value never lies below, or None where none is known."""
        match expression:
            case e.Constant(value=value):
                return value if type(value) is int else None
            case e.FactOf(entity=entity, fact=fact):
                lows = self.writer.rulebook.vocabulary.fact(entity, fact).low
                values = [x.value for x in lows if isinstance(x, e.Constant)]
                return max((x for x in values if isinstance(x, int)), default=None)
            case e.Defined(name=name):
                return self._least(self.writer.rulebook.definitions[name].body)
            case e.Cases(branches=branches, otherwise=otherwise):
                least = [self._least(x) for x in (*(v for _, v in branches), otherwise)]
                return None if None in least else min(x for x in least if x is not None)
            case e.Computed(operation=e.Operation.ADD | e.Operation.MULTIPLY as operation):
                one, two = self._least(expression.left), self._least(expression.right)
                if one is None or two is None or min(one, two) < 0:
                    return None
                return one + two if operation is e.Operation.ADD else one * two
            case e.Chosen(extreme=which, operands=operands):
                known = [x for x in map(self._least, operands) if x is not None]
                if which is e.Extreme.HIGHER:
                    return max(known, default=None)
                return min(known) if len(known) == len(operands) else None
            case _:
                return None


def _constant(text: str) -> bool:
    return text == "None" or text.isdecimal()


def _clashes(own: tuple[Slot, ...], seen: tuple[Slot, ...]) -> tuple[str, ...]:
    """Return the kinds that an earlier tier of this level sets differently."""
    found = []
    for kind in dict.fromkeys(slot.kind for slot in own):
        mine = [slot.measure for slot in own if slot.kind is kind]
        before = [slot.measure for slot in seen if slot.kind is kind]
        if before and mine != before:
            found.append(kind.value)
    return tuple(found)
