"""Lines of a source text."""

from __future__ import annotations

from lawengine.base.rendering import render_diagnostic
from lawengine.base.source import Source
from lawengine.language.parse import parse


def test_lines_are_found_again_and_again() -> None:
    source = Source("x.law", "one\r\ntwo\n")

    assert [source.line(n) for n in (1, 2, 3, 1, 0, 9)] == ["one", "two", "", "one", "", ""]


def test_a_line_ends_with_a_line_feed_a_carriage_return_or_both() -> None:
    source = Source("x.law", "one\rtwo\r\nthree\n\rfive\r\r\nseven")

    assert [source.line(n) for n in range(1, 9)] == [
        "one", "two", "three", "", "five", "", "seven", "",
    ]  # fmt: skip


def test_lines_are_those_that_readers_count() -> None:
    text = "entity x z\r\rentity y z\r\nentity 罚 z z\nentity w\r"
    found = parse(Source("x.law", text)).diagnostics

    for diagnostic in found:
        span = diagnostic.span
        line = Source("x.law", text).line(span.line)
        assert line[span.column - 1 :].startswith(text[span.start : span.end].rstrip())
        shown = render_diagnostic(diagnostic, {"x.law": Source("x.law", text)}, "en")
        assert shown.splitlines()[1].strip() == line.strip()
    assert {d.span.line for d in found} >= {1, 3, 4}
