"""What a digest of an instrument says: the instrument, its articles, and what a citation finds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from lawengine.base.citation import Article, Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span


class Rank(StrEnum):
    """The rank of an instrument 效力位阶, as the text of a digest writes it.

    A project scheme 项目方案 is no law at all: figures that somebody set, marked as such.
    """

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENTAL_RULE = "departmental_rule"
    LOCAL_RULE = "local_rule"
    NORMATIVE_DOCUMENT = "normative_document"
    PROJECT_SCHEME = "project_scheme"

    def prevails_over(self, other: Rank) -> bool:
        """Tell whether an instrument of this rank beats one of the other for its rank alone.

        Law: the order of the Legislation Law 2023 arts 99-102 and 106 [from memory]. It is partial:
        a departmental rule neither beats a local regulation or a local rule nor yields to it; such
        a clash goes to the State Council or the Standing Committee, so rank settles nothing there.
        """
        return other in _BELOW[self]


_BELOW = {
    Rank.LAW: frozenset(Rank) - {Rank.LAW},
    Rank.ADMINISTRATIVE_REGULATION: frozenset(Rank) - {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION},
    Rank.LOCAL_REGULATION: frozenset(
        {Rank.LOCAL_RULE, Rank.NORMATIVE_DOCUMENT, Rank.PROJECT_SCHEME}
    ),
    Rank.DEPARTMENTAL_RULE: frozenset({Rank.NORMATIVE_DOCUMENT, Rank.PROJECT_SCHEME}),
    Rank.LOCAL_RULE: frozenset({Rank.NORMATIVE_DOCUMENT, Rank.PROJECT_SCHEME}),
    Rank.NORMATIVE_DOCUMENT: frozenset({Rank.PROJECT_SCHEME}),
    Rank.PROJECT_SCHEME: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Special:
    """That an instrument is the special law towards a family, and the articles that say so."""

    family: str
    because: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """One article in our own words.

    `digest` is about the whole article, `paragraphs` about places inside it by their path.
    `layout` counts the items of each paragraph; empty means that no text was at hand to count.
    `succeeds` names the articles of an earlier version whose matter this one takes over.
    `fingerprint` is that of the official wording, empty when no text was at hand.
    `unverified` gives the reason when the digest rests on memory; it is empty otherwise.
    """

    article: Article
    digest: Label
    paragraphs: Mapping[tuple[int, ...], Label] = field(default_factory=dict)
    layout: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()
    succeeds: tuple[Citation, ...] = ()
    fingerprint: str = ""
    unverified: Label = field(default_factory=Label)
    span: Span = NOWHERE
    fingerprint_span: Span = NOWHERE

    def has_place(self, path: tuple[int, ...]) -> bool:
        """Tell whether the article has that paragraph and item, as far as its layout is known.

        Edges: an unknown layout has every place; sub-items are not counted; paragraph 0 is the only
        paragraph that has items.
        """
        if not path or not self.layout:
            return True
        if path[0] == 0:
            lists = [items for items in self.layout if items]
            items = lists[0] if len(lists) == 1 else 0
            return len(path) > 1 and path[1] <= items
        if path[0] > len(self.layout):
            return False
        return len(path) == 1 or path[1] <= self.layout[path[0] - 1]

    def place(self, path: tuple[int, ...]) -> Article:
        """Return the place inside this article that `path` names."""
        return Article(self.article.number, path, self.article.inserted, self.article.part)

    def nearest_place(self, path: tuple[int, ...]) -> tuple[int, ...]:
        """Return the longest beginning of `path` that has words of its own; () is the article."""
        lengths = range(len(path), 0, -1)
        return next((path[:n] for n in lengths if path[:n] in self.paragraphs), ())


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument: a law, regulation, rule or document as it read for a time.

    `family` is what its versions share; `id` and `zh_id` name this version in English and Chinese.
    `places` says where in `articles` those of a number stand, where somebody has worked it out.
    Edges: it is in force on both `in_force_from` and `in_force_to`; None is open.
    """

    id: str
    zh_id: str
    family: str
    title: Label
    issuer: Label
    rank: Rank
    number: str
    number_verified: bool
    adopted: datetime.date
    in_force_from: datetime.date
    in_force_to: datetime.date | None
    unverified: Label
    special_to: tuple[Special, ...] = ()
    articles: Sequence[DigestArticle] = ()
    span: Span = NOWHERE
    places: Mapping[int, Sequence[int]] | None = field(default=None, repr=False, compare=False)

    @property
    def verified(self) -> bool:
        """Tell whether the version as a whole was read in an official text."""
        return not self.unverified

    def in_force(self, day: datetime.date) -> bool:
        """Tell whether this version is the law on `day`, both ends included."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def article(self, place: Article) -> DigestArticle | None:
        """Return the digest of the article that holds `place`, or None."""
        articles: Iterable[DigestArticle] = self.articles
        if self.places is not None:
            articles = (self.articles[at] for at in self.places.get(place.number, ()))
        return next((found for found in articles if found.article.covers(place)), None)


@dataclass(frozen=True, slots=True)
class Digest:
    """What a citation finds.

    `place` is where the words of `text` stand: the cited paragraph when it has words of its own,
    otherwise what holds it. `unverified` is the article's reason, or else the instrument's.
    """

    citation: Citation
    place: Article
    text: Label
    instrument: Instrument
    article: DigestArticle
    unverified: Label
