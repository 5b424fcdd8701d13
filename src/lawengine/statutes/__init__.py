"""Digests of the law: their versions, their lookup, and their proof against official texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.base.lazy import on_first_use

if TYPE_CHECKING:
    from lawengine.statutes.attaching import Attachments as Attachments
    from lawengine.statutes.attaching import Wording as Wording
    from lawengine.statutes.attaching import attached_text as attached_text
    from lawengine.statutes.attaching import import_texts as import_texts
    from lawengine.statutes.attaching import read_attachments as read_attachments
    from lawengine.statutes.library import Change as Change
    from lawengine.statutes.library import ChangeKind as ChangeKind
    from lawengine.statutes.library import Library as Library
    from lawengine.statutes.library import changed_articles as changed_articles
    from lawengine.statutes.model import Digest as Digest
    from lawengine.statutes.model import DigestArticle as DigestArticle
    from lawengine.statutes.model import Instrument as Instrument
    from lawengine.statutes.model import Rank as Rank
    from lawengine.statutes.model import Special as Special
    from lawengine.statutes.reading import read_instrument as read_instrument
    from lawengine.statutes.reading import read_library as read_library
    from lawengine.statutes.stamping import Stamped as Stamped
    from lawengine.statutes.stamping import stamp as stamp
    from lawengine.statutes.texts import fingerprint as fingerprint
    from lawengine.statutes.texts import normalise as normalise
    from lawengine.statutes.texts import split_articles as split_articles
    from lawengine.statutes.verifying import ArticleCheck as ArticleCheck
    from lawengine.statutes.verifying import Outcome as Outcome
    from lawengine.statutes.verifying import Verification as Verification
    from lawengine.statutes.verifying import verify as verify

__getattr__ = on_first_use(
    __name__,
    {
        "attaching": "Attachments Wording attached_text import_texts read_attachments",
        "library": "Change ChangeKind Library changed_articles",
        "model": "Digest DigestArticle Instrument Rank Special",
        "reading": "read_instrument read_library",
        "stamping": "Stamped stamp",
        "texts": "fingerprint normalise split_articles",
        "verifying": "ArticleCheck Outcome Verification verify",
    },
)
