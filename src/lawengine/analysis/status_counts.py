"""How many rows a list, a benefit or a duty holds in: a part of the result of an analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lawengine.base.label import Label


@dataclass(frozen=True, slots=True)
class StandingCount:
    """In how many rows a status holds under one side, in how many that is open (never weighted).

    `states` counts the rows in each state by its name; a row in none of them never came near it.
    """

    held: int
    open: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StandingChange:
    """In how many rows a status comes to hold under a reform, holds no more, or either is open."""

    gained: int
    lost: int
    open: int


@dataclass(frozen=True, slots=True)
class Standings:
    """A list, a benefit or a duty: the parties that are on it, have it, are in breach of it.

    `kind` is the sort of status, `holding` the state that is counted as held. `changes[n]`
    compares `sides[n + 1]` with the law in force.
    """

    name: str
    label: Label
    kind: str
    holding: str
    sides: tuple[StandingCount, ...]
    changes: tuple[StandingChange, ...]
