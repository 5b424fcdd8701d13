"""From grammar rules to nodes of the syntax tree, bottom up while the parser runs."""

from __future__ import annotations

from lawengine.language.build_declarations import DeclarationBuilder
from lawengine.language.build_expressions import ExpressionBuilder
from lawengine.language.build_reforms import ReformBuilder
from lawengine.language.build_statuses import StatusBuilder


class Builder(DeclarationBuilder, ReformBuilder, StatusBuilder, ExpressionBuilder):
    """Builds every node; the parser calls the method named like the grammar rule."""
