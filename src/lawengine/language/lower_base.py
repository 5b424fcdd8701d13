"""What the parts of lowering share."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic, Note, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.infer import Inference
from lawengine.language.keywords import SETTING_WORDS, TYPE_WORDS, word_meaning
from lawengine.language.resolve import Symbol, Symbols
from lawengine.model import rules as r
from lawengine.model.rulebook import Standing
from lawengine.model.types import Kind, Type

TYPE_KINDS = {
    "yes_no": Kind.YES_NO,
    "judgement": Kind.YES_NO,
    "ground": Kind.YES_NO,
    "money": Kind.MONEY,
    "count": Kind.COUNT,
    "rate": Kind.RATE,
    "points": Kind.POINTS,
    "date": Kind.DATE,
    "period": Kind.PERIOD,
    "text": Kind.TEXT,
}


@dataclass
class LoweringBase:
    """What the parts of lowering share: symbols, types found so far, diagnostics, citations."""

    symbols: Symbols
    instruments: dict[str, str]
    nodes: list[s.Declaration]
    standings: dict[str, Standing]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    types: dict[str, Type] = field(default_factory=dict)
    definitions: dict[str, r.Definition] = field(default_factory=dict)
    tables: dict[str, r.Table] = field(default_factory=dict)
    parameters: dict[str, r.Parameter] = field(default_factory=dict)
    opened: dict[str, Span] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    proposed: bool = False
    inference: Inference = field(init=False)

    def __post_init__(self) -> None:
        self.inference = Inference(self.symbols, self.types, self.value_type, self.diagnostics)

    def report(self, code: str, span: Span, suggestion: str = "", **words: object) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(Diagnostic(code, span, words, suggestion=suggestion))

    def each(self, kind: type) -> Iterable[s.Declaration]:
        """Yield the nodes of one class that own their name (a duplicate was reported)."""
        for node in self.nodes:
            if isinstance(node, kind) and self.owns(node):
                yield node

    def owns(self, node: s.Declaration) -> bool:
        """Tell whether a node owns its name: a duplicate does not."""
        if isinstance(node, s.ScenarioNode | s.ReformNode):
            return True
        name = node.name.text
        if isinstance(node, s.EntityNode):
            symbol = self.symbols.entities.get(name)
        elif isinstance(node, s.RuleNode):
            symbol = self.symbols.rules.get(name)
        elif isinstance(node, s.StatusNode):
            symbol = self.symbols.statuses.get(name)
        elif isinstance(node, s.ScoreNode | s.GradeNode):
            symbol = self.symbols.ratings.get(name)
        elif isinstance(node, s.StandardNode):
            symbol = self.symbols.standards.get(name)
        else:
            symbol = self.symbols.values.get(name)
        return symbol is not None and symbol.node is node

    def value_type(self, symbol: Symbol, span: Span) -> Type | None:
        """Return the type of a definition, figure or table, lowering it on first use."""
        raise NotImplementedError

    # --- citations, intervals ---

    def cite(self, node: s.CitationNode) -> Citation:
        """Return the citation with the identifier of its instrument."""
        word = node.instrument.text
        return Citation(self.instruments.get(word, word), node.article)

    def citations(self, nodes: Iterable[s.CitationNode]) -> tuple[Citation, ...]:
        """Return the citations with the identifiers of their instruments."""
        return tuple(self.cite(node) for node in nodes)

    def interval(self, start: datetime.date, end: datetime.date | None, span: Span) -> r.Interval:
        """Return the interval; one that ends before it starts is reported."""
        if end is not None and end < start:
            self.report("LAW303", span, start=start.isoformat(), end=end.isoformat())
            return r.Interval(start, start)
        return r.Interval(start, end)

    def overlaps(self, dated: list[tuple[r.Interval, Span]]) -> bool:
        """Report versions that share a day; tell whether there were any."""
        found = False
        for (one, span), (two, other) in pairwise(dated):
            if one.overlaps(two):
                note = Note(span, Label("the version before", "前一版本"))
                words = {"day": two.start.isoformat()}
                self.diagnostics.append(Diagnostic("LAW301", other, words, notes=(note,)))
                found = True
        return found

    def word(self, name: s.Name | None) -> str:
        """Return the identifier of an authority, licence or post: a choice of some list."""
        if name is None:
            return ""
        symbol = self.symbols.any_choice(name.text)
        if symbol is None:
            known = [word for table in self.symbols.choices.values() for word in table]
            self.report("LAW230", name.span, suggestion=nearest(name.text, known), name=name.text)
            return name.text
        return symbol.name

    def unknown_type(self, name: s.Name) -> None:
        """Report a type word that means nothing."""
        known = [word for words in TYPE_WORDS.values() for word in words]
        self.report("LAW214", name.span, suggestion=nearest(name.text, known), name=name.text)

    def setting(self, name: s.Name | None, allowed: tuple[str, ...]) -> str:
        """Return the identifier of a setting word, or the empty string (reported)."""
        if name is None:
            return ""
        word = word_meaning(SETTING_WORDS, name.text)
        if word not in allowed:
            near = nearest(name.text, allowed)
            self.report("LAW215", name.span, suggestion=near, name=name.text)
            return ""
        return word
