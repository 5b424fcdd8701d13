"""Who is listed, who has a benefit, who is in breach: before and after, row by row."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.status_counts import StandingChange, StandingCount, Standings
from lawengine.columns.results import Results
from lawengine.columns.standing import CODES, STATES, UNDETERMINED
from lawengine.compiled.index import parts_of
from lawengine.model.expressions import ParameterValue
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import Status
from lawengine.registers.findings import HOLDING

_NEVER = 0
"""The code of what never came about."""

Pairs = NDArray[np.int64]
"""In how many rows a status is in one state under the law and in another under a side."""


@dataclass(slots=True)
class StandingsCounted:
    """Counts rows by their states under the law and under each side, status by status."""

    sides: int
    pairs: dict[str, list[Pairs]] = field(default_factory=dict)

    def add(self, results: Sequence[Results]) -> None:
        """Add a batch; what a side does not know never came about under it."""
        names = dict.fromkeys(name for one in results for name in one.statuses)
        for name in names:
            codes = [_codes(one, name) for one in results]
            mine = self.pairs.setdefault(
                name, [np.zeros((len(STATES), len(STATES)), np.int64) for _ in range(self.sides)]
            )
            for side, after in enumerate(codes):
                both = codes[0].astype(np.intp) * len(STATES) + after
                found = np.bincount(both, minlength=mine[side].size)
                mine[side] += found.reshape(mine[side].shape)

    def join(self, more: StandingsCounted) -> None:
        """Add the sides of another count of the same rows, which begins with the law too."""
        self.sides += more.sides - 1
        for name, pairs in more.pairs.items():
            self.pairs[name] = [*self.pairs[name], *pairs[1:]] if name in self.pairs else pairs

    def told(self, rulebooks: Sequence[Rulebook]) -> tuple[Standings, ...]:
        """Return what is told of each status that some row settles, in the order of the law."""
        found: dict[str, Status] = {}
        for book in rulebooks:
            found |= {name: one for name, one in book.statuses.items() if name not in found}
        return tuple(
            _standings(status, self.pairs[name])
            for name, status in found.items()
            if name in self.pairs and _settled(self.pairs[name])
        )


def hangs_on(figures: Container[str], rulebook: Rulebook) -> bool:
    """Tell whether a list, a benefit or a duty reads one of these figures."""
    versions = (v for status in rulebook.statuses.values() for v in status.versions)
    parts = parts_of((x for v in versions for x in v.expressions()), rulebook)
    return any(isinstance(part, ParameterValue) and part.name in figures for part in parts)


def _codes(results: Results, name: str) -> NDArray[np.uint8]:
    if name not in results.statuses:
        return np.full(results.rows, _NEVER, np.uint8)
    found: NDArray[np.uint8] = results.states[results.statuses.index(name)]
    return found


def _settled(every: Sequence[Pairs]) -> bool:
    """Tell whether some row is more than open, under some side."""
    return any(pairs[:, [_NEVER, UNDETERMINED]].sum() < pairs.sum() for pairs in every)


def _standings(status: Status, every: Sequence[Pairs]) -> Standings:
    held = CODES[HOLDING[status.kind]]
    settled = [code for code in range(len(STATES)) if code not in (held, UNDETERMINED)]
    counts = []
    for pairs in every:
        after = pairs.sum(axis=0)
        states = {
            state.value: int(number)
            for state, number in zip(STATES, after.tolist(), strict=True)
            if state is not None and number
        }
        counts.append(StandingCount(int(after[held]), int(after[UNDETERMINED]), states))
    changes = tuple(
        StandingChange(
            gained=int(pairs[settled, held].sum()),
            lost=int(pairs[held, settled].sum()),
            open=int(pairs[UNDETERMINED].sum() + pairs[:, UNDETERMINED].sum())
            - int(pairs[UNDETERMINED, UNDETERMINED]),
        )
        for pairs in every[1:]
    )
    return Standings(
        status.name, status.label, status.kind.value, HOLDING[status.kind].value,
        tuple(counts), changes,
    )  # fmt: skip
