"""Row 6: decisions and comparisons rendered for people and for programs."""

from lawengine.reports.decision_json import comparison_data, decision_data
from lawengine.reports.rendering import (
    Format,
    comparison_lines,
    render,
    render_comparison,
    text_lines,
)
from lawengine.reports.styled import Style, StyledLine

__all__ = [
    "Format",
    "Style",
    "StyledLine",
    "comparison_data",
    "comparison_lines",
    "decision_data",
    "render",
    "render_comparison",
    "text_lines",
]
