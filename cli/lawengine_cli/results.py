"""A rendered result: to the terminal, to a pipe or to a file."""

from __future__ import annotations

import sys
from pathlib import Path

from lawengine_cli.options import Format
from lawengine_cli.streams import in_colour, say
from lawengine_cli.writing import write_whole

_STYLES = {
    "bold": r"(?m)^\S.*$",
    "green": r"(?<![\w])(?:\d[\d,.]*(?: yuan|[万亿]*元))",
    "bold yellow": r"(?i)unverified|undetermined|not known|未经核实|未定|未知",
    "cyan": r"\b[A-Z]{2,}-\d{4} (?:art|part) \d+(?:-\d+)?(?:\(\d+\))*|[一-鿿]+-\d{4} ?第\d+条(?:第\d+[款项目])*",
}


def deliver(text: str, out: Path | None, format_: Format) -> None:
    """Print a result, or write it to a file whole or not at all.

    Raises:
        OSError: the file cannot be written; an older one is then untouched.
    """
    text = text.rstrip("\n")
    if out is not None:
        write_whole(out, f"{text}\n")
    elif format_ is Format.TEXT and in_colour(sys.stdout):
        _print_coloured(text)
    else:
        say(text)


def _print_coloured(text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    painted = Text(text)
    for style, pattern in _STYLES.items():
        painted.highlight_regex(pattern, style)
    Console(highlight=False).print(painted, soft_wrap=True)
