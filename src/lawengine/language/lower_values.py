"""Lowering of definitions, figures and tables."""

from __future__ import annotations

from lawengine.base.diagnostic import nearest
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.lower_base import TYPE_KINDS, LoweringBase
from lawengine.language.resolve import CHAIN, Symbol, SymbolKind
from lawengine.model import expressions as e
from lawengine.model import rules as r
from lawengine.model.types import Type
from lawengine.model.vocabulary import ROOT

MAX_SIZE = 20_000
"""A definition with more parts, its own definitions written out, would take for ever to read."""


class ValueLowering(LoweringBase):
    """Named values, each lowered on first use."""

    # --- named values ---

    def value_type(self, symbol: Symbol, span: Span) -> Type | None:
        """Return the type of a definition, figure or table, lowering it on first use."""
        for store in (self.parameters, self.definitions, self.tables):
            if symbol.name in store:
                found = store[symbol.name]
                return found.body.type if isinstance(found, r.Definition) else found.type
        if symbol.name in self.failed:
            return None
        if symbol.name in self.opened or len(self.opened) > 30:  # noqa: PLR2004 - deep enough
            self.report("LAW211", span, names=" -> ".join([*self.opened, symbol.name]))
            return None
        self.opened[symbol.name] = span
        node, entity = symbol.node, self.inference.entity_of(symbol)
        view = self.symbols.view_of(entity.name) if entity is not None else CHAIN
        outer, self.inference.view = self.inference.view, view
        # What is defined of an entity may ask for its statuses; then only statuses may ask for it.
        of_status, self.inference.of_status = self.inference.of_status, entity is not None
        of_value, self.inference.of_value = self.inference.of_value, True
        of_rule, self.inference.of_rule = self.inference.of_rule, False
        if isinstance(node, s.ParameterNode):
            self._parameter(symbol, node)
        elif isinstance(node, s.DefinitionNode):
            self._definition(symbol, node)
        elif isinstance(node, s.TableNode):
            self._table(symbol, node)
        self.inference.view, self.inference.of_status = outer, of_status
        self.inference.of_rule = of_rule
        self.inference.of_value = of_value
        del self.opened[symbol.name]
        if not any(symbol.name in st for st in (self.parameters, self.definitions, self.tables)):
            self.failed.add(symbol.name)
            return None
        return self.value_type(symbol, span)

    def _plain_type(self, name: s.Name) -> Type | None:
        if name.text in TYPE_KINDS:
            return Type(TYPE_KINDS[name.text])
        found = self.symbols.find(name.text)
        if len(found) == 1 and found[0].kind is SymbolKind.FACT:
            return self.types.get(found[0].path)
        self.unknown_type(name)
        return None

    def _parameter(self, symbol: Symbol, node: s.ParameterNode) -> None:
        kind = self._plain_type(node.type)
        if kind is None:
            return
        values = []
        for item in node.values:
            value = self.inference.expect(item.value, kind)
            if not isinstance(value, e.Constant):
                if value is not None:
                    self.report("LAW226", item.value.span)
                continue
            law = self.cite(item.law) if item.law else None
            interval = self.interval(item.start, item.end, item.span)
            values.append(r.DatedValue(interval, value.value, law, item.unverified, span=item.span))
        values.sort(key=lambda v: v.interval.start)
        self.overlaps([(v.interval, v.span) for v in values])
        self.parameters[symbol.name] = r.Parameter(
            symbol.name, symbol.alias, node.label, kind, tuple(values), node.span
        )

    def _definition(self, symbol: Symbol, node: s.DefinitionNode) -> None:
        if not self._has_entity(node):
            return
        body = self.inference.infer(node.otherwise)
        if body is None:
            return
        if node.branches:
            branches = []
            for condition, value in node.branches:
                typed = self.inference.condition(condition), self.inference.expect(value, body.type)
                if typed[0] is not None and typed[1] is not None:
                    branches.append((typed[0], typed[1]))
            if len(branches) != len(node.branches):
                return
            whole = all(part.type.whole for part in (body, *(v for _, v in branches)))
            kind = Type(body.type.kind, body.type.choices, whole)
            body = e.Cases(tuple(branches), body, kind, node.span)
        self.sizes[symbol.name] = self._size(body)
        if self.sizes[symbol.name] > MAX_SIZE:
            self.report("LAW320", node.span, limit=MAX_SIZE)
            return
        self.definitions[symbol.name] = r.Definition(
            symbol.name, symbol.alias, node.label, body,
            self.citations(node.law), node.unverified, self._entity(symbol), node.span,
        )  # fmt: skip
        if self._asks(body):
            self.inference.asking.add(symbol.name)

    def _entity(self, symbol: Symbol) -> str:
        found = self.inference.entity_of(symbol)
        return found.name if found is not None else ""

    def _has_entity(self, node: s.DefinitionNode | s.TableNode) -> bool:
        """Report an entity that is not there, or that no case leads to."""
        if node.entity is None:
            return True
        name = node.entity.text
        entity = self.symbols.entity(name)
        if entity is None:
            near = nearest(name, self.symbols.entities)
            self.report("LAW213", node.entity.span, suggestion=near, name=name)
        elif ROOT not in self.symbols.view_of(entity.name):
            self.report("LAW241", node.entity.span, name=name)
            entity = None
        return entity is not None

    def _asks(self, expression: e.Expression) -> bool:
        """Tell whether an expression asks for a status, itself or through definitions."""
        if isinstance(expression, e.StatusHolds | e.LastDay):
            return True
        if isinstance(expression, e.Defined) and expression.name in self.inference.asking:
            return True
        return any(self._asks(part) for part in e.children(expression))

    def _size(self, expression: e.Expression) -> int:
        """Return how many parts an expression has once its definitions are written out."""
        if isinstance(expression, e.Defined):
            return self.sizes.get(expression.name, 1)
        return 1 + sum(self._size(part) for part in e.children(expression))

    def _table(self, symbol: Symbol, node: s.TableNode) -> None:
        if not self._has_entity(node):
            return
        kind = self._plain_type(node.type)
        inputs = [self.inference.infer(item) for item in node.inputs]
        typed = tuple(item for item in inputs if item is not None)
        if kind is None or len(typed) != len(inputs):
            return
        rows = []
        for row in node.rows:
            cells = tuple(self._cell(c, i.type) for c, i in zip(row.cells, typed, strict=True))
            result = self.inference.expect(row.result, kind)
            if result is not None:
                rows.append(r.Row(cells, result, row.span))
        if len(rows) != len(node.rows):
            return
        self.tables[symbol.name] = r.Table(
            symbol.name, symbol.alias, node.label, kind, node.hit, typed, tuple(rows),
            self.citations(node.law), node.unverified, self._entity(symbol), node.span,
        )  # fmt: skip

    def _cell(self, node: s.CellNode, kind: Type) -> r.Cell:
        options = tuple(
            o for n in node.options if (o := self.inference.expect(n, kind)) is not None
        )
        low = self.inference.expect(node.low, kind) if node.low else None
        high = self.inference.expect(node.high, kind) if node.high else None
        return r.Cell(options, low, high)
