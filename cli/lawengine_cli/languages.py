"""Which language the user reads."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from itertools import zip_longest

import typer

from lawengine.base.label import LANGUAGES, Language

VARIABLE = "LAWENGINE_LANG"


def language_of(context: typer.Context, wish: Language | None) -> Language:
    """Return the language of a command: its own option, the global one, or that of the locale."""
    chosen: Language | None = wish or context.find_root().obj
    return chosen or locale_language()


def language_wished(arguments: Sequence[str]) -> Language:
    """Return the language that the arguments ask for, before they could be read as a whole.

    Edges: the last `--lang` decides, as for the parser; then `LAWENGINE_LANG`, then the locale.
    """
    wished = os.environ.get(VARIABLE, "")
    for name, value in zip_longest(arguments, arguments[1:], fillvalue=""):
        if name == "--":
            break
        if name == "--lang":
            wished = value
        elif name.startswith("--lang="):
            wished = name.partition("=")[2]
    return next((known for known in LANGUAGES if known == wished), locale_language())


def locale_language() -> Language:
    """Return `zh` where the locale is Chinese, otherwise `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        # As in POSIX, the first that is set decides.
        value = os.environ.get(name)
        if value:
            return _language(value)
    return _language(locale.getlocale()[0] or "")


def _language(name: str) -> Language:
    # Windows writes `Chinese (Simplified)_China`.
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
