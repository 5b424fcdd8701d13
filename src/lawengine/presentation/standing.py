"""The section on lists, benefits and duties: who is listed, who has lost what."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.analysis.result import Bounds
from lawengine.analysis.status_counts import Standings
from lawengine.presentation.counting import alt
from lawengine.presentation.document import Block, Cell, Prose, Section
from lawengine.presentation.plots import Plot
from lawengine.presentation.teller import Teller, letter


def standings_section(t: Teller, every: tuple[Standings, ...]) -> Section:
    """Return in how many rows each list, benefit and duty holds under each state of the law."""
    return Section("standings", t.say("section_standings"), tuple(_blocks(t, every)))


def _blocks(t: Teller, every: tuple[Standings, ...]) -> Iterator[Block]:
    yield Prose((("", t.say("standings_text")),))
    title = t.say("standings_title")
    rows = tuple(
        t.row(
            t.text(one.label), [Bounds(side.held, side.held + side.open) for side in one.sides],
            "cases",
        )
        for one in every
    )  # fmt: skip
    yield Plot(
        "standings", title, alt(t, rows, t.sides), "bars", "cases", t.say("axis_standings"),
        t.sides, rows,
    )  # fmt: skip
    sides = range(t.many)
    parts = ("held", "open")
    head: tuple[str, ...] = (
        "",
        *(f"{_of(t, n)}{t.say(f'standings_{part}')}" for n in sides for part in parts),
    )
    yield t.table("standings", title, head, (_line(t, one) for one in every))
    changes = range(t.many - 1)
    if not changes:
        return
    moves = ("gained", "lost", "open")
    head = ("", *(
        f"{_of(t, n + 1)}{t.say(f'standings_{move}')}" for n in changes for move in moves
    ))  # fmt: skip
    cells = [
        (
            t.words(t.text(one.label)),
            *(t.number(getattr(change, move)) for change in one.changes for move in moves),
        )
        for one in every
    ]
    yield t.table("standings-moved", t.say("standings_moved"), head, cells)


def _of(t: Teller, side: int) -> str:
    return "" if t.many == 1 else f"{letter(side)}{t.colon}"


def _line(t: Teller, one: Standings) -> tuple[Cell, ...]:
    numbers = (t.number(n) for side in one.sides for n in (side.held, side.open))
    return (t.words(t.text(one.label)), *numbers)
