"""Rows that stand for answers, gathered from their table."""

from functools import reduce
from operator import and_, or_

import numpy as np
import pytest

from lawengine.columns.answered import Answered, known_in, stacked
from lawengine.columns.folding import any_answer, every_answer, not_alike
from lawengine.columns.table import Column, Table

TABLE = Table({"act.a": Column(np.array([3, 4, 5], np.int16), np.array([True, False, True]))}, 3)


def test_answers_fill_rows_and_leave_the_others() -> None:
    plain = Answered(TABLE, np.array([2]))
    wide = Column(np.array([70_000, 8], np.int64))
    asked = Answered(TABLE, np.array([1])).often(
        2, {"act.a": wide, "act.b": Column(np.array([True, False]))}
    )

    found = stacked([plain, asked])

    assert found.rows == 3
    assert found.columns["act.a"].values.tolist() == [5, 70_000, 8]
    assert found.columns["act.a"].known is None
    other = found.columns["act.b"]
    assert other.values.dtype == np.bool_
    assert other.values[1:].tolist() == [True, False]
    assert other.known is not None
    assert other.known.tolist() == [False, True, True]
    assert TABLE.columns["act.a"].values.tolist() == [3, 4, 5]


def test_answers_to_two_facts_stand_for_all_pairs() -> None:
    rows = Answered(TABLE, np.array([1, 2]))
    one = rows.often(2, {"act.b": Column(np.array([True, True, False, False]))})

    both = one.often(2, {"act.c": Column(np.array([1, 1, 1, 1, 2, 2, 2, 2]))})

    # All rows stand together under each pair of answers.
    assert (both.base.tolist(), both.times, both.rows) == ([1, 2], 4, 8)
    pairs = both.of(["act.b", "act.c", "act.d"])
    assert list(pairs.columns) == ["act.b", "act.c"]
    assert pairs.columns["act.b"].values.tolist() == [True, True, False, False] * 2
    assert pairs.columns["act.c"].values.tolist() == [1] * 4 + [2] * 4
    assert known_in(both.column("act.a"), both.rows).tolist() == [False, True] * 4
    assert known_in(both.column("act.d"), both.rows).tolist() == [False] * 8


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_answers_have_in_common(number: int) -> None:
    answers = np.array([[0b01, 0b11, 0b10], [0b01, 0b01, 0b10], [0b01, 0b01, 0b00]])[:number]

    flat = answers.ravel()

    columns = [list(column) for column in answers.T]
    assert any_answer(flat, number).tolist() == [reduce(or_, each) for each in columns]
    assert every_answer(flat, number).tolist() == [reduce(and_, each) for each in columns]
    assert not_alike(flat, number).tolist() == [len(set(each)) > 1 for each in columns]
    assert flat.tolist() == answers.ravel().tolist()
