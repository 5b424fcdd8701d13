"""Reforms as written: both languages, the formatter, and what is wrong from the first word."""

from __future__ import annotations

import pytest

from lawengine.base.source import Source
from lawengine.language.formatting import format_file, format_text
from lawengine.language.lower_reforms import lower_reforms, meaning_of
from lawengine.language.parse import parse
from lawengine.language.translation import translate
from lawengine.language.writing import Words, rule_text, status_text
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule
from lawengine.model.statuses import Status
from tests import small
from tests.reforming import LAW, law, mistakes, under

EVERYTHING = """
reform all_of_it also 全部 "All of it" / "全部修改"
  because "every clause once" / "每种条款各一次"

  amend GEN.red from 2027-01-01
    authority licence
    reading "a wide reading" / "宽泛解释"
    when act.kind is red and act.a
    unless act.excused
    unless act.mild
    then may fine whichever applies
           1 to 5 times act.gain where act.b
           up to 100 yuan otherwise
    if act.grave
      fine 200 to 900 yuan
    further if act.worse
      may revoke permit
    strike warn
    strike fine if act.grave

  amend GEN.chosen version on 2005-05-05 as if always
    strike when

  amend GEN.bad from 2027-01-01
    lasts 5 years
    measure barred "Barred" / "限制" by licence
    removed after 2 years where penalty.mended
    strike measure guarded

  amend GEN.pay as if always
    due 60 days

  set cap is 500 yuan from 2030-01-01 law GEN-2000 art 1

  repeal GEN.good from 2028-01-01

rule GEN.new also 总则.新 "New" / "新"

  version from 2027-01-01
    when act.b
    then warn

scenario "the new rule" / "新规则"
  given act.b is yes
  decided on 2028-01-01
  expect GEN.new established
"""


def test_the_formatter_keeps_what_a_reform_says() -> None:
    text, wrong = format_text(Source("x.law", EVERYTHING))

    assert wrong == ()
    assert parse(Source("x.law", text)).tree == parse(Source("x.law", EVERYTHING)).tree
    assert format_text(Source("x.law", text))[0] == text


def test_there_and_back_through_chinese_is_the_same_text() -> None:
    trees = [parse(Source("law", small.VOCABULARY.read_text(encoding="utf-8") + LAW)).tree]
    english = parse(Source("x.law", EVERYTHING)).tree
    meaning = meaning_of([*trees, english], {})
    chinese = format_file(translate(english, meaning.symbols, "zh"), "zh")
    again = parse(Source("x.law", chinese))

    assert again.diagnostics == ()
    assert meaning_of([*trees, again.tree], {}).same(meaning)
    for words in ("修正草案 all_of_it", "修改 总则.红 自 2027-01-01", "视同自始", "废止", "改定"):
        assert words in chinese
    assert "amend" not in chinese
    back = format_file(translate(again.tree, meaning.symbols, "en"), "en")
    assert back == format_text(Source("x.law", EVERYTHING))[0]


def test_comments_stay_where_they_are() -> None:
    text = "reform x\n  -- why\n  repeal GEN.chosen from 2027-01-01  -- since then\n"

    formatted, wrong = format_text(Source("x.law", text))

    assert wrong == ()
    assert "  -- why\n  repeal GEN.chosen from 2027-01-01  -- since then\n" in formatted


def test_one_wrong_amendment_goes_with_its_clauses_and_hides_no_other() -> None:
    text = """
reform x
  amend GEN.red until 2027-01-01
    then fine 1 yuan
  amend GEN.rod from 2027-01-01
    then warn
"""
    assert [d.code for d in mistakes(text)] == ["LAW101", "LAW330"]


def test_chinese_reforms_read_alike() -> None:
    english = "reform x\n  amend GEN.red from 2027-01-01\n    then fine 50 to 100 yuan\n"
    chinese = "修正草案 x\n  修改 总则.红 自 2027-01-01\n    则 处 50元 以上 100元 以下 罚款\n"

    assert under(english) == under(chinese)


def test_the_reforms_of_one_text_are_read_against_the_law_alone() -> None:
    """Names come from the rulebook, not from its texts: a cached law serves as well."""
    found = lower_reforms([parse(Source("x.law", EVERYTHING)).tree], law(), {})

    assert found.diagnostics == ()
    (reform,) = found.reforms
    assert len(reform.amendments) == 4
    assert [len(part) for part in (reform.figures, reform.repeals, reform.rules)] == [1, 1, 1]
    assert len(reform.scenarios) == 1


def read_back(book: Rulebook, language: str, body: tuple[str, ...], head: str) -> object:
    lines = "\n".join(f"    {line}" for line in body)
    mark = "语言 中文\n修正草案" if language == "zh" else "language en\nreform"
    tree = parse(Source("x.law", f"{mark} x\n{head}\n{lines}\n"))
    found = lower_reforms([tree.tree], book, {})
    assert [d.message("en") for d in (*tree.diagnostics, *found.diagnostics)] == []
    (reform,) = found.reforms
    norms: tuple[Rule | Status, ...] = (*reform.rules, *reform.statuses)
    (one,) = norms
    return one.versions[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_of_a_rule_reads_back_as_the_same_version(language: str) -> None:
    book = small.shipped()
    words = Words("zh" if language == "zh" else "en")
    rule, version, since, to = (
        ("规则", "版本", "自", "至") if language == "zh" else ("rule", "version", "from", "to")
    )
    for norm in book.rules.values():
        for one in norm.versions:
            end = f" {to} {one.interval.end}" if one.interval.end else ""
            head = f"{rule} ZZ.y\n  {version} {since} {one.interval.start}{end}"
            assert read_back(book, language, rule_text(one, book, words), head) == one


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_of_a_status_reads_back_as_the_same_version(language: str) -> None:
    from lawengine.language.keywords import TABLE
    from lawengine.language.token_meanings import STATUS_KIND_TOKENS

    book = small.shipped()
    words = Words("zh" if language == "zh" else "en")
    side = language == "zh"
    for norm in book.statuses.values():
        for one in norm.versions:
            kind, of, dated, version, since, to = (
                TABLE[token][side][0]
                for token in (
                    STATUS_KIND_TOKENS[norm.kind], "OF", "DATED_BY", "VERSION", "FROM", "TO"
                )
            )  # fmt: skip
            path = f"{norm.dated_by.entity}.{norm.dated_by.fact}"  # type: ignore[union-attr]  # what is not there fails the test
            end = f" {to} {one.interval.end}" if one.interval.end else ""
            head = (
                f"{kind} ZZ.y {of} {norm.entity}\n  {dated} {path}\n"
                f"  {version} {since} {one.interval.start}{end}"
            )
            body = status_text(one, norm, book, words)
            assert read_back(book, language, body, head) == one
