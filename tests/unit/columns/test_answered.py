"""Rows that stand for answers, gathered from their table."""

import numpy as np

from lawengine.columns.answered import Answered, known_in, stacked
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
    one = Answered(TABLE, np.array([1])).often(2, {"act.b": Column(np.array([True, False]))})

    both = one.often(2, {"act.c": Column(np.array([1, 2, 1, 2]))})

    pairs = both.of(["act.b", "act.c", "act.d"])
    assert list(pairs.columns) == ["act.b", "act.c"]
    assert pairs.columns["act.b"].values.tolist() == [True, True, False, False]
    assert pairs.columns["act.c"].values.tolist() == [1, 2, 1, 2]
    for path in ("act.a", "act.d"):
        assert known_in(both.column(path), both.rows).tolist() == [False] * 4
