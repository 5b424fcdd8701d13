"""The library of digests: lookup by citation, by day, and along the chain of versions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.statutes.model import Digest, DigestArticle, Instrument


@dataclass(frozen=True, slots=True)
class Library:
    """All instruments that were read, in the order of family and date."""

    instruments: tuple[Instrument, ...] = ()
    _by_name: Mapping[str, Instrument] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Order the instruments and index them by both names."""
        ordered = sorted(self.instruments, key=lambda found: (found.family, found.in_force_from))
        names = {found.zh_id: found for found in ordered} | {found.id: found for found in ordered}
        object.__setattr__(self, "instruments", tuple(ordered))
        object.__setattr__(self, "_by_name", names)

    def instrument(self, name: str) -> Instrument | None:
        """Return the version named `AUCL-2019` or `反不正当竞争法-2019`, or None."""
        return self._by_name.get(name)

    def names(self) -> tuple[str, ...]:
        """Return every name a citation may use, in both languages."""
        return tuple(self._by_name)

    def families(self) -> tuple[str, ...]:
        """Return the families in order."""
        return tuple(dict.fromkeys(found.family for found in self.instruments))

    def versions(self, family: str) -> tuple[Instrument, ...]:
        """Return the versions of a family, earliest first."""
        return tuple(found for found in self.instruments if found.family == family)

    def in_force(self, family: str, day: datetime.date) -> Instrument | None:
        """Return the version of `family` that is the law on `day`, or None."""
        return next((found for found in self.versions(family) if found.in_force(day)), None)

    def articles_of(self, name: str) -> Sequence[DigestArticle]:
        """Return the digests of a version's articles; none for an unknown name."""
        found = self.instrument(name)
        return found.articles if found else ()

    def canonical(self, citation: Citation) -> Citation:
        """Return the citation under the English identifier; unchanged if nothing bears its name."""
        return self.in_language(citation, "en")

    def in_language(self, citation: Citation, language: Language) -> Citation:
        """Return the citation under the identifier of that language."""
        found = self.instrument(citation.instrument)
        if found is None:
            return citation
        return Citation(found.zh_id if language == "zh" else found.id, citation.article)

    def find(self, citation: Citation) -> Digest | None:
        """Return what the library says at a citation, or None.

        The words are those of the cited paragraph or item when it has its own, otherwise those of
        what holds it. Edges: a paragraph or item that the article does not have is not found.
        """
        instrument = self.instrument(citation.instrument)
        article = instrument.article(citation.article) if instrument else None
        if instrument is None or article is None or not article.has_place(citation.article.path):
            return None
        path = article.nearest_place(citation.article.path)
        return Digest(
            citation=Citation(instrument.id, citation.article),
            place=article.place(path),
            text=article.paragraphs[path] if path else article.digest,
            instrument=instrument,
            article=article,
            unverified=article.unverified or instrument.unverified,
        )

    def fingerprint_of(self, citation: Citation) -> str:
        """Return the fingerprint of the article that holds the place; empty when there is none."""
        found = self.find(citation)
        return found.article.fingerprint if found else ""

    def successors(self, citation: Citation) -> tuple[Citation, ...]:
        """Return the articles of later versions that take over the article of `citation`."""
        cited = self.canonical(citation)
        return tuple(
            Citation(instrument.id, article.article)
            for instrument in self.instruments
            for article in instrument.articles
            if any(_overlap(earlier, cited) for earlier in article.succeeds)
        )

    def predecessors(self, citation: Citation) -> tuple[Citation, ...]:
        """Return the articles of the version before that the article of `citation` takes over."""
        found = self.find(citation)
        return found.article.succeeds if found else ()


class ChangeKind(StrEnum):
    """How an article stands to what it succeeds."""

    REWORDED = "reworded"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Change:
    """That an article differs from what it succeeds, or that nobody can tell."""

    citation: Citation
    succeeds: tuple[Citation, ...]
    kind: ChangeKind


def changed_articles(library: Library) -> tuple[Change, ...]:
    """Return the articles whose wording is not that of what they succeed.

    Compared by fingerprint, article by article: an article that only moved to another number is not
    changed. It is `incomparable` when its own fingerprint or one of an earlier article is empty, or
    when an earlier article is not in the library: then no text was there to compare.
    """
    changes = []
    for instrument in library.instruments:
        for article in instrument.articles:
            if not article.succeeds:
                continue
            mine = article.fingerprint
            earlier = [library.fingerprint_of(citation) for citation in article.succeeds]
            if mine and earlier == [mine]:
                continue
            known = bool(mine) and all(earlier)
            kind = ChangeKind.REWORDED if known else ChangeKind.INCOMPARABLE
            citation = Citation(instrument.id, article.article)
            changes.append(Change(citation, article.succeeds, kind))
    return tuple(changes)


def _overlap(one: Citation, other: Citation) -> bool:
    same = one.instrument == other.instrument
    return same and (one.article.covers(other.article) or other.article.covers(one.article))
