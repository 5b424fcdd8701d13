"""Two bits a truth value: the signs of the generated code are the Kleene connectives."""

from __future__ import annotations

import datetime
from itertools import product

import pytest

from lawengine.base.truth import Truth
from lawengine.compiled.kleene import BITS, NO, NOT, OF, OPEN, SURE, YES, joined, single
from lawengine.model import expressions as e
from lawengine.model.types import YES_NO

DAY = datetime.date(2010, 1, 1)
CONDITION = e.Constant(value=True, type=YES_NO)


def test_the_signs_are_the_kleene_connectives() -> None:
    for one, two in product(Truth, Truth):
        assert BITS[one] & BITS[two] == BITS[one & two]
        assert BITS[one] | BITS[two] == BITS[one | two]
    assert {BITS[value]: BITS[~value] for value in Truth} == NOT


def test_an_open_condition_is_never_sure() -> None:
    assert [SURE[OF[fact]] for fact in (False, True)] == [False, True]
    with pytest.raises(KeyError):
        SURE[OF[None]]


def test_what_is_settled_falls_away_from_the_source() -> None:
    assert joined(e.Logic.AND, ["a", True, "b"]) == "(a & b)"
    assert joined(e.Logic.AND, ["a", False]) is False
    assert joined(e.Logic.AND, [True]) is True
    assert joined(e.Logic.OR, ["a", False]) == "a"
    assert joined(e.Logic.OR, ["a", True]) is True
    assert joined(e.Logic.OR, []) is False


def test_a_single_condition_looks_at_bounds_only_where_a_fact_is_open() -> None:
    looked: list[datetime.date] = []

    def seen(_: e.Expression, day: datetime.date) -> int:
        looked.append(day)
        return YES

    def missing() -> bool:
        raise KeyError

    assert single(lambda: True, seen, CONDITION, DAY) == YES
    assert single(lambda: False, seen, CONDITION, DAY) == NO
    assert looked == []
    assert single(missing, None, CONDITION, DAY) == OPEN
    assert single(missing, seen, CONDITION, DAY) == YES
    assert looked == [DAY]
