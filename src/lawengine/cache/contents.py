"""What a cache file holds: a rulebook and a library as lines of JSON, the first being the head."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lawengine.base import calendar, citation, diagnostic, label, source
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.records import Data, Reader, Records, Writer
from lawengine.cache.lines import LazyMap, LazyRow
from lawengine.model import (
    expressions,
    measures,
    rulebook,
    rules,
    scenarios,
    statuses,
    types,
    vocabulary,
)
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import model as digests
from lawengine.statutes.library import Library
from lawengine.statutes.model import Instrument

RECORDS = Records(
    (
        calendar, citation, diagnostic, label, source,
        expressions, measures, rulebook, rules, scenarios, statuses, types, vocabulary,
        digests,
    ),
    (types.YES_NO, types.MONEY, types.COUNT, types.RATE, types.DATE, types.PERIOD, types.TEXT),
)  # fmt: skip
"""Everything that a workspace is made of."""

_WHOLE = ("vocabulary", "parameters", "instruments")
"""Parts of a rulebook that every case reads: they stand in the head."""

_BY_NAME = ("rules", "definitions", "tables", "statuses")
"""Parts of which a case touches few: a line for each item."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read from rules and statutes, and what was found wrong with it."""

    rulebook: Rulebook
    library: Library
    diagnostics: tuple[Diagnostic, ...] = ()


def write_contents(contents: Contents) -> bytes:
    """Return the lines of a cache file, in UTF-8.

    Raises:
        TypeError: a diagnostic names something that is no record.
        ValueError: the rulebook is one under a reform. It is made anew from the law each time, so
            that no start can take a proposal for the law.
    """
    book, writer = contents.rulebook, Writer(RECORDS)
    if book.reforms:
        raise ValueError("a rulebook under a reform is not kept")
    lines, write = _Lines(writer), writer.write
    head: dict[str, Any] = {name: write(getattr(book, name)) for name in _WHOLE}
    for name in _BY_NAME:
        items = getattr(book, name)
        head[name] = list(items)
        lines.add(items.values())
    head["scenarios"] = lines.add(book.scenarios)
    head["library"] = [
        [write(replace(one, articles=())), lines.add(one.articles)]
        for one in contents.library.instruments
    ]
    head["diagnostics"] = write(contents.diagnostics)
    head["content_hash"] = book.content_hash
    head["earliest"] = write(book.earliest)
    for name in ("general", "merciful"):
        head[name] = sorted(getattr(book, name))
    head["facts_read"] = {rule: sorted(found) for rule, found in book.facts_read.items()}
    head["attackers"] = {rule: list(found) for rule, found in book.attackers.items()}
    head["paths"] = writer.paths
    return b"\n".join((_json(head), *lines.written)) + b"\n"


def read_contents(data: bytes) -> Contents:
    """Return what the lines of a cache file hold; rules, digests and scenarios on first touch.

    Raises:
        ValueError, TypeError, LookupError, ArithmeticError, RecursionError: nothing was written
            like that.
    """
    first, *lines = data.split(b"\n")
    if lines.pop() != b"":
        raise ValueError("the last line is cut off")
    head, rest = json.loads(first), iter(lines)
    reader = Reader(RECORDS, head["paths"])
    parts: dict[str, Any] = {
        name: LazyMap[Any](head[name], _take(rest, len(head[name])), reader) for name in _BY_NAME
    }
    parts |= {name: reader.read(head[name]) for name in _WHOLE}
    row = LazyRow[scenarios.Scenario](_take(rest, head["scenarios"]), reader)
    book = Rulebook(**parts, scenarios=row)
    instruments = tuple(
        _instrument(written, count, rest, reader) for written, count in head["library"]
    )
    if next(rest, None) is not None:
        raise ValueError("lines are left over")
    # Where a cached property finds what it would otherwise work out from all rules.
    vars(book).update(
        content_hash=head["content_hash"],
        earliest=reader.read(head["earliest"]),
        general=frozenset(head["general"]),
        merciful=frozenset(head["merciful"]),
        facts_read={rule: frozenset(found) for rule, found in head["facts_read"].items()},
        attackers={rule: tuple(found) for rule, found in head["attackers"].items()},
    )
    return Contents(book, Library(instruments), reader.read(head["diagnostics"]))


def _instrument(written: Data, count: int, rest: Iterator[bytes], reader: Reader) -> Instrument:
    instrument: Instrument = reader.read(written)
    return replace(instrument, articles=LazyRow(_take(rest, count), reader))


class _Lines:
    """The lines written so far."""

    def __init__(self, writer: Writer) -> None:
        self.written: list[bytes] = []
        self._write = writer.write

    def add(self, items: Any) -> int:  # noqa: ANN401 - records of any kind
        """Write a line for each item; return how many."""
        before = len(self.written)
        self.written += (_json(self._write(item)) for item in items)
        return len(self.written) - before


def _json(data: Data) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _take(lines: Iterator[bytes], count: int) -> Sequence[bytes]:
    taken = [line for _, line in zip(range(count), lines, strict=False)]
    if len(taken) != count:
        raise ValueError("lines are missing")
    return taken
