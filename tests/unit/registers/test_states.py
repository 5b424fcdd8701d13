"""The life of lists, benefits and duties, each state and each refused shortcut."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.truth import Truth
from lawengine.compiled.engine import Engine
from lawengine.deciding.decision import StatusOutcome
from lawengine.evaluation.facts import Known, Within
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.statuses import Ending, EndingKind, Status, StatusKind, StatusState
from tests import small
from tests import statuses as st

HEAVY = {"decided": "2010-03-01", "heavy": True}
LISTED = {**HEAVY, "mended": False}
SERVED = {"served": "2011-05-20", "paid": False}


def state(book: Rulebook, penalty: dict[str, Any], on: str) -> StatusState:
    return st.outcome(book, {"penalties": [penalty]}, on, st.Days()).state


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("penalty", "on", "expected"),
    [
        pytest.param(LISTED, "2010-02-28", StatusState.NOT_LISTED, id="decided after the day"),
        pytest.param(LISTED, "2010-03-01", StatusState.LISTED, id="its first day"),
        pytest.param(LISTED, "2013-03-01", StatusState.LISTED, id="its last day"),
        pytest.param(LISTED, "2013-03-02", StatusState.EXPIRED, id="the day after"),
        pytest.param(
            {**HEAVY, "heavy": False}, "2011-06-01", StatusState.NOT_LISTED, id="not heavy"
        ),
        pytest.param(
            {**HEAVY, "mended": True, "removed_on": "2011-03-01"},
            "2011-06-01",
            StatusState.REMOVED,
            id="removed on the first day allowed",
        ),
        pytest.param(
            {**HEAVY, "mended": True, "removed_on": "2011-02-28"},
            "2011-06-01",
            StatusState.LISTED,
            id="removed a day too early",
        ),
        pytest.param(
            {**HEAVY, "mended": False, "removed_on": "2011-03-01"},
            "2011-06-01",
            StatusState.LISTED,
            id="removed without its condition",
        ),
        pytest.param(
            {**HEAVY, "mended": True, "removed_on": "2011-07-01"},
            "2011-06-01",
            StatusState.LISTED,
            id="removed after the decision",
        ),
        pytest.param(
            {**HEAVY, "mended": True, "removed_on": "2013-03-02"},
            "2013-06-01",
            StatusState.EXPIRED,
            id="removed after its term",
        ),
        pytest.param(
            {**HEAVY, "mended": True}, "2011-06-01", StatusState.UNDETERMINED, id="no day of it"
        ),
        pytest.param({"decided": "2010-03-01"}, "2011-06-01", StatusState.UNDETERMINED, id="open"),
        pytest.param({"heavy": False}, "2011-06-01", StatusState.NOT_LISTED, id="undated, not met"),
    ],
)
def test_a_list(penalty: dict[str, Any], on: str, expected: StatusState) -> None:
    assert state(st.rulebook(st.black_list()), penalty, on) is expected


def test_a_listing_tells_its_days() -> None:
    found = st.outcome(st.rulebook(st.black_list()), {"penalties": [LISTED]})

    assert found.start == Known(small.date("2010-03-01"))
    assert found.until == Known(small.date("2013-03-01"))
    assert found.earliest_removal == Known(small.date("2011-03-01"))
    assert (found.deadline, found.ended) == (None, None)
    assert [measure.name for measure in found.measures] == ["watch"]


def test_a_list_without_a_term_never_expires() -> None:
    book = st.rulebook(st.black_list(term=None))

    found = st.outcome(book, {"penalties": [LISTED]}, "2999-01-01")

    assert found.state is StatusState.LISTED
    assert found.until is None


def test_a_day_that_does_not_exist_bounds_the_term() -> None:
    book = st.rulebook(st.black_list())
    penalty = {**LISTED, "decided": "2012-02-29"}

    assert state(book, penalty, "2015-02-28") is StatusState.LISTED
    assert state(book, penalty, "2015-03-01") is StatusState.UNDETERMINED
    assert state(book, penalty, "2015-03-02") is StatusState.EXPIRED


def test_a_way_out_is_open_over_its_interval_only() -> None:
    closed = Ending(
        EndingKind.REMOVED,
        st.law(),
        on=st.fact("penalty", "removed_on"),
        interval=Interval(small.date("2012-01-01"), small.date("2012-06-30")),
    )
    book = st.rulebook(st.black_list(endings=(closed,)))

    for day, expected in {
        "2011-12-31": StatusState.LISTED,
        "2012-01-01": StatusState.REMOVED,
        "2012-06-30": StatusState.REMOVED,
        "2012-07-01": StatusState.LISTED,
    }.items():
        assert state(book, {**HEAVY, "removed_on": day}, "2012-12-31") is expected


def test_one_of_two_ways_out_is_enough() -> None:
    ways = (
        Ending(EndingKind.REMOVED, st.law(), st.fact("penalty", "mended"), after=st.YEAR),
        Ending(EndingKind.REMOVED, st.law(), after=Period(2, Unit.YEAR)),
    )
    book = st.rulebook(st.black_list(endings=ways))

    assert state(book, {**HEAVY, "mended": True}, "2011-02-28") is StatusState.LISTED
    assert state(book, {**HEAVY, "mended": True}, "2011-03-01") is StatusState.REMOVED
    assert state(book, {**HEAVY, "mended": False}, "2011-03-01") is StatusState.LISTED
    assert state(book, {**HEAVY, "mended": False}, "2012-03-01") is StatusState.REMOVED


def test_the_version_is_that_of_the_day_that_dates_it() -> None:
    early = st.version(
        interval=Interval(small.date("2000-01-01"), small.date("2009-12-31")),
        when=st.fact("penalty", "heavy"),
    )
    book = st.rulebook(
        st.status(
            StatusKind.LIST, "black", "penalty", "decided", early,
            st.version(
                interval=Interval(small.date("2010-01-01"), None),
                when=st.negated(st.fact("penalty", "heavy")),
            ),
        )
    )  # fmt: skip
    year = {"from": "2009-01-01", "to": "2010-12-31"}

    assert state(book, {"decided": "2009-12-31", "heavy": True}, "2011-01-01") == "listed"
    assert state(book, {"decided": "2010-01-01", "heavy": True}, "2011-01-01") == "not_listed"
    assert state(book, {"decided": "1999-12-31", "heavy": True}, "2011-01-01") == "not_listed"
    found = st.outcome(book, {"penalties": [{"decided": year, "heavy": True}]})
    assert set(found.possible) == {StatusState.LISTED, StatusState.NOT_LISTED}
    assert [(str(n.key), n.cut and n.cut.value) for n in found.needs][:1] == [
        ("respondents[1].penalties[1].decided", datetime.date(2010, 1, 1))
    ]


def test_a_date_within_bounds_settles_what_holds_at_every_point() -> None:
    book = st.rulebook(st.black_list())
    penalty = {**LISTED, "decided": {"from": "2010-01-01", "to": "2010-12-31"}}

    assert state(book, penalty, "2011-06-01") is StatusState.LISTED
    assert state(book, penalty, "2010-06-01") is StatusState.UNDETERMINED
    assert state(book, penalty, "2009-12-31") is StatusState.NOT_LISTED


# --- duties ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("penalty", "on", "expected"),
    [
        pytest.param(SERVED, "2011-05-19", StatusState.NOT_DUE, id="not yet served"),
        pytest.param(SERVED, "2011-05-20", StatusState.DUE, id="the day it arose"),
        pytest.param(SERVED, "2011-06-06", StatusState.DUE, id="the last day, moved by a weekend"),
        pytest.param(SERVED, "2011-06-07", StatusState.BREACHED, id="the day after"),
        pytest.param(
            {"served": "2011-05-20", "paid": True, "paid_on": "2011-05-20"},
            "2011-06-30",
            StatusState.DISCHARGED,
            id="paid at once",
        ),
        pytest.param(
            {"served": "2011-05-20", "paid": True, "paid_on": "2011-06-20"},
            "2011-06-10",
            StatusState.BREACHED,
            id="paid only later",
        ),
        pytest.param(
            {"served": "2011-05-20", "paid": True, "paid_on": "2011-06-20"},
            "2011-06-30",
            StatusState.DISCHARGED,
            id="paid late",
        ),
        pytest.param({"served": "2011-05-20"}, "2011-06-30", StatusState.UNDETERMINED, id="open"),
        pytest.param({"paid": False}, "2011-06-30", StatusState.UNDETERMINED, id="served unknown"),
    ],
)
def test_a_duty(penalty: dict[str, Any], on: str, expected: StatusState) -> None:
    assert state(st.rulebook(st.payment()), penalty, on) is expected


@pytest.mark.parametrize(
    ("paid_on", "late"),
    [("2011-06-06", Truth.FALSE), ("2011-06-07", Truth.TRUE)],
)
def test_a_duty_may_be_discharged_late(paid_on: str, late: Truth) -> None:
    penalty = {"served": "2011-05-20", "paid": True, "paid_on": paid_on}

    found = st.outcome(st.rulebook(st.payment()), {"penalties": [penalty]}, "2011-06-30", st.Days())

    assert found.late is late
    assert found.deadline == Known(small.date("2011-06-06"))
    assert found.ended == Known(small.date(paid_on))
    assert found.triggers == ("R",)


NOTICE = st.payment(start=None, before=st.fact("penalty", "served"), term=Period(7, Unit.DAY))
EVE = st.payment(start=None, before=st.fact("penalty", "served"), term=None)


@pytest.mark.parametrize(
    ("duty", "penalty", "on", "expected"),
    [
        pytest.param(NOTICE, SERVED, "2011-05-13", StatusState.DUE, id="7 days before"),
        pytest.param(NOTICE, SERVED, "2011-05-14", StatusState.BREACHED, id="6 days before"),
        pytest.param(EVE, SERVED, "2011-05-19", StatusState.DUE, id="the day before"),
        pytest.param(EVE, SERVED, "2011-05-20", StatusState.BREACHED, id="the day itself"),
        pytest.param(EVE, SERVED, "2009-05-06", StatusState.DUE, id="owed from the outset"),
        pytest.param(
            EVE,
            {"served": "2011-05-20", "paid": True, "paid_on": "1990-01-01"},
            "2011-05-20",
            StatusState.DISCHARGED,
            id="done long before, no contradiction",
        ),
        pytest.param(EVE, {"paid": False}, "2011-05-20", StatusState.UNDETERMINED, id="no day"),
    ],
)
def test_a_duty_that_is_due_before_a_day(
    duty: Status, penalty: dict[str, Any], on: str, expected: StatusState
) -> None:
    dated = st.fact("penalty", "decided")
    book = st.rulebook(replace(duty, dated_by=dated))

    assert state(book, {"decided": "2005-01-01", **penalty}, on) is expected


@pytest.mark.parametrize(
    ("paid_on", "late"),
    [("2011-05-13", Truth.FALSE), ("2011-05-14", Truth.TRUE)],
)
def test_what_is_due_before_a_day_may_be_late(paid_on: str, late: Truth) -> None:
    book = st.rulebook(replace(NOTICE, dated_by=st.fact("penalty", "decided")))
    penalty = {"decided": "2005-01-01", "served": "2011-05-20", "paid": True, "paid_on": paid_on}

    found = st.outcome(book, {"penalties": [penalty]}, "2011-06-30", st.Days())

    assert found.late is late
    assert found.start is None
    assert found.deadline == Known(small.date("2011-05-13"))


def test_before_the_first_of_all_days_there_is_no_last_day() -> None:
    book = st.rulebook(replace(EVE, dated_by=st.fact("penalty", "decided")))
    penalty = {"decided": "2005-01-01", "served": "0001-01-01", "paid": False}

    found = st.outcome(book, {"penalties": [penalty]}, "2011-06-30", st.Days())

    assert found.state is StatusState.UNDETERMINED


def test_a_year_without_a_calendar_leaves_the_deadline_within_bounds() -> None:
    book = st.rulebook(st.payment())
    party = {"penalties": [SERVED]}

    found = st.outcome(book, party, "2011-06-10")

    assert found.state is StatusState.UNDETERMINED
    assert set(found.possible) == {StatusState.DUE, StatusState.BREACHED}
    assert found.deadline == Within(small.date("2011-06-04"), None)
    assert found.needs == ()
    texts = [reason.words.get("text") for reason in found.reason.walk()]
    assert any("no published calendar for 2011" in text.text("en") for text in texts if text)  # type: ignore[union-attr]  # what is not there fails the test
    assert st.outcome(book, party, "2011-06-04").state is StatusState.DUE


def test_a_term_in_working_days_skips_the_weekends() -> None:
    book = st.rulebook(st.payment(term=Period(5, Unit.WORKING_DAY)))

    found = st.outcome(book, {"penalties": [SERVED]}, "2011-05-21", st.Days())

    assert found.deadline == Known(small.date("2011-05-27"))


def test_a_start_within_bounds_gives_a_deadline_within_bounds() -> None:
    penalty = {"served": {"from": "2011-05-02", "to": "2011-05-09"}, "paid": False}

    found = st.outcome(st.rulebook(st.payment()), {"penalties": [penalty]}, "2011-05-12", st.Days())

    assert found.deadline == Within(small.date("2011-05-17"), small.date("2011-05-24"))


# --- benefits, and statuses that ask statuses -----------------------------------------------------

APPLIED = {"applications": [{"applied": "2011-01-01", "clean": True, "withdrawn": False}]}


def green(party: dict[str, Any], on: str = "2011-06-01") -> StatusOutcome:
    book = st.rulebook(st.black_list(), st.green_channel())
    return next(o for o in st.outcomes(book, {**APPLIED, **party}, on) if o.name == "green")


def test_a_benefit_is_granted_for_its_term() -> None:
    assert green({"penalties": []}).state is StatusState.GRANTED
    assert green({"penalties": []}, "2012-01-01").state is StatusState.GRANTED
    assert green({"penalties": []}, "2012-01-02").state is StatusState.EXPIRED


def test_a_listed_party_gets_no_benefit_and_the_reason_names_the_list() -> None:
    found = green({"penalties": [LISTED]})

    assert found.state is StatusState.NOT_GRANTED
    assert found.barred.text("en") == "stands on the list “Black”"
    assert found.barred.text("zh") == "已被列入“black名”"
    assert found.reason.code == "status_barred"


def test_once_the_listing_is_over_the_benefit_is_open_again() -> None:
    removed = {**HEAVY, "mended": True, "removed_on": "2011-03-01"}

    assert green({"penalties": [removed]}).state is StatusState.GRANTED


def test_a_file_silent_on_penalties_leaves_the_benefit_open() -> None:
    found = green({})

    assert found.state is StatusState.UNDETERMINED
    assert {str(need.key) for need in found.needs} == {"respondents[1].penalty"}


def test_a_benefit_that_is_lost() -> None:
    party = {"applications": [{"applied": "2011-01-01", "clean": True, "withdrawn": True}]}

    assert green({**party, "penalties": []}).state is StatusState.LOST


def test_what_is_lost_is_not_held_whether_or_not_it_has_begun() -> None:
    applied = Within(small.date("2011-05-01"), small.date("2011-07-01"))
    party = {"applications": [{"applied": applied, "clean": True, "withdrawn": True}]}

    found = green({**party, "penalties": []}, "2011-06-01")

    assert set(found.possible) == {StatusState.NOT_GRANTED, StatusState.LOST}


def test_a_status_that_asks_for_itself_is_never_settled_by_itself() -> None:
    circular = st.black_list(exclusions=(st.holds("black"),))

    assert state(st.rulebook(circular), LISTED, "2011-06-01") is StatusState.UNDETERMINED


# --- what cannot have been ------------------------------------------------------------------------


def test_removed_before_it_was_listed_is_refused_before_anything_is_decided() -> None:
    penalty = {**HEAVY, "mended": True, "removed_on": "2010-02-28"}

    found = st.decided(st.rulebook(st.black_list()), {"penalties": [penalty]})

    assert found.decision is None
    (problem,) = found.diagnostics
    assert problem.code == "LAW560"
    assert problem.message("en") == (
        "removed before it was listed: `respondents[1].penalties[1].removed_on` is 2010-02-28, "
        "but the party stands on “Black” only from 2010-03-01"
    )
    assert "移出早于列入" in problem.message("zh")


def test_discharged_before_it_arose_is_refused() -> None:
    penalty = {"served": "2011-05-20", "paid": True, "paid_on": "2011-05-19"}

    found = st.decided(st.rulebook(st.payment()), {"penalties": [penalty]})

    assert [problem.code for problem in found.diagnostics] == ["LAW561"]


def test_what_never_came_about_cannot_be_removed_too_soon() -> None:
    penalty = {"decided": "2010-03-01", "heavy": False, "mended": True, "removed_on": "2010-02-28"}

    assert state(st.rulebook(st.black_list()), penalty, "2011-06-01") is StatusState.NOT_LISTED


def test_a_date_that_only_its_bounds_tell_of_may_never_have_come() -> None:
    bounded = small.VOCABULARY.read_text(encoding="utf-8")
    for label in ("缴纳日", "送达日"):
        bounded = bounded.replace(f'"{label}": date', f'"{label}": date, at most case.decided_on')
    on_payment = Ending(EndingKind.DISCHARGED, st.law(), on=st.fact("penalty", "paid_on"))
    book = replace(
        small.lowered(bounded, st.RULE, vocabulary=False).rulebook,
        statuses=st.rulebook(st.payment(endings=(on_payment,))).statuses,
    )
    served = {"served": "2011-05-20"}

    assert state(book, served, "2011-06-30") is StatusState.UNDETERMINED
    assert state(book, {**served, "paid_on": "2011-05-30"}, "2011-06-30") == "discharged"
    (never,) = st.outcomes(book, {"penalties": [{"paid_on": "2011-05-30"}]}, "2011-06-30")
    assert StatusState.NOT_DUE in never.possible


# --- rules that ask statuses ----------------------------------------------------------------------

BREACHED = (
    "rule R\n  version from 2000-01-01\n    law GEN-2000 art 1\n    when act.a\n"
    "    then fine 10 to 20 yuan\n"
)


def asking(name: str, *statuses: Status) -> Rulebook:
    """Return a rulebook whose rule fines a party for which that status holds."""
    book = st.rulebook(*statuses, text=BREACHED)
    rule = book.rules["R"]
    version = replace(rule.versions[0], when=st.holds(name))
    return replace(book, rules={"R": replace(rule, versions=(version,))})


def fines(book: Rulebook, party: dict[str, Any], on: str) -> list[tuple[int | None, int | None]]:
    decision = st.decided(book, party, on, st.Days()).decision
    assert decision is not None
    return [(branch.fine.low, branch.fine.high) for branch in decision.acts()[0].branches]


def test_a_rule_may_ask_whether_a_duty_is_breached() -> None:
    book = asking("pay", st.payment())
    party = {"penalties": [SERVED]}

    assert fines(book, party, "2011-06-06") == [(None, None)]
    assert fines(book, party, "2011-06-07") == [(1000, 2000)]


def test_what_a_status_leaves_open_the_act_leaves_open() -> None:
    book = asking("black", st.black_list())

    decision = st.decided(book, {"penalties": [{"decided": "2010-03-01", "mended": False}]})
    assert decision.decision is not None
    act = decision.decision.acts()[0]

    assert act.undetermined
    assert [str(need.key) for need in act.needs] == ["respondents[1].penalties[1].heavy"]


def test_facts_that_a_status_reads_count_as_read_by_the_rule() -> None:
    book = asking("", st.black_list(), st.payment())

    assert book.facts_read["R"] >= {"penalty", "penalty.heavy", "penalty.removed_on"}
    assert "penalty.served" not in book.facts_read["R"]


@pytest.mark.parametrize(("on", "high"), [("2011-06-06", None), ("2011-06-07", 2000)])
def test_the_compiled_engine_asks_statuses_as_the_reference_does(on: str, high: int | None) -> None:
    book = asking("pay", st.payment())
    case = small.case(book, st.ACT, party={"penalties": [SERVED]}, decided_on=on)
    engine = Engine(book, days=st.Days())

    ((answer,), problems) = engine.answers(case)

    assert problems == ()
    assert answer.outcome is not None
    assert answer.outcome.total().high == high


def test_a_rulebook_without_statuses_says_nothing_of_them() -> None:
    assert st.outcomes(st.rulebook(), {}) == ()
