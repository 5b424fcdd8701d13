"""Draws the orders of the shops of a population, some shops at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.table import Table
from lawengine.model.rulebook import Rulebook
from lawengine.population.drawing import (
    CHUNK,
    Flags,
    Whole,
    among,
    columns_of,
    draw_groups,
    drawn_values,
    lognormal,
    need_bounds,
    told,
)
from lawengine.population.specification import Draw, Orders, Specification

SHOPS = 1 << 8
"""Shops whose orders are drawn at once; part of what a seed means, so it never changes."""


@dataclass(frozen=True, slots=True)
class DrawnOrders:
    """The orders of some shops.

    `shops` holds the row of the shop of each order, counted from 1, `numbers` how many of its
    orders stand before it, and `groups` the place of its group in the specification.
    """

    table: Table
    shops: Whole
    numbers: Whole
    groups: NDArray[np.uint8]


def draw_orders(
    specification: Specification, rulebook: Rulebook, rows: int, seed: int
) -> Iterator[DrawnOrders]:
    """Yield the orders of the first `rows` rows of a population, shop by shop.

    Edges: a shop has the same orders in a longer population of the same seed.

    Raises:
        RefusedError: a value leaves the bounds of its fact.
    """
    draws = {draw.fact.path: draw for draw in specification.order_draws()}
    texts = {path: specification.texts(path) for path in draws}
    for number, start in enumerate(range(0, rows, CHUNK)):
        groups = draw_groups(specification, seed, number)
        for first in range(0, min(CHUNK, rows - start), SHOPS):
            some = groups[first : first + SHOPS]
            block = _Block(specification, rulebook, (seed, number, first), some, texts)
            drawn = block.drawn(start + first + 1, min(SHOPS, rows - start - first))
            need_bounds(drawn.table, rulebook)
            yield drawn


@dataclass(slots=True)
class _Block:
    specification: Specification
    rulebook: Rulebook
    place: tuple[int, int, int]
    groups: NDArray[np.uint8]
    texts: dict[str, tuple[str, ...]]
    _shops: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    _values: dict[str, Whole] = field(default_factory=dict)
    _known: dict[str, Flags] = field(default_factory=dict)

    def drawn(self, first: int, wanted: int) -> DrawnOrders:
        """Return the orders of the first so many shops; `first` is the row of the first one."""
        counts = np.zeros(self.groups.size, np.int64)
        having = [
            (group.name, group.orders, self.groups == place)
            for place, group in enumerate(self.specification.groups)
            if group.orders is not None
        ]
        for name, orders, mask in having:
            counts[mask] = self._counts(name, orders, int(mask.sum()))
        self._shops = np.repeat(np.arange(self.groups.size), counts)
        for path in self.texts:
            self._values[path] = np.zeros(self._shops.size, np.int64)
            self._known[path] = np.zeros(self._shops.size, np.bool_)
        for name, orders, mask in having:
            self._draw(name, orders, np.flatnonzero(mask[self._shops]))
        before = np.cumsum(counts) - counts
        kept = slice(int(counts[:wanted].sum()))
        table = Table(columns_of(self.rulebook, self._values, self._known), self._shops.size)
        shops = self._shops[kept]
        return DrawnOrders(
            table.part(kept), shops + first, np.arange(shops.size) - before[shops],
            self.groups[shops],
        )  # fmt: skip

    def _counts(self, name: str, orders: Orders, shops: int) -> Whole:
        stream, how = self._stream(name, "number"), orders.number
        if how.lognormal is not None:
            return lognormal(how.lognormal, 1, stream, shops)
        low, high = how.between or (0, 0)
        return stream.integers(low, high, shops, endpoint=True)

    def _draw(self, name: str, orders: Orders, at: NDArray[np.intp]) -> None:
        weights = [sort.weight for sort in orders.sorts]
        sorts = among(self._stream(name, "sorts"), weights, at.size)
        for place, sort in enumerate(orders.sorts):
            some = at[sorts == place]
            for draw in sort.draws:
                stream = self._stream(name, sort.name, draw.fact.path)
                self._values[draw.fact.path][some] = self._drawn(draw, stream, some)
                self._known[draw.fact.path][some] = told(draw, stream, some.size)

    def _drawn(self, draw: Draw, stream: np.random.Generator, at: NDArray[np.intp]) -> Whole:
        texts = self.texts[draw.fact.path]
        if not draw.how.once_per_shop:
            return drawn_values(draw, stream, at, self._values, self.rulebook, texts)
        shops = np.arange(self.groups.size)
        each = drawn_values(draw, stream, shops, self._values, self.rulebook, texts)
        return each[self._shops[at]]

    def _stream(self, *names: str) -> np.random.Generator:
        """Return the random numbers of one fact of one sort of these shops, and of no other."""
        seed, number, first = self.place
        key = (number, first, zlib.crc32("\0".join(names).encode()))
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
