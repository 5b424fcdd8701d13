"""Lowering of entities and facts."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from lawengine.base.diagnostic import nearest
from lawengine.language import syntax as s
from lawengine.language.keywords import TEXT_FORMATS
from lawengine.language.lower_base import TYPE_KINDS, LoweringBase
from lawengine.language.resolve import CHAIN
from lawengine.model.types import Choices, Kind, Member, Type
from lawengine.model.vocabulary import (
    ROOT,
    Entity,
    Fact,
    Presumption,
    Role,
    Vocabulary,
)

_REQUIRED_ROLES = (Role.CONDUCT_DATE, Role.DECISION_DATE)


class VocabularyLowering(LoweringBase):
    """Entities, facts, choices, roles, presumptions."""

    # --- vocabulary ---

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary of all entities; what is wrong with it is reported."""
        entities: dict[str, Entity] = {}
        choices: dict[str, Choices] = {}
        nodes = [node for node in self.each(s.EntityNode) if isinstance(node, s.EntityNode)]
        for node in nodes:
            for fact in node.facts:
                self._fact_type(node.name.text, fact, choices)
        for node in nodes:
            parent = self._parent(node)
            facts = {
                f.name.text: self._fact(node.name.text, f)
                for f in node.facts
                if f"{node.name.text}.{f.name.text}" in self.types
            }
            name = node.name.text
            listed = node.listed_as.text if node.listed_as else ""
            if not listed and name != ROOT:
                self.report("LAW216", node.name.span, name=name, what="listed as")
            symbol = self.symbols.entities[name]
            entities[name] = Entity(
                name, symbol.alias, node.label, parent, listed, facts, node.span
            )
        vocabulary = Vocabulary(entities, choices)
        self._structure(vocabulary, nodes)
        return vocabulary

    def _parent(self, node: s.EntityNode) -> str:
        if node.parent is None:
            if node.name.text != ROOT:
                self.report("LAW216", node.name.span, name=node.name.text, what="of")
            return ""
        symbol = self.symbols.entity(node.parent.text)
        if symbol is None:
            near = nearest(node.parent.text, self.symbols.entities)
            self.report("LAW213", node.parent.span, suggestion=near, name=node.parent.text)
            return ROOT
        return symbol.name

    def _structure(self, vocabulary: Vocabulary, nodes: list[s.EntityNode]) -> None:
        if not nodes:
            return
        span = nodes[0].span
        for name in CHAIN:
            if name not in vocabulary.entities:
                self.report("LAW217", span, name=name)
        graph = {name: {entity.parent} for name, entity in vocabulary.entities.items()}
        try:
            tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            self.report("LAW211", span, names=" -> ".join(map(str, error.args[1])))
        for role in Role:
            holders = [fact for fact in vocabulary.facts() if fact.role is role]
            for extra in holders[1:]:
                self.report("LAW223", extra.span, role=role.value)
            if not holders and role in _REQUIRED_ROLES:
                self.report("LAW224", span, role=role.value)
        self._completeness(vocabulary)

    def _completeness(self, vocabulary: Vocabulary) -> None:
        """Report a completeness that is no day of the case, and steps without any."""
        said = vocabulary.with_role(Role.COMPLETE_UNTIL)
        if said is not None and (said.entity != ROOT or said.type.kind is not Kind.DATE):
            self.report("LAW771", said.span, name=said.path)
        recorded = next((fact for fact in vocabulary.facts() if fact.goes_on_file), None)
        if said is None and recorded is not None:
            self.report("LAW773", recorded.span, name=recorded.path)

    def _fact_type(self, entity: str, node: s.FactNode, choices: dict[str, Choices]) -> None:
        path = f"{entity}.{node.name.text}"
        if self.symbols.facts[entity].get(node.name.text) is None or path in self.types:
            return
        if node.type.text == "one_of":
            if not node.members:
                self.report("LAW235", node.span, name=node.name.text)
            members = tuple(
                Member(m_.name.text, self.symbols.choices[path][m_.name.text].alias, m_.label)
                for m_ in node.members
                if self.symbols.choices[path][m_.name.text].node is m_
            )
            choices[path] = Choices(path, members)
            self.types[path] = Type(Kind.CHOICE, path)
        elif node.type.text == Kind.POINTS.value:
            self.report("LAW279", node.type.span)
        elif node.type.text in TYPE_KINDS:
            self.types[path] = Type(TYPE_KINDS[node.type.text])
        else:
            self.unknown_type(node.type)

    def _fact(self, entity: str, node: s.FactNode) -> Fact:
        path = f"{entity}.{node.name.text}"
        kind = self.types[path]
        outer = self.inference.view
        above = (name for name in self.symbols.view_of(entity) if name not in CHAIN)
        self.inference.view = tuple(dict.fromkeys((entity, *above, *CHAIN)))
        low = tuple(b for n in node.low if (b := self.inference.expect(n, kind)) is not None)
        high = tuple(b for n in node.high if (b := self.inference.expect(n, kind)) is not None)
        self.inference.view = outer
        return Fact(
            entity=entity,
            name=node.name.text,
            alias=self.symbols.facts[entity][node.name.text].alias,
            label=node.label,
            type=kind,
            judgement=node.type.text in ("judgement", "ground"),
            ground=node.type.text == "ground",
            low=low,
            high=high,
            question=node.question,
            presumption=self._presumption(node.presumption, kind),
            role=self._role(node.role, entity),
            party_can_change=node.power is not None,
            goes_on_file=self._goes_on_file(node, kind),
            format=self.setting(node.format, TEXT_FORMATS),
            span=node.span,
        )

    def _presumption(self, node: s.PresumptionNode | None, kind: Type) -> Presumption | None:
        if node is None:
            return None
        if kind.kind is not Kind.YES_NO:
            self.report("LAW225", node.span)
            return None
        law = self.cite(node.law) if node.law else None
        return Presumption(node.value, node.because, law)

    def _goes_on_file(self, node: s.FactNode, kind: Type) -> bool:
        if node.recorded is None:
            return False
        if kind.kind is not Kind.DATE:
            self.report("LAW770", node.recorded.span, name=node.name.text)
        return kind.kind is Kind.DATE

    def _role(self, name: s.Name | None, entity: str) -> Role | None:
        if name is not None and entity not in CHAIN:
            self.report("LAW231", name.span, entity=entity)
            return None
        word = self.setting(name, tuple(Role))
        return Role(word) if word else None
