"""Lists, benefits and duties whatever the facts: barred, never early, never taken back."""

import datetime
from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from lawengine.deciding.decision import Decision, StatusOutcome
from lawengine.evaluation.facts import Known
from lawengine.model.statuses import StatusState
from tests import small
from tests import statuses as st

BOOK = st.rulebook(st.black_list(), st.green_channel(), st.payment())
DATES = some.dates(datetime.date(2010, 1, 1), datetime.date(2014, 12, 31))
TRUTHS = some.booleans()
BOUNDS = some.tuples(DATES, DATES).map(lambda ends: {"from": min(ends), "to": max(ends)})
Facts = dict[str, Any]


def known(names: Mapping[str, some.SearchStrategy[Any]]) -> some.SearchStrategy[Facts]:
    return some.fixed_dictionaries(dict(names))


PENALTY = {
    "decided": DATES,
    "served": DATES,
    "heavy": TRUTHS,
    "paid": TRUTHS,
    "paid_on": DATES,
    "removed_on": DATES,
    "mended": TRUTHS,
}
APPLICATION = {"applied": DATES, "clean": TRUTHS, "withdrawn": TRUTHS}
EXACT = some.fixed_dictionaries(
    {
        "penalties": some.lists(known(PENALTY), max_size=3),
        "applications": some.lists(known(APPLICATION), min_size=1, max_size=2),
    }
)
CALENDARS = st.Days(years=range(2009, 2017))


def found(party: Facts, on: object, days: st.Days = CALENDARS) -> tuple[StatusOutcome, ...] | None:
    """Return the statuses, or None where the facts contradict each other."""
    decided = st.decided(BOOK, party, on, days)
    if decided.decision is None:
        assert {d.code for d in decided.diagnostics} <= {"LAW560", "LAW561"}
        return None
    return decided.decision.respondents[0].statuses


@given(EXACT, DATES)
def test_a_listed_party_is_never_granted_a_barred_benefit(party: Facts, on: datetime.date) -> None:
    statuses = found(party, on) or ()

    states = {s.state for s in statuses if s.name == "green"}
    if any(s.state is StatusState.LISTED for s in statuses):
        assert StatusState.GRANTED not in states


@given(EXACT, DATES)
def test_a_removal_never_comes_before_its_minimum(party: Facts, on: datetime.date) -> None:
    for status in found(party, on) or ():
        if status.state is StatusState.REMOVED:
            assert isinstance(status.ended, Known)
            assert isinstance(status.earliest_removal, Known)
            assert isinstance(status.ended.value, datetime.date)
            assert isinstance(status.earliest_removal.value, datetime.date)
            assert status.ended.value >= status.earliest_removal.value


@given(EXACT, DATES)
def test_exact_facts_settle_every_status(party: Facts, on: datetime.date) -> None:
    """29 February has no anniversary: that day alone stays open."""
    days = [item[name] for item in party["penalties"] for name in ("decided",)]
    days += [item["applied"] for item in party["applications"]]
    if any((day.month, day.day) == (2, 29) for day in days):
        return
    for status in found(party, on) or ():
        assert status.state is not StatusState.UNDETERMINED
        assert status.possible == (status.state,)


@some.composite
def hidden(draw: some.DrawFn) -> tuple[Facts, Facts, object, datetime.date]:
    """Draw exact facts, the same with some of them left out or blurred, and both decision days."""
    party = draw(EXACT)
    blurred = {
        key: [{n: v for n, v in _blurred(draw, item).items() if n} for item in group]
        for key, group in party.items()
    }
    on = draw(DATES)
    shown: object = on
    if draw(some.booleans()):
        shown = {"from": on - datetime.timedelta(days=20), "to": on + datetime.timedelta(days=20)}
    if draw(some.integers(0, 9)) == 0:
        del blurred["penalties"]
    return party, blurred, shown, on


def _blurred(draw: some.DrawFn, item: Facts) -> Facts:
    kept: Facts = {}
    for name, value in item.items():
        how = draw(some.sampled_from(["keep", "drop", "blur"]))
        if how == "keep" or (how == "blur" and isinstance(value, bool)):
            kept[name] = value
        elif how == "blur":
            low, high = draw(some.integers(0, 400)), draw(some.integers(0, 400))
            kept[name] = {
                "from": value - datetime.timedelta(days=low),
                "to": value + datetime.timedelta(days=high),
            }
    return kept


@settings(max_examples=300)
@given(hidden())
def test_what_is_settled_survives_every_completion(
    drawn: tuple[Facts, Facts, object, datetime.date],
) -> None:
    party, blurred, shown, on = drawn
    whole, part = found(party, on), found(blurred, shown)
    if whole is None or part is None:
        assert whole is None  # what clashes while it is open still clashes once it is known
        return

    exact = {(s.name, s.instance): s.possible for s in whole}
    for status in part:
        assert set(exact[status.name, status.instance]) <= set(status.possible)


@settings(max_examples=200)
@given(hidden())
def test_calendars_that_come_later_take_nothing_back(
    drawn: tuple[Facts, Facts, object, datetime.date],
) -> None:
    _, blurred, shown, _ = drawn
    without, with_all = found(blurred, shown, st.Days(years=[])), found(blurred, shown)

    assert (without is None) == (with_all is None)
    for before, after in zip(without or (), with_all or (), strict=True):
        assert set(after.possible) <= set(before.possible)


@settings(max_examples=100)
@given(hidden(), some.randoms())
def test_no_order_of_facts_gives_two_answers(
    drawn: tuple[Facts, Facts, object, datetime.date], chance: Random
) -> None:
    _, blurred, shown, _ = drawn
    shuffled = {}
    for key, group in blurred.items():
        items = [dict(chance.sample(list(item.items()), len(item))) for item in group]
        shuffled[key] = items

    one, two = found(blurred, shown), found(shuffled, shown)

    assert (one is None) == (two is None)
    assert [(s.name, s.instance, s.possible) for s in one or ()] == [
        (s.name, s.instance, s.possible) for s in two or ()
    ]


@settings(max_examples=100)
@given(hidden())
def test_statuses_do_not_hang_on_the_order_they_are_written_in(
    drawn: tuple[Facts, Facts, object, datetime.date],
) -> None:
    _, blurred, shown, _ = drawn
    turned = st.rulebook(st.payment(), st.green_channel(), st.black_list())
    one, two = (st.decided(book, blurred, shown, CALENDARS) for book in (BOOK, turned))

    def states(decision: Decision) -> set[tuple[str, str, tuple[StatusState, ...]]]:
        return {(s.name, s.instance, s.possible) for s in decision.all_statuses()}

    assert (one.decision is None) == (two.decision is None)
    if one.decision is not None and two.decision is not None:
        assert states(one.decision) == states(two.decision)


def test_the_draws_reach_what_they_test() -> None:
    """A planted case of each sort, so that the properties above are known not to be empty."""
    removed = {
        "decided": small.date("2010-03-01"),
        "heavy": True,
        "mended": True,
        "removed_on": small.date("2011-03-01"),
        "served": small.date("2010-03-05"),
        "paid": False,
    }
    party = {
        "penalties": [removed],
        "applications": [{"applied": "2012-01-01", "clean": True, "withdrawn": False}],
    }

    states = {s.name: s.state for s in found(party, small.date("2012-06-01")) or ()}
    assert states == {
        "black": StatusState.REMOVED,
        "green": StatusState.GRANTED,
        "pay": StatusState.BREACHED,
    }
