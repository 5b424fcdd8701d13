"""Kleene's three truth values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Yes, no, or not known; unknown is never taken for no."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __and__(self, other: Truth) -> Truth:
        """Return the weaker of the two: no beats unknown beats yes."""
        return Truth(min(self.value, other.value))

    def __or__(self, other: Truth) -> Truth:
        """Return the stronger of the two: yes beats unknown beats no."""
        return Truth(max(self.value, other.value))

    def __invert__(self) -> Truth:
        """Swap yes and no; unknown stays unknown."""
        return Truth(2 - self.value)

    def __bool__(self) -> bool:
        """Refuse: a three-valued answer must be compared, never tested."""
        msg = "a Truth has three values: compare it with TRUE, FALSE or UNKNOWN"
        raise TypeError(msg)


def truth(value: bool | None) -> Truth:  # noqa: FBT001 - it converts a bool
    """Return the truth value of a Python bool, or UNKNOWN for None."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if value else Truth.FALSE


def conjunction(values: Iterable[Truth]) -> Truth:
    """Return the Kleene "and" of all; TRUE for none."""
    return Truth(min((value.value for value in values), default=2))


def disjunction(values: Iterable[Truth]) -> Truth:
    """Return the Kleene "or" of all; FALSE for none."""
    return Truth(max((value.value for value in values), default=0))
