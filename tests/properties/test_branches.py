"""The branches of an answer are exhaustive and right; learning a fact never unsettles anything."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.deciding.decide import decide, union_of
from lawengine.deciding.decision import ActDecision, Branch
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from tests import small
from tests.properties import drawn, rulebooks

BOUNDED = settings(max_examples=30, suppress_health_check=list(HealthCheck))
ESTABLISHED = RuleState.ESTABLISHED


def act_of(book: Rulebook, act: dict[str, Any]) -> ActDecision:
    decided = decide(small.case(book, act, decided_on="2010-12-01"), book)
    assert decided.decision is not None, [d.message("en") for d in decided.diagnostics]
    return decided.decision.acts()[0]


def measures(branch: Branch) -> list[tuple[object, ...]]:
    return [
        (s.rule, s.kind, s.mandatory, s.low_fen, s.high_fen, s.origin, s.version_from)
        for s in branch.sanctions
    ]


@BOUNDED
@given(text=rulebooks.rulebooks(), data=st.data())
def test_a_complete_case_lies_in_a_branch_that_says_the_same(
    text: str, data: st.DataObject
) -> None:
    book = small.rulebook(text)
    whole = data.draw(drawn.acts())
    partial = data.draw(drawn.blurred(whole, keep=4))
    # sums that hang on a fact without a threshold stay ranges: they are compared elsewhere
    partial["gain"] = whole["gain"]

    answer, complete = act_of(book, partial), act_of(book, whole)

    (known,) = complete.branches
    facts = small.case(book, whole, decided_on="2010-12-01")
    fitting = [branch for branch in answer.branches if rulebooks.fits(branch, book, facts)]
    assert fitting, text
    for branch in fitting:
        if answer.undetermined:
            continue
        assert not branch.open
        assert branch.fine == known.fine, text
        assert measures(branch) == measures(known), text
        assert branch.conflicts == known.conflicts


@BOUNDED
@given(text=rulebooks.rulebooks(), data=st.data())
def test_a_settled_rule_stays_settled(text: str, data: st.DataObject) -> None:
    book = small.rulebook(text)
    whole = data.draw(drawn.acts())
    partial = data.draw(drawn.blurred(whole, keep=4))

    answer, complete = act_of(book, partial), act_of(book, whole)

    (known,) = complete.branches
    facts = small.case(book, whole, decided_on="2010-12-01")
    after = {outcome.rule: outcome.state for outcome in known.rules}
    for branch in answer.branches:
        if rulebooks.fits(branch, book, facts):
            for outcome in branch.rules:
                if outcome.state is not RuleState.UNDETERMINED:
                    # which of two reasons keeps a rule out may change, that it is out may not
                    assert (after[outcome.rule] is ESTABLISHED) is (outcome.state is ESTABLISHED)


@BOUNDED
@given(text=rulebooks.rulebooks(), data=st.data())
def test_a_complete_case_is_determined(text: str, data: st.DataObject) -> None:
    book = small.rulebook(text)

    answer = act_of(book, data.draw(drawn.acts()))

    assert len(answer.branches) == 1
    assert not answer.undetermined
    assert not answer.branches[0].open
    assert {o.state for o in answer.branches[0].rules} <= set(RuleState) - {RuleState.UNDETERMINED}
    assert answer.needs == ()


@BOUNDED
@given(text=rulebooks.rulebooks(), data=st.data())
def test_the_range_of_an_act_contains_that_of_every_completion(
    text: str, data: st.DataObject
) -> None:
    book = small.rulebook(text)
    whole = data.draw(drawn.acts())

    answer, complete = act_of(book, data.draw(drawn.blurred(whole, keep=4))), act_of(book, whole)

    wide, exact = union_of(answer), union_of(complete)
    if not answer.undetermined:
        for fen in {0, exact.low or 1, exact.high or 1}:
            assert wide.contains(fen) or not exact.contains(fen), text


@BOUNDED
@given(text=rulebooks.rulebooks(), data=st.data())
def test_the_same_case_is_decided_the_same(text: str, data: st.DataObject) -> None:
    book, again = small.rulebook(text), small.rulebook(text)
    partial = data.draw(drawn.blurred(data.draw(drawn.acts()), keep=4))
    shuffled = dict(data.draw(st.permutations(list(partial.items()))))

    assert act_of(book, partial) == act_of(again, shuffled)
