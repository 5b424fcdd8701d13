"""Lists, benefits and duties: what a text lowers to, and what is refused."""

from __future__ import annotations

import datetime

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.citation import Article, Citation
from lawengine.base.label import LANGUAGES, Label
from lawengine.base.source import Source
from lawengine.language.formatting import format_file, format_text
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse
from lawengine.language.resolve import resolve
from lawengine.language.translation import translate
from lawengine.model import expressions as e
from lawengine.model.rules import Interval, Repeal
from lawengine.model.scenarios import ExpectStatus
from lawengine.model.statuses import (
    STATES_OF,
    EndingKind,
    JointMeasure,
    StatusKind,
    StatusState,
)
from lawengine.model.types import DATE, YES_NO

VOCABULARY = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日": date, serves as decision_date
  decider "Decider" / "机构": one of harbour_office "harbour office" / "港务局"
entity party of case, listed as parties "Party" / "当事人"
  model "Model" / "诚信典型": yes_no
entity act of party, listed as acts "Act" / "行为"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
  serious "Serious" / "情节严重": judgement
entity order of act, listed as orders "Order" / "订单"
  fake "Fake" / "虚假": yes_no
entity penalty of party, listed as penalties "Penalty" / "行政处罚"
  decided_on "Decided on" / "作出日": date
  paid_on "Paid on" / "缴清日": date
  grave "Grave" / "较重": yes_no
  healed "Healed" / "已改正": yes_no
entity seizure of penalty, listed as seizures "Seizure" / "扣押"
  made_on "Made on" / "扣押日": date

rule LAN.late also 灯笼法.逾期 "Late" / "逾期"
  version from 2000-01-01
    law LAN-2000 art 9
    when act.serious
    then publish

define any_fake "Fake" / "有虚假订单" as
  any order satisfies fake

define is_model "Model" / "属于典型" as
  party.model

define this_serious "This serious" / "本行为严重" as
  act.serious

define is_late "Late" / "已逾期" as
  LAN.late established

table days_open "Days" / "天数": count, first hit
  | act.serious | gives |
  | yes         | 1     |
  | *           | 2     |
"""
LIST = """list LAN.dark also 灯笼法.黑名单 of penalty "Dark list" / "黑名单"
  dated by penalty.decided_on

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    status unverified because "from memory" / "凭记忆"
    authority harbour_office
    reading "as read here" / "如此解读"
    when grave and not LAN.pay breached
    unless party.model
    lasts 3 years from penalty.decided_on + 1 days
    measure no_lamps "No lamps" / "不得点灯" by harbour_office law LAN-2001 art 4 MARKED
    removed after 1 year where healed law LAN-2001 art 5
    removed from 2016-01-01 to 2016-12-31 on penalty.paid_on after 6 months law LAN-2016 art 5(2)

  version from 2016-01-01
    law LAN-2016 art 3
    lasts from penalty.decided_on
""".replace("MARKED", 'status unverified because "x" / "甲"')
BENEFIT = """benefit LAN.light of party "Light" / "灯光"
  dated by case.decided_on

  version from 2001-01-01
    law LAN-2001 art 6
    when (any act satisfies act.serious) or is_model or LAN.dark listed
    unless listed anywhere or not LAN.dark listed
    lasts 1 year from case.decided_on
    lost where listed anywhere
"""
DUTY = """duty LAN.pay of penalty "Pay" / "缴纳"
  dated by penalty.decided_on

  version from 2001-01-01
    law LAN-2001 art 7
    due 15 working days from penalty.decided_on
    discharged on penalty.paid_on
    discharged where healed
    triggers LAN.late

  repealed from 2020-01-01 law LAN-2020 art 1
""".replace("from 2001-01-01", "from 2001-01-01 to 2019-12-31")


def read(*texts: str) -> Lowered:
    parsed = [parse(Source(f"{n}.law", text)) for n, text in enumerate([VOCABULARY, *texts])]
    assert [d.message("en") for p in parsed for d in p.diagnostics] == []
    return lower([p.tree for p in parsed], {})


def codes(*texts: str) -> list[str]:
    return [found.code for found in read(*texts).diagnostics]


@pytest.fixture
def whole() -> Lowered:
    """Return a list, a benefit and a duty without mistakes."""
    found = read(LIST, BENEFIT, DUTY.replace("unless", ""))
    assert found.diagnostics == ()
    return found


def citation(instrument: str, number: int, *path: int) -> tuple[Citation, ...]:
    return (Citation(instrument, Article(number, path)),)


def test_a_list_keeps_everything_that_was_written(whole: Lowered) -> None:
    status = whole.rulebook.statuses["LAN.dark"]
    day = e.FactOf("penalty", "decided_on", DATE)

    assert (status.kind, status.alias, status.entity) == (
        StatusKind.LIST, "灯笼法.黑名单", "penalty",
    )  # fmt: skip
    assert status.label == Label("Dark list", "黑名单")
    assert status.dated_by == day
    first, second = status.versions
    grave = e.FactOf("penalty", "grave", YES_NO)
    asked = e.Negation(e.StatusHolds("LAN.pay", YES_NO), YES_NO)
    assert first.when == e.Connection(e.Logic.AND, (grave, asked), YES_NO)
    assert first.exclusions == (e.FactOf("party", "model", YES_NO),)
    assert first.authority == "harbour_office"
    assert first.term == Period(3, Unit.YEAR)
    one_day = e.Constant(Period(1, Unit.DAY), first.start.right.type)  # type: ignore[union-attr]  # what is not there fails the test
    assert first.start == e.Computed(e.Operation.ADD, day, one_day, DATE)
    assert (first.unverified, first.readings) == (
        Label("from memory", "凭记忆"), (Label("as read here", "如此解读"),),
    )  # fmt: skip
    assert first.measures == (
        JointMeasure(
            "no_lamps", Label("No lamps", "不得点灯"), "harbour_office",
            citation("LAN-2001", 4), Label("x", "甲"),
        ),
    )  # fmt: skip
    assert (second.when, second.term, second.start) == (None, None, day)
    assert status.version_at(datetime.date(2015, 12, 31)) == first


def test_an_ending_keeps_its_days_its_date_and_its_time(whole: Lowered) -> None:
    plain, later = whole.rulebook.statuses["LAN.dark"].versions[0].endings

    assert (plain.kind, plain.interval, plain.on) == (EndingKind.REMOVED, None, None)
    assert plain.condition == e.FactOf("penalty", "healed", YES_NO)
    assert (plain.after, plain.law) == (Period(1, Unit.YEAR), citation("LAN-2001", 5))
    assert later.interval == Interval(datetime.date(2016, 1, 1), datetime.date(2016, 12, 31))
    assert later.on == e.FactOf("penalty", "paid_on", DATE)
    assert (later.after, later.condition) == (Period(6, Unit.MONTH), None)
    assert later.law == citation("LAN-2016", 5, 2)


def test_a_duty_says_by_when_and_what_follows(whole: Lowered) -> None:
    status = whole.rulebook.statuses["LAN.pay"]
    (version,) = status.versions

    assert (status.kind, version.term) == (StatusKind.DUTY, Period(15, Unit.WORKING_DAY))
    assert version.triggers == ("LAN.late",)
    assert [ending.kind for ending in version.endings] == [EndingKind.DISCHARGED] * 2
    assert status.repeal == Repeal(datetime.date(2020, 1, 1), citation("LAN-2020", 1)[0])


def test_a_version_names_all_its_expressions(whole: Lowered) -> None:
    version = whole.rulebook.statuses["LAN.light"].versions[0]

    assert len(list(version.expressions())) == 4
    assert e.StatusHolds("", YES_NO) in list(version.expressions())


def test_clauses_stand_in_any_order() -> None:
    lines = BENEFIT.splitlines()
    law = lines.index("    law LAN-2001 art 6")
    turned = "\n".join([*lines[: law + 1], *reversed(lines[law + 1 :])]) + "\n"

    assert read(LIST, turned, DUTY).rulebook == read(LIST, BENEFIT, DUTY).rulebook


@pytest.mark.parametrize("language", LANGUAGES)
def test_either_language_reads_as_the_same(language: str) -> None:
    texts = [VOCABULARY, LIST, BENEFIT, DUTY]
    trees = [parse(Source("a.law", text)).tree for text in texts]
    symbols = resolve(trees)
    again = []
    for tree in trees:
        text = format_file(translate(tree, symbols, language), language)  # type: ignore[arg-type]  # what is not there fails the test
        assert format_text(Source("a.law", text)) == (text, ())
        again.append(parse(Source("a.law", text)).tree)

    assert lower(again, {}).rulebook == lower(trees, {}).rulebook


@pytest.mark.parametrize(
    "words",
    [
        '名单 LAN.dark 又称 灯笼法.黑名单 属 行政处罚 "黑名单" / "Dark list"',
        "时间依 行政处罚.作出日",
        "当 较重 且 非 逾期未履行 LAN.pay",
        "有效期 3年 自 行政处罚.作出日 + 1日",
        '措施 no_lamps "不得点灯" / "No lamps" 由 港务局 依据 LAN-2001 第4条 未经核实 理由',
        "移出 满 1年 其中 已改正 依据 LAN-2001 第5条",
        "移出 自 2016-01-01 至 2016-12-31 于 行政处罚.缴清日 满 6个月 依据 LAN-2016 第5条第2款",
        "有效期 自 行政处罚.作出日",
        "当 （任一 行为 满足 行为.情节严重） 或 属于典型 或 被列入 灯笼法.黑名单",
        "除非 被列入任一名单 或 未被列入 灯笼法.黑名单",
        "丧失 其中 被列入任一名单",
        "应履行 15个工作日 自 行政处罚.作出日",
        "履行完毕 于 行政处罚.缴清日",
        "触发 灯笼法.逾期",
        "未被列入 灯笼法.黑名单",
        "未获授予 LAN.light",
        "无须履行 LAN.pay",
        "灯笼法.黑名单 未定",
    ],
)  # fmt: skip
def test_the_chinese_form_follows_statutes(words: str) -> None:
    scenario = expecting("LAN.dark not listed", "LAN.light not granted", "LAN.pay not due")
    scenario = scenario.rstrip("\n") + "\n         LAN.dark undetermined\n"
    trees = [parse(Source("a.law", text)).tree for text in (VOCABULARY, LIST, BENEFIT, DUTY)]
    trees.append(parse(Source("s.law", scenario)).tree)
    symbols = resolve(trees)

    assert words in "".join(format_file(translate(t, symbols, "zh"), "zh") for t in trees[1:])


@pytest.mark.parametrize(
    ("written", "chinese", "term"),
    [
        ("due 15 working days before penalty.decided_on", "应履行 15个工作日 早于 行政处罚.作出日",
         Period(15, Unit.WORKING_DAY)),
        ("due before penalty.decided_on + 1 day", "应履行 早于 行政处罚.作出日 + 1日", None),
    ],
)  # fmt: skip
def test_a_duty_may_be_due_before_a_day(written: str, chinese: str, term: Period | None) -> None:
    text = changed(DUTY, "due 15 working days from penalty.decided_on", written)
    found = read(text)
    (version,) = found.rulebook.statuses["LAN.pay"].versions
    trees = [parse(Source("a.law", one)).tree for one in (VOCABULARY, text)]
    spoken = format_file(translate(trees[1], resolve(trees), "zh"), "zh")

    assert found.diagnostics == ()
    assert (version.term, version.start) == (term, None)
    assert version.before in tuple(version.expressions())
    assert format_text(Source("a.law", text)) == (text, ())
    assert chinese in spoken
    assert format_file(parse(Source("b.law", spoken)).tree, "zh") == spoken


# --- scenarios ------------------------------------------------------------------------------------


def expecting(*lines: str) -> str:
    return (
        'scenario "s" / "甲"\n  given act.ended_on is 2010\n'
        "        1 penalty with penalty.decided_on is 2010-01-02\n  decided on 2010-12-31\n"
        "  expect " + "\n         ".join(lines) + "\n"
    )


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("LAN.dark listed", StatusState.LISTED),
        ("LAN.dark not listed", StatusState.NOT_LISTED),
        ("LAN.dark removed", StatusState.REMOVED),
        ("灯笼法.黑名单 expired", StatusState.EXPIRED),
        ("LAN.dark undetermined", StatusState.UNDETERMINED),
        ("LAN.light granted", StatusState.GRANTED),
        ("LAN.light not granted", StatusState.NOT_GRANTED),
        ("LAN.light lost", StatusState.LOST),
        ("LAN.light expired", StatusState.EXPIRED),
        ("LAN.pay due", StatusState.DUE),
        ("LAN.pay not due", StatusState.NOT_DUE),
        ("LAN.pay discharged", StatusState.DISCHARGED),
        ("LAN.pay breached", StatusState.BREACHED),
        ("breached LAN.pay", StatusState.BREACHED),
    ],
)
def test_a_scenario_expects_a_state(line: str, state: StatusState) -> None:
    found = read(LIST, BENEFIT, DUTY, expecting(line))
    (expected,) = found.rulebook.scenarios[0].expectations

    assert found.diagnostics == ()
    assert isinstance(expected, ExpectStatus)
    assert expected.state is state
    assert expected.status in found.rulebook.statuses


def test_every_state_belongs_to_a_kind() -> None:
    named = frozenset().union(*STATES_OF.values())

    assert named | {StatusState.UNDETERMINED} == frozenset(StatusState)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("LAN.dark granted", "LAW248"),
        ("LAN.light breached", "LAW248"),
        ("LAN.pay expired", "LAW248"),
        ("LAN.light removed", "LAW248"),
        ("LAN.drak listed", "LAW240"),
        ("LAN.late listed", "LAW240"),
        ("LAN.dark established", "LAW212"),
    ],
)
def test_a_state_of_another_kind_is_refused(line: str, code: str) -> None:
    assert codes(LIST, BENEFIT, DUTY, expecting(line)) == [code]


# --- what is refused ------------------------------------------------------------------------------


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


LINKED = "and not LAN.pay breached"
SOLE = LIST.replace(LINKED, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (changed(SOLE, "of penalty", "of fishery"), "LAW213"),
        (changed(SOLE, "  dated by penalty.decided_on\n", ""), "LAW242"),
        (changed(SOLE, "dated by penalty.decided_on", "dated by penalty.grave"), "LAW243"),
        (changed(SOLE, "dated by penalty.decided_on", "dated by act.ended_on"), "LAW207"),
        (changed(SOLE, "dated by penalty.decided_on", "dated by seizure.made_on"), "LAW207"),
        (changed(SOLE, "dated by penalty.decided_on", "dated by penalty.decide_on"), "LAW201"),
        (changed(SOLE, "3 years from penalty.decided_on + 1 days", "3 years"), "LAW245"),
        (changed(SOLE, "    lasts from penalty.decided_on\n", ""), "LAW245"),
        (changed(SOLE, "lasts from penalty.decided_on", "lasts from penalty.grave"), "LAW204"),
        (changed(SOLE, "lasts from", "due 3 days from"), "LAW246"),
        (changed(SOLE, "removed after", "lost after"), "LAW246"),
        (changed(SOLE, "removed after", "discharged after"), "LAW246"),
        (SOLE + "    triggers LAN.late\n", "LAW246"),
        (SOLE + "    removed law LAN-2016 art 5\n", "LAW252"),
        (SOLE + "    removed from 2015-12-31 where healed\n", "LAW322"),
        (SOLE + "    removed from 2019-01-01 to 2018-01-01 where healed\n", "LAW303"),
        (SOLE + "    removed on penalty.grave\n", "LAW204"),
        (SOLE + "    measure a\n    measure a\n", "LAW203"),
        (SOLE + "    measure a by harbor_office\n", "LAW230"),
        (changed(SOLE, "to 2015-12-31", "to 2016-01-01"), "LAW301"),
        (SOLE + "\n  repealed from 2020-01-01 law LAN-2020 art 1\n", "LAW301"),
        (changed(SOLE, "    law LAN-2016 art 3\n", ""), "LAW228"),
        (SOLE.partition("  version")[0], "LAW249"),
        (SOLE + "    when act.serious\n", "LAW207"),
        (SOLE + "    when this_serious\n", "LAW251"),
        (SOLE + "    when days_open at least 2\n", "LAW251"),
        (SOLE + "    when any order satisfies fake\n", "LAW251"),
        (SOLE + "    when any act satisfies (any order satisfies fake)\n", ""),
        (SOLE + "    when any_fake\n", "LAW251"),
        (SOLE + "    when any act satisfies any_fake\n", ""),
        (SOLE + "    when any act satisfies this_serious\n", ""),
        (SOLE + "    when LAN.late established\n", "LAW250"),
        (SOLE + "    when is_late\n", "LAW250"),
        (SOLE + "    when LAN.dusk listed\n", "LAW240"),
        (SOLE + "    when LAN.dark breached\n", "LAW248"),
        (SOLE + "    when listed anywhere\n", "LAW321"),
        (SOLE + "    removed where LAN.dark listed\n", "LAW321"),
        (changed(DUTY, "due 15 working days from penalty.decided_on", "due 15 days"), "LAW245"),
        (changed(DUTY, "due 15 working days from", "due from"), "LAW244"),
        (changed(DUTY, "    due 15 working days from penalty.decided_on\n", ""), "LAW244"),
        (changed(DUTY, "due 15 working days", "lasts 15 days"), "LAW246"),
        (changed(DUTY, "from penalty.decided_on", "before penalty.grave"), "LAW204"),
        (changed(DUTY, "from penalty.decided_on", "before act.ended_on"), "LAW207"),
        (changed(SOLE, "lasts from", "lasts before"), "LAW246"),
        (changed(DUTY, "triggers LAN.late", "triggers LAN.lat"), "LAW212"),
        (changed(DUTY, "triggers LAN.late", 'measure x "X" / "乙"'), "LAW246"),
        ("define x as LAN.dark listed\n" + SOLE, "LAW247"),
        ("define x as listed anywhere\n", "LAW247"),
        (SOLE + "\nrule R\n  version from 2000-01-01\n    law LAN-2000 art 1\n"
         "    when LAN.dark listed\n    then warn\n", ""),
        (SOLE + "\nrule R\n  version from 2000-01-01\n    law LAN-2000 art 1\n    then warn\n"
         "    if listed anywhere and not (LAN.dark listed)\n      publish\n", ""),
        (SOLE + "\nrule R\n  version from 2000-01-01\n    law LAN-2000 art 1\n    then warn\n"
         "    if LAN.dark granted\n      publish\n", "LAW248"),
        (SOLE + "\nrule R\n  version from 2000-01-01\n    law LAN-2000 art 1\n    when dim\n"
         "    then warn\n\ndefine dim as LAN.dark listed\n", "LAW247"),
        (SOLE + "\nrule R\n  version from 2000-01-01\n    law LAN-2000 art 1\n"
         "    when LAN.dark listed since act.ended_on\n    then warn\n", ""),
        (SOLE + "\nrule R\n  version from 2000-01-01\n    law LAN-2000 art 1\n"
         "    when LAN.dark listed since act.serious\n    then warn\n", "LAW204"),
        (SOLE + "\nlist LAN.late of act\n  dated by act.ended_on\n", "LAW203"),
    ],
)  # fmt: skip
def test_a_text_is_refused(text: str, code: str) -> None:
    assert codes(text) == ([code] if code else [])


def test_an_entity_must_lead_to_the_case() -> None:
    text = "entity boat, listed as boats\n  built_on: date\n\n" + SOLE.replace("penalty", "boat")

    assert set(codes(text)) == {"LAW216", "LAW241"}


def test_a_collection_without_a_parent_is_out_of_reach() -> None:
    lost = "entity boat, listed as boats\n  built_on: date\n\n"
    asked = SOLE + "    when (count of boat) at least 2\n"

    assert set(codes(lost + asked)) == {"LAW216", "LAW251"}


def test_statuses_that_decide_each_other_are_named() -> None:
    circle = [
        f"list LAN.{one} of act\n  dated by act.ended_on\n  version from 2000-01-01\n"
        f"    law LAN-2000 art 1\n    when LAN.{two} listed\n    lasts from act.ended_on\n"
        for one, two in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    (found,) = read(*circle).diagnostics

    assert found.code == "LAW321"
    assert {"LAN.a", "LAN.b", "LAN.c"} == set(str(found.words["names"]).split(" -> "))


def test_a_chain_of_statuses_too_long_to_follow_is_refused() -> None:
    def one(number: int) -> str:
        asked = f"    when LAN.s{number - 1} listed\n" if number else ""
        return (
            f"list LAN.s{number} of act\n  dated by act.ended_on\n  version from 2000-01-01\n"
            f"    law LAN-2000 art 1\n{asked}    lasts from act.ended_on\n"
        )

    assert codes("\n".join(map(one, range(100)))) == []
    assert codes("\n".join(map(one, range(101)))) == ["LAW319"]


def test_a_refused_condition_never_holds_by_being_absent() -> None:
    found = read(SOLE + "    when this_serious\n")
    *_, last = found.rulebook.statuses["LAN.dark"].versions

    assert last.when == e.Constant(value=False, type=YES_NO)


def test_a_bare_name_means_the_entity_itself_first() -> None:
    found = read(SOLE.replace("dated by penalty.decided_on", "dated by decided_on"))

    assert found.diagnostics == ()
    assert found.rulebook.statuses["LAN.dark"].dated_by == e.FactOf("penalty", "decided_on", DATE)


def test_a_bare_name_of_two_entities_above_is_ambiguous() -> None:
    text = """list LAN.kept of seizure "Kept" / "扣押名单"
  dated by decided_on
  version from 2000-01-01
    law LAN-2000 art 1
    when (count of penalty) at least 2
    lasts from made_on
"""

    assert codes(text) == ["LAW202", "LAW213"]
