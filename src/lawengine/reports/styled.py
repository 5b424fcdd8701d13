"""Lines of styled text: what the terminal shows, in colour or plain."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from lawengine.base.dataclass import dataclass
from lawengine.base.source import display_width

Style = Literal[
    "", "title", "heading", "alarm", "condition", "range", "law", "unverified", "yes", "no",
    "unknown", "muted", "tree",
]  # fmt: skip
"""What a piece of text is; a terminal may give each its colour, plain text ignores them."""

Piece: TypeAlias = tuple[Style, str]

DEFAULT_WIDTH = 100
"""Columns of a page that goes to no terminal."""

_NO_LINE_START = frozenset("，。；：、）》」』！？”’,.;:)]!?")
_NO_LINE_END = frozenset("（《「『“‘")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class StyledLine:
    """One line of the terminal in pieces of one style each."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """Return the text alone."""
        return "".join(text for _, text in self.pieces).rstrip()


def clean(text: str) -> str:
    """Return text of a user on one line, without what could steer a terminal or hide words.

    Edges: line ends and tabs become spaces, other control and direction characters vanish.
    """
    if text.isprintable():
        return text
    spaced = "".join(" " if char in "\r\n\t" else char for char in text)
    return "".join(char for char in spaced if unicodedata.category(char) not in _HIDDEN)


def wrap(
    pieces: list[Piece], width: int, first: list[Piece], rest: list[Piece]
) -> Iterator[StyledLine]:
    """Yield the pieces over as many lines as `width` columns ask for.

    `first` stands before the first line, `rest` before the others. Edges: a wide character takes
    two columns; Chinese may break anywhere but before closing punctuation; a word that is longer
    than a line stands on its own.
    """
    room = max(width - sum(display_width(text) for _, text in rest), 20)
    line: list[Piece] = []
    used, lead = 0, first
    for unit in _units(_tokens(pieces)):
        size = sum(display_width(token) for _, token in unit)
        # A space at the end of a line takes no room.
        if used and used + size > room and not unit[0][1].isspace():
            yield _line(lead, line)
            line, used, lead = [], 0, rest
        for style, token in unit:
            if line or not token.isspace():
                line.append((style, token))
                used += display_width(token)
    yield _line(lead, line)


def _units(tokens: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield each token with the closing punctuation after it, which begins no line."""
    unit: list[Piece] = []
    for style, token in tokens:
        if unit and token not in _NO_LINE_START:
            yield unit
            unit = []
        unit.append((style, token))
    if unit:
        yield unit


def _tokens(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield words, spaces and single wide characters, each with its style.

    An opening bracket goes with what follows; a mark such as `[unverified]` stays in one.
    """
    for style, text in pieces:
        if style == "unverified":
            yield from ((style, part) for part in _marks(clean(text)))
            continue
        word = ""
        for char in clean(text):
            wide = unicodedata.east_asian_width(char) in ("W", "F")
            if char in _NO_LINE_END:
                if word:
                    yield style, word
                word = char
            elif wide and word and set(word) <= _NO_LINE_END:
                yield style, word + char
                word = ""
            elif wide or char == " ":
                if word:
                    yield style, word
                yield style, char
                word = ""
            else:
                word += char
        if word:
            yield style, word


def _marks(text: str) -> Iterator[str]:
    inner = text.strip()
    if text.startswith(" "):
        yield " "
    yield inner
    if text.endswith(" "):
        yield " "


def _line(lead: list[Piece], line: list[Piece]) -> StyledLine:
    merged: list[Piece] = []
    for style, text in (*lead, *line):
        if merged and merged[-1][0] == style:
            merged[-1] = style, merged[-1][1] + text
        else:
            merged.append((style, text))
    return StyledLine(tuple(merged))
