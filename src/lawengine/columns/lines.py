"""NumPy source under construction: every text is computed once, and let go after its last use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lawengine.compiled.source import Source

Code = str | bool
"""The source of a column of yes and no; a `bool` where it is the same in every row."""

_NAMES = re.compile(r"\b[vr]\d+\b")


@dataclass(slots=True)
class Lines:
    """One function: lines over all rows, and blocks over the rows that a rule hits.

    Within its reach a text is computed once: one over all rows everywhere, one over some rows
    in the block they belong to. INVARIANT: the text holds names made here, operators, names of
    this package's own helpers and whole numbers; what a rulebook says is a constant.
    """

    source: Source = field(default_factory=Source)
    _whole: dict[str, str] = field(default_factory=dict)
    _block: dict[str, str] | None = None
    _held: list[str] = field(default_factory=list)

    def whole(self, text: str) -> str:
        """Return the variable that holds `text`, computed over all rows."""
        if text not in self._whole:
            self._whole[text] = name = self.source.name("v")
            self.source.add(1, f"{name} = {text}")
        return self._whole[text]

    def some(self, text: str) -> str:
        """Return the variable that holds `text`, computed over the rows of the open block."""
        if self._block is None:
            raise RuntimeError(text)
        if text not in self._block:
            self._block[text] = name = self.source.name("v")
            self.line(f"{name} = {text}")
        return self._block[text]

    def line(self, text: str) -> None:
        """Add a line to the open block."""
        self._held.append(text)

    def block(self, mask: Code, write: Callable[[str], None]) -> None:
        """Write a block over the rows of a mask; `write` gets the variable that holds them."""
        if mask is False:
            return
        rows = self.source.name("r")
        found = "every(n)" if mask is True else f"{mask}.nonzero()[0]"
        self._block, self._held = {}, []
        write(rows)
        held, self._block, self._held = self._held, None, []
        if held:
            self.source.add(1, f"{rows} = {found}")
            self.source.add(1, f"if {rows}.size:")
            for line in held:
                self.source.add(2, line)

    def function(self, head: str) -> Callable[..., Any]:
        """Return the function; its variables are let go after their last use."""
        self.source.lines[:] = _letting_go(_needed(self.source.lines))
        return self.source.function(head)


def _needed(lines: list[str]) -> list[str]:
    """Return the lines without those that work out what no other line reads."""
    read: set[str] = set()
    found: list[str] = []
    for line in reversed(lines):
        name, equals, _ = line.partition(" = ")
        made = name.strip()
        if equals and _NAMES.fullmatch(made):
            if made not in read:
                continue
            read.update(_NAMES.findall(line, len(name)))
        elif line.endswith(":") and not (found and found[-1].startswith("        ")):
            continue  # nothing is left inside
        else:
            read.update(_NAMES.findall(line))
        found.append(line)
    return found[::-1]


def _letting_go(lines: list[str]) -> list[str]:
    """Return the lines with deletions, so that memory does not grow with the rules."""
    last: dict[str, int] = {}
    made: dict[str, int] = {}
    ends = _ends(lines)
    for number, line in enumerate(lines):
        deep = line.startswith("        ")
        for name in _NAMES.findall(line):
            made.setdefault(name, 2 if deep else 1)
            last[name] = number if made[name] > 1 else ends[number]
    gone: dict[int, list[str]] = {}
    for name, number in last.items():
        gone.setdefault(number, []).append(name)
    found = []
    for number, line in enumerate(lines):
        found.append(line)
        for depth in (2, 1):
            names = [name for name in gone.get(number, ()) if made[name] == depth]
            if names:
                found.append("    " * depth + f"del {', '.join(names)}")
    return found


def _ends(lines: list[str]) -> list[int]:
    """Return, for each line, the last line of the block that it stands in."""
    found = list(range(len(lines)))
    for number in range(len(lines) - 2, -1, -1):
        if lines[number].startswith("        ") and lines[number + 1].startswith("        "):
            found[number] = found[number + 1]
    return found


# --- yes and no ---


def both(codes: Iterable[Code]) -> Code:
    """Return the source of "and"."""
    return _joined(codes, "&", settling=False)


def either(codes: Iterable[Code]) -> Code:
    """Return the source of "or"."""
    return _joined(codes, "|", settling=True)


def _joined(codes: Iterable[Code], sign: str, *, settling: bool) -> Code:
    found: list[str] = []
    for code in codes:
        if code is settling:
            return settling
        if isinstance(code, str) and code not in found:
            found.append(code)
    if not found:
        return not settling
    return found[0] if len(found) == 1 else f" {sign} ".join(found)
