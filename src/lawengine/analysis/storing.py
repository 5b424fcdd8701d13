"""Every row before and after, as a file: what follows under each side, and how the case fares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lawengine.analysis import outcomes
from lawengine.analysis.figures import fares, is_open, sanction
from lawengine.analysis.outcomes import KINDS, At, Bit, Whole, is_set
from lawengine.analysis.running import Layout
from lawengine.columns.alike import alike
from lawengine.columns.carried import Carried
from lawengine.columns.naming import quoted
from lawengine.columns.results import Results
from lawengine.columns.storing import Parts
from lawengine.columns.summary import norms_in
from lawengine.columns.table import Array

if TYPE_CHECKING:
    import duckdb

STATES = np.array(["nothing", "established", "undetermined"], object)
_SEPARATOR = ", "


class Pairs(Parts):
    """Takes rows batch by batch: `names` are those of the sides, the law in force first."""

    __slots__ = ("layout", "names", "only")

    def __init__(
        self,
        folder: Path,
        connection: duckdb.DuckDBPyConnection,
        names: Sequence[str],
        layout: Layout,
        only: Sequence[str],
    ) -> None:
        super().__init__(folder, connection)
        self.names, self.layout, self.only = names, layout, tuple(only)

    def add(
        self,
        start: int,
        results: Sequence[Results],
        numbers: Whole,
        kept: Mapping[str, Any],
        carried: Carried,
    ) -> None:
        """Write a batch; `row` counts from 1, columns of a side begin with its name.

        Units: fen. An end of the fine that there is none of, or that nobody knows, is empty.
        """
        del kept  # they go from file to file
        rows = numbers.shape[1]
        columns: dict[str, Array] = {"n": np.arange(start + 1, start + 1 + rows)}
        parts = ['n AS "row"']
        copied, joined = replace(carried, names=self.only).joined("n", start, rows)
        parts.append(copied.removesuffix(", "))
        before = self.layout.side(numbers, 0)
        for place, (name, result) in enumerate(zip(self.names, results, strict=True)):
            one = self.layout.side(numbers, place)
            for key, (values, known) in _columns(one, result).items():
                columns[f"s{place}_{key}"] = values
                sql = f"s{place}_{key}"
                if known is not None:
                    columns[f"m{place}_{key}"] = known
                    sql = f"CASE WHEN m{place}_{key} THEN {sql} END"
                parts.append(f"{sql} AS {quoted(f'{name}_{key}')}")
            if place:
                columns[f"f{place}"] = fares(before, one)
                parts.append(f"f{place} AS {quoted(f'{name}_fares')}")
        told = ", ".join(part for part in parts if part)
        self.write(f"SELECT {told} FROM batch{joined} ORDER BY n", batch=columns)


def _columns(one: Whole, result: Results) -> dict[str, tuple[Array, Array | None]]:
    bits = one[At.BITS]
    possible, open_ = is_set(bits, Bit.FINE_POSSIBLE), is_set(bits, Bit.FINE_OPEN)
    taken_open = is_set(bits, Bit.TAKEN_OPEN)
    state = is_set(bits, Bit.ESTABLISHED) + 2 * is_set(bits, Bit.UNDETERMINED)
    _, high = sanction(one)
    return {
        "state": (STATES[state], None),
        "fine_low_fen": (one[At.LOW], possible),
        "fine_high_fen": (one[At.HIGH], possible & ~open_),
        "confiscated_fen": (one[At.TAKEN_HIGH], ~taken_open),
        "sanction_high_fen": (high, ~is_open(one)),
        "must": (_kinds(bits, outcomes.must), None),
        "may": (_kinds(bits, outcomes.may), None),
        "rules": (_rules(result), None),
    }


def _kinds(bits: Whole, which: Any) -> Array:  # noqa: ANN401 - `outcomes.must` or `outcomes.may`
    unique, inverse = np.unique(outcomes.measures(bits), return_inverse=True)
    shifted = unique << outcomes.FIRST_MUST
    masks = [which(shifted, place) for place in range(len(KINDS))]
    texts = [
        _SEPARATOR.join(kind.value for kind, mask in zip(KINDS, masks, strict=True) if mask[n])
        for n in range(unique.size)
    ]
    return np.array(texts, object)[inverse.ravel()]


def _rules(result: Results) -> Array:
    first, which = alike(result.codes)
    layout = result.layout
    texts = []
    for place in first.tolist():
        words = tuple(result.codes[:, place].tolist())
        names = dict.fromkeys(layout.norms[number].rule for number in norms_in(words, layout))
        texts.append(_SEPARATOR.join(names))
    return np.array(texts, object)[which]
