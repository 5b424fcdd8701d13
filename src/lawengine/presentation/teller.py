"""What all sections need: the words of one language, cells, and bounds over the sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lawengine.analysis.result import Analysis, Bounds, Number
from lawengine.base.label import Label, Language
from lawengine.presentation.document import Cell, Table
from lawengine.presentation.numbers import FEN, Unit, between, count, percent, yuan
from lawengine.presentation.plots import Mark, Row
from lawengine.presentation.wording import catalogue, say


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells an analysis in one language."""

    analysis: Analysis
    language: Language

    def say(self, key: str, **places: object) -> str:
        """Return words with their places filled."""
        return say(key, self.language, **places)

    def text(self, label: Label) -> str:
        """Return a label in the language."""
        return label.text(self.language)

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the titles of the states of the law."""
        return tuple(self.text(side.title) or side.name for side in self.analysis.sides)

    @property
    def lettered(self) -> tuple[str, ...]:
        """Return the titles with the letters that plots give them."""
        if len(self.sides) == 1:
            return self.sides
        return tuple(f"{letter(n)} · {title}" for n, title in enumerate(self.sides))

    def join(self, parts: Iterable[str]) -> str:
        """Return parts joined by the semicolon of the language."""
        return ("；" if self.language == "zh" else "; ").join(parts)

    @property
    def colon(self) -> str:
        """Return the colon of the language, with its space."""
        return "：" if self.language == "zh" else ": "

    def bracketed(self, text: str) -> str:
        """Return a text in brackets, to stand after another."""
        return f"（{text}）" if self.language == "zh" else f" ({text})"

    def sentence(self, text: str) -> str:
        """Return a text as a sentence: a capital first, a full stop last."""
        end = "。" if self.language == "zh" else "."
        text = f"{text[:1].upper()}{text[1:]}" if self.language == "en" else text
        return text if text.endswith((".", "。", "!", "?")) else f"{text}{end}"

    def same(self, parts: Iterable[str]) -> str:
        """Return what holds for each side, once where it is the same for all."""
        found = list(parts)
        return found[0] if len(set(found)) == 1 else self.listing(found)

    def listing(self, parts: Iterable[str]) -> str:
        """Return parts joined by the comma of the language."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def figure(self, name: str) -> str:
        """Return how a published figure is called; by its own name where there are no words."""
        key = f"figure_{name}"
        return self.say(key) if key in catalogue() else name

    # --- cells ---

    def words(self, text: str) -> Cell:
        """Return a cell of words."""
        return Cell(text)

    def number(self, number: Number) -> Cell:
        """Return a cell of a count."""
        return Cell(count(number), number)

    def amount(self, fen: Number | None) -> Cell:
        """Return a cell of an amount, in yuan; a word where nobody knows it."""
        if fen is None:
            return Cell(self.say("unknown"))
        whole = isinstance(fen, int) and fen % FEN == 0
        return Cell(yuan(fen), fen // FEN if whole else fen / FEN)

    def share(self, share: Number | None) -> Cell:
        """Return a cell of a share."""
        return Cell(self.say("unknown")) if share is None else Cell(percent(share), share)

    def ends(
        self, bounds: Sequence[Bounds | None], cell: Callable[[Number | None], Cell]
    ) -> tuple[Cell, ...]:
        """Return two cells for each of the sides: the lower figure and the upper one."""
        found: list[Cell] = []
        for one in bounds:
            if one is None:
                found += [Cell("–"), Cell("–")]
                continue
            high = cell(one.high)
            if one.open and one.high is not None:
                high = Cell(f"{high.text} +", high.number)
            found += [cell(one.low), high]
        return tuple(found)

    def counted(self, number: Number | None) -> Cell:
        """Return a cell of a count that nobody may know."""
        return Cell(self.say("unknown")) if number is None else self.number(number)

    # --- tables and marks ---

    def head(self, first: str = "") -> tuple[str, ...]:
        """Return the heads of two columns for each side."""
        low, high = self.say("at_least"), self.say("at_most")
        names = (
            ("",)
            if len(self.sides) == 1
            else tuple(f"{letter(n)}{self.colon}" for n in range(self.many))
        )
        return (first, *(f"{name}{end}" for name in names for end in (low, high)))

    @property
    def many(self) -> int:
        """Return how many states of the law there are."""
        return len(self.analysis.sides)

    def table(
        self,
        name: str,
        title: str,
        head: tuple[str, ...],
        rows: Iterable[tuple[Cell, ...]],
        note: str = "",
        *,
        folded: bool = False,
    ) -> Table:
        """Return a table."""
        return Table(name, title, head, tuple(rows), note, folded)

    def mark(self, series: int, bounds: Bounds, unit: Unit) -> Mark:
        """Return a mark with its bounds in words."""
        return Mark(series, bounds, between(bounds, unit, self.language))

    def row(self, label: str, bounds: Sequence[Bounds | None], unit: Unit) -> Row:
        """Return a row with a mark for each side that has figures."""
        marks = (self.mark(n, one, unit) for n, one in enumerate(bounds) if one is not None)
        return Row(label, tuple(marks))


def letter(number: int) -> str:
    """Return the letter of a side."""
    return chr(ord("A") + number) if number < 26 else f"A{number}"  # noqa: PLR2004 - letters


def exactly(number: Number) -> Bounds:
    """Return bounds that meet."""
    return Bounds(number, number)
