"""Conditions and values in words, in both languages."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Known, Within
from lawengine.explanation.argue import Argument
from lawengine.explanation.phrasing import domain_label, phrase, value_label
from lawengine.explanation.reason import Amount, Bilingual
from lawengine.model.expressions import Defined, Expression
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import COUNT, DATE, MONEY, PERIOD, RATE, TEXT, YES_NO, Kind, Type
from tests import small

COLOUR = Type(Kind.CHOICE, "act.kind")
EXTRA = """
parameter cap "the cap" / "上限" : money
  is 10 yuan from 2000-01-01 to 2009-12-31 law GEN-2000 art 3
  is 10 yuan from 2010-01-01 law GEN-2010 art 3
define rough "rough" / "粗" as act.a or act.b
  law GEN-2000 art 4
define amount as
  if act.a then 1 yuan
  otherwise act.gain
table band "the band" / "档次" : count, first hit
  | act.number | gives |
  | * | 1 |
rule R "The rule" / "该规则"
  version from 2000-01-01
    law GEN-2000 art 1
    then warn
"""


def probe(text: str) -> tuple[Rulebook, Expression]:
    book = small.rulebook(EXTRA, f"define probe as {text}\n")
    return book, book.definitions["probe"].body


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("act.a", "A", "甲"),
        ("not act.a", "not (A)", "并非（甲）"),
        ("act.a is no", "not: A", "并非：甲"),
        ("act.a is not no", "A", "甲"),
        ("act.a and act.b", "A and B", "甲，且乙"),
        ("act.a or act.b and act.c", "A or (B and C)", "甲，或（乙，且丙）"),
        ("act.kind is red", "Kind is red", "种类为红"),
        ("act.kind is not red", "Kind is not red", "种类不为红"),
        ("act.kind is one of red, green", "Kind is red or green", "种类为红或绿"),
        ("act.gain at least 10 yuan", "Gain is at least 10 yuan", "所得不少于10元"),
        ("act.gain more than cap", "Gain is more than the cap", "所得超过上限"),
        ("act.first before 2010-01-02", "First day is before 2010-01-02", "首日早于2010-01-02"),
        ("act.first at most act.second", "First day is on or before Second day", "首日不晚于次日"),
        ("rough", "rough", "粗"),
        ("band is 1", "the band is 1", "档次为1"),
        ("R established", "the rule “The rule” is established", "规则“该规则”成立"),
        ("act.gain + act.fee", "Gain + Fee", "所得加费用"),
        ("5 % of act.gain rounded down", "5 % of Gain", "所得的5%"),
        ("3 times act.gain", "3 times Gain", "所得的3倍"),
        ("higher of act.gain and act.fee", "the higher of Gain and Fee", "所得与费用中的较高者"),
        ("lower of act.gain and act.fee", "the lower of Gain and Fee", "所得与费用中的较低者"),
        ("count of order", "the number of Order", "订单的数量"),
        ("count of order where fake", "the number of Order (where Fake)", "订单（其中虚假）的数量"),
        ("sum of order.amount", "the sum of Amount of Order", "订单的金额合计"),
        (
            "any order satisfies fake",
            "at least one of Order satisfies: Fake",
            "订单中至少一个满足：虚假",
        ),
        (
            "every order satisfies fake",
            "every one of Order satisfies: Fake",
            "订单中每一个都满足：虚假",
        ),
    ],
)
def test_a_condition_in_words(text: str, english: str, chinese: str) -> None:
    book, expression = probe(text)

    assert phrase(expression, book) == Label(english, chinese)


def test_cases_read_as_what_they_otherwise_give() -> None:
    book = small.rulebook(EXTRA)

    assert phrase(book.definitions["amount"].body, book).en == "Gain"


@pytest.mark.parametrize(
    ("value", "kind", "english", "chinese"),
    [
        (True, YES_NO, "yes", "是"),
        (False, YES_NO, "no", "否"),
        (datetime.date(2010, 1, 2), DATE, "2010-01-02", "2010-01-02"),
        (Period(2, Unit.YEAR), PERIOD, "2 years", "2年"),
        ("red", COLOUR, "red", "红"),
        ("words", TEXT, "words", "words"),
        (20_000_000, MONEY, "200,000 yuan", "20万元"),
        (Fraction(1, 2), MONEY, "0.005 yuan", "0.005元"),
        (Fraction(100, 3), MONEY, "1/3 yuan", "1/3元"),
        (Fraction(1, 8), RATE, "12.5 %", "12.5%"),
        (Fraction(1, 20), RATE, "5 %", "5%"),
        (Fraction(1, 3), RATE, "100/3 %", "100/3%"),
        (12_000, COUNT, "12,000", "12000"),
    ],
)
def test_a_value_in_words(value: object, kind: Type, english: str, chinese: str) -> None:
    label = value_label(value, kind, small.rulebook())  # type: ignore[arg-type]  # both are of one kind by the checks

    assert label == Label(english, chinese)


DAY = datetime.date


@pytest.mark.parametrize(
    ("domain", "kind", "english", "chinese"),
    [
        (UNKNOWN, MONEY, "not known", "未知"),
        (Known(100), MONEY, "1 yuan", "1元"),
        (Within(None, 100), MONEY, "at most 1 yuan", "至多1元"),
        (Within(100, None), MONEY, "at least 1 yuan", "至少1元"),
        (Within(100, 200), MONEY, "1 yuan to 2 yuan", "1元至2元"),
        (Among(frozenset({"red", "blue"})), COLOUR, "blue or red", "蓝或红"),
        (Within(None, DAY(2010, 5, 4)), DATE, "on or before 2010-05-04", "不晚于2010-05-04"),
        (Within(DAY(2010, 5, 4), None), DATE, "on or after 2010-05-04", "不早于2010-05-04"),
        (Within(DAY(2010, 5, 4), DAY(2010, 5, 9)), DATE, "2010-05-04 to 2010-05-09",
         "2010-05-04至2010-05-09"),
        (Within(DAY(2016, 1, 1), DAY(2016, 12, 31)), DATE, "2016", "2016年"),
        (Within(DAY(2016, 2, 1), DAY(2016, 2, 29)), DATE, "2016-02", "2016年2月"),
        (Within(DAY(2016, 2, 1), DAY(2016, 2, 28)), DATE, "2016-02-01 to 2016-02-28",
         "2016-02-01至2016-02-28"),
        (Within(DAY(2016, 1, 2), DAY(2016, 12, 31)), DATE, "2016-01-02 to 2016-12-31",
         "2016-01-02至2016-12-31"),
        (Within(DAY(9999, 12, 1), DAY(9999, 12, 31)), DATE, "9999-12-01 to 9999-12-31",
         "9999-12-01至9999-12-31"),
    ],
)  # fmt: skip
def test_what_is_known_in_words(domain: Domain, kind: Type, english: str, chinese: str) -> None:
    assert domain_label(domain, kind, small.rulebook()) == Label(english, chinese)


# --- reasons --------------------------------------------------------------------------------------


def argued(text: str, **facts: object) -> tuple[object, ...]:
    book = small.rulebook(EXTRA, f"define probe as {text}\n")
    view = small.view(book, small.case(book, {"ended_on": "2010-05-05", **facts}))
    finding = evaluate(Defined("probe", book.definitions["probe"].body.type), view)
    (reason,) = Argument(book).of(finding).children
    return reason.code, reason.truth, tuple(c.text("en") for c in reason.law), len(reason.children)


def test_a_reason_tells_what_it_rests_on() -> None:
    assert argued("act.a", a=True) == ("fact", Truth.TRUE, (), 0)
    assert argued("act.grave", grave=True) == ("judged", Truth.TRUE, (), 0)
    assert argued("act.grave") == ("fact", Truth.UNKNOWN, (), 0)
    assert argued("act.excused") == ("presumed", Truth.FALSE, ("GEN-2000 art 1",), 0)
    assert argued("act.excused", excused=True) == ("judged", Truth.TRUE, (), 0)
    assert argued("rough", a=True) == ("condition", Truth.TRUE, ("GEN-2000 art 4",), 1)
    assert argued("act.gain at least 1 yuan", gain=5) == ("condition", Truth.TRUE, (), 1)
    assert argued("act.gain + act.fee", gain=5, fee=6) == ("value", None, (), 2)
    assert argued("cap")[:2] == ("figure", None)


def test_amounts_and_labels_say_themselves() -> None:
    assert Amount(20_000_000).text("zh") == "20万元"
    assert isinstance(Amount(1), Bilingual)
    assert isinstance(Label("a"), Bilingual)
    assert not isinstance("text", Bilingual)


def test_a_reason_walks_down_to_every_part() -> None:
    book = small.rulebook(EXTRA, "define probe as rough and act.c\n")
    view = small.view(book, small.case(book, {}))
    finding = evaluate(Defined("probe", YES_NO), view)

    codes = [reason.code for reason in Argument(book).of(finding).walk()]

    assert codes == ["condition", "condition", "condition", "condition", "fact", "fact", "fact"]
    assert {str(key) for key in finding.facts()} == set()
