"""Comparing the fingerprints of the digests with the official texts that a user has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Severity, in_order
from lawengine.base.label import Label
from lawengine.statutes.library import Library
from lawengine.statutes.model import DigestArticle, Instrument
from lawengine.statutes.official import OfficialText, read_official_texts, text_of
from lawengine.statutes.texts import fingerprint, layout


class Outcome(StrEnum):
    """What comparing one article gave; only `match` says that the wording is the known one."""

    MATCH = "match"
    DIFFERS = "differs"
    NO_TEXT = "no_text"
    NO_FINGERPRINT = "no_fingerprint"

    def label(self) -> Label:
        """Return the words for a reader."""
        return _WORDS[self]


_WORDS = {
    Outcome.MATCH: Label("matches the official text", "与官方文本一致"),
    Outcome.DIFFERS: Label("differs from the official text", "与官方文本不一致"),
    Outcome.NO_TEXT: Label("no text to compare", "没有可供比对的文本"),
    Outcome.NO_FINGERPRINT: Label("no fingerprint to compare", "没有可供比对的指纹"),
}


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """The outcome for one article; `file` is empty and `found` too where there was no text."""

    citation: Citation
    outcome: Outcome
    file: str = ""
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome for every article of a library, in its order."""

    checks: tuple[ArticleCheck, ...]
    diagnostics: tuple[Diagnostic, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many articles had this outcome."""
        return Counter(check.outcome for check in self.checks)[outcome]

    @property
    def all_match(self) -> bool:
        """Tell whether every article was compared and matched; nothing compared is never true."""
        return bool(self.checks) and self.count(Outcome.MATCH) == len(self.checks)

    @property
    def any_differs(self) -> bool:
        """Tell whether an article that was compared differs."""
        return self.count(Outcome.DIFFERS) > 0


def verify(library: Library, folder: Path) -> Verification:
    """Return, for every article of the library, how it compares with the texts in `folder`.

    Edges: a version without a file, and an article that its file lacks, are `no_text`, whether or
    not there is a fingerprint; the lacking article is an error all the same.
    """
    texts, problems = read_official_texts(folder)
    checks: list[ArticleCheck] = []
    diagnostics = list(problems)
    for instrument in library.instruments:
        text, problems = text_of(instrument, texts)
        diagnostics.extend(problems)
        if text is None:
            words = {"id": instrument.id}
            diagnostics.append(Diagnostic("LAW423", instrument.span, words, Severity.WARNING))
        for article in instrument.articles:
            check = check_article(instrument, article, text)
            checks.append(check)
            diagnostics.extend(_explain(check, article, text))
    return Verification(tuple(checks), in_order(diagnostics))


def check_article(
    instrument: Instrument, article: DigestArticle, text: OfficialText | None
) -> ArticleCheck:
    """Return how one article compares with the text of its version."""
    citation = Citation(instrument.id, article.article)
    file = text.path.name if text else ""
    wording = text.articles.get(article.article, "") if text else ""
    found = fingerprint(wording)
    if not found:
        outcome = Outcome.NO_TEXT
    elif not article.fingerprint:
        outcome = Outcome.NO_FINGERPRINT
    else:
        outcome = Outcome.MATCH if found == article.fingerprint else Outcome.DIFFERS
    return ArticleCheck(citation, outcome, file, article.fingerprint, found)


def _explain(
    check: ArticleCheck, article: DigestArticle, text: OfficialText | None
) -> Iterator[Diagnostic]:
    if text is None:
        return
    words: dict[str, object] = {"citation": check.citation, "file": check.file}
    span, cited = article.fingerprint_span, check.citation
    if check.outcome is Outcome.DIFFERS:
        yield Diagnostic("LAW422", span, words, article=cited)
    elif check.outcome is Outcome.NO_TEXT:
        yield Diagnostic("LAW424", span, words, article=cited)
        return
    elif check.outcome is Outcome.NO_FINGERPRINT:
        yield Diagnostic("LAW425", span, words, Severity.WARNING, article=cited)
    counted = layout(text.articles[article.article])
    if article.layout and counted != article.layout:
        words |= {"expected": list(article.layout), "found": list(counted)}
        yield Diagnostic("LAW427", article.span, words, Severity.WARNING, article=cited)
