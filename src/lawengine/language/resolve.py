"""Resolving: every name an author may write, in either language, and what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lawengine.base.diagnostic import Diagnostic, Note, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.keywords import reserved
from lawengine.model.statuses import StatusKind
from lawengine.model.vocabulary import ACT, PARTY, ROOT

_NAME = re.compile(r"[^\W\d]\w*\Z")
CHAIN = (ROOT, PARTY, ACT)
"""The entities that are in view wherever a rule speaks."""


class SymbolKind(StrEnum):
    """What a name can stand for."""

    ENTITY = "entity"
    FACT = "fact"
    CHOICE = "choice"
    RULE = "rule"
    STATUS = "status"
    RATING = "rating"
    STANDARD = "standard"
    DEFINITION = "definition"
    PARAMETER = "parameter"
    TABLE = "table"


KIND_WORDS = {
    SymbolKind.ENTITY: Label("entity", "实体"),
    SymbolKind.FACT: Label("fact", "事实"),
    SymbolKind.CHOICE: Label("choice", "选项"),
    SymbolKind.RULE: Label("rule", "规则"),
    SymbolKind.STATUS: Label("list, benefit or duty", "名单、激励或义务"),
    SymbolKind.RATING: Label("score or grade", "得分或等级"),
    SymbolKind.STANDARD: Label("standard", "裁量基准"),
    SymbolKind.DEFINITION: Label("definition", "定义"),
    SymbolKind.PARAMETER: Label("parameter", "参数"),
    SymbolKind.TABLE: Label("table", "表"),
}

Declared = (
    s.EntityNode
    | s.FactNode
    | s.MemberNode
    | s.RuleNode
    | s.StatusNode
    | s.ScoreNode
    | s.GradeNode
    | s.StandardNode
    | s.DefinitionNode
    | s.ParameterNode
    | s.TableNode
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A declared thing; `owner` is the entity of a fact, or the fact path of a choice."""

    kind: SymbolKind
    name: str
    alias: str
    owner: str
    node: Declared = field(compare=False)

    @property
    def path(self) -> str:
        """Return the full identifier: `act.kind` for a fact, the name for everything else."""
        return f"{self.owner}.{self.name}" if self.kind is SymbolKind.FACT else self.name

    @property
    def span(self) -> Span:
        """Return where its name is declared."""
        return self.node.name.span


def alias_of(node: Declared) -> str:
    """Return the other name of a declared thing: the one after `also`, else a label that is a name.

    Edges: a Chinese label with spaces or punctuation, or one that is a keyword, is no name.
    """
    if node.alias is not None:
        return node.alias.text
    if isinstance(node, s.RuleNode | s.StatusNode | s.ScoreNode | s.GradeNode | s.StandardNode):
        return ""
    label = node.label.zh
    usable = bool(_NAME.match(label)) and label not in reserved("zh")
    return label if usable and label != node.name.text else ""


@dataclass(slots=True)
class Symbols:
    """All declared names of a set of files."""

    entities: dict[str, Symbol] = field(default_factory=dict)
    facts: dict[str, dict[str, Symbol]] = field(default_factory=dict)
    choices: dict[str, dict[str, Symbol]] = field(default_factory=dict)
    rules: dict[str, Symbol] = field(default_factory=dict)
    statuses: dict[str, Symbol] = field(default_factory=dict)
    ratings: dict[str, Symbol] = field(default_factory=dict)
    standards: dict[str, Symbol] = field(default_factory=dict)
    values: dict[str, Symbol] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    # --- lookup ---

    def entity(self, word: str) -> Symbol | None:
        """Return the entity of that name in either language, or None."""
        return self.entities.get(word)

    def fact_in(self, entity: str, word: str) -> Symbol | None:
        """Return the fact of `entity` (an identifier) of that name in either language, or None."""
        return self.facts.get(entity, {}).get(word)

    def choice(self, fact_path: str, word: str) -> Symbol | None:
        """Return the choice of a list in either language, or None."""
        return self.choices.get(fact_path, {}).get(word)

    def any_choice(self, word: str) -> Symbol | None:
        """Return the choice of any list by that name: authorities, licences and posts are such."""
        return next((table[word] for table in self.choices.values() if word in table), None)

    def rule(self, word: str) -> Symbol | None:
        """Return the rule of that name in either language, or None."""
        return self.rules.get(word)

    def status(self, word: str) -> Symbol | None:
        """Return the list, benefit or duty of that name in either language, or None."""
        return self.statuses.get(word)

    def rating(self, word: str) -> Symbol | None:
        """Return the score or grade of that name in either language, or None."""
        return self.ratings.get(word)

    def view_of(self, entity: str) -> tuple[str, ...]:
        """Return `entity` and everything above it, innermost first: what its norms can speak of.

        Edges: a circle of parents, which is reported elsewhere, ends where it closes.
        """
        view: list[str] = []
        symbol = self.entity(entity)
        while symbol is not None and symbol.name not in view:
            view.append(symbol.name)
            parent = symbol.node.parent if isinstance(symbol.node, s.EntityNode) else None
            symbol = self.entity(parent.text) if parent is not None else None
        return tuple(view)

    def find(self, text: str, view: Iterable[str] = CHAIN) -> tuple[Symbol, ...]:
        """Return what `text` can stand for in an expression: a fact, definition, figure or table.

        A bare name means a fact of any entity in `view`; the innermost entity in view wins only
        inside a collection (it stands first in `view` then). Several results mean the name is
        ambiguous, none that it is unknown.
        """
        if text in self.values:
            return (self.values[text],)
        if text in self.ratings:
            return (self.ratings[text],)
        head, _, tail = text.rpartition(".")
        if head:
            entity = self.entity(head)
            fact = self.fact_in(entity.name, tail) if entity else None
            return (fact,) if fact else ()
        found = [fact for entity in view if (fact := self.fact_in(entity, text))]
        return tuple(dict.fromkeys(found))

    def words(self, view: Iterable[str] = CHAIN) -> Iterator[str]:
        """Yield every word that `find` could know, for suggestions."""
        yield from self.values
        yield from self.ratings
        for entity in view:
            for word in self.facts.get(entity, {}):
                yield word
                yield f"{entity}.{word}"

    def suggest(self, text: str, view: Iterable[str] = CHAIN) -> str:
        """Return the nearest word to a misspelt one, or the empty string."""
        return nearest(text, self.words(view))

    # --- declaration ---

    def _declare(
        self, table: dict[str, Symbol], symbol: Symbol, *beside: Mapping[str, Symbol]
    ) -> None:
        """Declare a symbol in `table`; what `beside` holds has its names to itself as well."""
        for word in filter(None, (symbol.name, symbol.alias)):
            other = next((held[word] for held in (table, *beside) if word in held), None)
            if other is not None and other.node is not symbol.node:
                note = Note(other.span, Label("first declared here", "首次声明于此"))
                words = {"name": word, "kind": KIND_WORDS[symbol.kind]}
                self.diagnostics.append(Diagnostic("LAW203", symbol.span, words, notes=(note,)))
            else:
                table[word] = symbol

    def add(self, node: s.Declaration) -> None:
        """Declare one node; a name that is taken already becomes a diagnostic."""
        match node:
            case s.EntityNode():
                self._declare(self.entities, self._symbol(SymbolKind.ENTITY, node))
                facts = self.facts.setdefault(node.name.text, {})
                for fact in node.facts:
                    self._declare(facts, self._symbol(SymbolKind.FACT, fact, node.name.text))
                    self._add_choices(f"{node.name.text}.{fact.name.text}", fact)
            case s.RuleNode():
                # A scenario expects states of rules and of statuses by the bare name.
                symbol = self._symbol(SymbolKind.RULE, node)
                self._declare(self.rules, symbol, self.statuses, self.ratings)
            case s.StatusNode():
                symbol = self._symbol(SymbolKind.STATUS, node)
                self._declare(self.statuses, symbol, self.rules, self.ratings)
            case s.ScoreNode() | s.GradeNode():
                symbol = self._symbol(SymbolKind.RATING, node)
                self._declare(self.ratings, symbol, self.rules, self.statuses, self.values)
                self._add_levels(node)
            case s.StandardNode():
                self._declare(self.standards, self._symbol(SymbolKind.STANDARD, node))
            case s.DefinitionNode():
                symbol = self._symbol(SymbolKind.DEFINITION, node)
                self._declare(self.values, symbol, self.ratings)
            case s.ParameterNode():
                symbol = self._symbol(SymbolKind.PARAMETER, node)
                self._declare(self.values, symbol, self.ratings)
            case s.TableNode():
                self._declare(self.values, self._symbol(SymbolKind.TABLE, node), self.ratings)
            case s.ScenarioNode() | s.ReformNode():
                pass

    def _add_choices(self, path: str, fact: s.FactNode) -> None:
        table = self.choices.setdefault(path, {})
        for member in fact.members:
            self._declare(table, self._symbol(SymbolKind.CHOICE, member, path))

    def _add_levels(self, node: s.ScoreNode | s.GradeNode) -> None:
        """Declare the levels of a grade as choices of its name; a score has none."""
        if isinstance(node, s.GradeNode):
            table = self.choices.setdefault(node.name.text, {})
            for level in node.levels:
                self._declare(table, self._symbol(SymbolKind.CHOICE, level, node.name.text))

    @staticmethod
    def _symbol(kind: SymbolKind, node: Declared, owner: str = "") -> Symbol:
        return Symbol(kind, node.name.text, alias_of(node), owner, node)


def resolve(trees: Iterable[s.FileNode]) -> Symbols:
    """Return all symbols that the files declare together, with clashes as its diagnostics."""
    symbols = Symbols()
    for tree in trees:
        for node in tree.declarations:
            symbols.add(node)
    return symbols


def ambiguous(name: s.Name, found: Iterable[Symbol]) -> Diagnostic:
    """Return the diagnostic for a name that several facts share."""
    candidates = ", ".join(f"`{symbol.path}`" for symbol in found)
    words: Mapping[str, object] = {"name": name.text, "candidates": candidates}
    return Diagnostic("LAW202", name.span, words)


def kind_of(status: Symbol) -> StatusKind:
    """Return whether a status is a list, a benefit or a duty."""
    assert isinstance(status.node, s.StatusNode)  # noqa: S101 - a table of their own
    return status.node.kind
