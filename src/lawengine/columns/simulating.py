"""A file of cases under one rulebook: batch by batch, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.columns.engine import Simulator
from lawengine.columns.failures import TableError
from lawengine.columns.files import BATCH, CaseFileTable, columns_of, connected, open_table, reading
from lawengine.columns.gate import OutOfBounds
from lawengine.columns.idle import row_as_case
from lawengine.columns.naming import name_columns
from lawengine.columns.parts import KeptParts, Plain, keeping
from lawengine.columns.results import Results
from lawengine.columns.summary import Totals
from lawengine.columns.table import Table
from lawengine.columns.workers import Workers, working
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Run:
    """How a table is gone through: processes, rows at once, and whether an earlier run goes on."""

    jobs: int = 1
    resume: bool = False
    batch: int = BATCH


class Interrupted(KeyboardInterrupt):
    """Somebody stopped a run; `parts` is what was kept, `done` how many rows of how many."""

    def __init__(self, parts: KeptParts | None, done: int, rows: int) -> None:
        self.parts, self.done, self.rows = parts, done, rows
        super().__init__(f"{done} of {rows} rows")


Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a file of cases comes to; `missing` are facts of rules that it has no column for.

    `untold` names the lists, benefits and duties of which it has no columns, or too few to settle
    a single row; `notes` warn of what the file holds and a table does not.
    """

    totals: Totals
    missing: tuple[Fact, ...]
    plans: int
    untold: tuple[str, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


def simulate(
    path: Path,
    simulator: Simulator,
    out: Path | None = None,
    kept: Sequence[str] = (),
    progress: Progress | None = None,
    run: Run = Run(),
) -> Simulated:
    """Return what the cases of a file come to; with `out`, write what follows in every row.

    What is done is kept in parts beside `out` until all is done; see `Run`.

    Raises:
        TableError: the file is no table of cases, a value lies outside its bounds, or the result
            cannot be written; no part of it is then there.
        Interrupted: somebody stopped it.
    """
    asked = _Asked(path, simulator, tuple(kept), run)
    totals = Totals(simulator.layout)
    with ExitStack() as stack:
        workers = None
        if run.jobs > 1:
            workers = stack.enter_context(working(run.jobs, asked.elsewhere))
        table = stack.enter_context(open_table(path, simulator.rulebook, simulator.read, kept))
        parts = None
        if out is not None:
            parts = stack.enter_context(keeping(out, table, run.batch, resume=run.resume))
        try:
            for number, told in asked.all(table, parts, workers):
                totals.merge(told)
                if progress is not None:
                    progress(min((number + 1) * run.batch, table.rows), table.rows)
        except KeyboardInterrupt:
            raise Interrupted(parts, totals.rows, table.rows) from None
        finally:
            if workers is not None:
                workers.stop()  # nobody writes a part while parts are joined or dropped
        if parts is not None:
            parts.finish(table.connection)
        untold = totals.untold(simulator.rulebook)
        return Simulated(totals, table.named.missing, simulator.made, untold, table.notes)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What each batch of a table is asked, in this process or in another one."""

    path: Path
    simulator: Simulator
    kept: tuple[str, ...]
    run: Run
    opened: list[CaseFileTable] = field(default_factory=list)
    living: ExitStack = field(default_factory=ExitStack)

    def all(
        self, table: CaseFileTable, parts: KeptParts | None, workers: Workers | None
    ) -> Iterator[tuple[int, Plain]]:
        """Yield number and totals of each batch, in order."""
        numbers = range(-(-table.rows // self.run.batch))
        done = {} if parts is None else {n: told for n in numbers if (told := parts.done(n))}
        left = [number for number in numbers if number not in done]
        where = None if parts is None else (parts.out, parts.folder)
        elsewhere: Iterator[Plain | None] = iter(())
        if workers is not None:
            elsewhere = workers.ordered((table.place, table.rows, n, where) for n in left)
        for number in numbers:
            told = done.get(number)
            if told is None and workers is not None:
                told = next(elsewhere)
            # What went wrong in another process is done again here, to tell it.
            yield number, told or self.one(table, number, parts)

    def one(self, table: CaseFileTable, number: int, parts: KeptParts | None) -> Plain:
        """Return the totals of a batch; it is written first."""
        start = number * self.run.batch
        batch, _ = table.batch(start, self.run.batch)
        results = answered(self.simulator, batch, start)
        totals = Totals(self.simulator.layout)
        totals.add(results)
        told = totals.plain()
        if parts is not None:
            with parts.making(number, told, table.connection) as store:
                store.add(start, results, table.carried)
        return told

    def elsewhere(
        self, place: Path, rows: int, number: int, where: tuple[Path, Path] | None
    ) -> Plain | None:
        """Return the same of a table that another process has opened; None for a mistake in it."""
        parts = None if where is None else KeptParts(*where)
        try:
            with reading(self.path):
                if not self.opened:
                    self.opened.append(self._reopen(place, rows))
                return self.one(self.opened[0], number, parts)
        except TableError:
            return None

    def _reopen(self, place: Path, rows: int) -> CaseFileTable:
        """Open the Parquet file behind a table again, of which all is known to be well.

        It stays open as long as its process lives; what it spills lies beside that file.
        """
        connection = self.living.enter_context(connected(str(place.parent)))
        columns = columns_of(place, connection)
        named = name_columns(columns, self.simulator.rulebook, self.simulator.read, self.kept)
        return CaseFileTable(
            place, place, self.simulator.rulebook, named, self.kept, rows, connection
        )


def answered(simulator: Simulator, batch: Table, start: int) -> Results:
    """Return what follows in the rows of a batch; `start` is the number of its first row.

    Raises:
        TableError: a value cannot be.
    """
    return _told(simulator.answer, simulator.rulebook, batch, start)


def stood(simulator: Simulator, batch: Table, start: int) -> Results:
    """Return the states of lists, benefits and duties alone; else as `answered`.

    Raises:
        TableError: a value cannot be.
    """
    return _told(simulator.stand, simulator.rulebook, batch, start)


def _told(
    answer: Callable[[Table], Results], rulebook: Rulebook, batch: Table, start: int
) -> Results:
    try:
        return answer(batch)
    except OutOfBounds as error:
        words = {"path": error.path, "row": start + error.row + 1, "number": error.number}
        words |= {"column": error.path, "value": "> 1"}
        label = _label(error.path, rulebook)
        raise TableError(Diagnostic(error.code, words={"fact": label, **words})) from None


def _label(path: str, rulebook: Rulebook) -> Label:
    """Return what a fact, a number of elements or a status is called."""
    if path in rulebook.statuses:
        status = rulebook.statuses[path]
        return status.label or Label(path, status.alias)
    entity, _, name = path.partition(".")
    found = rulebook.vocabulary.entities.get(entity)
    fact = found.facts.get(name) if found is not None else None
    label = fact.label if fact is not None else found.label if found is not None else None
    return label or Label(path, path)


def case_of_row(path: Path, row: int, rulebook: Rulebook, kept: Sequence[str] = ()) -> CaseFacts:
    """Return a row of a file, counted from 1, as a case of one party with one act, or without.

    Raises:
        TableError: as for `simulate`, or the file has no such row.
    """
    with open_table(path, rulebook, (), kept) as table:
        if not 1 <= row <= table.rows:
            words = {"row": row, "path": str(path), "rows": table.rows}
            raise TableError(Diagnostic("LAW664", words=words))
        batch, _ = table.batch(row - 1, 1)
        return row_as_case(batch, 0, rulebook)
