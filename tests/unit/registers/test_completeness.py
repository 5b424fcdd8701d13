"""A file that says how far it is complete: steps that it does not name were not taken by then."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.truth import Truth
from lawengine.compiled.engine import Engine
from lawengine.compiled.gate import FactError
from lawengine.deciding.decide import Decided, decide
from lawengine.deciding.decision import StatusOutcome
from lawengine.evaluation.facts import Origin
from lawengine.explanation.reason import Reason
from lawengine.explanation.sentences import sentence
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusState as S
from tests import small
from tests import statuses as st

DUE = "2011-06-06"
"""The last day: 15 days from 2011-05-20 end on a Saturday, so it is the Monday after."""
PAYS = {"served": "2011-05-20", "paid": True}


def told(
    book: Rulebook, penalty: dict[str, Any], on: str, known: object, days: st.Days | None = None
) -> Decided:
    facts = {"decided_on": on} | ({} if known is None else {"known": known})
    case = small.case(book, st.ACT, party={"penalties": [penalty]}, **facts)
    found = decide(case, book, days=days or st.Days())
    whole = Engine(book, days=days or st.Days()).whole(case)
    if found.decision is not None:
        states = [one.state for one in found.decision.respondents[0].statuses]
        assert [a.state for some in whole.statuses.values() for a in some] == states
    return found


def outcome(book: Rulebook, penalty: dict[str, Any], on: str, known: object) -> StatusOutcome:
    decision = told(book, penalty, on, known).decision
    assert decision is not None
    return decision.respondents[0].statuses[0]


def codes(reason: Reason) -> set[str]:
    return {reason.code}.union(*(codes(child) for child in reason.children))


@pytest.mark.parametrize(
    ("known", "on", "expected"),
    [
        pytest.param(None, "2011-06-30", {S.BREACHED, S.DISCHARGED}, id="nothing said: open"),
        pytest.param("2011-06-30", "2011-06-30", {S.BREACHED}, id="complete: overdue"),
        pytest.param("2011-06-07", "2011-06-07", {S.BREACHED}, id="the day after the last one"),
        pytest.param(DUE, DUE, {S.DUE}, id="its last day"),
        pytest.param("2011-07-30", "2011-06-30", {S.BREACHED}, id="complete beyond the decision"),
        pytest.param("2011-06-29", "2011-06-30", {S.BREACHED, S.DISCHARGED}, id="a day short"),
        pytest.param("2011-05-01", "2011-06-01", {S.DUE, S.DISCHARGED}, id="complete before it"),
        pytest.param(
            {"from": "2011-06-29", "to": "2011-07-05"},
            "2011-06-30",
            {S.BREACHED, S.DISCHARGED},
            id="within bounds: the earliest day counts",
        ),
        pytest.param("unknown", "2011-06-30", {S.BREACHED, S.DISCHARGED}, id="said to be unknown"),
        pytest.param("9999-12-31", "2011-06-30", {S.BREACHED}, id="the last day of all"),
    ],
)
def test_a_payment_that_no_complete_file_names(known: object, on: str, expected: set[S]) -> None:
    assert set(outcome(st.rulebook(st.payment()), PAYS, on, known).possible) == expected


def test_a_payment_named_without_its_day_stays_open() -> None:
    found = outcome(st.rulebook(st.payment()), {**PAYS, "paid_on": "unknown"}, DUE, DUE)

    assert found.state is S.UNDETERMINED


def test_what_is_dated_after_the_complete_part_counts_when_it_comes() -> None:
    book, planned = st.rulebook(st.payment()), {**PAYS, "paid_on": "2011-06-20"}

    assert outcome(book, planned, "2011-06-10", "2011-06-10").state is S.BREACHED
    late = outcome(book, planned, "2011-06-30", "2011-06-10")
    assert (late.state, late.late) == (S.DISCHARGED, Truth.TRUE)


def test_the_reasons_say_that_the_absence_rests_on_the_file() -> None:
    found = outcome(st.rulebook(st.payment()), PAYS, "2011-06-30", "2011-06-30")

    assert {"ending_absent", "not_on_file"} <= codes(found.reason)
    (absent,) = [one for one in _all(found.reason) if one.code == "not_on_file"]
    assert absent.origin is Origin.ABSENT
    assert sentence(absent, "en").startswith(
        "Paid on: not in the file, which is complete up to 2011-06-30"
    )
    assert "案卷完整截至2011-06-30" in sentence(absent, "zh")


def _all(reason: Reason) -> list[Reason]:
    return [reason, *(one for child in reason.children for one in _all(child))]


def test_a_duty_without_the_step_that_begins_it_is_not_owed() -> None:
    found = outcome(st.rulebook(st.payment()), {"paid": True}, "2011-06-30", "2011-06-30")

    assert found.state is S.NOT_DUE
    assert "status_start_absent" in codes(found.reason)
    open_still = outcome(st.rulebook(st.payment()), {"paid": True}, "2011-06-30", "2011-06-29")
    assert open_still.state is S.UNDETERMINED


def test_a_duty_before_a_step_is_owed_while_the_step_is_not_taken() -> None:
    served = st.fact("penalty", "served")
    book = st.rulebook(st.payment(start=None, before=served, term=None))
    found = outcome(book, {"paid": True}, "2011-06-30", "2011-06-30")

    assert found.state is S.DUE
    # dated by another step, it waits for that one
    paid = replace(
        st.payment(start=None, before=served, term=None), dated_by=st.fact("penalty", "paid_on")
    )
    assert outcome(st.rulebook(paid), {"paid": True}, "2011-06-30", "2011-06-30").state is S.NOT_DUE


def test_a_list_that_nobody_was_put_on_and_a_removal_that_never_came() -> None:
    listed = {"decided": "2010-03-01", "heavy": True, "mended": True}
    book = st.rulebook(st.black_list())

    assert outcome(book, listed, "2011-06-30", "2011-06-30").state is S.LISTED
    assert outcome(book, listed, "2011-06-30", None).state is S.UNDETERMINED
    begun = st.rulebook(st.black_list(start=st.fact("penalty", "served")))
    assert outcome(begun, listed, "2011-06-30", "2011-06-30").state is S.NOT_LISTED
    # a removal of what never began is no contradiction: it may have been of something else
    removed = {**listed, "removed_on": "2011-05-01"}
    assert outcome(begun, removed, "2011-06-30", "2011-06-30").state is S.NOT_LISTED


def test_an_ending_before_the_start_of_what_no_step_dates_contradicts_nothing() -> None:
    begun = st.rulebook(st.payment(start=st.fact("penalty", "decided")))
    early = {"decided": "2011-05-20", "paid": True, "paid_on": "2011-05-01"}

    assert outcome(begun, early, "2011-06-30", "2011-06-30").state is S.NOT_DUE
    # once the step is named that dates it, the payment came too soon
    problems = told(begun, {**early, "served": "2011-05-21"}, "2011-06-30", "2011-06-30")
    assert [one.code for one in problems.diagnostics] == ["LAW561"]


VOCABULARY = """
entity case
  decided_on: date, serves as decision_date
  known: date, serves as complete_until

entity party of case, listed as respondents

entity act of party, listed as acts
  ended_on: date, serves as conduct_date

entity step of party, listed as steps
  first: date, at most case.decided_on, goes on file
  second: date, at least step.first, goes on file
  told: date, at least step.second
"""


@pytest.fixture(scope="module")
def ordered() -> Rulebook:
    found = small.lowered(VOCABULARY, vocabulary=False)
    assert found.diagnostics == ()
    return found.rulebook


@pytest.mark.parametrize(
    ("step", "known", "code"),
    [
        pytest.param({"second": "2011-05-01"}, "2011-06-30", "LAW772", id="the earlier is missing"),
        pytest.param({"told": "2011-05-01"}, "2011-06-30", "LAW772", id="over one that is missing"),
        pytest.param({"second": "2011-07-01"}, "2011-06-30", "", id="dated after"),
        pytest.param({"second": "2011-05-01"}, None, "", id="nothing said"),
        pytest.param({"first": "2011-05-01"}, "2011-06-30", "", id="the later is missing"),
        pytest.param({}, "2011-06-30", "", id="neither was taken"),
        pytest.param({"first": "2011-04-01", "second": "2011-05-01"}, "2011-06-30", "", id="both"),
    ],
)
def test_a_later_step_without_the_earlier_one(
    ordered: Rulebook, step: dict[str, Any], known: str | None, code: str
) -> None:
    facts = {"decided_on": "2011-06-30"} | ({} if known is None else {"known": known})
    case = small.case(ordered, {}, party={"steps": [step]}, **facts)
    problems = decide(case, ordered).diagnostics
    engine = Engine(ordered)
    refused = False
    try:
        engine.gate.check(*engine.facts(case)["respondents[1].acts[1]"])
    except FactError:
        refused = True

    assert [one.code for one in problems] == [code] * bool(code)
    assert refused is bool(code)


def test_plain_facts_say_how_far_they_are_complete() -> None:
    book = st.rulebook(st.payment())
    day = datetime.date(2011, 6, 30)
    engine, penalty = (
        Engine(book, days=st.Days()),
        {"served": datetime.date(2011, 5, 20), "paid": True},
    )

    (open_still,) = engine.standings({"decided_on": day}, {"*penalty": (penalty,)})
    (found,) = engine.standings({"decided_on": day, "known": day}, {"*penalty": (penalty,)})
    assert open_still is None
    assert found is not None
    assert found.state is S.BREACHED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("known: date, serves as complete_until", "", id="right"),
        pytest.param("known: yes_no, serves as complete_until", "LAW771", id="no date"),
        pytest.param("known: date", "LAW773", id="nothing says how far"),
    ],
)
def test_what_says_how_far_a_file_is_complete(text: str, code: str) -> None:
    written = VOCABULARY.replace("known: date, serves as complete_until", text)

    found = small.lowered(written, vocabulary=False).diagnostics
    assert [one.code for one in found] == [code] * bool(code)


def test_only_a_date_goes_on_file() -> None:
    written = VOCABULARY.replace("first: date, at most case.decided_on", "first: yes_no")
    written = written.replace("at least step.first, ", "")

    assert "LAW770" in [one.code for one in small.lowered(written, vocabulary=False).diagnostics]


def test_terms_without_a_calendar_stay_open_in_a_complete_file() -> None:
    book = st.rulebook(st.payment(term=Period(5, Unit.WORKING_DAY)))
    decision = told(book, PAYS, "2011-06-30", "2011-06-30", st.Days(years=())).decision

    assert decision is not None
    assert decision.respondents[0].statuses[0].state is S.UNDETERMINED
