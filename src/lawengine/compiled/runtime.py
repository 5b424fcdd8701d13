"""What generated code calls: exact arithmetic that it does not write out itself."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NoReturn

from lawengine.base.calendar import Period, Rounding
from lawengine.base.money import round_exact
from lawengine.evaluation.domains import moved
from lawengine.evaluation.facts import Known
from lawengine.model.expressions import Operation

MAX_DAYS = 50_000
"""Days that a table of results holds before it starts anew: more than a century of days."""


def stop() -> NoReturn:
    """Leave the case to the reference evaluator, as a fact that is missing does.

    Raises:
        KeyError: always.
    """
    raise KeyError


def plain(value: int | Fraction) -> int | Fraction:
    """Return a whole fraction as an `int`, as the reference evaluator keeps numbers."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def largest(keys: Iterable[tuple[object, ...]]) -> int:
    """Return how many of the keys are alike at most; 0 where there are none."""
    return max(Counter(keys).values(), default=0)


def settle(value: int | Fraction, rounding: Rounding) -> int:
    """Return `value` as a whole number by the named rounding."""
    return round_exact(Fraction(value), rounding)


def move(
    day: datetime.date, period: Period, operation: Operation, rounding: Rounding | None
) -> datetime.date:
    """Return `day` moved by `period`.

    Raises:
        KeyError: the result is not one exact day.
    """
    found = moved(Known(day), period, operation, rounding)
    if isinstance(found, Known) and isinstance(found.value, datetime.date):
        return found.value
    stop()


class Moved(dict[datetime.date, datetime.date]):
    """Days moved by one period, each computed once."""

    def __init__(self, period: Period, operation: Operation, rounding: Rounding | None) -> None:
        super().__init__()
        self._how = (period, operation, rounding)

    def __missing__(self, day: datetime.date) -> datetime.date:
        """Return the day moved, and keep it."""
        if len(self) >= MAX_DAYS:
            self.clear()
        found = self[day] = move(day, *self._how)
        return found


def only(matches: tuple[bool, ...], results: tuple[Callable[[], object], ...]) -> object:
    """Return the one result of the rows that match.

    Raises:
        KeyError: no row matches, or rows with different results do.
    """
    found = [result() for match, result in zip(matches, results, strict=True) if match]
    if not found or any(item != found[0] for item in found):
        stop()
    return found[0]
