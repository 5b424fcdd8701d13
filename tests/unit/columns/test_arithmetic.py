"""What generated code calls."""

from typing import Any

import numpy as np
import pytest

from lawengine.columns.arithmetic import FEW, picked


@pytest.mark.parametrize("rows", [3, 2 * FEW])
@pytest.mark.parametrize("width", [np.int8, np.int16, np.int32, np.int64])
def test_picked_is_where(rows: int, width: type[np.signedinteger]) -> None:
    draw = np.random.default_rng(5)
    ends = np.iinfo(width)
    one, two = (draw.integers(ends.min, ends.max, rows, width, endpoint=True) for _ in range(2))
    one[:2], two[:2] = (ends.min, ends.max), (ends.max, ends.min)
    mask = draw.random(rows) < 0.5
    mask[:2] = True, False
    sides: list[tuple[Any, Any]] = [
        (one, two),
        (width(7), two),
        (one, width(-7)),
        (one, width(0)),
        (width(0), two),
    ]

    for some, other in sides:
        found = picked(mask, some, other)

        assert found.dtype == width
        assert found.tolist() == np.where(mask, some, other).tolist()
    assert mask[:2].tolist() == [True, False]
