"""Results in parts beside the output, so that an interrupted run can go on where it stood."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lawengine
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.columns.failures import TableError
from lawengine.columns.files import CASE_FILES, CaseFileTable, parted
from lawengine.columns.storing import FORMATS, Store, writing

if TYPE_CHECKING:
    import duckdb

STATE = "state.json"
_FORMAT = 2
_ENDS = 1 << 20
"""Bytes at either end of a file that are hashed; with its size and its time that tells files apart
without reading all of it."""
_NAMES: Mapping[str, Label] = {
    "program": Label("another version of the program", "程序版本不同"),
    "rulebook": Label("another rulebook", "规则库不同"),
    "table": Label("another table, or one that has changed since", "表格不同，或者已被更改"),
    "kept": Label("other columns to keep", "保留的列不同"),
    "batch": Label("parts of another size", "分段大小不同"),
}
_BROKEN = Label("its state cannot be read", "其状态文件无法读取")

_TOTALS = {"rows", "some", "fined", "flags", "must", "may", "norms", "states"}
Plain = dict[str, Any]
"""Data that JSON holds as it is."""


def parts_of_output(out: Path) -> Path:
    """Return the folder that holds the parts of an output while it is made."""
    return out.with_name(f"{out.name}.parts")


def state_of(table: CaseFileTable, batch: int) -> Plain:
    """Return what a run hangs on, as data."""
    return {
        "format": _FORMAT,
        "program": lawengine.__version__,
        "rulebook": table.rulebook.content_hash,
        "table": [fingerprint(table.path), table.rows],
        "kept": list(table.kept),
        "batch": batch,
    }


def fingerprint(path: Path) -> list[Any]:
    """Return what tells a table from others: size, time and hashes of its ends."""
    given, what = parted(path)
    files = [given]
    if given.is_dir():
        files = sorted(one for one in given.iterdir() if one.suffix.lower() in CASE_FILES)
    return [what, *([one.name, *_print(one)] for one in files)]


def _print(file: Path) -> list[Any]:
    size = file.stat()
    with file.open("rb") as opened:
        digest = hashlib.sha256(opened.read(_ENDS))
        opened.seek(max(0, size.st_size - _ENDS))
        digest.update(opened.read(_ENDS))
    return [size.st_size, size.st_mtime_ns, digest.hexdigest()]


@dataclass(slots=True)
class KeptParts:
    """The parts of one run, by number; a part is done when its totals stand beside it."""

    out: Path
    folder: Path

    def done(self, number: int) -> Plain | None:
        """Return the totals of a part that is there, whole; None where it must be made."""
        try:
            told = json.loads(self._totals(number).read_text(encoding="utf-8"))
            if told["bytes"] == self._rows(number).stat().st_size:
                totals: Plain = told["totals"]
                return totals if totals.keys() >= _TOTALS else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass  # made anew
        return None

    @contextmanager
    def making(
        self, number: int, totals: Plain, connection: duckdb.DuckDBPyConnection
    ) -> Iterator[Store]:
        """Take the rows of a part, then write its totals: each is there whole or not at all."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="making-") as folder:
            made = Path(folder)
            yield Store(made, connection)
            (rows,) = made.glob("part-*.parquet")
            told = {"bytes": rows.stat().st_size, "totals": totals}
            (made / "totals").write_text(json.dumps(told), encoding="utf-8")
            rows.replace(self._rows(number))
            (made / "totals").replace(self._totals(number))

    def finish(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write all parts as the output, and drop them."""
        target = self.out.resolve()
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".lawengine-") as folder:
            whole = Path(folder) / f"whole{target.suffix}"
            with tempfile.TemporaryDirectory(prefix="lawengine-") as plain:
                # Parts are found by a pattern, so their folder must not look like one itself.
                link = Path(plain) / "parts"
                link.symlink_to(self.folder.resolve())
                Store(link, connection).finish(whole, FORMATS[target.suffix.lower()])
            whole.replace(target)
        self.drop()

    def drop(self) -> None:
        """Remove all parts."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _rows(self, number: int) -> Path:
        return self.folder / f"part-{number:06}.parquet"

    def _totals(self, number: int) -> Path:
        return self.folder / f"part-{number:06}.json"


@contextmanager
def keeping(out: Path, table: CaseFileTable, batch: int, *, resume: bool) -> Iterator[KeptParts]:
    """Keep the parts of a run; they stay where it is interrupted, or the disk is full.

    Raises:
        TableError: an earlier run was interrupted and `resume` is not asked for; it was one of
            other things; or the output cannot be written.
    """
    if out.suffix.lower() not in FORMATS:
        why = Label("neither Parquet nor CSV by its name", "按文件名既非 Parquet 亦非 CSV")
        raise TableError(Diagnostic("LAW662", words={"path": str(out), "why": why}))
    parts = KeptParts(out, parts_of_output(out))
    state = state_of(table, batch)
    with writing(out):
        _begin(parts, state, resume=resume)
        try:
            yield parts
        except TableError:
            parts.drop()  # the table must change, and then no part fits it any more
            raise
        except Exception:  # whatever it was, an empty folder of parts is no start; raised again
            if not any(parts.folder.glob("part-*.json")):
                parts.drop()
            raise


def _begin(parts: KeptParts, state: Plain, *, resume: bool) -> None:
    words: dict[str, object] = {"parts": str(parts.folder)}
    if parts.folder.exists():
        if not resume:
            raise TableError(Diagnostic("LAW740", words=words))
        differs = _differing(parts.folder, state)
        if differs:
            why = Label(", ".join(x.en for x in differs), "；".join(x.zh for x in differs))
            raise TableError(Diagnostic("LAW741", words={**words, "why": why}))
        for left in parts.folder.glob("making-*"):
            shutil.rmtree(left, ignore_errors=True)
        return
    parts.folder.mkdir()
    _write_state(parts.folder / STATE, state)


def _differing(folder: Path, state: Plain) -> Sequence[Label]:
    try:
        before = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [_BROKEN]
    if not isinstance(before, dict) or before.get("format") != state["format"]:
        return [_BROKEN]
    return [label for name, label in _NAMES.items() if before.get(name) != state[name]]


def _write_state(path: Path, state: Plain) -> None:
    made = path.with_suffix(".making")
    made.write_text(json.dumps(state), encoding="utf-8")
    made.replace(path)
