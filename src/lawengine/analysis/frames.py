"""Results as columns: a mapping of names to arrays, which data frame libraries take as it is.

`pandas.DataFrame(frame)`, `polars.DataFrame(frame)` and DuckDB (`SELECT ... FROM frame`) read it
without a copy of ours between them, and nothing here depends on them. Amounts are whole fen in 64
bits; what is not known has a column that says so, for whole numbers have no empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from lawengine.analysis.figures import fares
from lawengine.analysis.outcomes import At, Bit, Whole, is_set
from lawengine.analysis.result import Analysis, Change, Count, Figures, Number
from lawengine.analysis.running import Layout
from lawengine.analysis.storing import STATES
from lawengine.columns.carried import Carried
from lawengine.columns.results import Results

Frame: TypeAlias = dict[str, np.ndarray[Any, Any]]


@dataclass(slots=True)
class RowFrames:
    """Takes the rows of a run; `frame` gives them as columns. `names` are those of the sides."""

    names: Sequence[str]
    layout: Layout
    only: Sequence[str]
    _parts: list[Frame] = field(default_factory=list)

    def add(
        self,
        start: int,
        results: Sequence[Results],
        numbers: Whole,
        kept: Mapping[str, Any],
        carried: Carried,
    ) -> None:
        """Take a batch."""
        del carried  # a frame is made of arrays
        found: Frame = {"row": np.arange(start + 1, start + 1 + numbers.shape[1])}
        found |= {name: kept[name] for name in self.only}
        before = self.layout.side(numbers, 0)
        for place, (name, _) in enumerate(zip(self.names, results, strict=True)):
            one = self.layout.side(numbers, place)
            for key, values in _columns(one).items():
                found[f"{name}_{key}"] = values
            if place:
                found[f"{name}_fares"] = fares(before, one)
        self._parts.append(found)

    def frame(self) -> Frame:
        """Return all rows."""
        return {name: _joined([part[name] for part in self._parts]) for name in self._parts[0]}


def _joined(parts: Sequence[Any]) -> Any:  # noqa: ANN401 - arrays, masked where cells are empty
    masked = any(isinstance(part, np.ma.MaskedArray) for part in parts)
    join: Any = np.ma.concatenate if masked else np.concatenate
    return join(parts)


def _columns(one: Whole) -> Frame:
    bits = one[At.BITS]
    state = is_set(bits, Bit.ESTABLISHED) + 2 * is_set(bits, Bit.UNDETERMINED)
    return {
        "state": STATES[state],
        "fine_possible": is_set(bits, Bit.FINE_POSSIBLE),
        "fine_low_fen": one[At.LOW],
        "fine_high_fen": one[At.HIGH],
        "fine_high_known": ~is_set(bits, Bit.FINE_OPEN),
        "confiscated_fen": one[At.TAKEN_HIGH],
        "confiscated_known": ~is_set(bits, Bit.TAKEN_OPEN),
    }


def figures_frame(analysis: Analysis) -> Frame:
    """Return one row for each count, group and side, with its main figures.

    `by` is "" for the whole table; `high_known` tells that no case is without an upper figure.
    """
    rows = [row for count in analysis.counts for row in _rows(count, analysis)]
    return _frame(rows)


def _rows(count: Count, analysis: Analysis) -> Iterator[dict[str, object]]:
    sections = [("", count.whole)]
    sections += [(one.column, group) for one in count.by for group in one.groups]
    for column, section in sections:
        for place, side in enumerate(analysis.sides):
            change = section.changes[place - 1] if place else None
            yield {
                "weights": count.weights, "by": column, "group": section.name,
                "side": side.name, **_numbers(section.figures[place], change),
            }  # fmt: skip


def _numbers(figures: Figures, change: Change | None) -> dict[str, object]:
    fine = figures.fine.sum
    return {
        "cases": figures.cases,
        "fined_low": figures.fined.low,
        "fined_high": figures.fined.high or 0,
        "fine_low_fen": fine.low,
        "fine_high_fen": fine.high or 0,
        "fine_high_known": not fine.open,
        "confiscated_low_fen": figures.confiscation.sum.low,
        "confiscated_high_fen": figures.confiscation.sum.high or 0,
        "winners": _or_zero(change, "winners"),
        "losers": _or_zero(change, "losers"),
        "undecided": _or_zero(change, "undecided"),
    }


def _or_zero(change: Change | None, name: str) -> Number:
    found: Number = getattr(change, name) if change is not None else 0
    return found


def sweep_frame(analysis: Analysis) -> Frame:
    """Return one row for each step of a sweep, its figures in columns by their names."""
    sweep = analysis.sweep
    if sweep is None:
        return {}
    rows = []
    for step in sweep.steps:
        row: dict[str, object] = {
            axis.name: axis.numbers[at] for axis, at in zip(sweep.axes, step.at, strict=True)
        }
        rows.append(row | _numbers(step.figures, step.change))
    return _frame(rows)


def _frame(rows: Sequence[Mapping[str, object]]) -> Frame:
    found: Frame = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        text = any(isinstance(value, str) for value in values)
        found[name] = np.array(values, object if text else None)
    return found
