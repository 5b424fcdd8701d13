"""Branches that come to the same become one, and never swallow another outcome."""

from typing import Any

import pytest

from lawengine.deciding.decide import decide
from lawengine.deciding.decision import ActDecision
from lawengine.deciding.outcome import outcome_key
from lawengine.evaluation.questions import question_of
from tests import small

TIMES = """
parameter term : period
  is 2 years from 2000-01-01 law GEN-2000 art 1

define last as
  act.ended_on + term rounded down

rule L
  version from 2000-01-01
    law GEN-2000 art 2
    when case.decided_on after last and act.seen_on after last
    then exempt from penalty

rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.a
    then fine 10 to 20 yuan
"""
TIERS = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.a
    then fine 10 to 20 yuan
    if act.number at least 3 and act.b
      fine 30 to 40 yuan
"""


def act_of(text: str, act: dict[str, Any], decided_on: str = "unknown") -> ActDecision:
    book = small.rulebook(text)
    decided = decide(small.case(book, {"a": True, **act}, decided_on=decided_on), book)
    assert decided.decision is not None
    return decided.decision.acts()[0]


def told(act: ActDecision) -> list[list[str]]:
    return [[assumed.label.en for assumed in branch.assumptions] for branch in act.branches]


def test_what_follows_from_the_bounds_is_not_asked_apart() -> None:
    found = act_of(TIMES, {"ended_on": "2005-05-05"})

    # a decision within the term shows by itself that the act was seen in time
    assert told(found) == [
        ["Seen on: 2005-05-05 to 2007-05-05"],
        ["Decided on: on or after 2007-05-06", "Seen on: on or after 2007-05-06"],
    ]
    assert len({outcome_key(branch) for branch in found.branches}) == len(found.branches)


def test_another_outcome_in_between_keeps_branches_apart() -> None:
    found = act_of(TIERS, {"ended_on": "2005-05-05"}, decided_on="2006-06-06")

    assert [
        (line, branch.fine.high) for line, branch in zip(told(found), found.branches, strict=True)
    ] == [
        (["Number: 0 to 2"], 2000),
        (["Number: at least 3", "B: no"], 2000),
        (["Number: at least 3", "B: yes"], 4000),
    ]


@pytest.mark.parametrize("inner", ["act.number at least 3", "act.number at least 4"])
def test_versions_that_say_the_same_put_one_question(inner: str) -> None:
    text = f"""
define one as
  act.number at least 3

define two as
  {inner}

rule R
  version from 2000-01-01 to 2004-12-31
    law GEN-2000 art 1
    when one and act.a
    then warn
  version from 2005-01-01
    law GEN-2000 art 1
    when two and act.a
    then warn
"""
    book = small.rulebook(text)
    rule = book.rules["R"]
    first, second = (question_of(book, rule, version, "conduct") for version in rule.versions)

    assert (first == second) is (inner == "act.number at least 3")
