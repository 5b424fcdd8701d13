"""A good case file, and every bad one: a clear diagnostic each, with its line."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.citation import Article, Citation
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.base.source import Source
from lawengine.casebook import CaseFile, NoFine, SourceEvidence, read_case
from lawengine.casebook.findings import MAX_FINDINGS
from lawengine.casebook.writing import written_entry
from lawengine.evaluation.facts import UNKNOWN, Among, Evidence, FactKey, Known, Within
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Vocabulary
from tests import small

FOLDER = Path(__file__).parents[2] / "fixtures" / "casebook"
GOOD = (FOLDER / "good.yaml").read_text(encoding="utf-8")
SHORT = """\
case: a-case
decided_on: 2016-05-03
respondents:
  - name: agency
    acts:
      - kind: false_publicity
        ended_on: 2016-01-31
"""
DAY = datetime.date


def read(text: str, rulebook: Rulebook) -> list[Diagnostic]:
    found = read_case(Source("x.yaml", text), rulebook)
    # Every message fills its places, in both languages.
    for diagnostic in found.diagnostics:
        for language in ("en", "zh"):
            assert "{" not in diagnostic.message("en" if language == "en" else "zh")
        assert diagnostic.help("en") is not None
        assert diagnostic.help("zh") is not None
    has_errors = any(d.severity is Severity.ERROR for d in found.diagnostics)
    assert (found.case is None) == has_errors
    return list(found.diagnostics)


def test_a_mistake_in_a_chinese_file_is_told_in_its_own_words() -> None:
    text = "当事人:\n  - 行为:\n      - 种类: 刷单炒信\n        终了日: 十月\n"

    told = [found.message("zh") for found in read(text, small.shipped())]

    assert "缺少键“案号”" in told
    assert any(
        message.startswith("“种类”没有选项“刷单炒信”：应为`虚假宣传`、`组织虚假交易`、")
        for message in told
    )
    assert any(message.startswith("“终了日”应为日期，") for message in told)
    assert not any("ended_on" in message or "false_publicity" in message for message in told)


def codes(diagnostics: list[Diagnostic]) -> list[tuple[str, int]]:
    return [(found.code, found.span.line) for found in diagnostics]


@pytest.fixture
def good(rulebook: Rulebook) -> CaseFile:
    found = read_case(FOLDER / "good.yaml", rulebook)
    assert found.diagnostics == ()
    assert found.case is not None
    return found.case


def test_a_short_file_is_enough(rulebook: Rulebook) -> None:
    assert read(SHORT, rulebook) == []


def test_the_facts_are_read(good: CaseFile) -> None:
    assert good.identifier == "brushing-agencies-2016"
    root = good.facts.root
    assert (root.entity, root.path, root.name) == ("case", "", "")
    assert root.facts["decided_on"].domain == Within(DAY(2016, 1, 1), DAY(2016, 12, 31))
    one, two = root.children["party"]
    assert (one.path, one.name) == ("respondents[1]", "agency-a")
    assert one.facts["turnover"].domain == Within(10_000_000_000, None)
    assert one.facts["turnover"].evidence == Evidence(source="a report", on="2016-08")
    (act,) = one.children["act"]
    assert {name: entry.domain for name, entry in act.facts.items()} == {
        "kind": Known("organising_fake_transactions"),
        "ended_on": Within(DAY(2016, 1, 1), DAY(2016, 12, 31)),
        "serious": Known(False),
        "gain": UNKNOWN,
        "shops": Within(1_000, 2_000),
        "share": Known(Fraction(1, 8)),
        "delay": Known(Period(30, Unit.DAY)),
        "note": Known("words"),
        "no_fault": Known(False),
    }
    assert act.facts["kind"].span.line == 11
    assert two.facts["nature"].domain == Among(frozenset({"legal_person", "unincorporated"}))


def test_chinese_names_say_the_same(good: CaseFile) -> None:
    two = good.facts.root.children["party"][1]
    (act,) = two.children["act"]
    assert act.facts["kind"].domain == Known("organising_fake_transactions")
    assert act.facts["ended_on"].domain == Within(DAY(2016, 1, 1), DAY(2016, 6, 30))
    assert act.facts["serious"].evidence.because == "影响恶劣"


def test_a_reason_may_be_given_in_both_languages(rulebook: Rulebook) -> None:
    block = "serious: {value: yes, because: {en: five million fakes, zh: 虚假交易五百万笔}}"
    case = read_case(Source("x.yaml", f"{SHORT}        {block}\n"), rulebook).case
    assert case is not None
    act = case.facts.root.children["party"][0].children["act"][0]
    said = Label("five million fakes", "虚假交易五百万笔")
    assert act.facts["serious"].evidence == Evidence(because=said)

    fact = rulebook.vocabulary.fact("act", "serious")
    written = written_entry(act.facts["serious"], fact)
    again = SHORT + f"        serious: {written}\n"
    found = read_case(Source("x.yaml", again), rulebook)
    assert found.diagnostics == ()
    assert found.case is not None
    assert found.case.facts == case.facts


@pytest.mark.parametrize(
    ("because", "code"),
    [("{en: a, fr: b}", "LAW520"), ("{}", "LAW506"), ("[a]", "LAW506"), ("{en: [a]}", "LAW506")],
)
def test_a_reason_in_another_form_is_a_mistake(because: str, code: str, rulebook: Rulebook) -> None:
    text = f"{SHORT}        serious: {{value: yes, because: {because}}}\n"
    assert code in [found.code for found in read(text, rulebook)]


def test_articles_are_read_in_chinese_numerals(good: CaseFile, rulebook: Rulebook) -> None:
    text = GOOD.replace("[AUCL-1993 art 24,", "[AUCL-1993 第二十四条,")
    assert text != GOOD
    found = read_case(Source("good.yaml", text), rulebook).case
    assert found is not None
    assert found.decided == good.decided


def test_a_collection_is_absent_or_empty(good: CaseFile) -> None:
    one, two = good.facts.root.children["party"]
    orders = one.children["act"][0].children["order"]
    assert [order.facts["amount"].domain for order in orders] == [Known(1990), Known(2000)]
    assert orders[1].path == orders[1].name == "respondents[1].acts[1].orders[2]"
    assert two.children["act"][0].children["order"] == ()
    assert orders[0].children == {}


def test_the_sections_are_read(good: CaseFile) -> None:
    assert good.title == Label("Two brushing agencies", "两家刷单机构")
    assert good.notes == Label(zh="备注")
    (assumption,) = good.assumptions
    assert (assumption.name, assumption.respondent) == ("commission-1-percent", "agency-a")
    assert assumption.gain == 850_000_000
    first, second, third, fourth = good.decided
    assert (first.respondent, first.act, first.fine) == ("agency-a", "brushing", Known(19_000_000))
    assert first.measures == (MeasureKind.STOP, MeasureKind.CONFISCATE)
    assert first.articles == (
        Citation("AUCL-1993", Article(24)),
        Citation("AUCL-1993", Article(9, (1,))),
    )
    assert first.articles_unverified
    assert not first.proposed
    assert first.grounds == (Label("a first offence"),)
    assert second.fine == Within(10_000_000, 16_000_000)
    assert second.proposed
    assert second.combined
    assert third.fine == NoFine()
    assert fourth.fine == UNKNOWN
    assert [found.evidence for found in good.sources] == [
        SourceEvidence.SECONDARY,
        SourceEvidence.FULL,
    ]
    assert [found.date for found in good.sources] == ["2020-08", ""]
    assert good.expect_open == (
        FactKey("respondents[1].acts[1]", "act", "gain"),
        FactKey("respondents[2]", "party", "nature"),
    )


BAD_FACTS = [
    ("nature: legal_person", "natur: legal_person", "LAW505", 6, "unknown fact `natur` of Party"),
    ("decided_on: 2016", "decideds_on: 2016", "LAW541", 3, "unknown key `decideds_on`"),
    ("nature: legal_person", "nature: company", "LAW531", 6, "`legal_person`"),
    ("nature: legal_person", "nature: [x]", "LAW506", 6, "one of a list, found a list"),
    ("nature: legal_person", "nature:", "LAW531", 6, "no choice nothing"),
    ("91110000600037341L", "91110000600037341M", "LAW530", 7, "unified social credit code"),
    ("12.5 %", "0.125", "LAW506", 16, "a rate such as `5 %`, found `0.125`"),
    ("12.5 %", "100.5 %", "LAW510", 16, "must be at most 100 %, found 201/2 %"),
    ("{from: 1_000, to: 2_000}", "-1", "LAW510", 15, "at least 0, found -1"),
    ("{from: 1_000, to: 2_000}", "{from: 3, to: 2}", "LAW526", 15, "from 3 to 2"),
    ("{from: 1_000, to: 2_000}", "{from: x, to: 2}", "LAW506", 15, "a whole number, found `x`"),
    ("{from: 1_000, to: 2_000}", "{from: 1, at_most: 2}", "LAW527", 15, "exactly one form"),
    ("{from: 1_000, to: 2_000}", "{value: 1, unknown: yes}", "LAW527", 15, "exactly one form"),
    ("{from: 1_000, to: 2_000}", "{source: a}", "LAW527", 15, "exactly one form"),
    ("{from: 1_000, to: 2_000}", "{one_of: [1, 2]}", "LAW528", 15, "`one_of` does not fit"),
    ("{from: 1_000, to: 2_000}", "{vlaue: 2}", "LAW520", 15, "unknown key `vlaue`"),
    ("delay: 30 days", "delay: {from: 1 day, to: 2 days}", "LAW528", 17, "`from` does not fit"),
    ("delay: 30 days", "delay: a while", "LAW506", 17, "a period such as"),
    ("note: words", "note: ''", "LAW506", 18, "a text, found nothing"),
    ("gain: {unknown: yes}", "gain: 100000", "LAW503", 14, "without a unit: `100000`"),
    ("gain: {unknown: yes}", "gain: 0.001 yuan", "LAW525", 14, "whole number of fen"),
    ("gain: {unknown: yes}", "gain: -1 fen", "LAW510", 14, "at least 0 yuan, found -0.01 yuan"),
    ("gain: {unknown: yes}", "gain: {at_most: -1 fen}", "LAW510", 14, "at least 0 yuan"),
    ("gain: {unknown: yes}", "gain: {unknown: no}", "LAW506", 14, "`gain.unknown` should be `yes`"),
    ("gain: {unknown: yes}", "gain: much", "LAW506", 14, "an amount such as"),
    ("ended_on: 2016", "ended_on: 2016-02-30", "LAW504", 12, "does not exist: `2016-02-30`"),
    ("ended_on: 2016", "ended_on: 2016-2-3", "LAW506", 12, "a date such as"),
    (
        "ended_on: 2016",
        "ended_on: 1993-11-30",
        "LAW507",
        12,
        "the earliest one starts on 1993-12-01",
    ),
    ("ended_on: 2016", "ended_on: to 1992", "LAW507", 12, "ended on 1992-12-31 or before"),
    ("value: no, because", "value: perhaps, because", "LAW506", 13, "`yes` or `no`"),
    ("value: no, because", "one_of: [no], because", "LAW528", 13, "`one_of` does not fit"),
    ("on: 2016-08", "on: 2016-18", "LAW504", 8, "`turnover.on` names a date"),
    ("on: 2016-08", "law: article four", "LAW532", 8, "`article four` is not a citation"),
    ("no_fault: no", "no_fault: yes", "LAW524", 19, "lacks `because`, `evidence`, `recorded_by`"),
    (
        "no_fault: no",
        "no_fault: {value: yes, because: x, recorded_by: y}",
        "LAW524",
        19,
        "lacks `evidence`",
    ),
    ("note: words", "note: words\n        note: more", "LAW508", 19, "`note` stands twice"),
    ("note: words", "note: words\n        说明: 更多", "LAW509", 19, "another name of `note`"),
    ("{金额: 20元, 虚假: 否}", "some order", "LAW506", 22, "a block of keys, found `some order`"),
    ("订单: []", "订单: none", "LAW506", 29, "a list, found `none`"),
    ("[legal_person, 非法人组织]", "[]", "LAW506", 24, "one of a list"),
    ("[legal_person, 非法人组织]", "legal_person", "LAW506", 24, "a list, found"),
    ("[legal_person, 非法人组织]", "[legal_person, 组织]", "LAW531", 24, "no choice `组织`"),
]
BAD_SECTIONS = [
    ("case: brushing-agencies-2016\n", "", "LAW519", 1, "the key `case` is missing"),
    ("case: brushing-agencies-2016", "case: Henan 2016", "LAW539", 1, "not an identifier"),
    ("case: brushing", f"case: {'a' * 90}", "LAW539", 1, "not an identifier"),
    ("case: brushing-agencies-2016", "case:", "LAW506", 1, "`case` should be a text"),
    ("notes: 备注", "notes: [a]", "LAW506", 52, "`notes` should be a text, or a block"),
    ("notes: 备注", "notes: {}", "LAW506", 52, "`notes` should be a text, or a block"),
    ("notes: 备注", "notes: {fr: x}", "LAW520", 52, "unknown key `fr`"),
    ("notes: 备注", "notes: {en: [x]}", "LAW506", 52, "`notes.en` should be a text"),
    ("notes: 备注", "notes: x\n备注: y", "LAW509", 53, "`备注` is another name of `notes`"),
    ("gain: 8_500_000 yuan", "gain: 8_500_000", "LAW503", 34, "`gain` is an amount without"),
    ("gain: 8_500_000 yuan", "gain: [x]", "LAW506", 34, "`gain` should be an amount"),
    ("gain: 8_500_000 yuan\n", "\n", "LAW519", 31, "the key `gain` is missing"),
    (
        "respondent: agency-a\n    gain",
        "respondent: agency-c\n    gain",
        "LAW521",
        33,
        "`agency-c`",
    ),
    (
        "decided:",
        "  - {name: commission-1-percent, text: x, respondent: agency-a, gain: 1 yuan}\ndecided:",
        "LAW529",
        35,
        "two of assumption have the name",
    ),
    ("act: brushing", "act: selling", "LAW521", 37, "there is no act `selling`"),
    ("fine: 190000 yuan", "fine: 190000", "LAW503", 38, "without a unit"),
    ("fine: 190000 yuan", "fine: 0 yuan", "LAW510", 38, "more than 0 yuan, or `none`"),
    ("fine: 190000 yuan", "fine: [1 yuan]", "LAW506", 38, "an amount, `none`, `unknown`"),
    ("    fine: 190000 yuan\n", "", "LAW519", 36, "the key `fine` is missing"),
    ("from: 10万元, to: 160_000 yuan", "from: 10万元", "LAW519", 44, "the key `to` is missing"),
    ("from: 10万元", "from: 17万元", "LAW526", 44, "from 170,000 yuan to 160,000 yuan"),
    ("from: 10万元", "from: 0元", "LAW510", 44, "more than 0 yuan"),
    ("[order_to_stop, 没收]", "[order_to_stopp]", "LAW531", 39, "no choice `order_to_stopp`"),
    ("[order_to_stop, 没收]", "order_to_stop", "LAW506", 39, "a list"),
    ("[order_to_stop, 没收]", "[[x]]", "LAW506", 39, "a text, found a list"),
    ("[AUCL-1993 art 24,", "[article 24,", "LAW532", 40, "`article 24` is not a citation"),
    ("articles_unverified: true", "articles_unverified: maybe", "LAW506", 41, "`yes` or `no`"),
    ("articles_unverified: true", "articles_unverified: [x]", "LAW506", 41, "`yes` or `no`"),
    ("proposed: yes", "proposed: yes\n    拟处罚: 是", "LAW509", 46, "another name of `proposed`"),
    ("{respondent: agency-b, fine: unknown}", "{fine: unknown}", "LAW519", 48, "`respondent`"),
    ("proposed: yes", "propsed: yes", "LAW520", 45, "unknown key `propsed`"),
    ("{respondent: agency-b, fine: unknown}", "nothing", "LAW506", 48, "a block of keys"),
    ("{respondent: agency-b, fine: unknown}", "{respondent: [x], fine: 无}", "LAW506", 48, "text"),
    ("evidence: secondary", "evidence: hearsay", "LAW531", 50, "`full`, `partial`, `secondary`"),
    ("https://example.org/1", "example.org", "LAW506", 50, "an address such as"),
    ("date: 2020-08,", "date: 2020-18,", "LAW504", 50, "does not exist"),
    ("[2].nature", "[2].natur", "LAW533", 53, "leads to no fact"),
    ("[2].nature", "[3].nature", "LAW533", 53, "leads to no fact"),
    ("[2].nature", "[1].nature", "LAW534", 53, "the file says what it is"),
    ('expect_open: ["r', 'expect_open: ["x", "r', "LAW533", 53, "`x` leads to no fact"),
    ('expect_open: ["r', 'expect_open: [[], "r', "LAW506", 53, "a text, found a list"),
]


@pytest.mark.parametrize(("old", "new", "code", "line", "words"), BAD_FACTS + BAD_SECTIONS)
def test_a_mistake_has_one_clear_diagnostic(
    rulebook: Rulebook, old: str, new: str, code: str, line: int, words: str
) -> None:
    assert old in GOOD
    (found,) = read(GOOD.replace(old, new, 1), rulebook)
    assert (found.code, found.span.line) == (code, line)
    assert words in found.message("en")
    assert found.span.path == "x.yaml"


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("", "LAW518", 1, "empty"),
        ("# nothing\n", "LAW518", 1, "empty"),
        ("just words", "LAW506", 1, "`file` should be a block of keys, found `just words`"),
        ("- a\n", "LAW506", 1, "found a list"),
        ("case: a\nx: 'open\n", "LAW511", 3, "not well-formed"),
        ("case: a\nrespondents:\n\t- name: b\n", "LAW512", 3, "tab"),
        ("case: a\nb:\n  c: d\n\te: f\n", "LAW512", 4, "tab"),
        ("case: a\n---\ncase: b\n", "LAW517", 2, "a second document"),
        ("case: a\x00b\n", "LAW513", 1, "U+0000"),
        ("case: a\nb: c\u2028d\n", "LAW513", 2, "U+2028"),
        ("case: a\rb: c\n", "LAW513", 1, "U+000D"),
        ("case: a\nb: \ud800\n", "LAW513", 2, "U+D800"),
        ("case: &x a\n", "LAW515", 1, "anchors"),
        ("case: *x\n", "LAW515", 1, "anchors"),
        ("case: !!python/object:os.system a\n", "LAW515", 1, "tags"),
        ("case: a\nb: " + "[" * 30 + "]" * 30, "LAW516", 2, "deeper than 20 levels"),
        ("[a]: b\n", "LAW511", 1, "not well-formed"),
        ("x" * 5_000_001, "LAW514", 1, "larger than 5 MB"),
    ],
)
def test_what_is_no_case_file_is_refused_at_once(
    rulebook: Rulebook, text: str, code: str, line: int, words: str
) -> None:
    (found,) = read(text, rulebook)
    assert (found.code, found.span.line) == (code, line)
    assert words in found.message("en")


def test_a_byte_order_mark_moves_nothing(rulebook: Rulebook) -> None:
    text = "\ufeff" + SHORT.replace("2016-01-31", "2016-01-32")
    (found,) = read(text, rulebook)
    assert (found.code, found.span.line, found.span.column) == ("LAW504", 7, 19)


def test_windows_line_ends_are_fine(rulebook: Rulebook) -> None:
    assert read(SHORT.replace("\n", "\r\n"), rulebook) == []


@pytest.mark.parametrize(
    ("old", "new", "suggestion"),
    [
        ("nature:", "natur:", "nature"),
        ("性质:", "性 质:", "性质"),
        ("respondents:", "respondent:", "respondents"),
        ("expect_open:", "expect-open:", "expect_open"),
        ("kind: organising_fake_transactions", "kind: organising_fake", ""),
        ("kind: organising_fake", "kind: organizing_fake", "organising_fake_transactions"),
        ("ended_on: 2016", "ended_on: 2016/01/02", "2016-01-02"),
        ("act: brushing", "act: brushin", "brushing"),
        ("acts[1].gain", "acts[1].gains", "gain"),
    ],
)
def test_a_slip_gets_a_suggestion(rulebook: Rulebook, old: str, new: str, suggestion: str) -> None:
    found = read(GOOD.replace(old, new, 1), rulebook)
    assert suggestion in [diagnostic.suggestion for diagnostic in found]


def test_a_misspelt_list_of_respondents_is_one_mistake(rulebook: Rulebook) -> None:
    found = read(SHORT.replace("respondents:", "respondent:"), rulebook)
    assert codes(found) == [("LAW541", 3)]
    found = read(SHORT.replace("    acts:", "    act:"), rulebook)
    assert codes(found) == [("LAW505", 5)]


def test_a_name_is_a_text_of_its_own(rulebook: Rulebook) -> None:
    again = SHORT[SHORT.index("  - name") :]
    (found,) = read(SHORT + again, rulebook)
    assert (found.code, found.span.line) == ("LAW529", 8)
    assert "two of Party have the name `agency`" in found.message("en")
    (found,) = read(SHORT.replace("name: agency", "name: [agency]"), rulebook)
    assert (found.code, found.span.line) == ("LAW506", 4)
    assert "`respondents[1].name` should be a text, found a list" in found.message("en")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("case: a\n", 1, "Case has no `respondents`"),
        ("case: a\nrespondents: []\n", 1, "Case has no `respondents`"),
        ("case: a\nrespondents:\n  - name: b\n", 3, "`b` has no `acts`"),
        ("case: a\nrespondents:\n  - name: b\n    acts: []\n", 3, "`b` has no `acts`"),
        ("case: a\nrespondents:\n  - {name: b, acts: [], turnover: {unknown: yes}}\n", 3, "`acts`"),
    ],
)
def test_a_case_is_about_somebody_of_whom_something_is_known(
    rulebook: Rulebook, text: str, line: int, words: str
) -> None:
    (found,) = read(text, rulebook)
    assert (found.code, found.span.line) == ("LAW522", line)
    assert words in found.message("en")


@pytest.mark.parametrize("known", ["turnover: 5 yuan", "nature: 法人"])
def test_a_party_need_have_done_nothing(rulebook: Rulebook, known: str) -> None:
    case = Source("case.yaml", f"case: a\nrespondents:\n  - name: b\n    {known}\n")
    found = read_case(case, rulebook)

    assert found.diagnostics == ()
    assert found.case is not None
    (party,) = found.case.facts.root.children["party"]
    assert not party.children.get("act")


def test_a_judgement_without_a_reason_is_a_warning(rulebook: Rulebook) -> None:
    (found,) = read(SHORT + "        serious: yes\n", rulebook)
    assert (found.code, found.severity) == ("LAW523", Severity.WARNING)
    assert read(SHORT + "        serious: {unknown: yes}\n", rulebook) == []
    assert read(SHORT + "        serious: {value: yes, because: x}\n", rulebook) == []


def test_a_claimed_ground_with_all_it_owes_is_fine(rulebook: Rulebook) -> None:
    claimed = "{value: yes, because: x, evidence: y, recorded_by: z}"
    assert read(f"{SHORT}        no_fault: {claimed}\n", rulebook) == []


@pytest.mark.parametrize(
    ("name", "warned"), [("张伟", True), ("张某", False), ("当事人甲", False), ("agency", False)]
)
def test_a_natural_person_is_not_named(rulebook: Rulebook, name: str, warned: bool) -> None:
    text = SHORT.replace("name: agency", f"name: {name}\n    nature: natural_person")
    assert [found.code for found in read(text, rulebook)] == (["LAW537"] if warned else [])
    company = text.replace("natural_person", "legal_person")
    assert read(company, rulebook) == []


def test_the_second_of_two_is_shown_with_the_first(rulebook: Rulebook) -> None:
    (found,) = read(SHORT + "case: b\n", rulebook)
    assert found.code == "LAW508"
    assert [(note.span.line, note.label.en) for note in found.notes] == [(1, "first here")]
    (found,) = read(SHORT + "决定日期: 2017\n", rulebook)
    assert found.code == "LAW509"
    assert [note.span.line for note in found.notes] == [2]


def test_an_act_before_any_law_points_to_the_earliest(rulebook: Rulebook) -> None:
    (found,) = read(SHORT.replace("2016-01-31", "1990"), rulebook)
    assert found.code == "LAW507"
    (note,) = found.notes
    assert note.span.path.endswith("small.law")


def test_an_act_on_the_first_day_of_the_law_is_read(rulebook: Rulebook) -> None:
    assert read(SHORT.replace("2016-01-31", "1993-12-01"), rulebook) == []
    assert read(SHORT.replace("2016-01-31", "1993"), rulebook) == []


def test_without_rules_no_act_is_too_early(rulebook: Rulebook) -> None:
    bare = Rulebook(rulebook.vocabulary, {}, {}, {}, {})
    assert read(SHORT.replace("2016-01-31", "1990"), bare) == []


def test_without_a_vocabulary_every_fact_is_unknown() -> None:
    bare = Rulebook(Vocabulary({}, {}), {}, {}, {}, {})
    assert codes(read(SHORT, bare)) == [("LAW541", 2), ("LAW541", 3)]
    assert read("case: a\n", bare) == []


def test_all_mistakes_are_told_at_once_in_order(rulebook: Rulebook) -> None:
    text = GOOD
    changed = []
    for old, new, code, line, _ in BAD_FACTS:
        if code in {"LAW503", "LAW504", "LAW530", "LAW531"} and text.count(old) == 1:
            text = text.replace(old, new, 1)
            changed.append((code, line))
    assert len(changed) >= 5
    assert codes(read(text, rulebook)) == sorted(changed, key=lambda found: found[1])


def test_endless_mistakes_end(rulebook: Rulebook) -> None:
    many = "".join(f"k{number}: 1\n" for number in range(2 * MAX_FINDINGS))
    found = read(SHORT + many, rulebook)
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1].code == "LAW536"
    twice = read(SHORT + "case: b\n" * 2 * MAX_FINDINGS, rulebook)
    assert len(twice) == MAX_FINDINGS + 1
