"""Deciding: what is refused, what reasons say, and the sums of ranges."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from lawengine.base.citation import Citation, parse_citation
from lawengine.base.errors import DateOutOfRangeError
from lawengine.base.label import Label
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import NO_FINE, ActDecision, FineTotal
from lawengine.deciding.hypothesis import NoAnchorError, compare_versions, law_of
from lawengine.deciding.outcome import add, union
from lawengine.deciding.reasoning import Cited, total_label
from lawengine.deciding.scenarios import run_scenario
from lawengine.explanation.reason import Reason
from lawengine.model.rulebook import Rulebook
from tests import small

HEAD = "  version from 2000-01-01\n    law GEN-2000 art 1\n"
FINED = f"rule R\n{HEAD}    then fine 10 to 20 yuan\n"
LIGHTER = f"rule L\n  dated by decision\n{HEAD}    then the lighter later law\n"


def act_of(book: Rulebook, act: dict[str, Any], decided: str = "2011-01-01") -> ActDecision:
    found = decide(small.case(book, {"ended_on": "2010-05-05", **act}, decided_on=decided), book)
    assert found.decision is not None
    return found.decision.acts()[0]


def codes(book: Rulebook, act: dict[str, Any]) -> set[str]:
    return {r.code for branch in act_of(book, act).branches for r in branch.reason.walk()}


def reasons(book: Rulebook, act: dict[str, Any], code: str) -> list[Reason]:
    return [
        r for branch in act_of(book, act).branches for r in branch.reason.walk() if r.code == code
    ]


# --- what is refused ------------------------------------------------------------------------------


def test_contradictory_facts_prevent_a_decision() -> None:
    book = small.rulebook(FINED)
    case = small.case(book, {"ended_on": "2010-05-05"}, decided_on="2010-05-04")

    for found in (decide(case, book), law_of(case, book, datetime.date(2012, 1, 1))):
        assert found.decision is None
        assert [diagnostic.code for diagnostic in found.diagnostics] == ["LAW550"]
    comparison, diagnostics = compare_versions(case, book)
    assert comparison is None
    assert [diagnostic.code for diagnostic in diagnostics] == ["LAW550"]


def test_a_case_without_acts_has_no_fine() -> None:
    book = small.rulebook(FINED)

    found = decide(small.case(book, []), book)

    assert found.decision is not None
    assert found.decision.acts() == ()
    assert found.decision.respondents[0].total == NO_FINE


def test_a_vocabulary_may_know_no_kinds_of_conduct() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8").replace(",\n    serves as conduct_kind", "")
    book = small.lowered(text, FINED, vocabulary=False).rulebook

    assert act_of(book, {"kind": "red"}).kind == Label()
    assert act_of(small.rulebook(FINED), {"kind": "red"}).kind.en == "red"
    assert act_of(small.rulebook(FINED), {}).kind == Label()


# --- branches -------------------------------------------------------------------------------------


def test_a_missing_list_leaves_the_condition_open() -> None:
    text = f"{FINED}    if (count of order) at least 2\n      warn\n"
    act = act_of(small.rulebook(text), {})

    assert [[a.label.en for a in branch.assumptions] for branch in act.branches] == [
        ["tier 1 of “R”: not met"],
        ["tier 1 of “R”: met"],
    ]
    assert [str(need.key) for need in act.needs] == ["respondents[1].acts[1].order"]


def test_an_answer_that_bounds_exclude_is_no_branch() -> None:
    text = f"{FINED}    if act.seen_on before 2010-05-05\n      warn\n"
    act = act_of(small.rulebook(text), {"seen_on": "unknown"})

    assert len(act.branches) == 1
    assert act.needs == ()


def test_labels_of_questions_in_both_languages() -> None:
    text = (
        f"rule R “R”\n{HEAD}    then fine 10 to 20 yuan\n".replace("“R”", '"The R" / "甲规则"')
        + f'rule X "The X" / "乙规则"\n{HEAD}    when act.number more than act.other\n'
        "    then exempt from penalty\n"
    )
    act = act_of(small.rulebook(text), {})

    labels = [branch.assumptions[0].label for branch in act.branches]
    assert labels == [
        Label("conditions of “The X”: not met", "“乙规则”的条件：不符合"),
        Label("conditions of “The X”: met", "“乙规则”的条件：符合"),
    ]


def test_a_fact_that_makes_no_difference_is_named() -> None:
    text = (
        f"rule R\n{HEAD}    then fine 10 to 20 yuan\n    if act.grave\n      fine 10 to 20 yuan\n"
    )

    found = reasons(small.rulebook(text), {}, "either_way")

    assert [reason.words["what"] for reason in found] == [Label("Grave", "严重")]


# --- reasons --------------------------------------------------------------------------------------


def test_a_decision_names_its_reasons() -> None:
    text = LIGHTER + (
        "rule R\n"
        "  version from 2000-01-01 to 2010-12-31\n    law GEN-2000 art 1\n"
        '    reading "a reading" / "解读"\n'
        "    when act.a\n    unless act.b\n    then fine 10 to 20 yuan\n"
        "    if act.grave\n      fine 30 to 40 yuan\n"
        "  version from 2011-01-01\n    law GEN-2011 art 1\n    when act.a\n    then warn\n"
        f"rule S\n{HEAD}    breaches GEN-2000 art 7\n    when act.a\n    then refers to R\n"
        f"rule T\n{HEAD}    when act.a\n    then refers to R\n"
        f"rule X\n{HEAD}    when act.c\n    then may lighten\n"
        f"exception E to S\n{HEAD}    when act.c\n    then educate\n"
    ).replace("    law GEN-2000 art 1\n    breaches", "    law GEN-2000 art 1 breaches")
    book = small.rulebook(text)
    plain = {"a": True, "b": False, "c": False, "grave": False}

    found = codes(book, plain)

    assert {"outcome", "sanction", "refers", "refers_plain", "lighter_later", "unless", "reading",
            "version_chosen", "package_conduct", "package_later",
            "rule_established"} <= found  # fmt: skip
    assert "effect_may" in codes(book, {**plain, "c": True})
    assert "rule_defeated" in {
        outcome.reason.code for outcome in act_of(book, {**plain, "c": True}).branches[0].rules
    }
    early = act_of(book, plain, "2010-06-01")
    assert {"sanction_fine", "tier_not"} <= {r.code for r in early.branches[0].reason.walk()}


@pytest.mark.parametrize(
    ("later", "code"),
    [
        ("warn", "lighter_later"),
        ("fine 10 to 20 yuan", "lighter_equal"),
        ("fine 10 to 30 yuan", "lighter_heavier"),
        ("confiscate act.fee", "lighter_open"),
    ],
)
def test_the_later_law_is_weighed_in_the_reasons(later: str, code: str) -> None:
    text = (
        f"{LIGHTER}rule R\n"
        "  version from 2000-01-01 to 2010-12-31\n    law GEN-2000 art 1\n"
        "    then fine 10 to 20 yuan\n"
        f"  version from 2011-01-01\n    law GEN-2011 art 1\n    then {later}\n"
    )
    book = small.rulebook(text)

    assert code in codes(book, {"fee": 5})


def test_a_later_law_that_cannot_be_compared_says_so() -> None:
    text = (
        f"{LIGHTER}{FINED}"
        "exception E to R\n  version from 2011-01-01\n    law GEN-2011 art 1\n"
        "    then fine 1 to 2 yuan\n"
    )

    assert "lighter_not_compared" in codes(small.rulebook(text), {})


def test_fines_that_give_way_are_named() -> None:
    text = (
        f"{FINED}rule S\n{HEAD}    then fine 30 to 40 yuan\n"
        f"rule H\n{HEAD}    then the higher fine only\n"
    )
    book = small.rulebook(text)

    assert {"higher_fine", "effect_must"} <= codes(book, {})


def test_several_fines_to_choose_from_are_named() -> None:
    text = (
        f"{FINED}rule S\n{HEAD}    then fine 30 to 40 yuan\nrule O\n{HEAD}    then one fine only\n"
    )

    assert "choose_norm" in codes(small.rulebook(text), {})


def test_no_norm_is_chosen_where_no_fine_is_left() -> None:
    text = (
        f"{FINED}rule S\n{HEAD}    then fine 30 to 40 yuan\nrule O\n{HEAD}    then one fine only\n"
        f"rule N\n{HEAD}    then exempt from fine\n"
    )

    assert "choose_norm" not in codes(small.rulebook(text), {})


def test_a_general_rule_under_which_nothing_follows_yet_is_told() -> None:
    text = (
        "rule N\n  version from 2000-01-01 to 2009-12-31\n    law GEN-2000 art 8\n"
        '    reading "the text takes nothing away"\n'
        f"  version from 2010-01-01\n    law GEN-2010 art 8\n    then exempt from fine\n{FINED}"
    )

    assert "reading" in codes(small.rulebook(text), {"ended_on": "2009-05-05"})


def test_an_open_tier_beyond_the_depth_is_told() -> None:
    more = "".join(f'  j{n} "J{n}": judgement\n' for n in range(9))
    mark = '  a "A" / "甲": yes_no\n'
    text = small.VOCABULARY.read_text(encoding="utf-8").replace(mark, mark + more)
    kinds = ["warn", "criticise publicly", "publish", "educate", "suspend business",
             "close business", "restrict business", "downgrade", "order to stop"]  # fmt: skip
    tiers = "".join(f"    if act.j{n}\n      {kind}\n" for n, kind in enumerate(kinds))
    book = small.lowered(
        text, f"rule R\n{HEAD}    then fine 1 to 2 yuan\n{tiers}", vocabulary=False
    )
    assert book.diagnostics == ()

    assert "tier_open" in codes(book.rulebook, {})


def test_citations_read_in_either_language() -> None:
    cited = Cited((_citation("GEN-2000 art 1(2)"), _citation("GEN-2000 art 3")))

    assert cited.text("en") == "GEN-2000 art 1(2), GEN-2000 art 3"
    assert cited.text("zh") == "GEN-2000 第1条第2款、GEN-2000 第3条"


def _citation(text: str) -> Citation:
    found = parse_citation(text)
    assert found is not None
    return found


# --- ranges ---------------------------------------------------------------------------------------

MUST, MAY = FineTotal(1000, 2000), FineTotal(500, 800, may=True)
CAP, OPEN = FineTotal(None, 900), FineTotal(300, None, high_open=True)


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([], NO_FINE),
        ([NO_FINE, NO_FINE], NO_FINE),
        ([MUST, NO_FINE], MUST),
        ([MUST, MUST], FineTotal(2000, 4000)),
        ([MUST, MAY], FineTotal(1000, 2800)),
        ([MAY, MAY], FineTotal(500, 1600, may=True)),
        ([MAY, FineTotal(None, 5, may=True)], FineTotal(None, 805, may=True)),
        ([MUST, CAP], FineTotal(1000, 2900)),
        ([CAP, CAP], FineTotal(None, 1800)),
        ([CAP, MAY], FineTotal(None, 1700)),
        ([MUST, OPEN], FineTotal(1300, None, high_open=True)),
    ],
)
def test_sums_of_ranges(parts: list[FineTotal], total: FineTotal) -> None:
    assert add(parts) == total


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([MUST, MAY], FineTotal(500, 2000, may=True, choices=2)),
        ([MUST, CAP], FineTotal(None, 2000, choices=2)),
        ([MUST, OPEN], FineTotal(300, None, high_open=True, choices=2)),
    ],
)
def test_one_of_several_ranges(parts: list[FineTotal], total: FineTotal) -> None:
    assert union(parts, choices=2) == total


@pytest.mark.parametrize(
    ("fine", "inside", "outside"),
    [
        (MUST, [1000, 1500, 2000], [0, 999, 2001]),
        (MAY, [0, 500, 800], [1, 499, 801]),
        (CAP, [1, 900], [0, 901]),
        (NO_FINE, [0], [1, 1000]),
        (OPEN, [300, 10**9], [0, 299]),
    ],
)
def test_what_a_range_contains(fine: FineTotal, inside: list[int], outside: list[int]) -> None:
    assert all(fine.contains(fen) for fen in inside)
    assert not any(fine.contains(fen) for fen in outside)


@pytest.mark.parametrize(
    ("fine", "english", "chinese"),
    [
        (NO_FINE, "no fine", "不得罚款"),
        (FineTotal(1_000_000, 20_000_000), "10,000 yuan to 200,000 yuan", "1万元以上20万元以下"),
        (FineTotal(1_000_000, 2_000_000, may=True), "none, or 10,000 yuan to 20,000 yuan",
         "可以不罚，或1万元以上2万元以下"),
        (FineTotal(None, 100_000_000), "up to 1,000,000 yuan, no floor", "100万元以下，无下限"),
        (FineTotal(500, 500), "5 yuan", "5元"),
        (FineTotal(500, None, high_open=True), "from 5 yuan, ceiling not known",
         "5元以上，上限未知"),
        (FineTotal(None, None, high_open=True), "an amount that hangs on facts not known",
         "数额取决于未知事实"),
    ],
)  # fmt: skip
def test_ranges_in_words(fine: FineTotal, english: str, chinese: str) -> None:
    assert total_label(fine) == Label(english, chinese)


# --- hypotheses -----------------------------------------------------------------------------------


def test_dates_are_not_moved_past_the_calendar() -> None:
    book = small.rulebook(FINED)
    case = small.case(book, {"ended_on": "2010-05-05"}, decided_on="2014-01-01")

    with pytest.raises(DateOutOfRangeError, match="outside the years 1 to 9999"):
        law_of(case, book, datetime.date(9999, 1, 1))


def test_a_date_without_an_end_moves_by_its_beginning_only() -> None:
    book = small.rulebook(FINED)
    case = small.case(
        book, {"ended_on": "2010-05-05", "first": {"from": "2010-01-01"}, "second": "unknown"}
    )

    found = law_of(case, book, datetime.date(2011, 5, 5))

    assert found.decision is not None
    assert "+365 days" in found.decision.hypothesis.en


def test_nothing_is_compared_without_an_anchor() -> None:
    book = small.rulebook(FINED)

    with pytest.raises(NoAnchorError):
        compare_versions(small.case(book, {}), book)


def test_an_act_before_the_law_is_compared_under_every_norm() -> None:
    book = small.rulebook(FINED, f"rule W\n{HEAD}    then warn\n")
    case = small.case(book, {"ended_on": "1999-05-05"}, decided_on="1999-06-01")

    found, _ = compare_versions(case, book)

    assert found is not None
    assert found.lines[0].fine == NO_FINE
    assert [row.lines[0].fine for row in found.rows] == [MUST]


def test_rules_without_a_fine_are_compared_too() -> None:
    book = small.rulebook(f"rule W\n{HEAD}    then warn\n")
    case = small.case(book, {"ended_on": "2010-05-05"})

    found, _ = compare_versions(case, book)

    assert found is not None
    assert [row.interval.start for row in found.rows] == [datetime.date(2000, 1, 1)]


def test_a_confiscated_gain_is_told_with_its_article() -> None:
    book = small.rulebook(
        f"rule R\n{HEAD}    then fine 10 to 20 yuan\n         confiscate act.gain\n"
    )
    case = small.case(book, [{"ended_on": "2010-05-05", "gain": 5}, {"ended_on": "2010-05-06"}])

    found, _ = compare_versions(case, book)

    assert found is not None
    (line,) = found.lines
    assert [citation.text("en") for citation in line.taken] == ["GEN-2000 art 1"]
    assert line.by_branch == ()
    assert line.fine == FineTotal(2000, 4000)
    assert line.break_even == 4000


def test_an_open_ceiling_has_no_break_even() -> None:
    book = small.rulebook(f"rule R\n{HEAD}    then fine 3 to 5 times act.fee\n")

    found, _ = compare_versions(small.case(book, {"ended_on": "2010-05-05"}), book)

    assert found is not None
    assert found.lines[0].break_even is None


# --- scenarios ------------------------------------------------------------------------------------

SCENARIO = """
scenario "one" / "一"
  given act.ended_on is 2010-05-05
        act.a is yes
        party.rich is no
        2 order with fake is yes
        1 order with amount is 5 yuan
  decided on 2011-01-01
  expect {expected}
  because GEN-2000 art 1
"""
RULES = f"""
rule R
{HEAD}    when act.a
    then fine 10 to 20 yuan
         order to stop
    if (count of order where fake) at least 9
      warn
rule S
{HEAD}    when act.b
    then educate
"""


@pytest.mark.parametrize(
    ("expected", "failure"),
    [
        ("R established", None),
        ("R not established", ("R not established", "R established")),
        ("S undetermined", None),
        ("R defeated", ("R defeated", "R established")),
        ("fine 10 to 20 yuan", None),
        ("may fine 10 to 20 yuan", ("none, or 10 yuan to 20 yuan", "10 yuan to 20 yuan")),
        ("fine up to 20 yuan", ("up to 20 yuan, no floor", "10 yuan to 20 yuan")),
        ("no fine", ("no fine", "10 yuan to 20 yuan")),
        ("order to stop", None),
        ("not order to stop", ("no order to stop the violation", "order to stop the violation")),
        ("warn", ("warning", "no warning")),
        ("not warn", None),
        ("undetermined", ("undetermined", "determined")),
        ("needs act.b", None),
        ("needs act.c", ("needs act.c", "needs act.b")),
        ("no penalty", ("no penalty", "a penalty")),
    ],
)
def test_an_expectation(expected: str, failure: tuple[str, str] | None) -> None:
    book = small.rulebook(RULES, SCENARIO.format(expected=expected))

    result = run_scenario(book.scenarios[0], book)

    assert result.passed is (failure is None)
    assert [(f.expected.en, f.found.en) for f in result.failures] == ([failure] if failure else [])
    assert all(f.expected.zh and f.found.zh for f in result.failures)
    assert result.act is not None


def test_a_scenario_whose_facts_clash_does_not_pass() -> None:
    text = SCENARIO.format(expected="R established").replace("2011-01-01", "2010-01-01")
    book = small.rulebook(RULES, text)

    result = run_scenario(book.scenarios[0], book)

    assert not result.passed
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["LAW550"]
    assert result.act is None


def test_a_scenario_may_expect_that_nothing_is_open() -> None:
    text = SCENARIO.format(expected="needs act.c").replace(
        "act.a is yes", "act.b is no\n        act.a is no"
    )
    book = small.rulebook(RULES, text)

    (failure,) = run_scenario(book.scenarios[0], book).failures

    assert failure.found.en == "needs -"


def test_the_day_of_a_scenario_may_be_a_year() -> None:
    text = SCENARIO.format(expected="R established").replace("2011-01-01", "2_011")
    book = small.rulebook(
        RULES, text.replace("act.ended_on is 2010-05-05", "act.ended_on is 2_010")
    )

    result = run_scenario(book.scenarios[0], book)

    assert result.passed
    assert result.act is not None
    assert (
        str(result.act.conduct)
        == "Within(low=datetime.date(2010, 1, 1), high=datetime.date(2010, 12, 31))"
    )
