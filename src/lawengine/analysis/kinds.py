"""Rows that are alike, counted: all that an analysis needs, however many rows there were."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lawengine.analysis.outcomes import Whole
from lawengine.columns.alike import alike

_PENDING = 1 << 22
"""Kinds that are gathered before those that are alike are joined: 100 bytes each."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Each kind of row once, in the order of its numbers, and how many rows are of it.

    Shapes: `numbers` has a row for each number of an entry, a column for each kind.
    """

    numbers: Whole
    rows: Whole

    def at(self, places: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Kinds:
        """Return some kinds."""
        return Kinds(self.numbers[:, places], self.rows[places])


@dataclass(slots=True)
class Gathering:
    """Takes entries batch by batch."""

    _parts: list[Kinds] = field(default_factory=list)
    _pending: int = 0

    def add(self, numbers: Whole) -> None:
        """Count the rows of a batch."""
        first, which = alike(numbers)
        part = Kinds(numbers[:, first], np.bincount(which, minlength=first.size).astype(np.int64))
        self._parts.append(part)
        self._pending += first.size
        if self._pending > _PENDING and len(self._parts) > 1:
            self._parts = [self.kinds()]
            self._pending = self._parts[0].rows.size

    def __bool__(self) -> bool:
        """Tell whether there was any row."""
        return bool(self._parts)

    def kinds(self) -> Kinds:
        """Return all kinds, in an order that hangs on them alone."""
        numbers = np.concatenate([part.numbers for part in self._parts], axis=1)
        rows = np.concatenate([part.rows for part in self._parts])
        order = np.lexsort(numbers[::-1])
        numbers, rows = numbers[:, order], rows[order]
        new = np.ones(rows.size, np.bool_)
        new[1:] = (numbers[:, 1:] != numbers[:, :-1]).any(axis=0)
        starts = np.flatnonzero(new)
        return Kinds(numbers[:, starts], np.add.reduceat(rows, starts))
