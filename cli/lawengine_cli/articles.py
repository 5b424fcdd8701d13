"""An article of the law as text: our words, the official ones, what came before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language

if TYPE_CHECKING:
    from lawengine.statutes import Attachments, Digest, Library

_DIGEST = Label("Digest (our words)", "摘要（非官方文字）")
_OFFICIAL = Label("Official wording", "官方文本")
_NOT_IMPORTED = Label(
    "not imported; `lawengine statutes import DIR` takes it from texts you have",
    "尚未导入；可用 `lawengine statutes import DIR` 从已有文本导入",
)
_UNVERIFIED = Label("Unverified", "未经核实")
_TERMS = Label("Terms", "术语")
_BEFORE = Label("Takes over from", "承接")
_AFTER = Label("Taken over by", "后续条文")
_FORCE = Label("In force", "施行期间")
_INDENT = "  "


def account(digest: Digest, library: Library, attachments: Attachments, language: Language) -> str:
    """Return everything the library says of an article, as lines of text."""
    return "\n".join(_lines(digest, library, attachments, language))


def _lines(
    digest: Digest, library: Library, attachments: Attachments, language: Language
) -> Iterator[str]:
    from lawengine.statutes import attached_text

    comma = Label(", ", "、").text(language)
    colon = Label(": ", "：").text(language)
    instrument = digest.instrument
    name = library.in_language(digest.citation, language).text(language)
    yield f"{name}  {instrument.title.text(language)}"
    until = instrument.in_force_to.isoformat() if instrument.in_force_to else ""
    yield f"{_FORCE.text(language)}{colon}{instrument.in_force_from.isoformat()} / {until or '…'}"
    if digest.unverified:
        yield f"{_UNVERIFIED.text(language)}{colon}{digest.unverified.text(language)}"
    yield f"{_DIGEST.text(language)}{colon.rstrip()}"
    if digest.place != digest.citation.article:
        yield f"{_INDENT}[{digest.place.text(language)}]"
    yield f"{_INDENT}{digest.text.text(language)}"
    for path, words in digest.article.paragraphs.items():
        if path != digest.place.path and path[: len(digest.place.path)] == digest.place.path:
            place = digest.article.place(path).text(language)
            yield f"{_INDENT}{place}{colon}{words.text(language)}"
    wording = attached_text(attachments, digest.citation)
    yield f"{_OFFICIAL.text(language)}{colon.rstrip()}"
    if wording is None:
        yield f"{_INDENT}{_NOT_IMPORTED.text(language)}"
    else:
        yield from (f"{_INDENT}{line}" for line in wording.text.splitlines())
    if digest.article.terms:
        yield f"{_TERMS.text(language)}{colon}{'、'.join(digest.article.terms)}"
    for label, citations in (
        (_BEFORE, library.predecessors(digest.citation)),
        (_AFTER, library.successors(digest.citation)),
    ):
        if citations:
            named = (library.in_language(found, language).text(language) for found in citations)
            yield f"{label.text(language)}{colon}{comma.join(named)}"
