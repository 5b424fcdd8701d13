"""A rule that asks for a grade: the compiled evaluator says what the reference says."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawengine.compiled.engine import Engine
from tests.agreement.comparing import Tally, differences
from tests.ratings import ALL, BENEFIT, GRADE, SCORE, Facts, book, case, look
from tests.ratings import RULE as LATE

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
        assert answer.outcome is not None  # settled by functions, the grade too
        totals.append(answer.outcome.fine)

    assert [fine[:2] for fine in totals] == [(1_000_000, 2_000_000), (3_000_000, 4_000_000)]


def test_functions_settle_grades_in_rules_and_benefits() -> None:
    chance, tally = random.Random(7), Tally()  # noqa: S311 - drawn, no secret
    for _ in range(150):
        looks = [
            look(
                number,
                looked_on=datetime.date(2016, 1, 1) + datetime.timedelta(chance.randint(-9, 1400)),
                good=Fraction(chance.randint(0, 20), 20),
                quick=Fraction(chance.randint(0, 20), 20),
                complaints=chance.choice([None, 0, 1, 5, 6]),
                faked=chance.choice([None, True, False, False, False]),
            )
            for number in range(1, chance.randint(1, 3))
        ]
        tally += differences(ENGINE, case(*looks, harmful=True))

    assert tally.found == []
    assert tally.functions > tally.statuses // 2
    assert tally.functions < tally.statuses
    assert tally.exact > tally.acts // 2
    assert tally.branched > 0


ROUNDED = SCORE.replace("    veto fake", "    rounded half even\n    veto fake")
SCHEMES = {
    "a sum that is rounded": ROUNDED + GRADE,
    "a band on its edge": SCORE
    + GRADE.replace("band of B at least 60", "band of B more than 60").replace(
        "band of C less than 60", "band of C at most 60"
    ),
    "a veto of the grade": SCORE + GRADE + "    veto many where complaints more than 5\n",
    "a score off its scale": SCORE.replace("is good times 100", "is good times 101") + GRADE,
    "a gap between bands": SCORE + GRADE.replace("less than 60", "less than 50"),
}


@pytest.mark.parametrize("name", SCHEMES)
def test_schemes_of_every_make_agree(name: str) -> None:
    engine, chance = Engine(book(SCHEMES[name] + BENEFIT + LATE)), random.Random(3)  # noqa: S311 - drawn
    for _ in range(60):
        shares = [Fraction(chance.choice([0, 1, 10, 19, 20]), 20) for _ in range(2)]
        made = look(
            looked_on=datetime.date(2017, 12, 31) + datetime.timedelta(chance.randint(0, 1)),
            good=shares[0],
            quick=shares[1],
            complaints=chance.choice([0, 5, 6]),
            faked=chance.random() < 0.1,
        )
        assert differences(engine, case(made, harmful=True)).found == []
