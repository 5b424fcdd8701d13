"""The schema of case files and the reader of case files: what one takes, the other takes."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lawengine.base.label import LANGUAGES, Language
from lawengine.base.source import Source
from lawengine.casebook import read_case
from lawengine.casebook.schema import case_schema, schema_text
from lawengine.model.rulebook import Rulebook
from tests import published, small
from tests.editor import complaints
from tests.fuzz.cases import small_rulebook

CASE = """\
case: a-shop
decided_on: 2021-08-01
respondents:
  - name: agency
    nature: legal_person
    acts:
      - name: brushing
        kind: false_publicity
        ended_on: 2020-06-18
        {line}
"""

TAKEN = [
    "serious: yes",
    "serious: No",
    "serious: TRUE",
    "serious: 是",
    "情节严重: {值: 否, 理由: 首次}",
    "Serious: {unknown: yes}",
    "serious: {unknown: 是}",
    "gain: 200_000 yuan",
    "gain: 20万元",
    "gain: 1.5亿元",
    "gain: 1,000,000.50 元",
    "gain: 0 yuan",
    "gain: 35 fen",
    "gain: {from: 1 yuan, to: 2 yuan}",
    "违法所得: {不少于: 1元}",
    "gain: {at_most: 3 yuan, source: ledger, on: 2021-01, law: AUCL-2019 第20条第1款}",
    "shops: 3",
    "shops: 3_000",
    "shops: 3万",
    "shops: {at_least: 2}",
    "share: 5 %",
    "share: 12.5%",
    "delay: 30 days",
    "delay: 15个工作日",
    "delay: 2 years",
    "note: some words",
    "note: 2016",
    "note: true",
    "no_fault: no",
    "no_fault: {value: 否}",
    "no_fault: {value: yes, because: a, evidence: b, recorded_by: c}",
    "没有过错: {值: 是, 理由: a, 证据: b, 记录人: c}",
    "no_fault: {unknown: yes}",
    "orders: []",
    "orders: [{amount: 3 yuan, fake: yes}, {name: second}]",
    "orders: [{金额: 3元}]",
]

REFUSED = [
    "seriuos: yes",
    "serious: perhaps",
    "serious: 1",
    "serious:",
    "serious: [yes]",
    "gain: 200_000",
    "gain: 200000",
    "gain: -1 yuan",
    "gain: 20 dollars",
    "gain: 万元",
    "gain: 2万分",
    "gain: {from: 1 yuan, at_most: 2 yuan}",
    "gain: {value: 1 yuan, to: 2 yuan}",
    "gain: {value: 1 yuan, sorce: ledger}",
    "gain: {source: ledger}",
    "gain: {value: 1 yuan, law: somewhere}",
    "gain: {value: 1 yuan, on: yesterday}",
    "gain: {one_of: [1 yuan, 2 yuan]}",
    "shops: 3.5",
    "shops: -3",
    "shops: three",
    "share: 5",
    "share: 0.05",
    "delay: 30",
    "delay: 30 moons",
    "note:",
    "note: {value: ''}",
    "no_fault: yes",
    "no_fault: {value: yes, because: a}",
    "no_fault: {值: 是, 理由: a, 证据: b}",
    "no_fault: {value: YES, because: a}",
    "unknown: yes",
    "serious: {unknown: no}",
    "orders: {amount: 3 yuan}",
    "orders: [{amount: 3}]",
    "orders: [{kind: false_publicity}]",
]

ELSEWHERE = [
    ("case: a-shop", "case: A shop"),
    ("case: a-shop", "title: x"),
    ("kind: false_publicity", "kind: fake_publicity"),
    ("kind: false_publicity", "kind: {one_of: []}"),
    ("kind: false_publicity", "kind: {from: false_publicity}"),
    ("2020-06-18", "18.6.2020"),
    ("2020-06-18", "2020-13"),
    ("2020-06-18", "2020-00-01"),
    ("2020-06-18", "20200618"),
    ("2020-06-18", "2020年13月"),
    ("2020-06-18", "{from: 2020, to: soon}"),
    ("respondents:", "people:"),
    ("    acts:", "    deeds:"),
    ("nature: legal_person", "credit_code: 9111"),
    ("nature: legal_person", "kind: false_publicity"),
    ("nature: legal_person", "turnover: 9 yuan a day"),
    ("case: a-shop", "case: a-shop\ndecided: [{respondent: agency}]"),
    ("case: a-shop", "case: a-shop\ndecided: [{respondent: agency, fine: 3}]"),
    ("case: a-shop", "case: a-shop\ndecided: [{respondent: agency, fine: -3 yuan}]"),
    ("case: a-shop", "case: a-shop\ndecided: [{respondent: agency, fine: none, articles: [x]}]"),
    ("case: a-shop", "case: a-shop\ndecided: [{respondent: agency, fine: none, measures: [x]}]"),
    ("case: a-shop", "case: a-shop\nsources: [{title: x, site: y, evidence: some}]"),
    ("case: a-shop", "case: a-shop\nsources: [{title: x, site: y, evidence: full, url: here}]"),
    ("case: a-shop", "case: a-shop\ntitle: {fr: bonjour}"),
    ("case: a-shop", "case: a-shop\nassumptions: [{name: a, text: b, respondent: agency}]"),
]


@cache
def schema(language: Language = "en") -> dict[str, Any]:
    return case_schema(small_rulebook(), language)


def taken(text: str, rulebook: Rulebook) -> bool:
    return read_case(Source("case.yaml", text), rulebook).case is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_schema_and_a_text(language: Language) -> None:
    Draft202012Validator.check_schema(schema(language))
    assert json.loads(schema_text(small_rulebook(), language)) == schema(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_is_offered_one_form_of_each_key(language: Language) -> None:
    act = schema(language)["$defs"]["act"]["properties"]

    assert {"kind" in act, "种类" in act} == {True, False}
    assert ("种类" in act) == (language == "zh")
    assert ("行为" in schema(language)["$defs"]["party"]["properties"]) == (language == "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_choices_and_questions_are_told_in_both_languages(language: Language) -> None:
    definitions = case_schema(small.shipped(), language)["$defs"]
    kind = definitions["act.kind"]
    choices = definitions["act.kind choices"]

    assert kind["title"] == {"en": "Kind", "zh": "种类"}[language]
    assert {"Kind", "种类"} <= set(kind["description"].split("\n")[0].split(" / "))
    assert (
        kind["description"].split("\n")[1].startswith({"en": "What did", "zh": "当事人"}[language])
    )
    assert {"false_publicity", "虚假宣传", "false or misleading publicity"} <= set(choices["enum"])
    assert choices["enum"][0] == {"en": "false_publicity", "zh": "虚假宣传"}[language]
    assert choices["enumDescriptions"][0] == "false or misleading publicity / 虚假宣传"
    assert len(choices["enum"]) == len(choices["enumDescriptions"])


def test_every_reference_leads_somewhere() -> None:
    from urllib.parse import unquote

    text = schema_text(small.shipped(), "zh")
    wanted = {unquote(part.split('"')[0]) for part in text.split('"#/$defs/')[1:]}

    assert wanted
    assert wanted <= set(json.loads(text)["$defs"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", TAKEN)
def test_what_the_reader_takes_is_valid(line: str, language: Language) -> None:
    text = CASE.format(line=line)

    assert taken(text, small_rulebook())
    assert complaints(schema(language), text) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", REFUSED)
def test_a_mistake_in_a_fact_is_invalid(line: str, language: Language) -> None:
    text = CASE.format(line=line)

    assert not taken(text, small_rulebook())
    assert complaints(schema(language), text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("right", "wrong"), ELSEWHERE)
def test_a_mistake_elsewhere_is_invalid(right: str, wrong: str, language: Language) -> None:
    text = CASE.format(line="serious: {value: no, because: first time}")
    spoilt = text.replace(right, wrong, 1)

    assert spoilt != text
    assert complaints(schema(language), text) == []
    assert not taken(spoilt, small_rulebook())
    assert complaints(schema(language), spoilt)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("party", "fits"),
    [
        ("{name: b, turnover: 5 yuan}", True),
        ("{turnover: 5 yuan}", True),
        ("{名称: b, nature: legal_person, acts: []}", True),
        ("{name: b}", False),
        ("{名称: b}", False),
    ],
)
def test_of_a_party_something_is_known(party: str, language: Language, *, fits: bool) -> None:
    text = f"case: a\nrespondents:\n  - {party}\n"

    assert taken(text, small_rulebook()) is fits
    assert (complaints(schema(language), text) == []) is fits


PUBLISHED_TAKEN = [
    "lists: [L.black]",
    "lists: [名.黑, Black list, 黑名单, {name: L.black}]",
    "lists: [{name: L.black, entered: no, day: 2011-03, until: 2011-12-31, term: 3 years}]",
    "lists: [{other: {en: x, zh: 甲}}, {other: x, day: 2011}]",
    "列入名单: [{名称: 黑名单, 已列入: 否, 日期: 2011年3月, 期限: 3年}]",
    "joint_measures: [supervised, {name: shown, department: tax, of: L.black, day: 2011}]",
    "联合惩戒措施: [{名称: 公开, 部门: 海关, 所属名单: 名.绿}]",
    "benefits: [绿色通道, {name: L.green, granted: yes, term: 1 year}, {other: x}]",
    "repairs: [{name: L.black, minimum: 6 months}, {名称: 名.黑, 已准予: 是, 日期: 2012}]",
    "fine: 3 yuan\nlists: [L.black]\nmeasures: [warn]",
]
PUBLISHED_REFUSED = [
    "lists: [L.blakc]",
    "lists: [L.green]",
    "lists: []",
    "lists: L.black",
    "lists: [{day: 2011}]",
    "lists: [{name: L.black, other: x}]",
    "lists: [{name: L.black, day: soon}]",
    "lists: [{name: L.black, term: long}]",
    "lists: [{name: L.black, entered: perhaps}]",
    "lists: [{name: L.black, granted: yes}]",
    "joint_measures: [L.black]",
    "joint_measures: [{name: shown, department: taxi}]",
    "joint_measures: [{name: shown, of: shown}]",
    "joint_measures: [{name: shown, until: 2012}]",
    "benefits: [{name: L.green, minimum: 1 year}]",
    "repairs: [{minimum: 1 year}]",
    "measures: [warn]\nlists: [L.black]",
    "act: respondents[1].acts[1]\nlists: [L.black]",
    "proposed: no",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", PUBLISHED_TAKEN)
def test_what_was_published_of_statuses_is_valid(written: str, language: Language) -> None:
    assert published.read(written).diagnostics == ()
    assert complaints(case_schema(published.lists(), language), published.text(written)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", PUBLISHED_REFUSED)
def test_a_mistake_in_what_was_published_is_invalid(written: str, language: Language) -> None:
    assert published.read(written).case is None
    assert complaints(case_schema(published.lists(), language), published.text(written))


def test_rules_without_lists_take_words_alone() -> None:
    text = "case: a-shop\ndecided: [{{respondent: agency, lists: [{}]}}]"
    for written, valid in (("{other: x}", True), ("L.black", False)):
        case = CASE.format(line="serious: {value: no, because: x}").replace(
            "case: a-shop", text.format(written)
        )
        assert taken(case, small_rulebook()) is valid
        assert (complaints(schema(), case) == []) is valid


PIECES = (
    *("1", "20", "2016", "_000", ",000", ".5", ".25", "-05", "-31", "-", "+", " ", "%", "万", "亿"),
    *("yuan", "元", "fen", "分", " to ", "to ", "至", "年", "月", "日", "5", "days", "个工作日"),
)
KEYS = ("gain", "shops", "share", "delay", "ended_on", "note", "serious", "nature")


@settings(max_examples=600)
@given(st.sampled_from(KEYS), st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
def test_the_schema_refuses_no_value_that_the_reader_takes(key: str, pieces: list[str]) -> None:
    text = CASE.replace("        ended_on: 2020-06-18\n", "")
    text = text.format(line=f"{key}: {json.dumps(''.join(pieces), ensure_ascii=False)}")
    if taken(text, small_rulebook()):
        assert complaints(schema(), text) == []
