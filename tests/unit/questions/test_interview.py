"""What the interview asks, and what it leaves alone."""

from typing import Any

import pytest

from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Entry, FactKey, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.questions import Ask, Done, plan
from lawengine.questions.interview import record
from lawengine.questions.scenes import NoSuchActError
from tests import small

ACT = "respondents[1].acts[1]"
RULES = """
rule P
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red
    then fine 10 to 20 yuan
    if act.grave
      fine 20 to 40 yuan

rule E
  version from 2000-01-01
    law GEN-2000 art 2
    when act.excused and act.mild
    then exempt from penalty

rule R
  version from 2000-01-01
    law GEN-2000 art 3
    when act.a
    then lighten or reduce
"""


def book() -> Rulebook:
    return small.rulebook(RULES)


def case(**act: object) -> CaseFacts:
    return small.case(book(), {"ended_on": "2006-05-05", **act}, decided_on="2007-01-01")


def interview(facts: CaseFacts, answers: dict[str, Any], *, grounds: bool = True) -> list[str]:
    asked = []
    while isinstance(found := plan(facts, book(), grounds=grounds), Ask):
        asked.append(found.key.fact)
        domain = Known(answers[found.key.fact]) if found.key.fact in answers else UNKNOWN
        facts = record(facts, found.key, Entry(domain))
    return asked


def test_the_violation_is_asked_first_and_then_only_what_matters() -> None:
    assert interview(case(), {"kind": "blue"}) == ["kind"]
    assert interview(case(), {"kind": "red", "grave": False, "a": False}, grounds=False) == [
        "kind", "grave", "a",
    ]  # fmt: skip


def test_a_day_that_nobody_knows_hides_no_question_of_its_versions() -> None:
    undated = case(kind="red", grave=False, a=False, ended_on=UNKNOWN)
    nothing = case(ended_on=UNKNOWN)

    assert interview(undated, {}, grounds=False) == []
    assert interview(nothing, {"kind": "blue"}, grounds=False) == ["kind"]
    assert interview(nothing, {"kind": "red", "grave": True, "a": False}, grounds=False) == [
        "kind", "grave", "a",
    ]  # fmt: skip


def test_grounds_are_asked_only_while_they_can_still_be_met() -> None:
    known = case(kind="red", grave=False, a=False)

    assert interview(known, {"excused": False}) == ["excused"]
    assert interview(known, {"excused": True, "mild": False}) == ["excused", "mild"]
    assert interview(known, {}) == ["excused"]


def test_a_question_says_why_and_what_may_be_answered() -> None:
    found = plan(case(), book())

    assert isinstance(found, Ask)
    assert (found.act, found.kind, found.presumed) == (ACT, Kind.CHOICE, None)
    assert [name for name, _ in found.options] == ["red", "green", "blue"]
    assert {why.rule for why in found.why} == {"P"}
    ground = plan(case(kind="red", grave=False, a=False), book())
    assert isinstance(ground, Ask)
    assert (ground.ground, ground.judgement, ground.presumed) == (True, True, False)


def test_what_nobody_knows_is_not_asked_again() -> None:
    key = FactKey(ACT, "act", "grave")
    told = case(kind="red", a=False, grave="unknown", excused=False)
    found = plan(told, book())

    assert found == Done((key,))
    declined = plan(case(kind="red", a=False, excused=False), book(), declined=frozenset({key}))
    assert declined == Done((key,))


def test_a_case_without_an_act_cannot_be_asked_about() -> None:
    facts = case()
    empty = CaseFacts("empty", type(facts.root)("case", "", "", {}))

    with pytest.raises(NoSuchActError):
        plan(empty, book())


def test_points_that_matter_only_together_are_asked_for() -> None:
    text = RULES.replace("when act.a", "when act.kind is green").replace(
        "when act.kind is red", "when act.kind is red and E established"
    )
    found = plan(
        small.case(small.rulebook(text), {"ended_on": "2006-05-05", "kind": "red"}),
        small.rulebook(text),
    )

    assert isinstance(found, Ask)
