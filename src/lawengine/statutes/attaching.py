"""Official wording kept on the user's own machine, so that reasons can quote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from lawengine.base.citation import Article, Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, in_order
from lawengine.base.source import Span
from lawengine.base.writing import write_whole
from lawengine.statutes.files import read_source
from lawengine.statutes.library import Library
from lawengine.statutes.official import read_official_texts, text_of
from lawengine.statutes.texts import fingerprint, wording_at
from lawengine.statutes.verifying import Outcome, Verification, check_article, verify

FILE_NAME = "official-wording.json"


@dataclass(frozen=True, slots=True)
class Wording:
    """Official words and where they stand; `place` may be wider than what was asked for."""

    citation: Citation
    place: Article
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class _Attached:
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """The wording attached to a library, each piece proved by its fingerprint."""

    library: Library
    texts: Mapping[tuple[Citation, str], _Attached] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many articles have their wording attached."""
        return len(self.texts)


class _EntryData(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    instrument: str
    article: int
    inserted: int
    fingerprint: str
    file: str
    text: str


class _StoreData(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    format: Literal[1]
    articles: list[_EntryData]


def import_texts(library: Library, folder: Path, into: Path) -> Verification:
    """Write the matching wording of `folder` to a store in `into`; return what verifying found.

    Only articles that match their fingerprint are attached. What the store already holds and still
    fits the library stays, so that texts can be imported folder by folder.

    Raises:
        OSError: `into` cannot be written to; an older store is then untouched.
    """
    verification = verify(library, folder)
    texts, _ = read_official_texts(folder)
    kept, _ = read_attachments(library, into)
    attached = dict(kept.texts)
    for instrument in library.instruments:
        text, _ = text_of(instrument, texts)
        for article in instrument.articles:
            check = check_article(instrument, article, text)
            if text is not None and check.outcome is Outcome.MATCH:
                wording = text.articles[article.article]
                attached[check.citation, check.found] = _Attached(wording, check.file)
    entries = [
        _EntryData(
            instrument=citation.instrument,
            article=citation.article.number,
            inserted=citation.article.inserted,
            fingerprint=mark,
            file=piece.file,
            text=piece.text,
        )
        for (citation, mark), piece in sorted(attached.items(), key=lambda entry: entry[0])
    ]
    data = _StoreData(format=1, articles=entries).model_dump()
    into.mkdir(parents=True, exist_ok=True)
    write_whole(into / FILE_NAME, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    return verification


def read_attachments(library: Library, folder: Path) -> tuple[Attachments, tuple[Diagnostic, ...]]:
    """Return the wording stored in `folder` that belongs to the library, and what was refused.

    Refused is a text that does not have the fingerprint the library expects of its article: it was
    changed, or the library is about another wording. Edges: no store at all is empty, no mistake.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Attachments(library), ()
    source, problems = read_source(path)
    if source is None:
        return Attachments(library), problems
    place = Span(str(path), 0, 0, 1, 1)
    try:
        data = _StoreData.model_validate_json(source.text)
    except ValidationError:
        return Attachments(library), (Diagnostic("LAW430", place, {"path": path}),)
    texts: dict[tuple[Citation, str], _Attached] = {}
    diagnostics = []
    for entry in data.articles:
        citation = Citation(entry.instrument, Article(entry.article, inserted=entry.inserted))
        mark = fingerprint(entry.text)
        if mark and mark == entry.fingerprint == library.fingerprint_of(citation):
            texts[citation, mark] = _Attached(entry.text, entry.file)
        else:
            words = {"citation": citation, "file": entry.file}
            diagnostics.append(Diagnostic("LAW431", place, words, article=citation))
    return Attachments(library, texts), in_order(diagnostics)


def attached_text(attachments: Attachments, citation: Citation) -> Wording | None:
    """Return the official words at a citation, or None when none are attached.

    Edges: a paragraph or item that cannot be told apart in the text gives the whole article, and
    `place` says so.
    """
    found = attachments.library.find(citation)
    if found is None:
        return None
    whole = found.article.article
    key = (Citation(found.instrument.id, whole), found.article.fingerprint)
    piece = attachments.texts.get(key)
    if piece is None:
        return None
    words = wording_at(piece.text, found.citation.article.path)
    place = found.citation.article if words is not None else whole
    return Wording(found.citation, place, words or piece.text, piece.file)
