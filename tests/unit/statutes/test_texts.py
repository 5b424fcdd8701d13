from pathlib import Path

import pytest

from lawengine.base.citation import Article
from lawengine.statutes import fingerprint, normalise, split_articles
from lawengine.statutes.texts import layout, wording_at

OFFICIAL = Path(__file__).parents[2] / "fixtures" / "official"
LAW = (OFFICIAL / "lantern-law_2001-03-01.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "copy",
    [
        "处１０枚以上、“五十枚”以下铜钱。",
        "  处10枚以上、\n\n　「五十枚」以下铜钱。  ",
        '**处10枚**以上、\u200b"五十枚"以下铜钱｡',
        "> 处10枚以上、〝五十枚〟以下铜钱.",
        "# 处10枚以上、＂五十枚＂以下铜钱。",
    ],
)
def test_faithful_copies_have_one_normal_form(copy: str) -> None:
    assert normalise(copy) == '处10枚以上、"五十枚"以下铜钱.'


@pytest.mark.parametrize(
    "other",
    [
        "处11枚以上、“五十枚”以下铜钱。",
        "处十枚以上、“五十枚”以下铜钱。",
        "处10枚以上，“五十枚”以下铜钱。",
        "可以处10枚以上、“五十枚”以下铜钱。",
        "处10枚以上、五十枚以下铜钱。",
    ],
)
def test_any_changed_character_changes_the_fingerprint(other: str) -> None:
    assert fingerprint(other) != fingerprint("处10枚以上、“五十枚”以下铜钱。")


def test_the_fingerprint_is_sha256_of_the_normal_form() -> None:
    import hashlib

    assert fingerprint("甲　乙。") == hashlib.sha256("甲乙.".encode()).hexdigest()


@pytest.mark.parametrize("empty", ["", " \n　", "**  **", "#"])
def test_no_wording_has_no_fingerprint(empty: str) -> None:
    assert fingerprint(empty) == ""


def test_articles_are_split_without_heading_and_chapters() -> None:
    articles = split_articles(LAW)
    assert [article.text("zh") for article in articles] == [
        "第1条",
        "第2条",
        "第3条",
        "第4条",
        "第5条",
    ]
    assert articles[Article(1)] == "为了让集市热闹又公道，制定本法。"
    assert articles[Article(4)] == "巡灯署应当把处罚记入灯簿。"
    assert articles[Article(2)].splitlines()[1] == "第三人围观的，不适用本条。"


def test_a_line_that_only_mentions_an_article_starts_none() -> None:
    assert split_articles(LAW)[Article(3)].splitlines()[-1] == "第三条规定的罚款不得用灯油抵缴。"


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("第一百二十四条　甲", Article(124)),
        ("第五条之一　甲", Article(5, inserted=1)),
        ("**第二十条** 甲", Article(20)),
        ("### 第二十条 甲", Article(20)),
        ("第20条 甲", Article(20)),
        ("第二十条\n甲", Article(20)),
    ],
)
def test_headings_of_articles(line: str, article: Article) -> None:
    assert split_articles(line) == {article: "甲"}


@pytest.mark.parametrize("line", ["第二三条　甲", "第一章　总则", "附　则", "甲"])
def test_what_heads_no_article(line: str) -> None:
    assert split_articles(line) == {}


def test_an_article_that_occurs_twice_keeps_both_wordings() -> None:
    assert split_articles("第一条　甲\n第一条　乙") == {Article(1): "甲\n乙"}


def test_an_article_that_moved_keeps_its_fingerprint() -> None:
    old, new = split_articles("第四条　甲乙。"), split_articles("第五条　甲乙。")
    assert fingerprint(old[Article(4)]) == fingerprint(new[Article(5)])


def test_layout_counts_the_items_of_each_paragraph() -> None:
    articles = split_articles(LAW)
    assert layout(articles[Article(3)]) == (3, 0)
    assert layout(articles[Article(2)]) == (0, 0)
    assert layout("（一）甲") == (1,)
    assert layout("甲：\n\n（一）乙\n\n丙") == (1, 0)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((2,), "第三条规定的罚款不得用灯油抵缴。"),
        ((1, 1), "（一）把小灯笼说成大灯笼的；"),
        ((1, 2), "（二）雇人排假队的：\n1.每日十人以下；\n2.每日超过十人；"),
        ((1, 2, 2), "2.每日超过十人；"),
        ((0, 3), "（三）拒绝量尺的。"),
        ((3,), None),
        ((1, 4), None),
        ((1, 2, 3), None),
        ((2, 1), None),
    ],
)
def test_wording_at_a_place(path: tuple[int, ...], expected: str | None) -> None:
    assert wording_at(split_articles(LAW)[Article(3)], path) == expected


def test_wording_of_a_paragraph_holds_its_items_and_of_no_path_everything() -> None:
    text = split_articles(LAW)[Article(3)]
    first = wording_at(text, (1,))
    assert first is not None
    assert first.splitlines()[0].endswith("罚款：")
    assert first.splitlines()[-1] == "（三）拒绝量尺的。"
    assert wording_at(text, ()) == text
    assert wording_at("", ()) is None
    assert wording_at("甲。", (0, 1)) is None
