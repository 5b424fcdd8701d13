"""Row 6: cases read from files, run, and compared with what was decided."""

from __future__ import annotations

from lawengine.casebook.case_file import (
    Assumption,
    CaseFile,
    Decided,
    DecidedFine,
    NoFine,
    Publication,
    Read,
    SourceEvidence,
)
from lawengine.casebook.reading import read_case, read_casebook

__all__ = [
    "Assumption",
    "CaseFile",
    "Decided",
    "DecidedFine",
    "NoFine",
    "Publication",
    "Read",
    "SourceEvidence",
    "read_case",
    "read_casebook",
]
