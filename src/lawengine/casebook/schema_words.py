"""The forms of single values in the JSON Schema of case files, and what its keys are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lawengine.base.label import Label
from lawengine.casebook.scalars import NUMBER, PERIOD

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = Label("lawengine case file", "lawengine 案件文件")

KEY_WORDS: Mapping[str, Label] = {
    "act": Label(
        "The name of one act; left out, the decision covers all.", "行为名称；不写则涵盖全部行为"
    ),
    "articles": Label("The articles that the decision names.", "决定所引条文"),
    "articles_unverified": Label(
        "`yes` where the source does not print the articles.", "来源未载明条文的，写“是”"
    ),
    "assumptions": Label(
        "Figures nobody established, named for computing margins; never facts.",
        "无人查明、仅用于测算的数字，绝非事实",
    ),
    "at_least": Label("The value is at least this.", "不少于此值"),
    "at_most": Label("The value is at most this.", "不超过此值"),
    "because": Label("The written reason of a judgement.", "裁量判断的书面理由"),
    "benefits": Label("Benefits that were granted or refused.", "准予或者未准予的守信激励"),
    "case": Label(
        "The name of the case: small letters, digits, hyphens.", "案号：小写字母、数字、连字符"
    ),
    "combined": Label(
        "`yes` where one fine also covers violations outside this file.",
        "罚款同时涵盖本文件以外违法行为的，写“是”",
    ),
    "date": Label("When it was published.", "公布日期"),
    "day": Label(
        "The day of it: exact, a month, a year or a range.", "日期：确日、年月、年份或者区间"
    ),
    "decided": Label("What the published decision says.", "已公布处罚决定的内容"),
    "department": Label("Who announced or takes the measure.", "公布或者采取该措施的部门"),
    "entered": Label(
        "`no` where it was published that the party was not put on it.", "公布未列入的，写“否”"
    ),
    "evidence": Label(
        "What supports it; of a source: how much of the decision it shows.",
        "证据；就来源而言，所示决定的完整程度",
    ),
    "expect_open": Label("Facts left unknown on purpose.", "有意留为未知的事实"),
    "fine": Label(
        "An amount, `none`, `unknown`, or `from` and `to`.", "金额、“无”“未知”，或者“自”“至”"
    ),
    "from": Label("The first possible value.", "可能的最小值"),
    "gain": Label("The assumed gain.", "假设的违法所得"),
    "granted": Label("`no` where it was refused.", "未准予的，写“否”"),
    "grounds": Label("The stated reasons for a lighter penalty.", "决定所述从轻、减轻理由"),
    "joint_measures": Label(
        "Joint measures that were announced for the party.", "对当事人公布的联合惩戒措施"
    ),
    "law": Label("The article behind it.", "所依据的条文"),
    "lists": Label(
        "Lists that the party was put on, or was not put on.", "当事人被列入或者未被列入的名单"
    ),
    "measures": Label("Other measures of the decision.", "决定的其他措施"),
    "minimum": Label("The shortest time before the repair.", "修复前的最短期限"),
    "name": Label("How the file calls it; mask natural persons.", "名称；自然人应作匿名处理"),
    "notes": Label("Remarks.", "备注"),
    "of": Label("The list or benefit that the measure goes with.", "该措施所属的名单或者激励"),
    "on": Label("The date of the source.", "来源的日期"),
    "one_of": Label("It is one of these.", "其中之一"),
    "other": Label("In words, what the rules do not hold.", "规则库未收录的，用文字写明"),
    "proposed": Label("`yes` where only a proposal was published.", "仅公布拟处罚的，写“是”"),
    "recorded_by": Label(
        "The office that recorded it; no person's name.", "记录机构，不写个人姓名"
    ),
    "repairs": Label(
        "Repairs that were granted or refused, or how soon one may be.",
        "准予或者未准予的修复，或者可修复的最短期限",
    ),
    "respondent": Label("The name of the party.", "当事人名称"),
    "site": Label("Where it was published.", "公布网站"),
    "source": Label("The document that says so.", "载明该事实的材料"),
    "sources": Label("Where the decision was published.", "决定的公布来源"),
    "term": Label("How long it lasts.", "期限"),
    "text": Label("What is assumed, and why.", "假设内容及理由"),
    "title": Label("The title.", "标题"),
    "to": Label("The last possible value.", "可能的最大值"),
    "unknown": Label("`yes`: nothing is known.", "写“是”：未知"),
    "until": Label("Its last day.", "截止日"),
    "url": Label("The address.", "网址"),
    "value": Label("The value.", "值"),
}
"""What an editor says of each key that is no fact."""

_CODE_CHARACTER = "[0-9A-HJ-NPQRTUWXY]"


def _ecma(pattern: str) -> str:
    """Return a pattern of the reader for ECMAScript: groups without names, any run of spaces."""
    return re.sub(r"\?P<\w+>", "?:", pattern).replace(" ?", " *")


_AMOUNT = _ecma(NUMBER)
_POSITIVE = _AMOUNT.replace("[+-]?", "[+]?")
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_DAYS = (
    f"(?:[0-9]{{4}}(?:-{_MONTH}(?:-{_DAY})?)?"
    "|[0-9]{4}年(?:(?:0?[1-9]|1[0-2])月(?:(?:0?[1-9]|[12][0-9]|3[01])日)?)?)"
)
_PLACE = (
    r"(?:(?:art|part)\s*[0-9]+(?:-[0-9]+)?(?:\([0-9]+\)){0,3}"
    r"|第[0-9]+(?:条|部分)(?:之[0-9]+)?(?:第[0-9]+款)?(?:第[0-9]+项)?(?:第[0-9]+目)?)"
)


def _matching(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$", "examples": list(examples)}


def _money(number: str) -> dict[str, Any]:
    pattern = f"{number} *[万亿]? *(?:yuan|元)|{number} *(?:fen|分)"
    return _matching(pattern, "200_000 yuan", "20万元")


def _cased(word: str) -> str:
    return "".join(f"[{char.upper()}{char}]" for char in word)


def truth_schema(*, value: bool) -> dict[str, Any]:
    """Return the forms of a yes, or those of a no."""
    words, plain = (("yes", "是"), "true") if value else (("no", "否"), "false")
    return {"anyOf": [{"enum": [*words, value]}, _matching(f"{_cased(words[0])}|{_cased(plain)}")]}


SCALARS: Mapping[str, dict[str, Any]] = {
    "yes_no": {"anyOf": [truth_schema(value=True), truth_schema(value=False)]},
    "money": _money(_AMOUNT),
    "money_from_0": _money(_POSITIVE),
    # To an editor `3` is a number, `3_000` and `3万` are texts.
    "count": {"anyOf": [{"type": "integer"}, {"$ref": "#/$defs/count_text"}]},
    "count_text": _matching(f"{_POSITIVE} *[万亿]?", "1_200", "3万"),
    "rate": _matching(f"{_AMOUNT} *%", "5 %"),
    "date": {
        "anyOf": [
            # To an editor the year `2016` is a number.
            {"type": "integer", "minimum": 1000, "maximum": 9999},
            _matching(
                f"{_DAYS}|(?:{_DAYS} +)?to +{_DAYS}|(?:{_DAYS} *)?至 *{_DAYS}",
                "2016-05-03",
                "2016-05",
                "2016-01-01 to 2016-03-31",
                "2016年5月",
            ),
        ]
    },
    "period": _matching(_ecma(PERIOD.pattern), "30 days", "15 working days", "30日"),
    "text": {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]},
    "unified_social_credit_code": {
        "anyOf": [
            _matching(f"{_CODE_CHARACTER}{{2}}[0-9]{{6}}{_CODE_CHARACTER}{{10}}"),
            {"type": "integer"},
        ]
    },
    "masked_personal_id": _matching(r"(?=(?:[^*]*\*){8})[0-9*]{17}[0-9X*]"),
    "citation": _matching(rf"\S+\s+{_PLACE}", "AUCL-2019 art 20(1)", "AUCL-2019 第20条第1款"),
    "label": {
        "anyOf": [
            {"$ref": "#/$defs/text"},
            {
                "type": "object",
                "properties": {"en": {"$ref": "#/$defs/text"}, "zh": {"$ref": "#/$defs/text"}},
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    },
}
"""The forms of each kind of value, under the names by which the schema refers to them."""
