"""Numbers that rules write, or take from dated figures: what they are on each day they change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval

_DAY = datetime.timedelta(days=1)


def turning_days(
    figures: Iterable[e.Expression], during: Interval, rulebook: Rulebook
) -> tuple[datetime.date, ...]:
    """Return the first day of an interval and those on which one of the figures changes in it."""
    days = {during.start}
    for figure in figures:
        if not isinstance(figure, e.ParameterValue):
            continue
        for value in rulebook.parameters[figure.name].values:
            days.add(value.interval.start)
            if value.interval.end is not None and value.interval.end < datetime.date.max:
                days.add(value.interval.end + _DAY)
    return tuple(sorted(day for day in days if during.contains(day)))


def number_on(figure: e.Expression, day: datetime.date, rulebook: Rulebook) -> Fraction | None:
    """Return what a written number or a dated figure is on a day, None where it has no value."""
    value: e.Value | None = None
    if isinstance(figure, e.Constant):
        value = figure.value
    elif isinstance(figure, e.ParameterValue):
        values = rulebook.parameters[figure.name].values
        value = next((v.value for v in values if v.interval.contains(day)), None)
    return Fraction(value) if isinstance(value, int | Fraction) else None
