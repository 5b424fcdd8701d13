"""Margins of a table: which category each row is in, and what share it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.files import CaseFileTable
from lawengine.columns.table import Column
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.population.raking import Margin
from lawengine.population.refusal import RefusedError
from lawengine.population.specification import YES_NO, Draw


def margins_of(wanted: Sequence[Draw], table: CaseFileTable) -> list[Margin]:
    """Return the margins over all rows of a table.

    Raises:
        RefusedError: the table has no such column, or rows in which the fact is not known.
        TableError: a cell is none of its fact, or the file is broken.
    """
    rows, _ = table.batch(0, table.rows)
    return [margin(draw, rows.columns.get(draw.fact.path), table.rulebook) for draw in wanted]


def margin(draw: Draw, column: Column | None, rulebook: Rulebook) -> Margin:
    """Return the margin of one fact over a column of the table.

    Raises:
        RefusedError: the table has no such column, or rows in which the fact is not known.
    """
    path = draw.fact.path
    if column is None or column.known is not None:
        missing = -1 if column is None or column.known is None else int((~column.known).sum())
        raise RefusedError("LAW704" if missing < 0 else "LAW705", fact=path, rows=missing)
    shares = _shares(draw)
    names = list(shares)
    values = _categories(draw, column, rulebook)
    # Whoever is in none of the categories has one of its own, which no margin gives a share.
    known = {value: place for place, value in enumerate(names)}
    others = sorted({str(value) for value in np.unique(values)} - known.keys())
    places = known | {name: len(names) + n for n, name in enumerate(others)}
    unique, inverse = np.unique(values, return_inverse=True)
    codes = np.asarray([places[str(value)] for value in unique], np.int64)[inverse]
    return Margin(path, (*names, *others), (*shares.values(), *[0] * len(others)), codes)


def _shares(draw: Draw) -> Mapping[str, int]:
    return draw.how.among or draw.how.years or {}


def _categories(draw: Draw, column: Column, rulebook: Rulebook) -> NDArray[np.str_]:
    kind, values = draw.fact.type, column.values
    if kind.kind is Kind.YES_NO:
        return np.where(values.astype(np.bool_), YES_NO[0], YES_NO[1])
    if kind.kind is Kind.DATE:
        days = values.astype(np.int64).astype("datetime64[D]")
        return days.astype("datetime64[Y]").astype(str)
    names = [member.name for member in rulebook.vocabulary.choices[kind.choices].members]
    return np.asarray(names)[values.astype(np.int64)]
