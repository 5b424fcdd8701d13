"""What was published on statuses beside what the rules make of the facts."""

from __future__ import annotations

from itertools import product

import pytest

from lawengine.base.label import LANGUAGES
from lawengine.casebook import (
    STATUS_GROUND_LABELS,
    STATUS_VERDICT_LABELS,
    StatusComparison,
    StatusGround,
    StatusVerdict,
)
from lawengine.casebook.status_verdicts import AGREES, Aspect, differs, left_open, worst
from lawengine.evaluation.facts import FactKey
from lawengine.evaluation.trace import Need
from tests import published
from tests.published import HEAVY

LIGHT = HEAVY.replace("heavy: yes", "heavy: no")
OPEN = HEAVY.replace(", heavy: yes", "")
RICH = HEAVY.replace("rich: no", "rich: yes")
NONE = "    rich: no\n    penalties: []\n"
NOTHING = "    rich: no\n"
EARLY = HEAVY.replace("2011-03-01", "2004-03-01")
LATER = HEAVY.replace("2011-03-01", "2012-07-01")
NEW = HEAVY.replace("2011-03-01", "2016-03-01").replace("heavy: yes", "heavy: yes, paid: yes")
UNPAID = NEW.replace("paid: yes", "paid: no")
ABLE = NEW.replace("paid: yes", "paid: yes, mended: yes")
SLOW = ABLE.replace("paid: yes", "paid: no")
MENDED = HEAVY.replace("heavy: yes", "heavy: yes, mended: yes, removed_on: 2012-04-01")
TOO_SOON = MENDED.replace("2012-04-01", "2012-02-28")
STAYS = HEAVY.replace("heavy: yes", "heavy: yes, mended: no, removed_on: 2012-04-01")
CLEAN = "    penalties: []\n    applications: [{applied: 2011-05-01, clean: yes}]\n"
SINCE = "2020-01-01"


def one(decided: str, facts: str = HEAVY, on: str = "2012-06-01") -> StatusComparison:
    (found,) = published.run(decided, facts, on).statuses
    return found


AGREE, DIFFER = StatusVerdict.AGREES, StatusVerdict.DIFFERS


@pytest.mark.parametrize(
    ("facts", "decided", "ground", "detail"),
    [
        # whether it was entered
        (HEAVY, "lists: [L.black]", None, ""),
        (HEAVY, "lists: [{name: L.black, entered: no}]", "holds", "2011-03-01"),
        (LIGHT, "lists: [{name: L.black, entered: no}]", None, ""),
        (LIGHT, "lists: [L.black]", "not_met", "Heavy"),
        (RICH, "lists: [L.black]", "not_met", "not: Rich"),
        (NONE, "lists: [L.black]", "nothing_decided", ""),
        (NONE, "lists: [{name: L.black, entered: no}]", None, ""),
        (EARLY, "lists: [L.black]", "not_in_force", "one from 2005-01-01 on"),
        (LATER, "lists: [L.black]", "other_day", "2012-07-01"),
        (MENDED, "lists: [L.black]", None, ""),
        # on which day
        (HEAVY, "lists: [{name: L.black, day: 2011-03-01}]", None, ""),
        (HEAVY, "lists: [{name: L.black, day: 2011}]", None, ""),
        (HEAVY, "lists: [{name: L.black, day: 2011-03-02}]", "other_day", "2011-03-01"),
        (HEAVY, "lists: [{name: L.black, day: 2010, entered: no}]", None, ""),
        (HEAVY, "lists: [{name: L.black, day: 2011, entered: no}]", "holds", "2011-03-01"),
        (LIGHT, "lists: [{name: L.black, day: 2010}]", "not_met", "Heavy"),
        # until when, for how long
        (HEAVY, "lists: [{name: L.black, until: 2014-03-01}]", None, ""),
        (HEAVY, "lists: [{name: L.black, until: 2014-03-02}]", "other_term", "2014-03-01"),
        (HEAVY, "lists: [{name: L.black, term: 3 years}]", None, ""),
        (HEAVY, "lists: [{name: L.black, term: 2 years}]", "other_term", "3 years"),
        (HEAVY, "lists: [{name: L.black, day: 2011, term: 2 years}]", "other_term", "3 years"),
        # joint measures
        (HEAVY, "joint_measures: [supervised]", None, ""),
        (HEAVY, "joint_measures: [{name: supervised, department: tax, of: L.black}]", None, ""),
        (
            HEAVY,
            "joint_measures: [{name: supervised, department: customs}]",
            "other_department",
            "tax office",
        ),
        (HEAVY, "joint_measures: [{name: shown, department: customs}]", None, ""),
        (HEAVY, "joint_measures: [{name: supervised, day: 2004-12-31}]", "not_in_force",
         "one from 2005-01-01 on"),
        (HEAVY, "joint_measures: [barred]", "not_in_force", "one from 2015-01-01 on"),
        (HEAVY, "joint_measures: [{name: supervised, of: L.green}]", "not_brought", ""),
        (LIGHT, "joint_measures: [supervised]", "not_listed", ""),
        (NONE, "joint_measures: [supervised]", "not_listed", ""),
        (MENDED, "joint_measures: [supervised]", "not_listed", ""),
        (MENDED, "joint_measures: [{name: supervised, day: 2012-03-01}]", None, ""),
        # benefits
        (CLEAN, "benefits: [L.green]", None, ""),
        (CLEAN, "benefits: [{name: L.green, granted: no}]", "holds", "2011-05-01"),
        (CLEAN, "benefits: [{name: L.green, until: 2012-05-01, term: 1 year}]", None, ""),
        (CLEAN, "joint_measures: [{name: faster, of: L.green, day: 2011-06}]", None, ""),
        (STAYS + "    applications: [{applied: 2012-05-01, clean: yes}]\n",
         "benefits: [L.green]", "not_met", "not: stands on the list “Black list”"),
        (STAYS + "    applications: [{applied: 2012-05-01, clean: yes}]\n",
         "benefits: [{name: L.green, granted: no}]", None, ""),
        # repairs
        (MENDED, "repairs: [{name: L.black, day: 2012-04-01}]", None, ""),
        (MENDED, "repairs: [{name: L.black, day: 2012-04-02}]", "other_day", "2012-04-01"),
        (MENDED, "repairs: [{name: L.black, granted: no}]", "holds", "2012-04-01"),
        (TOO_SOON, "repairs: [L.black]", "too_early", "2012-03-01"),
        (TOO_SOON, "repairs: [{name: L.black, granted: no}]", None, ""),
        (STAYS, "repairs: [L.black]", "not_met", "Mended"),
        (LIGHT, "repairs: [L.black]", "not_met", "Heavy"),
        (LIGHT, "repairs: [{name: L.black, granted: no}]", None, ""),
        (HEAVY, "repairs: [{name: L.black, minimum: 1 year}]", None, ""),
        (HEAVY, "repairs: [{name: L.black, minimum: 6 months}]", "other_minimum", "1 year"),
        (OPEN, "repairs: [{name: L.black, minimum: 1 year}]", None, ""),
        (OPEN, "repairs: [{name: L.black, minimum: 12 months}]", None, ""),
        (STAYS, "repairs: [{name: L.black, minimum: 1 year}]", None, ""),
        (NONE, "repairs: [{name: L.black, minimum: 1 year}]", "nothing_decided", ""),
        (HEAVY, "repairs: [{name: L.black, minimum: 1 year, day: 2004}]", "not_in_force",
         "one from 2005-01-01 on"),
        (LIGHT, "repairs: [{name: L.black, minimum: 2 years, granted: no}]", "other_minimum",
         "1 year"),
        (TOO_SOON, "repairs: [{name: L.black, minimum: 1 year, granted: yes}]", "too_early",
         "2012-03-01"),
    ],
)  # fmt: skip
def test_what_the_facts_settle_agrees_or_differs(
    facts: str, decided: str, ground: str | None, detail: str
) -> None:
    found = one(decided, facts)

    assert found.verdict is (AGREE if ground is None else DIFFER)
    assert found.ground == (None if ground is None else StatusGround(ground))
    assert found.detail.text("en") == detail
    assert bool(found.detail.text("zh")) == bool(detail)
    assert found.needs == ()


@pytest.mark.parametrize(
    ("facts", "decided", "ground", "detail"),
    [
        # a removal that is due after a time is a term as well
        (NEW, "lists: [{name: L.black, term: 5 years}]", None, ""),
        (NEW, "lists: [{name: L.black, term: 3 years}]", "other_term", "5 years"),
        (NEW, "lists: [{name: L.black, until: 2021-03-01}]", None, ""),
        (NEW, "lists: [{name: L.black, until: 2021-03-02}]", "other_term", "2021-03-01"),
        # which of several ways is the party's hangs on a fact
        (NEW, "repairs: [{name: L.black, minimum: 6 months}]", None, ""),
        (ABLE, "repairs: [{name: L.black, minimum: 1 year}]", "other_minimum", "6 months"),
        (ABLE, "repairs: [{name: L.black, minimum: 6 months}]", None, ""),
        (SLOW, "repairs: [{name: L.black, minimum: 1 year}]", None, ""),
        (SLOW, "repairs: [{name: L.black, minimum: 6 months}]", "other_minimum", "1 year"),
        # a way out that is open for a time
        (ABLE, "repairs: [{name: L.black, minimum: 3 months, day: 2017}]", None, ""),
        (
            ABLE,
            "repairs: [{name: L.black, minimum: 3 months, day: 2018}]",
            "other_minimum",
            "6 months or 1 year",
        ),
        (
            NEW,
            "repairs: [{name: L.black, minimum: 2 years}]",
            "other_minimum",
            "6 months or 1 year",
        ),
        (UNPAID, "lists: [L.black]", "not_met", "Paid"),
        (NEW, "joint_measures: [{name: barred, department: customs}]", None, ""),
        # no version has it any more
        (NEW, "joint_measures: [supervised]", "not_brought", ""),
        # a listing keeps the measures of its own version
        (HEAVY, "joint_measures: [{name: barred, day: 2016-01-01}]", "not_listed", ""),
    ],
)  # fmt: skip
def test_the_version_of_the_day_is_asked(
    facts: str, decided: str, ground: str | None, detail: str
) -> None:
    found = one(decided, facts, SINCE)

    assert found.verdict is (AGREE if ground is None else DIFFER)
    assert found.ground == (None if ground is None else StatusGround(ground))
    assert found.detail.text("en") == detail


HEAVY_FACT = "respondents[1].penalties[1].heavy"
PENALTIES = "respondents[1].penalty"


@pytest.mark.parametrize(
    ("facts", "decided", "needs"),
    [
        (OPEN, "lists: [L.black]", [HEAVY_FACT]),
        (OPEN, "lists: [{name: L.black, entered: no}]", [HEAVY_FACT]),
        (OPEN, "lists: [{name: L.black, day: 2011, term: 3 years}]", [HEAVY_FACT]),
        (NOTHING, "lists: [L.black]", [PENALTIES]),
        (NOTHING, "lists: [{name: L.black, entered: no}]", [PENALTIES]),
        (OPEN, "joint_measures: [supervised]", [HEAVY_FACT]),
        (NOTHING, "joint_measures: [shown]", [PENALTIES]),
        (OPEN, "repairs: [{name: L.black, granted: no, day: 2012-04-01}]",
         [HEAVY_FACT, "respondents[1].penalties[1].mended",
          "respondents[1].penalties[1].removed_on"]),
        (NOTHING, "repairs: [{name: L.black, minimum: 1 year}]", [PENALTIES]),
        (HEAVY.replace("2011-03-01", "2011"), "lists: [{name: L.black, day: 2011-03}]",
         ["respondents[1].penalties[1].decided"]),
        (HEAVY.replace("2011-03-01", "2012-05-01 to 2012-07-01"), "lists: [L.black]",
         ["respondents[1].penalties[1].decided"]),
        (NOTHING, "benefits: [L.green]", ["respondents[1].application"]),
    ],
)  # fmt: skip
def test_what_was_not_published_leaves_it_open(facts: str, decided: str, needs: list[str]) -> None:
    found = one(decided, facts)

    assert found.verdict is StatusVerdict.OPEN
    assert found.ground is StatusGround.FACTS_OPEN
    assert list(dict.fromkeys(str(need.key) for need in found.needs)) == needs


def test_the_shorter_of_two_ways_is_open_while_the_fact_between_them_is() -> None:
    facts = ABLE.replace("paid: yes, ", "")
    for months in (6, 12):
        found = one(f"repairs: [{{name: L.black, minimum: {months} months}}]", facts, SINCE)

        assert found.verdict is StatusVerdict.OPEN
        assert {str(need.key) for need in found.needs} == {"respondents[1].penalties[1].paid"}
    # the longer way is closed, and whether the shorter is open is not known
    found = one("repairs: [{name: L.black, minimum: 1 year}]", NEW, SINCE)

    assert found.verdict is StatusVerdict.OPEN
    assert {str(need.key) for need in found.needs} == {"respondents[1].penalties[1].mended"}


def test_a_term_is_open_while_the_version_that_sets_it_is() -> None:
    facts = NEW.replace("2016-03-01", "2014-12-01 to 2015-02-01")
    found = one("lists: [{name: L.black, term: 3 years}]", facts, SINCE)

    assert found.verdict is StatusVerdict.OPEN
    assert "respondents[1].penalties[1].decided" in {str(need.key) for need in found.needs}


def test_what_the_rules_do_not_hold_is_said_and_no_mismatch() -> None:
    run = published.run("lists: [{other: defaulters}]\nrepairs: [{other: within 3 months}]")

    assert [found.verdict for found in run.statuses] == [StatusVerdict.NOT_KNOWN] * 2
    assert {found.ground for found in run.statuses} == {StatusGround.NO_RULE}
    assert not any(found.needs for found in run.statuses)
    assert run.comparisons == ()


def test_a_difference_is_a_mismatch_and_what_is_open_must_be_expected() -> None:
    agrees, differing = (published.run("lists: [L.black]", facts) for facts in (HEAVY, LIGHT))
    left = published.run("lists: [L.black]", OPEN)
    whole = published.run("lists: [L.black]", NOTHING)

    assert [run.mismatch for run in (agrees, differing, left, whole)] == [False, True, True, False]
    assert [str(key) for key in left.surprises] == [HEAVY_FACT]
    # A list that is missing whole is no fact that the file could name.
    assert whole.surprises == ()


def test_a_fact_that_was_not_published_is_expected_to_be_open() -> None:
    from lawengine.base.source import Source
    from lawengine.casebook import read_case, run_case

    text = published.text("lists: [L.black]", OPEN)
    for keys, mismatches in (([HEAVY_FACT], False), ([HEAVY_FACT, "respondents[1].revenue"], True)):
        read = read_case(Source("x", f"{text}expect_open: {keys}\n"), published.lists())
        assert read.case is not None
        assert run_case(read.case, published.lists()).mismatch is mismatches


def test_two_things_of_one_list_are_taken_apart_by_their_days() -> None:
    facts = """\
    penalties:
      - {decided: 2009-03-01, heavy: yes}
      - {decided: 2011-03-01, heavy: no}
    rich: no
"""
    verdicts = [
        one(f"lists: [{{name: L.black, day: {day}}}]", facts).verdict
        for day in ("2009-03-01", "2011-03-01", "2010")
    ]
    refused = [
        one(f"lists: [{{name: L.black, entered: no, day: {day}}}]", facts).verdict
        for day in ("2009-03-01", "2011-03-01", "2010")
    ]

    assert verdicts == [AGREE, DIFFER, DIFFER]
    assert refused == [DIFFER, AGREE, AGREE]


def test_the_last_day_that_the_decision_may_have_is_asked() -> None:
    facts = HEAVY.replace("2011-03-01", "2011-03")
    run = published.run("lists: [{name: L.black, day: 2011-03}]", facts, "2011-03")

    assert [found.verdict for found in run.statuses] == [AGREE]


def test_each_respondent_is_asked_for_itself() -> None:
    from lawengine.base.source import Source
    from lawengine.casebook import read_case, run_case

    text = published.text("lists: [L.black]")
    text = text.replace(
        "decided:\n  - respondent",
        "  - {name: other, acts: [{kind: red, ended_on: 2009}], rich: no,"
        " penalties: [{decided: 2011-03-01, heavy: no}]}\ndecided:\n  - respondent",
    )
    text += "  - {respondent: other, lists: [L.black]}\n"
    read = read_case(Source("x", text), published.lists())
    assert read.case is not None
    run = run_case(read.case, published.lists())

    assert [(found.published.respondent, found.verdict) for found in run.statuses] == [
        ("shop", AGREE),
        ("other", DIFFER),
    ]


ITEMS = ("L.black", "{name: L.black, entered: no}", "{other: x}", "{name: L.black, day: 2010}")


@pytest.mark.parametrize("facts", [HEAVY, LIGHT, OPEN, NONE, NOTHING, EARLY, RICH])
def test_no_published_item_is_lost(facts: str) -> None:
    for first, second in product(ITEMS, repeat=2):
        run = published.run(f"lists: [{first}, {second}]\nbenefits: [L.green]\n", facts)
        assert len(run.statuses) == len(run.case.statuses) == 3
        assert [found.published for found in run.statuses] == list(run.case.statuses)


def test_of_several_sides_the_one_furthest_from_agreeing_counts() -> None:
    needs = [(Need(FactKey("a", "b", name)),) for name in "cd"]
    opened = [left_open(one) for one in needs]
    other = differs(StatusGround.OTHER_DAY)
    unknown = Aspect(StatusVerdict.NOT_KNOWN, StatusGround.NO_RULE)

    assert worst([]) is AGREES
    assert worst([AGREES, AGREES]) == AGREES
    assert worst([opened[0], AGREES, opened[1]]).needs == (*needs[0], *needs[1])
    assert worst([other, opened[0]]) is other
    assert worst([unknown, other]) is unknown


def test_every_verdict_and_ground_has_words_in_both_languages() -> None:
    for members, labels in (
        (StatusVerdict, STATUS_VERDICT_LABELS),
        (StatusGround, STATUS_GROUND_LABELS),
    ):
        assert set(members) == set(labels)
        assert all(label.text(language) for label in labels.values() for language in LANGUAGES)
        assert all(label.en and label.zh for label in labels.values())
