"""The automaton that reads one declaration: shifts tokens, and builds nodes bottom up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from lawengine.language import syntax as s
from lawengine.language.tables import END, LIST, ONLY_PART, Production, Tables
from lawengine.language.tokens import Token


@dataclass(frozen=True, slots=True)
class Refused:
    """That a declaration cannot go on at token number `at`, and the terminals that could be there.

    Edges: at the end, `at` is the number of tokens.
    """

    at: int
    accepts: frozenset[str]


class Automaton:
    """Runs the tables; nodes come from the methods of `builder` that the grammar names."""

    def __init__(self, tables: Tables, builder: object) -> None:
        self.rows, self.end = tables.rows, tables.end
        self.reductions = [
            (p.symbol, p.size, p.keeps, _method(builder, p)) for p in tables.productions
        ]

    def run(self, tokens: Sequence[Token]) -> s.Declaration | Refused | None:
        """Return the node of a declaration, or `Refused` where it cannot be read."""
        rows, reductions = self.rows, self.reductions
        states = [0]
        values: list[Any] = []
        kinds = [token.type for token in tokens]
        for at, kind in enumerate((*kinds, END)):
            step = rows[states[-1]].get(kind)
            while step is not None and step < 0:
                symbol, size, keeps, build = reductions[~step]
                if build is None:
                    state = states[-1] = rows[states[-2]][symbol]
                else:
                    first = len(values) - size
                    parts = values[first:]
                    del values[first:], states[first + 1 :]
                    values.append(build(parts if keeps is None else _kept(parts, keeps)))
                    state = rows[states[-1]][symbol]
                    states.append(state)
                step = rows[state].get(kind)
            if step is None:
                if kind == END and states[-1] == self.end:
                    node: s.Declaration | None = values[0]
                    return node
                return Refused(at, self._accepts(states))
            states.append(step)
            values.append(tokens[at])
        raise AssertionError(tokens)

    def _accepts(self, states: list[int]) -> frozenset[str]:
        """Return the terminals that can follow; reducing alone does not make one possible."""
        terminals = (word for word in self.rows[states[-1]] if word.isupper())
        return frozenset(word for word in terminals if self._goes_on(list(states), word))

    def _goes_on(self, states: list[int], terminal: str) -> bool:
        while (step := self.rows[states[-1]].get(terminal)) is not None and step < 0:
            symbol, size, *_ = self.reductions[~step]
            del states[len(states) - size :]
            states.append(self.rows[states[-1]][symbol])
        return step is not None or (terminal == END and states[-1] == self.end)


def _method(builder: object, production: Production) -> Callable[[list[Any]], Any] | None:
    """Return what builds a part: a method of `builder`, or what needs none; None: it stays."""
    if production.builds == LIST:
        return _all
    if production.builds == ONLY_PART:
        return None if production.size == 1 else _only
    method: Callable[[list[Any]], Any] = getattr(builder, production.builds)
    return method


def _all(parts: list[Any]) -> list[Any]:
    return parts


_only = itemgetter(0)


def _kept(parts: list[Any], keeps: Sequence[tuple[int, bool]]) -> list[Any]:
    """Return the parts that are handed on, those of lists among them in their place.

    The first list grows in place, so that a long one is not copied for each member.
    """
    kept: list[Any] = []
    for place, spread in keeps:
        if not spread:
            kept.append(parts[place])
        elif kept:
            kept += parts[place]
        else:
            kept = parts[place]
    return kept
