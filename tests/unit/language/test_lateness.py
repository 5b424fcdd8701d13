"""What lateness adds: texts that lower, print in both languages, and are refused."""

from __future__ import annotations

import pytest

from lawengine.base.label import LANGUAGES
from lawengine.base.source import Source
from lawengine.deciding.scenarios import run_scenario
from lawengine.language.formatting import format_file, format_text
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse
from lawengine.language.resolve import resolve
from lawengine.language.translation import translate
from lawengine.model import expressions as e
from lawengine.model.scenarios import ExpectContradiction, ExpectLate
from lawengine.model.types import COUNT, DATE

VOCABULARY = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日": date, serves as decision_date
  decider "Decider" / "机构": one of harbour_office "harbour office" / "港务局"
entity party of case, listed as parties "Party" / "当事人"
  model "Model" / "诚信典型": yes_no
entity act of party, listed as acts "Act" / "行为"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
entity penalty also 行政处罚 of party, listed as penalties "Penalty" / "行政处罚"
  decided_on "Penalty decided on" / "作出日": date
  paid_on "Paid on" / "缴清日": date
  sum "Sum" / "罚款数额": money
entity seizure also 扣押 of penalty, listed as seizures "Seizure" / "扣押"
  made_on "Made on" / "扣押日": date, at least penalty.decided_on
  lifted_on "Lifted on" / "解除日": date
  value "Value" / "价值": money
  grave "Grave" / "较重": yes_no
"""
DUTY = """duty LAN.pay also 灯笼法.缴纳 of penalty "Pay" / "缴纳"
  dated by penalty.decided_on

  version from 2001-01-01
    law LAN-2001 art 7
    due 15 days from penalty.decided_on
    discharged on penalty.paid_on law LAN-2001 art 8 MARKED
    late adds late_fine law LAN-2001 art 9 MARKED

define late_days also 逾期日数 of penalty "days late" / "逾期的日数" as
  days from last day of LAN.pay + 1 day to case.decided_on
    outside seizure from seizure.made_on to seizure.lifted_on where seizure.grave

define value_days also 价值乘日数 of seizure "value times days" / "价值与日数之积" as
  seizure.value times late_days

define late_fine also 滞纳数额 of penalty "late fine" / "滞纳金" as
  lower of penalty.sum and 3 % of (penalty.sum times late_days + (sum of value_days))
    rounded down

scenario "one day late" / "逾期一日"
  given act.ended_on is 2002-01-01
    1 penalty with penalty.decided_on is 2002-03-01, penalty.sum is 100 yuan
    2 seizure with seizure.made_on is 2002-03-02, seizure.value is 10 yuan
  decided on 2002-03-17
  expect LAN.pay late adds 3 yuan
  because LAN-2001 art 9
""".replace("MARKED", 'status unverified because "from memory" / "凭记忆"').replace(
    "late_days + (sum of value_days))\n    rounded", "late_days + (sum of value_days)) rounded"
)


def read(*texts: str) -> Lowered:
    parsed = [parse(Source(f"{n}.law", text)) for n, text in enumerate([VOCABULARY, *texts])]
    assert [d.message("en") for p in parsed for d in p.diagnostics] == []
    return lower([p.tree for p in parsed], {})


def changed(old: str, new: str, text: str = DUTY) -> str:
    assert old in text
    return text.replace(old, new)


def test_everything_that_was_written_is_kept() -> None:
    lowered = read(DUTY)

    assert [d.message("en") for d in lowered.diagnostics] == []
    book = lowered.rulebook
    (version,) = book.statuses["LAN.pay"].versions
    assert version.late is not None
    assert version.late.unverified.zh == version.endings[0].unverified.zh == "凭记忆"
    assert str(version.late.law[0]) == "LAN-2001 art 9"
    counted = book.definitions["late_days"].body
    assert isinstance(counted, e.DayCount)
    assert counted.type == COUNT
    assert counted.entity == "seizure"
    assert isinstance(counted.first, e.Computed)
    assert counted.first.left == e.LastDay("LAN.pay", DATE)
    (scenario,) = book.scenarios
    assert scenario.expectations == (ExpectLate("LAN.pay", 300),)
    assert version.late.amount not in tuple(version.expressions())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_in_both_languages_and_reads_back(language: str) -> None:
    trees = [parse(Source(f"{n}.law", text)).tree for n, text in enumerate([VOCABULARY, DUTY])]
    symbols = resolve(trees)
    there = format_file(translate(trees[1], symbols, language), language)  # type: ignore[arg-type]  # what is not there fails the test
    tree = parse(Source("there.law", there)).tree
    back = format_file(translate(tree, symbols, "en"), "en")

    assert back == format_text(Source("1.law", DUTY))[0]
    assert format_text(Source("again.law", there)) == (there, ())
    lowered = lower([trees[0], tree], {})
    assert lowered.diagnostics == ()
    assert lowered.rulebook.definitions == read(DUTY).rulebook.definitions
    assert lowered.rulebook.statuses == read(DUTY).rulebook.statuses


def test_chinese_puts_the_words_as_statutes_do() -> None:
    trees = [parse(Source(f"{n}.law", text)).tree for n, text in enumerate([VOCABULARY, DUTY])]
    text = format_file(translate(trees[1], resolve(trees), "zh"), "zh")

    assert "逾期加处 滞纳数额 依据 LAN-2001 第9条" in text
    assert "定义 late_days 又称 逾期日数 属 行政处罚" in text
    assert "日数 自 届满日 灯笼法.缴纳 + 1日 至 案件.决定日" in text
    assert "扣除 扣押 自 扣押.扣押日 至 扣押.解除日 其中" in text
    assert "预期 逾期加处 灯笼法.缴纳 为 3元" in text


PENALTY = "    1 penalty with penalty.decided_on is 2002-03-01, penalty.sum is 100 yuan\n"
RULE = """rule LAN.r "R" / "甲"
  version from 2000-01-01
    law LAN-2000 art 9
    when CONDITION
    then publish
"""
LIST = """list LAN.dark of party "Dark" / "黑名单"
  dated by case.decided_on

  version from 2001-01-01
    law LAN-2001 art 3
    lasts from case.decided_on
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (DUTY + LIST + "    late adds 5 yuan\n", "LAW246"),
        (changed("late adds late_fine", "late adds 3 % of penalty.sum"), "LAW208"),
        (changed("late adds late_fine", "late adds late_days"), "LAW205"),
        (changed("late adds late_fine", "late adds seizure.value"), "LAW207"),
        (changed("last day of LAN.pay", "last day of LAN.pai"), "LAW240"),
        (DUTY + changed("from case.decided_on\n", "from last day of LAN.pay\n", LIST), "LAW300"),
        (changed("last day of LAN.pay", "last day of LAN.dark") + LIST, "LAW248"),
        (DUTY + RULE.replace("CONDITION", "act.ended_on is last day of LAN.pay"), "LAW300"),
        (DUTY + RULE.replace("CONDITION", "any penalty satisfies late_days is 1"), "LAW247"),
        (DUTY + RULE.replace("CONDITION", "late_days is 1"), "LAW247"),
        (DUTY + changed("art 3\n", "art 3\n    when late_days is 1\n", LIST), "LAW207"),
        (DUTY + RULE.replace("CONDITION", "(count of seizure) is 1"), "LAW207"),
        (changed("outside seizure from", "outside penalty from"), "LAW213"),
        (changed("outside seizure from", "outside seizures from"), "LAW213"),
        (changed("to seizure.lifted_on", "to seizure.value"), "LAW204"),
        (changed('of seizure "value', 'of seizures "value'), "LAW213"),
        (changed("LAN.pay late adds 3 yuan", "LAN.pay late adds 3 days"), "LAW204"),
        (changed("LAN.pay late adds 3 yuan", "LAN.dark late adds 3 yuan") + LIST, "LAW248"),
        (changed(PENALTY, ""), "LAW390"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(text: str, code: str) -> None:
    assert code in [found.code for found in read(text).diagnostics]


def test_a_duty_that_begins_on_its_own_last_day_is_refused() -> None:
    text = changed("due 15 days from penalty.decided_on", "due 15 days from last day of LAN.pay")

    assert "LAW321" in [found.code for found in read(text).diagnostics]


def test_two_late_sums_are_one_too_many() -> None:
    text = changed("late adds late_fine", "late adds 1 yuan\n    late adds late_fine")
    parsed = parse(Source("twice.law", text))

    assert [found.code for found in parsed.diagnostics] == ["LAW118"]


def test_what_belongs_to_a_collection_is_no_fact_of_the_scenario_itself() -> None:
    text = changed("given act.ended_on", "given penalty.sum is 1 yuan\n    act.ended_on")

    assert "LAW207" in [found.code for found in read(text).diagnostics]


RIGHT = """duty LAN.plea of penalty "Plea" / "申辩"
  dated by penalty.decided_on

  version from 2001-01-01
    law LAN-2001 art 7
    may be exercised 15 days from penalty.decided_on
    discharged on penalty.paid_on

scenario "let pass" / "期满"
  given act.ended_on is 2002-01-01
    1 penalty with penalty.decided_on is 2002-03-01
  decided on 2002-06-01
  expect LAN.plea lapsed
"""
SHOWN = changed("of party", "of party as display", LIST)


def test_a_right_is_marked_and_prints_in_both_languages() -> None:
    lowered = read(RIGHT)
    trees = [parse(Source(f"{n}.law", text)).tree for n, text in enumerate([VOCABULARY, RIGHT])]
    chinese = format_file(translate(trees[1], resolve(trees), "zh"), "zh")

    assert lowered.diagnostics == ()
    (version,) = lowered.rulebook.statuses["LAN.plea"].versions
    assert version.right
    assert "可行使 15日 自 行政处罚.作出日" in chinese
    assert "预期 期满失权 LAN.plea" in chinese
    again = lower([trees[0], parse(Source("zh.law", chinese)).tree], {})
    assert again.rulebook.statuses == lowered.rulebook.statuses


@pytest.mark.parametrize("form", ["display", "ban"])
def test_a_list_of_another_form_is_no_register(form: str) -> None:
    text = SHOWN.replace("display", form)
    trees = [parse(Source(f"{n}.law", text)).tree for n, text in enumerate([VOCABULARY, text])]
    chinese = format_file(translate(trees[1], resolve(trees), "zh"), "zh")
    found = read(text)

    assert found.diagnostics == ()
    assert found.rulebook.statuses["LAN.dark"].form.value == form
    assert not found.rulebook.statuses["LAN.dark"].is_register
    again = lower([trees[0], parse(Source("zh.law", chinese)).tree], {})
    assert again.rulebook.statuses == found.rulebook.statuses


def test_a_list_may_ask_for_any_register_only_where_it_is_none_itself() -> None:
    asking = changed("law LAN-2001 art 3", "law LAN-2001 art 3\n    when listed anywhere", SHOWN)

    assert codes(asking) == []
    assert codes(asking.replace(" as display", "")) == ["LAW321"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SHOWN.replace("display", "banner"), "LAW215"),
        (changed("of penalty", "of penalty as display", RIGHT), "LAW246"),
        (LIST.replace("lasts from", "may be exercised 3 days from"), "LAW246"),
        (changed("LAN.plea lapsed", "LAN.dark lapsed", RIGHT) + LIST, "LAW248"),
    ],
)
def test_a_form_or_a_right_in_the_wrong_place_is_named(text: str, code: str) -> None:
    assert code in codes(text)


def codes(*texts: str) -> list[str]:
    return [found.code for found in read(*texts).diagnostics]


def test_a_scenario_expects_that_its_facts_contradict_each_other() -> None:
    text = changed("expect LAN.plea lapsed", "expect contradiction", RIGHT)
    trees = [parse(Source(f"{n}.law", one)).tree for n, one in enumerate([VOCABULARY, text])]
    lowered = read(text)
    chinese = format_file(translate(trees[1], resolve(trees), "zh"), "zh")

    assert lowered.diagnostics == ()
    (scenario,) = lowered.rulebook.scenarios
    (found,) = scenario.expectations
    assert isinstance(found, ExpectContradiction)
    assert "预期 案情矛盾" in chinese
    failed = run_scenario(scenario, lowered.rulebook)
    assert [one.found.en for one in failed.failures] == ["none"]
    early = text.replace("is 2002-03-01\n", "is 2002-03-01, penalty.paid_on is 2002-02-01\n")
    book = read(early).rulebook
    assert run_scenario(book.scenarios[0], book).passed
    both = early.replace("expect contradiction", "expect contradiction\n    LAN.plea lapsed")
    book = read(both).rulebook
    assert not run_scenario(book.scenarios[0], book).passed


FIXED = """duty LAN.toll of penalty "Toll" / "通行费"
  dated by penalty.decided_on

  version from 2001-01-01
    law LAN-2001 art 7
    due before penalty.decided_on + 10 days
    discharged on penalty.paid_on
    late adds 5 yuan

scenario "toll" / "通行费"
  given act.ended_on is 2002-01-01
    1 penalty with penalty.decided_on is 2002-03-01, penalty.paid_on is PAID
  decided on DECIDED
  expect LAN.toll late adds SUM yuan
"""


@pytest.mark.parametrize(
    ("paid", "decided", "total"),
    [
        ("2002-03-10", "2002-06-01", 0),
        ("2002-03-11", "2002-06-01", 5),
        ("2002-05-01", "2002-03-10", 0),
        ("2002-05-01", "2002-03-11", 5),
    ],
)
def test_a_fixed_sum_is_added_only_to_what_is_late(paid: str, decided: str, total: int) -> None:
    text = FIXED.replace("PAID", paid).replace("DECIDED", decided).replace("SUM", str(total))
    book = read(text).rulebook

    assert run_scenario(book.scenarios[0], book).failures == ()
