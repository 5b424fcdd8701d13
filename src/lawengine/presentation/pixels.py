"""A drawn plot as a PNG picture."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.presentation.fonts import chinese_font, font
from lawengine.presentation.scene import PAPER, Line, Polygon, Rect, Scene, Words

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SCALE, _SMOOTH = 2, 2
"""Pixels of the picture for each of the plot, and how much larger it is drawn before smoothing."""
_DASH = 6
_LATIN = 0x24F
"""The last sign that the built-in font is sure to write."""
_MARKS = frozenset("“”‘’–—…·")


def as_png(scene: Scene, places: tuple[Path, ...]) -> bytes | None:
    """Return the picture; None where the machine has no font for its words.

    Edges: a picture never shows boxes in place of words.
    """
    if chinese_font(places) is None and not _plain(scene):
        return None
    from PIL import Image, ImageDraw  # noqa: PLC0415 - the extra for reports

    shapes = [shape for group in scene.groups for shape in group.shapes]
    # Upright edges need no smoothing, and most plots have no others.
    smoothed = _SMOOTH if any(isinstance(shape, Polygon) for shape in shapes) else 1
    factor = _SCALE * smoothed
    size = round(scene.width * factor), round(scene.height * factor)
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        if not isinstance(shape, Words):
            _shape(pen, shape, factor)
    smooth = image.reduce(smoothed)
    pen = ImageDraw.Draw(smooth)
    for shape in shapes:
        if isinstance(shape, Words):
            _words(pen, shape, places)
    found = BytesIO()
    smooth.save(found, "PNG", compress_level=3)
    return found.getvalue()


def _plain(scene: Scene) -> bool:
    return all(
        ord(char) <= _LATIN or char in _MARKS
        for group in scene.groups
        for shape in group.shapes
        if isinstance(shape, Words)
        for char in shape.text
    )


def _shape(pen: ImageDraw, shape: Rect | Line | Polygon, factor: int) -> None:
    match shape:
        case Rect(x, y, width, height, fill, stroke):
            box = (x * factor, y * factor, (x + width) * factor, (y + height) * factor)
            pen.rectangle(box, fill, stroke or None, factor if stroke else 0)
        case Polygon(points, fill):
            pen.polygon([(x * factor, y * factor) for x, y in points], fill)
        case Line(points, stroke, width, dash):
            for (x1, y1), (x2, y2) in pairwise(points):
                for start, end in _dashes(x1, y1, x2, y2, dash=dash):
                    ends = [
                        ((x1 + (x2 - x1) * at) * factor, (y1 + (y2 - y1) * at) * factor)
                        for at in (start, end)
                    ]
                    pen.line([xy for end_ in ends for xy in end_], stroke, round(width * factor))


def _dashes(x1: float, y1: float, x2: float, y2: float, *, dash: bool) -> list[tuple[float, float]]:
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not dash or not length:
        return [(0.0, 1.0)]
    many = max(round(length / _DASH), 1)
    return [(n / many, (n + 1) / many) for n in range(0, many, 2)]


def _words(pen: ImageDraw, words: Words, places: tuple[Path, ...]) -> None:
    anchors = {"start": "ls", "middle": "ms", "end": "rs"}
    text = "".join(char for char in words.text if unicodedata.category(char) not in ("Cc", "Cf"))
    pen.text(
        (words.x * _SCALE, words.y * _SCALE), text, words.fill,
        font(places, words.size * _SCALE), anchors[words.anchor],
        stroke_width=0.5 if words.bold else 0,
    )  # fmt: skip
