"""Functions are made on first touch, for the rules that a case touches, and kept within limits."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from lawengine.compiled import engine as engines
from lawengine.compiled import expressions, packages
from lawengine.compiled.engine import Engine
from lawengine.compiled.gate import FactError
from lawengine.compiled.index import Index
from lawengine.compiled.outcome import Outcome
from lawengine.compiled.shapes import Scales
from lawengine.model.scenarios import RuleState
from lawengine.model.types import Kind
from tests import small

DAY = datetime.date(2010, 1, 1)
CASE: dict[str, Any] = {"decided_on": DAY}


def rule(name: str, when: str, then: str, more: str = "") -> str:
    return f"""
rule {name}
  version from 2000-01-01
    law GEN-2000 art 1
    when {when}
    then {then}
{more}"""


KINDS = (
    rule("R", "act.kind is red and act.a", "fine 1 to 2 yuan")
    + rule("G", "act.kind is one of green, blue", "warn")
    + rule("N", "R established or act.kind is green and act.b", "publish")
    + rule("A", "act.c", "order to stop")
)


def decided(engine: Engine, **act: object) -> Outcome:
    found = engine.outcome(CASE, {}, {"ended_on": DAY, "c": False, **act})
    assert found is not None
    return found


def test_the_kind_of_act_picks_the_rules() -> None:
    index = Index(small.rulebook(KINDS))

    assert index.pivot is not None
    assert index.pivot.path == "act.kind"
    assert index.candidates("red") == ["R", "N", "A"]
    assert index.candidates("green") == ["G", "N", "A"]
    assert index.candidates("blue") == ["G", "A"]


def test_functions_are_made_on_first_touch_only() -> None:
    engine = Engine(small.rulebook(KINDS))

    assert engine.made == 0
    assert decided(engine, kind="red", a=True).rules() == ("R", "N")
    assert decided(engine, kind="red", a=False).rules() == ()
    assert engine.made == 1
    assert decided(engine, kind="blue").rules() == ("G",)
    assert engine.made == 2


def test_the_memory_of_days_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MAX_PLANS", 2)
    engine = Engine(small.rulebook(KINDS))
    for number in range(5):
        day = DAY + datetime.timedelta(days=number)
        act = {"ended_on": day, "c": False, "kind": "blue"}
        assert engine.outcome({"decided_on": day}, {}, act) is not None

    assert engine.made == 1
    assert len(engine._plans) <= 2


def test_a_missing_fact_is_no_no() -> None:
    engine = Engine(small.rulebook(KINDS))
    known = {"ended_on": DAY, "c": False}

    assert engine.outcome(CASE, {}, {**known, "kind": "red"}) is None
    assert engine.outcome(CASE, {}, known) is None
    assert engine.outcome({}, {}, {**known, "kind": "red", "a": True}) is None
    assert engine.outcome({"decided_on": "2010"}, {}, {**known, "kind": "blue"}) is None


OPEN_RULES = rule("R", "act.a and act.b", "fine 1 to 2 yuan") + rule(
    "S", "act.number at least 2 or not (act.a or R established)", "warn"
)


def test_a_missing_fact_does_no_harm_where_others_decide() -> None:
    engine = Engine(small.rulebook(OPEN_RULES))

    assert decided(engine, b=False, number=2).rules() == ("S",)
    assert decided(engine, a=True, b=False, number=0).rules() == ()
    assert engine.outcome(CASE, {}, {"ended_on": DAY, "b": True, "number": 2}) is None
    assert engine.outcome(CASE, {}, {"ended_on": DAY, "b": False, "number": 0}) is None
    assert engine.made == 2


def test_the_answer_to_plain_facts_has_branches_where_something_is_open() -> None:
    text = rule("R", "act.a", "fine 1 to 2 yuan", "    if act.grave\n      fine 3 to 4 yuan\n")
    engine = Engine(small.rulebook(text))
    known = {"ended_on": DAY, "a": True, "kind": "red"}

    whole = engine.answer(CASE, {}, {**known, "grave": False})
    split = engine.answer(CASE, {}, known)
    open_ = engine.answer(CASE, {}, {"ended_on": DAY, "kind": "red"})

    assert (whole.path, whole.decided) == ("respondents[1].acts[1]", None)
    assert whole.outcome is not None
    assert whole.outcome.total().high == 200
    assert split.path == whole.path
    assert split.outcome is None
    assert split.decided is not None
    assert [branch.fine.high for branch in split.decided.branches] == [200, 400]
    assert [str(n.key) for n in split.decided.needs] == ["respondents[1].acts[1].grave"]
    assert open_.decided is not None
    assert open_.decided.undetermined


def test_plain_facts_of_collections_are_answered_too() -> None:
    text = rule("R", "(count of order where fake) at least 2 and act.a", "warn")
    engine = Engine(small.rulebook(text))
    orders: tuple[dict[str, bool], ...] = ({"fake": True}, {"fake": True}, {})

    answer = engine.answer(CASE, {}, {"ended_on": DAY, "a": True, "*order": orders})

    assert answer.outcome is not None
    assert answer.outcome.rules() == ("R",)


def test_plain_facts_that_the_vocabulary_does_not_admit_are_refused() -> None:
    engine = Engine(small.rulebook(rule("R", "act.a", "warn")))

    with pytest.raises(FactError, match=r"`act\.gain`"):
        engine.answer(CASE, {}, {"ended_on": DAY, "gain": "much"})


def test_days_within_bounds_that_no_law_divides_are_one_day() -> None:
    text = rule("R", "act.a", "fine 1 to 2 yuan")
    book = small.rulebook(text)
    engine = Engine(book)
    year = {"from": "2010-01-01", "to": "2010-12-31"}
    case = small.case(book, {"a": True, "ended_on": year}, decided_on=small.domain(Kind.DATE, year))
    over = small.case(
        book, {"a": True, "ended_on": {"from": "1999-06-01", "to": "2000-06-01"}}, decided_on=DAY
    )

    ((answer,), _) = engine.answers(case)
    ((apart,), _) = engine.answers(over)

    assert answer.outcome is not None
    assert answer.outcome.total().high == 200
    assert apart.outcome is None
    assert apart.decided is not None
    assert len(apart.decided.branches) == 2


def test_a_sum_that_hangs_on_a_missing_fact_is_said_to_be_open() -> None:
    engine = Engine(small.rulebook(rule("R", "act.a", "confiscate act.gain")))

    assert decided(engine, a=True).open() == ("act.gain",)
    assert decided(engine, a=True, gain=500).open() == ()


@pytest.mark.parametrize(
    ("test", "act", "rules"),
    [
        # `seen_on` lies between the end of the act and the decision.
        ("act.seen_on after 2010-01-01", {}, ()),
        ("act.seen_on at least 2010-01-02", {}, ()),
        ("act.seen_on before 2009-12-01", {}, ()),
        ("act.seen_on at most 2009-11-30", {}, ()),
        ("act.seen_on after 2009-12-31", {}, None),
        ("act.seen_on before 2009-12-02", {}, None),
        ("act.seen_on is 2010-01-02", {}, None),
        ("act.seen_on after 2009-12-31", {"seen_on": DAY}, ("R",)),
        ("act.seen_on before 2010-01-02", {"seen_on": DAY}, ("R",)),
        ("act.seen_on at least 2009-12-10", {"seen_on": datetime.date(2009, 12, 15)}, ("R",)),
        ("act.seen_on at most 2009-12-20", {"seen_on": datetime.date(2009, 12, 15)}, ("R",)),
    ],
)
def test_a_bound_answers_for_a_missing_fact(
    test: str, act: dict[str, object], rules: tuple[str, ...] | None
) -> None:
    engine = Engine(small.rulebook(rule("R", test, "warn")))

    ended = datetime.date(2009, 12, 1)
    found = engine.outcome(CASE, {}, {"ended_on": ended, "kind": "red", "c": False, **act})

    assert (found.rules() if found is not None else None) == rules


def test_what_is_read_once_does_no_harm_where_it_does_not_matter() -> None:
    text = "define heavy as act.number at least 5 and act.other at least 5\n"
    text += rule("R", "act.a and heavy", "warn") + rule("S", "act.b and heavy", "publish")
    engine = Engine(small.rulebook(text))

    assert decided(engine, a=False, b=False).rules() == ()
    assert decided(engine, a=True, b=False, number=5, other=5).rules() == ("R",)
    assert engine.outcome(CASE, {}, {"ended_on": DAY, "a": True, "b": False}) is None


def test_reasons_name_conditions_tiers_and_sums() -> None:
    more = "    if act.grave\n      fine up to act.gain\n"
    text = rule("R", "act.a and not (act.b or act.number more than 2)", "fine 1 to 2 yuan", more)
    engine = Engine(small.rulebook(text))

    (told,) = decided(engine, a=True, b=False, number=1, grave=True, gain=700).reasons()

    assert (told.rule, told.later, told.sums) == ("R", False, ((None, 700),))
    assert [value for _, value in told.conditions] == [True, False, False, True, 700]
    assert [answer for _, answer in told.tiers] == [True]
    assert told.version.interval.start == datetime.date(2000, 1, 1)


def test_a_condition_that_did_not_matter_may_be_unknown() -> None:
    text = rule("R", "act.a or act.number is 1", "confiscate act.gain")
    engine = Engine(small.rulebook(text))

    found = decided(engine, a=True)

    (line,) = found.lines()
    assert (line.low, line.high) == (None, None)
    (told,) = found.reasons()
    assert [value for _, value in told.conditions] == [True, None, None]
    (again,) = decided(engine, a=True).reasons()
    assert again.conditions == told.conditions


def test_the_articles_and_states_of_an_outcome() -> None:
    text = rule("R", "act.a", "fine 1 to 2 yuan") + (
        "exception E to R\n  version from 2000-01-01\n    law GEN-2000 art 7\n"
        "    when act.b\n    then warn\n"
    )
    engine = Engine(small.rulebook(text))

    found = decided(engine, a=True, b=True)

    assert found.states() == {"E": RuleState.ESTABLISHED, "R": RuleState.DEFEATED}
    assert [str(law.article) for law in found.articles()] == [
        str(version.law[0].article) for version in engine.rulebook.rules["E"].versions
    ]
    assert found.total().none


def test_rules_with_too_many_shapes_are_left_to_the_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packages, "MAX_LEAVES", 1)
    more = "    if act.grave\n      fine 3 to 4 yuan\n"
    engine = Engine(small.rulebook(rule("R", "act.a", "fine 1 to 2 yuan", more)))

    assert engine.outcome(CASE, {}, {"ended_on": DAY, "a": True, "grave": True}) is None


def test_long_expressions_are_left_to_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "MAX_LENGTH", 5)
    engine = Engine(small.rulebook(rule("R", "act.number is 3", "fine 1 to 2 yuan")))

    assert engine.outcome(CASE, {}, {"ended_on": DAY, "number": 3}) is None


def test_a_lighter_law_with_conditions_is_left_to_the_reference() -> None:
    text = rule("L", "act.a", "the lighter later law") + rule("R", "act.b", "warn")
    engine = Engine(small.rulebook(text))

    assert engine.outcome(CASE, {}, {"ended_on": DAY, "a": True, "b": True}) is None


def test_the_weighing_of_two_laws_is_remembered_within_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Scales, "MAX", 1)
    text = """
rule L
  dated by decision
  version from 2000-01-01
    law GEN-2000 art 9
    then the lighter later law

rule R
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when act.a
    then fine 1 yuan to act.gain
  version from 2010-01-01
    law GEN-2010 art 1
    when act.a
    then fine up to 5 yuan
"""
    engine = Engine(small.rulebook(text))
    found = []
    for gain in (400, 600, 400):
        act = {"ended_on": datetime.date(2009, 5, 1), "a": True, "gain": gain}
        outcome = engine.outcome({"decided_on": DAY}, {}, act)
        assert outcome is not None
        found.append((outcome.total().high, outcome.lines()[0].origin.value))

    assert found == [(400, "conduct"), (500, "lighter_later"), (400, "conduct")]
