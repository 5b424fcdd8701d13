"""Whole columns, the reference order by order, and the ordinary decision say the same."""

from __future__ import annotations

import pytest

from lawengine.base.truth import Truth
from tests.agreement.order_tables import answers

SEEDS = range(120)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_of_looking_says_the_same(seed: int) -> None:
    text, found = answers(seed)

    assert found.columns == found.reference, text
    assert found.screened() == found.decided, text


def test_the_drawn_tables_meet_every_answer() -> None:
    met = {truth for seed in SEEDS for truth in answers(seed)[1].decided.values()}

    assert met == set(Truth)
