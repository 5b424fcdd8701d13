"""Tables one below the other."""

import numpy as np

from lawengine.columns.table import Column, Table, stacked


def test_what_one_table_lacks_is_unknown_in_its_rows() -> None:
    one = Table({"act.a": Column(np.array([3, 4], np.int16))}, 2)
    two = Table(
        {
            "act.a": Column(np.array([5], np.int64), np.array([False])),
            "act.b": Column(np.array([True]), None),
        },
        1,
    )

    found = stacked([one, two])

    assert found.rows == 3
    assert found.columns["act.a"].values.tolist() == [3, 4, 5]
    assert found.columns["act.b"].values.dtype == np.bool_
    masks = {path: column.known for path, column in found.columns.items()}
    assert {path: None if mask is None else mask.tolist() for path, mask in masks.items()} == {
        "act.a": [True, True, False],
        "act.b": [False, False, True],
    }


def test_where_all_is_known_no_mask_is_made() -> None:
    one = Table({"act.a": Column(np.array([3, 4]))}, 2)

    assert stacked([one, one]).columns["act.a"].known is None
    assert stacked([one]) is one
