"""Errors of the caller or the machine.

An author's mistake is a Diagnostic, an open question of law is a result: neither is raised.
"""

from __future__ import annotations

from pathlib import Path


class LawEngineError(Exception):
    """The caller or the machine is at fault; `str(error)` is one line fit for a user."""


class UnreadableFileError(LawEngineError):
    """A file that was named cannot be read at all."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"cannot read {path}: {why}")
        self.path = path
        self.why = why


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
