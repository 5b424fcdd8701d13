"""On small rulebooks of every make columns say what single cases say."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.columns.engine import Simulator
from tests import small
from tests.agreement.columns import ColumnTally, differences, plain_rows
from tests.agreement.test_compiled_rulebooks import (
    ACT,
    CONDITIONS,
    CONSEQUENCES,
    DECIDED,
    acts,
    one_rule,
    wide_rulebooks,
)
from tests.properties import rulebooks

COUNTED = settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
Rows = list[tuple[dict[str, Any], datetime.date]]


def agree(text: str, rows: Rows, *, lighter: bool) -> ColumnTally:
    book = small.rulebook(text)
    simulator = Simulator(book, lighter=lighter)
    cases = [small.case(book, act, decided_on=decided) for act, decided in rows]
    tally = differences(simulator, plain_rows(cases, simulator.exact))
    assert tally.found == [], text
    return tally


@pytest.mark.no_cover
@pytest.mark.parametrize("texts", [rulebooks.rulebooks(), wide_rulebooks()], ids=["plain", "wide"])
def test_random_rulebooks_agree(texts: st.SearchStrategy[str]) -> None:
    tally = ColumnTally()

    @COUNTED
    @given(
        text=texts, rows=st.lists(st.tuples(acts(), DECIDED), min_size=4, max_size=12),
        lighter=st.booleans(),
    )  # fmt: skip
    def agreeing(text: str, rows: Rows, *, lighter: bool) -> None:
        nonlocal tally
        tally += agree(text, rows, lighter=lighter)

    agreeing()

    assert tally.settled > tally.rows // 4
    assert tally.hit > tally.settled // 10


TEXT_DAYS = [datetime.date(2010, 9, 1)]


@pytest.mark.parametrize("then", CONSEQUENCES)
def test_every_make_of_amount_agrees(then: str) -> None:
    agree(one_rule("act.a", then), [(ACT, TEXT_DAYS[0])], lighter=True)


@pytest.mark.parametrize("when", CONDITIONS)
def test_every_make_of_condition_agrees(when: str) -> None:
    text = one_rule(when.replace("act.fresh", "fresh"), "fine 1 to 2 yuan")
    agree(text, [(ACT, TEXT_DAYS[0])], lighter=True)
