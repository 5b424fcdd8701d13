"""A file of cases under one rulebook: batch by batch, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError, open_table
from lawengine.columns.gate import OutOfBounds
from lawengine.columns.results import Results
from lawengine.columns.storing import Store, storing
from lawengine.columns.summary import Totals
from lawengine.columns.table import Table
from lawengine.compiled.facts import as_case
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Fact

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
) -> Simulated:
    """Return what the cases of a file come to; with `out`, write what follows in every row.

    Raises:
        TableError: the file is no table of cases, a value lies outside its bounds, or the result
            cannot be written; no part of it is then there.
    """
    totals = Totals(simulator.layout)
    with ExitStack() as stack:
        table = stack.enter_context(open_table(path, simulator.rulebook, simulator.read, kept))
        store: Store | None = stack.enter_context(storing(out, Store)) if out is not None else None
        for start, batch, more in table.batches():
            results = _answer(simulator, batch, start)
            totals.add(results)
            if store is not None:
                store.add(start, results, more)
            if progress is not None:
                progress(start + batch.rows, table.rows)
        untold = totals.untold(simulator.rulebook)
        return Simulated(totals, table.named.missing, simulator.made, untold, table.notes)


def _answer(simulator: Simulator, batch: Table, start: int) -> Results:
    try:
        return simulator.answer(batch)
    except OutOfBounds as error:
        words = {"path": error.path, "row": start + error.row + 1, "number": error.number}
        words |= {"column": error.path, "value": "> 1"}
        label = _label(error.path, simulator.rulebook)
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
    """Return a row of a file, counted from 1, as a case of one party with one act.

    Raises:
        TableError: as for `simulate`, or the file has no such row.
    """
    with open_table(path, rulebook, (), kept) as table:
        if not 1 <= row <= table.rows:
            words = {"row": row, "path": str(path), "rows": table.rows}
            raise TableError(Diagnostic("LAW664", words=words))
        batch, _ = table.batch(row - 1, 1)
        return as_case(*batch.facts(0, rulebook), rulebook)
