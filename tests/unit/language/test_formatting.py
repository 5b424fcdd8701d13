"""The canonical layout, as examples in both keyword languages."""

from fractions import Fraction

import pytest

from lawengine.base.label import Language
from lawengine.base.source import Source, display_width
from lawengine.language.formatting import format_file, format_text
from lawengine.language.layout import WIDTH
from lawengine.language.parse import parse
from lawengine.language.print_expressions import decimal_text

RULE = """
rule demo.fine also 示例.罚款 "Fine" / "罚款"
version from 2018-01-01 to 2019-04-22
when act.kind is one of false_publicity , other and (count of order where order.fake) at least 3
law AUCL-2017 art 20(1)
breaches AUCL-2017 art 8   status unverified because "text not at hand"/"未获文本"
authority market_supervision
then order to stop
order to correct within 30 days
fine 20_000 yuan to 200000 yuan
may fine 1 times act.gain to 5 times act.gain
if act.serious instead of all
may also revoke business_licence
reading "a reading"
further if act.gain more than 50 fen
fine whichever applies
3 to 5 times act.gain where act.gain more than 0 yuan
up to higher of 5_000_000 yuan and 5% of turnover per shop otherwise
version from 2019-04-23
law AUCL-2019 art 20
"""
ENGLISH = """\
rule demo.fine also 示例.罚款 "Fine" / "罚款"

  version from 2018-01-01 to 2019-04-22
    law AUCL-2017 art 20(1) breaches AUCL-2017 art 8
    status unverified because "text not at hand" / "未获文本"
    authority market_supervision
    when act.kind is one of false_publicity, other and (count of order where order.fake) at least 3
    then order to stop
         order to correct within 30 days
         fine 20_000 to 200_000 yuan
         may fine 1 to 5 times act.gain
    if act.serious instead of all
      may also revoke business_licence
      reading "a reading"
    further if act.gain more than 0.50 yuan
      fine whichever applies
        3 to 5 times act.gain where act.gain more than 0 yuan
        up to higher of 5_000_000 yuan and 5 % of turnover per shop otherwise

  version from 2019-04-23
    law AUCL-2019 art 20
"""
CHINESE = """\
语言 中文

规则 demo.fine 又称 示例.罚款 "罚款" / "Fine"

  版本 自 2018-01-01 至 2019-04-22
    依据 AUCL-2017 第20条第1款 违反 AUCL-2017 第8条
    未经核实 理由 "未获文本" / "text not at hand"
    机关 market_supervision
    当 act.kind 属于 false_publicity、other 且 （计数 order 其中 order.fake） 不少于 3
    则 责令停止
       责令改正 限期 30日
       处 2万元 以上 20万元 以下 罚款
       可以 处 act.gain 1倍 以上 5倍 以下 罚款
    如 act.serious 取代全部
      可以并 吊销 business_licence
      解读 "" / "a reading"
    进而 act.gain 超过 0.50元
      处 罚款 依情形
        act.gain 3倍 以上 5倍 以下 其中 act.gain 超过 0元
        取高 500万元 与 turnover 5% 以下 每 shop 否则

  版本 自 2019-04-23
    依据 AUCL-2019 第20条
"""


def formatted(text: str) -> str:
    """Return the layout of a text that must have no mistakes."""
    found, diagnostics = format_text(Source("a.law", text))
    assert diagnostics == ()
    return found


def test_a_rule_in_english() -> None:
    assert formatted(RULE) == ENGLISH


def test_the_same_rule_in_chinese() -> None:
    assert format_file(parse(Source("a.law", RULE)).tree, "zh") == CHINESE


def test_articles_are_read_in_chinese_numerals() -> None:
    numerals = CHINESE.replace("第20条第1款", "第二十条第一款").replace("第8条", "第八条")
    assert "第8条" not in numerals
    assert format_file(parse(Source("a.law", numerals)).tree, "zh") == CHINESE
    place = "依据 APL-2021 第三十二条之一第一款第（三）项"
    found = parse(Source("a.law", CHINESE.replace("依据 AUCL-2019 第20条", place)))
    assert found.diagnostics == ()
    assert "law APL-2021 art 32-1(1)(3)\n" in format_file(found.tree, "en")


def test_a_numeral_that_no_statute_writes_is_told() -> None:
    for wrong in ("第二三条", "第零条", f"第{'百' * 5000}条"):
        found = parse(Source("a.law", CHINESE.replace("第20条第1款", wrong)))
        assert [d.code for d in found.diagnostics] == ["LAW114"]


def test_the_chinese_rule_leads_back_to_the_english() -> None:
    assert format_file(parse(Source("a.law", CHINESE)).tree, "en") == ENGLISH


def test_a_vocabulary_in_both_languages() -> None:
    text = (
        'entity act of party listed as acts "Act" / "行为"\n'
        'kind: one of fair "fair" / "公平", unfair "unfair" / "不公平", serves as conduct_kind\n'
        'ask "Which?" / "何种？"\n'
        "gain: money, at most 100 yuan, at least 0 yuan\n"
        'no_fault: ground\npresumed no because "it must show it" law APL-2021 art 33(2)\n'
    )
    tree = parse(Source("a.law", text)).tree

    assert format_file(tree, "en") == (
        'entity act of party, listed as acts "Act" / "行为"\n'
        '  kind: one of fair "fair" / "公平", unfair "unfair" / "不公平", serves as conduct_kind\n'
        '    ask "Which?" / "何种？"\n'
        "  gain: money, at least 0 yuan, at most 100 yuan\n"
        "  no_fault: ground\n"
        '    presumed no because "it must show it" law APL-2021 art 33(2)\n'
    )
    assert format_file(tree, "zh") == (
        "语言 中文\n\n"
        '实体 act 属 party，列于 acts "行为" / "Act"\n'
        '  kind：之一 fair "公平" / "fair"，unfair "不公平" / "unfair"，用作 行为种类\n'
        '    提问 "何种？" / "Which?"\n'
        "  gain：金额，不少于 0元，不超过 100元\n"
        "  no_fault：情节\n"
        '    推定 否 理由 "" / "it must show it" 依据 APL-2021 第33条第2款\n'
    )


def test_the_columns_of_a_table_stand_under_each_other() -> None:
    text = (
        "表 阶次：金额 首个命中\n| 行为.所得 | 得 |\n| 0 至 100元 | 1万元 |\n"
        "| 2亿元、3元 | 5元 |\n| * | 0元 |\n"
    )

    assert formatted(text) == (
        "语言 中文\n\n"
        "表 阶次：金额，首个命中\n"
        "  | 行为.所得    | 得    |\n"
        "  | 0元 至 100元 | 1万元 |\n"
        "  | 2亿元、3元   | 5元   |\n"
        "  | *            | 0元   |\n"
    )


def test_a_scenario_in_both_languages() -> None:
    text = (
        'scenario "brushing" / "刷单"\ngiven act.kind is fair\nact.gain is 10 to 20 yuan\n'
        "3 order with fake is yes, amount is 5 yuan\ndecided on 2018-01 to 2018-03\n"
        "expect demo.fine established\nmay fine up to 5 yuan\nno fine\nnot revoke\n"
        "needs act.gain\nundetermined\nbecause AUCL-2017 art 20\n"
    )
    tree = parse(Source("a.law", text)).tree

    assert format_file(tree, "en") == (
        'scenario "brushing" / "刷单"\n'
        "  given act.kind is fair\n"
        "        act.gain is 10 to 20 yuan\n"
        "        3 order with fake is yes, amount is 5 yuan\n"
        "  decided on 2018-01 to 2018-03\n"
        "  expect demo.fine established\n"
        "         may fine up to 5 yuan\n"
        "         no fine\n"
        "         not revoke\n"
        "         needs act.gain\n"
        "         undetermined\n"
        "  because AUCL-2017 art 20\n"
    )
    assert format_file(tree, "zh") == (
        "语言 中文\n\n"
        '情景 "刷单" / "brushing"\n'
        "  设 act.kind 为 fair\n"
        "     act.gain 为 10元 至 20元\n"
        "     3 order 带 fake 为 是，amount 为 5元\n"
        "  决定于 2018-01 至 2018-03\n"
        "  预期 demo.fine 成立\n"
        "       可以 处 5元 以下 罚款\n"
        "       无罚款\n"
        "       非 吊销\n"
        "       需要 act.gain\n"
        "       未定\n"
        "  理由 AUCL-2017 第20条\n"
    )


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("20_000 yuan", "20_000 yuan", "2万元"),
        ("1234 yuan", "1_234 yuan", "1234元"),
        ("12.34 yuan", "12.34 yuan", "12.34元"),
        ("50 fen", "0.50 yuan", "0.50元"),
        ("1_700_000_000 yuan", "1_700_000_000 yuan", "17亿元"),
        ("150_500 yuan", "150_500 yuan", "15.05万元"),
        ("5%", "5 %", "5%"),
        ("0.5 %", "0.5 %", "0.5%"),
        ("2 times x", "2 times x", "x 2倍"),
        ("5 % of x", "5 % of x", "x 5%"),
        ("x times 2", "x times 2", "x 乘 2"),
        ("3 times (a + b)", "3 times (a + b)", "（a + b） 3倍"),
        ("1 working day", "1 working day", "1个工作日"),
        ("30 days", "30 days", "30日"),
        ("2018-01", "2018-01", "2018-01"),
        ('"a \\"b\\" \\\\"', '"a \\"b\\" \\\\"', '"a \\"b\\" \\\\"'),
        ('“他说"好"”', '"他说\\"好\\""', '"他说\\"好\\""'),
        ("not (not a and b) or c", "not (not a and b) or c", "非 （非 a 且 b） 或 c"),
        ("(a and b) or (c)", "a and b or c", "a 且 b 或 c"),
        ("(a or b) and c", "(a or b) and c", "（a 或 b） 且 c"),
        ("(a and b) and c", "(a and b) and c", "（a 且 b） 且 c"),
        ("a - (b - c) - d", "a - (b - c) - d", "a - （b - c） - d"),
        ("higher of a and b + c", "higher of a and b + c", "取高 a 与 b + c"),
        ("a + (lower of b and c)", "a + (lower of b and c)", "a + （取低 b 与 c）"),
        ("(a + b) rounded down", "a + b rounded down", "a + b 向下取整"),
        ("a before b", "a before b", "a 早于 b"),
        ("(any x satisfies y) is no", "(any x satisfies y) is no", "（任一 x 满足 y） 为 否"),
        ("R established", "R established", "R 成立"),
    ],
)
def test_expressions(written: str, english: str, chinese: str) -> None:
    parsed = parse(Source("a.law", f"define value as {written}\n"))

    assert parsed.diagnostics == ()
    assert format_file(parsed.tree, "en") == f"define value as {english}\n"
    assert format_file(parsed.tree, "zh") == f"语言 中文\n\n定义 value 即 {chinese}\n"


def test_a_long_condition_breaks_at_and_and_or() -> None:
    text = "rule R\n version from 2018-01-01\n when " + " and ".join(
        f"act.a_rather_long_name_{n} is yes" for n in range(4)
    )

    assert formatted(text + " or act.b\n").splitlines()[3:] == [
        "    when act.a_rather_long_name_0 is yes",
        "        and act.a_rather_long_name_1 is yes",
        "        and act.a_rather_long_name_2 is yes",
        "        and act.a_rather_long_name_3 is yes",
        "      or act.b",
    ]


def test_a_long_list_breaks_after_its_commas() -> None:
    options = ", ".join(f"option_number_{n}" for n in range(12))
    lines = formatted(f"define x as act.kind is one of {options}\n").splitlines()

    assert len(lines) == 4
    assert all(line.endswith(",") for line in lines[1:-1])
    assert all(display_width(line) <= WIDTH for line in lines)


def test_width_counts_chinese_characters_double() -> None:
    name = "很长的名称" * 5
    lines = formatted(f"定义 {name} 即 {name} 或 {name}\n").splitlines()

    assert len(lines) > 3
    assert all(display_width(line) <= WIDTH for line in lines)


def test_comments_stay_with_their_lines() -> None:
    text = (
        "-- about the file\n\n\n-- about the rule\nrule R -- the name\n"
        "  -- about the version\n version from 2018-01-01\n"
        "when a -- first\n -- between\n and b --second\n-- on the reading\n"
        'reading "x" -- on it\n\n-- at the end'
    )

    assert formatted(text) == (
        "-- about the file\n\n-- about the rule\nrule R  -- the name\n\n"
        "  -- about the version\n  version from 2018-01-01\n"
        '    -- on the reading\n    reading "x"  -- on it\n'
        "    -- between\n    -- first\n    when a and b  -- second\n\n-- at the end\n"
    )


def test_a_comment_before_the_line_of_the_language_follows_it() -> None:
    text = "-- header\n语言 中文 -- why\n规则 甲\n"

    assert formatted(text) == "语言 中文\n\n-- header\n-- why\n规则 甲\n"
    assert formatted(formatted(text)) == formatted(text)


def test_a_file_of_comments_keeps_them() -> None:
    assert formatted("-- one\n--\n\n--two") == "-- one\n--\n\n-- two\n"


@pytest.mark.parametrize(("text", "expected"), [("", ""), ("语言 中文", "语言 中文\n")])
def test_an_empty_file_stays_empty(text: str, expected: str) -> None:
    assert formatted(text) == expected


def test_a_file_with_mistakes_is_left_alone() -> None:
    text = "rule   R\n  versoin from 2018-01-01\n"
    found, diagnostics = format_text(Source("a.law", text))

    assert found == text
    assert [diagnostic.code for diagnostic in diagnostics] == ["LAW101"]


def test_a_layout_that_would_read_otherwise_is_refused() -> None:
    # The ideographic space keeps the name and the keyword apart; one space would join them.
    text = "entity  count\u3000of party\n"
    found, diagnostics = format_text(Source("a.law", text))

    assert found == text
    assert [diagnostic.code for diagnostic in diagnostics] == ["LAW126"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("language en\nrule R\n", "en"),
        ("语言 en\nrule R\n", "en"),
        ("language zh\n规则 甲\n", "zh"),
    ],
)
def test_the_line_of_the_language_may_be_in_either(text: str, language: Language) -> None:
    parsed = parse(Source("a.law", text))

    assert parsed.diagnostics == ()
    assert parsed.tree.language == language
    assert len(parsed.tree.declarations) == 1


def test_a_value_that_no_text_can_say_is_an_error() -> None:
    with pytest.raises(ValueError, match="1/3 has no finite decimal"):
        decimal_text(Fraction(1, 3), grouped=True)
