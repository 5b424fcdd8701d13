"""Translation: the names of a file in the other language, with every meaning kept.

Keywords, types and units follow from the keyword language alone (`formatting.format_file`). Here
the names that a file refers to take their other form, where one is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar

from lawengine.base.label import Language
from lawengine.language import syntax as s
from lawengine.language.keywords import reserved
from lawengine.language.resolve import CHAIN, Symbol, SymbolKind, Symbols

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_INSTRUMENT = re.compile(r"[^\W\d]\w*(?:-\d+)+\Z")
_OWN = frozenset(
    ("name", "alias", "type", "format", "role", "listed_as", "dated_by", "form", "span")
)
"""Fields that declare a name or hold a word that is no reference: they stay."""
_RULES = frozenset(("rule", "exception_to", "prevails_over", "triggers", "norm"))
_STATUSES = frozenset(("status",))
_RATINGS = frozenset(("score", "rating"))
_LEVELS = frozenset(("level", "vetoed"))
_ENTITIES = frozenset(("parent", "per", "entity"))
_CHOICES = frozenset(("authority", "target", "region"))

Node = TypeVar("Node")
Part: TypeAlias = Any
"""A node, a tuple of nodes, or a plain value inside a node."""


def translate(
    tree: s.FileNode,
    symbols: Symbols,
    to: Language,
    instruments: Mapping[str, str] | None = None,
) -> s.FileNode:
    """Return `tree` with the names it refers to in the words of `to`.

    Declared names stay, since they identify things in case files and decisions; so does a name
    without another form, one whose other form would be a keyword of `to`, and one whose other form
    would not lead to the same thing from where it stands.

    Args:
        tree: a file that resolves without errors.
        symbols: what all files together declare.
        to: the language to translate into.
        instruments: the identifier of an instrument by each word for it.
    """
    translator = _Translator(symbols, to, instruments or {})
    found = tuple(translator.declaration(node) for node in tree.declarations)
    return replace(tree, declarations=found)


def unwritable(tree: s.FileNode, language: Language) -> tuple[s.Name, ...]:
    """Return the names of `tree` that are keywords of `language`, so that its text has no room."""
    words = reserved(language)
    return tuple(name for name in _names(tree.declarations) if name.text in words)


def _names(node: object) -> Iterator[s.Name]:
    if isinstance(node, s.Name):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _names(item)
    elif is_dataclass(node):
        for part in fields(node):
            yield from _names(getattr(node, part.name))


@dataclass(slots=True)
class _Translator:
    symbols: Symbols
    to: Language
    instruments: Mapping[str, str]
    view: tuple[str, ...] = CHAIN
    grade: str = ""
    _words: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for word, identifier in self.instruments.items():
            self._words.setdefault(identifier, [identifier]).append(word)

    # --- nodes ---

    def declaration(self, node: s.Declaration) -> s.Declaration:
        """Return the declaration with its references translated."""
        if isinstance(node, s.EntityNode):
            above = (one for one in self.symbols.view_of(node.name.text) if one not in CHAIN)
            view = dict.fromkeys((node.name.text, *above, *CHAIN))
            return self._within(tuple(view), node)
        if isinstance(node, s.StatusNode | s.ScoreNode | s.GradeNode):
            self.grade = node.name.text
            return self._within(self.symbols.view_of(node.entity.text), node)
        if isinstance(node, s.DefinitionNode | s.TableNode) and node.entity is not None:
            return self._within(self.symbols.view_of(node.entity.text), node)
        return self._rebuild(node)

    def _within(self, view: tuple[str, ...], node: Node) -> Node:
        outer, self.view = self.view, view
        found = self._rebuild(node)
        self.view = outer
        return found

    def _rebuild(self, node: Node) -> Node:
        """Return `node` with each part translated for the field in which it stands."""
        changed = {
            part.name: self._part(part.name, getattr(node, part.name), node)
            for part in fields(node)  # type: ignore[arg-type]  # every node is a dataclass
            if part.name not in _OWN
        }
        return replace(node, **changed)  # type: ignore[type-var]  # every node is a dataclass

    def _part(self, place: str, value: Part, node: Part) -> Part:
        if isinstance(value, tuple):
            return tuple(self._part(place, item, node) for item in value)
        if isinstance(value, s.Name):
            return self._reference(place, value, node)
        match value:
            case s.AggregateNode(target=target):
                entity = self.symbols.entity(target.text) or self.symbols.entity(
                    target.text.rpartition(".")[0]
                )
                return self._within((entity.name, *self.view) if entity else self.view, value)
            case s.OutsideNode(target=target):
                entity = self.symbols.entity(target.text)
                return self._within((entity.name, *self.view) if entity else self.view, value)
            case s.ElementsNode(entity=name):
                entity = self.symbols.entity(name.text)
                return self._within((entity.name, *self.view) if entity else self.view, value)
            case s.AmendNode(norm=norm) if place != "norm":
                return self._within(self._view_of(norm), value)
            case s.CitationNode():
                return replace(value, instrument=self._instrument(value.instrument))
            case s.RowNode() if isinstance(node, s.TableNode):
                return self._row(value, node)
        return self._rebuild(value) if is_dataclass(value) and place != "span" else value

    def _view_of(self, norm: s.Name) -> tuple[str, ...]:
        """Return what is in view in an amendment of that norm: that of its status, or the chain."""
        symbol = self.symbols.status(norm.text)
        if symbol is None or not isinstance(symbol.node, s.StatusNode):
            return CHAIN
        return self.symbols.view_of(symbol.node.entity.text)

    def _row(self, row: s.RowNode, table: s.TableNode) -> s.RowNode:
        cells = tuple(
            replace(
                self._rebuild(cell),
                options=tuple(self._option(option, column) for option in cell.options),
            )
            for cell, column in zip(row.cells, table.inputs, strict=True)
        )
        return replace(row, cells=cells, result=self._part("result", row.result, row))

    def _option(self, node: s.ExpressionNode, compared: s.ExpressionNode) -> Part:
        if isinstance(node, s.Name):
            return self._choice(node, compared) or self._value(node)
        return self._part("options", node, compared)

    # --- names ---

    def _reference(self, place: str, name: s.Name, node: Part) -> s.Name:
        if place in _RULES:
            rules, statuses = self.symbols.rules, self.symbols.statuses
            ratings = self.symbols.ratings
            found = (table for table in (rules, statuses, ratings) if name.text in table)
            return self._renamed(name, next(found, statuses))
        levels = self.symbols.choices.get(self.grade, {})
        for places, table in (
            (_STATUSES, self.symbols.statuses), (_ENTITIES, self.symbols.entities),
            (_RATINGS, self.symbols.ratings), (_LEVELS, levels),
        ):  # fmt: skip
            if place in places:
                return self._renamed(name, table)
        match node:
            case s.AggregateNode() | s.OutsideNode() if (
                place == "target" and name.text in self.symbols.entities
            ):
                return self._renamed(name, self.symbols.entities)
            case (
                s.VersionNode()
                | s.MeasureNode()
                | s.StatusVersionNode()
                | s.JointMeasureNode()
                | s.AmendNode()
                | s.StandardVersionNode()
            ) if place in _CHOICES:
                return self._listed(name)
            case s.StrikeNode() if place == "measure":
                return name
            case s.CompareNode(left=left, right=right):
                other = right if place == "left" else left
                return self._choice(name, other) or self._value(name)
            case s.ExpectRatingNode(rating=rating):
                return self._choice(name, rating) or self._value(name)
            case s.OneOfNode(operand=operand) if place == "options":
                return self._choice(name, operand) or self._value(name)
            case s.AssignmentNode(target=target) if place != "target":
                return self._choice(name, target) or self._value(name)
        return self._value(name)

    def _choice(self, name: s.Name, compared: s.ExpressionNode) -> s.Name | None:
        """Return the choice of the fact that it is compared with, or None if it is none."""
        if not isinstance(compared, s.Name):
            return None
        found = self.symbols.find(compared.text, self.view)
        options = self.symbols.choices.get(found[0].path, {}) if len(found) == 1 else {}
        return self._renamed(name, options) if name.text in options else None

    def _renamed(self, name: s.Name, table: Mapping[str, Symbol]) -> s.Name:
        symbol = table.get(name.text)
        if symbol is None:
            return name
        word = self._pick((symbol.name, symbol.alias), name.text)
        return replace(name, text=word) if table.get(word) == symbol else name

    def _listed(self, name: s.Name) -> s.Name:
        """Return an authority, licence or post: a choice of whichever list has it."""
        symbol = self.symbols.any_choice(name.text)
        word = self._pick((symbol.name, symbol.alias), name.text) if symbol else name.text
        return replace(name, text=word) if self.symbols.any_choice(word) == symbol else name

    def _value(self, name: s.Name) -> s.Name:
        """Return a fact, definition, figure or table; a fact keeps its entity where it has one."""
        found = self.symbols.find(name.text, self.view)
        if len(found) != 1:
            return name
        symbol = found[0]
        head, dot, tail = name.text.rpartition(".")
        word = self._pick((symbol.name, symbol.alias), tail)
        if dot and symbol.kind is SymbolKind.FACT:
            entity = self.symbols.entities[symbol.owner]
            word = f"{self._pick((entity.name, entity.alias), head)}.{word}"
        return replace(name, text=word) if self.symbols.find(word, self.view) == found else name

    def _instrument(self, name: s.Name) -> s.Name:
        identifier = self.instruments.get(name.text, name.text)
        words = [w for w in self._words.get(identifier, ()) if _INSTRUMENT.match(w)]
        return replace(name, text=self._pick(words, name.text))

    def _pick(self, words: Iterable[str], written: str) -> str:
        """Return the first word that is of the language and no keyword of it, else what stands."""
        chinese = self.to == "zh"
        for word in filter(None, words):
            if bool(_HAN.search(word)) is chinese and word not in reserved(self.to):
                return word
        return written
