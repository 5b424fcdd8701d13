"""What is wrong with a table: by row and column, the first ten of a kind and a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.source import Span
from lawengine.casebook.scalars import Refusal

MOST_SHOWN = 10
"""So many mistakes of one kind in one column are shown; the others are counted."""


@dataclass(slots=True)
class Problems:
    """Collects the mistakes of one table. Rows count from 1, which is the header."""

    path: str
    found: list[Diagnostic] = field(default_factory=list)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(
        self,
        code: str,
        words: Mapping[str, object] | None = None,
        *,
        row: int = 1,
        place: int = 0,
        column: str = "",
        suggestion: str = "",
    ) -> None:
        """Add a mistake; `place` counts the cells of the row from 0, `column` is its header."""
        key = code, column
        self._counts[key] = self._counts.get(key, 0) + 1
        if self._counts[key] <= MOST_SHOWN:
            span = Span(self.path, 0, 0, row, place + 1)
            said = {"row": row, "column": column, **(words or {})}
            self.found.append(Diagnostic(code, span, said, suggestion=suggestion))

    def refused(self, refusal: Refusal, row: int, place: int, column: str) -> None:
        """Add why a cell is no value of its fact."""
        self.add(
            refusal.code, refusal.words, row=row, place=place, column=column,
            suggestion=refusal.suggestion,
        )  # fmt: skip

    def warn(self, code: str, words: Mapping[str, object]) -> None:
        """Add what does not stop the table from being used."""
        self.found.append(Diagnostic(code, Span(self.path, 0, 0, 1, 1), words, Severity.WARNING))

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was found, with a count where more of a kind was found than is shown."""
        return (*self.found, *self._more())

    def _more(self) -> Iterator[Diagnostic]:
        for (code, column), count in self._counts.items():
            if count > MOST_SHOWN:
                words = {"code": code, "column": column, "count": count, "shown": MOST_SHOWN}
                yield Diagnostic("LAW635", Span(self.path, 0, 0, 1, 1), words)
