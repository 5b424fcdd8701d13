"""Citations: which article, paragraph and item of which version of an instrument."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.base.numerals import read_numeral
from lawengine.base.patterns import pattern

_ENGLISH = pattern(r"(art|part)\s*(\d+)(?:-(\d+))?((?:\(\d+\))*)\Z")
_N = r"(\d+|[零〇一二三四五六七八九十百千]+)"
_CHINESE = pattern(
    rf"第{_N}(条|部分)(?:之{_N})?(?:第{_N}款)?(?:第(?:{_N}|[（(]{_N}[）)])项)?(?:第{_N}目)?\Z"
)
_LEVELS = 3
_LONGEST = 18
"""Digits of a number that is read at all: a hostile row of them must not be computed."""


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """A place inside an instrument: `art 80(1)(3)` / `第80条第1款第3项`.

    `path` holds paragraph 款, item 项 and sub-item 目, outermost first, 0 where a level is skipped;
    `inserted` is the n of 之n; `part` marks policy documents that count parts instead of articles.
    """

    number: int
    path: tuple[int, ...] = ()
    inserted: int = 0
    part: bool = False

    def text(self, language: Language = "en") -> str:
        """Return the place as a statute of that language writes it."""
        if language == "zh":
            head = f"第{self.number}{'部分' if self.part else '条'}"
            head += f"之{self.inserted}" if self.inserted else ""
            units = zip(self.path, "款项目", strict=False)
            return head + "".join(f"第{n}{unit}" for n, unit in units if n)
        head = f"{'part' if self.part else 'art'} {self.number}"
        head += f"-{self.inserted}" if self.inserted else ""
        return head + "".join(f"({n})" for n in self.path)

    def covers(self, other: Article) -> bool:
        """Tell whether `other` lies in this place: article 20 covers 20(1), 20(1) covers itself."""
        same = (self.number, self.inserted, self.part) == (
            other.number,
            other.inserted,
            other.part,
        )
        return same and other.path[: len(self.path)] == self.path

    def __str__(self) -> str:
        """Return the English form."""
        return self.text("en")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """An article of one version of an instrument: `AUCL-2019 art 20(1)`.

    `instrument` is the identifier of the version, such as `AUCL-2019`.
    """

    instrument: str
    article: Article

    def text(self, language: Language = "en") -> str:
        """Return `AUCL-2019 art 20(1)` or `AUCL-2019 第20条第1款`."""
        return f"{self.instrument} {self.article.text(language)}"

    def __str__(self) -> str:
        """Return the English form."""
        return self.text("en")


def parse_article(text: str) -> Article | None:
    """Return the article that `text` writes in either language, or None if it writes none.

    Edges: the third bracket of an English form is the sub-item 目; more than three are refused.
    Chinese counts in digits or in numerals, an item in brackets or without.

    >>> parse_article("第二十五条第一款第（三）项") == parse_article("art 25(1)(3)")
    True
    """
    stripped = text.strip()
    if match := _ENGLISH.match(stripped):
        kind, number, inserted, rest = match.groups()
        return _article(number, inserted, re.findall(r"\d+", rest), part=kind == "part")
    if match := _CHINESE.match(stripped):
        number, unit, inserted, paragraph, item, bracketed, point = match.groups()
        levels = [paragraph, item or bracketed, point]
        while levels and levels[-1] is None:
            levels.pop()
        return _article(number, inserted, levels, part=unit == "部分")
    return None


def _article(
    number: str, inserted: str | None, levels: Sequence[str | None], *, part: bool
) -> Article | None:
    head, after, *path = (_read(text) for text in (number, inserted, *levels))
    known = [n for n in path if n is not None]
    if head is None or after is None or len(known) < len(path) or len(path) > _LEVELS:
        return None
    return Article(head, tuple(known), after, part)


def _read(text: str | None) -> int | None:
    """Return the number, 0 where none is written, None where it is no number of a statute."""
    if text is None:
        return 0
    if text.isdecimal():
        return int(text) if len(text) <= _LONGEST else None
    return read_numeral(text)


def parse_citation(text: str) -> Citation | None:
    """Return the citation that `text` writes (`AUCL-2019 art 20(1)`), or None."""
    instrument, _, place = text.strip().partition(" ")
    article = parse_article(place)
    return Citation(instrument, article) if article and instrument else None
