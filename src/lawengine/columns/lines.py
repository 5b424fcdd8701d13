"""NumPy source under construction: every text is computed once, and let go after its last use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lawengine.columns.arithmetic import NAMES
from lawengine.columns.lean import lean
from lawengine.compiled.source import Source

Code = str | bool
"""The source of a column of yes and no; a `bool` where it is the same in every row."""

_ROWS = "b0"


@dataclass(slots=True)
class Lines:
    """One function: lines over all rows, and blocks over the rows that a rule hits.

    Within its reach a text is computed once: one over all rows everywhere, one over some rows
    in the block they belong to. Every block has the same names, so the next one lets go of what
    this one held. INVARIANT: the text holds names made here, operators, names of this package's own
    helpers and whole numbers; what a rulebook says is a constant.
    """

    source: Source = field(default_factory=Source)
    _whole: dict[str, str] = field(default_factory=dict)
    _block: dict[str, str] | None = None
    _held: list[str] = field(default_factory=list)
    _count: int = 0

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
            self._block[text] = self.local(text)
        return self._block[text]

    def local(self, text: str) -> str:
        """Return a new variable of the open block that holds `text`."""
        self._count += 1
        self.line(f"b{self._count} = {text}")
        return f"b{self._count}"

    def locals(self, number: int, text: str) -> list[str]:
        """Return new variables of the open block that hold the parts of `text`."""
        names = [f"b{self._count + n}" for n in range(1, number + 1)]
        self._count += number
        self.line(f"{', '.join(names)} = {text}")
        return names

    def line(self, text: str) -> None:
        """Add a line to the open block."""
        self._held.append(text)

    def block(self, mask: Code, write: Callable[[str], None]) -> None:
        """Write a block over the rows of a mask; `write` gets the variable that holds them."""
        if mask is False:
            return
        found = "every(n)" if mask is True else f"{mask}.nonzero()[0]"
        self._block, self._held, self._count = {}, [], 0
        write(_ROWS)
        held, self._block, self._held = self._held, None, []
        if held:
            self.source.add(1, f"{_ROWS} = {found}")
            self.source.add(1, f"if {_ROWS}.size:")
            for line in held:
                self.source.add(2, line)

    def function(self, head: str) -> Callable[..., Any]:
        """Return the function; its variables are let go after their last use."""
        self.source.lines[:] = lean(self.source.lines)
        made = self.source.function(head)
        made.__globals__.update(NAMES)
        return made


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
        if code is not (not settling) and code not in found:
            found.append(code)  # type: ignore[arg-type]  # it is neither of the two
    if not found:
        return not settling
    return found[0] if len(found) == 1 else f" {sign} ".join(found)
