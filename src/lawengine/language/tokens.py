"""Tokens: what the lexer hands to the parser and the builder reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lawengine.base.source import Span


@dataclass(slots=True, eq=False)
class Token:
    """One token; `type` is a terminal of the grammar, `value` what it says.

    Units: `start` and `end` are character offsets, half open; `line` and `column` count from 1.
    Nothing changes a token; it is not frozen because a text has as many as all else together, and
    freezing doubles the cost of each.
    """

    type: str
    value: Any
    start: int
    end: int
    line: int
    column: int


def token_span(path: str, token: Token) -> Span:
    """Return the span of `token` in the text called `path`."""
    return Span(path, token.start, token.end, token.line, token.column)
