"""Fonts for pictures: one of the machine that can write Chinese, else the built-in Latin one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_NAMES = (
    "NotoSansCJK-Regular", "NotoSansCJKsc-Regular", "NotoSansSC-Regular", "NotoSansSC",
    "SourceHanSansSC-Regular", "SourceHanSans-Regular", "SourceHanSansCN-Regular", "wqy-microhei",
    "wqy-zenhei", "msyh", "PingFang", "Hiragino Sans GB", "STHeiti Light", "simhei", "Deng",
    "DroidSansFallbackFull", "DroidSansFallback", "NotoSerifCJK-Regular", "simsun", "uming",
)  # fmt: skip
_ENDINGS = (".ttc", ".otf", ".ttf")
_SIMPLIFIED = ("SC", "CN", "GB")
_PROBE, _NO_SIGN = "\u7f5a", "\uffff"
"""A Chinese word (to fine), and what no font can write."""


def folders() -> tuple[Path, ...]:
    """Return where a system keeps its fonts."""
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    own = Path("~").expanduser()
    if sys.platform == "darwin":
        return (own / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    places = ("/usr/share/fonts", "/usr/local/share/fonts")
    return (own / ".local/share/fonts", own / ".fonts", *map(Path, places))


@cache
def chinese_font(places: tuple[Path, ...]) -> tuple[Path, int] | None:
    """Return a font file that can write Chinese, and which of its faces; None where there is none.

    Edges: a face for simplified Chinese is preferred; a file that is broken is passed over.
    """
    for path in _candidates(places):
        faces = [(place, name) for place, name in _faces(path)]
        for place, name in faces:
            if any(mark in name.split() for mark in _SIMPLIFIED):
                return path, place
        if faces:
            return path, faces[0][0]
    return None


def _candidates(places: tuple[Path, ...]) -> Iterator[Path]:
    files = [
        path
        for folder in places
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _ENDINGS
    ]
    for name in _NAMES:
        yield from (path for path in files if path.stem.lower() == name.lower())


def _faces(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the faces of a file that can write Chinese."""
    for place in range(12):
        try:
            font = _open(path, place, 16)
        except OSError:
            return
        if bytes(font.getmask(_PROBE)) != bytes(font.getmask(_NO_SIGN)):
            yield place, font.getname()[0] or ""


@cache
def _open(path: Path, face: int, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - the extra for reports

    # By its bytes: where a path is no font, another of that name would be looked for elsewhere.
    return ImageFont.truetype(BytesIO(_bytes(path)), size, index=face)


@cache
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


@cache
def font(places: tuple[Path, ...], size: int) -> FreeTypeFont:
    """Return the font at a size in pixels."""
    from PIL import ImageFont  # noqa: PLC0415 - the extra for reports

    found = chinese_font(places)
    if found is not None:
        return _open(*found, size)
    built_in = ImageFont.load_default(size)
    assert isinstance(built_in, ImageFont.FreeTypeFont)  # noqa: S101 - with a size it is one
    return built_in
