"""A page in the words of one language: what a template prints and a workbook holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lawengine.analysis.result import Analysis, Number
from lawengine.base.label import Label, Language
from lawengine.presentation.plots import Plot
from lawengine.reports.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be read with the figures: what it is of, and what is said of it."""

    about: Label
    text: Label


@dataclass(frozen=True, slots=True)
class Material:
    """All that a report is made of.

    `diffs` holds the legal diff of the reforms by language, `diff_data` the same as plain data;
    `unverified` the rules behind the figures that rest on no text at hand; `drawn_from` the grounds
    of a synthetic population, figure by figure.
    """

    analysis: Analysis
    diffs: Mapping[Language, tuple[Sheet, ...]]
    diff_data: tuple[Mapping[str, object], ...] = ()
    unverified: tuple[Note, ...] = ()
    drawn_from: tuple[Note, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words, and the number behind them where it is one.

    Units: amounts in yuan, shares from 0 to 1, as a workbook takes them.
    """

    text: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its head. `name` names its sheet in a workbook.

    A `folded` one is opened by whoever wants it, and is open on paper.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    folded: bool = False

    def numeric(self, column: int) -> bool:
        """Tell whether numbers stand in a column, which then ends where they end."""
        return any(row[column].number is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, or with `listed` the points of a list; `strong` words stand before each."""

    points: tuple[tuple[str, str], ...]
    listed: bool = False


Block: TypeAlias = Prose | Table | Plot | Sheet


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: what page one says, then section by section what stands behind it."""

    question: str
    of: str
    alarm: str
    alarm_note: str
    answer: tuple[str, ...]
    hero: Plot | None
    caveats: tuple[str, ...]
    sections: tuple[Section, ...]
    produced: str

    def plots(self) -> tuple[Plot, ...]:
        """Return every plot of the page, the first one first."""
        first = (self.hero,) if self.hero is not None else ()
        return (*first, *(b for s in self.sections for b in s.blocks if isinstance(b, Plot)))

    def tables(self) -> tuple[Table, ...]:
        """Return every table of the page."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, Table))
