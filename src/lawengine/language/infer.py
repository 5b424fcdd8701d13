"""Inference: from expressions as written to typed expressions, units included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lawengine.base.calendar import Rounding, Unit
from lawengine.base.diagnostic import Diagnostic, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.infer_lateness import day_count, holds, last_day
from lawengine.language.resolve import CHAIN, Symbol, SymbolKind, Symbols, ambiguous, kind_of
from lawengine.language.type_rules import (
    NUMERIC,
    ORDERED,
    as_points,
    day_literal,
    describe,
    fits,
    is_share,
    result_of,
    weaker,
)
from lawengine.model import expressions as e
from lawengine.model.ratings import RatingKind
from lawengine.model.statuses import StatusKind
from lawengine.model.types import (
    COUNT,
    DATE,
    MONEY,
    PERIOD,
    POINTS,
    RATE,
    TEXT,
    YES_NO,
    Kind,
    Type,
)

_EQUALITIES = (e.Comparison.EQUAL, e.Comparison.UNEQUAL)


STATUS_WORDS: Mapping[StatusKind | RatingKind, Label] = {
    StatusKind.LIST: Label("list", "名单"),
    StatusKind.BENEFIT: Label("benefit", "激励"),
    StatusKind.DUTY: Label("duty", "义务"),
    StatusKind.WATCH: Label("watch", "关注"),
    RatingKind.SCORE: Label("score", "得分"),
    RatingKind.GRADE: Label("grade", "等级"),
}


@dataclass(slots=True)
class Inference:
    """Infers expressions against the symbols and the types of named values.

    `types` gives the type of each fact by path; `value_type` that of a definition, figure or table
    (None when it has no valid type itself, which was reported there). `symbols` are complete: what
    a name can stand for is kept in `known`.
    """

    symbols: Symbols
    types: Mapping[str, Type]
    value_type: Callable[[Symbol, Span], Type | None]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    view: tuple[str, ...] = CHAIN
    known: dict[tuple[str, tuple[str, ...]], tuple[Symbol, ...]] = field(default_factory=dict)
    of_status: bool = False
    """Whether a list, benefit or duty is read: only these ask for the state of one."""
    of_rule: bool = False
    """Whether a rule is read: it asks for states itself, and through no definition."""
    asking: set[str] = field(default_factory=set)
    """The definitions that ask for the state or the last day of one, themselves or by others."""
    of_value: bool = False
    """Whether a definition, figure or table is read: these ask for no score or grade."""

    def report(self, code: str, span: Span, suggestion: str = "", **words: object) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(Diagnostic(code, span, words, suggestion=suggestion))

    # --- entry points ---

    def condition(self, node: s.ExpressionNode) -> e.Expression | None:
        """Return the typed yes/no condition, or None when something was wrong with it."""
        return self.expect(node, YES_NO)

    def expect(self, node: s.ExpressionNode, wanted: Type) -> e.Expression | None:
        """Return the typed expression if it is of the wanted kind, else None with a diagnostic."""
        found = self.infer(node, wanted)
        if found is None or fits(found.type, wanted):
            return found if found is None or wanted.kind is not Kind.POINTS else as_points(found)
        if wanted.kind is Kind.MONEY and found.type.kind in (Kind.COUNT, Kind.RATE):
            self.report("LAW205", node.span)
        else:
            expected, actual = describe(wanted), describe(found.type)
            self.report("LAW204", node.span, expected=expected, found=actual)
        return None

    def whole_money(self, node: s.ExpressionNode) -> e.Expression | None:
        """Return a typed amount in whole fen, or None: parts of a fen need a written rounding."""
        found = self.expect(node, MONEY)
        if found is not None and not found.type.whole:
            self.report("LAW208", node.span)
            return None
        return found

    # --- by node ---

    def infer(  # noqa: PLR0911 - one case for each class of node
        self, node: s.ExpressionNode, wanted: Type | None = None
    ) -> e.Expression | None:
        """Return the typed form of `node`, or None when it has none (reported)."""
        match node:
            case s.Name():
                return self._name(node, wanted)
            case s.Number(value=value, span=span):
                if value.denominator == 1:
                    return e.Constant(int(value), COUNT, span)
                return e.Constant(value, RATE, span)
            case s.MoneyLiteral(fen=fen, span=span):
                return e.Constant(fen, MONEY, span)
            case s.Percent(value=value, span=span):
                return e.Constant(value, RATE, span)
            case s.DateLiteral(day=day, span=span):
                return e.Constant(day, DATE, span)
            case s.PeriodLiteral(period=period, span=span):
                return e.Constant(period, PERIOD, span)
            case s.TextLiteral(text=text, span=span):
                return e.Constant(text, TEXT, span)
            case s.Truism(value=truth, span=span):
                return e.Constant(truth, YES_NO, span)
            case s.MonthLiteral(span=span):
                self.report("LAW219", span)
                return None
            case _:
                return self._compound(node, wanted)

    def _compound(self, node: s.ExpressionNode, wanted: Type | None) -> e.Expression | None:
        match node:
            case s.NotNode(operand=operand, span=span):
                inner = self.condition(operand)
                return None if inner is None else e.Negation(inner, YES_NO, span)
            case s.LogicNode(logic=logic, operands=operands, span=span):
                parts = [self.condition(operand) for operand in operands]
                whole = tuple(part for part in parts if part is not None)
                return e.Connection(logic, whole, YES_NO, span) if None not in parts else None
            case s.CompareNode():
                return self._comparison(node)
            case s.OneOfNode():
                return self._one_of(node)
            case s.StateNode(rule=rule, span=span):
                symbol = self.rule(rule)
                return e.Established(symbol.name, YES_NO, span) if symbol else None
            case s.HoldsNode():
                return holds(node, self)
            case _:
                return self._formula(node, wanted)

    def _formula(self, node: s.ExpressionNode, wanted: Type | None) -> e.Expression | None:
        match node:
            case s.ArithmeticNode():
                return self._arithmetic(node)
            case s.RoundedNode():
                return self._rounded(node)
            case s.ChosenNode():
                return self._chosen(node, wanted)
            case s.AggregateNode():
                return self._aggregate(node)
            case s.TallyNode():
                return self._tally(node)
            case s.LastDayNode():
                return last_day(node, self)
            case s.DaysNode():
                return day_count(node, self)
            case _:
                raise AssertionError(node)

    def rule(self, name: s.Name) -> Symbol | None:
        """Return the rule of that name, or None with a diagnostic."""
        symbol = self.symbols.rule(name.text)
        if symbol is None:
            near = nearest(name.text, self.symbols.rules)
            self.report("LAW212", name.span, suggestion=near, name=name.text)
        return symbol

    def status(self, name: s.Name) -> Symbol | None:
        """Return the list, benefit or duty of that name, or None with a diagnostic."""
        symbol = self.symbols.status(name.text)
        if symbol is None:
            near = nearest(name.text, self.symbols.statuses)
            self.report("LAW240", name.span, suggestion=near, name=name.text)
        return symbol

    def rating(self, name: s.Name) -> Symbol | None:
        """Return the score or grade of that name, or None with a diagnostic."""
        symbol = self.symbols.rating(name.text)
        if symbol is None:
            near = nearest(name.text, self.symbols.ratings)
            self.report("LAW270", name.span, suggestion=near, name=name.text)
        return symbol

    def asked_status(self, name: s.Name, span: Span, wanted: StatusKind) -> Symbol | None:
        """Return the list, benefit or duty that is asked for, or None (reported)."""
        if not self.of_status:
            self.report("LAW247", span)
            return None
        symbol = self.status(name)
        if symbol is None:
            return None
        kind = kind_of(symbol)
        if kind is not wanted:
            self.report("LAW248", span, name=name.text, kind=STATUS_WORDS[kind])
            return None
        return symbol

    def fact(self, name: s.Name) -> Symbol | None:
        """Return the fact of that name, or None with a diagnostic."""
        symbol = self._single(name)
        if symbol is not None and symbol.kind is not SymbolKind.FACT:
            self.report("LAW220", name.span, name=name.text)
            return None
        return symbol

    def _find(self, text: str) -> tuple[Symbol, ...]:
        """Return what `text` can stand for in the view of now; looked up once for each view."""
        key = (text, self.view)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.symbols.find(text, self.view)
        return found

    def _single(self, name: s.Name) -> Symbol | None:
        found = self._find(name.text)
        if len(found) > 1 and self.view is not CHAIN and found[0].owner == self.view[0]:
            return found[0]  # inside a collection its element is meant
        if len(found) == 1:
            return found[0]
        if found:
            self.diagnostics.append(ambiguous(name, found))
        else:
            near = self.symbols.suggest(name.text, self.view)
            self.report("LAW201", name.span, suggestion=near, name=name.text)
        return None

    def _name(self, name: s.Name, wanted: Type | None) -> e.Expression | None:
        if wanted is not None and wanted.kind is Kind.CHOICE:
            choice = self.symbols.choice(wanted.choices, name.text)
            if choice is not None:
                return e.Constant(choice.name, wanted, name.span)
            if not self._find(name.text):
                options = self.symbols.choices.get(wanted.choices, {})
                near = nearest(name.text, options)
                words = {"name": name.text, "fact": wanted.choices}
                self.report("LAW206", name.span, suggestion=near, **words)
                return None
        symbol = self._single(name)
        if symbol is None:
            return None
        if symbol.kind is SymbolKind.FACT:
            if symbol.owner not in self.view:
                self.report("LAW207", name.span, entity=symbol.owner)
                return None
            kind = self.types.get(symbol.path)
            return e.FactOf(symbol.owner, symbol.name, kind, name.span) if kind else None
        if symbol.kind is SymbolKind.RATING:
            return self._rated(symbol, name)
        kind = self.value_type(symbol, name.span)
        if kind is None or not self._sees(symbol, name.span):
            return None
        match symbol.kind:
            case SymbolKind.DEFINITION:
                return e.Defined(symbol.name, kind, name.span)
            case SymbolKind.PARAMETER:
                return e.ParameterValue(symbol.name, kind, name.span)
            case _:
                return e.Looked(symbol.name, kind, name.span)

    def _sees(self, symbol: Symbol, span: Span) -> bool:
        """Report a definition of an entity out of view, or one that asks what cannot be asked."""
        if symbol.name in self.asking and (self.of_rule or not self.of_status):
            self.report("LAW247", span)
            return False
        entity = self.entity_of(symbol)
        if entity is None or entity.name in self.view:
            return True
        self.report("LAW207", span, entity=entity.name)
        return False

    def entity_of(self, symbol: Symbol | None) -> Symbol | None:
        """Return the entity whose facts a named value reads, or None where it names none."""
        node = symbol.node if symbol is not None else None
        if not isinstance(node, s.DefinitionNode | s.TableNode) or node.entity is None:
            return None
        return self.symbols.entity(node.entity.text)

    def _rated(self, symbol: Symbol, name: s.Name) -> e.Expression | None:
        """Return the points of a score or the level of a grade, of an entity in view."""
        if self.of_value:
            self.report("LAW272", name.span, name=name.text)
            return None
        node = symbol.node
        assert isinstance(node, s.ScoreNode | s.GradeNode)  # noqa: S101 - a table of their own
        owner = self.symbols.entity(node.entity.text)
        if owner is None or owner.name not in self.view:
            self.report("LAW273", name.span, name=name.text, entity=node.entity.text)
            return None
        kind = POINTS if isinstance(node, s.ScoreNode) else Type(Kind.CHOICE, symbol.name)
        return e.Rated(symbol.name, kind, name.span)

    def _ranked(self, node: s.CompareNode, left: e.Expression, right: e.Expression) -> e.Expression:
        """Return `GRADE at least B` as the levels that it allows: they are ordered, best first."""
        levels = list(self.symbols.choices[left.type.choices])
        symbols = self.symbols.choices[left.type.choices]
        names = [word for word in levels if symbols[word].name == word]
        assert isinstance(right, e.Constant)  # noqa: S101 - a choice is written, never computed
        place = names.index(str(right.value))
        allowed = {
            e.Comparison.AT_LEAST: names[: place + 1],
            e.Comparison.MORE: names[:place],
            e.Comparison.AT_MOST: names[place:],
            e.Comparison.LESS: names[place + 1 :],
        }[node.comparison]
        if not allowed:
            self.report("LAW274", node.span, level=str(right.value))
        options = tuple(e.Constant(name, left.type, node.right.span) for name in allowed)
        return e.OneOf(left, options, YES_NO, node.span)

    def _comparison(self, node: s.CompareNode) -> e.Expression | None:
        left = self.infer(node.left)
        if left is None:
            self.infer(node.right)
            return None
        of_count = left.type.kind is Kind.COUNT
        days = day_literal(node.right) if of_count else None
        wanted = RATE if of_count and is_share(node.right) else left.type
        right = days or self.expect(node.right, wanted)
        if right is None:
            return None
        graded = isinstance(left, e.Rated) and left.type.kind is Kind.CHOICE
        if graded and node.comparison not in _EQUALITIES and not node.temporal:
            return self._ranked(node, left, right)
        if node.comparison not in _EQUALITIES and left.type.kind not in ORDERED:
            self.report("LAW210", node.span, left=describe(left.type))
            return None
        if node.temporal and left.type.kind is not Kind.DATE:
            self.report(
                "LAW204", node.left.span, expected=describe(DATE), found=describe(left.type)
            )
            return None
        return e.Compared(node.comparison, left, right, YES_NO, node.span)

    def _one_of(self, node: s.OneOfNode) -> e.Expression | None:
        operand = self.infer(node.operand)
        if operand is None:
            return None
        options = [self.expect(option, operand.type) for option in node.options]
        whole = tuple(option for option in options if option is not None)
        return e.OneOf(operand, whole, YES_NO, node.span) if None not in options else None

    def _arithmetic(self, node: s.ArithmeticNode, *, rounded: bool = False) -> e.Expression | None:
        left, right = self.infer(node.left), self.infer(node.right)
        if left is None or right is None:
            return None
        kind = result_of(node.operation, left.type, right.type)
        if kind is None:
            one, two = describe(left.type), describe(right.type)
            self.report("LAW221", node.span, left=one, right=two)
            return None
        if right.type.kind is Kind.PERIOD and not self._period(right, node.span, rounded=rounded):
            return None
        return e.Computed(node.operation, left, right, kind, node.span)

    def _period(self, period: e.Expression, span: Span, *, rounded: bool) -> bool:
        units = self._units(period)
        if Unit.WORKING_DAY in units:
            self.report("LAW218", span)
            return False
        if not rounded and units & {Unit.MONTH, Unit.YEAR}:
            self.report("LAW209", span)
            return False
        return True

    def _units(self, period: e.Expression) -> set[Unit]:
        if isinstance(period, e.Constant):
            return {period.value.unit}  # type: ignore[union-attr]  # a PERIOD constant
        return {Unit.MONTH}  # a figure or definition may hold months: rounding must be written

    def _rounded(self, node: s.RoundedNode) -> e.Expression | None:
        inner = node.operand
        if isinstance(inner, s.ArithmeticNode):
            operand = self._arithmetic(inner, rounded=True)
        else:
            operand = self.infer(inner)
        if operand is None:
            return None
        if operand.type.kind is Kind.DATE:
            if not isinstance(operand, e.Computed) or node.rounding is Rounding.HALF_EVEN:
                self.report("LAW222", node.span)
                return None
            return e.Rounded(operand, node.rounding, DATE, node.span)
        if operand.type.kind is Kind.MONEY:
            return e.Rounded(operand, node.rounding, MONEY, node.span)
        if operand.type.kind in (Kind.RATE, Kind.COUNT):
            return e.Rounded(operand, node.rounding, COUNT, node.span)
        self.report("LAW210", node.span, left=describe(operand.type))
        return None

    def _chosen(self, node: s.ChosenNode, wanted: Type | None) -> e.Expression | None:
        first = self.infer(node.left, wanted)
        second = self.expect(node.right, first.type) if first else None
        if first is None or second is None:
            return None
        kind = weaker(first.type, second.type)
        if kind.kind not in ORDERED:
            self.report("LAW210", node.span, left=describe(first.type))
            return None
        return e.Chosen(node.extreme, (first, second), kind, node.span)

    def _aggregate(self, node: s.AggregateNode) -> e.Expression | None:
        target, fact_word = node.target, ""
        defined = None
        if node.aggregation is e.Aggregation.SUM:
            defined = self.entity_of(self.symbols.values.get(target.text))
            entity_word, _, fact_word = target.text.rpartition(".")
            target = s.Name(defined.name if defined else entity_word, target.span)
        entity = self.collection(target, node.target.text)
        if entity is None:
            return None
        outer = self.view
        self.view = (entity.name, *outer)
        where = None if node.where is None else self.condition(node.where)
        keys = tuple(found for key in node.keys if (found := self._key(key, entity.name)))
        body: e.Expression | None = None
        if defined is not None:
            body = self.infer(node.target)
        elif fact_word:
            body = self.infer(s.Name(f"{entity.name}.{fact_word}", node.target.span))
        elif node.body is not None:
            body = self.condition(node.body)
        self.view = outer
        counted = node.aggregation in e.NUMBERED
        if (node.where is not None and where is None) or (not counted and body is None):
            return None
        if len(keys) < len(node.keys):
            return None
        kind = YES_NO
        if counted:
            kind = COUNT
        elif node.aggregation is e.Aggregation.SUM and body is not None:
            kind = body.type
            if kind.kind not in NUMERIC:
                self.report("LAW210", node.span, left=describe(kind))
                return None
        return e.Aggregated(node.aggregation, entity.name, body, where, kind, keys, node.span)

    def _key(self, name: s.Name, entity: str) -> e.Expression | None:
        """Return the fact that the elements of a group share, or None (reported)."""
        found = self.infer(name)
        if found is not None and not (isinstance(found, e.FactOf) and found.entity == entity):
            self.report("LAW280", name.span, name=name.text, entity=entity)
            return None
        return found

    def _tally(self, node: s.TallyNode) -> e.Expression | None:
        least = self.expect(node.least, COUNT)
        parts = [self.condition(option) for option in node.options]
        whole = tuple(part for part in parts if part is not None)
        if least is None or None in parts:
            return None
        if isinstance(least, e.Constant) and not 1 <= least.value <= len(whole):  # type: ignore[operator]  # a count is a whole number
            self.report("LAW281", node.least.span, least=least.value, options=len(whole))
            return None
        tallied = e.Tallied(whole, COUNT, node.span)
        return e.Compared(e.Comparison.AT_LEAST, tallied, least, YES_NO, node.span)

    def collection(self, name: s.Name, written: str = "") -> Symbol | None:
        """Return the collection of that name, whose elements something in view has (reported)."""
        entity = self.symbols.entity(name.text)
        if entity is None or entity.name in self.view:
            known = [name for name in self.symbols.entities if name not in CHAIN]
            near = nearest(name.text, known)
            self.report("LAW213", name.span, suggestion=near, name=written or name.text)
            return None
        above = self.symbols.view_of(entity.name)[1:2]
        if above and above[0] not in self.view and (self.of_rule or not self.of_status):
            self.report("LAW207", name.span, entity=above[0])
            return None
        return entity
