"""Makes generated lines lean: nothing is worked out in vain, and nothing is kept for long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_NAMES = re.compile(r"\b[bv]\d+\b")
_DEEP = "        "
_GROWS = " |= "
_MOST = 40
"""So many texts stand in one line at most: parentheses nest no deeper than Python reads them."""


def lean(lines: Sequence[str]) -> list[str]:
    """Return the lines without what nothing reads; what is read once stands where it is read.

    After its last use a variable over all rows is let go, so that memory does not grow with the
    rules.
    """
    seen = _Seen(frozenset(_NAMES.findall(line)[0] for line in lines if _GROWS in line))
    for line in reversed(lines):
        seen.add(line)
    return seen.told()


@dataclass(slots=True)
class _Seen:
    """Lines from the last one on, and which variables they read; places count that way, too.

    `grown` names the variables that lines change in place; `times` and `last` tell how often those
    found read a variable, and which reads it last; `stops` after which line the block of each is
    over; `taken` how many others were written into each.
    """

    grown: frozenset[str]
    found: list[str] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    taken: Counter[int] = field(default_factory=Counter)
    _stop: int | None = None

    def add(self, line: str) -> None:
        """Add the line before those that were seen."""
        head, makes, text = line.partition(" = ")
        if makes and head[-1] != "]":
            names = _NAMES.findall(text)
            place = self._define(head.split(","), names, text)
        elif self._stop is None and line.endswith(":"):
            return  # nothing is left inside
        else:
            names = _NAMES.findall(line)
            place = len(self.found)
        if place is None:
            return
        for name in names:
            self.times[name] = self.times.get(name, 0) + 1
            self.last[name] = min(place, self.last.get(name, place))
        if place == len(self.found):
            self._keep(line)

    def _define(self, targets: Sequence[str], names: Sequence[str], text: str) -> int | None:
        """Return where variables are defined: in the line that reads one; None where none does."""
        targets = [name.strip() for name in targets]
        uses = sum([self.times.pop(name, 0) for name in targets])
        if not uses:
            return None
        place = len(self.found)
        if uses == len(targets) == 1 and self.grown.isdisjoint((*targets, *names)):
            reader = self.last[targets[0]]
            if self.taken[reader] < _MOST:
                self.taken[reader] += 1
                self.found[reader] = _put(self.found[reader], targets[0], text)
                place = reader
        for name in targets:
            if name[0] == "b" or place < len(self.found):
                self.last.pop(name, None)  # other blocks have the same names
        return place

    def _keep(self, line: str) -> None:
        if not line.startswith(_DEEP):
            self._stop = None
        elif self._stop is None:
            self._stop = len(self.found)
        self.stops.append(len(self.found) if self._stop is None else self._stop)
        self.found.append(line)

    def told(self) -> list[str]:
        """Return the lines from the first one on."""
        ends: dict[int, list[str]] = {}
        for name, place in self.last.items():
            if name[0] == "v" and not self.found[place].startswith("    return "):
                ends.setdefault(self.stops[place], []).append(name)
        lines = []
        for place in reversed(range(len(self.found))):
            lines.append(self.found[place])
            if place in ends:
                lines.append(f"    del {', '.join(ends[place])}")
        return lines


def _put(line: str, name: str, text: str) -> str:
    """Return a line with a text in place of the one variable of that name in it."""
    start = line.find(name)
    while line[start + len(name) :][:1].isdigit():
        start = line.find(name, start + 1)
    if " " in text or text[0] in "~-":
        text = f"({text})"
    return f"{line[:start]}{text}{line[start + len(name) :]}"
