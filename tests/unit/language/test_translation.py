"""Translated files say the same: names change, meanings and identifiers stay."""

from pathlib import Path

import pytest

from lawengine.base.source import Source
from lawengine.language import syntax as s
from lawengine.language.formatting import format_file
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.resolve import resolve
from lawengine.language.translation import translate, unwritable

INSTRUMENTS = {"反不正当竞争法-2019": "AUCL-2019"}
VOCABULARY = """
entity case "Case" / "案件"
  decider "Authority" / "处罚机关": one of market_supervision "m" / "市场监管部门"
  decided_on "Decided on" / "决定日": date, serves as decision_date
entity party of case, listed as respondents "Party" / "当事人"
  licence "Licence" / "证照": one of business_licence "b" / "营业执照"
  size "Size" / "规模": count
entity act of party, listed as acts "Act" / "行为"
  kind "Kind" / "种类": one of fake "fake" / "虚假", fair "fair" / "且", serves as conduct_kind
  ended_on "Ended on" / "终了日": date, serves as conduct_date
  serious "Serious" / "情节严重": judgement
  plain "Plain, without a name" / "没有名称，": yes_no
  gain "Gain" / "违法所得": money, at least 0 yuan, serves as illegal_gain
entity order of act, listed as orders "Order" / "订单"
  fake "Fake" / "虚假": yes_no
  gain "Price" / "价款": money
parameter limit "Limit" / "限额": money
  is 5 yuan from 2018-01-01 law AUCL-2019 art 20
"""
RULES = """
rule demo.fine also 示例.罚款 "Fine" / "罚款"
  version from 2018-01-01
    law AUCL-2019 art 20
    authority market_supervision
    when act.kind is fake and serious and gain more than limit or act.kind is one of fair, fake
    unless (count of order where fake) at least 3 and (sum of order.gain) more than gain or plain
    then order to stop
         fine 5 yuan per order
         revoke business_licence

exception demo.none to demo.fine
  version from 2018-01-01
    law AUCL-2019 art 33
    when demo.other established
    then exempt from penalty

rule demo.other also 示例.其他
  version from 2018-01-01
    law AUCL-2019 art 8
    when serious
    then warn

table steps "Steps" / "阶次": money, first hit
  | act.kind | gives |
  | fake     | limit |
  | *        | gain  |

scenario "x" / "甲"
  given act.kind is fake
        2 order with fake is yes
  decided on 2018-02-01
  expect demo.fine established
         needs act.gain
"""


def tree_of(text: str) -> s.FileNode:
    """Return the tree of a text that must have no reading errors."""
    parsed = parse(Source("a.law", text))
    assert parsed.diagnostics == ()
    return parsed.tree


@pytest.fixture
def chinese() -> str:
    """Return the rules in Chinese."""
    trees = [tree_of(VOCABULARY), tree_of(RULES)]
    return format_file(translate(trees[1], resolve(trees), "zh", INSTRUMENTS), "zh")


@pytest.mark.parametrize(
    "words",
    [
        "依据 反不正当竞争法-2019 第20条",
        "机关 市场监管部门",
        # A keyword is no name: `fair` keeps its English one.
        "当 行为.种类 为 虚假 且 情节严重 且 违法所得 超过 限额 或 行为.种类 属于 fair、虚假",
        "（计数 订单 其中 虚假） 不少于 3",
        "（合计 订单.价款） 超过 违法所得 或 plain",
        "每 订单 处 5元 罚款",
        "吊销 营业执照",
        "规则 demo.fine 又称 示例.罚款",
        "例外 demo.none 针对 示例.罚款",
        "当 示例.其他 成立",
        "| 行为.种类 | 得       |",
        "| 虚假      | 限额     |",
        "设 行为.种类 为 虚假",
        "2 订单 带 虚假 为 是",
        "预期 示例.罚款 成立",
        "需要 行为.违法所得",
    ],
)
def test_names_take_their_chinese_form(chinese: str, words: str) -> None:
    assert words in chinese


def test_a_translated_file_means_the_same(chinese: str) -> None:
    vocabulary = tree_of(VOCABULARY)
    before = lower([vocabulary, tree_of(RULES)], INSTRUMENTS)
    after = lower([vocabulary, tree_of(chinese)], INSTRUMENTS)

    assert before.diagnostics == after.diagnostics == ()
    assert after.rulebook == before.rulebook


def test_translating_back_gives_the_english_file(chinese: str) -> None:
    trees = [tree_of(VOCABULARY), tree_of(chinese)]
    back = format_file(translate(trees[1], resolve(trees), "en", INSTRUMENTS), "en")

    assert back == format_file(tree_of(RULES), "en")


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
def test_the_shipped_rules_mean_the_same_in_chinese(checkout: Path) -> None:
    paths = sorted((checkout / "rules").rglob("*.law"))
    trees = [tree_of(path.read_text(encoding="utf-8")) for path in paths]
    symbols = resolve(trees)
    texts = [format_file(translate(tree, symbols, "zh"), "zh") for tree in trees]
    again = [tree_of(text) for text in texts]
    back = [translate(tree, resolve(again), "en") for tree in again]

    assert lower(again, {}).rulebook == lower(trees, {}).rulebook
    assert [format_file(tree, "en") for tree in back] == [format_file(tree, "en") for tree in trees]


def test_names_that_a_language_has_no_room_for_are_named() -> None:
    tree = tree_of("entity 当 of party\n  x: money\n  为: yes_no\n")

    assert [name.text for name in unwritable(tree, "zh")] == ["当", "为"]
    assert unwritable(tree, "en") == ()


def test_unknown_names_stay_as_they_are() -> None:
    tree = tree_of("define x as somewhere.something is unheard_of\n")

    assert translate(tree, resolve([tree]), "zh") == tree
