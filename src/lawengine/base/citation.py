"""Citations: which article, paragraph and item of which version of an instrument."""

from __future__ import annotations

import re

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.base.patterns import pattern

_ENGLISH = pattern(r"(art|part)\s*(\d+)(?:-(\d+))?((?:\(\d+\))*)\Z")
_CHINESE = pattern(r"第(\d+)(条|部分)(?:之(\d+))?(?:第(\d+)款)?(?:第(\d+)项)?(?:第(\d+)目)?\Z")


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
    """
    stripped = text.strip()
    if match := _ENGLISH.match(stripped):
        kind, number, inserted, rest = match.groups()
        path = tuple(int(n) for n in re.findall(r"\d+", rest))
        if len(path) > 3:  # noqa: PLR2004 - paragraph, item, sub-item
            return None
        return Article(int(number), path, int(inserted or 0), kind == "part")
    if match := _CHINESE.match(stripped):
        number, unit, inserted, *levels = match.groups()
        path = tuple(int(n or 0) for n in levels)
        while path and path[-1] == 0:
            path = path[:-1]
        return Article(int(number), path, int(inserted or 0), unit == "部分")
    return None


def parse_citation(text: str) -> Citation | None:
    """Return the citation that `text` writes (`AUCL-2019 art 20(1)`), or None."""
    instrument, _, place = text.strip().partition(" ")
    article = parse_article(place)
    return Citation(instrument, article) if article and instrument else None
