"""Comparisons of versions of the law as plain data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.base.release import DECISION_FORMAT
from lawengine.reports.value_json import fine_data, law_data, text_data, unverified_data

if TYPE_CHECKING:
    from lawengine.deciding.hypothesis import Comparison, Line, Margin, Row
    from lawengine.reports.comparison_shape import ComparisonData, LineData, MarginData, RowData


def comparison_data(comparison: Comparison) -> ComparisonData:
    """Return a comparison of versions as plain data. Units: fen."""
    decision = comparison.decision
    return {
        "format": DECISION_FORMAT,
        "case": decision.case,
        "title": text_data(decision.title),
        "true_answer": [_line(line) for line in comparison.lines],
        "versions": [_row(row) for row in comparison.rows],
        "rulebook": decision.rulebook,
        "engine": decision.engine,
    }


def _row(row: Row) -> RowData:
    end = row.interval.end
    return {
        "version_from": row.interval.start.isoformat(),
        "version_to": end.isoformat() if end is not None else None,
        "law": law_data(row.law),
        "unverified": unverified_data(row.unverified),
        "moved_to": row.moved_to.isoformat(),
        "lines": [_line(line) for line in row.lines],
    }


def _line(line: Line) -> LineData:
    return {
        "respondent": line.respondent,
        "fine": fine_data(line.fine),
        "by_branch": [
            {"assumption": text_data(a), "fine": fine_data(f)} for a, f in line.by_branch
        ],
        "taken": [str(citation) for citation in line.taken],
        "break_even_fen": line.break_even,
        "margins": [_margin(margin) for margin in line.margins],
    }


def _margin(margin: Margin) -> MarginData:
    return {
        "assumption": margin.assumption,
        "text": text_data(margin.text),
        "gain_fen": margin.gain,
        "least_fen": margin.least,
        "most_fen": margin.most,
    }
