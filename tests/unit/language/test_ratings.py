"""Scores and grades: what a text lowers to, how it is written, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lawengine.base.calendar import Rounding
from lawengine.base.label import LANGUAGES, Label, Language
from lawengine.base.source import Source
from lawengine.language.formatting import format_file, format_text
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.resolve import resolve
from lawengine.language.translation import translate
from lawengine.model import expressions as e
from lawengine.model.scenarios import ExpectGrade, ExpectOpen, ExpectScore
from lawengine.model.types import POINTS, Kind
from tests.ratings import ALL, BENEFIT, FIGURES, GRADE, RULE, SCORE, VOCABULARY, book, read

SCENARIO = """
scenario "one" / "一"
  given 1 look with looked_on is 2017-01-01, good is 90 %
  decided on 2020-01-01
  expect LAN.points is 45.5 to 95.5
    LAN.points is 79
    LAN.grade is B
    LAN.grade is one of A, B
    LAN.points undetermined
"""


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_a_score_keeps_its_indicators_weights_and_vetoes() -> None:
    score = book().scores["LAN.points"]
    (version,) = score.versions
    good, quick, complaints = version.indicators

    assert (score.entity, score.low, score.high, score.alias) == ("look", 0, 100, "灯笼.得分")
    assert isinstance(good.weight, e.ParameterValue)
    assert isinstance(complaints.weight, e.Constant)
    assert complaints.weight.value == Fraction(3, 10)
    assert (good.label, quick.value.type, complaints.value.type) == (
        Label("Good", "好评"), POINTS, POINTS,
    )  # fmt: skip
    assert [veto.name for veto in version.vetoes] == ["fake"]
    assert version.unverified == Label("a scheme", "方案")
    assert version.rounding is None


def test_a_score_is_rounded_as_it_is_written() -> None:
    text = SCORE + "    rounded half even\n"

    assert book(text).scores["LAN.points"].versions[0].rounding is Rounding.HALF_EVEN


def test_a_grade_keeps_its_levels_in_order_and_its_bands() -> None:
    grade = book().grades["LAN.grade"]
    (version,) = grade.versions

    assert grade.levels == ("A", "B", "C")
    assert (version.score, version.vetoed) == ("LAN.points", "C")
    assert [band.level for band in version.bands] == ["A", "B", "C"]
    assert version.bands[2].low is None
    assert grade.at_least("B") == ("A", "B")
    labels = [member.label.zh for member in book().vocabulary.choices["LAN.grade"].members]
    assert labels == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("asked", "levels"),
    [
        ("LAN.grade at least B", {"A", "B"}),
        ("LAN.grade more than B", {"A"}),
        ("LAN.grade at most B", {"B", "C"}),
        ("LAN.grade less than B", {"C"}),
        ("LAN.grade is one of A, C", {"A", "C"}),
    ],
)
def test_levels_are_compared_by_their_order(asked: str, levels: set[str]) -> None:
    text = (
        SCORE
        + GRADE
        + changed(BENEFIT, "LAN.grade at least B and LAN.points more than 65.5", asked)
    )
    when = book(text).statuses["LAN.light"].versions[0].when

    assert isinstance(when, e.OneOf)
    assert isinstance(when.operand, e.Rated)
    assert {o.value for o in when.options if isinstance(o, e.Constant)} == levels


def test_points_are_compared_with_numbers() -> None:
    when = book().statuses["LAN.light"].versions[0].when

    assert isinstance(when, e.Connection)
    compared = when.operands[1]
    assert isinstance(compared, e.Compared)
    assert isinstance(compared.right, e.Constant)
    assert (compared.right.value, compared.right.type.kind) == (Fraction(131, 2), Kind.POINTS)


def test_what_a_rule_reads_includes_what_the_grade_rests_on() -> None:
    read_by = book().facts_read["LAN.late"]

    assert {"look", "look.good", "look.complaints", "look.faked", "look.looked_on"} <= read_by


def test_scenarios_expect_points_levels_and_what_is_open() -> None:
    (scenario,) = book(ALL + SCENARIO).scenarios

    assert scenario.expectations == (
        ExpectScore("LAN.points", Fraction(91, 2), Fraction(191, 2)),
        ExpectScore("LAN.points", 79, 79),
        ExpectGrade("LAN.grade", frozenset({"B"})),
        ExpectGrade("LAN.grade", frozenset({"A", "B"})),
        ExpectOpen("LAN.points"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_reads_the_same_in_both_languages(language: Language) -> None:
    whole = VOCABULARY + FIGURES + ALL + "    rounded down\n" * 0 + SCENARIO
    tree = parse(Source("a.law", whole)).tree
    symbols = resolve([tree])
    written = format_file(translate(tree, symbols, language), language)
    again = parse(Source("b.law", written))

    assert again.diagnostics == ()
    assert lower([again.tree], {}).rulebook == lower([tree], {}).rulebook
    back = format_file(translate(again.tree, resolve([again.tree]), "en"), "en")
    assert back == format_file(tree, "en")
    assert format_text(Source("b.law", written))[0] == written


REFUSED = [
    (changed(SCORE, "  scale from 0 to 100\n", ""), "LAW267"),
    (changed(SCORE, "from 0 to 100", "from 100 to 0"), "LAW267"),
    (changed(SCORE, "from 0 to 100", "from 0 to a_from"), "LAW226"),
    (changed(SCORE, "  dated by looked_on\n", ""), "LAW242"),
    (changed(SCORE, "dated by looked_on", "dated by good"), "LAW243"),
    (changed(SCORE, "of look", "of lok"), "LAW213"),
    (SCORE.partition("  version")[0], "LAW249"),
    (SCORE.partition("    indicator")[0], "LAW268"),
    (changed(SCORE, "    law LAN-2016 art 3\n", ""), "LAW228"),
    (changed(SCORE, "indicator quick", "indicator good"), "LAW203"),
    (changed(SCORE, "weighing 30 %", "weighing 10 % + 20 %"), "LAW278"),
    (changed(SCORE, "weighing 30 %", "weighing looked_on"), "LAW204"),
    (changed(SCORE, "good times 100 law", "looked_on law"), "LAW204"),
    (changed(SCORE, "where faked", "where act.harmful"), "LAW207"),
    (changed(SCORE, "where faked", "where LAN.late established") + RULE + GRADE, "LAW250"),
    (changed(SCORE, "where faked", "where LAN.grade is A") + GRADE, "LAW321"),
    (SCORE + changed(GRADE, "LAN.grade", "LAN.points"), "LAW203"),
    (SCORE + changed(GRADE, "rests on LAN.points", "rests on LAN.pionts"), "LAW270"),
    (SCORE + changed(GRADE, "rests on LAN.points", "rests on LAN.grade"), "LAW270"),
    (SCORE + changed(GRADE, "    rests on LAN.points\n", ""), "LAW271"),
    (SCORE + changed(GRADE, "of look", "of party"), "LAW269"),
    (SCORE + changed(GRADE, "band of C", "band of D"), "LAW265"),
    (SCORE + changed(GRADE, "vetoed gives C", "vetoed gives D"), "LAW265"),
    (SCORE + changed(GRADE, "    vetoed gives C\n", ""), "LAW275"),
    (changed(SCORE, SCORE[SCORE.index("    veto") :], "") + GRADE, "LAW275"),
    (SCORE + changed(GRADE, "at least a_from", "at least a_from at least 3"), "LAW118"),
    (SCORE + changed(GRADE, "at least 60", "at least 50 + 10"), "LAW278"),
    (SCORE + GRADE + changed(BENEFIT, "at least B", "at least D"), "LAW206"),
    (SCORE + GRADE + changed(BENEFIT, "at least B", "more than A"), "LAW274"),
    (SCORE + GRADE + changed(BENEFIT, "of look", "of party"), "LAW273"),
    (SCORE + GRADE + "\ndefine good_one as\n  LAN.grade is A\n", "LAW272"),
    (ALL + changed(SCENARIO, "LAN.grade is B", "LAN.grade is A to B"), "LAW277"),
    (ALL + changed(SCENARIO, "LAN.points is 79", "LAN.points is one of 1, 2"), "LAW277"),
    (ALL + changed(SCENARIO, "LAN.points is 79", "LAN.pionts is 79"), "LAW270"),
    (ALL + "\ndefine odd of lok as\n  1 is 1\n", "LAW213"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_a_mistake_is_named(text: str, code: str) -> None:
    found = {d.code for d in read(text).diagnostics}

    assert code in found


def test_a_grade_without_levels_is_named() -> None:
    start, end = GRADE.index("  levels are"), GRADE.index("  dated by")

    assert "LAW266" in {d.code for d in read(SCORE + GRADE[:start] + GRADE[end:]).diagnostics}


def test_a_fact_is_not_given_in_points() -> None:
    vocabulary = changed(
        VOCABULARY, 'faked "Faked" / "刷单": yes_no', 'faked "Faked" / "刷单": points'
    )
    parsed = parse(Source("v.law", vocabulary))

    assert [d.code for d in lower([parsed.tree], {}).diagnostics] == ["LAW279"]


def test_a_definition_of_an_entity_is_used_where_that_is_in_view() -> None:
    defined = '\ndefine fine_look of look "fine" / "好" as\n  good at least 90 %\n'
    used = changed(BENEFIT, "LAN.points more than 65.5", "fine_look")

    assert read(defined + SCORE + GRADE + used).diagnostics == ()
    wrong = changed(RULE, "when act.harmful", "when fine_look")
    assert {d.code for d in read(defined + SCORE + GRADE + wrong).diagnostics} == {"LAW207"}


def test_law_below_an_indicator_is_told() -> None:
    text = VOCABULARY + FIGURES + SCORE + "    law LAN-2016 art 8\n"

    assert [d.code for d in parse(Source("a.law", text)).diagnostics] == ["LAW127"]
