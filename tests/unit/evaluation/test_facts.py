"""Facts: their keys, where they are found, and what bounds make of them."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.evaluation.domains import compute, moved, segments
from lawengine.evaluation.facts import UNKNOWN, Entry, FactKey, Known, Origin, Within
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import LawTime, Scene, States
from lawengine.evaluation.trace import Need, merge_needs
from lawengine.model.expressions import Comparison, Operation, Value
from lawengine.model.vocabulary import Role
from tests import small

FIRST = "respondents[1].acts[1]"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (FactKey(FIRST, "act", "serious"), f"{FIRST}.serious"),
        (FactKey("", "case", "decided_on"), "decided_on"),
        (FactKey(FIRST, "order", ""), f"{FIRST}.order"),
    ],
)
def test_a_key_reads_as_a_path(key: FactKey, text: str) -> None:
    assert str(key) == text


def test_a_scene_finds_facts_anywhere_in_the_case() -> None:
    book = small.rulebook()
    scene = small.scene(book, small.case(book, {"a": True, "orders": [{"fake": False}]}))

    for key, value in {
        FactKey(FIRST, "act", "a"): True,
        FactKey(f"{FIRST}.orders[1]", "order", "fake"): False,
    }.items():
        entry = scene.entry(key)
        assert entry is not None
        assert entry.domain == Known(value)
    assert scene.entry(FactKey(FIRST, "act", "b")) is None
    assert scene.entry(FactKey("respondents[2]", "party", "rich")) is None


def test_a_role_that_no_fact_serves_is_not_known() -> None:
    book = small.rulebook()

    assert small.scene(book, small.case(book, {})).day(Role.KNOWLEDGE_DATE) == (UNKNOWN, None)


def test_without_a_day_of_conduct_no_version_can_be_chosen() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8").replace(", serves as conduct_date", "")
    rule = "rule R\n  version from 2000-01-01\n    law GEN-2000 art 1\n    then warn\n"
    found = small.lowered(text, rule, vocabulary=False)
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["LAW224"]
    scene = small.scene(found.rulebook, small.case(found.rulebook, {}))

    state = States(scene, LawTime.CONDUCT).state("R")

    assert (state.version, state.version_open, state.needs) == (None, True, ())


def test_what_bounds_derive_says_so() -> None:
    book = small.rulebook()
    case = small.case(book, {"ended_on": {"from": "2010-01-01"}}, decided_on="2010-05-01")

    entries = prepare(case, book).entries

    ended = entries[FactKey(FIRST, "act", "ended_on")]
    assert ended.domain == Within(datetime.date(2010, 1, 1), datetime.date(2010, 5, 1))
    assert ended.origin is Origin.FILE
    seen = entries[FactKey(FIRST, "act", "seen_on")]
    assert seen.domain == Within(datetime.date(2010, 1, 1), datetime.date(2010, 5, 1))
    assert seen.origin is Origin.DERIVED


@pytest.mark.parametrize(
    ("facts", "bound"),
    [
        ({"ended_on": "2010-05-02"}, "Decided on (2010-05-01)"),
        ({"gain": -1}, "0"),
        ({"ended_on": {"from": "2010-06-01", "to": "2010-07-01"}}, "Decided on (2010-05-01)"),
        (
            {"ended_on": {"from": "2010-04-01", "to": "2010-07-01"}, "seen_on": "2010-03-01"},
            "Ended on (2010-04-01 to 2010-05-01)",
        ),
    ],
)
def test_facts_that_exclude_each_other(facts: dict[str, object], bound: str) -> None:
    book = small.rulebook()

    found = prepare(small.case(book, facts, decided_on="2010-05-01"), book).diagnostics

    assert [diagnostic.code for diagnostic in found] == ["LAW550"]
    assert bound in found[0].message("en")


def test_an_open_bound_is_shown_as_open() -> None:
    book = small.rulebook()
    facts = {"ended_on": "2010-05-02"}
    case = small.case(book, facts, decided_on={"to": "2010-05-01"})

    (found,) = prepare(case, book).diagnostics

    assert "Decided on (... to 2010-05-01)" in found.message("en")


def test_bounds_that_no_rule_can_settle_bound_nothing() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8")
    rule = "rule R\n  version from 2000-01-01\n    law GEN-2000 art 1\n    then warn\n"
    define = "define d as\n  if R established then 5\n  otherwise 9\n"
    found = small.lowered(
        text.replace("count, at least 0", "count, at least d"), define, rule, vocabulary=False
    )
    assert found.diagnostics == ()

    lowest = prepare(small.case(found.rulebook, {"number": 4}), found.rulebook)
    middle = prepare(small.case(found.rulebook, {"number": 7}), found.rulebook)

    assert [diagnostic.code for diagnostic in lowest.diagnostics] == ["LAW550"]
    assert middle.diagnostics == ()


def test_a_bound_narrows_the_other_fact_too() -> None:
    book = small.rulebook()
    case = small.case(book, {"seen_on": "2010-03-01", "ended_on": {"from": "2010-01-01"}})

    entries = prepare(case, book).entries

    within = Within(datetime.date(2010, 1, 1), datetime.date(2010, 3, 1))
    assert entries[FactKey(FIRST, "act", "ended_on")].domain == within
    decided = Within(datetime.date(2010, 3, 1), None)
    assert entries[FactKey("", "case", "decided_on")].domain == decided


def test_a_bound_out_of_view_bounds_nothing() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8")
    wider = text.replace('rich "Rich" / "富裕": yes_no', 'size "Size": count, at least act.number')
    found = small.lowered(wider, vocabulary=False)
    case = small.case(found.rulebook, {"number": 5}, party={"size": 1})

    assert prepare(case, found.rulebook).diagnostics == ()


def test_a_circle_of_bounds_comes_to_an_end() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8")
    circle = text.replace("count, at least 0", "count, at least act.other + 1").replace(
        'other "Other number" / "另一数量": count',
        'other "Other number": count, at least act.number',
    )
    found = small.lowered(circle, vocabulary=False)
    assert found.diagnostics == ()

    prepared = prepare(small.case(found.rulebook, {"number": {"from": 0}}), found.rulebook)

    number = prepared.entries[FactKey(FIRST, "act", "number")].domain
    assert isinstance(number, Within)
    assert isinstance(number.low, int)
    assert 10 < number.low < 50


def test_an_override_takes_the_place_of_the_file() -> None:
    book = small.rulebook()
    key = FactKey(FIRST, "act", "a")
    case = small.case(book, {"a": True})

    prepared = prepare(case, book, {key: Entry(Known(False), Origin.ASSUMED)})
    party = case.root.children["party"][0]
    scene = Scene(book, case.root, party, party.children["act"][0], prepared.entries)

    assert scene.entry(key) == Entry(Known(False), Origin.ASSUMED)


def test_dates_are_no_numbers() -> None:
    day = Known(datetime.date(2010, 1, 1))

    with pytest.raises(TypeError, match="dates are not multiplied or added"):
        compute(Operation.ADD, day, day)


def test_an_open_date_moves_nowhere() -> None:
    assert moved(Known("text"), Period(1, Unit.DAY), Operation.ADD, None) == UNKNOWN


def test_only_whole_values_part_a_domain() -> None:
    cuts: list[tuple[Comparison, Value]] = [
        (Comparison.EQUAL, True),
        (Comparison.EQUAL, "x"),
        (Comparison.MORE, Fraction(1, 2)),
    ]

    assert segments(Within(0, 9), cuts) == [Within(0, 9)]


def test_needs_are_told_once_in_order() -> None:
    one, two = (Need(FactKey("", "case", name)) for name in ("x", "y"))

    assert merge_needs((two, one), (one, two)) == (two, one)
