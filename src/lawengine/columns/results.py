"""What follows in every row, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.table import Flags

NOTHING, ESTABLISHED, UNDETERMINED = 0, 1, 2
"""States of a row: no norm is hit; some norm is; the violation itself is open."""
COLUMNS, EXACTLY, BRANCHED = 0, 1, 2
"""Who decided a row: columns, the evaluator of single cases, or it with branches."""
NONE = -1
"""No floor, no fine, or a sum that is not known."""


@dataclass(slots=True)
class Results:
    """One entry a row.

    Units: fen. `fine_low` is `NONE` where the law names no floor, `fine_high` where no fine is
    possible; where a row has branches they hold the least and the greatest of all. `confiscated` is
    the most that can be taken, `NONE` where that is not known. `must` and `may` hold the kinds of
    other measures by bits (`settling.KINDS`), `norms` the versions that apply, 64 in each word.
    `later` tells that a lighter later law applies, `by` who decided.
    """

    state: NDArray[np.uint8]
    fine_low: NDArray[np.int64]
    fine_high: NDArray[np.int64]
    fine_may: Flags
    choices: NDArray[np.uint8]
    confiscated: NDArray[np.int64]
    must: NDArray[np.int32]
    may: NDArray[np.int32]
    norms: NDArray[np.uint64]
    later: Flags
    by: NDArray[np.uint8]

    @classmethod
    def empty(cls, rows: int, norms: int) -> Results:
        """Return results in which nothing follows, for so many rows and norms."""
        return cls(
            np.zeros(rows, np.uint8), np.full(rows, NONE), np.full(rows, NONE),
            np.zeros(rows, np.bool_), np.ones(rows, np.uint8), np.zeros(rows, np.int64),
            np.zeros(rows, np.int32), np.zeros(rows, np.int32),
            np.zeros((-(-norms // 64), rows), np.uint64),
            np.zeros(rows, np.bool_), np.zeros(rows, np.uint8),
        )  # fmt: skip

    def part(self, rows: slice) -> Results:
        """Return a view of some rows."""
        return Results(
            self.state[rows], self.fine_low[rows], self.fine_high[rows], self.fine_may[rows],
            self.choices[rows], self.confiscated[rows], self.must[rows], self.may[rows],
            self.norms[:, rows], self.later[rows], self.by[rows],
        )  # fmt: skip
