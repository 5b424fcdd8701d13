import pytest

from lawengine.base.source import NOWHERE, Source, Span, display_width


def test_a_span_reaches_to_the_end_of_another() -> None:
    one = Span("a.law", 4, 9, 2, 1)

    assert one.to(Span("a.law", 12, 20, 3, 4)) == Span("a.law", 4, 20, 2, 1)
    assert one.to(Span("a.law", 5, 6, 2, 2)) == one


def test_a_span_is_written_as_editors_link_it() -> None:
    assert str(Span("rules/a.law", 4, 9, 2, 7)) == "rules/a.law:2:7"


def test_spans_sort_by_place() -> None:
    late, early = Span("a.law", 30, 31, 4, 1), Span("a.law", 2, 3, 1, 3)

    assert sorted([late, early, NOWHERE]) == [NOWHERE, early, late]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, ""), (1, "first"), (2, "第二"), (3, ""), (4, "last"), (5, ""), (-1, "")],
)
def test_lines_count_from_one_without_their_ends(number: int, expected: str) -> None:
    source = Source("a.law", "first\r\n第二\n\nlast")

    assert source.line(number) == expected


def test_the_line_after_a_final_newline_is_empty() -> None:
    assert Source("a.law", "only\n").line(2) == ""


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("罚款", 4),
        ("（A）", 5),
        ("ｆ", 2),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("\u3000", 2),
        ("한", 2),
        ("\t", 1),
    ],
)
def test_width_counts_terminal_columns(text: str, width: int) -> None:
    assert display_width(text) == width
