import re
import string

import pytest

from lawengine.base.diagnostic import (
    Diagnostic,
    Severity,
    catalogue,
    has_errors,
    in_order,
    nearest,
)
from lawengine.base.label import Label
from lawengine.base.source import Span

CODES = sorted(catalogue())


def places(template: str) -> set[str]:
    """Return the names in braces of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def at(offset: int, code: str = "LAW106", date: str = "2018-02-30") -> Diagnostic:
    return Diagnostic(code, Span("a.law", offset, offset + 1, 1, offset + 1), {"date": date})


@pytest.mark.parametrize("code", CODES)
def test_a_message_stands_in_both_languages_with_the_same_words(code: str) -> None:
    entry = catalogue()[code]

    assert re.fullmatch(r"LAW\d{3}", code)
    assert entry["en"]
    assert entry["zh"]
    assert places(entry["en"]) == places(entry["zh"])
    assert set(entry) <= {"en", "zh", "help_en", "help_zh"}


@pytest.mark.parametrize("code", CODES)
def test_help_stands_in_both_languages_or_in_none(code: str) -> None:
    entry = catalogue()[code]

    assert ("help_en" in entry) == ("help_zh" in entry)
    assert places(entry.get("help_en", "")) == places(entry.get("help_zh", ""))
    assert places(entry.get("help_en", "")) <= places(entry["en"])


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_one_line_in_the_house_style(code: str) -> None:
    entry = catalogue()[code]

    assert not any("\n" in text for text in entry.values())
    assert not entry["en"].endswith(".")
    assert not entry["zh"].endswith("。")
    assert not entry["en"][0].isupper()


def test_labels_among_the_words_take_the_readers_language() -> None:
    words = {"word": "x", "expected": Label("a name", "名称")}
    diagnostic = Diagnostic("LAW101", words=words, suggestion="rule")

    assert diagnostic.message("en") == "did not expect `x` here: expected a name"
    assert diagnostic.message("zh") == "此处不应出现“x”：应为名称"
    assert diagnostic.help("en") == "did you mean `rule`?"
    assert diagnostic.help("zh") == "是否要写“rule”？"


def test_help_follows_the_suggestion() -> None:
    diagnostic = Diagnostic("LAW112", words={"expected": "`|`"}, suggestion="rule")

    assert diagnostic.help("en") == "did you mean `rule`? is the end of the file cut off?"


def test_braces_in_the_authors_words_stay() -> None:
    assert "{0}" in at(0, date="{0}").message("en")


def test_a_warning_is_no_error() -> None:
    warning = Diagnostic("LAW106", words={"date": "x"}, severity=Severity.WARNING)

    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, at(0)])


def test_diagnostics_come_by_place_and_only_once() -> None:
    late, early = at(9), at(2)

    assert in_order([late, early, late]) == (early, late)
    assert in_order([at(2, date="x"), early]) == (at(2, date="x"), early)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("platform_operater", "platform_operator"),
        ("虚假宣传行", "虚假宣传"),
        ("fine", ""),
        ("终了期", "终了日"),
        ("终日", "终了日"),
        ("种累", "种类"),
        ("类种", "种类"),
        ("种", ""),
        ("罚款", ""),
        ("名单", ""),
        ("", ""),
    ],
)
def test_only_a_near_word_is_suggested(word: str, expected: str) -> None:
    assert (
        nearest(
            word,
            [
                "platform_operator",
                "虚假宣传",
                "licence",
                "终了日",
                "种类",
                "名称",
                "名义",
            ],
        )
        == expected
    )
