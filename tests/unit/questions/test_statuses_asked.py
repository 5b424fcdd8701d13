"""Questions about rules that ask lists, benefits and duties: calendars and all."""

from __future__ import annotations

from typing import Any

from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.questions import Ask, Done, Goal, Wanted, needs, plan, what_if, why_not
from lawengine.questions.why_not import Cause
from tests import small
from tests import statuses as st

ACT = "respondents[1].acts[1]"
TEXT = """
duty GEN.payment of penalty "Payment" / "缴纳"
  dated by penalty.served
  version from 2000-01-01
    law GEN-2000 art 1
    when penalty.heavy
    due 15 days from penalty.served
    discharged on penalty.paid_on where penalty.paid

rule R
  version from 2000-01-01
    law GEN-2000 art 2
    when GEN.payment breached
    then fine 10 to 20 yuan

rule S
  version from 2000-01-01
    law GEN-2000 art 3
    when act.a
    then warn
    if GEN.payment breached
      fine 30 to 40 yuan
"""
LATE = {"served": "2011-05-20", "heavy": True, "paid": False}


def book() -> Rulebook:
    return small.rulebook(TEXT)


def case(act: dict[str, Any] | None = None, on: str = "2011-06-07", **facts: Any) -> CaseFacts:  # noqa: ANN401 - any value that a test writes
    penalty = {name: value for name, value in {**LATE, **facts}.items() if value is not None}
    own = {"ended_on": "2009-05-05", "kind": "red", "a": False, **(act or {})}
    return small.case(book(), own, party={"penalties": [penalty]}, decided_on=on)


def test_why_a_rule_is_not_established_counts_with_the_calendars() -> None:
    early = why_not(case(on="2011-06-06"), book(), ACT, "R", days=st.Days())
    late = why_not(case(), book(), ACT, "R", days=st.Days())

    assert early.cause is Cause.CONDITIONS
    (failing,) = early.failing
    assert [c.phrase.en for c in failing.conditions] == ["is in breach of the duty “Payment”"]
    assert late.cause is Cause.ESTABLISHED
    assert why_not(case(), book(), ACT, "R").cause is Cause.OPEN


def test_nothing_is_needed_that_the_calendars_settle() -> None:
    assert needs(case(), book(), ACT, days=st.Days()).settled
    assert not needs(case(), book(), ACT).settled


def test_what_is_needed_lies_in_the_penalty() -> None:
    found = needs(case(heavy=None), book(), ACT, days=st.Days())

    assert [str(fact.key) for fact in found.fewest] == ["respondents[1].penalties[1].heavy"]


def test_the_interview_asks_nothing_that_the_calendars_settle() -> None:
    silent = plan(case(), book(), days=st.Days())
    asked = plan(case(heavy=None), book(), days=st.Days())

    assert silent == Done()
    assert isinstance(asked, Ask)
    assert str(asked.key) == "respondents[1].penalties[1].heavy"


def test_a_change_of_the_act_counts_with_what_the_duty_came_to() -> None:
    wanted = Wanted(Goal.ESTABLISHED, rule="S")
    (change,) = what_if(case(), book(), ACT, wanted, days=st.Days())

    assert [str(fact.key) for fact in change.facts] == [f"{ACT}.a"]
    assert change.fine.high == 6000
