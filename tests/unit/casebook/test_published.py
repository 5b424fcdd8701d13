"""Case files tell what was published on lists, joint measures, benefits and repairs."""

from __future__ import annotations

import datetime
from dataclasses import fields

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.label import LANGUAGES, Label
from lawengine.base.source import Source
from lawengine.casebook import PublishedKind, PublishedStatus, read_case
from lawengine.casebook.blocks import CHINESE_KEYS
from lawengine.casebook.published import KEY_OF
from lawengine.casebook.published_sections import STATUS_KEYS
from lawengine.casebook.schema_words import KEY_WORDS
from lawengine.casebook.writing import write_fact
from lawengine.evaluation.facts import UNKNOWN, Entry, FactKey, Known, Within
from tests import published, small

WHOLE = """\
lists:
  - {name: L.black, day: 2011-03, until: 2014-02-28, term: 3 years}
  - {name: Black list, entered: no, day: 2009}
  - {other: {en: defaulters, zh: 失信被执行人}}
  - 黑名单
joint_measures:
  - {name: supervised, department: tax, of: L.black, day: 2011-03-02 to 2011-04-01}
  - Shown to all
benefits:
  - {name: L.green, granted: no, day: 2012-01-01, until: 2012-12-31, term: 1 year}
repairs:
  - {name: L.black, granted: yes, day: 2012-03-01}
  - {name: L.black, minimum: 1 year}
  - {other: within 3 months}
"""
CHINESE = """\
列入名单:
  - {名称: 名.黑, 日期: 2011年3月, 截止日: 2014年2月28日, 期限: 3年}
  - {名称: 黑名单, 已列入: 否, 日期: 2009年}
  - {其他: {en: defaulters, zh: 失信被执行人}}
  - L.black
联合惩戒措施:
  - {名称: 重点监管, 部门: 税务部门, 所属名单: 名.黑, 日期: 2011年3月2日 至 2011年4月1日}
  - 公开
守信激励:
  - {名称: 绿色通道, 已准予: 否, 日期: 2012-01-01, 截止日: 2012-12-31, 期限: 1年}
信用修复:
  - {名称: 名.黑, 已准予: 是, 日期: 2012-03-01}
  - {名称: 名.黑, 最短期限: 1年}
  - {其他: within 3 months}
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def span(first: str, last: str) -> Within:
    return Within(day(first), day(last))


MEANT = [
    PublishedStatus(
        PublishedKind.LIST,
        "shop",
        "L.black",
        day=span("2011-03-01", "2011-03-31"),
        until=Known(day("2014-02-28")),
        term=Period(3, Unit.YEAR),
    ),
    PublishedStatus(
        PublishedKind.LIST, "shop", "L.black", held=False, day=span("2009-01-01", "2009-12-31")
    ),
    PublishedStatus(PublishedKind.LIST, "shop", other=Label("defaulters", "失信被执行人")),
    PublishedStatus(PublishedKind.LIST, "shop", "L.black"),
    PublishedStatus(
        PublishedKind.MEASURE,
        "shop",
        "supervised",
        day=span("2011-03-02", "2011-04-01"),
        department="tax",
        of="L.black",
    ),
    PublishedStatus(PublishedKind.MEASURE, "shop", "shown"),
    PublishedStatus(
        PublishedKind.BENEFIT,
        "shop",
        "L.green",
        held=False,
        day=Known(day("2012-01-01")),
        until=Known(day("2012-12-31")),
        term=Period(1, Unit.YEAR),
    ),
    PublishedStatus(PublishedKind.REPAIR, "shop", "L.black", day=Known(day("2012-03-01"))),
    PublishedStatus(
        PublishedKind.REPAIR, "shop", "L.black", held=None, minimum=Period(1, Unit.YEAR)
    ),
    PublishedStatus(PublishedKind.REPAIR, "shop", other=Label("within 3 months"), held=None),
]


@pytest.mark.parametrize("written", [WHOLE, CHINESE])
def test_all_that_was_published_is_read_in_either_language(written: str) -> None:
    found = published.read(written)

    assert found.diagnostics == ()
    assert found.case is not None
    assert list(found.case.statuses) == MEANT
    assert found.case.decided == ()


def test_a_fine_and_statuses_stand_in_one_entry() -> None:
    found = published.read("fine: 3 yuan\nlists: [L.black]\nact: respondents[1].acts[1]\n").case

    assert found is not None
    assert [one.fine for one in found.decided] == [Known(300)]
    assert [one.name for one in found.statuses] == ["L.black"]


def test_a_repair_tells_of_a_grant_unless_it_only_says_how_soon() -> None:
    found = published.read(
        "repairs: [L.black, {name: L.black, minimum: 1 year}, {other: x}, {other: x, granted: no},"
        " {name: L.black, minimum: 1 year, granted: yes}]\n"
    ).case

    assert found is not None
    assert [one.held for one in found.statuses] == [True, None, None, False, True]


@pytest.mark.parametrize(
    ("written", "code", "line", "words"),
    [
        ("lists: [L.blakc]", "LAW542", 11, "the rules hold no list `L.blakc`"),
        ("lists: [L.green]", "LAW542", 11, "the rules hold no list `L.green`"),
        ("lists: [supervised]", "LAW542", 11, "no list `supervised`"),
        ("benefits: [L.black]", "LAW542", 11, "no benefit `L.black`"),
        ("repairs: [L.green]", "LAW542", 11, "no list `L.green`"),
        ("joint_measures: [super]", "LAW542", 11, "no joint measure `super`"),
        ("joint_measures: [{name: shown, department: taxi}]", "LAW542", 11, "department `taxi`"),
        ("joint_measures: [{name: shown, of: L.blue}]", "LAW542", 11, "list or benefit `L.blue`"),
        ("lists: [{day: 2011}]", "LAW543", 11, "`lists` needs either `name` or `other`"),
        ("lists: [{name: L.black, other: x}]", "LAW543", 11, "either `name` or `other`"),
        ("lists: [{naem: L.black}]", "LAW520", 11, "unknown key `naem`"),
        ("lists: [{name: L.black, granted: yes}]", "LAW520", 11, "unknown key `granted`"),
        ("joint_measures: [{name: shown, until: 2012}]", "LAW520", 11, "unknown key `until`"),
        ("lists: L.black", "LAW506", 11, "`lists` should be a list, found `L.black`"),
        ("lists: []", "LAW506", 11, "a list with at least one thing in it"),
        ("lists: [[L.black]]", "LAW506", 11, "`lists` should be a block of keys, found a list"),
        ("lists: [{name: [L.black]}]", "LAW506", 11, "`name` should be a text"),
        ("lists: [{name: L.black, entered: perhaps}]", "LAW506", 11, "`yes` or `no`"),
        ("lists: [{name: L.black, day: soon}]", "LAW506", 11, "`day` should be a date"),
        ("lists: [{name: L.black, day: 2011-02-30}]", "LAW504", 11, "does not exist"),
        ("lists: [{name: L.black, term: long}]", "LAW506", 11, "`term` should be a period"),
        (
            "lists:\n  - name: L.black\n    day: 2011-03-01\n    until: 2011-02-28",
            "LAW526",
            14,
            "`until` ends before it starts: from 2011-03-01 to 2011-02-28",
        ),
        (
            "lists: [{name: L.black, day: 2012-06-02}]",
            "LAW545",
            11,
            "2012-06-02 lies after the case was decided, 2012-06-01 at the latest",
        ),
        (
            "lists: [{name: L.black, day: 2011-03}]\nrepairs: [{name: L.black, day: 2011-02-28}]",
            "LAW544",
            12,
            "repaired on 2011-02-28 or before, though put on the list only on 2011-03-01",
        ),
        (
            "act: respondents[1].acts[1]\nlists: [L.black]",
            "LAW519",
            10,
            "the key `fine` is missing",
        ),
        ("proposed: yes\nlists: [L.black]", "LAW519", 10, "the key `fine` is missing"),
        ("", "LAW519", 10, "the key `fine` is missing"),
    ],
)
def test_a_mistake_is_told_at_its_place(written: str, code: str, line: int, words: str) -> None:
    found = published.read(written)

    assert found.case is None
    assert [(one.code, one.span.line) for one in found.diagnostics] == [(code, line)]
    assert words in found.diagnostics[0].message("en")
    assert all(found.diagnostics[0].message(language) for language in LANGUAGES)


def test_a_name_that_is_nearly_one_is_suggested() -> None:
    (found,) = published.read("lists: [黑单名]").diagnostics
    assert found.message("zh") == "规则库没有名为“黑单名”的名单"
    (found,) = published.read("lists: [L.blakc]").diagnostics
    assert found.suggestion == "L.black"


@pytest.mark.parametrize(
    ("entries", "repairs"),
    [
        # the very day, a month that reaches over the entry, another list, a repair that was refused
        ("{name: L.black, day: 2011-03-01}", "{name: L.black, day: 2011-03-01}"),
        ("{name: L.black, day: 2011-03-15}", "{name: L.black, day: 2011-03}"),
        ("{other: x, day: 2011-03-15}", "{name: L.black, day: 2010}"),
        ("{name: L.black, day: 2011-03-15}", "{name: L.black, day: 2010, granted: no}"),
        ("{name: L.black, day: 2011-03-15, entered: no}", "{name: L.black, day: 2010}"),
        ("{name: L.black, day: 2011-03-15}, L.black", "{name: L.black, day: 2010}"),
        ("{name: L.black, day: 2009}, {name: L.black, day: 2011}", "{name: L.black, day: 2010}"),
    ],
)
def test_a_repair_that_may_come_after_its_entry_is_none_before_it(
    entries: str, repairs: str
) -> None:
    assert published.read(f"lists: [{entries}]\nrepairs: [{repairs}]").diagnostics == ()


def test_a_day_that_may_lie_before_the_decision_is_taken() -> None:
    assert published.read("lists: [{name: L.black, day: 2012-06}]").diagnostics == ()
    assert published.read("lists: [{name: L.black, day: 2012-06-01}]").diagnostics == ()


def test_the_entry_of_another_party_is_none_of_this_one() -> None:
    text = published.text("lists: [{name: L.black, day: 2011-03-15}]")
    text = text.replace(
        "decided:\n", "  - {name: other, rich: no, acts: [{kind: red}]}\ndecided:\n"
    )
    text += "  - {respondent: other, repairs: [{name: L.black, day: 2010}]}\n"
    found = read_case(Source("case.yaml", text), published.lists())

    assert found.diagnostics == ()
    assert found.case is not None
    assert [one.respondent for one in found.case.statuses] == ["shop", "other"]


def test_a_respondent_that_is_none_is_told_once() -> None:
    text = published.text("lists: [L.black]").replace("respondent: shop", "respondent: shpo")
    found = read_case(Source("case.yaml", text), published.lists())

    assert [one.code for one in found.diagnostics] == ["LAW521"]


def test_a_fact_is_written_beside_what_was_published() -> None:
    source = Source("case.yaml", published.text(WHOLE))
    key = FactKey("respondents[1].penalties[1]", "penalty", "paid")
    written = write_fact(source, key, Entry(Known(value=True)), published.lists().vocabulary)
    after = read_case(Source("case.yaml", written), published.lists())

    assert written != source.text
    assert (
        written[written.index("decided:\n  - resp") :]
        == source.text[source.text.index("decided:\n  - resp") :]
    )
    assert after.case is not None
    assert list(after.case.statuses) == MEANT
    assert after.case.facts.root.children["party"][0].children["penalty"][0].facts[
        "paid"
    ].domain == Known(value=True)


def test_the_shipped_names_are_known_in_both_languages() -> None:
    text = published.text("lists: [SAMR.abnormal_operation, 经营异常名录, 市场监管.经营异常名录]")
    text = text.replace("[{kind: red, ended_on: 2009}]", "[{kind: other}]").replace(
        "    penalties:\n      - {decided: 2011-03-01, heavy: yes}\n    rich: no\n", ""
    )
    found = read_case(Source("case.yaml", text), small.shipped())

    assert found.diagnostics == ()
    assert found.case is not None
    assert {one.name for one in found.case.statuses} == {"SAMR.abnormal_operation"}


def test_every_key_has_a_chinese_form_and_words_for_editors() -> None:
    keys = {key for found in STATUS_KEYS.values() for key in found.optional} | set(KEY_OF.values())

    assert set(KEY_OF) == set(STATUS_KEYS) == set(PublishedKind)
    assert keys <= set(CHINESE_KEYS)
    assert keys <= set(KEY_WORDS)
    told = {field.name for field in fields(PublishedStatus)}
    assert keys - told - set(KEY_OF.values()) == {"entered", "granted"}
    assert PublishedStatus(PublishedKind.LIST, "shop").day == UNKNOWN
