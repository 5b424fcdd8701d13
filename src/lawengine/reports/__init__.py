"""Row 6: decisions and comparisons rendered for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.base.lazy import on_first_use

if TYPE_CHECKING:
    from lawengine.reports.catalogue import catalogue_csv as catalogue_csv
    from lawengine.reports.catalogue import catalogue_json as catalogue_json
    from lawengine.reports.catalogue import catalogue_lines as catalogue_lines
    from lawengine.reports.catalogue import department_label as department_label
    from lawengine.reports.comparison_json import comparison_data as comparison_data
    from lawengine.reports.decision_json import decision_data as decision_data
    from lawengine.reports.grade_report import grade_json as grade_json
    from lawengine.reports.grade_report import grade_lines as grade_lines
    from lawengine.reports.grade_report import open_ratings as open_ratings
    from lawengine.reports.rendering import Format as Format
    from lawengine.reports.rendering import comparison_lines as comparison_lines
    from lawengine.reports.rendering import effects_sheet as effects_sheet
    from lawengine.reports.rendering import render as render
    from lawengine.reports.rendering import render_comparison as render_comparison
    from lawengine.reports.rendering import render_reformed as render_reformed
    from lawengine.reports.rendering import render_sheet as render_sheet
    from lawengine.reports.rendering import text_lines as text_lines
    from lawengine.reports.sheets import sheet_lines as sheet_lines
    from lawengine.reports.standing import standing_csv as standing_csv
    from lawengine.reports.standing import standing_json as standing_json
    from lawengine.reports.standing import standing_lines as standing_lines
    from lawengine.reports.styled import Style as Style
    from lawengine.reports.styled import StyledLine as StyledLine
    from lawengine.reports.timeline import timeline_ics as timeline_ics
    from lawengine.reports.timeline import timeline_json as timeline_json
    from lawengine.reports.timeline import timeline_lines as timeline_lines
    from lawengine.reports.timeline import undated as undated

__getattr__ = on_first_use(
    __name__,
    {
        "catalogue": "catalogue_csv catalogue_json catalogue_lines department_label",
        "comparison_json": "comparison_data",
        "decision_json": "decision_data",
        "grade_report": "grade_json grade_lines open_ratings",
        "rendering": (
            "Format comparison_lines effects_sheet render render_comparison render_reformed "
            "render_sheet text_lines"
        ),
        "sheets": "sheet_lines",
        "standing": "standing_csv standing_json standing_lines",
        "styled": "Style StyledLine",
        "timeline": "timeline_ics timeline_json timeline_lines undated",
    },
)
