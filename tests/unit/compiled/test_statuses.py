"""Lists, benefits and duties by functions: plain facts, whole cases, what goes to the register."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.truth import Truth
from lawengine.compiled.engine import Engine
from lawengine.compiled.standing import UNDATED, Standing, lateness
from lawengine.evaluation.facts import Known
from lawengine.model.rules import Interval
from lawengine.model.statuses import Ending, EndingKind, StatusState
from tests import small
from tests import statuses as st

DAY = datetime.date(2010, 3, 1)
SOON = datetime.date(2010, 3, 11)
HEAVY: dict[str, Any] = {"decided": DAY, "heavy": True, "mended": False}


def engine(*written: Any, years: range = range(2000, 2031)) -> Engine:  # noqa: ANN401 - any value that a test writes
    book = st.rulebook(*(written or (st.black_list(), st.green_channel(), st.payment())))
    return Engine(book, days=st.Days(years=years))


def standings(
    made: Engine, party: dict[str, Any], on: datetime.date = SOON
) -> list[Standing | None]:
    return list(made.standings({"decided_on": on}, party))


def test_plain_facts_give_states_and_days() -> None:
    (found,) = standings(engine(st.black_list()), {"*penalty": (HEAVY,)})

    assert found is not None
    assert (found.state, found.holds, found.applies) == (StatusState.LISTED, True, True)
    assert (found.start, found.last) == (DAY, datetime.date(2013, 3, 1))
    assert found.ended is None


@pytest.mark.parametrize("missing", ["decided", "heavy"])
def test_what_is_missing_leaves_plain_facts_open(missing: str) -> None:
    penalty = {name: value for name, value in HEAVY.items() if name != missing}

    assert standings(engine(st.black_list()), {"*penalty": (penalty,)}) == [None]


def test_a_condition_that_fails_settles_whatever_is_missing() -> None:
    (found,) = standings(engine(st.black_list()), {"*penalty": ({"heavy": False},)})

    assert found is not None
    assert found.state is StatusState.NOT_LISTED


def test_a_listed_party_is_barred_by_plain_facts() -> None:
    application = {"applied": small.later(DAY, 5), "clean": True, "withdrawn": False}
    facts = {"*penalty": (HEAVY,), "*application": (application,)}
    _, found = standings(engine(st.black_list(), st.green_channel()), facts)

    assert found is not None
    assert (found.state, found.barring) == (StatusState.NOT_GRANTED, (0,))


def test_without_the_penalties_nobody_knows_whether_the_party_is_listed() -> None:
    facts = {"*application": ({"applied": DAY, "clean": True, "withdrawn": False},)}

    assert standings(engine(st.black_list(), st.green_channel()), facts) == [None]


def test_a_year_without_a_calendar_is_left_to_the_register() -> None:
    served = {"served": DAY, "paid": False}
    made = engine(st.payment(), years=range(2000, 2010))

    for _ in range(2):  # asked again it is no more known
        assert standings(made, {"*penalty": (served,)}, on=datetime.date(2010, 3, 20)) == [None]


def whole(made: Engine, on: str = "2011-06-01", **party: Any) -> Any:  # noqa: ANN401 - any value that a test writes
    return made.whole(small.case(made.rulebook, st.ACT, party=party, decided_on=on))


def test_a_whole_case_tells_which_way_each_status_took() -> None:
    made = engine(st.black_list())
    known = {"decided": "2010-03-01", "heavy": True, "mended": False}
    blurred = {"decided": {"from": "2010-03-01", "to": "2010-04-01"}, "heavy": True}
    answers = whole(made, penalties=[known, {**blurred, "mended": False}, {"mended": False}])

    found = answers.statuses["respondents[1]"]
    assert [answer.compiled for answer in found] == [True, False, False]
    assert [answer.state for answer in found][:2] == [StatusState.LISTED] * 2
    assert found[2].possible() == (
        StatusState.NOT_LISTED, StatusState.LISTED, StatusState.EXPIRED,
    )  # fmt: skip
    assert found[0].path == "respondents[1].penalties[1]"
    assert found[0].outcome().earliest_removal == Known(datetime.date(2011, 3, 1))
    assert found[1].reasons().atoms == ()
    told = dict(zip(*found[0].reasons(), strict=True))
    assert told[st.fact("penalty", "heavy")] is True
    assert told[st.fact("penalty", "removed_on")] is None


@pytest.mark.parametrize(
    ("on", "earliest"),
    [
        pytest.param("2010-12-31", "2011-03-01", id="the sooner way out is not open yet"),
        pytest.param("2011-01-01", "2010-06-01", id="it is open"),
    ],
)
def test_a_way_out_that_is_not_open_yet_tells_no_day(on: str, earliest: str) -> None:
    usual = st.black_list().versions[0].endings[0]
    opened = Interval(datetime.date(2011, 1, 1), None)
    sooner = replace(usual, interval=opened, after=Period(3, Unit.MONTH))
    made = engine(st.black_list(endings=(usual, sooner)))
    penalty = {"decided": "2010-03-01", "heavy": True, "mended": False}
    (answer,) = whole(made, on, penalties=[penalty]).statuses["respondents[1]"]
    party = {"penalties": [penalty]}

    assert answer.compiled
    assert answer.outcome().earliest_removal == Known(small.date(earliest))
    assert st.outcomes(made.rulebook, party, on, st.Days())[0].earliest_removal == Known(
        small.date(earliest)
    )


def test_what_cannot_have_been_is_refused_with_the_acts() -> None:
    wrong = {"decided": "2010-03-01", "heavy": True, "mended": True, "removed_on": "2010-02-01"}
    found = whole(engine(st.black_list()), penalties=[wrong])

    assert (found.acts, found.statuses) == ((), {})
    assert [d.code for d in found.diagnostics] == ["LAW560"]


def test_ways_out_of_several_kinds_have_no_function() -> None:
    ways = (
        Ending(EndingKind.REMOVED, st.law(), st.fact("penalty", "paid")),
        Ending(EndingKind.LOST, st.law(), st.fact("penalty", "mended")),
    )
    made = engine(st.black_list(endings=ways))
    known = {"decided": "2010-03-01", "heavy": True, "mended": False, "paid": True}
    (answer,) = whole(made, penalties=[known]).statuses["respondents[1]"]

    assert (answer.compiled, answer.state) == (False, StatusState.REMOVED)


def test_a_rulebook_without_statuses_answers_none() -> None:
    made = Engine(st.rulebook())

    assert whole(made).statuses == {}
    assert standings(made, {}) == []


def test_late_is_known_as_soon_as_one_day_is() -> None:
    last = DAY
    after = small.later(DAY, 1)

    assert lateness([], last) is Truth.FALSE
    assert lateness([(last, 0)], last) is Truth.FALSE
    assert lateness([(after, 0), (UNDATED, 1)], last) is Truth.TRUE
    assert lateness([(last, 0), (UNDATED, 1)], last) is Truth.UNKNOWN


def test_a_date_that_only_its_bounds_tell_of_does_not_list_by_a_rule() -> None:
    """The day of service follows from its bounds: when it would have been, not that it was."""
    vocabulary = small.VOCABULARY.read_text(encoding="utf-8").replace(
        '"送达日": date', '"送达日": date, at least penalty.decided, at most case.decided_on'
    )
    text = """
duty GEN.pay of penalty
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 1
    due before penalty.decided

list GEN.dark of penalty
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 1
    lasts from penalty.served

rule R
  version from 2000-01-01
    law GEN-2000 art 2
    when GEN.dark listed
    then fine 1 to 2 yuan
"""
    book = small.lowered(vocabulary, text, vocabulary=False).rulebook
    made = Engine(book, days=st.Days())
    case = small.case(
        book, st.ACT, party={"penalties": [{"decided": "2010-03-01"}]}, decided_on="2010-03-01"
    )
    (answer,) = made.whole(case).acts

    assert answer.outcome is None
    assert answer.decided is not None
    assert answer.decided.undetermined
