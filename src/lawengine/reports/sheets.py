"""Sheets: tables of what was and what would be, as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.base.patterns import pattern
from lawengine.reports.document import Document
from lawengine.reports.styled import Piece, Style, StyledLine, wrap
from lawengine.reports.wording import word

Mark = Literal["", "struck", "added"]
"""Whether words stand on both sides, on that of the old text alone, or on that of the new one."""
Words: TypeAlias = tuple[tuple[Mark, str], ...]
"""Words with their marks, in order."""
Side: TypeAlias = tuple[Words, ...]
"""One side of a row: its lines. None at all reads as "nothing"."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that differs: what it is, what was and what would be.

    `code` tells that the lines are written in the language of rules and keep their indents.
    """

    what: str
    before: Side
    after: Side
    code: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, with notes above them."""

    heading: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet; `alarm` says what must not be overlooked, `nothing` what an empty one says."""

    title: str
    sub: str
    alarm: str
    alarm_note: str
    before: str
    after: str
    sections: tuple[Section, ...]
    nothing: str
    produced: str


@dataclass(frozen=True, slots=True)
class Reformed:
    """What a reform changes for a case, and the whole decision under the law and under it."""

    sheet: Sheet
    before: Document
    after: Document

    @property
    def produced(self) -> str:
        """Return by which rules and program it was made, those of the reform."""
        return self.sheet.produced


def plain(text: str) -> Side:
    """Return a side of one line without marks; none for an empty text."""
    return ((("", text),),) if text else ()


_STYLES: dict[Mark, Style] = {"": "", "struck": "no", "added": "yes"}
_SIGNS: dict[Mark, tuple[str, str]] = {"": ("", ""), "struck": ("[-", "-]"), "added": ("{+", "+}")}


def sheet_lines(sheet: Sheet, language: Language, width: int) -> Iterator[StyledLine]:
    """Yield the lines of a sheet, at most `width` columns wide but for rules in their own words."""
    writer = _Writer(language, width)
    if sheet.alarm:
        yield from writer.lines(0, ("alarm", f"!! {sheet.alarm} !!"))
        yield from writer.lines(0, ("alarm", sheet.alarm_note))
        yield StyledLine(())
    yield from writer.lines(0, ("title", sheet.title))
    if sheet.sub:
        yield from writer.lines(0, ("muted", sheet.sub))
    if not sheet.sections:
        yield from writer.lines(0, ("", sheet.nothing))
    for section in sheet.sections:
        yield StyledLine(())
        yield from writer.section(section, sheet)
    yield StyledLine(())
    yield from writer.lines(0, ("muted", sheet.produced))


@dataclass(frozen=True, slots=True)
class _Writer:
    language: Language
    width: int

    def lines(self, indent: int, *pieces: Piece) -> Iterator[StyledLine]:
        first: list[Piece] = [("", " " * indent)]
        rest: list[Piece] = [("", " " * (indent + 2))]
        yield from wrap(list(pieces), self.width, first, rest)

    def section(self, section: Section, sheet: Sheet) -> Iterator[StyledLine]:
        yield from self.lines(0, ("heading", section.heading))
        for note in section.notes:
            yield from self.lines(2, ("muted", note))
        for row in section.rows:
            if row.what:
                yield from self.lines(2, ("condition", row.what))
            yield from self._side(sheet.before, row.before, row)
            yield from self._side(sheet.after, row.after, row)

    def _side(self, name: str, side: Side, row: Row) -> Iterator[StyledLine]:
        colon = "：" if self.language == "zh" else ": "
        label: Piece = ("heading", f"{name}{colon}")
        if not row.code and len(side) <= 1:
            words = side[0] if side else (("", word("nothing", self.language)),)
            yield from self.lines(4, label, *self._pieces(words))
            return
        yield from self.lines(4, label)
        if not side:
            yield from self.lines(6, ("", word("nothing", self.language)))
        for line in side:
            if row.code:
                yield StyledLine((("", "      "), *self._pieces(line)))
            else:
                yield from self.lines(6, *self._pieces(line))

    def _pieces(self, words: Words) -> Iterator[Piece]:
        for mark, text in words:
            opening, closing = _SIGNS[mark]
            yield _STYLES[mark], f"{opening}{text}{closing}"


def marked(old: Sequence[str], new: Sequence[str]) -> tuple[Side, Side]:
    """Return the lines of both sides with the words struck and added marked."""
    before, after = _tokens(old), _tokens(new)
    import difflib  # noqa: PLC0415 - only where two texts are compared

    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    struck: list[tuple[Mark, str]] = []
    added: list[tuple[Mark, str]] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        same = tag == "equal"
        struck += [("" if same else "struck", word_) for word_ in before[start:end]]
        added += [("" if same else "added", word_) for word_ in after[first:last]]
    return _in_lines(struck), _in_lines(added)


_PARTS = pattern(
    r"\s+|\d[\d_,.]*(?:[万亿]?元|[%倍年日]|个月|个工作日)?|[A-Za-z][A-Za-z0-9_.-]*"
    r"|以[上下]|无下限|[\u3400-\u9fff]+(?=\s|$)|."
)
"""Figures with their units, words, spaces, and single signs of a running Chinese sentence."""


def _tokens(lines: Sequence[str]) -> list[str]:
    """Return words and the spaces between them, each line end a token of its own."""
    return [part for line in lines for part in (*_PARTS.findall(line), "\n")]


def _in_lines(words: Sequence[tuple[Mark, str]]) -> Side:
    lines: list[list[tuple[Mark, str]]] = [[]]
    for mark, text in words:
        if text == "\n":
            lines.append([])
            continue
        shown = "" if text.isspace() and not _between(mark, lines[-1]) else mark
        if lines[-1] and lines[-1][-1][0] == shown:
            lines[-1][-1] = (shown, lines[-1][-1][1] + text)
        else:
            lines[-1].append((shown, text))
    return tuple(tuple(line) for line in lines[:-1])


def _between(mark: Mark, line: Sequence[tuple[Mark, str]]) -> bool:
    """Tell whether spaces go on with what stands before them; those that begin a line do not."""
    return bool(line) and line[-1][0] == mark
