from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.calendar import Period, Unit
from lawengine.base.money import format_yuan
from lawengine.casebook.scalars import Refusal, parse_scalar
from lawengine.evaluation.facts import Domain, Known, Within
from lawengine.model.types import Kind

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("190000 yuan", 19_000_000),
        ("190_000 yuan", 19_000_000),
        ("190,000 yuan", 19_000_000),
        ("190000元", 19_000_000),
        ("19万元", 19_000_000),
        ("19 万 元", 19_000_000),
        ("１９万元", 19_000_000),
        ("1.5亿元", 15_000_000_000),
        ("0.01 yuan", 1),
        ("19.90元", 1990),
        ("1.00000001亿元", 10_000_000_100),
        ("50 fen", 50),
        ("50分", 50),
        ("-1 yuan", -100),
        ("8000.10 yuan", 800_010),
        ("123456789012345.12 yuan", 12_345_678_901_234_512),
    ],
)
def test_money_is_exact(text: str, fen: int) -> None:
    assert parse_scalar(Kind.MONEY, text) == Known(fen)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Kind.MONEY, "190000", "LAW503"),
        (Kind.MONEY, "19万", "LAW503"),
        (Kind.MONEY, "0.5 fen", "LAW525"),
        (Kind.MONEY, "0.001 yuan", "LAW525"),
        (Kind.MONEY, "1万分", "LAW506"),
        (Kind.MONEY, "1,5 yuan", "LAW506"),
        (Kind.MONEY, "1e5 yuan", "LAW506"),
        (Kind.MONEY, "1_ yuan", "LAW506"),
        (Kind.MONEY, "19 dollars", "LAW506"),
        (Kind.MONEY, "", "LAW506"),
        (Kind.MONEY, "9" * 17 + " yuan", "LAW540"),
        (Kind.MONEY, "0." + "0" * 18 + " yuan", "LAW540"),
        (Kind.MONEY, "9" * 90 + " yuan", "LAW540"),
        (Kind.MONEY, "9" * 5000 + " yuan", "LAW506"),
        (Kind.COUNT, "1.5", "LAW506"),
        (Kind.COUNT, "many", "LAW506"),
        (Kind.COUNT, "1" * 19, "LAW540"),
        (Kind.RATE, "0.05", "LAW506"),
        (Kind.RATE, "1" * 19 + "%", "LAW540"),
        (Kind.PERIOD, "30", "LAW506"),
        (Kind.PERIOD, "-3 days", "LAW506"),
        (Kind.PERIOD, "1" * 19 + " days", "LAW540"),
        (Kind.DATE, "2016-02-30", "LAW504"),
        (Kind.DATE, "2015-02-29", "LAW504"),
        (Kind.DATE, "2016-13", "LAW504"),
        (Kind.DATE, "2016-00", "LAW504"),
        (Kind.DATE, "0000", "LAW504"),
        (Kind.DATE, "2016年2月30日", "LAW504"),
        (Kind.DATE, "2016-02-30 to 2016-03-01", "LAW504"),
        (Kind.DATE, "2016-02-01 to 2016-02-30", "LAW504"),
        (Kind.DATE, "2017 to 2016", "LAW526"),
        (Kind.DATE, "2016 to ", "LAW506"),
        (Kind.DATE, "2016 至", "LAW506"),
        (Kind.DATE, "yesterday", "LAW506"),
        (Kind.DATE, "16-05-03", "LAW506"),
        (Kind.YES_NO, "perhaps", "LAW506"),
        (Kind.TEXT, "  ", "LAW506"),
        (Kind.CHOICE, "anything", "LAW506"),
    ],
)
def test_what_is_not_exactly_said_is_refused(kind: Kind, text: str, code: str) -> None:
    refusal = parse_scalar(kind, text)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize(
    ("kind", "text", "domain"),
    [
        (Kind.YES_NO, "yes", Known(True)),
        (Kind.YES_NO, "True", Known(True)),
        (Kind.YES_NO, "是", Known(True)),
        (Kind.YES_NO, "no", Known(False)),
        (Kind.YES_NO, "FALSE", Known(False)),
        (Kind.YES_NO, "否", Known(False)),
        (Kind.COUNT, "5_000_000", Known(5_000_000)),
        (Kind.COUNT, "500万", Known(5_000_000)),
        (Kind.COUNT, "1.5万", Known(15_000)),
        (Kind.RATE, "5 %", Known(Fraction(1, 20))),
        (Kind.RATE, "12.5％", Known(Fraction(1, 8))),
        (Kind.PERIOD, "30 days", Known(Period(30, Unit.DAY))),
        (Kind.PERIOD, "1 day", Known(Period(1, Unit.DAY))),
        (Kind.PERIOD, "15 working days", Known(Period(15, Unit.WORKING_DAY))),
        (Kind.PERIOD, "15个工作日", Known(Period(15, Unit.WORKING_DAY))),
        (Kind.PERIOD, "3个月", Known(Period(3, Unit.MONTH))),
        (Kind.PERIOD, "2年", Known(Period(2, Unit.YEAR))),
        (Kind.TEXT, " some words ", Known("some words")),
        (Kind.DATE, "2016-05-03", Known(DAY(2016, 5, 3))),
        (Kind.DATE, "2016年5月3日", Known(DAY(2016, 5, 3))),
        (Kind.DATE, "2016", Within(DAY(2016, 1, 1), DAY(2016, 12, 31))),
        (Kind.DATE, "２０１６年", Within(DAY(2016, 1, 1), DAY(2016, 12, 31))),
        (Kind.DATE, "2016-02", Within(DAY(2016, 2, 1), DAY(2016, 2, 29))),
        (Kind.DATE, "2015年2月", Within(DAY(2015, 2, 1), DAY(2015, 2, 28))),
        (Kind.DATE, "2016-01-05 to 2016-03", Within(DAY(2016, 1, 5), DAY(2016, 3, 31))),
        (Kind.DATE, "2016年至2017年3月1日", Within(DAY(2016, 1, 1), DAY(2017, 3, 1))),
        (Kind.DATE, "2016-05-03 to 2016-05-03", Known(DAY(2016, 5, 3))),
        (Kind.DATE, "to 2025", Within(None, DAY(2025, 12, 31))),
        (Kind.DATE, "9999", Within(DAY(9999, 1, 1), DAY(9999, 12, 31))),
    ],
)
def test_words_become_values(kind: Kind, text: str, domain: Domain) -> None:
    assert parse_scalar(kind, text) == domain


@pytest.mark.parametrize("text", ["2016-5-3", "2016/05/03", "2016.5.3"])
def test_a_date_in_another_order_of_signs_is_suggested_rightly(text: str) -> None:
    refusal = parse_scalar(Kind.DATE, text)
    assert isinstance(refusal, Refusal)
    assert refusal.suggestion == "2016-05-03"


@given(st.integers(-(10**17), 10**17), st.sampled_from(["en", "zh"]))
def test_every_amount_reads_back_as_it_is_printed(fen: int, language: str) -> None:
    text = format_yuan(fen, "zh" if language == "zh" else "en")
    assert parse_scalar(Kind.MONEY, text) == Known(fen)


@given(st.sampled_from(sorted(Kind)), st.text(max_size=120))
def test_any_text_is_a_value_or_a_refusal(kind: Kind, text: str) -> None:
    assert isinstance(parse_scalar(kind, text), Known | Within | Refusal)
