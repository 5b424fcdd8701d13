"""Row 3: checks of rules that were read: gaps, clashes, dead rules, citations. Values, not errors.

    diagnostics = run_checks(rulebook, library)

One check is one file with a pure function and its own samples; `registry.ALL` lists them.
"""

from lawengine.checks.changes import ArticleChange, Resting, articles_changed
from lawengine.checks.check import Check, Sample
from lawengine.checks.coverage import uncited_articles
from lawengine.checks.registry import ALL, run_checks
from lawengine.checks.scenario_coverage import (
    RuleCoverage,
    TierCoverage,
    VersionCoverage,
    rule_coverage,
)

__all__ = [
    "ALL",
    "ArticleChange",
    "Check",
    "Resting",
    "RuleCoverage",
    "Sample",
    "TierCoverage",
    "VersionCoverage",
    "articles_changed",
    "rule_coverage",
    "run_checks",
    "uncited_articles",
]
