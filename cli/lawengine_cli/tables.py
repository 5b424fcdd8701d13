"""Lists as columns: wrapped to a terminal, one line a row for other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lawengine_cli.streams import in_colour, say

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

    Columns whose index is in `numbers` end on the right, those in `whole` are never wrapped. Edges:
    lines within a cell stand side by side, parted by `|`, where no terminal shows the table.
    """
    from rich import box
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
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
    if terminal:
        # A terminal too narrow wraps whole lines itself; rich would cut words off.
        least = Measurement.get(console, console.options.update_width(_WIDE), table).minimum
        console.width = max(console.width, least)
    with console.capture() as captured:
        console.print(table)
    say("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))


def _plain(cell: str) -> str:
    return "".join(char if char.isprintable() or char in "\n\u3000" else "\ufffd" for char in cell)
