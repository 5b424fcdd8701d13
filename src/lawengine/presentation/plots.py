"""What a plot shows, before it is drawn: rows with marks, each with its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lawengine.analysis.result import Bounds, Number
from lawengine.presentation.numbers import Unit

Kind: TypeAlias = Literal["bars", "intervals", "bands"]
"""Bars from 0: solid to the lower figure, pale to the upper one. Intervals: from end to end with
the estimate between. Bands: lower and upper figures over a line of places."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure of one series: its bounds, and the words beside it."""

    series: int
    bounds: Bounds
    text: str
    estimate: Number | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Marks that stand together under one label; `x` is the place of a row of a band."""

    label: str
    marks: tuple[Mark, ...]
    x: Number = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """A whole plot in the words of one language.

    `alt` says what is seen to whoever does not see it. `series` names the colours; a plot of one
    series without a name has no legend. `letters` stand for the series beside their marks; A, B, C
    are those of the law. `most` cuts the axis off: marks beyond it end in an arrow.
    """

    name: str
    title: str
    alt: str
    kind: Kind
    unit: Unit
    axis: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    most: Number | None = None
    note: str = ""
    across: str = ""
    letters: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
