"""From a file to a YAML tree: whatever could surprise is refused first."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.patterns import pattern
from lawengine.base.source import Source, Span
from lawengine.base.system_words import system_reason
from lawengine.statutes.yaml_tree import Node, read_tree

MAX_BYTES = 5_000_000
"""A case with ten thousand orders takes about 1 MB."""

_NO_FILE = Label("it is no ordinary file", "不是普通文件")
_MEGABYTE = 1_000_000
BYTE_ORDER_MARK = "\ufeff"
_CODES = {"LAW404": "LAW511", "LAW405": "LAW508", "LAW406": "LAW515", "LAW407": "LAW516"}
# Line ends that YAML counts and editors do not are refused too: line numbers would be wrong.
_TEXT = (
    ("\t", "\n"), ("\r", "\r"), (" ", "~"), ("\xa0", "\u2027"), ("\u202a", "\ud7ff"),
    ("\ue000", "\ufefe"), ("\uff00", "\ufffd"), ("\U00010000", "\U0010ffff"),
)  # fmt: skip
_LONE_RETURN = pattern("\r(?!\n)")
_TAB_INDENT = pattern(r"^ *\t", re.MULTILINE)
_DOCUMENT_MARK = pattern(r"(---|%)")


def read_source(path: Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Return the text of a UTF-8 file, or None and the reason.

    Units: bytes. Edges: at most `MAX_BYTES` + 1 are read of a file of any size.
    """
    place = _start(str(path))
    try:
        # A pipe or a device could keep the reader waiting for ever.
        if path.exists() and not path.is_file():
            return None, (Diagnostic("LAW501", place, {"path": path, "why": _NO_FILE}),)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        words = {"path": path, "why": system_reason(error)}
        return None, (Diagnostic("LAW501", place, words),)
    except ValueError:
        # A path that holds a null character.
        return None, (Diagnostic("LAW501", place, {"path": path, "why": _NO_FILE}),)
    if len(data) > MAX_BYTES:
        return None, (_too_large(place),)
    try:
        return Source(str(path), data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return None, (Diagnostic("LAW513", place, {"char": "U+0000"}),)
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Diagnostic("LAW502", Span(str(path), 0, 0, line, 1)),)


def read_nodes(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of a case text whose top is a block of keys, or None, and what is wrong.

    Edges: a key that stands twice is an error, its first value counts, and the reading goes on;
    everything else that is refused here ends it.
    """
    text = source.text
    if len(text) > MAX_BYTES:
        return None, (_too_large(_start(source.path)),)
    if strange := _strange(text):
        words = {"char": f"U+{ord(text[min(strange)]):04X}"}
        return None, (Diagnostic("LAW513", _place(source, min(strange)), words),)
    tree, problems = read_tree(source)
    diagnostics = tuple(_translated(source, found) for found in problems)
    if tree is None and not diagnostics:
        return None, (Diagnostic("LAW518", _start(source.path)),)
    return tree, diagnostics


def _strange(text: str) -> list[int]:
    """Return where each character that is no text stands first."""
    # One look at each different character: a pattern of these ranges takes long to compile.
    found = [
        text.index(char)
        for char in set(text)
        if not any(low <= char <= high for low, high in _TEXT)
    ]
    if "\r" in text and (lone := _LONE_RETURN.search(text)):
        found.append(lone.start())
    return found


def _translated(source: Source, found: Diagnostic) -> Diagnostic:
    """Return a finding about the YAML with the code that a case file has for it."""
    if found.code == "LAW404":
        # The YAML reader puts the end of a text without a last line end on one more line.
        found = replace(found, span=_place(source, found.span.start))
        end_of_line = source.text.find("\n", found.span.start)
        until = end_of_line if end_of_line >= 0 else len(source.text)
        if tab := _TAB_INDENT.search(source.text, 0, until):
            return Diagnostic("LAW512", _place(source, tab.end() - 1))
        if _DOCUMENT_MARK.match(source.text, found.span.start) and found.span.column == 1:
            return Diagnostic("LAW517", found.span)
    return replace(found, code=_CODES[found.code])


def _too_large(place: Span) -> Diagnostic:
    return Diagnostic("LAW514", place, {"limit": MAX_BYTES // _MEGABYTE})


def _start(path: str) -> Span:
    return Span(path, 0, 0, 1, 1)


def _place(source: Source, offset: int) -> Span:
    line = source.text.count("\n", 0, offset) + 1
    column = offset - source.text.rfind("\n", 0, offset)
    return Span(source.path, offset, min(offset + 1, len(source.text)), line, column)
