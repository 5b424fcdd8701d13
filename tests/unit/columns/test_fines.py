"""What several fines on one row come to."""

import random

import numpy as np
import pytest

from lawengine.columns.packages import UNKNOWN
from lawengine.columns.settling import Fines

ROWS, NUMBER = 40, 200


def drawn(seed: int, *, optional: bool) -> tuple[Fines, list[list[tuple[int, int, bool]]]]:
    """Return fines, and the floor, the ceiling and "may be left out" of those of each row."""
    draw = random.Random(seed)  # noqa: S311 - fines of a test, no secrets
    each: list[list[tuple[int, int, bool]]] = [[] for _ in range(ROWS)]
    rows = []
    for _ in range(NUMBER):
        at, most = draw.randrange(ROWS), draw.choice([5, 9, 40])
        one = (draw.choice([UNKNOWN, 2, most]), most, optional and draw.random() < 0.6)
        each[at].append(one)
        rows.append((at, *one))
    row, low, high, may = (np.array(column) for column in zip(*rows, strict=True))
    return Fines(ROWS, row, low, high, may if optional else None), each


@pytest.mark.parametrize("optional", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_fines_of_each_row_together(seed: int, optional: bool) -> None:
    fines, each = drawn(seed, optional=optional)
    no = np.zeros(ROWS, np.bool_)
    found = [
        [(low[n], high[n], (no if may is None else may)[n]) for n in range(ROWS)]
        for low, high, may in (fines.sum(), fines.any_one(), fines.highest())
    ]

    for row, several in enumerate(each):
        if not several:
            continue
        lows, highs, mays = zip(*several, strict=True)
        sure = sum(low for low, _, may in several if not may and low != UNKNOWN)
        floor = min(lows) if all(mays) else sure
        best = max(several, key=lambda one: one[1::-1])  # the first of the highest
        assert found[0][row] == (floor or UNKNOWN, sum(highs), all(mays))
        assert found[1][row] == (min(lows), max(highs), any(mays))
        assert found[2][row] == best


def test_fines_among_some_rows() -> None:
    fines, _ = drawn(9, optional=True)
    rows = np.arange(0, ROWS, 3)

    some = fines.among(rows)

    assert some.rows == rows.size
    assert [row * 3 for row in some.row.tolist()] == [
        row for row in fines.row.tolist() if row % 3 == 0
    ]
    assert some.may is not None
    assert some.low.size == some.high.size == some.may.size == some.row.size < NUMBER
    wanted = [ends[rows].tolist() for ends in fines.highest() if ends is not None]
    assert [ends.tolist() for ends in some.highest() if ends is not None] == wanted
