"""Row 6: cases read from files, run, and compared with what was decided."""

from __future__ import annotations

from lawengine.casebook.case_file import (
    Assumption,
    CaseFile,
    DecidedFine,
    DecidedSanction,
    NoFine,
    Publication,
    Read,
    SourceEvidence,
)
from lawengine.casebook.comparing import ArticleVerdict, Comparison, Obstacle, Verdict, compare
from lawengine.casebook.reading import read_case, read_casebook
from lawengine.casebook.running import CaseRun, run_case, run_casebook

__all__ = [
    "ArticleVerdict",
    "Assumption",
    "CaseFile",
    "CaseRun",
    "Comparison",
    "DecidedFine",
    "DecidedSanction",
    "NoFine",
    "Obstacle",
    "Publication",
    "Read",
    "SourceEvidence",
    "Verdict",
    "compare",
    "read_case",
    "read_casebook",
    "run_case",
    "run_casebook",
]
