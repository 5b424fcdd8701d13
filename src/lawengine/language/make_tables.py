"""Makes the tables of the parser: `python -m lawengine.language.make_tables` writes them anew.

The only place that loads Lark. Reading rules needs it no more, unless the grammar was changed and
its tables were not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lark import Lark, Token
from lark.grammar import Rule
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from lawengine.language.tables import GRAMMAR, LIST, ONLY_PART, START, TABLES, grammar_digest


class _NoLexer(Lexer):
    """Stands where Lark wants a lexer: the tables need none."""

    def __init__(self, _: object) -> None:
        """Take and ignore Lark's configuration."""

    def lex(self, data: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]  # what is given are our own tokens
        """Yield what is given."""
        yield from data


def make_tables() -> dict[str, Any]:
    """Return the tables as plain data; the same grammar always gives the same.

    States are numbered in the order in which they are reached from the start.
    """
    lark = Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        start=START, parser="lalr", lexer=_NoLexer, maybe_placeholders=False,
    )  # fmt: skip
    table = lark.parse_interactive([]).parser_state.parse_conf.parse_table
    numbers = {rule: number for number, rule in enumerate(lark.rules)}
    order = {table.start_states[START]: 0}
    waiting = list(order)
    rows: list[dict[str, int]] = []
    for state in waiting:
        row = {}
        for word, (action, target) in sorted(table.states[state].items()):
            if action is Shift and target not in order:
                order[target] = len(order)
                waiting.append(target)
            row[str(word)] = order[target] if action is Shift else ~numbers[target]
        rows.append(row)
    return {
        "grammar": grammar_digest(),
        "end": order[table.end_states[START]],
        "productions": [_production(rule) for rule in lark.rules],
        "rows": rows,
    }


def _production(rule: Rule) -> list[Any]:
    """Return the fields of a `Production`.

    Raises:
        ValueError: a rule with `?` holds a repetition, so that only the text could tell whether a
            node is built.
    """
    symbol = str(rule.origin.name)
    keeps = [
        (place, not part.is_term and part.name.startswith("_"))
        for place, part in enumerate(rule.expansion)
        if rule.options.keep_all_tokens or not getattr(part, "filter_out", False)
    ]
    spreads = any(spread for _, spread in keeps)
    may_pass = rule.options.expand1 and not rule.alias
    if may_pass and spreads:
        msg = f"`?{symbol}` holds a repetition; give it a name with `->`"
        raise ValueError(msg)
    builds = str(rule.alias or symbol)
    if symbol.startswith("_"):
        builds = LIST
    elif may_pass and len(keeps) == 1:
        builds = ONLY_PART
    as_they_are = not spreads and len(keeps) == len(rule.expansion)
    return [symbol, len(rule.expansion), builds, None if as_they_are else keeps]


def text_of(tables: dict[str, Any]) -> str:
    """Return the tables as the text that is kept: JSON, a line for each production and state."""
    lines = []
    for key, value in tables.items():
        if isinstance(value, list):
            entries = ",\n".join(_json(entry) for entry in value)
            lines.append(f"{_json(key)}:[\n{entries}\n]")
        else:
            lines.append(f"{_json(key)}:{_json(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    Path(str(TABLES)).write_text(text_of(make_tables()), encoding="utf-8")
