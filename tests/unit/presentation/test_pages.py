"""Pages stand alone, say the same in both languages, and hold every figure of the analysis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from lawengine.analysis.result import Analysis, Data
from lawengine.base.label import LANGUAGES, Language
from lawengine.presentation.document import Prose, Table
from lawengine.presentation.leaves import leaves
from lawengine.presentation.pages import page
from lawengine.presentation.plots import Plot
from lawengine.presentation.rendering import as_html
from lawengine.presentation.wording import catalogue
from lawengine.reports.sheets import Sheet
from tests.presenting import Page, hostile, material, whole

CHINESE = re.compile("[\u4e00-\u9fff]")
SIGNS = {"or", "quoted", "p_star", "other_language"}
"""Words without a word of either language."""
HOSTILE = "<script>alert(1)</script>\"'&\x00\x1b[31m\u202e\uffff=1+1 {{ 7*7 }} " + "长" * 3_000


def html(language: Language, analysis: Analysis | None = None) -> str:
    told = page(material(analysis), language)
    data = (analysis or whole()).as_data()
    return as_html(told, language, tuple(leaves(data)), "other.html", ["analysis.json"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_well_formed_and_reaches_for_nothing(language: Language) -> None:
    text = html(language)
    read = Page(text)
    assert (read.wrong, read.open) == ([], [])
    tags = {tag for tag, _ in read.tags}
    assert {"main", "h1", "svg", "table", "details"} <= tags
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert read.values("src") == []
    assert all(href == "other.html" or href.startswith("#") for href in read.values("href"))
    assert not any(name.startswith("on") for _, attrs in read.tags for name in attrs)
    assert "url(" not in text
    assert "@import" not in text
    assert "://" not in text
    assert dict(read.tags)["html"]["lang"] == ("en" if language == "en" else "zh-Hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_on_a_page_are_its_own_and_links_meet_them(language: Language) -> None:
    read = Page(html(language))
    names = read.values("id")
    assert len(names) == len(set(names))
    assert {href[1:] for href in read.values("href") if href.startswith("#")} <= set(names)
    pointed = {name for value in read.values("aria-labelledby") for name in value.split()}
    assert pointed <= set(names)
    assert len(pointed) == 2 * sum(tag == "svg" for tag, _ in read.tags)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_data_is_on_the_page(language: Language) -> None:
    text = Page(html(language)).text
    lines = set(text.splitlines())
    every = list(leaves(whole().as_data()))
    numbers = [one for one in every if isinstance(one.value, int | float)]
    assert len(numbers) > 1_000
    missing = [
        one.path
        for one in numbers
        if not isinstance(one.value, bool) and f"{one.path} = {one.value!r}" not in lines
    ]
    assert missing == []


def test_words_stand_in_both_languages_with_the_same_places() -> None:
    for key, words in catalogue().items():
        assert set(words) == set(LANGUAGES), key
        english, chinese = (
            {name for _, name, _, _ in Formatter().parse(words[one]) if name} for one in LANGUAGES
        )
        assert english == chinese, key
        assert not CHINESE.search(words["en"]) or key == "other_language", key
        assert CHINESE.search(words["zh"]) or key in SIGNS, key


def test_both_pages_have_the_same_parts() -> None:
    english, chinese = (page(material(), one) for one in LANGUAGES)
    shapes = [
        [
            (section.name, [(type(b), getattr(b, "name", "")) for b in section.blocks])
            for section in told.sections
        ]
        for told in (english, chinese)
    ]
    assert shapes[0] == shapes[1]
    assert len(english.answer) == len(chinese.answer) == 3
    assert len(english.caveats) == len(chinese.caveats) >= 5
    for one, two in zip(english.tables(), chinese.tables(), strict=True):
        assert [[c.number for c in row] for row in one.rows] == [
            [c.number for c in row] for row in two.rows
        ]
        assert {len(row) for row in one.rows} <= {len(one.head)}
    for plot in english.plots():
        assert plot.alt
        assert not CHINESE.search(plot.title + plot.axis)


def chinese_words() -> Iterator[str]:
    told = page(material(), "zh")
    yield from (told.question, told.alarm, *told.answer, *told.caveats)
    for section in told.sections:
        yield section.heading
        for block in section.blocks:
            match block:
                case Plot():
                    yield from (block.title, block.axis)
                case Table():
                    yield block.title
                case Prose():
                    yield from (words for _, words in block.points if len(words) > 70)
                case Sheet():
                    yield block.title


def test_the_chinese_page_is_chinese() -> None:
    assert [text for text in chinese_words() if text and not CHINESE.search(text)] == []


def test_page_one_answers_with_the_figures() -> None:
    told = page(material(), "en")
    change = whole().counts[-1].whole.changes[0]
    assert told.question.startswith("What would ")
    assert f"would rise in {change.losers:,.1f}," in told.answer[0] or (
        f"would rise in {round(change.losers):,}," in told.answer[0]
    )
    assert told.alarm
    assert told.hero is not None
    assert told.hero not in [b for s in told.sections for b in s.blocks]
    text = " ".join(told.caveats)
    assert "synthetic" in text
    assert "rest on no official text" in text
    assert "-0.4" in text


def test_what_is_not_known_is_said_and_never_a_number() -> None:
    told = page(material(), "en")
    gaps = next(one for one in told.sections if one.name == "gaps")
    words = " ".join(f"{a} {c}" for b in gaps.blocks if isinstance(b, Prose) for a, c in b.points)
    assert "Rule one no text at hand" in words
    confiscation = next(one for one in told.tables() if one.name == "confiscation-rows")
    sums = confiscation.rows[0]
    assert whole().counts[0].whole.figures[0].confiscation.sum.open
    assert sums[2].text.endswith(" +")
    means = confiscation.rows[1]
    assert (means[2].text, means[2].number) == ("not known", None)


def test_words_of_others_become_no_markup() -> None:
    read = Page(html("zh", hostile(HOSTILE)))
    assert (read.wrong, read.open) == ([], [])
    assert "script" not in {tag for tag, _ in read.tags}
    assert "{{ 7*7 }}" in read.text
    assert not set("\x00\x1b\u202e\uffff") & set(read.text)


def test_more_figures_than_a_page_can_bear_are_counted() -> None:
    told = page(material(), "en")
    many = tuple(leaves({"numbers": list(range(30_000))}))
    text = Page(as_html(told, "en", many, "other.html", [])).text
    assert "numbers[19999] = 19999" in text
    assert "numbers[20000]" not in text
    assert "10,000 more figures stand in analysis.json" in text


def test_an_analysis_of_nothing_still_has_a_page() -> None:
    data = Data("x", "0", 0, (), None, None, None)
    told = page(material(Analysis(data, (), (), ())), "en")
    assert told.answer == ()
    assert told.hero is None
