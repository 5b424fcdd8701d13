"""Answers to questions keep their promises on drawn rulebooks and cases, and on the real one."""

from __future__ import annotations

import random
from collections.abc import Set as AbstractSet
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lawengine.base.truth import Truth
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Branch
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import UNKNOWN, Among, CaseFacts, Domain, Entry, FactKey, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.model.types import Kind
from lawengine.questions import Cause, Goal, Wanted, needs, what_if, why_not
from lawengine.questions.scenes import Situation, situation
from lawengine.questions.what_if import Change
from tests import small
from tests.interviewing import average, interviewed, outcomes, same_decision

ACT = "respondents[1].acts[1]"
CONDITIONS = st.recursive(
    st.sampled_from(
        ["act.a", "act.b", "act.c", "act.grave", "act.kind is red", "act.kind is one of red, blue",
         "act.number at least 2", "act.gain more than 3 yuan", "act.excused", "act.mild",
         "act.seen_on after act.ended_on + 30 days"]
    ),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
)  # fmt: skip
FINES = st.sampled_from(["fine 10 to 20 yuan", "may fine 5 to 40 yuan", "fine up to 15 yuan"])
OTHERS = st.sampled_from(
    ["exempt from penalty", "may exempt from penalty", "lighten or reduce", "publish", "warn"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    text = (
        f"rule P\n  version from 2000-01-01 to 2009-06-30\n    law GEN-2000 art 1\n"
        f"    when {draw(CONDITIONS)}\n    then {draw(FINES)}\n"
        f"    if {draw(CONDITIONS)}\n      {draw(FINES)}\n"
        f"  version from 2009-07-01\n    law GEN-2009 art 1\n    when {draw(CONDITIONS)}\n"
        f"    unless {draw(CONDITIONS)}\n    then {draw(FINES)}\n\n"
        f"rule E\n  version from 2000-01-01\n    law GEN-2000 art 2\n    when {draw(CONDITIONS)}\n"
        f"    then {draw(OTHERS)}\n\n"
        f"exception X to P\n  version from 2000-01-01\n    law GEN-2000 art 3\n"
        f"    when {draw(CONDITIONS)}\n    then publish\n\n"
    )
    if draw(st.booleans()):
        text += (
            "rule L\n  dated by decision\n  version from 2000-01-01\n    law GEN-2000 art 9\n"
            "    then the lighter later law\n"
        )
    return text


FULL = st.fixed_dictionaries(
    {
        **{name: st.booleans() for name in ("a", "b", "c", "grave", "excused", "mild")},
        "kind": st.sampled_from(["red", "green", "blue"]),
        "number": st.integers(0, 4),
        "gain": st.integers(0, 6),
        "ended_on": st.sampled_from(["2009-06-01", "2009-06-30", "2009-07-01", "2009-09-09"]),
        "seen_on": st.sampled_from(["2009-09-10", "2009-10-30"]),
    }
)
DROPPED = st.sets(st.sampled_from(["a", "b", "c", "grave", "kind", "number", "gain", "seen_on"]))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def case_of(book: Rulebook, full: dict[str, Any], dropped: set[str]) -> CaseFacts:
    known = {name: value for name, value in full.items() if name not in dropped}
    return small.case(book, known, decided_on="2010-02-02")


def drawn_value(at: Situation, key: FactKey, chance: random.Random) -> Domain:
    """Return an exact value inside what is known of a fact."""
    fact = at.rulebook.vocabulary.fact(key.entity, key.fact)
    domain = at.domain(key)
    if isinstance(domain, Known):
        return domain
    if fact.type.kind is Kind.YES_NO:
        return Known(chance.random() < 0.5)
    if fact.type.kind is Kind.CHOICE:
        names = [m.name for m in at.rulebook.vocabulary.choices[fact.type.choices].members]
        return Known(chance.choice(sorted(domain.options) if isinstance(domain, Among) else names))
    low, high = bounds(domain)
    if fact.type.kind is Kind.DATE:
        import datetime

        first = low or datetime.date(2008, 1, 1)
        last = high or datetime.date(2026, 1, 1)
        assert isinstance(first, datetime.date)
        assert isinstance(last, datetime.date)
        number = chance.randint(min(first, last).toordinal(), max(first, last).toordinal())
        return Known(datetime.date.fromordinal(number))
    least = low if isinstance(low, int) else -5
    most = high if isinstance(high, int) else least + chance.choice([3, 500, 2_000])
    return Known(chance.randint(least, most))


def filled(start: Situation, keys: list[FactKey], chance: random.Random) -> Situation | None:
    at: Situation | None = start
    for key in keys:
        if at is None:
            return None
        at = at.with_value(key, drawn_value(at, key, chance))
    return at


def check_needs(case: CaseFacts, book: Rulebook, chance: random.Random, tries: int = 6) -> int:
    """Make sure that the needed facts, filled in at random, settle the act; return how many."""
    found = needs(case, book, ACT)
    start = situation(case, book, ACT)
    if not found.exact or not found.settleable:
        return 0
    for _ in range(tries):
        at = filled(start, [fact.key for fact in found.fewest], chance)
        if at is None:
            continue  # those values exclude each other
        decided = decide(case, book, overrides=at.changed, grounds=False)
        assert decided.decision is not None
        (act,) = decided.decision.acts()
        assert not act.undetermined
        assert len(outcomes(act)) == 1
    return len(found.fewest)


@given(texts(), FULL, DROPPED, st.randoms(use_true_random=False))
@settings(max_examples=40, suppress_health_check=SLOW)
def test_needed_facts_settle_the_outcome_whatever_they_are(
    text: str, full: dict[str, Any], dropped: set[str], chance: random.Random
) -> None:
    book = small.rulebook(text)
    check_needs(case_of(book, full, dropped), book, chance)


# The number settles the penalty rule, which asks it twice, only because another rule asks it too.
CROSSED = """
rule P
  version from 2000-01-01
    law GEN-2000 art 1
    when act.number at least 2
    unless act.number at least 2
    then fine 10 to 20 yuan

rule E
  version from 2000-01-01
    law GEN-2000 art 2
    when act.number at least 2
    then exempt from penalty
"""


@given(texts(), FULL, DROPPED)
@example(CROSSED, {"ended_on": "2009-07-01"}, set())
@settings(max_examples=40, suppress_health_check=SLOW)
def test_fewer_facts_than_needed_leave_something_open(
    text: str, full: dict[str, Any], dropped: set[str]
) -> None:
    book = small.rulebook(text)
    case = case_of(book, full, dropped)
    found = needs(case, book, ACT)
    if found.settled or not found.exact:
        return
    decided = decide(case, book, grounds=False).decision
    assert decided is not None
    (act,) = decided.acts()
    assert act.undetermined or len(act.branches) > 1 or act.branches[0].fine.high_open


def overrides(change: Change, left_out: FactKey | None = None) -> dict[FactKey, Entry]:
    return {f.key: Entry(f.after) for f in change.facts if f.key != left_out}


def reached(
    case: CaseFacts,
    book: Rulebook,
    goal: Goal,
    changed: dict[FactKey, Entry],
    dropped: AbstractSet[str],
) -> bool:
    """Tell whether the goal is reached whatever the yes/no facts dropped turn out to be."""
    keys = [FactKey(ACT, "act", name) for name in sorted(dropped)]
    for values in product((True, False), repeat=len(keys)):
        whole = dict(zip(keys, (Entry(Known(value)) for value in values), strict=True)) | changed
        decided = decide(case, book, overrides=whole, grounds=False).decision
        if decided is None:
            return False
        (act,) = decided.acts()
        if any(branch.penalised for branch in act.branches):
            return False
        if goal is Goal.NO_VIOLATION and any(_violated(branch, book) for branch in act.branches):
            return False
    return True


def _violated(branch: Branch, book: Rulebook) -> bool:
    """Tell whether a rule with measures applies; what the general part spares is broken still."""
    return bool(branch.sanctions) or any(
        found.state is RuleState.ESTABLISHED
        and any(True for _ in book.rules[found.rule].measures())
        for found in branch.rules
    )


def check_changes(
    case: CaseFacts, book: Rulebook, goal: Goal, dropped: AbstractSet[str] = frozenset()
) -> int:
    """Make sure that every change reaches its goal and that no part of it does."""
    changes = what_if(case, book, ACT, Wanted(goal))
    for change in changes:
        assert reached(case, book, goal, overrides(change), dropped), change
        if len(change.facts) > 1:
            for fact in change.facts:
                assert not reached(case, book, goal, overrides(change, fact.key), dropped), change
    return len(changes)


# One fact spares the penalty and leaves the violation; only both together end it.
SPARED = """
rule P
  version from 2009-07-01
    law GEN-2009 art 1
    when not act.a
    unless act.b and act.c
    then fine 10 to 20 yuan

rule E
  version from 2000-01-01
    law GEN-2000 art 2
    when act.b
    then exempt from penalty
"""
NOTHING = {"a": False, "b": False, "c": False, "ended_on": "2009-07-01"}


@given(
    texts(),
    FULL,
    st.sets(st.sampled_from(["a", "grave"])),
    st.sampled_from([Goal.NO_PENALTY, Goal.NO_VIOLATION]),
)
@example(SPARED, NOTHING, set(), Goal.NO_VIOLATION)
@settings(max_examples=25, suppress_health_check=SLOW)
def test_changes_flip_the_outcome_and_no_part_of_them_does(
    text: str, full: dict[str, Any], dropped: set[str], goal: Goal
) -> None:
    book = small.rulebook(text)
    check_changes(case_of(book, full, dropped), book, goal, dropped)


@given(texts(), FULL, DROPPED)
@settings(max_examples=40, suppress_health_check=SLOW)
def test_a_failing_set_alone_keeps_the_rule_out(
    text: str, full: dict[str, Any], dropped: set[str]
) -> None:
    book = small.rulebook(text)
    case = case_of(book, full, dropped)
    found = why_not(case, book, ACT, "P")
    if found.cause not in (Cause.CONDITIONS, Cause.EXCLUDED):
        return
    start = situation(case, book, ACT)
    for failing in found.failing:
        kept = {fact.key for condition in failing.conditions for fact in condition.facts}
        kept |= {FactKey(ACT, "act", "ended_on"), FactKey("", "case", "decided_on")}
        forgotten = {
            start.scene.act.key(name): Entry(UNKNOWN)
            for name in full
            if start.scene.act.key(name) not in kept and name not in ("excused", "mild")
        }
        at = start.with_facts(forgotten)
        assert at is not None
        assert at.leaf().lineages["P"].conduct.truth is Truth.FALSE


@given(texts(), FULL)
@settings(max_examples=40, suppress_health_check=SLOW)
def test_an_interview_reaches_the_decision_of_the_full_file(
    text: str, full: dict[str, Any]
) -> None:
    book = small.rulebook(text)
    whole = case_of(book, full, set())
    case, asked = interviewed(whole, small.case(book, {}), book)

    assert same_decision(case, whole, book)
    assert asked <= len(full) + 1


# --- the rules that come with the program ---------------------------------------------------------


def test_interviews_by_the_real_rules_ask_less_than_a_full_file_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = small.shipped()
    found = average(book, range(2))
    with capsys.disabled():
        print(f"\n{found}")
    assert found.same == 2
    assert found.asked < found.held / 2


@pytest.mark.parametrize("seed", range(3))
def test_needs_by_the_real_rules(seed: int) -> None:
    book = small.shipped()
    chance = random.Random(seed)  # noqa: S311 - drawn values
    facts: dict[str, Any] = {"kind": "organising_fake_transactions", "ended_on": "2020-06-18"}
    if seed == 1:
        facts["ended_on"] = {"from": "2016-01-01", "to": "2016-12-31"}
    if seed == 2:
        facts["harm_to_safety"] = "unknown"
        facts["illegal_gain"] = "unknown"
    decided = "2018-05-01" if seed == 1 else "2021-08-01"

    found = check_needs(small.case(book, facts, decided_on=decided), book, chance, tries=3)

    assert found > 0


def test_changes_by_the_real_rules() -> None:
    book = small.shipped()
    facts = {"kind": "organising_fake_transactions", "ended_on": "2020-06-18", "serious": False}

    assert (
        check_changes(small.case(book, facts, decided_on="2021-08-01"), book, Goal.NO_PENALTY) > 4
    )
