"""Source texts and the places in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.patterns import pattern

_LINE_END = pattern(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one source text.

    Units: `start` and `end` are character offsets, half open; `line` and `column` count from 1.
    """

    path: str
    start: int
    end: int
    line: int
    column: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of `other`."""
        return Span(self.path, self.start, max(self.end, other.end), self.line, self.column)

    def __str__(self) -> str:
        """Return `path:line:column`, as editors and terminals link it."""
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what no text contains (built in code, not read)."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text with the name that messages show for it."""

    path: str
    text: str
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(found.end() for found in _LINE_END.finditer(self.text))
        return self._starts

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its end; the empty string past the last line.

        Edges: a line ends with a line feed, a carriage return, or both together.
        """
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        found = _LINE_END.search(self.text, starts[number - 1])
        return self.text[starts[number - 1] : found.start() if found else len(self.text)]


SourceMap = Mapping[str, Source]


def display_width(text: str) -> int:
    """Return how many terminal columns `text` takes: two for a wide East Asian character.

    Edges: combining marks take none; a tab counts as one (callers replace tabs first).
    """
    width = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
            continue
        width += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return width
