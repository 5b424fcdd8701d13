"""Rows of parties of which no act is in question: a column of 0 and 1 says where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.elements import NUMBER, number_path
from lawengine.columns.gate import OutOfBounds
from lawengine.columns.table import Column, Flags, Table
from lawengine.compiled.facts import as_case
from lawengine.evaluation.facts import CaseFacts, Instance
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ACT, PARTY

ACTS = number_path(ACT)
NOT_A_NUMBER, FACTS_OF_NONE = "LAW730", "LAW731"


def idle_rows(table: Table) -> Flags | None:
    """Return the rows without an act; None where every row has one.

    Raises:
        OutOfBounds: a number is not 0 or 1, or a row without an act has facts of one.
    """
    numbers = table.columns.get(ACTS)
    if numbers is None:
        return None
    wrong = (numbers.values < 0) | (numbers.values > 1)
    if numbers.known is not None:
        wrong |= ~numbers.known
    _need(ACTS, wrong, NOT_A_NUMBER)
    idle: Flags = numbers.values == 0
    if not idle.any():
        return None
    for path, column in _facts_of_act(table):
        _need(path, idle if column.known is None else idle & column.known, FACTS_OF_NONE)
    return idle


def without_acts(table: Table, rows: NDArray[np.intp], conduct: str, decision: str) -> Table:
    """Return these rows as a table that lists, benefits and duties are asked of.

    The day of the conduct picks no law there; that of the decision stands in its place, so that
    the rows have both days.
    """
    some = table.at(rows)
    facts = {path for path, _ in _facts_of_act(table)}
    columns = {path: column for path, column in some.columns.items() if path not in facts}
    if decision in columns:
        columns[conduct] = columns[decision]
    return Table(columns, some.rows)


def row_as_case(table: Table, row: int, rulebook: Rulebook) -> CaseFacts:
    """Return a row as a case of one party, with one act or, where the row says so, with none."""
    case = as_case(*table.facts(row, rulebook), rulebook)
    numbers = table.columns.get(ACTS)
    if numbers is None or numbers.values[row]:
        return case
    parties = tuple(_idle(party) for party in case.root.children[PARTY])
    root = replace(case.root, children={**case.root.children, PARTY: parties})
    return replace(case, root=root)


def _idle(party: Instance) -> Instance:
    children = {name: group for name, group in party.children.items() if name != ACT}
    return replace(party, children=children)


def _facts_of_act(table: Table) -> Iterator[tuple[str, Column]]:
    for path, column in table.columns.items():
        entity, _, name = path.partition(".")
        if entity == ACT and name != NUMBER:
            yield path, column


def _need(path: str, wrong: Flags, code: str) -> None:
    if wrong.any():
        raise OutOfBounds(path, int(wrong.argmax()), int(wrong.sum()), code)
