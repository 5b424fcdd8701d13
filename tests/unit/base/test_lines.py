"""Lines of a source text."""

from __future__ import annotations

from lawengine.base.source import Source


def test_lines_are_found_again_and_again() -> None:
    source = Source("x.law", "one\r\ntwo\n")

    assert [source.line(n) for n in (1, 2, 3, 1, 0, 9)] == ["one", "two", "", "one", "", ""]
