"""Lists as columns: wrapped to a terminal, one line a row for other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lawengine_cli.streams import in_colour, say

_LEAST = 8
"""Columns below which a column of words cannot be read."""

_GAP = 3
_WIDE = 100_000
"""Columns of a "terminal" that is none: wide enough that no cell is ever wrapped or cut."""


def say_table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> None:
    """Print rows under their heads.

    Columns whose index is in `numbers` end on the right, those in `whole` are not wrapped while
    there is room, the last of them longest. Edges: lines within a cell stand side by side, parted
    by `|`, where no terminal shows the table; on a terminal it is never wider, and breaks words
    where there is no other way.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    terminal = sys.stdout.isatty()
    while terminal and whole and not _has_room(rows, whole):
        whole = whole[1:]
    bold = "table.header" if in_colour(sys.stdout) else ""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style=bold)
    for index, name in enumerate(head):
        table.add_column(
            name,
            justify="right" if index in numbers else "left",
            overflow="fold",
            no_wrap=index in whole,
        )
    for row in rows:
        table.add_row(*(_plain(cell if terminal else cell.replace("\n", " | ")) for cell in row))
    console = Console(
        width=None if terminal else _WIDE,
        no_color=not in_colour(sys.stdout),
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        console.print(table)
    say("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))


def _has_room(rows: Sequence[Sequence[str]], whole: Sequence[int]) -> bool:
    """Tell whether a terminal shows some columns unbroken and still a little of the others."""
    from rich.cells import cell_len
    from rich.console import Console

    taken = 0
    for index in range(len(rows[0]) if rows else 0):
        lines = (line for row in rows for line in row[index].split("\n"))
        taken += (max(map(cell_len, lines)) if index in whole else _LEAST) + _GAP
    return taken <= Console().width


def _plain(cell: str) -> str:
    return "".join(char if char.isprintable() or char in "\n\u3000" else "\ufffd" for char in cell)
