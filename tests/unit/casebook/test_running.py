"""What was decided beside the lawful range."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lawengine.base.citation import parse_citation
from lawengine.base.source import Source
from lawengine.casebook import (
    ArticleVerdict,
    CaseFile,
    CaseRun,
    NoFine,
    Obstacle,
    Verdict,
    read_case,
    run_case,
    run_casebook,
)
from lawengine.casebook.comparing import (
    ARTICLE_LABELS,
    OBSTACLE_LABELS,
    VERDICT_LABELS,
    place,
)
from lawengine.deciding.decision import NO_FINE, FineTotal
from lawengine.evaluation.facts import UNKNOWN, Known, Within
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook
from tests import small

OLD = FineTotal(1_000_000, 20_000_000, may=True)
NEW = FineTotal(20_000_000, 100_000_000)
SERIOUS = FineTotal(150_000_000, 200_000_000)
CAPPED = FineTotal(None, 100_000_000)
OPEN = FineTotal(1_000_000, None, high_open=True)


@pytest.mark.parametrize(
    ("fine", "ranges", "verdict"),
    [
        (Known(19_000_000), [OLD], Verdict.INSIDE),
        (Known(20_000_000), [OLD], Verdict.INSIDE),
        (Known(1_000_000), [OLD], Verdict.INSIDE),
        (Known(999_999), [OLD], Verdict.BELOW_FLOOR),
        (Known(20_000_001), [OLD], Verdict.ABOVE_CAP),
        (NoFine(), [OLD], Verdict.INSIDE),
        (NoFine(), [NEW], Verdict.BELOW_FLOOR),
        (NoFine(), [NO_FINE], Verdict.INSIDE),
        (Known(1), [NO_FINE], Verdict.ABOVE_CAP),
        (Known(1), [CAPPED], Verdict.INSIDE),
        (NoFine(), [CAPPED], Verdict.BELOW_FLOOR),
        (Known(10**15), [OPEN], Verdict.INSIDE),
        (Known(1), [OPEN], Verdict.BELOW_FLOOR),
        (Known(50_000_000), [NEW, SERIOUS], Verdict.INSIDE),
        (Known(160_000_000), [NEW, SERIOUS], Verdict.INSIDE),
        (Known(120_000_000), [NEW, SERIOUS], Verdict.BETWEEN_RANGES),
        (Known(1), [NEW, SERIOUS], Verdict.BELOW_FLOOR),
        (Known(300_000_000), [NEW, SERIOUS], Verdict.ABOVE_CAP),
        (Within(20_000_000, 30_000_000), [NEW], Verdict.INSIDE),
        (Within(1_000_000, 19_000_000), [NEW], Verdict.BELOW_FLOOR),
        (Within(1_000_000, 30_000_000), [NEW], Verdict.NOT_COMPARABLE),
        (Within(50_000_000, 160_000_000), [NEW, SERIOUS], Verdict.NOT_COMPARABLE),
        (UNKNOWN, [NEW], Verdict.NOT_COMPARABLE),
        (Known(1), [], Verdict.NOT_COMPARABLE),
    ],
)
def test_where_a_fine_lies(fine: Known, ranges: list[FineTotal], verdict: Verdict) -> None:
    assert place(fine, ranges) is verdict


CASE = """\
case: a-case
decided_on: YEAR-12-01
respondents:
  - name: agency
    acts:
      - name: brushing
        kind: organising_fake_transactions
        ended_on: YEAR-06
        serious: SERIOUS
decided:
"""
NOT_SERIOUS = "{value: no, because: a first case}"


def case_of(
    rulebook: Rulebook, decided: str, year: int = 2020, serious: str = NOT_SERIOUS
) -> CaseFile:
    text = CASE.replace("YEAR", str(year)).replace("SERIOUS", serious)
    read = read_case(Source("x.yaml", text + decided), rulebook)
    assert read.diagnostics == ()
    assert read.case is not None
    return read.case


def run(rulebook: Rulebook, decided: str, year: int = 2020, serious: str = NOT_SERIOUS) -> CaseRun:
    return run_case(case_of(rulebook, decided, year, serious), rulebook)


@pytest.mark.parametrize(
    ("year", "decided", "verdict"),
    [
        (2016, "190000 yuan", Verdict.INSIDE),
        (2016, "200001 yuan", Verdict.ABOVE_CAP),
        (2016, "none", Verdict.INSIDE),
        (2020, "190000 yuan", Verdict.BELOW_FLOOR),
        (2020, "20万元", Verdict.INSIDE),
        (2020, "none", Verdict.BELOW_FLOOR),
    ],
)
def test_the_law_of_the_day_gives_the_range(
    rulebook: Rulebook, year: int, decided: str, verdict: Verdict
) -> None:
    found = run(rulebook, f"  - {{respondent: agency, fine: {decided}}}\n", year)
    (comparison,) = found.comparisons
    assert comparison.verdict is verdict
    assert comparison.obstacle is None
    assert comparison.articles is ArticleVerdict.NOT_PRINTED
    assert comparison.outside == (verdict is not Verdict.INSIDE)
    assert found.mismatch == (verdict is Verdict.ABOVE_CAP)


def test_an_open_judgement_gives_two_ranges(rulebook: Rulebook) -> None:
    decided = (
        "  - {respondent: agency, fine: 160万元}\nexpect_open: ['respondents[1].acts[1].serious']"
    )
    found = run(rulebook, decided, serious="{unknown: yes}")
    (comparison,) = found.comparisons
    assert comparison.verdict is Verdict.INSIDE
    assert [(r.low, r.high) for r in comparison.ranges] == [
        (20_000_000, 100_000_000),
        (150_000_000, 200_000_000),
    ]
    assert not found.mismatch


def test_an_open_fact_that_the_file_does_not_expect_is_a_surprise(rulebook: Rulebook) -> None:
    decided = "  - {respondent: agency, fine: 160万元}\n"
    found = run(rulebook, decided, serious="{unknown: yes}")
    assert [str(key) for key in found.surprises] == ["respondents[1].acts[1].serious"]
    assert found.mismatch


def test_a_fact_that_is_expected_to_be_open_and_not_asked_for_is_a_mismatch(
    rulebook: Rulebook,
) -> None:
    decided = "  - {respondent: agency, fine: 30万元}\nexpect_open: ['respondents[1].acts[1].gain']"
    found = run(rulebook, decided)
    assert [str(key) for key in found.unasked] == ["respondents[1].acts[1].gain"]
    assert found.surprises == ()
    assert found.mismatch


def test_what_matters_only_once_the_violation_stands_may_be_expected(rulebook: Rulebook) -> None:
    text = CASE.replace("YEAR", "2020").replace("SERIOUS", "{unknown: yes}")
    text = text.replace("        kind: organising_fake_transactions\n", "")
    act, other = "respondents[1].acts[1]", "respondents[1]"
    keys = [f"{act}.kind", f"{act}.serious", f"{other}.turnover"]
    read = read_case(Source("x", f"{text}  []\nexpect_open: {keys}"), rulebook)
    assert read.case is not None
    found = run_case(read.case, rulebook)
    assert [str(key) for key in found.unasked] == [f"{other}.turnover"]
    assert found.surprises == ()


@pytest.mark.parametrize(
    ("decided", "obstacle"),
    [
        ("  - {respondent: agency, fine: unknown}\n", Obstacle.FINE_UNKNOWN),
        ("  - {respondent: agency, fine: 30万元, combined: yes}\n", Obstacle.COMBINED),
        ("  - {respondent: agency, fine: {from: 1万元, to: 30万元}}\n", Obstacle.FINE_VAGUE),
        (
            "  - {respondent: agency, fine: 30万元}\n\
  - {respondent: agency, act: brushing, fine: 40万元}\n",
            Obstacle.SEVERAL_DECISIONS,
        ),
    ],
)
def test_what_cannot_be_compared(rulebook: Rulebook, decided: str, obstacle: Obstacle) -> None:
    for comparison in run(rulebook, decided).comparisons:
        assert comparison.verdict is Verdict.NOT_COMPARABLE
        assert comparison.obstacle is obstacle
        assert not comparison.outside


def test_a_proposal_stands_beside_the_decision(rulebook: Rulebook) -> None:
    decided = (
        "  - {respondent: agency, fine: 10万元, proposed: yes}\n"
        "  - {respondent: agency, fine: 40万元}\n"
    )
    verdicts = [found.verdict for found in run(rulebook, decided).comparisons]
    assert verdicts == [Verdict.BELOW_FLOOR, Verdict.INSIDE]


STANDARD = """standard S.all "All" / "通用"

  version from 2015-01-01
    law STD-2015 art 1
    lighter is lowest 30 % rounded down
    heavier is highest 30 % rounded down
"""


@pytest.fixture(scope="module")
def guided(rulebook: Rulebook) -> Rulebook:
    """Return the rules with a discretion standard beside them."""
    return replace(rulebook, standards=small.rulebook(STANDARD).standards)


@pytest.mark.parametrize(
    ("year", "decided", "steps", "findings"),
    [
        (2016, "190000 yuan", ["heavier_step"], ("LAW722",)),
        (2016, "none", [], ()),
        (2020, "19万元", ["reduced_step"], ("LAW720",)),
        (2020, "20万元", ["lighter_step"], ("LAW722",)),
        (2020, "44万元", ["lighter_step"], ("LAW722",)),
        (2020, "44.01万元", ["ordinary_step"], ()),
        (2020, "76万元", ["heavier_step"], ("LAW722",)),
        (2020, "unknown", [], ("LAW725",)),
        (2020, "{from: 40万元, to: 50万元}", ["lighter_step", "ordinary_step"], ("LAW725",)),
    ],
)
def test_the_step_of_a_published_fine_is_told(
    guided: Rulebook, year: int, decided: str, steps: list[str], findings: tuple[str, ...]
) -> None:
    found = run(guided, f"  - {{respondent: agency, fine: {decided}}}\n", year)

    (comparison,) = found.comparisons
    assert comparison.check is not None
    assert [step.value for step in comparison.check.steps] == steps
    assert comparison.check.findings == findings


def test_each_decision_of_one_party_has_its_own_step(guided: Rulebook) -> None:
    decided = (
        "  - {respondent: agency, fine: 10万元, proposed: yes, grounds: [危害较小]}\n"
        "  - {respondent: agency, fine: 50万元}\n"
    )
    checks = [found.check for found in run(guided, decided).comparisons]

    assert [[step.value for step in one.steps] for one in checks if one is not None] == [
        ["reduced_step"],
        ["ordinary_step"],
    ]
    assert [one.ground_missing for one in checks if one is not None] == [False, False]


def test_where_a_fine_falls_weighs_nothing_in_the_verdict(guided: Rulebook) -> None:
    found = run(guided, "  - {respondent: agency, fine: 20万元}\n")

    assert found.comparisons[0].verdict is Verdict.INSIDE
    assert not found.mismatch


@pytest.mark.parametrize(
    ("articles", "verdict", "others"),
    [
        ("[AUCL-2019 art 20]", ArticleVerdict.AGREE, []),
        ("[AUCL-2019 art 20(1), AUCL-2019 第8条第2款]", ArticleVerdict.AGREE, []),
        ("[AUCL-2019 art 20(1)(2)]", ArticleVerdict.AGREE, []),
        ("[AUCL-2019 art 20(2)]", ArticleVerdict.DIFFER, ["AUCL-2019 art 20(2)"]),
        ("[AUCL-2017 art 20, AUCL-2019 art 8]", ArticleVerdict.DIFFER, ["AUCL-2017 art 20"]),
        ("[]", ArticleVerdict.NOT_PRINTED, []),
        (
            "[AUCL-2017 art 20], articles_unverified: yes",
            ArticleVerdict.NOT_PRINTED,
            ["AUCL-2017 art 20"],
        ),
    ],
)
def test_articles_are_compared_place_by_place(
    rulebook: Rulebook, articles: str, verdict: ArticleVerdict, others: list[str]
) -> None:
    found = run(rulebook, f"  - {{respondent: agency, fine: 30万元, articles: {articles}}}\n")
    (comparison,) = found.comparisons
    assert comparison.articles is verdict
    assert [str(article) for article in comparison.other_articles] == others
    assert found.mismatch == (verdict is ArticleVerdict.DIFFER)


def test_measures_that_the_engine_lacks_are_named(rulebook: Rulebook) -> None:
    decided = "  - {respondent: agency, fine: 30万元, measures: [order_to_stop, warn]}\n"
    (comparison,) = run(rulebook, decided).comparisons
    assert comparison.other_measures == (MeasureKind.WARN,)


def test_a_fine_below_the_floor_names_the_ground_that_would_allow_it(rulebook: Rulebook) -> None:
    (comparison,) = run(rulebook, "  - {respondent: agency, fine: none}\n", 2022).comparisons
    assert comparison.verdict is Verdict.BELOW_FLOOR
    assert comparison.lawful_by == (parse_citation("APL-2021 art 33(2)"),)
    (comparison,) = run(rulebook, "  - {respondent: agency, fine: 1万元}\n", 2022).comparisons
    assert comparison.lawful_by == ()


def test_an_open_violation_cannot_be_judged(rulebook: Rulebook) -> None:
    text = CASE.replace("YEAR", "2020").replace("SERIOUS", NOT_SERIOUS)
    text = text.replace("        kind: organising_fake_transactions\n", "")
    read = read_case(Source("x", text + "  - {respondent: agency, fine: 30万元}\n"), rulebook)
    assert read.case is not None
    found = run_case(read.case, rulebook)
    assert found.decision is not None
    assert found.decision.acts()[0].undetermined
    assert found.comparisons[0].verdict is Verdict.UNDETERMINED
    assert [key.fact for key in found.surprises] == ["kind"]


def test_facts_that_exclude_each_other_give_no_decision(rulebook: Rulebook) -> None:
    case = case_of(rulebook, "  []\nstarted_on: 2021\n")
    found = run_case(case, rulebook)
    assert found.decision is None
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["LAW550"]
    assert found.mismatch


def test_several_acts_are_compared_by_their_sum(rulebook: Rulebook) -> None:
    text = CASE.replace("YEAR", "2020").replace("SERIOUS", NOT_SERIOUS)
    act = text[text.index("      - name: brushing") : text.index("decided:")]
    text = text.replace("decided:", act.replace("brushing", "publicity") + "decided:")
    for fine, verdict in (("30万元", Verdict.BELOW_FLOOR), ("40万元", Verdict.INSIDE)):
        decided = f"  - {{respondent: agency, fine: {fine}}}\n"
        read = read_case(Source("x", text + decided), rulebook)
        assert read.case is not None
        (comparison,) = run_case(read.case, rulebook).comparisons
        assert comparison.verdict is verdict


def test_a_casebook_runs_in_its_order(rulebook: Rulebook) -> None:
    cases = [case_of(rulebook, "  []\n", year) for year in (2016, 2020)]
    runs = run_casebook(cases, rulebook)
    assert [found.case for found in runs] == cases
    assert all(found.comparisons == () for found in runs)


def test_everything_shown_has_words_in_both_languages() -> None:
    for members, labels in (
        (Verdict, VERDICT_LABELS),
        (Obstacle, OBSTACLE_LABELS),
        (ArticleVerdict, ARTICLE_LABELS),
    ):
        assert set(members) == set(labels)
        assert all(label.en and label.zh for label in labels.values())
