"""A rendered result: to the terminal in colour, to a pipe plain, or to a file whole."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.base.writing import write_whole
from lawengine_cli.streams import in_colour, say

if TYPE_CHECKING:
    from lawengine.reports.styled import StyledLine

_COLOURS = {
    "": "",
    "title": "bold",
    "heading": "bold",
    "alarm": "bold red",
    "condition": "magenta",
    "range": "bold green",
    "law": "cyan",
    "unverified": "yellow",
    "yes": "green",
    "no": "red",
    "unknown": "yellow",
    "muted": "dim",
    "tree": "dim",
}
_NARROW, _WIDE = 60, 140
"""Columns between which a line of prose can be read."""


def width(out: Path | None) -> int:
    """Return how many columns a line may take: those of the terminal, 100 where there is none."""
    if out is not None or sys.stdout is None or not sys.stdout.isatty():
        return 100
    return min(max(shutil.get_terminal_size((100, 25)).columns, _NARROW), _WIDE)


def say_lines(text: str) -> None:
    """Print lines, wrapped to the terminal; whole where none shows them, for other programs."""
    if sys.stdout is None or not sys.stdout.isatty():
        say(text)
        return
    from lawengine.reports.styled import wrap

    for line in text.split("\n"):
        start = " " * (len(line) - len(line.lstrip(" ")))
        pieces = wrap([("", line.strip())], width(None), [("", start)], [("", f"{start}  ")])
        say("\n".join(piece.plain for piece in pieces))


def deliver(text: str, out: Path | None) -> None:
    """Print a result, or write it to a file whole or not at all.

    Raises:
        OSError: the file cannot be written; an older one is then untouched.
    """
    text = text.rstrip("\n")
    if out is None:
        say(text)
    else:
        write_whole(out, f"{text}\n")


def deliver_lines(lines: Iterable[StyledLine], out: Path | None) -> None:
    """Print lines, in colour where the terminal wants it, or write them to a file plain."""
    found = list(lines)
    if out is None and in_colour(sys.stdout):
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, markup=False, emoji=False)
        for line in found:
            pieces = [(text, _COLOURS[style]) for style, text in line.pieces]
            console.print(Text.assemble(*pieces), soft_wrap=True)
    else:
        deliver("\n".join(line.plain for line in found), out)
