"""Discretion standards as text: what is read, printed, translated and refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lawengine.base.calendar import Rounding
from lawengine.base.records import Reader, Writer
from lawengine.base.source import Source
from lawengine.cache.contents import RECORDS
from lawengine.language.formatting import format_file, format_text
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.translation import translate
from lawengine.model.measures import EffectKind, Modality
from lawengine.model.scenarios import ExpectRecommended, ExpectStep
from lawengine.model.standards import DiscretionStep, Share, Standard
from tests.small import VOCABULARY, lowered, rulebook

WHOLE = """standard S.north also 北部.裁量 "Discretion in the north" / "北部裁量"

  version from 2010-01-01 to 2014-12-31
    law STD-2010 art 1
    lighter is lowest 20 % rounded up

  version from 2015-01-01
    law STD-2015 art 1, STD-2015 art 2
    status unverified because "from memory" / "凭记忆"
    authority licence
    reading "a reading" / "解读一"
    in region north
    lighter is lowest 30 % rounded down
    heavier is highest 33.5 % rounded half even
    recommends 50 % rounded down
    lighter and heavier balance
    may lighten or reduce where act.a and act.b law STD-2015 art 3
    aggravate where act.c

  repealed from 2030-01-01 law STD-2030 art 9
"""
BOUNDED = WHOLE.replace("version from 2015-01-01\n", "version from 2015-01-01 to 2029-12-31\n")
BALANCE = "    lighter and heavier balance\n"
PLAIN = """standard S.plain "Plain" / "一般裁量"

  version from 2015-01-01
    law STD-2015 art 1
    lighter is lowest 30 % rounded down
"""


def standard() -> Standard:
    return rulebook(BOUNDED).standards["S.north"]


def test_a_standard_is_read_with_all_it_says() -> None:
    found = standard()
    early, late = found.versions

    assert (found.name, found.alias, found.label.en) == (
        "S.north", "北部.裁量", "Discretion in the north",
    )  # fmt: skip
    assert early.lighter == Share(Fraction(1, 5), Rounding.UP)
    assert (early.heavier, early.point, early.balanced, early.region) == (None, None, False, "")
    assert late.heavier == Share(Fraction(335, 1000), Rounding.HALF_EVEN)
    assert late.point == Share(Fraction(1, 2), Rounding.DOWN)
    assert (late.balanced, late.region, late.authority) == (True, "north", "licence")
    assert [(one.effect, one.modality, len(one.law)) for one in late.circumstances] == [
        (EffectKind.LIGHTER_OR_REDUCED, Modality.MAY, 1),
        (EffectKind.HEAVIER, Modality.MUST, 0),
    ]
    assert found.repeal is not None
    assert (late.unverified.zh, late.readings[0].en) == ("凭记忆", "a reading")


def test_its_layout_is_canonical() -> None:
    text, diagnostics = format_text(Source("x.law", BOUNDED))

    assert diagnostics == ()
    assert text == BOUNDED


def test_it_means_the_same_in_chinese_and_back() -> None:
    vocabulary = parse(Source("v.law", VOCABULARY.read_text(encoding="utf-8"))).tree
    tree = parse(Source("x.law", BOUNDED)).tree
    symbols = lower([vocabulary, tree], {}).symbols
    chinese = format_file(translate(tree, symbols, "zh"), "zh")
    read = parse(Source("zh.law", chinese))
    again = translate(read.tree, symbols, "en")

    for words in ("适用地区 北部", "机关 执照", "从轻 为 较低 30% 向下取整", "从轻与从重相抵",
                  "从重 为 较高 33.5% 四舍六入", "建议取 50% 向下取整",
                  "可以 从轻或者减轻 其中 行为.甲 且 行为.乙"):  # fmt: skip
        assert words in chinese
    assert read.diagnostics == ()
    assert format_file(again, "en") == BOUNDED
    assert lower([vocabulary, read.tree], {}).rulebook.standards == {"S.north": standard()}


def test_it_is_written_and_read_back() -> None:
    writer = Writer(RECORDS)
    line = writer.line(standard())

    assert Reader(RECORDS, writer.paths).read(line) == standard()


def codes(text: str) -> list[str]:
    return [found.code for found in lowered(text).diagnostics]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("30 %", "0 %", "LAW290"),
        ("30 %", "100 %", "LAW290"),
        ("30 %", "250 %", "LAW290"),
        ("down\n", "down\n    recommends 101 % rounded down\n", "LAW290"),
        ("down\n", "down\n    heavier is highest 70 % rounded down\n", "LAW291"),
        ("    lighter is lowest 30 % rounded down\n", "", "LAW292"),
        ("down\n", "down\n    in region west\n", "LAW293"),
        ("down\n", "down\n    in region licence\n", "LAW293"),
        ("down\n", "down\n    authority west\n", "LAW230"),
        ("down\n", "down\n    aggravate where act.gone\n", "LAW201"),
        ("down\n", "down\n    aggravate where act.number\n", "LAW204"),
        ("    law STD-2015 art 1\n", "", "LAW228"),
        ("down\n", "down\n    lighter is lowest 20 % rounded down\n", "LAW118"),
        ("down\n", f"down\n{BALANCE}{BALANCE}", "LAW118"),
        ("30 % rounded down", "30 %", "LAW110"),
        ("30 % rounded down", "30 yuan rounded down", "LAW101"),
        ("2015-01-01\n", "2015-01-01 to 2014-01-01\n", "LAW303"),
    ],
)  # fmt: skip
def test_a_text_is_refused(old: str, new: str, code: str) -> None:
    assert old in PLAIN
    assert code in codes(PLAIN.replace(old, new, 1))


def test_a_share_that_is_none_is_told_exactly() -> None:
    (found,) = lowered(PLAIN.replace("30 %", "100.5 %")).diagnostics

    assert found.message("en") == "100.5 % is no part of a band"
    assert found.message("zh") == "100.5%不是幅度的一部分"


def test_a_lineage_needs_versions_that_do_not_overlap() -> None:
    assert codes(PLAIN.partition("  version")[0]) == ["LAW249"]
    assert codes(PLAIN + PLAIN.partition("\n\n")[2]) == ["LAW301"]
    assert codes(f"{PLAIN}\n{PLAIN}") == ["LAW203"]
    assert codes(PLAIN + "\n  repealed from 2020-01-01 law STD-2030 art 9\n") == ["LAW301"]


def test_a_share_may_reach_up_to_the_others() -> None:
    text = PLAIN.replace("down\n", "down\n    heavier is highest 69.9 % rounded down\n")

    assert codes(text) == []


def test_a_scenario_expects_steps_and_a_recommended_fine() -> None:
    text = """
scenario "red" / "红"
  given act.kind is red
        act.ended_on is 2020-01-01
  decided on 2020-06-01
  expect step none
         step reduced
         step lighter
         step ordinary
         step heavier
         recommended fine 1_000 to 2_000 yuan
         recommended fine up to 300 yuan
"""
    (scenario,) = rulebook(text).scenarios
    found, diagnostics = format_text(Source("x.law", text.lstrip("\n")))

    assert [one.step for one in scenario.expectations if isinstance(one, ExpectStep)] == list(
        DiscretionStep
    )
    assert [
        (one.low, one.high) for one in scenario.expectations if isinstance(one, ExpectRecommended)
    ] == [(100_000, 200_000), (None, 30_000)]
    assert (found, diagnostics) == (text.lstrip("\n"), ())
