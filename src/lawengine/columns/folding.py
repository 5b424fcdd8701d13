"""What follows under each answer to an open question, and what all of them say of a case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.results import FLAGS, Results
from lawengine.columns.table import Array, Flags

TOLD = ("hit", "undetermined", "later", "no_floor", "may_fine", "open_ceiling", "open_sum")
"""Flags of which it is told where some answer sets them, and that matter where others do not."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What follows under each answer, `number` rows of `results` for each of the cases.

    `undetermined` masks the cases in which the violation itself hangs on the answer. Shapes: all
    cases under one answer stand together; `undetermined` has one entry a case.
    """

    results: Results
    number: int
    undetermined: Flags

    def fold(self, into: Results, rows: NDArray[np.intp]) -> None:
        """Write what holds of each case into its row: ranges from the least to the greatest.

        A measure is mandatory where every answer makes it so. Where all answers come to the same,
        nothing that is open matters.
        """
        told, number, layout = self.results, self.number, self.results.layout
        word = layout.word
        hit = told.has("hit")
        fined = (told.fine_high > 0) | told.has("open_ceiling")
        must, may = told.kinds()
        every = must | may
        some = any_answer(fined, number)
        told_by = word(sum(map(layout.flag, TOLD)))
        flags = told.codes[0] & told_by
        least, most = every_answer(flags, number), any_answer(flags, number)
        undetermined = self.undetermined | ((most & word(layout.flag("undetermined"))) != 0)
        always, ever = every_answer(must, number), any_answer(every, number)
        differs = undetermined | (least != most)
        for part in (must, every, told.fine_low, told.fine_high, told.confiscated, told.choices):
            differs |= not_alike(part, number)

        bits = most & ~word(layout.flag("no_floor") | layout.flag("may_fine"))

        def flag(name: str, mask: Flags) -> None:
            bits[mask] |= word(layout.flag(name))

        flag("undetermined", undetermined)
        flag("no_floor", any_answer(told.has("no_floor") & fined, number))
        flag("may_fine", some & any_answer(told.has("may_fine") | ~fined, number))
        flag("branched", differs)
        flag("exactly", ~differs)
        kinds = always | ((ever & ~always) << len(layout.kinds))
        bits |= (kinds << len(FLAGS)).astype(word)
        for place in range(layout.words):
            norms = (told.codes[place] & word(self._norms(place))) * hit
            into.codes[place, rows] = any_answer(norms, number)
        into.codes[0, rows] |= bits
        lows = np.where(fined, told.fine_low, np.iinfo(np.int64).max)
        into.fine_low[rows] = np.where(some, _over(np.minimum, lows, number), 0)
        into.fine_high[rows] = _over(np.maximum, told.fine_high, number)
        open_sum = (most & word(layout.flag("open_sum"))) != 0
        most_taken = _over(np.maximum, told.confiscated, number)
        into.confiscated[rows] = np.where(open_sum, 0, most_taken)
        into.choices[rows] = _over(np.maximum, told.choices, number)

    def _norms(self, place: int) -> int:
        """Return the bits of one word that stand for norms."""
        layout = self.results.layout
        whole = int(np.iinfo(layout.word).max)
        return whole & ~((1 << layout.first_norm) - 1) if place == 0 else whole


def any_answer(values: Array, number: int) -> Array:
    """Return what some answer to each case holds, bit by bit; of a mask, where one is marked."""
    return _over(np.bitwise_or, values, number)


def every_answer(values: Array, number: int) -> Array:
    """Return what every answer to each case holds, bit by bit; of a mask, where all are marked."""
    return _over(np.bitwise_and, values, number)


def not_alike(values: Array, number: int) -> Flags:
    """Return in which cases not all answers come to the same."""
    first, *others = values.reshape(number, -1)
    found = np.zeros(first.size, np.bool_)
    for other in others:
        found |= first != other
    return found


def _over(join: np.ufunc, values: Array, number: int) -> Array:
    """Return all answers to each case joined."""
    first, *others = values.reshape(number, -1)
    found = first.copy()
    for other in others:
        join(found, other, out=found)
    return found
