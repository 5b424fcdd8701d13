"""Coverage: the articles on liability that no rule cites."""

from __future__ import annotations

import re

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.checks.places import places
from lawengine.checks.words import cited
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import DigestArticle, Instrument, Library

LIABILITY = re.compile(
    "罚款|没收|吊销|责令|通报批评|限制从业|(?<!先行)赔偿|民事责任|刑事责任|信用档案|信用记录|(?:依|按)[^。；]*处罚"
)
"""Words of art by which a digest speaks of liability 法律责任.

Law: payment in advance (先行赔偿) is no liability of its own: ECL-2018 art 58(3) leaves it to the
consumer protection law.
"""


def uncited_articles(rulebook: Rulebook, library: Library) -> tuple[Diagnostic, ...]:
    """Return one LAW456 for each article on liability that no rule cites, in library order.

    It is coverage, not a check: an article without a rule is often work still to be done. Only
    families are listed that some rule cites. `article` of each holds the citation. Edges: what a
    figure, a definition, a table or a presumption cites counts as well; a scenario does not.
    """
    named = _cited_by_rules(rulebook, library)
    families = {found.family for c in named if (found := library.instrument(c.instrument))}
    return tuple(
        _uncited(instrument, article, library)
        for instrument in library.instruments
        if instrument.family in families
        for article in instrument.articles
        if speaks_of_liability(article) and not _is_cited(instrument, article, named)
    )


def speaks_of_liability(article: DigestArticle) -> bool:
    """Tell whether the digest of an article speaks of a sanction or of liability."""
    paragraphs = (words.zh for words in article.paragraphs.values())
    texts = (*article.terms, article.digest.zh, *paragraphs)
    return any(LIABILITY.search(text) for text in texts)


def _cited_by_rules(rulebook: Rulebook, library: Library) -> frozenset[Citation]:
    scenarios = {scenario.span for scenario in rulebook.scenarios}
    return frozenset(
        library.canonical(citation)
        for place in places(rulebook)
        if place.span not in scenarios
        for citation in place.citations
    )


def _is_cited(instrument: Instrument, article: DigestArticle, named: frozenset[Citation]) -> bool:
    return any(c.instrument == instrument.id and article.article.covers(c.article) for c in named)


def _uncited(instrument: Instrument, article: DigestArticle, library: Library) -> Diagnostic:
    citation = Citation(instrument.id, article.article)
    words = {"citation": cited(citation, library), "digest": article.digest}
    return Diagnostic("LAW456", article.span, words, Severity.WARNING, article=citation)
