"""Reading digest files: from YAML to a library, with every mistake named at its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic, Note, Severity, in_order, nearest
from lawengine.base.label import Label
from lawengine.base.source import Source, Span
from lawengine.statutes.files import digest_sources
from lawengine.statutes.library import Library
from lawengine.statutes.model import DigestArticle, Instrument, Special
from lawengine.statutes.schema import (
    ArticleData,
    InstrumentData,
    LabelData,
    NumberData,
    SpecialData,
)
from lawengine.statutes.shapes import explain
from lawengine.statutes.yaml_tree import Node, read_tree

_FIRST = Label("first here", "首次出现于此")
_EARLIER = Label("the version before", "前一版本")
_KEYS = tuple(
    key
    for data in (InstrumentData, ArticleData, SpecialData, NumberData, LabelData)
    for key in data.model_fields
)


def read_library(folders: Sequence[Path]) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Return the library of all digest files in the folders, and what is wrong with them.

    A folder of the user's own may stand beside the shipped one or instead of it. A file with an
    error is left out; the others are read.
    """
    sources, problems = digest_sources(folders)
    library, found = library_of(sources)
    return library, in_order([*problems, *found])


def library_of(sources: Sequence[Source]) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Return the library that these digest texts make, and what is wrong with them.

    Edges: of two texts with the same identifier the first counts.
    """
    instruments: list[Instrument] = []
    diagnostics: list[Diagnostic] = []
    for source in sources:
        instrument, problems = read_instrument(source)
        diagnostics.extend(problems)
        instruments.extend([instrument] if instrument else [])
    kept, clashes = _unique(instruments)
    library = Library(tuple(kept))
    diagnostics.extend(clashes)
    for family in library.families():
        diagnostics.extend(_check_chain(library.versions(family)))
    diagnostics.extend(_check_citations(library))
    return library, in_order(diagnostics)


def read_instrument(source: Source) -> tuple[Instrument | None, tuple[Diagnostic, ...]]:
    """Return the instrument that a digest text describes, or None, and what is wrong with it."""
    tree, problems = read_tree(source)
    diagnostics = list(problems)
    if tree is None:
        return None, tuple(diagnostics)
    try:
        data = InstrumentData.model_validate(tree.plain())
    except ValidationError as error:
        diagnostics.extend(explain(error, tree, _KEYS))
        return None, tuple(diagnostics)
    instrument = _instrument(data, tree)
    diagnostics.extend(_check_instrument(instrument, data, tree))
    broken = any(found.severity is Severity.ERROR for found in diagnostics)
    return (None if broken else instrument), tuple(diagnostics)


def _instrument(data: InstrumentData, tree: Node) -> Instrument:
    return Instrument(
        id=data.id,
        zh_id=data.zh_id,
        family=data.family,
        title=data.title.label(),
        issuer=data.issuer.label(),
        rank=data.rank,
        number=data.number.text,
        number_verified=data.number.verified,
        adopted=data.adopted,
        in_force_from=data.in_force_from,
        in_force_to=data.in_force_to,
        unverified=_reason(data.because) if data.status == "unverified" else Label(),
        special_to=tuple(Special(found.family, found.because) for found in data.special_to),
        articles=tuple(_article(found, tree, n) for n, found in enumerate(data.articles)),
        span=tree.place(("id",)),
    )


def _article(data: ArticleData, tree: Node, index: int) -> DigestArticle:
    return DigestArticle(
        article=data.article,
        digest=data.digest.label(),
        paragraphs={path: words.label() for path, words in data.paragraphs.items()},
        layout=data.layout,
        terms=data.terms,
        succeeds=data.succeeds,
        fingerprint=data.fingerprint,
        unverified=_reason(data.unverified),
        span=tree.place(("articles", index, "article")),
        fingerprint_span=tree.place(("articles", index, "fingerprint")),
    )


def _reason(data: LabelData | None) -> Label:
    return data.label() if data else Label()


def _check_instrument(
    instrument: Instrument, data: InstrumentData, tree: Node
) -> Iterator[Diagnostic]:
    if data.status == "unverified" and data.because is None:
        yield Diagnostic("LAW416", tree.place(("status",)), {"id": instrument.id})
    ends = instrument.in_force_to
    if instrument.in_force_from < instrument.adopted or (ends and ends < instrument.in_force_from):
        yield Diagnostic("LAW417", tree.key_place(("in_force_from",)), {"id": instrument.id})
    seen: dict[object, Span] = {}
    for article in instrument.articles:
        citation = Citation(instrument.id, article.article)
        if first := seen.get(article.article):
            notes = (Note(first, _FIRST),)
            words = {"citation": citation}
            yield Diagnostic("LAW412", article.span, words, notes=notes, article=citation)
        seen.setdefault(article.article, article.span)
        for path in article.paragraphs:
            if not article.has_place(path):
                place = Citation(instrument.id, article.place(path))
                yield Diagnostic("LAW418", article.span, {"citation": place}, article=citation)


def _unique(instruments: Sequence[Instrument]) -> tuple[list[Instrument], list[Diagnostic]]:
    names: dict[str, Instrument] = {}
    kept: list[Instrument] = []
    diagnostics = []
    for instrument in instruments:
        clash = next((n for n in (instrument.id, instrument.zh_id) if n in names), "")
        if clash:
            notes = (Note(names[clash].span, _FIRST),)
            diagnostics.append(Diagnostic("LAW411", instrument.span, {"id": clash}, notes=notes))
            continue
        kept.append(instrument)
        names |= {instrument.id: instrument, instrument.zh_id: instrument}
    return kept, diagnostics


def _check_chain(versions: Sequence[Instrument]) -> Iterator[Diagnostic]:
    for earlier, later in pairwise(versions):
        words = {"earlier": earlier.id, "later": later.id}
        notes = (Note(earlier.span, _EARLIER),)
        end = earlier.in_force_to
        if end is None or end >= later.in_force_from:
            yield Diagnostic("LAW413", later.span, words, notes=notes)
        elif end + datetime.timedelta(days=1) < later.in_force_from:
            yield Diagnostic("LAW414", later.span, words, Severity.WARNING, notes)


def _check_citations(library: Library) -> Iterator[Diagnostic]:
    """Yield a warning for every citation of a digest that leads to no digest."""
    for instrument in library.instruments:
        for special in instrument.special_to:
            for cited in special.because:
                yield from _check_citation(library, cited, instrument.span)
        for article in instrument.articles:
            for cited in article.succeeds:
                yield from _check_citation(library, cited, article.span)


def _check_citation(library: Library, cited: Citation, span: Span) -> Iterator[Diagnostic]:
    if library.find(cited) is None:
        known = library.instrument(cited.instrument)
        hint = "" if known else nearest(cited.instrument, library.names())
        yield Diagnostic("LAW415", span, {"citation": cited}, Severity.WARNING, suggestion=hint)
