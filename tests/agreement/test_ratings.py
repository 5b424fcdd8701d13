"""A rule that asks for a grade: the compiled evaluator says what the reference says."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from lawengine.compiled.engine import Engine
from tests.agreement.comparing import differences
from tests.ratings import ALL, Facts, book, case, look

RULE = """
rule LAN.fined "Fined" / "处罚"

  version from 2016-01-01
    law LAN-2016 art 10
    when act.harmful
    then fine 10_000 to 20_000 yuan
    if any look satisfies LAN.grade at most B and LAN.points less than 70
      fine 30_000 to 40_000 yuan
"""
ENGINE = Engine(book(ALL + RULE))
SHARES = st.none() | st.fractions(min_value=0, max_value=1, max_denominator=20)
LOOKS = st.fixed_dictionaries(
    {
        "looked_on": st.none() | st.just(datetime.date(2017, 6, 1)),
        "good": SHARES,
        "quick": SHARES,
        "complaints": st.none() | st.integers(0, 7),
        "faked": st.none() | st.booleans(),
    }
)


@settings(max_examples=60)
@given(st.lists(LOOKS, max_size=2), st.sampled_from([None, True, False]))
def test_a_rule_over_a_grade_is_decided_alike(looks: list[Facts], harmful: bool | None) -> None:
    found = [look(number, **facts) for number, facts in enumerate(looks, 1)]
    facts = {} if harmful is None else {"harmful": harmful}

    assert differences(ENGINE, case(*found, **facts)).found == []


def test_the_grade_decides_the_fine() -> None:
    facts: Facts = {
        "looked_on": datetime.date(2017, 6, 1),
        "quick": Fraction(1),
        "complaints": 0,
        "faked": False,
    }
    totals = []
    for good in (Fraction(1), Fraction(0)):
        (answer,), problems = ENGINE.answers(case(look(good=good, **facts), harmful=True))
        assert problems == ()
        assert answer.decided is not None
        totals.append([branch.fine.high for branch in answer.decided.branches])

    assert totals == [[2_000_000], [4_000_000]]
