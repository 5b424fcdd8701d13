from dataclasses import replace

import pytest

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.base.rendering import WINDOW, render_diagnostic
from lawengine.base.source import Source, Span, display_width

WORDS = {"word": "并且", "expected": Label("`and`", "“且”")}


def find(text: str, words: str, code: str = "LAW101") -> tuple[Diagnostic, dict[str, Source]]:
    """Return a diagnostic at the first place of `words` in a text, and the sources."""
    start = text.index(words)
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    span = Span("规则.law", start, start + len(words), line, column)
    return Diagnostic(code, span, WORDS), {span.path: Source(span.path, text)}


def test_the_mark_stands_under_chinese_words() -> None:
    diagnostic, sources = find("规则 x\n  当 行为.种类 为 虚假宣传 并且 严重\n", "并且")

    assert render_diagnostic(diagnostic, sources, "en") == (
        "规则.law:2:18: error LAW101: did not expect `并且` here: expected `and`\n"
        "      当 行为.种类 为 虚假宣传 并且 严重\n"
        "                               ^^^^"
    )


def test_the_words_are_in_the_readers_language() -> None:
    diagnostic, sources = find("当 并且", "并且")
    noted = replace(diagnostic, suggestion="且", severity=Severity.WARNING)

    assert render_diagnostic(noted, sources, "zh") == (
        "规则.law:1:3: 警告 LAW101: 此处不应出现“并且”：应为“且”\n"
        "    当 并且\n"
        "       ^^^^\n"
        "  提示: 是否要写“且”？"
    )


def test_tabs_become_spaces_and_the_mark_follows() -> None:
    diagnostic, sources = find("\t当\t并且", "并且")

    assert render_diagnostic(diagnostic, sources, "en").splitlines()[1:] == [
        "        当  并且",
        "            ^^^^",
    ]


def test_a_note_shows_its_own_place() -> None:
    diagnostic, sources = find("规则 甲\n规则 并且\n", "并且")
    note = Note(Span("规则.law", 3, 4, 1, 4), Label("first declared here", "首次声明于此"))

    assert render_diagnostic(replace(diagnostic, notes=(note,)), sources, "en").splitlines()[
        3:
    ] == [
        "  规则.law:1:4: note: first declared here",
        "    规则 甲",
        "         --",
    ]


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    diagnostic, sources = find("如 严重\n  处 罚款", "严重\n  处")

    assert render_diagnostic(diagnostic, sources, "en").splitlines()[1:] == [
        "    如 严重",
        "       ^^^^",
    ]


def test_an_empty_span_gets_one_mark() -> None:
    diagnostic, sources = find("规则 甲", "规则 甲")
    end = replace(diagnostic.span, start=4, end=4, column=5)

    assert render_diagnostic(replace(diagnostic, span=end), sources, "en").splitlines()[1:] == [
        "    规则 甲",
        "           ^",
    ]


def test_without_the_text_there_is_no_excerpt() -> None:
    diagnostic, _ = find("并且", "并且")

    assert "\n" not in render_diagnostic(diagnostic, {}, "en")


def test_without_a_place_the_message_stands_alone() -> None:
    diagnostic = Diagnostic("LAW101", words=WORDS)
    expected = "error LAW101: did not expect `并且` here: expected `and`"

    assert render_diagnostic(diagnostic, {}, "en") == expected


@pytest.mark.parametrize("char", ["\x1b", "\0", "\ud800", "\u202e", "\u200b", "\x07", "\x85"])
def test_characters_that_move_the_cursor_are_not_passed_on(char: str) -> None:
    diagnostic, sources = find(f"a{char}b 并且", "并且")
    shown = render_diagnostic(
        replace(diagnostic, words={**WORDS, "word": f"x{char}"}), sources, "en"
    )

    assert char not in shown
    assert "a\ufffdb 并且" in shown
    assert "`x\ufffd`" in shown


def test_a_no_break_space_is_a_space() -> None:
    diagnostic, sources = find("a\u00a0并且", "并且")

    assert "    a 并且" in render_diagnostic(diagnostic, sources, "en")


def test_a_long_line_is_cut_around_the_place() -> None:
    diagnostic, sources = find("甲" * 1000 + "并且" + "乙" * 1000, "并且")
    _, excerpt, mark = render_diagnostic(diagnostic, sources, "en").splitlines()

    assert excerpt.startswith("    …甲")
    assert excerpt.endswith("乙…")
    assert display_width(excerpt) < 2 * WINDOW + 10
    before = excerpt[: excerpt.index("并且")]
    assert mark == " " * display_width(before) + "^^^^"


def test_a_line_after_a_lone_carriage_return_is_found_by_its_offset() -> None:
    span = Span("a.law", 4, 6, 2, 1)
    sources = {"a.law": Source("a.law", "规则甲\r并且 乙\r丙")}

    assert render_diagnostic(Diagnostic("LAW101", span, WORDS), sources, "en").splitlines()[1:] == [
        "    并且 乙",
        "    ^^^^",
    ]


def test_a_place_known_only_by_its_line_shows_that_line() -> None:
    span = Span("a.law", 0, 0, 2, 1)
    sources = {"a.law": Source("a.law", "first\nsecond\n")}

    assert render_diagnostic(Diagnostic("LAW101", span, WORDS), sources, "en").splitlines()[1:] == [
        "    second",
        "    ^",
    ]
