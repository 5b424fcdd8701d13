"""Which group each row is in: by a fact, or by any column of the table."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.refusal import RefusedError
from lawengine.base.label import Label
from lawengine.base.money import format_yuan
from lawengine.columns.table import EPOCH, Column, Table
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact

MOST_GROUPS = 1_000
"""More groups than this nobody reads, and a column that has them is no grouping."""

NOT_KNOWN = Label("not known", "不明")
_YES_NO = (Label("no", "否"), Label("yes", "是"))
_FEN_OF_BANDS = tuple(100 * 10**power for power in range(4, 10))
"""Amounts are grouped by size: below 10,000 yuan, below 100,000, and so on."""


@dataclass(slots=True)
class Grouping:
    """One column by which rows are grouped; the numbers of groups grow as they are met.

    They are limited, for a column of thousands of names is a mistake; clusters are not.
    """

    column: str
    fact: Fact | None
    limited: bool = True
    _known: dict[Any, int] = field(default_factory=dict)

    def codes(self, table: Table, kept: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
        """Return the number of the group of each row.

        Raises:
            RefusedError: there are too many groups.
        """
        if self.fact is not None:
            found = self._of_fact(table.columns[self.fact.path])
        else:
            found = self._of_column(kept[self.column])
        if self.limited and len(self._known) > MOST_GROUPS:
            raise RefusedError("LAW707", column=self.column, most=MOST_GROUPS)
        return found

    def _of_fact(self, column: Column) -> NDArray[np.int64]:
        assert self.fact is not None  # noqa: S101 - asked for facts alone
        values = column.values.astype(np.int64)
        if self.fact.type.kind is Kind.DATE:
            years = column.values.astype("datetime64[D]").astype("datetime64[Y]")
            values = years.astype(np.int64) + 1970
        elif self.fact.type.kind is Kind.MONEY:
            values = np.searchsorted(np.array(_FEN_OF_BANDS), values, side="right").astype(np.int64)
        unique, inverse = np.unique(values, return_inverse=True)
        places = np.array([self._place(value) for value in unique.tolist()], np.int64)
        codes = places[inverse.ravel()]
        if column.known is not None and not column.known.all():
            codes[~column.known] = self._place(None)
        return codes

    def _of_column(self, values: NDArray[Any]) -> NDArray[np.int64]:
        mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
        plain = np.ma.getdata(values)
        if plain.dtype != np.dtype(object):
            unique, inverse = np.unique(plain, return_inverse=True)
            places = np.array([self._place(_text(value)) for value in unique], np.int64)
            codes = places[inverse.ravel()]
        else:
            known = self._known
            cells = plain.tolist()
            texts = [None if cell is None else _text(cell) for cell in cells]
            codes = np.fromiter(
                (known.setdefault(text, len(known)) for text in texts), np.int64, len(texts)
            )
        if mask is not None and mask.any():
            codes[mask] = self._place(None)
        return codes

    def _place(self, value: object) -> int:
        return self._known.setdefault(value, len(self._known))

    def ordered(self) -> list[Any]:
        """Return the groups as they are told: in the order of their values, not known last."""
        return sorted(self._known, key=lambda value: (value is None, _key(value)))

    def renumbered(self) -> NDArray[np.int64]:
        """Return the place among `ordered` of each number."""
        places = {value: place for place, value in enumerate(self.ordered())}
        return np.array([places[value] for value in self._known], np.int64)

    def name(self, value: object, rulebook: Rulebook) -> str:
        """Return what a group is called in data."""
        if value is None:
            return ""
        if self.fact is not None and isinstance(value, int):
            kind = self.fact.type
            if kind.kind is Kind.CHOICE:
                return rulebook.vocabulary.choices[kind.choices].members[value].name
            if kind.kind is Kind.YES_NO:
                return _YES_NO[value].en
        return self.label(value, rulebook).en

    def label(self, value: object, rulebook: Rulebook) -> Label:
        """Return what a group is called for readers."""
        if value is None:
            return NOT_KNOWN
        if self.fact is None or not isinstance(value, int):
            return Label(str(value), str(value))
        kind = self.fact.type
        match kind.kind:
            case Kind.CHOICE:
                return rulebook.vocabulary.choices[kind.choices].members[value].label
            case Kind.YES_NO:
                return _YES_NO[value]
            case Kind.MONEY:
                return _band(value)
            case _:
                return Label(str(value), str(value))


def _band(place: int) -> Label:
    if place == 0:
        least = _FEN_OF_BANDS[0]
        return Label(f"below {format_yuan(least, 'en')}", f"{format_yuan(least, 'zh')}以下")
    since = _FEN_OF_BANDS[place - 1]
    if place == len(_FEN_OF_BANDS):
        return Label(f"from {format_yuan(since, 'en')}", f"{format_yuan(since, 'zh')}以上")
    until = _FEN_OF_BANDS[place]
    return Label(
        f"{format_yuan(since, 'en')} to below {format_yuan(until, 'en')}",
        f"{format_yuan(since, 'zh')}以上不满{format_yuan(until, 'zh')}",
    )


def _key(value: object) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, str(value))


def _text(value: object) -> str:
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


def day(number: int) -> str:
    """Return a day, counted from 1970, as `2024-05-01`."""
    return datetime.date.fromordinal(number + EPOCH).isoformat()
