"""A column of weights: what each row counts for, in whole millionths."""

from __future__ import annotations

import decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawengine.analysis.exact import MICRO
from lawengine.analysis.outcomes import Whole
from lawengine.analysis.refusal import RefusedError

MOST = 1e9
"""A weight above this is a slip: no row stands for so many."""


def weights_of(column: str, values: NDArray[Any], start: int) -> Whole:
    """Return the weights of a batch, rounded to millionths; `start` is its first row, from 0.

    Raises:
        RefusedError: a weight is missing, negative or no number.
    """
    missing = np.ma.getmaskarray(values)
    numbers = _numbers(column, np.ma.getdata(values)[~missing])
    if missing.any():
        _refuse("LAW709", column, missing, start)
    unfit = (numbers < 0) | (numbers > MOST)
    for code, wrong in (("LAW709", np.isnan(numbers)), ("LAW710", unfit)):
        if wrong.any():
            _refuse(code, column, wrong, start)
    return np.rint(numbers * MICRO).astype(np.int64)


def _numbers(column: str, plain: NDArray[Any]) -> NDArray[np.float64]:
    if plain.dtype.kind in "iuf":
        return plain.astype(np.float64)
    some = next((cell for cell in plain.tolist() if cell is not None), None)
    if plain.dtype == np.dtype(object) and isinstance(some, decimal.Decimal):
        return np.array([float(cell) for cell in plain.tolist()], np.float64)
    raise RefusedError("LAW708", column=column)


def _refuse(code: str, column: str, wrong: NDArray[np.bool_], start: int) -> None:
    row = start + int(wrong.argmax()) + 1
    raise RefusedError(code, column=column, row=row, number=int(wrong.sum()))
