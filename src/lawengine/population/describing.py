"""What a table of cases holds: shares of choices and years, quantiles of amounts and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lawengine.columns.files import CaseFileTable, reading
from lawengine.columns.naming import Source, literal
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact
from lawengine.population.specification import YES_NO

QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""Which rows of a hundred tell how amounts are spread; a quantile is a value of some row."""


@dataclass(frozen=True, slots=True)
class Described:
    """One fact over all rows.

    Units: amounts in fen. `counts` gives the rows of each choice, of yes and no, or of each year;
    `quantiles` the values at `QUANTILES`, and `total` their sum, of an amount or a number.
    """

    fact: Fact
    known: int
    counts: tuple[tuple[str, int], ...] = ()
    quantiles: tuple[int, ...] = ()
    total: int = 0


def describe(table: CaseFileTable) -> Iterator[Described]:
    """Yield what each column of facts holds.

    Raises:
        TableError: the file is broken.
    """
    for source in table.named.sources:
        if source.fact.type.kind in (Kind.MONEY, Kind.COUNT):
            yield _spread(table, source)
        else:
            yield _counted(table, source)


def _counted(table: CaseFileTable, source: Source) -> Described:
    kind = source.fact.type
    value = source.sql
    if kind.kind is Kind.DATE:
        value = f"year(DATE '1970-01-01' + ({source.sql})::INTEGER)"
    rows = _fetch(table, f"{value} AS v, count(*)", "GROUP BY v ORDER BY v")
    names: list[str] = []
    if kind.kind is Kind.CHOICE:
        members = table.rulebook.vocabulary.choices[kind.choices].members
        names = [member.name for member in members]
    found = []
    for number, count in rows:
        if number is None:
            continue
        name = str(number)
        if kind.kind is Kind.YES_NO:
            name = YES_NO[0] if number else YES_NO[1]
        elif names:
            name = names[number]
        found.append((name, int(count)))
    return Described(source.fact, sum(count for _, count in found), tuple(found))


def _spread(table: CaseFileTable, source: Source) -> Described:
    shares = ", ".join(map(str, QUANTILES))
    value = f"({source.sql})::BIGINT"
    what = f"count({value}), sum({value}::HUGEINT), quantile_disc({value}, [{shares}])"
    ((known, total, quantiles),) = _fetch(table, what, "")
    return Described(source.fact, known, (), tuple(quantiles or ()), int(total or 0))


def _fetch(table: CaseFileTable, what: str, how: str) -> list[tuple[Any, ...]]:
    with reading(table.path):
        found = table.connection.execute(
            f"SELECT {what} FROM read_parquet({literal(str(table.place))}) {how}"
        ).fetchall()
    return [tuple(row) for row in found]
