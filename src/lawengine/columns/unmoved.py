"""Rows that figures of the law cannot reach: all that hangs on them compares as it did before.

Most figures stand in comparisons alone, as a term of limitation does. Where each of these says the
same under two values of the figure, so does everything else. A figure in a sum reaches the rows in
which the version with that sum may be met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np

from lawengine.columns.gate import Admitted, Gate
from lawengine.columns.lines import Code, Lines, either
from lawengine.columns.table import Array, Flags
from lawengine.columns.values import OPEN, Held, Truth
from lawengine.columns.writing import ColumnWriter
from lawengine.compiled.index import attached, conditions, parts_of
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook

Codes: TypeAlias = Sequence[Flags | bool]


class Told(NamedTuple):
    """What one rulebook says of the rows: codes, each a column of yes and no or a truth of all.

    `yes` and `may` hold for each comparison where it surely holds and where it may; `reached` where
    a sum may hang on a figure, and where columns cannot say how something compares.
    """

    yes: Codes
    may: Codes
    reached: Codes


Function: TypeAlias = Callable[[Mapping[str, Array], Mapping[str, Flags], int], tuple[Codes, ...]]
Key: TypeAlias = tuple[tuple[str, Held], ...]


class _Elsewhere(Exception):  # noqa: N818 - nothing is wrong: every row may be reached
    """A figure stands outside comparisons and sums."""


@dataclass(slots=True, repr=False)
class Unmoved:
    """Compares a rulebook with others that differ from it in some figures alone, row by row.

    `compared` holds the comparisons that hang on these figures, `summed` the conditions of versions
    whose sums do. Both are None where more does: a status, unless `statuses` is False, or a
    condition that is the figure itself.
    """

    before: Rulebook
    gate: Gate
    figures: frozenset[str]
    statuses: bool = True
    compared: Sequence[e.Expression] | None = None
    summed: Sequence[e.Expression] | None = None
    _made: dict[tuple[int, Key], Function] = field(default_factory=dict)
    _kept: list[Rulebook] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look through the rules once."""
        found: dict[e.Expression, None] = {}
        summed: dict[e.Expression, None] = {}
        try:
            self._look(found, summed)
        except _Elsewhere:
            return
        self.compared, self.summed = tuple(found), tuple(summed)

    def reached(self, after: Rulebook, admitted: Admitted, rows: int) -> Flags:
        """Return the rows in which anything may be other than before.

        Edges: rows in which a comparison is open are among them, for each answer to it may be
        another one.
        """
        if self.compared is None or not admitted.dated:
            return np.ones(rows, np.bool_)
        found = admitted.left.copy()
        one, two = (self._told(book, admitted, rows) for book in (self.before, after))
        for yes, may, yes_2, may_2 in zip(one.yes, one.may, two.yes, two.may, strict=True):
            found |= (yes != yes_2) | (may != may_2) | (yes != may)
        for mask in (*one.reached, *two.reached):
            found |= mask
        return found

    def _told(self, book: Rulebook, admitted: Admitted, rows: int) -> Told:
        key = id(book), tuple(admitted.held.items())
        if key not in self._made:
            self._kept.append(book)  # so that no other rulebook gets its place in memory
            self._made[key] = self._write(book, admitted.held)
        return Told(*self._made[key](admitted.columns, admitted.known, rows))

    def _write(self, book: Rulebook, held: Mapping[str, Held]) -> Function:
        lines = Lines()
        truths: list[Truth] = []
        reached: list[Code] = []
        doubts: list[Code] = []
        for day in dict.fromkeys((self.gate.days.conduct, self.gate.days.decision)):
            seen = ColumnWriter(
                lines, book, held, day, lambda _: OPEN, self.gate.limits, doubts=doubts
            )
            truths += [seen.truth(one) for one in self.compared or ()]
            reached += [seen.truth(one).may for one in self.summed or ()]
        codes = [one.yes for one in truths], [one.may for one in truths], [*reached, either(doubts)]
        texts = (f"({''.join(f'{code}, ' for code in some)})" for some in codes)
        lines.source.add(1, f"return {', '.join(texts)}")
        return lines.function("told(c, k, n)")

    # --- what hangs on the figures ---

    def _look(self, compared: dict[e.Expression, None], summed: dict[e.Expression, None]) -> None:
        """Gather the comparisons, and the conditions of versions with sums.

        Raises:
            _Elsewhere: a figure stands elsewhere.
        """
        book = self.before
        statuses = book.statuses.values() if self.statuses else ()
        if self._reads(x for one in statuses for v in one.versions for x in v.expressions()):
            raise _Elsewhere
        for rule in book.rules.values():
            for version in rule.versions:
                for expression in conditions(version):
                    compared |= dict.fromkeys(self._inside(expression))
                try:
                    within = [x for part in attached(version) for x in self._inside(part)]
                except _Elsewhere:
                    if version.when is None:
                        raise
                    summed[version.when] = None
                else:
                    compared |= dict.fromkeys(within)

    def _inside(self, expression: e.Expression) -> Iterator[e.Expression]:
        """Yield the comparisons of an expression that hang on the figures.

        Raises:
            _Elsewhere: one stands outside comparisons.
        """
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
