"""What a cache file holds: a rulebook and a library as lines of JSON, the first being the head."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lawengine.base import calendar, citation, diagnostic, label, source
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.records import Reader, Records, Writer
from lawengine.cache.lines import LazyMap, LazyRow
from lawengine.model import (
    expressions,
    measures,
    ratings,
    rulebook,
    rules,
    scenarios,
    standards,
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
        expressions, measures, ratings, rulebook, rules, scenarios, standards, statuses, types,
        vocabulary,
        digests,
    ),
    (
        types.YES_NO, types.MONEY, types.COUNT, types.RATE, types.POINTS, types.DATE, types.PERIOD,
        types.TEXT,
    ),
    # A third of all places; only checks ask for them, and what is kept was checked.
    without={(expressions.__name__, "span")},
)  # fmt: skip
"""Everything that a workspace is made of."""

_WHOLE = ("vocabulary", "parameters", "instruments", "earliest")
"""Parts of a rulebook that every case reads: a line each."""

_BY_NAME = ("rules", "definitions", "tables", "statuses", "scores", "grades", "standards")
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
    instruments = contents.library.instruments
    items: list[object] = [getattr(book, name) for name in _WHOLE]
    items += [
        contents.diagnostics,
        tuple(replace(one, articles=(), places=None) for one in instruments),
    ]
    for name in _BY_NAME:
        items += getattr(book, name).values()
    items += book.scenarios
    for one in instruments:
        items += one.articles
    lines = [writer.line(item) for item in items]
    head = {
        "paths": writer.paths,
        "names": {name: list(getattr(book, name)) for name in _BY_NAME},
        "scenarios": len(book.scenarios),
        "articles": [[found.article.number for found in one.articles] for one in instruments],
        "content_hash": book.content_hash,
        "general": sorted(book.general),
        "merciful": sorted(book.merciful),
        "facts_read": {rule: sorted(found) for rule, found in book.facts_read.items()},
        "attackers": {rule: list(found) for rule, found in book.attackers.items()},
        "status_entities": dict(book.status_entities),
        "rating_entities": dict(book.rating_entities),
        "watches": sorted(book.watches),
    }
    lines.insert(0, json.dumps(head, ensure_ascii=False, separators=(",", ":")))
    return ("\n".join(lines) + "\n").encode()


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
    whole = [reader.read(line.decode()) for line in _take(rest, len(_WHOLE) + 2)]
    parts: dict[str, Any] = dict(zip(_WHOLE, whole, strict=False))
    earliest = parts.pop("earliest")
    diagnostics, instruments = whole[-2:]
    for name in _BY_NAME:
        names = head["names"][name]
        parts[name] = LazyMap[Any](names, _take(rest, len(names)), reader)
    row = LazyRow[scenarios.Scenario](_take(rest, head["scenarios"]), reader)
    book = Rulebook(**parts, scenarios=row)
    library = Library(
        tuple(
            _instrument(one, numbers, rest, reader)
            for one, numbers in zip(instruments, head["articles"], strict=True)
        )
    )
    if next(rest, None) is not None:
        raise ValueError("lines are left over")
    # Where a cached property finds what it would otherwise work out from all rules.
    vars(book).update(
        content_hash=head["content_hash"],
        earliest=earliest,
        general=frozenset(head["general"]),
        merciful=frozenset(head["merciful"]),
        facts_read={rule: frozenset(found) for rule, found in head["facts_read"].items()},
        attackers={rule: tuple(found) for rule, found in head["attackers"].items()},
        status_entities=head["status_entities"],
        rating_entities=head["rating_entities"],
        watches=frozenset(head["watches"]),
    )
    return Contents(book, library, diagnostics)


def _instrument(
    one: Instrument, numbers: Sequence[int], rest: Iterator[bytes], reader: Reader
) -> Instrument:
    places: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        places.setdefault(number, []).append(place)
    articles = LazyRow[digests.DigestArticle](_take(rest, len(numbers)), reader)
    return replace(one, articles=articles, places=places)


def _take(lines: Iterator[bytes], count: int) -> Sequence[bytes]:
    taken = [line for _, line in zip(range(count), lines, strict=False)]
    if len(taken) != count:
        raise ValueError("lines are missing")
    return taken
