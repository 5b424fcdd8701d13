"""Rows that figures of the law cannot reach: all that hangs on them compares as it did before.

Most figures stand in comparisons alone, as a term of limitation does. Where each of these says the
same under two values of the figure, so does everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from lawengine.columns.gate import Admitted, Gate
from lawengine.columns.lines import Code, Lines, either
from lawengine.columns.table import Array, Flags
from lawengine.columns.values import OPEN, Held
from lawengine.columns.writing import ColumnWriter
from lawengine.compiled.index import attached, conditions, parts_of
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook

Told: TypeAlias = Sequence[Flags | bool]
"""For each comparison where it surely holds, then where it may; last where columns cannot say."""
Function: TypeAlias = Callable[[Mapping[str, Array], Mapping[str, Flags], int], Told]


class _Elsewhere(Exception):  # noqa: N818 - nothing is wrong: every row may be reached
    """A figure stands outside comparisons, so that sums or other rules hang on it."""


@dataclass(slots=True, repr=False)
class Unmoved:
    """Compares a rulebook with one that differs in some figures alone, row by row.

    `asked` holds the comparisons that hang on these figures; None where more than comparisons does.
    """

    before: Rulebook
    after: Rulebook
    gate: Gate
    figures: frozenset[str]
    asked: Sequence[e.Expression] | None = field(init=False)
    _made: dict[object, tuple[Function, Function]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look through the rules once."""
        try:
            self.asked = tuple(dict.fromkeys(self._comparisons()))
        except _Elsewhere:
            self.asked = None

    def reached(self, admitted: Admitted, rows: int) -> Flags:
        """Return the rows in which anything may be other than before.

        Edges: every row where more than comparisons hangs on the figures; rows in which a
        comparison is open are among them, for each answer to it may be another one.
        """
        if self.asked is None or not admitted.dated:
            return np.ones(rows, np.bool_)
        key = tuple(admitted.held.items())
        if key not in self._made:
            books = (self.before, self.after)
            before, after = (self._write(book, admitted.held) for book in books)
            self._made[key] = before, after
        found = admitted.left.copy()
        one, two = (made(admitted.columns, admitted.known, rows) for made in self._made[key])
        number = (len(one) - 1) // 2
        for place in range(number):
            yes, may = one[place], one[number + place]
            found |= (yes != two[place]) | (may != two[number + place]) | (yes != may)
        found |= one[-1] | two[-1]
        return found

    def _write(self, book: Rulebook, held: Mapping[str, Held]) -> Function:
        lines = Lines()
        yes: list[Code] = []
        may: list[Code] = []
        doubts: list[Code] = []
        for day in dict.fromkeys((self.gate.days.conduct, self.gate.days.decision)):
            seen = ColumnWriter(
                lines, book, held, day, lambda _: OPEN, self.gate.limits, doubts=doubts
            )
            for expression in self.asked or ():
                truth = seen.truth(expression)
                yes.append(truth.yes)
                may.append(truth.may)
        doubt = either(doubts)
        text = ", ".join(str(code) for code in (*yes, *may, doubt))
        lines.source.add(1, f"return ({text},)")
        return lines.function("compared(c, k, n)")

    # --- what hangs on the figures ---

    def _comparisons(self) -> Iterator[e.Expression]:
        """Yield the comparisons in which the figures stand.

        Raises:
            _Elsewhere: one stands elsewhere.
        """
        book = self.before
        statuses = (v for one in book.statuses.values() for v in one.versions)
        if self._reads(x for version in statuses for x in version.expressions()):
            raise _Elsewhere
        for rule in book.rules.values():
            for version in rule.versions:
                for expression in (*conditions(version), *attached(version)):
                    yield from self._inside(expression)

    def _inside(self, expression: e.Expression) -> Iterator[e.Expression]:
        if not self._reads([expression]):
            return
        match expression:
            case e.Compared() | e.OneOf():
                yield expression
            case e.Defined(name=name):
                yield from self._inside(self.before.definitions[name].body)
            case e.Negation() | e.Connection() | e.Cases():
                for part in e.children(expression):
                    yield from self._inside(part)
            case _:
                raise _Elsewhere

    def _reads(self, expressions: Iterable[e.Expression]) -> bool:
        return any(
            isinstance(part, e.ParameterValue) and part.name in self.figures
            for part in parts_of(expressions, self.before)
        )
