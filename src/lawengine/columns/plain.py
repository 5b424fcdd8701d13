"""Columns of plain values as a Parquet file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from lawengine.columns.files import connected
from lawengine.columns.naming import literal, quoted


def write_plain(place: Path, columns: Mapping[str, tuple[str, Sequence[object]]]) -> None:
    """Write columns, each with its SQL type; None is an empty cell.

    Raises:
        OSError: the file cannot be written.
    """
    import duckdb  # noqa: PLC0415 - only who writes tables needs it

    arrays = {
        f"c{number}": np.array([None if one is None else str(one) for one in values], object)
        for number, (_, values) in enumerate(columns.values())
    }
    wanted = ", ".join(
        f"c{number}::VARCHAR::{kind} AS {quoted(name)}"
        for number, (name, (kind, _)) in enumerate(columns.items())
    )
    try:
        with connected(str(place.parent)) as connection:
            connection.register("plain", arrays)
            connection.execute(
                f"COPY (SELECT {wanted} FROM plain) TO {literal(str(place))} (FORMAT parquet)"
            )
    except duckdb.Error as error:
        raise OSError(str(error).splitlines()[0]) from None
