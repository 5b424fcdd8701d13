"""Where long lines break: a small pretty printer that counts terminal columns, not characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lawengine.base.source import display_width

WIDTH = 100
"""Columns that a line may take; a quoted text is never broken and may stand out."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may go on below; `flat` is written where it need not."""

    flat: str = " "


@dataclass(frozen=True, slots=True)
class Place:
    """What follows stood on this line of the text that was read; 0 if it was never read."""

    line: int


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that stay on one line if they fit, else break at every `Break` directly inside."""

    parts: tuple[Doc, ...]
    indent: int = 0


Doc: TypeAlias = str | Break | Place | Group | tuple["Doc", ...]
SPACE = Break()


@dataclass(slots=True)
class Line:
    """One line to write, and the first and last line of the read text that its words come from.

    Both are 0 where nothing on the line was read. `top` marks the first line of a declaration,
    `gap` a line with an empty one above it.
    """

    text: str
    place: int = 0
    last: int = 0
    top: bool = False
    gap: bool = False


def lay_out(doc: Doc, indent: int) -> list[Line]:
    """Return the lines of `doc`, the first of them and every group without indent at `indent`."""
    lines: list[Line] = []
    words: list[str] = []
    column = start = indent
    place = last = 0
    stack: list[tuple[int, bool, Doc]] = [(indent, True, doc)]
    while stack:
        margin, broken, part = stack.pop()
        match part:
            case str():
                words.append(part)
                column += display_width(part)
            case Place():
                place, last = _earlier(place, part.line), max(last, part.line)
            case Break() if broken:
                lines.append(Line(" " * start + "".join(words).rstrip(" "), place, last))
                words, place, last = [], 0, 0
                column = start = margin
            case Break():
                words.append(part.flat)
                column += len(part.flat)
            case Group():
                wide = not _fits(part, WIDTH - column, stack)
                inner = margin + part.indent
                stack.extend((inner, wide, inside) for inside in reversed(part.parts))
            case tuple():
                stack.extend((margin, broken, inside) for inside in reversed(part))
    lines.append(Line(" " * start + "".join(words).rstrip(" "), place, last))
    return lines


def _fits(group: Group, room: int, rest: list[tuple[int, bool, Doc]]) -> bool:
    """Tell whether `group` on one line, and what follows up to a break, fits into `room`."""
    stack: list[tuple[bool, Doc]] = [(False, inside) for inside in reversed(group.parts)]
    following = len(rest)
    while room >= 0:
        if not stack:
            if not following:
                return True
            following -= 1
            _, broken, part = rest[following]
        else:
            broken, part = stack.pop()
        match part:
            case str():
                room -= display_width(part)
            case Break() if broken:
                return True
            case Break():
                room -= len(part.flat)
            case Group():
                stack.extend((broken, inside) for inside in reversed(part.parts))
            case tuple():
                stack.extend((broken, inside) for inside in reversed(part))
    return False


def flat(doc: Doc) -> Line:
    """Return `doc` on one line, however long."""
    texts: list[str] = []
    place = last = 0
    stack = [doc]
    while stack:
        match stack.pop():
            case str(text):
                texts.append(text)
            case Break(space):
                texts.append(space)
            case Place(line):
                place, last = _earlier(place, line), max(last, line)
            case Group(parts) | tuple(parts):
                stack.extend(reversed(parts))
    return Line("".join(texts), place, last)


def _earlier(one: int, two: int) -> int:
    return min(one, two) if one and two else one or two
