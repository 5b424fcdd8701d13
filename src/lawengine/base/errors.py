"""Errors of the caller or the machine.

An author's mistake is a Diagnostic, an open question of law is a result: neither is raised.
"""

from __future__ import annotations

from pathlib import Path

from lawengine.base.label import Label, Language


class LawEngineError(Exception):
    """The caller or the machine is at fault; `str(error)` is one line fit for a user."""

    def text(self, language: Language) -> str:
        """Return the line in a language; English where nobody but a programmer meets it."""
        return self.words.text(language) if self.words else str(self)

    words: Label = Label()


class UnreadableFileError(LawEngineError):
    """A file that was named cannot be read at all."""

    def __init__(self, path: Path, why: str | Label) -> None:
        reason = Label(why, why) if isinstance(why, str) else why
        super().__init__(f"cannot read {path}: {reason.en}")
        self.path = path
        self.why = reason.en
        self.words = Label(str(self), f"无法读取“{path}”：{reason.zh}")


class DateOutOfRangeError(LawEngineError):
    """A computed date lies outside years 1 to 9999."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the date {what} lies outside the years 1 to 9999")
        self.what = what


class AmbiguousDateError(LawEngineError):
    """A period ends on a day that its month lacks, and no rounding was written."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} names a day that does not exist, and no rounding is written")
        self.what = what
