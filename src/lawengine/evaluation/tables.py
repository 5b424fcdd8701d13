"""Decision tables: which rows can match together, at every point of what is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth, conjunction, disjunction
from lawengine.evaluation.domains import bounds, compare, next_value, previous_value
from lawengine.evaluation.facts import Among, Domain, Known, Ordered
from lawengine.model.expressions import Comparison, Value
from lawengine.model.types import Kind, Type

MAX_POINTS = 4096
"""More combinations of inputs are not listed; the table then says less, never something wrong."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell with its values read; nothing in it accepts everything."""

    options: tuple[Domain, ...] = ()
    low: Domain | None = None
    high: Domain | None = None

    def values(self) -> tuple[Domain, ...]:
        """Return every value that the cell compares with."""
        return (*self.options, *(end for end in (self.low, self.high) if end is not None))

    def matches(self, item: Domain) -> Truth:
        """Return whether the cell accepts the input."""
        tests: list[Truth] = []
        if self.options:
            equal = Comparison.EQUAL
            tests.append(disjunction(compare(equal, item, option) for option in self.options))
        if self.low is not None:
            tests.append(compare(Comparison.AT_LEAST, item, self.low))
        if self.high is not None:
            tests.append(compare(Comparison.AT_MOST, item, self.high))
        return conjunction(tests)


@dataclass(frozen=True, slots=True)
class Input:
    """One input: what is known of it, its type, and for a choice the members of its list."""

    domain: Domain
    type: Type
    members: tuple[str, ...] = ()


def meetings(
    inputs: Sequence[Input], rows: Sequence[Sequence[ReadCell]]
) -> frozenset[tuple[int, ...]] | None:
    """Return every set of rows that match together at some point of the inputs.

    The empty set among them is a gap, a set of several rows an overlap. None where the points
    cannot be listed: a cell is not exact itself, or there are too many of them.
    """
    columns: list[list[int]] = []
    for number, item in enumerate(inputs):
        cells = [row[number] for row in rows]
        values = [value for cell in cells for value in cell.values()]
        known = [value.value for value in values if isinstance(value, Known)]
        points = list(_points(item, known)) if len(known) == len(values) else []
        if not points:
            return None
        columns.append([_mask(cells, Known(point)) for point in points])
    if prod(len(column) for column in columns) > MAX_POINTS:
        return None
    everything = (1 << len(rows)) - 1
    masks = set()
    for combination in product(*columns):
        mask = everything
        for column in combination:
            mask &= column
        masks.add(mask)
    return frozenset(tuple(n for n in range(len(rows)) if mask >> n & 1) for mask in masks)


def _mask(cells: Sequence[ReadCell], point: Known) -> int:
    return sum(1 << n for n, cell in enumerate(cells) if cell.matches(point) is Truth.TRUE)


def _points(item: Input, compared: list[Value]) -> Iterator[Value]:
    """Yield one point of every part of the input's domain that the cells can tell apart."""
    if isinstance(item.domain, Known):
        yield item.domain.value
        return
    match item.type.kind:
        case Kind.YES_NO:
            yield from (False, True)
        case Kind.CHOICE:
            known = item.domain.options if isinstance(item.domain, Among) else None
            yield from (name for name in item.members if known is None or name in known)
        case Kind.TEXT:
            texts = [text for text in compared if isinstance(text, str)]
            yield from (*texts, "".join(texts) + "?")
        case Kind.PERIOD:
            return
        case kind:
            dense = kind in (Kind.RATE, Kind.POINTS) or not item.type.whole
            yield from _between(item.domain, compared, _anything(kind), dense=dense)


def _anything(kind: Kind) -> Ordered:
    return datetime.date(2000, 1, 1) if kind is Kind.DATE else 0


def _between(
    domain: Domain, compared: list[Value], anything: Ordered, *, dense: bool
) -> Iterator[Ordered]:
    low, high = bounds(domain)
    cuts = [cut for cut in compared if isinstance(cut, Ordered)]
    ends = [end for end in (low, high) if end is not None]
    found: set[Ordered] = {*cuts, *ends}
    found |= {next_value(cut) for cut in cuts} | {previous_value(cut) for cut in cuts}
    if dense:
        marks = sorted(Fraction(mark) for mark in {*cuts, *ends})  # type: ignore[arg-type]  # no dates
        found |= {(a + b) / 2 for a, b in pairwise(marks)}
    inside = [
        point
        for point in found or {anything}
        if (low is None or point >= low) and (high is None or point <= high)  # type: ignore[operator]  # both are of one kind by the checks
    ]
    yield from sorted(inside)
