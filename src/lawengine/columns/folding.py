"""One answer to an open question a row, and what all of them together say of the case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.results import FLAGS, Results
from lawengine.columns.table import Array, Flags


@dataclass(frozen=True, slots=True)
class Answers:
    """What follows under each answer, `number` rows of `results` for each of the cases.

    `undetermined` masks the cases in which the violation itself hangs on the answer. Shapes: the
    rows of a case stand together; `undetermined` has one entry a case.
    """

    results: Results
    number: int
    undetermined: Flags

    def fold(self, into: Results, rows: NDArray[np.intp]) -> None:
        """Write what holds of each case into its row: ranges from the least to the greatest.

        A measure is mandatory where every answer makes it so. Where all answers come to the same,
        nothing that is open matters.
        """
        told = self.results
        hit = told.has("hit")
        fined = (told.fine_high > 0) | told.has("open_ceiling")
        must, may = told.must(), told.may()
        every = must | may
        always = np.bitwise_and.reduce(self._of(must), axis=1)
        word = told.layout.word
        bits = np.zeros(len(rows), word)

        def flag(name: str, mask: Flags) -> None:
            bits[mask] |= word(told.layout.flag(name))

        some = self._any(fined)
        flag("hit", self._any(hit))
        flag("undetermined", self._undetermined())
        flag("later", self._any(told.has("later")))
        flag("no_floor", self._any(told.has("no_floor") & fined))
        flag("open_ceiling", self._any(told.has("open_ceiling")))
        flag("may_fine", some & self._any(told.has("may_fine") | ~fined))
        open_sum = self._any(told.has("open_sum"))
        flag("open_sum", open_sum)
        flag("branched", self._matters(hit, must, every))
        flag("exactly", (bits & word(told.layout.flag("branched"))) == 0)
        optional = np.bitwise_or.reduce(self._of(every), axis=1) & ~always
        kinds = always | (optional << len(told.layout.kinds))
        bits |= (kinds << len(FLAGS)).astype(word)
        for place in range(told.layout.words):
            norms = (told.codes[place] & word(self._norms(place))) * hit
            into.codes[place, rows] = np.bitwise_or.reduce(self._of(norms), axis=1)
        into.codes[0, rows] |= bits
        least = np.where(fined, told.fine_low, np.iinfo(np.int64).max)
        into.fine_low[rows] = np.where(some, self._of(least).min(axis=1), 0)
        into.fine_high[rows] = self._of(told.fine_high).max(axis=1)
        into.confiscated[rows] = np.where(open_sum, 0, self._of(told.confiscated).max(axis=1))
        into.choices[rows] = self._of(told.choices).max(axis=1)

    def _matters(self, hit: Flags, must: Array, every: Array) -> Flags:
        """Return in which cases two answers come to different things."""
        told = self.results
        flags = ("later", "no_floor", "open_ceiling", "may_fine", "open_sum")
        parts = [hit, must, every, told.fine_low, told.fine_high, told.confiscated, told.choices]
        differ = self._undetermined()
        for part in (*parts, *(told.has(flag) for flag in flags)):
            each = self._of(part)
            differ = differ | self._any(each != each[:, :1])
        return differ

    def _undetermined(self) -> Flags:
        return self.undetermined | self._any(self.results.has("undetermined"))

    def _norms(self, place: int) -> int:
        """Return the bits of one word that stand for norms."""
        layout = self.results.layout
        whole = int(np.iinfo(layout.word).max)
        return whole & ~((1 << layout.first_norm) - 1) if place == 0 else whole

    def _of(self, values: Array) -> Array:
        return values.reshape(-1, self.number)

    def _any(self, mask: Flags) -> Flags:
        return any_answer(mask, self.number)


def any_answer(mask: Flags, number: int) -> Flags:
    """Return in which of the cases, each of so many answers, some answer is marked."""
    return np.asarray(np.logical_or.reduce(mask.reshape(-1, number), axis=1), np.bool_)
