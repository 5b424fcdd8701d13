"""Names of provisions, facts, days and assumptions in both languages."""

import datetime

import pytest

from lawengine.base.citation import Article, Citation, parse_citation
from lawengine.base.label import Label
from lawengine.deciding.decision import Assumed
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, FactKey, Known, Within
from lawengine.evaluation.states import EXCLUDED
from lawengine.evaluation.trace import Need, Question
from lawengine.model.rulebook import Rulebook
from lawengine.reports.naming import Names, chinese_place, need_label, need_question

ACT = "respondents[1].acts[1]"
DAY = datetime.date


def cited(*texts: str) -> tuple[Citation, ...]:
    found = [parse_citation(text) for text in texts]
    return tuple(citation for citation in found if citation is not None)


def assumed(fact: str, domain: Domain) -> Assumed:
    return Assumed(FactKey(ACT, "act", fact), domain, Label(fact, fact))


def asked(*, met: bool, tier: int = -1, band: int = -1, wording: str = "") -> Assumed:
    question = Question("APL.limitation", tier, band, wording)
    return Assumed(question, Known(met), Label("asked", "问"))


def test_one_instrument_is_named_once(english: Names, chinese: Names) -> None:
    law = cited("AUCL-2019 art 8(1)", "AUCL-2019 art 8(2)", "APL-2021 art 32(1)(3)")

    assert english.citations(law) == "AUCL-2019 art 8(1), art 8(2), APL-2021 art 32(1)(3)"
    assert chinese.citations(law) == (
        "《反不正当竞争法》（2019年修正）第八条第一款、第八条第二款、"
        "《行政处罚法》（2021年修订）第三十二条第一款第（三）项"
    )


def test_an_instrument_without_a_version_in_its_title(chinese: Names, english: Names) -> None:
    assert chinese.citations(cited("ECL-2018 art 85")) == "《电子商务法》第八十五条"
    assert english.title("ECL-2018") == "E-commerce Law"


def test_an_instrument_that_nobody_knows(english: Names, chinese: Names) -> None:
    assert english.title("XYZ-1") == "XYZ-1"
    assert chinese.title("XYZ-1") == "《XYZ-1》"


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (Article(12, (0, 3)), "第十二条第（三）项"),
        (Article(120, (1,), inserted=1), "第一百二十条之一第一款"),
        (Article(3, part=True), "第三部分"),
        (Article(20_000), "第20000条"),
    ],
)
def test_places_as_chinese_statutes_are_cited(article: Article, expected: str) -> None:
    assert chinese_place(article) == expected


@pytest.mark.parametrize(
    ("domain", "english_words", "chinese_words"),
    [
        (Known(DAY(2020, 6, 18)), "2020-06-18", "2020年6月18日"),
        (Within(DAY(2016, 1, 1), DAY(2016, 12, 31)), "2016", "2016年"),
        (Within(DAY(2016, 2, 1), DAY(2016, 2, 29)), "2016-02", "2016年2月"),
        (Within(DAY(2016, 2, 1), DAY(2016, 2, 28)), "2016-02-01 to 2016-02-28", None),
        (Within(DAY(2016, 1, 2), DAY(2016, 12, 31)), "2016-01-02 to 2016-12-31", None),
        (Within(DAY(2015, 1, 1), DAY(2016, 12, 31)), "2015-01-01 to 2016-12-31", None),
        (Within(None, DAY(2016, 12, 31)), "on or before 2016-12-31", "不晚于2016-12-31"),
        (UNKNOWN, "not known", "未知"),
    ],
)
def test_days(
    english: Names,
    chinese: Names,
    domain: Domain,
    english_words: str,
    chinese_words: str | None,
) -> None:
    assert english.days(domain) == english_words
    if chinese_words is not None:
        assert chinese.days(domain) == chinese_words


def test_assumptions_as_one_condition(english: Names, chinese: Names) -> None:
    both = [
        assumed("serious", Known(value=False)),
        assumed("ended_on", Within(DAY(2016, 1, 1), DAY(2016, 12, 31))),
        assumed("illegal_gain", Within(None, 10_000_000)),
        assumed("kind", Among(frozenset({"other"}))),
    ]

    assert english.assumptions(both) == (
        "if not “serious circumstances” and “Ended on” is 2016 and “Illegal gain” is at most "
        "100,000 yuan and “Kind” is other conduct"
    )
    assert chinese.assumptions(both).startswith(
        "若非“情节严重”，且“终了日”为2016年，且“违法所得”为"
    )
    assert english.assumptions([assumed("serious", Known(value=True))]) == (
        "if “serious circumstances”"
    )
    assert english.assumptions([]) == ""


def test_questions_as_conditions(english: Names) -> None:
    rule = "“Not discovered within the term of limitation”"
    cases = [
        (asked(met=True), f"if {rule} applies"),
        (asked(met=False), f"if {rule} does not apply"),
        (asked(met=True, tier=1), f"if step 2 of {rule} applies"),
        (
            asked(met=False, tier=0, band=1),
            f"if alternative 2 of the fine in {rule} does not apply",
        ),
        (asked(met=True, tier=EXCLUDED), f"if {rule} gives way to another rule"),
    ]

    assert [english.assumptions([found]) for found, _ in cases] == [text for _, text in cases]


def test_questions_of_several_laws_name_theirs(english: Names, chinese: Names) -> None:
    both = [
        asked(met=True, wording="2018-01-01"),
        asked(met=False, wording="2021-07-15 decision"),
        asked(met=False, wording="conduct"),
        asked(met=False),
    ]
    rule = "“Not discovered within the term of limitation”"

    assert english.assumptions(both) == (
        f"if {rule} (version of 2018-01-01) applies and {rule} (version of 2021-07-15) does not "
        f"apply and {rule} (law of the act) does not apply and {rule} does not apply"
    )
    assert "（2018年1月1日起施行的文本）成立，且" in chinese.assumptions(both)


def test_terms_are_called_by_the_choice_of_their_name(english: Names, chinese: Names) -> None:
    assert english.term("market_supervision") == "market supervision authority"
    assert chinese.term("business_licence") == "营业执照"
    assert english.term("somebody_else") == "somebody_else"


def test_rules_are_called_by_their_label(english: Names) -> None:
    assert english.rule("APL.limitation") == "Not discovered within the term of limitation"
    assert english.rule("NO.such") == "NO.such"


def test_needs_have_a_label_and_a_question(rulebook: Rulebook) -> None:
    need = Need(FactKey(ACT, "act", "serious"))

    assert need_label(need, rulebook).en == "serious circumstances"
    assert need_question(need, rulebook).en == "Are the circumstances serious?"


def test_a_missing_list_is_called_by_its_elements(rulebook: Rulebook) -> None:
    need = Need(FactKey("respondents[1]", "act", ""))

    assert need_label(need, rulebook) == Label("list of “Act”", "“行为”清单")
    assert not need_question(need, rulebook)
