"""Columns that a program holds in memory, as a file of cases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.columns.files import TableError, connected, reading
from lawengine.columns.naming import literal, quoted

_UNEVEN = Label("no columns, or columns of different lengths", "没有列，或者各列长度不同")

Given: TypeAlias = Mapping[str, Sequence[object] | np.ndarray[Any, Any]]
"""Columns by their names, all of one length: lists or arrays; None is a cell that is not known."""


@contextmanager
def as_file(columns: Given) -> Iterator[Path]:
    """Write columns as a Parquet file that is gone when the block ends.

    Edges: moments are taken as days; numbers of floating point stay what they are, so that amounts
    in them are refused when they are read.

    Raises:
        TableError: the columns make no table.
    """
    with tempfile.TemporaryDirectory(prefix="lawengine-") as folder:
        path = Path(folder) / "cases.parquet"
        arrays = {name: _array(values) for name, values in columns.items()}
        if len({len(array) for array in arrays.values()}) != 1:
            raise TableError(Diagnostic("LAW650", words={"path": "cases", "why": _UNEVEN}))
        parts = [
            f"c{place}::DATE AS {quoted(name)}" if array.dtype.kind == "M" else
            f"c{place} AS {quoted(name)}"
            for place, (name, array) in enumerate(arrays.items())
        ]  # fmt: skip
        with connected(folder) as connection, reading(path):
            named = {f"c{place}": array for place, array in enumerate(arrays.values())}
            connection.register("given", named)
            connection.execute(
                f"COPY (SELECT {', '.join(parts)} FROM given) TO {literal(str(path))}"
                " (FORMAT parquet)"
            )
        yield path


def _array(values: Sequence[object] | np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if isinstance(values, np.ndarray):
        return values.astype("datetime64[s]") if values.dtype.kind == "M" else values
    found = np.empty(len(values), object)
    found[:] = list(values)
    return found
