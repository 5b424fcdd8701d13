"""A table under several states of the law: each row decided, rows that are alike counted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.gains import gain_numbers
from lawengine.analysis.grouping import Grouping
from lawengine.analysis.kinds import Gathering, Kinds
from lawengine.analysis.outcomes import WIDTH, Whole, outcomes
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.sides import Law, Reachable, days_of, figures_alone
from lawengine.analysis.standings import StandingsCounted
from lawengine.analysis.status_counts import Standings
from lawengine.analysis.weights import weights_of
from lawengine.base.diagnostic import Diagnostic, nearest
from lawengine.columns import files, simulating
from lawengine.columns.carried import Carried
from lawengine.columns.engine import Simulator
from lawengine.columns.files import CaseFileTable, open_table, parted
from lawengine.columns.naming import fact_named
from lawengine.columns.results import Results
from lawengine.columns.summary import Totals
from lawengine.columns.table import Flags, Table
from lawengine.columns.unmoved import Unmoved
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Fact, Role

GAIN_WIDTH = 2

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


class Sink(Protocol):
    """Takes the outcomes of each row, to write them."""

    def add(
        self,
        start: int,
        results: Sequence[Results],
        numbers: Whole,
        kept: Mapping[str, Any],
        carried: Carried,
    ) -> None:
        """Take a batch; `start` is its first row, from 0.

        Columns to carry over come as arrays (`kept`) and as they stand in the file (`carried`).
        """


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table: columns to group by, of weights, of clusters, gains or not."""

    by: tuple[str, ...] = ()
    weights: str = ""
    cluster: str = ""
    gains: bool = False
    kept: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Return what rows are grouped by: `hidden` groupings are told apart and not shown."""
        return (*self.by, *self.hidden)


@dataclass(slots=True)
class Layout:
    """Where each number of an entry stands: groups, cluster, weight, then each side's outcome."""

    groups: int
    cluster: bool
    weighted: bool
    sides: int
    gains: bool

    @property
    def first_side(self) -> int:
        """Return where the outcomes begin."""
        return self.groups + self.cluster + self.weighted

    @property
    def width(self) -> int:
        """Return how many numbers an entry has for each side."""
        return WIDTH + (GAIN_WIDTH if self.gains else 0)

    def side(self, numbers: Whole, place: int) -> Whole:
        """Return the outcome of one side."""
        start = self.first_side + place * self.width
        found: Whole = numbers[start : start + self.width]
        return found

    def group(self, numbers: Whole, place: int) -> Whole:
        """Return the places of the groups of one breakdown."""
        found: Whole = numbers[place]
        return found

    def weights(self, numbers: Whole) -> Whole:
        """Return the weights of the rows of each kind."""
        found: Whole = numbers[self.groups + self.cluster]
        return found

    def clusters(self, numbers: Whole) -> Whole:
        """Return the places of the clusters."""
        found: Whole = numbers[self.groups]
        return found


def layout_of(laws: Sequence[Law], asked: Asked) -> Layout:
    """Return where the numbers of an entry stand."""
    return Layout(
        len(asked.groups), bool(asked.cluster), bool(asked.weights), len(laws), asked.gains
    )


@dataclass(slots=True)
class Ran:
    """A table that was run: its rows by kind, and what each side counts by itself.

    `dated` tells that the days of act and decision are known in every row.
    """

    kinds: Kinds
    layout: Layout
    groupings: tuple[Grouping, ...]
    totals: tuple[Totals, ...]
    rows: int
    missing: tuple[Fact, ...]
    conduct: tuple[int, int] | None
    decided: tuple[int, int] | None
    notes: tuple[Diagnostic, ...] = ()
    dated: bool = True
    standings: tuple[Standings, ...] = ()


@dataclass(slots=True)
class Running:
    """One run; the sides share what is read, and each row is read once.

    Without `standings` nothing is counted of lists, benefits and duties.
    """

    laws: Sequence[Law]
    asked: Asked
    standings: bool = True
    first: Simulator = field(init=False)
    simulators: list[Simulator | None] = field(init=False)
    _reach: list[Reachable] = field(default_factory=list)
    _unmoved: list[Unmoved | None] = field(default_factory=list)
    _reached: list[Flags | None] = field(default_factory=list)
    _groupings: list[Grouping] = field(default_factory=list)
    _cluster: Grouping | None = None
    _days: list[tuple[int, int]] = field(default_factory=list)
    _decided: list[tuple[int, int]] = field(default_factory=list)
    _dated: bool = True

    def __post_init__(self) -> None:
        """Make a simulator for each side."""
        first = self.laws[0]
        self.first = self._simulator(first)
        self.simulators = [self.first]
        for law in self.laws[1:]:
            figures = figures_alone(first, law)
            told = self.first.unmoved(figures, statuses=self.standings) if figures else None
            simulator = None if figures else self._simulator(law)
            self.simulators.append(simulator)
            self._unmoved.append(told)
            layout = self.first.layout if simulator is None else simulator.layout
            self._reach.append(Reachable(first, law, (self.first.layout, layout)))

    def _simulator(self, law: Law) -> Simulator:
        return Simulator(law.rulebook, law.day is None, days=law.days, standings=self.standings)

    def _of_side(self, place: int) -> Simulator:
        """Return the simulator of a side, made when rows first need it."""
        found = self.simulators[place]
        if found is None:
            found = self.simulators[place] = self._simulator(self.laws[place])
        return found

    def run(self, path: Path, sink: Sink | None = None, progress: Progress | None = None) -> Ran:
        """Return what the rows of a table come to under each side.

        Raises:
            TableError: the file is no table of cases, or a value lies outside its bounds.
            RefusedError: a column that was asked for cannot serve.
        """
        with ExitStack() as stack:
            table = stack.enter_context(opened(path, self.laws[0].rulebook, self.asked, self._read))
            self._prepare(table)
            gathering, standings = Gathering(), StandingsCounted(len(self.laws))
            layouts = (x.layout if x is not None else self.first.layout for x in self.simulators)
            totals = tuple(Totals(layout) for layout in layouts)
            for start in range(0, table.rows, files.BATCH):
                batch, kept = table.batch(start, files.BATCH)
                results = self.answer(batch, start)
                for total, found in zip(totals, results, strict=True):
                    total.add(found)
                standings.add(results)
                numbers = self.numbers(batch, kept, results, start)
                gathering.add(numbers)
                if sink is not None:
                    sink.add(start, results, numbers, kept, table.carried)
                if progress is not None:
                    progress(start + batch.rows, table.rows)
            kinds = self._settled(gathering)
            return Ran(
                kinds, self.layout, tuple(self._groupings), totals, table.rows,
                table.named.missing, _hull(self._days), _hull(self._decided), table.notes,
                self._dated, standings.told([law.rulebook for law in self.laws]),
            )  # fmt: skip

    @property
    def layout(self) -> Layout:
        """Return where the numbers of an entry stand."""
        return layout_of(self.laws, self.asked)

    @property
    def _read(self) -> tuple[Fact, ...]:
        """Return the facts that any side reads."""
        made = (simulator for simulator in self.simulators if simulator is not None)
        return tuple(dict.fromkeys(fact for simulator in made for fact in simulator.read))

    def _prepare(self, table: CaseFileTable) -> None:
        book = self.laws[0].rulebook
        self._groupings = [_grouping(name, table, book) for name in self.asked.groups]
        if self.asked.cluster:
            self._cluster = _grouping(self.asked.cluster, table, book)
            self._cluster.limited = False

    def answer(self, batch: Table, start: int) -> list[Results]:
        """Return what follows in a batch under each side; equal sides are answered once.

        A side that differs from the first in figures alone is answered in the rows these can reach.

        Raises:
            TableError: a value lies outside the bounds of its fact.
        """
        found: dict[tuple[int, object], Results] = {}
        results: list[Results] = []
        self._reached = []
        admitted = None
        for place, (law, unmoved) in enumerate(zip(self.laws, (None, *self._unmoved), strict=True)):
            key = id(law.rulebook), law.day
            table = batch if key in found else law.moved(batch)
            reached = None
            if unmoved is not None:
                admitted = admitted or self.first.admitted(table)
                reached = unmoved.reached(law.rulebook, admitted, table.rows)
            self._reached.append(reached)
            if key not in found and reached is not None:
                rows = np.flatnonzero(reached)
                found[key] = results[0]
                if rows.size:
                    some = simulating.answered(self._of_side(place), table.at(rows), start)
                    found[key] = results[0].with_rows(rows, some)
            elif key not in found:
                found[key] = simulating.answered(self._of_side(place), table, start)
            results.append(found[key])
        return results

    def numbers(
        self, batch: Table, kept: Mapping[str, NDArray[Any]], results: Sequence[Results], start: int
    ) -> Whole:
        """Return the entries of a batch. Shapes: as `Layout`, a column for each row."""
        roles = self.laws[0].rulebook.roles
        for role, days in (
            (Role.CONDUCT_DATE, self._days),
            (Role.DECISION_DATE, self._decided),
        ):
            column = batch.columns.get(roles[role].path)
            self._dated &= column is not None and (column.known is None or bool(column.known.all()))
            found = days_of(batch.columns, roles[role].path)
            if found is not None:
                days.append(found)
        rows: list[Whole] = [one.codes(batch, kept) for one in self._groupings]
        if self._cluster is not None:
            rows.append(self._cluster.codes(batch, kept))
        if self.asked.weights:
            rows.append(weights_of(self.asked.weights, kept[self.asked.weights], start))
        found_ = [np.stack(rows)] if rows else []
        for place, one in enumerate(results):
            touched = None
            if place:
                reach = self._reach[place - 1]
                touched = reach.touched(self.laws[place].moved(batch), (results[0], one))
                reached = self._reached[place]
                if reached is not None:
                    touched = touched[0] & reached, touched[1] & reached
            outcome = outcomes(one, touched)
            found_.append(outcome)
            if self.asked.gains:
                gain = batch.columns.get(_gain_path(self.laws[0].rulebook))
                found_.append(gain_numbers(outcome, gain))
        return np.concatenate(found_)

    def _settled(self, gathering: Gathering) -> Kinds:
        """Return all kinds, their groups numbered as they are told."""
        kinds = gathering.kinds()
        numbers = kinds.numbers.copy()
        every = [*self._groupings, *([self._cluster] if self._cluster is not None else [])]
        for place, grouping in enumerate(every):
            numbers[place] = grouping.renumbered()[numbers[place]]
        order = np.lexsort(numbers[::-1])
        kinds = Kinds(numbers[:, order], kinds.rows[order])
        if self.asked.weights and not self.layout.weights(kinds.numbers).any():
            raise RefusedError("LAW712", column=self.asked.weights)
        return kinds


def _gain_path(rulebook: Rulebook) -> str:
    fact = rulebook.roles.get(Role.ILLEGAL_GAIN)
    return fact.path if fact is not None else ""


def opened(path: Path, rulebook: Rulebook, asked: Asked, read: Sequence[Fact]) -> Any:  # noqa: ANN401 - a context of `open_table`
    """Open a table; columns that were asked for and hold no fact are kept beside it."""
    named = (*asked.groups, *([asked.cluster] if asked.cluster else []))
    beside = [name for name in named if fact_named(name, rulebook) is None]
    weights = [asked.weights] if asked.weights else []
    kept = tuple(dict.fromkeys((*asked.kept, *weights, *beside)))
    return open_table(path, rulebook, read, kept)


def _grouping(name: str, table: CaseFileTable, rulebook: Rulebook) -> Grouping:
    """Return how a column groups rows.

    Raises:
        RefusedError: the table has no column for the fact.
    """
    fact = fact_named(name, rulebook)
    if fact is None:
        return Grouping(name, None)
    paths = [source.fact.path for source in table.named.sources]
    if fact.path not in paths:
        raise RefusedError("LAW706", nearest(fact.path, paths), column=name, fact=fact.path)
    return Grouping(name, fact)


def _hull(days: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    if not days:
        return None
    return min(first for first, _ in days), max(last for _, last in days)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder, that of the names and hashes of its files."""
    file, what = parted(path)
    if file.is_dir():
        inside = sorted(one for one in file.rglob("*") if one.is_file())
        told = "".join(f"{one.relative_to(file)} {hash_of(one)}\n" for one in inside)
        return hashlib.sha256(told.encode()).hexdigest()
    with file.open("rb") as opened_:
        found = hashlib.file_digest(opened_, "sha256").hexdigest()
    return hashlib.sha256(f"{found} {what}".encode()).hexdigest() if what else found
