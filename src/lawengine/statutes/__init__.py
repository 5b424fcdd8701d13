"""Digests of the law: their versions, their lookup, and their proof against official texts."""

from lawengine.statutes.attaching import (
    Attachments,
    Wording,
    attached_text,
    import_texts,
    read_attachments,
)
from lawengine.statutes.library import Change, ChangeKind, Library, changed_articles
from lawengine.statutes.model import Digest, DigestArticle, Instrument, Rank, Special
from lawengine.statutes.numerals import read_numeral, write_numeral
from lawengine.statutes.reading import read_instrument, read_library
from lawengine.statutes.stamping import Stamped, stamp
from lawengine.statutes.texts import fingerprint, normalise, split_articles
from lawengine.statutes.verifying import ArticleCheck, Outcome, Verification, verify

__all__ = [
    "ArticleCheck",
    "Attachments",
    "Change",
    "ChangeKind",
    "Digest",
    "DigestArticle",
    "Instrument",
    "Library",
    "Outcome",
    "Rank",
    "Special",
    "Stamped",
    "Verification",
    "Wording",
    "attached_text",
    "changed_articles",
    "fingerprint",
    "import_texts",
    "normalise",
    "read_attachments",
    "read_instrument",
    "read_library",
    "read_numeral",
    "split_articles",
    "stamp",
    "verify",
    "write_numeral",
]
