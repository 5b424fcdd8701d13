"""Draws the rows of a population, a chunk at a time."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.idle import ACTS
from lawengine.columns.table import EPOCH, Column, Table
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact
from lawengine.population.refusal import RefusedError
from lawengine.population.schema import Lognormal
from lawengine.population.specification import FEN, YES_NO, Draw, Group, Specification

CHUNK = 1 << 18
"""Rows that are drawn at once; part of what a seed means, so it never changes."""

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chunk of rows, and the place of each row's group in the specification."""

    table: Table
    groups: NDArray[np.uint8]


def draw(specification: Specification, rulebook: Rulebook, rows: int, seed: int) -> Iterator[Drawn]:
    """Yield chunks of a population, `rows` in all; the last one may be shorter.

    Edges: fewer rows of one seed are the first of more.

    Raises:
        RefusedError: a value leaves the bounds of its fact.
    """
    for number, start in enumerate(range(0, rows, CHUNK)):
        whole = _Chunk(specification, rulebook, seed, number).drawn()
        wanted = slice(min(CHUNK, rows - start))
        drawn = Drawn(whole.table.part(wanted), whole.groups[wanted])
        need_bounds(drawn.table, rulebook)
        yield drawn


@dataclass(slots=True)
class _Chunk:
    specification: Specification
    rulebook: Rulebook
    seed: int
    number: int

    def drawn(self) -> Drawn:
        """Return all rows of the chunk."""
        groups = draw_groups(self.specification, self.seed, self.number)
        values: dict[str, Whole] = {}
        known: dict[str, Flags] = {}
        for path in self.specification.paths():
            values[path] = np.zeros(CHUNK, np.int64)
            known[path] = np.zeros(CHUNK, np.bool_)
        for place, group in enumerate(self.specification.groups):
            self._group(group, np.flatnonzero(groups == place), values, known)
        columns = columns_of(self.rulebook, values, known)
        acts = [group.acts for group in self.specification.groups]
        if not all(acts):
            columns[ACTS] = Column(np.asarray(acts, np.int64)[groups])
        return Drawn(Table(columns, CHUNK), groups)

    def _group(
        self, group: Group, at: NDArray[np.intp], values: dict[str, Whole], known: dict[str, Flags]
    ) -> None:
        for draw_ in group.draws:
            path = draw_.fact.path
            stream = _stream(self.seed, self.number, group.name, path)
            values[path][at] = drawn_values(draw_, stream, at, values, self.rulebook)
            known[path][at] = told(draw_, stream, len(at))


def draw_groups(specification: Specification, seed: int, number: int) -> NDArray[np.uint8]:
    """Return the place of the group of each row of a chunk, in the specification."""
    weights = [group.weight for group in specification.groups]
    return among(_stream(seed, number, "", ""), weights, CHUNK).astype(np.uint8)


def _stream(seed: int, number: int, group: str, path: str) -> np.random.Generator:
    """Return the random numbers of one fact of one group in a chunk, and of no other."""
    name = zlib.crc32(f"{group}\0{path}".encode())
    seeds = np.random.SeedSequence(seed, spawn_key=(number, name))
    return np.random.Generator(np.random.PCG64(seeds))


def drawn_values(
    drawn: Draw, stream: np.random.Generator, at: NDArray[np.intp], values: Mapping[str, Whole],
    rulebook: Rulebook, texts: Sequence[str] = (),
) -> Whole:  # fmt: skip
    """Return a value for each of the rows `at`; `values` holds those that it may hang on.

    Units: amounts in fen. A choice is its place, a text its place in `texts`.
    """
    how, size, fact = drawn.how, len(at), drawn.fact
    unit = FEN if fact.type.kind is Kind.MONEY else 1
    if how.among is not None:
        places = _places(fact, how.among, rulebook, texts)
        found: Whole = np.asarray(places, np.int64)[among(stream, list(how.among.values()), size)]
        return found
    if how.years is not None:
        return _days_of(how.years, stream, size)
    if how.days is not None:
        first, last = (day.toordinal() - EPOCH for day in how.days)
        return stream.integers(first, last, size, endpoint=True)
    if how.between is not None:
        low, high = how.between
        return stream.integers(low * unit, high * unit, size, endpoint=True)
    if how.lognormal is not None:
        return lognormal(how.lognormal, unit, stream, size)
    if how.after is not None:
        low, high = how.after.days
        return values[how.after.fact][at] + stream.integers(low, high, size, endpoint=True)
    assert how.share_of is not None  # noqa: S101 - one of the ways is given
    # Whole millionths, so that no amount passes through floating point.
    least, most = (round(percent * 10_000) for percent in how.share_of.percent)
    shares = stream.integers(least, most, size, endpoint=True)
    base = values[how.share_of.fact][at]
    part: Whole = base // 1_000_000 * shares + base % 1_000_000 * shares // 1_000_000
    return part


def told(drawn: Draw, stream: np.random.Generator, size: int) -> Flags:
    """Return in which of so many rows the value is known."""
    if not drawn.how.unknown_percent:
        return np.ones(size, np.bool_)
    return stream.random(size) * 100 >= drawn.how.unknown_percent


def _places(
    fact: Fact, weights: Mapping[str, int], rulebook: Rulebook, texts: Sequence[str]
) -> list[int]:
    match fact.type.kind:
        case Kind.YES_NO:
            return [int(name == YES_NO[0]) for name in weights]
        case Kind.COUNT:
            return [int(name) for name in weights]
        case Kind.TEXT:
            return [texts.index(name) for name in weights]
    members = rulebook.vocabulary.choices[fact.type.choices].members
    order = [member.name for member in members]
    return [order.index(name) for name in weights]


def among(stream: np.random.Generator, weights: list[int], size: int) -> NDArray[np.intp]:
    """Return so many places of weights, each as often as it weighs."""
    ends = np.cumsum(np.asarray(weights, np.int64))
    return np.searchsorted(ends, stream.integers(0, int(ends[-1]), size), side="right")


def _days_of(years: Mapping[str, int], stream: np.random.Generator, size: int) -> Whole:
    chosen = among(stream, list(years.values()), size)
    first = [datetime.date(int(year), 1, 1).toordinal() - EPOCH for year in years]
    length = [datetime.date(int(year), 12, 31).timetuple().tm_yday for year in years]
    days = stream.integers(0, np.asarray(length, np.int64)[chosen])
    return np.asarray(first, np.int64)[chosen] + days


def lognormal(how: Lognormal, unit: int, stream: np.random.Generator, size: int) -> Whole:
    """Return whole numbers of units, inside the ends that are set."""
    drawn = np.exp(stream.standard_normal(size) * np.log(how.ratio)) * how.median
    whole: Whole = np.clip(np.rint(drawn).astype(np.int64), how.least, how.most) * unit
    return whole


def columns_of(
    rulebook: Rulebook, values: Mapping[str, Whole], known: Mapping[str, Flags]
) -> dict[str, Column]:
    """Return drawn values as columns of their kinds."""
    facts = {fact.path: fact for fact in rulebook.vocabulary.facts()}
    return {path: _column(facts[path], values[path], known[path]) for path in values}


def _column(fact: Fact, values: Whole, known: Flags) -> Column:
    made: NDArray[np.generic] = values
    match fact.type.kind:
        case Kind.YES_NO:
            made = values.astype(np.bool_)
        case Kind.CHOICE:
            made = values.astype(np.uint8)
        case Kind.DATE:
            made = values.astype(np.int32)
    return Column(made, None if known.all() else known)


def need_bounds(table: Table, rulebook: Rulebook) -> None:
    """Return when every value that is known lies inside its bounds.

    Raises:
        RefusedError: one does not.
    """
    for path, column in table.columns.items():
        entity, _, name = path.partition(".")
        if path == ACTS:
            continue
        fact = rulebook.vocabulary.fact(entity, name)
        bounds = [(bound, 1) for bound in fact.low] + [(bound, -1) for bound in fact.high]
        for bound, side in bounds:
            other = _bound(bound, table)
            if other is None:
                continue
            wrong = (column.values.astype(np.int64) - other.values.astype(np.int64)) * side < 0
            for part in (column, other):
                if part.known is not None:
                    wrong = wrong & part.known
            if wrong.any():
                raise RefusedError("LAW700", fact=path, rows=int(wrong.sum()))


def _bound(bound: e.Expression, table: Table) -> Column | None:
    """Return what bounds a fact: a figure or another fact; None where a row has neither."""
    if isinstance(bound, e.Constant) and isinstance(bound.value, int | datetime.date):
        value = bound.value
        number = value.toordinal() - EPOCH if isinstance(value, datetime.date) else int(value)
        return Column(np.full(table.rows, number, np.int64))
    if isinstance(bound, e.FactOf):
        return table.columns.get(f"{bound.entity}.{bound.fact}")
    return None
