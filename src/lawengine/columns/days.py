"""Days moved by periods, for whole columns: a table of all days between two bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lawengine.base.calendar import Period, Rounding, Unit
from lawengine.columns.ranges import Range
from lawengine.columns.table import EPOCH
from lawengine.columns.values import NOTHING_KNOWN, Number, Piece
from lawengine.model import expressions as e

if TYPE_CHECKING:
    from lawengine.columns.writing import ColumnWriter

MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
FIRST_DAY, LAST_DAY = 1 - EPOCH, 3_652_059 - EPOCH
"""The first day and the last of the calendar."""


def moved_days(
    first: int, last: int, period: Period, rounding: Rounding | None
) -> NDArray[np.int32] | None:
    """Return each day from `first` to `last`, both included, moved by the period.

    None where a result may be no exact day: it hangs on holidays, a month has no such day and no
    rounding is named, or the calendar ends before.
    """
    if period.unit is Unit.WORKING_DAY:
        return None
    days = np.arange(first, last + 1, dtype=np.int64)
    if period.unit is Unit.DAY:
        found = days + period.length
    else:
        dates = days.astype("M8[D]")
        months = dates.astype("M8[M]")
        of_month = (dates - months).astype(np.int64)
        target = months + period.length * MONTHS[period.unit]
        start = target.astype("M8[D]").astype(np.int64)
        after = (target + 1).astype("M8[D]").astype(np.int64)
        found = start + of_month
        missing = found >= after
        if missing.any():
            if rounding not in (Rounding.DOWN, Rounding.UP):
                return None
            found = np.where(missing, after - 1 if rounding is Rounding.DOWN else after, found)
    if len(found) and (found.min() < FIRST_DAY or found.max() > LAST_DAY):
        return None
    return found.astype(np.int32)


def moved(
    day: Number, expression: e.Computed, rounding: Rounding | None, writer: ColumnWriter
) -> Number:
    """Return days moved as an expression says, looked up in a table of all days that occur."""
    pieces: Sequence[Piece] = ()
    if isinstance(expression.right, e.Constant):
        pieces = [(True, expression.right.value)]
    elif isinstance(expression.right, e.ParameterValue):
        pieces = writer.figure(expression.right.name)
    found = []
    for force, period in pieces:
        if not isinstance(period, Period) or not day.width:
            return NOTHING_KNOWN
        length = -period.length if expression.operation is e.Operation.SUBTRACT else period.length
        found.append((force, _looked_up(day, Period(length, period.unit), rounding, writer)))
    return writer.picked(found)


def _looked_up(
    day: Number, period: Period, rounding: Rounding | None, writer: ColumnWriter
) -> Number:
    table = moved_days(day.range.low, day.range.high, period, rounding)
    if table is None:
        return NOTHING_KNOWN
    source = writer.lines.source
    name = source.constant((period, rounding, day.range))
    source.constants[name] = table
    # Measured: with places of eight bytes an index takes half the time of `take`.
    place = writer.put(f"{day.text} - {day.range.low}")
    text = writer.put(f"{name}[{place}.astype(i8)]")
    return Number(text, Range(int(table[0]), int(table[-1])), "i4", day.known)
