"""How expressions, literals and citations are written in either keyword language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.base.label import Label, Language
from lawengine.base.money import FEN_IN_YUAN, WAN, YI
from lawengine.base.source import Span, display_width
from lawengine.language import syntax as s
from lawengine.language.keywords import SETTING_WORDS, TYPE_WORDS, spelling
from lawengine.language.layout import SPACE, Break, Doc, Group, Place
from lawengine.language.token_meanings import HOLDS_TOKENS
from lawengine.model.expressions import Aggregation, Comparison, Extreme, Logic, Operation
from lawengine.model.statuses import StatusKind


class Level(IntEnum):
    """How tightly an expression binds; a looser one inside a tighter one needs brackets."""

    CONDITION = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    ATOM = 7


_COMPARISONS = {
    Comparison.EQUAL: "IS",
    Comparison.UNEQUAL: "IS_NOT",
    Comparison.AT_LEAST: "AT_LEAST",
    Comparison.AT_MOST: "AT_MOST",
    Comparison.MORE: "MORE_THAN",
    Comparison.LESS: "LESS_THAN",
}
_TEMPORAL = {Comparison.LESS: "BEFORE", Comparison.MORE: "AFTER"}
_ROUNDINGS = {
    Rounding.DOWN: "ROUNDED_DOWN",
    Rounding.UP: "ROUNDED_UP",
    Rounding.HALF_EVEN: "ROUNDED_HALF_EVEN",
}
_AGGREGATIONS = {
    Aggregation.COUNT: "COUNT_OF",
    Aggregation.SUM: "SUM_OF",
    Aggregation.ANY: "ANY",
    Aggregation.ALL: "EVERY",
    Aggregation.GROUPS: "GROUPS_OF",
    Aggregation.LARGEST: "LARGEST_OF",
}
_MOST_PLACES = 40
_ARTICLE_WORDS = ("art", "part")
"""Names that, with a number after them, would read as an article."""


def decimal_text(value: Fraction, *, grouped: bool) -> str:
    """Return `value` as an exact decimal: `200_000`, `0.05`, with `_` between thousands if grouped.

    Raises:
        ValueError: the value has no finite decimal, so no text can have said it.
    """
    places = next((n for n in range(_MOST_PLACES) if (value * 10**n).denominator == 1), None)
    if places is None:
        msg = f"{value} has no finite decimal"
        raise ValueError(msg)
    whole, rest = divmod(abs(int(value * 10**places)), 10**places)
    sign = "-" if value < 0 else ""
    return sign + (f"{whole:_}" if grouped else str(whole)) + (f".{rest:0{places}}" if rest else "")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Writes parts of a declaration in one keyword language."""

    language: Language

    # --- words ---

    @property
    def chinese(self) -> bool:
        """Tell whether the words are Chinese."""
        return self.language == "zh"

    def word(self, token: str) -> str:
        """Return the keyword as the formatter writes it."""
        return spelling(token, self.language)

    def name(self, name: s.Name) -> Doc:
        """Return a name as it stands in the tree."""
        return (at(name), name.text)

    def type_word(self, name: s.Name) -> Doc:
        """Return a type in the words of the language; an unknown one as it stands."""
        words = TYPE_WORDS.get(name.text)
        return (at(name), words[self.chinese] if words else name.text)

    def setting(self, name: s.Name) -> Doc:
        """Return a role, a dating or a format in the words of the language."""
        words = SETTING_WORDS.get(name.text)
        return (at(name), words[self.chinese] if words else name.text)

    def text(self, text: str) -> str:
        """Return a quoted text."""
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'

    def label(self, label: Label) -> str:
        """Return `"own" / "other"`, the other side only where there is one."""
        own, other = (label.zh, label.en) if self.chinese else (label.en, label.zh)
        return self.text(own) + (f" / {self.text(other)}" if other else "")

    def number(self, value: Fraction) -> str:
        """Return a number; English groups thousands."""
        return decimal_text(value, grouped=not self.chinese)

    def amount(self, fen: int) -> str:
        """Return an amount in yuan without its unit; odd fen keep two places."""
        yuan, rest = divmod(fen, FEN_IN_YUAN)
        return self.number(Fraction(yuan)) + (f".{rest:02}" if rest else "")

    def money(self, fen: int) -> str:
        """Return `200_000 yuan` or `20万元`.

        Edges: Chinese counts in 亿 and 万 where at most four further places remain.
        """
        if not self.chinese:
            return f"{self.amount(fen)} yuan"
        for size, unit in ((YI, "亿元"), (WAN, "万元")):
            scaled = Fraction(fen, FEN_IN_YUAN * size)
            if scaled >= 1 and (scaled * WAN).denominator == 1:
                return self.number(scaled) + unit
        return f"{self.amount(fen)}元"

    def percent(self, value: Fraction) -> str:
        """Return `5 %` or `5%`."""
        return self.number(value * 100) + ("%" if self.chinese else " %")

    # --- lists and brackets ---

    def comma(self) -> Doc:
        """Return the comma after which a list may go on below."""
        return ("，", Break("")) if self.chinese else (",", SPACE)

    def several(self, items: Iterable[Doc]) -> Doc:
        """Return a list that fills its lines."""
        parts: list[Doc] = []
        for item in items:
            pause = Group((Break("" if self.chinese else " "), item)) if parts else item
            parts += [("、" if self.chinese else ","), pause] if parts else [pause]
        return tuple(parts)

    def bracketed(self, inside: Doc) -> Doc:
        """Return `(...)`."""
        left, right = ("（", "）") if self.chinese else ("(", ")")
        return Group((left, inside, right), indent=display_width(left))

    # --- citations ---

    def citation(self, citation: s.CitationNode) -> Doc:
        """Return `AUCL-2019 art 20(1)`."""
        place = citation.article.text(self.language)
        return (at(citation), f"{citation.instrument.text} {place}")

    def citations(self, token: str, citations: Sequence[s.CitationNode]) -> Doc:
        """Return `law A art 1, B art 2`."""
        return (self.word(token), " ", self.several(self.citation(c) for c in citations))

    # --- expressions ---

    def expression(self, node: s.ExpressionNode, level: Level = Level.CONDITION) -> Doc:
        """Return the expression, in brackets if it binds less tightly than `level`."""
        doc = (at(node), self._bare(node))
        return self.bracketed(doc) if level_of(node) < level else doc

    def _bare(self, node: s.ExpressionNode) -> Doc:
        match node:
            case s.LogicNode():
                return self._logic(node)
            case s.NotNode():
                return self._not(node)
            case s.CompareNode():
                return self._comparison(node)
            case s.OneOfNode():
                options = self.several(self.expression(o, Level.SUM) for o in node.options)
                operand = self.expression(node.operand, Level.SUM)
                return Group((operand, f" {self.word('IS_ONE_OF')} ", options), indent=2)
            case s.StateNode() | s.HoldsNode():
                return self._state(node)
            case _:
                return self._formula(node)

    def _formula(self, node: s.ExpressionNode) -> Doc:
        match node:
            case s.AggregateNode():
                return self._aggregate(node)
            case s.TallyNode():
                return self._tally(node)
            case s.DaysNode():
                return self._days(node)
            case s.LastDayNode():
                return (f"{self.word('LAST_DAY_OF')} ", self.name(node.status))
            case s.ArithmeticNode():
                return self._arithmetic(node)
            case s.RoundedNode():
                operand = self.expression(node.operand, Level.SUM)
                return (operand, " ", self.word(_ROUNDINGS[node.rounding]))
            case s.ChosenNode():
                return self._chosen(node)
            case _:
                return self._literal(node)

    def _literal(self, node: s.ExpressionNode) -> str:
        match node:
            case s.Name(text) | s.TextLiteral(text):
                return text if isinstance(node, s.Name) else self.text(text)
            case s.Number(value):
                return self.number(value)
            case s.MoneyLiteral(fen):
                return self.money(fen)
            case s.Percent(value):
                return self.percent(value)
            case s.DateLiteral(day):
                return day.isoformat()
            case s.MonthLiteral(year, month):
                return f"{year:04}-{month:02}"
            case s.PeriodLiteral(period):
                return period.text(self.language)
            case s.Truism(value):
                return self.word("YES" if value else "NO")
            case _:  # pragma: no cover - every other node is written above
                msg = f"no way to write {type(node).__name__}"
                raise TypeError(msg)

    def _logic(self, node: s.LogicNode) -> Doc:
        is_or = node.logic is Logic.OR
        joint = self.word("OR" if is_or else "AND")
        inner = Level.AND if is_or else Level.NOT
        first, *others = node.operands
        parts: list[Doc] = [self._operand(first, inner)]
        for operand in others:
            parts += [SPACE, f"{joint} ", self._operand(operand, inner)]
        return Group(tuple(parts))

    def _not(self, node: s.NotNode) -> Doc:
        match node.operand:
            case s.HoldsNode(status=s.Name() as status, kind=kind) as asked if (
                self.chinese and kind is not StatusKind.DUTY
            ):
                lacks = self.verb(status, self.word(f"NOT_{HOLDS_TOKENS[kind]}"))
                return (lacks, self._since(asked))
        return (self.word("NOT"), " ", self.expression(node.operand, Level.NOT))

    def _operand(self, node: s.ExpressionNode, level: Level) -> Doc:
        doc = self.expression(node, level)
        bare = isinstance(node, s.LogicNode) and level_of(node) >= level
        return Group((doc,), indent=2) if bare else doc

    def _comparison(self, node: s.CompareNode) -> Doc:
        token = (_TEMPORAL if node.temporal else _COMPARISONS)[node.comparison]
        left = self.expression(node.left, Level.SUM)
        return (left, f" {self.word(token)} ", self.expression(node.right, Level.SUM))

    def _state(self, node: s.StateNode | s.HoldsNode) -> Doc:
        if isinstance(node, s.StateNode):
            return (node.rule.text, " ", self.word("ESTABLISHED"))
        if node.status is None:
            return (self.word("LISTED_ANYWHERE"), self._since(node))
        return (self.verb(node.status, self.word(HOLDS_TOKENS[node.kind])), self._since(node))

    def _since(self, node: s.HoldsNode) -> Doc:
        """Return ` since DAY`, nothing where it is asked of the day itself."""
        if node.since is None:
            return ""
        return (f" {self.word('SINCE')} ", self.expression(node.since, Level.SUM))

    def verb(self, name: s.Name, word: str) -> Doc:
        """Return `NAME listed`; Chinese puts the word before the name."""
        return (word, " ", self.name(name)) if self.chinese else (self.name(name), " ", word)

    def _aggregate(self, node: s.AggregateNode) -> Doc:
        parts: list[Doc] = [self.word(_AGGREGATIONS[node.aggregation]), " ", node.target.text]
        if node.keys:
            keys = self.several(self.name(key) for key in node.keys)
            parts += [f" {self.word('ALIKE')} ", keys]
        for token, condition in (("WHERE", node.where), ("SATISFIES", node.body)):
            if condition is not None:
                parts += [f" {self.word(token)}", SPACE, self.expression(condition, Level.OR)]
        return Group(tuple(parts), indent=2)

    def _tally(self, node: s.TallyNode) -> Doc:
        least = self.expression(node.least, Level.ATOM)
        options = self.bracketed(self.several(map(self._condition_of, node.options)))
        if self.chinese:
            return (self.word("MEETS"), " ", least, f" {self.word('ITEMS')} ", options)
        return (self.word("AT_LEAST"), " ", least, f" {self.word('OF')} ", options)

    def _condition_of(self, node: s.ExpressionNode) -> Doc:
        """Return one of several conditions; a list of its own stands in brackets."""
        condition = self.expression(node, Level.OR)
        return self.bracketed(condition) if _ends_in_list(node) else condition

    def _days(self, node: s.DaysNode) -> Doc:
        parts: list[Doc] = [f"{self.word('DAYS_FROM')} ", self._ends_of(node.first, node.last)]
        out = node.outside
        if out is not None:
            name, ends = self.name(out.target), self._ends_of(out.start, out.end)
            parts += [SPACE, f"{self.word('OUTSIDE')} ", name, f" {self.word('FROM')} ", ends]
            if out.where is not None:
                where = self.expression(out.where, Level.OR)
                parts += [f" {self.word('WHERE')}", SPACE, where]
        return Group(tuple(parts), indent=2)

    def _ends_of(self, first: s.ExpressionNode, last: s.ExpressionNode) -> Doc:
        start, end = (self.expression(part, Level.SUM) for part in (first, last))
        return (start, f" {self.word('TO')} ", end)

    def _arithmetic(self, node: s.ArithmeticNode) -> Doc:
        if node.operation is Operation.MULTIPLY:
            return self._product(node)
        sign = "+" if node.operation is Operation.ADD else "-"
        left = self.expression(node.left, Level.SUM)
        right = self.expression(node.right, Level.PRODUCT)
        return Group((left, f" {sign}", SPACE, right), indent=2)

    def _product(self, node: s.ArithmeticNode) -> Doc:
        right = self.expression(node.right, Level.ATOM)
        if self.scales(node):
            factor = self.factor(node.left)
            if self.chinese:
                return (right, " ", factor)
            return (factor, " of " if isinstance(node.left, s.Percent) else " times ", right)
        return (self.expression(node.left, Level.PRODUCT), f" {self.word('TIMES')} ", right)

    def _chosen(self, node: s.ChosenNode) -> Doc:
        token = "HIGHER_OF" if node.extreme is Extreme.HIGHER else "LOWER_OF"
        joint = "与" if self.chinese else "and"
        left = self.expression(node.left, Level.PRODUCT)
        right = self.expression(node.right, Level.PRODUCT)
        return (self.word(token), " ", left, f" {joint} ", right)

    def scales(self, node: s.ExpressionNode) -> bool:
        """Tell whether it is written as a multiple or a share: `3 times X`, `X 3倍`, `5 % of X`."""
        if not isinstance(node, s.ArithmeticNode) or node.operation is not Operation.MULTIPLY:
            return False
        as_article = isinstance(node.right, s.Name) and node.right.text in _ARTICLE_WORDS
        return isinstance(node.left, s.Number | s.Percent) and not as_article

    def factor(self, node: s.ExpressionNode) -> str:
        """Return `3`, `3倍` or `5 %`."""
        if isinstance(node, s.Number):
            return self.number(node.value) + ("倍" if self.chinese else "")
        return self._literal(node)

    # --- ranges ---

    def ends(self, low: s.ExpressionNode, high: s.ExpressionNode) -> tuple[Doc, Doc]:
        """Return both ends of a range, with what they share said once.

        `10_000`, `200_000 yuan` · `3`, `5 times X` · `X 3倍`, `5倍`.
        """
        if isinstance(low, s.MoneyLiteral) and isinstance(high, s.MoneyLiteral):
            start = self.money(low.fen) if self.chinese else self.amount(low.fen)
            return (at(low), start), self.expression(high)
        if self._share_base(low, high):
            if self.chinese:
                return self.expression(low), self.factor(high.left)  # type: ignore[union-attr]  # a product
            return (at(low), self.factor(low.left)), self.expression(high)  # type: ignore[union-attr]  # a product
        return self.expression(low, Level.SUM), self.expression(high, Level.SUM)

    def _share_base(self, low: s.ExpressionNode, high: s.ExpressionNode) -> bool:
        return (
            isinstance(low, s.ArithmeticNode)
            and isinstance(high, s.ArithmeticNode)
            and self.scales(low)
            and self.scales(high)
            and type(low.left) is type(high.left)
            and low.right == high.right
        )

    def span_of(self, low: s.ExpressionNode, high: s.ExpressionNode) -> Doc:
        """Return `low to high`."""
        start, end = self.ends(low, high)
        return (start, f" {self.word('TO')} ", end)


def at(node: object) -> Place:
    """Return the line where `node` stood in the text that was read."""
    span = getattr(node, "span", None)
    return Place(span.line if isinstance(span, Span) else 0)


def level_of(node: s.ExpressionNode) -> Level:
    """Return how tightly `node` binds."""
    match node:
        case s.AggregateNode() | s.DaysNode():
            return Level.CONDITION
        case s.LogicNode():
            return Level.OR if node.logic is Logic.OR else Level.AND
        case s.NotNode():
            return Level.NOT
        case s.CompareNode() | s.OneOfNode() | s.StateNode() | s.HoldsNode() | s.TallyNode():
            return Level.COMPARISON
        case s.ArithmeticNode():
            return Level.PRODUCT if node.operation is Operation.MULTIPLY else Level.SUM
        case s.RoundedNode() | s.ChosenNode():
            return Level.SUM
        case _:
            return Level.ATOM


def _ends_in_list(node: s.ExpressionNode) -> bool:
    """Tell whether a comma after the expression would go on with a list inside it."""
    match node:
        case s.OneOfNode():
            return True
        case s.LogicNode(operands=operands):
            return any(map(_ends_in_list, operands))
        case s.NotNode(operand=operand):
            return _ends_in_list(operand)
        case s.AggregateNode(keys=keys, where=where, body=body):
            return bool(keys) or any(_ends_in_list(part) for part in (where, body) if part)
        case s.CompareNode(left=left, right=right):
            return _ends_in_list(left) or _ends_in_list(right)
        case _:
            return False
