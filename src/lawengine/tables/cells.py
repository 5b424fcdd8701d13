"""Cells of a table as exact numbers, each distinct text read once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.money import format_yuan
from lawengine.casebook.formats import FORMATS, UNTOLD
from lawengine.casebook.scalars import EXPECTED, Refusal, parse_choice, parse_scalar
from lawengine.evaluation.facts import Known
from lawengine.model.types import Choices, Kind
from lawengine.model.vocabulary import Fact
from lawengine.tables.table import MAX_NUMBER, MISSING

REFUSED = MISSING + 1
"""Stands in a column where the text of a cell was refused; no table with one is used."""
READ_KINDS = frozenset({Kind.YES_NO, Kind.MONEY, Kind.COUNT, Kind.DATE, Kind.TEXT, Kind.CHOICE})
"""The kinds of facts that a column can hold."""
MAX_SHOWN = 40
"""More characters of a cell are not shown in a message."""

UNITS = {"yuan": "yuan", "元": "yuan", "fen": "fen", "分": "fen"}
"""How a header, an option or a cell names the unit of money."""
_TRUTHS = {"1": 1, "0": 0, "yes": 1, "no": 0, "true": 1, "false": 0, "是": 1, "否": 0}
_ISO_DAY = len("2019-04-23")
_PLACES = 2
_FEN = (100, 10, 1)
"""What the last digit of an amount in yuan counts, by the number of places after the point."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest number that the vocabulary admits for a fact, None where open."""

    low: int | None = None
    high: int | None = None


class Cells(dict[str, int]):
    """The numbers of the texts of one column; a text is parsed when it is first met.

    `places` fills with the texts and choices behind the numbers, `refused` with why a text is no
    value of the fact.
    """

    def __init__(self, fact: Fact, bounds: Bounds, choices: Choices | None, unit: str) -> None:
        super().__init__()
        self.fact, self._bounds, self._choices, self._unit = fact, bounds, choices, unit
        self.places: dict[str, int] = {}
        self.refused: dict[str, Refusal] = {}

    def __missing__(self, text: str) -> int:
        """Return the number of a text, `MISSING` of an empty one, and keep it."""
        found = self._parse(text.strip())
        if isinstance(found, Refusal):
            self.refused[text] = found
            found = REFUSED
        self[text] = found
        return found

    def _parse(self, text: str) -> int | Refusal:
        if not text:
            return MISSING
        found = _PARSERS[self.fact.type.kind](self, text)
        if isinstance(found, Refusal) or self.fact.type.kind in (Kind.TEXT, Kind.CHOICE):
            return found
        if abs(found) > MAX_NUMBER:
            return Refusal("LAW639", {"found": shown(text)})
        low, high = self._bounds.low, self._bounds.high
        if (low is not None and found < low) or (high is not None and found > high):
            edge = low if low is not None and found < low else high
            words = {"found": shown(text), "bound": self._words(edge), "lower": _SIDES[edge == low]}
            return Refusal("LAW629", words)
        return found

    def _words(self, number: int | None) -> Label:
        number = number or 0
        match self.fact.type.kind:
            case Kind.MONEY:
                return Label(format_yuan(number, "en"), format_yuan(number, "zh"))
            case Kind.DATE:
                day = datetime.date.fromordinal(number).isoformat()
                return Label(day, day)
        return Label(str(number), str(number))

    def wrong(self, text: str) -> Refusal:
        """Return that a text is no value of the fact."""
        expected = _EXPECTED.get(self.fact.type.kind) or EXPECTED[self.fact.type.kind]
        return Refusal("LAW628", {"found": shown(text), "expected": expected})

    def yes_no(self, text: str) -> int | Refusal:
        """Return 1 for yes and 0 for no, in either language."""
        found = _TRUTHS.get(text.casefold())
        return self.wrong(text) if found is None else found

    def count(self, text: str) -> int | Refusal:
        """Return a whole number."""
        if text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_NUMBER)):
            return int(text)
        return self._scalar(text)

    def money(self, text: str) -> int | Refusal:
        """Return an amount in fen: as the cell says, or else in the unit of the column."""
        whole, dot, part = text.partition(".")
        plain = f"{whole}{part}"
        digits = plain.isascii() and plain.isdecimal() and len(plain) <= len(str(MAX_NUMBER))
        if digits and whole and bool(part) is bool(dot):
            if self._unit == "yuan" and len(part) <= _PLACES:
                return int(plain) * _FEN[len(part)]
            if self._unit == "fen" and not dot:
                return int(plain)
        if text[-1].isdecimal():
            if not self._unit:
                return Refusal("LAW630", {"found": shown(text)})
            text = f"{text} {self._unit}"
        return self._scalar(text)

    def date(self, text: str) -> int | Refusal:
        """Return the ordinal of a day written `2019-04-23`."""
        try:
            if len(text) == _ISO_DAY:
                return datetime.date.fromisoformat(text).toordinal()
        except ValueError:
            pass
        if text[:_ISO_DAY].count("-") == _PLACES and text[_ISO_DAY:] in (" 00:00:00", "T00:00:00"):
            return self.date(text[:_ISO_DAY])
        return self.wrong(text)

    def words(self, text: str) -> int | Refusal:
        """Return the place of a text among those of the column."""
        form = FORMATS.get(self.fact.format)
        if form is not None and not form(text):
            return self.wrong("*" * len(text) if self.fact.format in UNTOLD else text)
        return self.places.setdefault(text, len(self.places))

    def choice(self, text: str) -> int | Refusal:
        """Return the place of a choice among those of the column."""
        found = parse_choice(self._choices, text) if self._choices is not None else None
        if found is None:
            return self.wrong(text)
        return self.places.setdefault(str(found.value), len(self.places))

    def _scalar(self, text: str) -> int | Refusal:
        found = parse_scalar(self.fact.type.kind, text)
        if isinstance(found, Known) and type(found.value) is int:
            return found.value
        return self.wrong(text)


def shown(text: str) -> str:
    """Return the words of a cell as a message shows them: one line, not too long."""
    plain = "".join(char if char.isprintable() else "?" for char in text[: MAX_SHOWN + 1])
    return f"{plain[:MAX_SHOWN]}..." if len(plain) > MAX_SHOWN else plain


_SIDES = {True: Label("below", "低于"), False: Label("above", "高于")}
_EXPECTED = {
    Kind.YES_NO: Label("`yes` or `no`, `1` or `0`", "“是”或者“否”，1或者0"),
    Kind.DATE: Label("a day such as `2016-05-03`", "日期，例如“2016-05-03”"),
    Kind.MONEY: Label("an amount such as `12.50`", "金额，例如“12.50”"),
}
_PARSERS: Mapping[Kind, Callable[[Cells, str], int | Refusal]] = {
    Kind.YES_NO: Cells.yes_no,
    Kind.MONEY: Cells.money,
    Kind.COUNT: Cells.count,
    Kind.DATE: Cells.date,
    Kind.TEXT: Cells.words,
    Kind.CHOICE: Cells.choice,
}
