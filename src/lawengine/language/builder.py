"""From grammar rules to nodes of the syntax tree, bottom up while the parser runs."""

from __future__ import annotations

from lawengine.language.build_declarations import DeclarationBuilder
from lawengine.language.build_expressions import ExpressionBuilder
from lawengine.language.build_lateness import LatenessBuilder
from lawengine.language.build_ratings import RatingBuilder
from lawengine.language.build_reforms import ReformBuilder
from lawengine.language.build_standards import StandardBuilder
from lawengine.language.build_statuses import StatusBuilder


class Builder(
    DeclarationBuilder, ReformBuilder, StatusBuilder, LatenessBuilder, RatingBuilder,
    StandardBuilder, ExpressionBuilder,
):  # fmt: skip
    """Builds every node; the parser calls the method named like the grammar rule."""
