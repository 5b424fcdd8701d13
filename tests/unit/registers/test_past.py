"""`listed since`: an entry that has ended still counts for the days on which it stood."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.truth import Truth
from lawengine.compiled.engine import Engine
from lawengine.model.expressions import Constant, Expression, FactOf, StatusHolds
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.statuses import Ending, EndingKind, StatusState
from lawengine.model.types import DATE, YES_NO
from tests import small
from tests import statuses as st

ENTRY = {"decided": "2010-03-01", "heavy": True, "mended": True, "removed_on": "2011-04-01"}
"""On the list from 2010-03-01 to 2011-03-31: removed after more than a year."""
LOST, GRANTED, OPEN = StatusState.LOST, StatusState.GRANTED, StatusState.UNDETERMINED


def since(day: Expression, name: str = "black") -> StatusHolds:
    return StatusHolds(name, YES_NO, day)


def book(asked: Expression, **of_list: Any) -> Rulebook:  # noqa: ANN401 - any clause of a list
    """Return a list and a benefit without a term, lost as `asked` says."""
    ending = Ending(EndingKind.LOST, st.law(), asked)
    benefit = st.green_channel(exclusions=(), term=None, endings=(ending,))
    return st.rulebook(st.black_list(**of_list), benefit)


def state(rules: Rulebook, entry: dict[str, Any], applied: str, on: str) -> StatusState:
    """Return the state of the benefit, of which both evaluators say the same."""
    application = {"clean": True, **({"applied": applied} if applied else {})}
    party = {"penalties": [entry], "applications": [application]}
    found = next(one for one in st.outcomes(rules, party, on, st.Days()) if one.name == "green")
    assert compiled(rules, party, on) is found.state
    return found.state


def compiled(rules: Rulebook, party: dict[str, Any], on: str) -> StatusState:
    made = Engine(rules, days=st.Days())
    case = small.case(rules, st.ACT, party=party, decided_on=on)
    told, _ = made.statuses(case)
    return next(one.state for one in told if one.lineage.status.name == "green")


APPLIED = FactOf("application", "applied", DATE)


@pytest.mark.parametrize(
    ("applied", "on", "expected"),
    [
        pytest.param("2010-01-01", "2010-02-28", GRANTED, id="before the entry"),
        pytest.param("2010-01-01", "2010-03-01", LOST, id="its first day"),
        pytest.param("2010-01-01", "2011-03-31", LOST, id="its last day"),
        pytest.param("2010-01-01", "2011-06-01", LOST, id="off the list: it does not come back"),
        pytest.param("2011-03-31", "2011-06-01", LOST, id="asked for on the last day"),
        pytest.param("2011-04-01", "2011-06-01", GRANTED, id="asked for once it was off"),
    ],
)
def test_what_a_listing_took_does_not_come_back(
    applied: str, on: str, expected: StatusState
) -> None:
    assert state(book(since(APPLIED)), ENTRY, applied, on) is expected
    assert state(book(since(APPLIED, "")), ENTRY, applied, on) is expected


@pytest.mark.parametrize(("applied", "expected"), [("2013-03-01", LOST), ("2013-03-02", GRANTED)])
def test_a_term_counts_with_its_last_day(applied: str, expected: StatusState) -> None:
    entry = {**ENTRY, "mended": False}  # three years: to 2013-03-01
    assert state(book(since(APPLIED)), entry, applied, "2013-06-01") is expected


def test_who_stands_on_it_today_is_listed_since_whatever_day() -> None:
    tomorrow = Constant(datetime.date(2010, 7, 2), DATE)
    assert state(book(since(tomorrow)), ENTRY, "2010-01-01", "2010-07-01") is LOST


def test_an_open_day_leaves_open_only_what_hangs_on_it() -> None:
    rules = book(since(APPLIED))
    entry = {**ENTRY, "removed_on": {"from": "2011-04-01", "to": "2011-05-01"}}

    assert state(rules, entry, "2011-03-31", "2011-06-01") is LOST
    assert state(rules, entry, "2011-04-15", "2011-06-01") is OPEN
    assert state(rules, entry, "2011-05-01", "2011-06-01") is GRANTED


def test_a_party_of_which_nothing_is_said_may_have_stood_there() -> None:
    found = st.outcomes(
        book(since(APPLIED)), {"applications": [{"clean": True, "applied": "2011-01-01"}]},
        "2011-06-01", st.Days(),
    )  # fmt: skip
    assert found[0].state is OPEN


def test_an_entry_that_was_annulled_never_stood() -> None:
    annulled = Ending(EndingKind.REMOVED, st.law(), st.fact("penalty", "paid"))
    rules = book(since(APPLIED), endings=(annulled,))

    assert state(rules, {**ENTRY, "paid": True}, "2010-01-01", "2011-06-01") is GRANTED
    assert state(rules, {**ENTRY, "paid": False}, "2010-01-01", "2011-06-01") is LOST


def test_an_entry_that_was_annulled_never_stood_though_it_was_removed_as_well() -> None:
    annulled = Ending(EndingKind.REMOVED, st.law(), st.fact("penalty", "paid"))
    removed = st.black_list().versions[0].endings[0]
    rules = book(since(APPLIED), endings=(removed, annulled))

    assert state(rules, {**ENTRY, "paid": True}, "2010-01-01", "2011-06-01") is GRANTED
    assert state(rules, {**ENTRY, "paid": False}, "2010-01-01", "2011-06-01") is LOST


@pytest.mark.parametrize(("applied", "expected"), [("2010-12-31", LOST), ("2011-01-01", GRANTED)])
def test_a_way_out_without_a_day_counts_from_the_first_day_on_which_it_was_open(
    applied: str, expected: StatusState
) -> None:
    opened = Interval(datetime.date(2011, 1, 1), None)
    for_good = Ending(EndingKind.REMOVED, st.law(), st.fact("penalty", "paid"), interval=opened)
    after = replace(for_good, interval=None, after=Period(10, Unit.MONTH))  # 2011-01-01, too

    for ending in (for_good, after):
        rules = book(since(APPLIED), endings=(ending,))
        assert state(rules, {**ENTRY, "paid": True}, applied, "2011-06-01") is expected


def test_plain_facts_settle_it_by_functions_alone() -> None:
    entry = {name: small.date(value) if isinstance(value, str) else value
             for name, value in ENTRY.items()}  # fmt: skip
    application = {"applied": datetime.date(2010, 1, 1), "clean": True}
    facts = {"*penalty": (entry,), "*application": (application,)}
    made = Engine(book(since(APPLIED)), days=st.Days())

    _, found = made.standings({"decided_on": datetime.date(2011, 6, 1)}, facts)

    assert found is not None
    assert (found.state, found.late) == (LOST, Truth.FALSE)
