"""Row 3: checks of rules that were read: gaps, clashes, dead rules, citations. Values, not errors.

    diagnostics = run_checks(rulebook, library)

One check is one file with a pure function and its own samples; `registry.ALL` lists them.
"""

from lawengine.checks.changes import ArticleChange, Resting, articles_changed
from lawengine.checks.check import Check, Sample
from lawengine.checks.coverage import uncited_articles
from lawengine.checks.registry import ALL, run_checks

__all__ = [
    "ALL",
    "ArticleChange",
    "Check",
    "Resting",
    "Sample",
    "articles_changed",
    "run_checks",
    "uncited_articles",
]
