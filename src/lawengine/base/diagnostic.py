"""Diagnostics: what is wrong with an author's text, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label, Language
from lawengine.base.source import NOWHERE, Span
from lawengine.base.words import Words


class Severity(StrEnum):
    """An error stops a file from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return the message templates by code: `en`, `zh`, and perhaps `help_en`, `help_zh`."""
    return Words(Path(__file__).with_name("messages.toml"))


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that belongs to a diagnostic, such as the other half of a clash."""

    span: Span
    label: Label


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about an author's text, in both languages.

    The words come from the catalogue by `code`; `words` fills its places. A value may be a Label,
    which is shown in the reader's language. Codes are permanent: LAW1xx reading, 2xx names and
    types, 3xx logic, 4xx source, 5xx casebook.
    """

    code: str
    span: Span = NOWHERE
    words: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    notes: tuple[Note, ...] = ()
    suggestion: str = ""
    article: Citation | None = None

    def message(self, language: Language) -> str:
        """Return the one-line message."""
        return self._fill(catalogue()[self.code][language], language)

    def help(self, language: Language) -> str:
        """Return what to do about it, or the empty string; `did you mean` comes first."""
        parts = []
        if self.suggestion:
            parts.append(
                f"是否要写“{self.suggestion}”？"
                if language == "zh"
                else f"did you mean `{self.suggestion}`?"
            )
        template = catalogue()[self.code].get(f"help_{language}", "")
        if template:
            parts.append(self._fill(template, language))
        return " ".join(parts)

    def _fill(self, template: str, language: Language) -> str:
        shown = {
            key: value.text(language) if isinstance(value, Label) else value
            for key, value in self.words.items()
        }
        return template.format(**shown)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return them by place, then code, each only once."""
    places: dict[tuple[str | int, ...], list[Diagnostic]] = {}
    for found in diagnostics:
        span = found.span
        key = (span.path, span.start, span.end, span.line, span.column, found.code)
        places.setdefault(key, []).append(found)
    return tuple(one for key in sorted(places) for one in _unique(places[key]))


def _unique(diagnostics: list[Diagnostic]) -> Iterable[Diagnostic]:
    if len(diagnostics) == 1:
        return diagnostics
    return {found.message("en"): found for found in diagnostics}.values()


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate that `word` is most likely a slip of, or the empty string.

    Edges: only near ones count: similarity 0.72 or more of difflib's ratio, which still tells
    `platform_operater` from `platform_operator` (0.94) and keeps `fine` from `line` (0.75) apart
    from words with nothing in common. A Chinese name is short, so that one slip is much of it: one
    character wrong, missing, too many or changed with its neighbour is near, where only one
    candidate is.
    """
    return _nearest(word, frozenset(candidates))


@lru_cache(maxsize=16)
def _nearest(word: str, candidates: frozenset[str]) -> str:
    """Return the same; kept for a while, as one slip is often written a thousand times."""
    import difflib  # noqa: PLC0415 - only when there is a mistake to explain

    found = difflib.get_close_matches(word, sorted(candidates), n=1, cutoff=0.72)
    if not found and len(word) > 1 and any("\u4e00" <= char <= "\u9fff" for char in word):
        found = [candidate for candidate in candidates if _one_slip(word, candidate)]
    return found[0] if len(found) == 1 else ""


def _one_slip(one: str, two: str) -> bool:
    """Tell whether one character is wrong, missing or too many, or two neighbours are changed."""
    short, long = sorted((one, two), key=len)
    if len(short) < 2 or len(long) - len(short) > 1:  # noqa: PLR2004 - one character tells nothing
        return False
    if len(short) < len(long):
        return any(short == long[:at] + long[at + 1 :] for at in range(len(long)))
    wrong = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    changed = sorted(one[at] for at in wrong) == sorted(two[at] for at in wrong)
    return len(wrong) == 1 or (len(wrong) == 2 and changed)  # noqa: PLR2004 - two neighbours
