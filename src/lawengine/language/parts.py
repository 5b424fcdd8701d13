"""Pieces of declarations on their way into the tree, and how builders pick them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lawengine.base.source import NOWHERE, Span
from lawengine.language import syntax as s
from lawengine.language.tokens import Token
from lawengine.model.expressions import Operation


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a declaration that is no node of the tree by itself."""

    kind: str
    value: Any = None
    span: Span = NOWHERE


def first(parts: Iterable[Any], kind: str) -> Any:
    """Return the value of the first piece of that kind, or None."""
    for part in parts:
        if isinstance(part, Part) and part.kind == kind:
            return part.value
    return None


def every(parts: Iterable[Any], kind: str) -> list[Any]:
    """Return the values of all pieces of that kind."""
    return [p.value for p in parts if isinstance(p, Part) and p.kind == kind]


def nodes(parts: Iterable[Any], node: type | tuple[type, ...]) -> tuple[Any, ...]:
    """Return the nodes of that class, in order."""
    return tuple([p for p in parts if isinstance(p, node)])


def tokens(parts: Iterable[Any], kind: str) -> list[Token]:
    """Return the tokens of that type, in order."""
    return [p for p in parts if isinstance(p, Token) and p.type == kind]


def operands(parts: Sequence[Any]) -> tuple[Any, ...]:
    """Return everything that is no token."""
    return tuple([p for p in parts if not isinstance(p, Token)])


def after(parts: Sequence[Any], kind: str) -> Any:
    """Return the first node after a token of that type, or None."""
    for index, part in enumerate(parts):
        if isinstance(part, Token) and part.type == kind:
            following = parts[index + 1 :]
            return next((p for p in following if not isinstance(p, (Token, Part))), None)
    return None


def is_plain(cell: Any) -> bool:
    """Tell whether a cell holds exactly one value."""
    return isinstance(cell, s.CellNode) and len(cell.options) == 1


def align(left: Any, right: Any) -> tuple[Any, Any]:
    """Return both ends of a range, a bare number given the unit or base of the other end.

    Examples: `1 to 5 times X`, `10_000 to 20_000 yuan`, `1 to 200 fen`, `X 1倍 以上 5倍 以下`.
    """
    if isinstance(left, s.Number):
        if isinstance(right, s.MoneyLiteral):
            fen, rest = divmod(left.value.numerator * right.unit, left.value.denominator)
            if not rest:
                return s.MoneyLiteral(fen, left.span, right.unit), right
        if scaled(right, s.Number):
            return replace(right, left=left), right
    if isinstance(left, s.Percent) and scaled(right, s.Percent):
        return replace(right, left=left), right
    for literal in (s.Number, s.Percent):
        if isinstance(right, literal) and scaled(left, literal):
            return left, replace(left, left=right)
    return left, right


def scaled(node: Any, factor: type) -> bool:
    """Tell whether a node multiplies by a literal of that class."""
    return (
        isinstance(node, s.ArithmeticNode)
        and node.operation is Operation.MULTIPLY
        and isinstance(node.left, factor)
    )
