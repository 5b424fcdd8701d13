"""Which law applies where it changed between conduct and decision, row by row."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.alike import alike
from lawengine.columns.lines import Code, Lines, both, either
from lawengine.columns.settling import Ints, Settler
from lawengine.columns.sides import Hit, SideWriter
from lawengine.columns.table import EPOCH, Array, Flags
from lawengine.compiled.index import conditions, has_effect, turning_days
from lawengine.compiled.shapes import Hit as ExactHit
from lawengine.compiled.shapes import Scales
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedBy
from lawengine.sanctions.lighter import Order


def write_changed(writer: SideWriter) -> tuple[Code, Code]:
    """Write in which rows the lighter later law is asked for and the law changed in between.

    The second code marks the rows in which whether it is asked for hangs on the case.
    """
    index, lines = writer.index, writer.lines
    asked: list[Code] = []
    open_: list[Code] = []
    for name in index.lighter:
        rule = index.rulebook.rules[name]
        seen = writer.writer(rule)
        for version in rule.versions:
            force = seen.in_force(version.interval)
            hangs = any(True for _ in conditions(version)) or index.attackers.get(name)
            (open_ if hangs else asked).append(force)
    conduct, decision = writer.columns[writer.days.conduct], writer.columns[writer.days.decision]
    paths = (writer.days.conduct, writer.days.decision)
    one, two = (lines.whole(f"c[{lines.source.constant(path)}]") for path in paths)
    turns: list[Code] = []
    for day in turning_days(index.rulebook.rules, index):
        turn = day.toordinal() - EPOCH
        before: Code = conduct.range.low < turn
        if before and conduct.range.high >= turn:
            before = lines.whole(f"{one} < {turn}")
        after: Code = decision.range.high >= turn
        if after and decision.range.low < turn:
            after = lines.whole(f"{two} >= {turn}")
        turns.append(_held(lines, both([before, after])))
    changed = _held(lines, either(turns))
    return _held(lines, both([changed, _held(lines, either(asked))])), _held(lines, either(open_))


def _held(lines: Lines, code: Code) -> Code:
    if isinstance(code, bool) or code.isidentifier():
        return code
    return lines.whole(code)


@dataclass(frozen=True, slots=True)
class Changed:
    """The rows in which the law changed, the days of their decision, and what the later law said.

    Shapes: `rows` masks all rows of the chunk, `decided` holds the day of each; `kept` masks, by
    rule, those in which the later law puts something in its place.
    """

    rows: Flags
    decided: Array
    kept: Mapping[str, Flags]


@dataclass(slots=True, repr=False)
class Weigher:
    """Puts the lighter later law in the place of the earlier. Law: as in `compiled.plan`."""

    rulebook: Rulebook
    settler: Settler
    scales: Scales
    _names: tuple[str, ...] = field(init=False)
    _general: Flags = field(init=False)
    _fixed: Flags = field(init=False)

    def __post_init__(self) -> None:
        """Settle what does not hang on the rows."""
        rules = self.rulebook.rules.values()
        self._names = tuple(self.rulebook.rules)
        self._general = np.array([has_effect(rule) for rule in rules], np.bool_)
        self._fixed = np.array([rule.dated_by is DatedBy.DECISION for rule in rules], np.bool_)

    def apply(
        self, earlier: Sequence[Hit], later: Sequence[Hit], changed: Changed, left: Flags
    ) -> list[Hit]:
        """Return the hits that apply; `later` are those of the later law in the rows that changed.

        Rows of which either law may apply are marked in `left`.
        """
        still, moved = _parted(earlier, changed.rows)
        one, two = _entries(moved), _entries(later)
        rule_one, rule_two = self.settler.order[one.shape], self.settler.order[two.shape]
        reached = np.zeros(len(left), np.bool_)
        reached[one.row] = True
        eligible = ~self._fixed[rule_two] & reached[two.row]
        match = _match((one.row, rule_one), (two.row, rule_two), eligible, len(left))
        weighed = ~self._fixed[rule_one]
        alone = (weighed & (match < 0)).nonzero()[0]
        weighed[alone] = self._spoken_of(rule_one[alone], changed.decided[one.row[alone]])
        general = self._general[rule_one]
        keep_one = np.ones(one.row.size, np.bool_)
        keep_two = np.zeros(two.row.size, np.bool_)
        for mask, is_general in ((weighed & ~general, False), (weighed & general, True)):
            places = np.flatnonzero(mask)
            orders = self._orders(one, two, places, match[places], general=is_general)
            if not is_general:
                self._keep(orders, rule_one[places], one.row[places], changed)
            left[one.row[places[orders == _OPEN]]] = True
            gone = places[orders == _LIGHTER]
            keep_one[gone] = False
            put = match[gone]
            keep_two[put[put >= 0]] = True
        alone = np.flatnonzero(eligible & self._general[rule_two])
        alone = alone[~np.isin(alone, match)]
        lighter = self._orders(None, two, np.full(alone.size, -1), alone, general=True) == _LIGHTER
        keep_two[alone[lighter]] = True
        found = [*still, *_kept(moved, keep_one), *_kept(later, keep_two)]
        return sorted(found, key=lambda hit: int(self.settler.order[hit[0]]))

    def _spoken_of(self, rules: Ints, decided: Array) -> Flags:
        """Tell whether the rule is in force on the day of the decision, or dropped by then."""
        found = np.zeros(rules.size, np.bool_)
        for number in np.unique(rules):
            rule = self.rulebook.rules[self._names[number]]
            mine = (rules == number).nonzero()[0]
            day = decided[mine]
            spoken = np.zeros(mine.size, np.bool_)
            for version in rule.versions:
                start, end = version.interval.start, version.interval.end
                spoken |= (day >= _day(start)) & (end is None or day <= _day(end))
            if rule.repeal is not None:
                spoken |= day >= _day(rule.repeal.start)
            found[mine] = spoken
        return found

    def _keep(self, orders: NDArray[np.int8], rules: Ints, rows: Ints, changed: Changed) -> None:
        """Let the law of the conduct stand where the later one puts something in its place."""
        for name, mask in changed.kept.items():
            number = self._names.index(name)
            orders[(rules == number) & mask[rows]] = _EQUAL

    def _orders(
        self, one: Entries | None, two: Entries, places: Ints, match: Ints, *, general: bool
    ) -> NDArray[np.int8]:
        """Return how the later hit stands to the earlier one, each pair of a kind weighed once."""
        if not places.size:
            return np.empty(0, np.int8)
        pairs = np.stack([*_told(one, places), *_told(two, match)])
        first, which = alike(pairs)
        kinds = pairs[:, first].T.tolist()
        orders = [self._weigh(tuple(kind), general=general) for kind in kinds]
        return np.array(orders, np.int8)[which]

    def _weigh(self, pair: tuple[int, ...], *, general: bool) -> int:
        earlier, later = self._hit(pair[:3]), self._hit(pair[3:])
        if general:
            return _LIGHTER if self.scales.mercy(earlier, later) else _EQUAL
        if earlier is None:
            raise RuntimeError(pair)
        return {Order.LIGHTER: _LIGHTER, Order.OPEN: _OPEN}.get(
            self.scales.substance(earlier, later), _EQUAL
        )

    def _hit(self, told: tuple[int, ...]) -> ExactHit | None:
        number, low, high = told
        if number < 0:
            return None
        shape = self.settler.shapes[number]
        ends = (None if low < 0 else low, None if high < 0 else high)
        return shape, tuple(ends if slot.fine else None for slot in shape.slots)


_EQUAL, _LIGHTER, _OPEN = 0, 1, 2


def _day(day: datetime.date) -> int:
    return day.toordinal() - EPOCH


def _told(found: Entries | None, places: Ints) -> list[Ints]:
    """Return shape, floor and ceiling of some entries; -1 for the place -1."""
    if found is None or not found.row.size:
        return [np.full(places.size, -1)] * 3
    columns = (found.shape, found.low, found.high)
    return [np.where(places >= 0, column[places].astype(np.int64), -1) for column in columns]


def _match(keys: tuple[Ints, Ints], others: tuple[Ints, Ints], eligible: Flags, rows: int) -> Ints:
    """Return where row and rule of each entry stand among the others, -1 for nowhere.

    Rules are few and rows many: a table of all rows, rule by rule, needs no sorting.
    """
    found = np.full(keys[0].size, -1)
    place = np.empty(rows, np.int64)
    theirs = np.bincount(others[1][eligible])
    for rule in np.flatnonzero(np.bincount(keys[1], minlength=theirs.size)[: theirs.size] * theirs):
        place[:] = -1
        those = np.flatnonzero(eligible & (others[1] == rule))
        place[others[0][those]] = those
        mine = np.flatnonzero(keys[1] == rule)
        found[mine] = place[keys[0][mine]]
    return found


def _parted(hits: Sequence[Hit], mask: Flags) -> tuple[list[Hit], list[Hit]]:
    """Return the hits outside a mask of rows, and those inside."""
    outside, inside = [], []
    for hit in hits:
        mine = mask[hit[1]]
        number = int(np.count_nonzero(mine))
        if number:
            inside.append(_of(hit, mine) if number < mine.size else hit)
        if number < mine.size:
            outside.append(_of(hit, ~mine) if number else hit)
    return outside, inside


def _of(hit: Hit, mask: Flags) -> Hit:
    """Return the part of a hit in a mask over its rows."""
    shape, rows, low, high, taken = hit
    places = mask.nonzero()[0]
    low, high = (end if isinstance(end, int) else end[places] for end in (low, high))
    sums = ((slot, sum_ if isinstance(sum_, int) else sum_[places]) for slot, sum_ in taken)
    return shape, rows[places], low, high, tuple(sums)


def _kept(hits: Sequence[Hit], kept: Flags) -> Iterator[Hit]:
    """Yield what is kept of hits; `kept` goes over the entries of all of them."""
    start = 0
    for hit in hits:
        end = start + hit[1].size
        mine = kept[start:end]
        start = end
        if mine.all():
            yield hit
        elif mine.any():
            yield _of(hit, mine)


@dataclass(frozen=True, slots=True)
class Entries:
    """Hits in one column each: row, shape, floor and ceiling of the fine."""

    row: Ints
    shape: Ints
    low: Ints
    high: Ints


def _entries(hits: Sequence[Hit]) -> Entries:
    sizes = [hit[1].size for hit in hits]
    total = sum(sizes)
    row, low, high = (np.empty(total, np.int64) for _ in range(3))
    shape = np.repeat(np.array([hit[0] for hit in hits], np.int64), sizes)
    start = 0
    for (_, rows, least, most, _), size in zip(hits, sizes, strict=True):
        end = start + size
        row[start:end], low[start:end], high[start:end] = rows, least, most
        start = end
    return Entries(row, shape, low, high)
