"""What goes between driver and workers, as data: the rulebook there, the totals back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from lawengine.base import calendar, citation, counting, label
from lawengine.base.records import Reader, Records, Writer
from lawengine.cache.contents import Contents, read_contents, write_contents
from lawengine.columns.summary import Totals
from lawengine.model import measures
from lawengine.model.rulebook import Rulebook
from lawengine.statutes.days import Days
from lawengine.statutes.days import model as days
from lawengine.statutes.library import Library

_DAYS = Records(
    (calendar, citation, counting, label, days),
    without={
        (days.__name__, "span"),
        (days.__name__, "fingerprint_span"),
    },
)
"""What notices and counting rules are made of."""
_COUNTED = Records((measures,))
"""What totals are counted by, besides names and numbers."""


def pack_rulebook(rulebook: Rulebook) -> bytes:
    """Return a rulebook as lines of JSON, in the form of the cache.

    Edges: of reforms only their effect goes; which they are is told where the run was asked for.
    """
    plain = replace(rulebook, reforms=()) if rulebook.reforms else rulebook
    return write_contents(Contents(plain, Library(())))


def unpack_rulebook(data: bytes) -> Rulebook:
    """Return the rulebook of such lines; nothing but constructors of the model is run.

    Raises:
        ValueError, TypeError, LookupError, ArithmeticError, RecursionError: nothing was packed
            like that.
    """
    return read_contents(data).rulebook


def pack_days(found: Days | None) -> str:
    """Return calendars and counting rules as one line of JSON."""
    return Writer(_DAYS).line(found)


def unpack_days(line: str) -> Days | None:
    """Return the calendars and counting rules of such a line.

    Raises:
        ValueError, TypeError, LookupError: nothing was packed like that.
    """
    found: Days | None = Reader(_DAYS).read(line)
    return found


def pack_totals(totals: Totals) -> str:
    """Return totals as one line of JSON. Units: fen, as whole numbers of any size."""
    return Writer(_COUNTED).line({name: _plain(getattr(totals, name)) for name in _counters()})


def add_totals(totals: Totals, line: str) -> None:
    """Add totals that were packed to others."""
    for name, value in Reader(_COUNTED).read(line).items():
        setattr(totals, name, _sum(getattr(totals, name), value))


def _counters() -> list[str]:
    """Return the names of all that is counted, whatever it may be."""
    return [one.name for one in fields(Totals) if one.name != "layout"]


def _plain(value: Any) -> Any:  # noqa: ANN401 - whole numbers, rows of them, or mappings to them
    """Return a value without lists, which no record holds."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _sum(one: Any, two: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(one, list):
        return [a + b for a, b in zip(one, two, strict=True)]
    if not isinstance(one, Mapping):
        return one + two
    found = dict(one)
    for key, value in two.items():
        fresh = list(value) if isinstance(value, tuple) else value
        found[key] = _sum(found[key], value) if key in found else fresh
    return found
