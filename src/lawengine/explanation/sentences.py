"""Sentences for reasons, in both languages, from `phrases.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from lawengine.base.label import Language
from lawengine.base.truth import Truth
from lawengine.base.words import Words
from lawengine.explanation.reason import Reason

Phrase: TypeAlias = Mapping[str, str | Mapping[str, str]]
"""`en` and `zh`, and under `yes`, `no`, `unknown` the sentences that hold for one answer only."""

TRUTH_KEYS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}


@cache
def phrases() -> Mapping[str, Phrase]:
    """Return the sentences of all reasons by code."""
    return Words(Path(__file__).with_name("phrases.toml"))


def sentence(reason: Reason, language: Language) -> str:
    """Return the sentence of a reason, without what is below it.

    Raises:
        KeyError: the reason has a code without a sentence, or lacks a word that the sentence needs.
    """
    words = {
        name: value if isinstance(value, str | int) else value.text(language)
        for name, value in reason.words.items()
    }
    return _template(reason, language).format(**words)


def _template(reason: Reason, language: Language) -> str:
    phrase = phrases()[reason.code]
    special = phrase.get(TRUTH_KEYS[reason.truth]) if reason.truth is not None else None
    found = special[language] if isinstance(special, Mapping) else phrase[language]
    if not isinstance(found, str):
        raise TypeError(reason.code)
    return found
