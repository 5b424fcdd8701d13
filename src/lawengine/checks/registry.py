"""The registry: every check there is."""

from __future__ import annotations

from lawengine.base.collecting import uncollected
from lawengine.base.diagnostic import Diagnostic, in_order
from lawengine.checks import (
    changes,
    crossed_bands,
    dead_conditions,
    decision_tables,
    grade_bands,
    instruments_cited,
    labels,
    late_endings,
    law_in_force,
    scenario_coverage,
    score_scales,
    score_weights,
    shared_law,
    standards,
    status_coverage,
    tier_conflicts,
    version_gaps,
)
from lawengine.checks.check import Check
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Library

ALL: tuple[Check, ...] = (
    version_gaps.CHECK,
    law_in_force.CHECK,
    shared_law.CHECK,
    decision_tables.CHECK,
    score_weights.CHECK,
    score_scales.CHECK,
    grade_bands.CHECK,
    tier_conflicts.CHECK,
    crossed_bands.CHECK,
    dead_conditions.CHECK,
    labels.CHECK,
    late_endings.CHECK,
    scenario_coverage.CHECK,
    status_coverage.CHECK,
    standards.CHECK,
    instruments_cited.CHECK,
    changes.CHECK,
)


@uncollected
def run_checks(rulebook: Rulebook, library: Library) -> tuple[Diagnostic, ...]:
    """Return everything the checks find, by place; nothing is changed and nothing is raised.

    A rulebook of files with mistakes can be checked as well: what could not be read is left out.
    """
    return in_order(found for check in ALL for found in check.run(rulebook, library))
