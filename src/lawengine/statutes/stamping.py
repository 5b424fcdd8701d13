"""Filling in the fingerprints of digest files from official texts, for those who keep them."""

from __future__ import annotations

from pathlib import Path

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, in_order
from lawengine.base.source import Source
from lawengine.base.writing import write_whole
from lawengine.statutes.files import SUFFIXES, list_files, read_source
from lawengine.statutes.model import Instrument
from lawengine.statutes.official import OfficialText, read_official_texts, text_of
from lawengine.statutes.reading import read_instrument
from lawengine.statutes.texts import fingerprint


@dataclass(frozen=True, slots=True)
class Stamped:
    """That the fingerprint of an article was filled in or replaced (`old` is not empty then)."""

    citation: Citation
    old: str
    new: str


def stamp(digests: Path, official: Path) -> tuple[tuple[Stamped, ...], tuple[Diagnostic, ...]]:
    """Write the fingerprints of the official texts into the digest files; return what changed.

    Only the values of `fingerprint:` are replaced, every other character of a file stays. A version
    or article without a text keeps what it has. A file with mistakes is left alone.

    Raises:
        OSError: a digest file cannot be written; the file is then untouched.
    """
    texts, problems = read_official_texts(official)
    paths, more = list_files(digests, SUFFIXES)
    diagnostics = [*problems, *more]
    stamped: list[Stamped] = []
    for path in paths:
        source, problems = read_source(path)
        diagnostics.extend(problems)
        if source is None:
            continue
        instrument, problems = read_instrument(source)
        diagnostics.extend(problems)
        if instrument is None:
            continue
        text, problems = text_of(instrument, texts)
        diagnostics.extend(problems)
        if text is not None:
            new, changes = _stamp_one(source, instrument, text)
            stamped.extend(changes)
            if changes:
                write_whole(path, new)
    return tuple(stamped), in_order(diagnostics)


def _stamp_one(
    source: Source, instrument: Instrument, text: OfficialText
) -> tuple[str, list[Stamped]]:
    written, changes = source.text, []
    # From the end, so that the places of the earlier values stay true.
    for article in sorted(instrument.articles, key=lambda a: a.fingerprint_span, reverse=True):
        new = fingerprint(text.articles.get(article.article, ""))
        if not new or new == article.fingerprint:
            continue
        span = article.fingerprint_span
        written = f'{written[: span.start]}"{new}"{written[span.end :]}'
        citation = Citation(instrument.id, article.article)
        changes.append(Stamped(citation, article.fingerprint, new))
    return written, changes[::-1]
