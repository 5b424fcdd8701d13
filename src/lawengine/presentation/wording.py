"""The words of pages and plots in one language, from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lawengine.base.label import Language


@cache
def catalogue() -> Mapping[str, Mapping[Language, str]]:
    """Return all words by key and language."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def say(key: str, language: Language, **places: object) -> str:
    """Return the words for `key` with their places filled.

    Raises:
        KeyError: there are none, or a place is not given.
    """
    template = catalogue()[key][language]
    return template.format(**places) if places else template
