"""The tables of the parser: what each of its states does with each kind of token.

Lark works them out from `grammar.lark`, which takes a third of a second at every start. So they
are kept beside it in `tables.json`, with the digest of the grammar that they belong to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

GRAMMAR = files("lawengine.language").joinpath("grammar.lark")
TABLES = files("lawengine.language").joinpath("tables.json")
START = "declaration"
"""What the parser reads: one declaration at a time."""
LIST = "*"
ONLY_PART = "?"
END = "$END"
"""The terminal after the last token."""


@dataclass(frozen=True, slots=True)
class Production:
    """One way to write a symbol: `size` parts become one.

    `builds` names the builder's method for it; or it is `LIST`, where the parts stay a list for the
    production around them, or `ONLY_PART`, where the one part goes on by itself. `keeps` holds the
    places of the parts that are handed on, with True for a list whose members stand in its place;
    None where all are handed on as they are.
    """

    symbol: str
    size: int
    builds: str
    keeps: tuple[tuple[int, bool], ...] | None


@dataclass(frozen=True, slots=True)
class Tables:
    """The whole automaton: it starts in state 0 and has read a declaration in state `end`.

    The row of a state maps terminals and symbols to what comes next: the next state (above 0), or
    `~n` to reduce by production n.
    """

    productions: tuple[Production, ...]
    rows: tuple[Mapping[str, int], ...]
    end: int


@cache
def read_tables() -> Tables:
    """Return the tables of the grammar: those kept beside it, or new ones if it was changed."""
    data = json.loads(TABLES.read_text(encoding="utf-8"))
    if data["grammar"] != grammar_digest():
        from lawengine.language.make_tables import make_tables  # noqa: PLC0415 - loads Lark

        data = make_tables()
    return tables_of(data)


def grammar_digest() -> str:
    """Return the SHA-256 of the grammar, in hexadecimal."""
    text = GRAMMAR.read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def tables_of(data: Mapping[str, Any]) -> Tables:
    """Return the tables that plain data holds."""
    productions = tuple(
        Production(symbol, size, builds, keeps and tuple(map(tuple, keeps)))
        for symbol, size, builds, keeps in data["productions"]
    )
    return Tables(productions, tuple(data["rows"]), data["end"])
