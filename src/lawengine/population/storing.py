"""Populations as files: drawn rows under the names of their facts, and weights beside a file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np

from lawengine.columns.files import CaseFileTable
from lawengine.columns.naming import literal, quoted
from lawengine.columns.storing import Parts, storing
from lawengine.columns.table import Array
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.population.drawing import Drawn
from lawengine.population.raking import Weights
from lawengine.population.specification import Specification

GROUP, WEIGHT = "group", "weight"
"""The columns that are no facts: the group that a row was drawn from, and what it weighs."""


def write_population(
    path: Path, specification: Specification, rulebook: Rulebook, chunks: Iterable[Drawn]
) -> int:
    """Write drawn rows as Parquet or CSV, whole or not at all; return how many.

    Raises:
        TableError: the file cannot be written.
        RefusedError: a value leaves the bounds of its fact.
    """
    names = [group.name for group in specification.groups]
    rows = 0
    with storing(path, partial(_Population, rulebook=rulebook, names=names)) as parts:
        for drawn in chunks:
            parts.add(drawn)
            rows += drawn.table.rows
    return rows


class _Population(Parts):
    __slots__ = ("names", "rulebook")

    def __init__(self, *where: object, rulebook: Rulebook, names: list[str]) -> None:
        super().__init__(*where)  # type: ignore[arg-type]  # as its base is made
        self.rulebook, self.names = rulebook, names

    def add(self, drawn: Drawn) -> None:
        """Write a chunk: choices as their names, dates as dates, unknown cells empty."""
        columns: dict[str, Array] = {"g": drawn.groups}
        parts = [f"{_named('g', self.names)} AS {quoted(GROUP)}"]
        for place, (path, column) in enumerate(drawn.table.columns.items()):
            columns[f"c{place}"] = column.values
            sql = self._sql(f"c{place}", path)
            if column.known is not None:
                columns[f"k{place}"] = column.known
                sql = f"CASE WHEN k{place} THEN {sql} END"
            parts.append(f"{sql} AS {quoted(path)}")
        self.write(f"SELECT {', '.join(parts)} FROM batch", batch=columns)

    def _sql(self, name: str, path: str) -> str:
        entity, _, fact = path.partition(".")
        kind = self.rulebook.vocabulary.fact(entity, fact).type
        if kind.kind is Kind.CHOICE:
            members = self.rulebook.vocabulary.choices[kind.choices].members
            return _named(name, [member.name for member in members])
        return f"DATE '1970-01-01' + {name}" if kind.kind is Kind.DATE else name


def _named(name: str, members: Iterable[str]) -> str:
    return f"list_extract([{', '.join(map(literal, members))}], {name}::INTEGER + 1)"


def write_weighted(path: Path, table: CaseFileTable, weights: Weights) -> None:
    """Write a table of cases with a column `weight`, whole or not at all.

    Edges: a column of that name is replaced.

    Raises:
        TableError: the file cannot be written.
    """
    columns: dict[str, Array] = {"n": np.arange(len(weights)), "w": weights}
    source = f"read_parquet({literal(str(table.place))}, file_row_number = true)"
    left_out = ", ".join(("file_row_number", "n", "w", *([WEIGHT] if WEIGHT in table.kept else [])))
    with storing(path, Parts) as parts:
        parts.write(
            f"SELECT * EXCLUDE ({left_out}), w AS {WEIGHT} FROM {source}"
            " JOIN weights ON file_row_number = n ORDER BY n",
            weights=columns,
        )
