"""Results as a file: written in parts beside it, and put in its place when all is there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.columns.alike import alike
from lawengine.columns.carried import Carried
from lawengine.columns.failures import TableError
from lawengine.columns.files import connected
from lawengine.columns.naming import literal
from lawengine.columns.results import Results
from lawengine.columns.standing import STATES, UNDETERMINED
from lawengine.columns.summary import norms_in
from lawengine.columns.table import Array

if TYPE_CHECKING:
    import duckdb

FORMATS = {".parquet": "FORMAT parquet", ".csv": "FORMAT csv, HEADER true"}
_TEXTS = ("state", "decided_by", "must", "may", "rules", "articles")
_STATES = {"undetermined": "undetermined", "hit": "established"}
_WAYS = {"exactly": "exactly", "branched": "branches"}
_SEPARATOR = ", "
_MEMORY = "1GB"
"""What joining the parts may take; left to itself it takes what the machine has."""

P = TypeVar("P", bound="Parts")


@dataclass(slots=True)
class Parts:
    """Takes rows batch by batch."""

    folder: Path
    connection: duckdb.DuckDBPyConnection
    parts: int = 0

    def write(self, select: str, **tables: Mapping[str, Array]) -> None:
        """Write the rows that a query gives over some tables of columns."""
        for name, columns in tables.items():
            self.connection.register(name, columns)
        place = literal(str(self.folder / f"part-{self.parts:06}.parquet"))
        self.connection.execute(f"COPY ({select}) TO {place} (FORMAT parquet)")
        for name in tables:
            self.connection.unregister(name)
        self.parts += 1

    def finish(self, place: Path, form: str) -> None:
        """Write all parts as one file."""
        parts = literal(str(self.folder / "part-*.parquet"))
        self.connection.execute(f"SET memory_limit = {literal(_MEMORY)}")
        self.connection.execute(
            f"COPY (SELECT * FROM read_parquet({parts})) TO {literal(str(place))} ({form})"
        )


class Store(Parts):
    """Takes results batch by batch."""

    def add(self, start: int, results: Results, carried: Carried | None = None) -> None:
        """Write a batch; `start` is the number of its first row, counted from 0.

        The result of the same row stands in the same place; `row` counts from 1.
        """
        first, which = alike(results.codes)
        texts = _texts(results.at(first))
        columns: dict[str, Array] = {
            "row": np.arange(start + 1, start + 1 + results.rows),
            "code": which,
            "low": results.fine_low,
            "high": results.fine_high,
            "may_be_left_out": results.has("may_fine"),
            "no_floor": results.has("no_floor"),
            "ceiling_open": results.has("open_ceiling"),
            "choices": results.choices,
            "taken": results.confiscated,
            "sum_open": results.has("open_sum"),
            "later_law": results.has("later"),
        }
        codes = {"code": np.arange(first.size), **texts}
        tables = {"codes": codes, **_standings(results, columns)}
        copied, joined = (
            ("", "") if carried is None else carried.joined('batch."row"', start, results.rows)
        )
        self.write(_select(copied, joined, results.statuses), batch=columns, **tables)


def _standings(results: Results, columns: dict[str, Array]) -> dict[str, Mapping[str, Array]]:
    """Return the words for each kind of states; each row gets the number of its kind."""
    if not results.statuses:
        return {}
    first, columns["standing"] = alike(results.states)
    told, open_ = [], []
    for codes in results.states[:, first].T.tolist():
        named = list(zip(results.statuses, codes, strict=True))
        told.append([f"{n} {STATES[c]}" for n, c in named if c not in (0, UNDETERMINED)])
        open_.append([name for name, code in named if code == UNDETERMINED])
    words = {"statuses": told, "statuses_open": open_}
    texts = {name: np.array([_SEPARATOR.join(x) for x in some], object)
             for name, some in words.items()}  # fmt: skip
    return {"standings": {"standing": np.arange(first.size), **texts}}


def _select(copied: str, source: str, statuses: Sequence[str]) -> str:
    joined = f"JOIN codes USING (code){source}"
    more = ""
    if statuses:
        joined += " JOIN standings USING (standing)"
        more = ", standings.statuses, standings.statuses_open"
    texts = ", ".join(f"codes.{name}" for name in _TEXTS)
    return (
        f'batch."row", {copied}{texts}, high > 0 OR ceiling_open AS fine_possible, '
        "CASE WHEN high > 0 AND NOT no_floor THEN low END AS fine_low_fen, "
        "CASE WHEN high > 0 AND NOT ceiling_open THEN high END AS fine_high_fen, "
        "may_be_left_out AS fine_may_be_left_out, choices, "
        "CASE WHEN NOT sum_open THEN taken END AS confiscated_fen, later_law"
        f"{more}"
    ).join(("SELECT ", f' FROM batch {joined} ORDER BY batch."row"'))


def _texts(kinds: Results) -> dict[str, Array]:
    """Return the words for each kind of code."""
    layout = kinds.layout
    found: dict[str, list[str]] = {name: [] for name in _TEXTS}
    must, may = (bits.tolist() for bits in kinds.kinds())
    flags = {name: kinds.has(name) for name in (*_STATES, *_WAYS)}
    for place in range(kinds.rows):
        norms = [layout.norms[n] for n in norms_in(tuple(kinds.codes[:, place].tolist()), layout)]
        states = [word for name, word in _STATES.items() if flags[name][place]]
        ways = [word for name, word in _WAYS.items() if flags[name][place]]
        articles = dict.fromkeys(law.text("en") for norm in norms for law in norm.version.law)
        found["state"].append(states[0] if states else "nothing")
        found["decided_by"].append(ways[0] if ways else "columns")
        for name, bits in (("must", must[place]), ("may", may[place])):
            words = [kind.value for at, kind in enumerate(layout.kinds) if bits >> at & 1]
            found[name].append(_SEPARATOR.join(words))
        found["rules"].append(_SEPARATOR.join(dict.fromkeys(norm.rule for norm in norms)))
        found["articles"].append(_SEPARATOR.join(articles))
    return {name: np.array(words, object) for name, words in found.items()}


@contextmanager
def storing(path: Path, made: Callable[[Path, duckdb.DuckDBPyConnection], P]) -> Iterator[P]:
    """Take rows for a file, which is there when the block ends well, and else untouched.

    Raises:
        TableError: the file cannot be written.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        why = Label("neither Parquet nor CSV by its name", "按文件名既非 Parquet 亦非 CSV")
        raise TableError(Diagnostic("LAW662", words={"path": str(path), "why": why}))
    with writing(path):
        target = path.resolve()
        beside = str(target.parent)
        with (
            tempfile.TemporaryDirectory(dir=beside, prefix=".lawengine-") as folder,
            # Parts are found by a pattern, so their folder must not look like one itself.
            tempfile.TemporaryDirectory(
                dir=None if set(beside) & set("*?[") else folder, prefix="parts-"
            ) as parts,
            connected(parts) as connection,
        ):
            store = made(Path(parts), connection)
            yield store
            whole = Path(folder) / f"whole{target.suffix}"
            store.finish(whole, form)
            whole.replace(target)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell why a file cannot be written.

    Raises:
        TableError: it cannot.
    """
    import duckdb  # noqa: PLC0415 - only who writes tables needs it

    try:
        yield
    except (duckdb.Error, OSError) as error:
        first, *_ = str(getattr(error, "strerror", None) or error).splitlines() or [""]
        words = {"path": str(path), "why": first}
        raise TableError(Diagnostic("LAW662", words=words)) from None
