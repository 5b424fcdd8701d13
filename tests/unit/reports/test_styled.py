"""Lines of the terminal: width, wrapping, and text that cannot steer a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.source import display_width
from lawengine.reports.styled import Piece, StyledLine, clean, wrap


def lines(*pieces: Piece, width: int = 24) -> list[str]:
    return [line.plain for line in wrap(list(pieces), width, [("", "- ")], [("", "  ")])]


def test_a_short_line_stays_one() -> None:
    assert lines(("", "one two")) == ["- one two"]


def test_words_are_not_cut() -> None:
    assert lines(("", "alpha beta gamma delta epsilon")) == [
        "- alpha beta gamma delta",
        "  epsilon",
    ]


def test_chinese_breaks_anywhere_and_counts_two_columns() -> None:
    found = lines(("", "依据反不正当竞争法第二十条处罚"))

    assert found == ["- 依据反不正当竞争法第二", "  十条处罚"]
    assert all(display_width(line) <= 24 for line in found)


def test_closing_punctuation_begins_no_line_and_runs_over_none() -> None:
    found = lines(("", "一二三四五六七八九十一。二"))

    assert found == ["- 一二三四五六七八九十", "  一。二"]
    assert all(display_width(line) <= 24 for line in found)


def test_an_opening_bracket_never_ends_a_line() -> None:
    found = lines(("", "一二三四五六七八九十（二）"))

    assert found == ["- 一二三四五六七八九十", "  （二）"]


def test_an_opening_quote_stays_with_a_word() -> None:
    assert lines(("", "he said “word” and more"), width=30) == ["- he said “word” and more"]


def test_a_mark_is_not_cut() -> None:
    found = lines(("", "一二三四五六七八九"), ("unverified", " [未经核实]"), ("", "十"))

    assert found == ["- 一二三四五六七八九", "  [未经核实]十"]


def test_a_mark_may_stand_first() -> None:
    assert lines(("unverified", "[unverified] "), ("", "law")) == ["- [unverified] law"]


def test_a_very_long_word_stands_on_its_own() -> None:
    word = "x" * 40

    assert lines(("", f"a {word} b")) == ["- a", f"  {word}", "  b"]


def test_a_narrow_terminal_still_gets_twenty_columns() -> None:
    assert lines(("", "alpha beta gamma delta"), width=3) == ["- alpha beta gamma", "  delta"]


def test_pieces_keep_their_styles() -> None:
    found = list(wrap([("law", "a b"), ("", " c")], 40, [("tree", "- ")], []))

    assert found == [StyledLine((("tree", "- "), ("law", "a b"), ("", " c")))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\nlines\tand tab", "two lines and tab"),
        ("red \x1b[31malarm", "red [31malarm"),
        ("right\u202eto left", "rightto left"),
        ("zero\u200bwidth", "zerowidth"),
        ("全角　空格", "全角　空格"),
    ],
)
def test_control_characters_vanish(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(), st.integers(10, 60))
def test_no_character_is_lost_but_spaces(text: str, width: int) -> None:
    found = wrap([("", text)], width, [], [])
    shown = "".join(line.plain for line in found)

    assert shown.replace(" ", "").split() == clean(text).replace(" ", "").split() or (
        "".join(shown.split()) == "".join(clean(text).split())
    )
