"""What discretion standards make of a lawful range, by authority, region, day and circumstances."""

from __future__ import annotations

import pytest

from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Branch, Decision
from lawengine.deciding.recommended import Recommended
from lawengine.explanation.sentences import sentence
from lawengine.model.rulebook import Rulebook
from lawengine.model.standards import DiscretionStep
from tests.small import Written, case, rulebook

NONE, REDUCED, LIGHTER, ORDINARY, HEAVIER = DiscretionStep
RULES = """
rule R.red "Red" / "红"

  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red
    then fine 1_000 to 2_000 yuan

rule R.green "Green" / "绿"

  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is green
    then may fine up to 100 yuan

rule R.blue "Blue" / "蓝"

  version from 2000-01-01
    law GEN-2000 art 3
    when act.kind is blue
    then fine 1 to 3 times act.fee

rule G.excused "Excused" / "免责"

  version from 2000-01-01
    law GEN-2000 art 4
    when act.excused
    then exempt from penalty

rule G.mild "Mild" / "轻微"

  version from 2000-01-01
    law GEN-2000 art 5
    when act.mild
    then lighten or reduce

rule G.worse "Worse" / "恶劣"

  version from 2000-01-01
    law GEN-2000 art 6
    when act.a
    then aggravate
"""
STANDARD = """
standard S.all "All" / "通用"

  version from 2010-01-01 to 2014-12-31
    law STD-2010 art 1
    lighter is lowest 20 % rounded down
    heavier is highest 20 % rounded down

  version from 2015-01-01
    law STD-2015 art 1
    lighter is lowest 30 % rounded down
    heavier is highest 30 % rounded down
    recommends 50 % rounded down
    may lighten or reduce where act.b law STD-2015 art 2
"""
NORTH = """
standard S.north "North" / "北部"

  version from 2015-01-01
    law NORTH-2015 art 1
    in region north
    lighter is lowest 40 % rounded down
"""
NO = {"a": False, "b": False}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return rulebook(RULES, STANDARD, NORTH)


def decided(book: Rulebook, act: dict[str, Written], **facts: Written) -> Decision:
    facts = {"decided_on": "2020-06-01", "region": "south", **facts}
    found = decide(case(book, {"ended_on": "2020-01-01", **act}, **facts), book)
    assert found.decision is not None
    return found.decision


def branches(book: Rulebook, act: dict[str, Written], **facts: Written) -> tuple[Branch, ...]:
    return decided(book, act, **facts).acts()[0].branches


def recommended(
    book: Rulebook, act: dict[str, Written], **facts: Written
) -> tuple[Recommended, ...]:
    (branch,) = branches(book, act, **facts)
    return branch.recommended


def told(line: Recommended) -> list[str]:
    return [sentence(reason, "en") for reason in line.reason.walk()]


def test_without_circumstances_the_ordinary_step_with_its_amount(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "red", **NO})

    assert line.called == (ORDINARY,)
    assert (line.low, line.high, line.amount) == (130_001, 169_999, 150_000)
    assert (line.standards, line.assumptions, line.needs) == (("S.all",), (), ())
    assert told(line) == [
        "Recommended: ordinary, above 1,300 yuan, below 1,700 yuan",
        "Discretion standard: “All”, in force from 2015-01-01",
        "No circumstance calls for another step than the ordinary one",
        "The band 1,000 yuan to 2,000 yuan is 1,000 yuan wide",
        "The lowest 30 % of 1,000 yuan are 300 yuan: the lighter step",
        "The highest 30 % of 1,000 yuan are 300 yuan: the heavier step",
        "Step reduced: above 0, below 1,000 yuan",
        "Step lighter: 1,000 yuan to 1,300 yuan",
        "Step ordinary, which the case calls for: above 1,300 yuan, below 1,700 yuan",
        "Step heavier: 1,700 yuan to 2,000 yuan",
        "The standard recommends the amount at 50 % of the step: 1,500 yuan",
    ]


def test_the_day_of_the_decision_picks_the_version(book: Rulebook) -> None:
    act = {"kind": "red", **NO, "ended_on": "2009-01-01"}

    (last,) = recommended(book, act, decided_on="2014-12-31")
    (first,) = recommended(book, act, decided_on="2015-01-01")
    assert (last.low, last.high) == (120_001, 179_999)
    assert (first.low, first.high) == (130_001, 169_999)
    assert recommended(book, act, decided_on="2009-12-31") == ()


def test_a_decision_day_between_versions_gives_a_line_for_each(book: Rulebook) -> None:
    act = {"kind": "red", **NO, "ended_on": "2009-01-01"}
    decided_on = {"from": "2009-01-01", "to": "2016-01-01"}

    lines = recommended(book, act, decided_on=decided_on)
    assert [(line.low, line.high, [x.en for x in line.assumptions]) for line in lines] == [
        (None, None, ["decided before 2010-01-01"]),
        (120_001, 179_999, ["decided from 2010-01-01, before 2015-01-01"]),
        (130_001, 169_999, ["decided on or after 2015-01-01"]),
    ]
    assert {need.key.fact for line in lines for need in line.needs} == {"decided_on"}


def test_a_regional_standard_speaks_first_and_the_general_one_for_the_rest(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "red", **NO}, region="north")

    assert line.standards == ("S.north", "S.all")
    assert [(one.step, one.low, one.high) for one in line.steps[1:]] == [
        (LIGHTER, 100_000, 140_000),
        (ORDINARY, 140_001, 169_999),
        (HEAVIER, 170_000, 200_000),
    ]


def test_an_unknown_region_gives_both_answers(book: Rulebook) -> None:
    lines = recommended(book, {"kind": "red", **NO}, region="unknown")

    assert [(line.low, [x.en for x in line.assumptions]) for line in lines] == [
        (130_001, ["Region: none that has a standard of its own"]),
        (140_001, ["Region: north"]),
    ]
    assert {need.key.fact for line in lines for need in line.needs} == {"region"}


def test_a_region_among_others_without_a_standard_is_settled(book: Rulebook) -> None:
    act = {"kind": "red", **NO}

    (line,) = recommended(book, act, region={"one_of": ["south", "island"]})
    assert (line.low, line.assumptions) == (130_001, ())
    lines = recommended(book, act, region={"one_of": ["south", "north"]})
    assert [line.low for line in lines] == [130_001, 140_001]


def test_a_region_that_makes_no_difference_is_not_asked() -> None:
    book = rulebook(RULES, STANDARD, NORTH.replace("40 %", "30 %"))

    (line,) = recommended(book, {"kind": "red", **NO}, region="unknown")
    assert (line.low, line.assumptions, line.needs) == (130_001, (), ())
    assert line.standards == ("S.all",)


def test_an_unknown_circumstance_of_the_standard_gives_both_answers(book: Rulebook) -> None:
    lines = recommended(book, {"kind": "red", "a": False, "b": "unknown"})

    assert [(line.called, [x.en for x in line.assumptions]) for line in lines] == [
        ((ORDINARY,), ["B: no"]),
        ((LIGHTER, ORDINARY), ["B: yes"]),
    ]
    assert {need.key.fact for line in lines for need in line.needs} == {"b"}


def test_an_unknown_circumstance_of_the_general_part_gives_both_answers(book: Rulebook) -> None:
    found = branches(book, {"kind": "red", "a": "unknown", "b": False})
    lines = [line for branch in found for line in branch.recommended]

    assert [(line.called, [x.en for x in line.assumptions]) for line in lines] == [
        ((ORDINARY,), ["A: no"]),
        ((HEAVIER,), ["A: yes"]),
    ]
    assert len({branch.fine for branch in found}) == 1


def test_an_answer_that_only_the_standard_weighs_is_not_lost_where_branches_fold() -> None:
    band = "    then fine 1_000 to 2_000 yuan\n"
    rules = RULES.replace(band, f"{band}    if c\n      fine 1_000 to 2_000 yuan\n")
    text = f"{STANDARD}    aggravate where act.c law STD-2015 art 4\n"
    found = branches(rulebook(rules, text), {"kind": "red", "c": "unknown", **NO})
    lines = [line for branch in found for line in branch.recommended]

    assert len(found) == 1
    assert [(line.called, [x.en for x in line.assumptions]) for line in lines] == [
        ((ORDINARY,), ["C: no"]),
        ((HEAVIER,), ["C: yes"]),
    ]


def test_a_standard_alone_never_leads_below_the_floor(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "red", "a": False, "b": True})

    assert line.called == (LIGHTER, ORDINARY)
    assert (line.low, line.high, line.amount) == (100_000, 169_999, None)
    assert any(text.startswith("A standard alone does not lead below") for text in told(line))


def test_the_law_leads_below_the_floor_with_a_ground(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "red", "mild": True, **NO})

    assert line.called == (REDUCED, LIGHTER)
    assert (line.low, line.high) == (None, 130_000)
    assert "A fine below the floor needs its ground on record" in told(line)
    assert "Bears on the step: lighter or reduced (“Mild”)" in told(line)


def test_both_ways_are_weighed_by_the_officer(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "red", "a": True, "b": True})

    assert line.called == (LIGHTER, ORDINARY, HEAVIER)
    assert (line.low, line.high) == (100_000, 200_000)


def test_both_ways_balance_where_the_standard_says_so() -> None:
    text = STANDARD.replace("    may lighten", "    lighter and heavier balance\n    may lighten")
    (line,) = recommended(rulebook(RULES, text), {"kind": "red", "a": True, "b": True})

    assert line.called == (ORDINARY,)
    assert any("they balance" in text for text in told(line))


def test_no_penalty_is_a_step_without_a_range(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "red", "excused": True, **NO})

    assert (line.called, line.steps, line.high, line.rule) == ((NONE,), (), None, "")


def test_a_band_without_a_floor_is_counted_from_nothing(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "green", "mild": True, **NO})

    assert (line.called, line.low, line.high) == ((LIGHTER,), None, 3_000)
    assert any(text.startswith("The provision has no floor, so") for text in told(line))


def test_multiples_are_cut_where_their_sums_are(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "blue", "fee": "100.01", **NO})

    # 10,001 to 30,003 fen: 30 % of 20,002 are 6,000.6 fen, rounded down
    assert [(one.low, one.high) for one in line.steps[1:]] == [
        (10_001, 16_001),
        (16_002, 24_002),
        (24_003, 30_003),
    ]


def test_a_sum_that_is_open_has_no_steps_and_says_so(book: Rulebook) -> None:
    (line,) = recommended(book, {"kind": "blue", "fee": {"from": 100, "to": 200}, **NO})

    assert line.open
    assert (line.steps, line.high, line.called) == ((), None, (ORDINARY,))


def test_the_lawful_outcome_hangs_on_no_standard(book: Rulebook) -> None:
    alone = rulebook(RULES)
    act = {"kind": "red", "a": "unknown", "b": "unknown"}
    with_standards = branches(book, act, region="unknown")
    without = branches(alone, act, region="unknown")

    assert [branch.recommended for branch in without] == [()] * len(without)
    assert [(one.fine, one.needs, one.effects) for one in with_standards] == [
        (one.fine, one.needs, one.effects) for one in without
    ]


def test_too_many_open_circumstances_are_open_and_never_ordinary() -> None:
    lines = "".join(
        f"    may aggravate where act.{name} law STD-2015 art 3\n"
        for name in ("b", "c", "grave", "worse", "number at least 5", "other at least 5")
    )
    text = STANDARD.rstrip().rsplit("\n", 1)[0] + "\n" + lines
    unknown = dict.fromkeys(("b", "c", "grave", "worse", "number", "other"), "unknown")
    found = branches(rulebook(RULES, text), {"kind": "red", "a": False, **unknown})

    assert found
    for line in (line for branch in found for line in branch.recommended):
        assert line.open
        assert line.high is None
        assert line.needs


def test_only_the_authority_of_the_provision_is_guided() -> None:
    where = "    authority licence\n"
    share, condition = "    lighter is lowest 30", "    when act.kind is red"
    text = STANDARD.replace(share, where + share)
    ours = RULES.replace(condition, where + condition)

    assert recommended(rulebook(RULES, text), {"kind": "red", **NO}) == ()
    (line,) = recommended(rulebook(ours, text), {"kind": "red", **NO})
    assert line.standards == ("S.all",)


def test_a_fixed_amount_is_no_matter_of_steps() -> None:
    book = rulebook(RULES.replace("fine 1_000 to 2_000 yuan", "fine 500 yuan"), STANDARD)
    (line,) = recommended(book, {"kind": "red", "a": True, "b": False})

    assert (line.called, line.low, line.high) == ((HEAVIER,), 50_000, 50_000)
    assert any("fixed amount" in text for text in told(line))
