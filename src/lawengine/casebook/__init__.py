"""Row 6: cases read from files, run, and compared with what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.base.lazy import on_first_use

if TYPE_CHECKING:
    from lawengine.casebook.case_file import Assumption as Assumption
    from lawengine.casebook.case_file import CaseFile as CaseFile
    from lawengine.casebook.case_file import DecidedFine as DecidedFine
    from lawengine.casebook.case_file import DecidedSanction as DecidedSanction
    from lawengine.casebook.case_file import NoFine as NoFine
    from lawengine.casebook.case_file import Publication as Publication
    from lawengine.casebook.case_file import Read as Read
    from lawengine.casebook.case_file import SourceEvidence as SourceEvidence
    from lawengine.casebook.comparing import ArticleVerdict as ArticleVerdict
    from lawengine.casebook.comparing import Comparison as Comparison
    from lawengine.casebook.comparing import Obstacle as Obstacle
    from lawengine.casebook.comparing import Verdict as Verdict
    from lawengine.casebook.comparing import compare as compare
    from lawengine.casebook.published import PublishedKind as PublishedKind
    from lawengine.casebook.published import PublishedStatus as PublishedStatus
    from lawengine.casebook.published_comparing import compare_statuses as compare_statuses
    from lawengine.casebook.reading import read_case as read_case
    from lawengine.casebook.reading import read_casebook as read_casebook
    from lawengine.casebook.reforming import Effect as Effect
    from lawengine.casebook.reforming import Sums as Sums
    from lawengine.casebook.reforming import effect_of as effect_of
    from lawengine.casebook.running import CaseRun as CaseRun
    from lawengine.casebook.running import run_case as run_case
    from lawengine.casebook.running import run_casebook as run_casebook
    from lawengine.casebook.status_verdicts import STATUS_GROUND_LABELS as STATUS_GROUND_LABELS
    from lawengine.casebook.status_verdicts import STATUS_VERDICT_LABELS as STATUS_VERDICT_LABELS
    from lawengine.casebook.status_verdicts import StatusComparison as StatusComparison
    from lawengine.casebook.status_verdicts import StatusGround as StatusGround
    from lawengine.casebook.status_verdicts import StatusVerdict as StatusVerdict

__getattr__ = on_first_use(
    __name__,
    {
        "case_file": "Assumption CaseFile DecidedFine DecidedSanction NoFine Publication Read "
        "SourceEvidence",
        "comparing": "ArticleVerdict Comparison Obstacle Verdict compare",
        "published": "PublishedKind PublishedStatus",
        "published_comparing": "compare_statuses",
        "reading": "read_case read_casebook",
        "reforming": "Effect Sums effect_of",
        "running": "CaseRun run_case run_casebook",
        "status_verdicts": "STATUS_GROUND_LABELS STATUS_VERDICT_LABELS StatusComparison "
        "StatusGround StatusVerdict",
    },
)
