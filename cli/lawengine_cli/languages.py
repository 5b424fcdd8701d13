"""Which language the user reads."""

from __future__ import annotations

import locale
import os

import typer

from lawengine.base.label import Language

VARIABLE = "LAWENGINE_LANG"


def language_of(context: typer.Context, wish: Language | None) -> Language:
    """Return the language of a command: its own option, the global one, or that of the locale."""
    chosen: Language | None = wish or context.find_root().obj
    return chosen or locale_language()


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
