"""Why a rule is not established."""

from typing import Any

import pytest

from lawengine.model.scenarios import RuleState
from lawengine.questions import Cause, WhyNot, why_not
from lawengine.questions.scenes import NoSuchActError
from tests import small

ACT = "respondents[1].acts[1]"
RULES = """
define bad as act.a and act.kind is red

rule P
  version from 2000-01-01
    law GEN-2000 art 1
    when bad and (act.b or act.c) and not act.worse
    unless act.grave
    then fine 10 to 20 yuan

exception X to P
  version from 2000-01-01
    law GEN-2000 art 2
    when act.excused
    then warn

rule Q
  version from 2000-01-01 to 2004-12-31
    law GEN-2000 art 3
    then warn
  repealed from 2005-01-01 law GEN-2000 art 3

rule R
  version from 2000-01-01
    law GEN-2000 art 4
    when P established or act.number more than 3
    then publish

rule L
  dated by decision
  version from 2000-01-01
    law GEN-2000 art 9
    then the lighter later law

rule S
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 5
    then fine 1 to 2 yuan
  version from 2010-01-01
    law GEN-2000 art 5
    when act.kind is blue
    then fine 1 to 2 yuan
"""
GOOD = {
    "kind": "red", "a": True, "b": True, "c": False, "worse": False, "grave": False, "number": 1,
    "ended_on": "2006-05-05",
}  # fmt: skip


def asked(rule: str, decided_on: str = "2007-01-01", **facts: object) -> WhyNot:
    book = small.rulebook(RULES)
    known = {name: value for name, value in {**GOOD, **facts}.items() if value is not None}
    return why_not(small.case(book, known, decided_on=decided_on), book, ACT, rule)


def phrases(found: WhyNot) -> list[list[str]]:
    return [[condition.phrase.en for condition in one.conditions] for one in found.failing]


def test_each_condition_that_must_hold_fails_alone_and_alternatives_fail_together() -> None:
    found = asked("P", a=False, b=False)

    assert found.cause is Cause.CONDITIONS
    assert phrases(found) == [["A"], ["B", "C"]]
    (fact,) = found.failing[0].conditions[0].facts
    assert (fact.label.en, fact.value.en, str(fact.key)) == ("A", "no", f"{ACT}.a")


def test_what_must_not_hold_is_wanted_to_be_no() -> None:
    (failing,) = asked("P", worse=True).failing

    (condition,) = failing.conditions
    assert (condition.phrase.en, condition.wanted) == ("Worse", False)


def test_an_exclusion_that_hits() -> None:
    found = asked("P", grave=True)

    assert (found.cause, found.state) == (Cause.EXCLUDED, RuleState.NOT_ESTABLISHED)
    assert phrases(found) == [["Grave"]]


def test_the_rule_that_defeats_it() -> None:
    found = asked("P", excused=True)

    assert (found.cause, found.by) == (Cause.DEFEATED, ("X",))


def test_no_version_in_force() -> None:
    found = asked("Q")

    assert found.cause is Cause.NO_VERSION
    assert [str(interval.end) for interval in found.in_force] == ["2004-12-31"]
    assert str(found.repealed_by) == "GEN-2000 art 3"


def test_the_lighter_law_that_does_not_hold_it_any_more() -> None:
    found = asked("S", decided_on="2011-01-01")

    assert (found.cause, found.state) == (Cause.LIGHTER_LAW, RuleState.NOT_ESTABLISHED)
    assert phrases(found) == [["Kind is blue"]]


def test_a_rule_that_is_asked_for_is_named() -> None:
    found = asked("R", a=False)

    names = {condition.rule for one in found.failing for condition in one.conditions}
    assert names == {"P", ""}


def test_an_established_rule_has_nothing_that_fails() -> None:
    found = asked("P")

    assert (found.cause, found.failing, found.open) == (Cause.ESTABLISHED, (), ())


@pytest.mark.parametrize(
    ("facts", "cause", "still"),
    [
        ({"b": None}, Cause.OPEN, ["B"]),
        ({"worse": None, "grave": None}, Cause.OPEN, ["Worse", "Grave"]),
        ({"kind": None}, Cause.OPEN, ["Kind is red"]),
    ],
)
def test_what_keeps_it_open(facts: dict[str, Any], cause: Cause, still: list[str]) -> None:
    found = asked("P", **facts)

    assert (found.cause, found.state) == (cause, RuleState.UNDETERMINED)
    assert [condition.phrase.en for condition in found.open] == still


def test_an_open_version_and_an_open_exception() -> None:
    book = small.rulebook(RULES.replace("when act.excused", "when act.b"))
    facts = {**GOOD, "c": True}
    del facts["b"]
    found = why_not(small.case(book, facts, decided_on="2007-01-01"), book, ACT, "P")

    assert (found.cause, found.by) == (Cause.OPEN_DEFEAT, ("X",))
    assert (
        asked("Q", ended_on={"from": "2004-01-01", "to": "2006-01-01"}).cause is Cause.OPEN_VERSION
    )


def test_what_is_not_there() -> None:
    book = small.rulebook(RULES)
    facts = small.case(book, GOOD, decided_on="2007-01-01")
    with pytest.raises(NoSuchActError, match=r"respondents\[2\]"):
        why_not(facts, book, "respondents[2].acts[1]", "P")
    with pytest.raises(KeyError):
        why_not(facts, book, ACT, "nothing")
