"""Builds expressions."""

from __future__ import annotations

from typing import Any

from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.parts import Part, after, first, operands
from lawengine.language.token_meanings import ROUNDINGS
from lawengine.language.tokens import Token, token_span
from lawengine.model.expressions import Aggregation, Comparison, Extreme, Logic, Operation


class ExpressionBuilder(BuilderBase):
    """The grammar rules of expressions."""

    # --- expressions ---

    def any_of(self, parts: list[Any]) -> s.LogicNode:
        return s.LogicNode(Logic.OR, operands(parts), self.span(parts))

    def all_of(self, parts: list[Any]) -> s.LogicNode:
        return s.LogicNode(Logic.AND, operands(parts), self.span(parts))

    def negated(self, parts: list[Any]) -> s.NotNode:
        return s.NotNode(parts[1], self.span(parts))

    def _compare(self, parts: list[Any], how: Comparison, *, temporal: bool = False) -> Any:
        return s.CompareNode(how, parts[0], parts[2], temporal, self.span(parts))

    def equal(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.EQUAL)

    def unequal(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.UNEQUAL)

    def at_least(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.AT_LEAST)

    def at_most(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.AT_MOST)

    def more(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.MORE)

    def less(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.LESS)

    def before(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.LESS, temporal=True)

    def after(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.MORE, temporal=True)

    def one_of(self, parts: list[Any]) -> s.OneOfNode:
        operand, *options = operands(parts)
        return s.OneOfNode(operand, tuple(options), self.span(parts))

    def rule_state(self, parts: list[Any]) -> s.StateNode:
        return s.StateNode(self.name_of(parts[0]), self.span(parts))

    def _arithmetic(self, parts: list[Any], operation: Operation) -> Any:
        return s.ArithmeticNode(operation, parts[0], parts[2], self.span(parts))

    def add(self, parts: list[Any]) -> Any:
        return self._arithmetic(parts, Operation.ADD)

    def subtract(self, parts: list[Any]) -> Any:
        return self._arithmetic(parts, Operation.SUBTRACT)

    def multiply(self, parts: list[Any]) -> Any:
        factors = [p if not isinstance(p, Token) else self._literal(p) for p in parts]
        left, right = (p for p in factors if p is not None)
        return s.ArithmeticNode(Operation.MULTIPLY, left, right, self.span(parts))

    def multiple(self, parts: list[Any]) -> Any:
        factor = self._literal(parts[1])
        return s.ArithmeticNode(Operation.MULTIPLY, factor, parts[0], self.span(parts))

    def _literal(self, token: Token) -> Any:
        span = token_span(self.path, token)
        if token.type == "PERCENT":
            return s.Percent(token.value, span)
        if token.type in ("NUMBER", "MULTIPLE"):
            return s.Number(token.value, span)
        return None

    def rounded(self, parts: list[Any]) -> s.RoundedNode:
        return s.RoundedNode(parts[0], ROUNDINGS[parts[1].type], self.span(parts))

    def higher_of(self, parts: list[Any]) -> s.ChosenNode:
        left, right = operands(parts)
        return s.ChosenNode(Extreme.HIGHER, left, right, self.span(parts))

    def lower_of(self, parts: list[Any]) -> s.ChosenNode:
        left, right = operands(parts)
        return s.ChosenNode(Extreme.LOWER, left, right, self.span(parts))

    def group(self, parts: list[Any]) -> Any:
        return parts[1]

    def name(self, parts: list[Any]) -> s.Name:
        return self.name_of(parts[0])

    def number(self, parts: list[Any]) -> s.Number:
        return s.Number(parts[0].value, token_span(self.path, parts[0]))

    def money(self, parts: list[Any]) -> s.MoneyLiteral:
        fen, unit = parts[0].value
        return s.MoneyLiteral(fen, token_span(self.path, parts[0]), unit)

    def percent(self, parts: list[Any]) -> s.Percent:
        return s.Percent(parts[0].value, token_span(self.path, parts[0]))

    def date(self, parts: list[Any]) -> s.DateLiteral:
        return s.DateLiteral(parts[0].value, token_span(self.path, parts[0]))

    def month(self, parts: list[Any]) -> s.MonthLiteral:
        year, month = parts[0].value
        return s.MonthLiteral(year, month, self.span(parts))

    def period(self, parts: list[Any]) -> s.PeriodLiteral:
        return s.PeriodLiteral(parts[0].value, token_span(self.path, parts[0]))

    def text(self, parts: list[Any]) -> s.TextLiteral:
        return s.TextLiteral(str(parts[0].value), self.span(parts))

    def yes(self, parts: list[Any]) -> s.Truism:
        return s.Truism(value=True, span=self.span(parts))

    def no(self, parts: list[Any]) -> s.Truism:
        return s.Truism(value=False, span=self.span(parts))

    def _aggregate(self, parts: list[Any], how: Aggregation) -> s.AggregateNode:
        where, body = after(parts, "WHERE"), after(parts, "SATISFIES")
        keys = first(parts, "alike") or ()
        return s.AggregateNode(how, self.names(parts)[0], where, body, keys, self.span(parts))

    def alike(self, parts: list[Any]) -> Part:
        return self._wrap("alike", parts, tuple(self.names(parts)))

    def groups_of(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.GROUPS)

    def largest_of(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.LARGEST)

    def tally(self, parts: list[Any]) -> s.TallyNode:
        least, several = operands(parts)
        return s.TallyNode(least, several.value, self.span(parts))

    def several(self, parts: list[Any]) -> Part:
        return self._wrap("several", parts, operands(parts))

    def count_of(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.COUNT)

    def sum_of(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.SUM)

    def any_satisfies(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.ANY)

    def every_satisfies(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.ALL)
