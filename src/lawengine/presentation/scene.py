"""A drawn plot: rectangles, lines, polygons and words at places, for SVG and for pixels alike.

Units: pixels of the plot; y grows downwards.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

Anchor = Literal["start", "middle", "end"]
SERIES = (
    "#0b5a94", "#c8500a", "#0a7d5e", "#8d3f86", "#6b5b00", "#3d3d3d", "#b0006a", "#4a6fa5",
)  # fmt: skip
"""Told apart with any colour vision, and dark enough for words on white."""
PALE = (
    "#cfe3f3", "#fbdcc6", "#cbeadf", "#ecd3ea", "#efe6b0", "#dcdcdc", "#f6cfe4", "#dbe4f2",
)  # fmt: skip
INK, SOFT, GRID, PAPER = "#1b2430", "#5a6675", "#d8dee6", "#ffffff"
FONTS = (
    "system-ui, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
_WIDE, _NARROW = 1.0, 0.56
BOLD = 1.12
"""How much wider bold words are."""
_LONGEST = 300
"""Signs of a text that can come to stand on one line of a plot."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle, with an outline where `stroke` names one."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `dash` breaks it."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    width: float = 1.0
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; y is its baseline."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: int = 13
    bold: bool = False
    fill: str = INK


Shape: TypeAlias = Rect | Line | Polygon | Words


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that show one thing; `data` holds the figures behind them, exactly."""

    shapes: tuple[Shape, ...]
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawn plot; `name` is unique on a page."""

    name: str
    width: float
    height: float
    title: str
    alt: str
    groups: tuple[Group, ...]


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is, rather too much than too little."""
    wide = sum(unicodedata.east_asian_width(char) in ("W", "F") for char in text)
    return size * (wide * _WIDE + (len(text) - wide) * _NARROW)


def fitted(text: str, room: float, size: float) -> str:
    """Return the text, cut with `…` where it is wider than the room."""
    if width_of(text, size) <= room:
        return text
    used, many = width_of("…", size), 0
    for char in text:
        used += width_of(char, size)
        if used > room:
            break
        many += 1
    return f"{text[:many].rstrip()}…"


def folded(text: str, room: float, size: float, most: int = 2) -> tuple[str, ...]:
    """Return the text over at most so many lines; Chinese may break anywhere, words at spaces."""
    lines, line = [], ""
    # What goes beyond is cut off in any case.
    for part in _parts(text[: _LONGEST * most]):
        if line and width_of(f"{line}{part}".rstrip(), size) > room:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    lines.append(line.rstrip())
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], rest]
    return tuple(fitted(one, room, size) for one in lines if one) or ("",)


_NO_LINE_START = frozenset("，。；：、）》」』！？”’,.;:)]!?")


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in ("W", "F")
        closing = parts and char in _NO_LINE_START
        if closing:
            parts[-1] += char
        elif not parts or wide or parts[-1].endswith(" ") or _ends_wide(parts[-1]):
            parts.append(char)
        else:
            parts[-1] += char
    return parts


def _ends_wide(part: str) -> bool:
    return unicodedata.east_asian_width(part[-1]) in ("W", "F")
