"""The names of a rulebook that was read before, so that a text can be read against it alone."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.resolve import Symbols
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Definition, Hit, Parameter, Rule, Table
from lawengine.model.statuses import Status
from lawengine.model.vocabulary import Entity, Fact


def symbols_of(rulebook: Rulebook) -> Symbols:
    """Return every name that the rulebook declares, in both languages, with its place."""
    symbols = Symbols()
    for node in _nodes(rulebook):
        symbols.add(node)
    return symbols


def _nodes(rulebook: Rulebook) -> Iterator[s.Declaration]:
    """Yield nodes that say no more than names: what they mean is in the rulebook already."""
    for entity in rulebook.vocabulary.entities.values():
        yield _entity(entity, rulebook)
    nothing = Label()
    for rule in rulebook.rules.values():
        yield s.RuleNode(*_named(rule), nothing, (), span=rule.span)
    for status in rulebook.statuses.values():
        of = s.Name(status.entity, status.span)
        yield s.StatusNode(status.kind, *_named(status), of, nothing, (), span=status.span)
    for parameter in rulebook.parameters.values():
        yield s.ParameterNode(*_named(parameter), nothing, _type(parameter), (), parameter.span)
    for one in rulebook.definitions.values():
        true = s.Truism(value=True, span=one.span)
        yield s.DefinitionNode(*_named(one), nothing, (), true, span=one.span)
    for table in rulebook.tables.values():
        name, alias = _named(table)
        yield s.TableNode(name, alias, nothing, _type(table), Hit.UNIQUE, (), (), span=table.span)


def _entity(entity: Entity, rulebook: Rulebook) -> s.EntityNode:
    parent = s.Name(entity.parent, entity.span) if entity.parent else None
    facts = tuple(_fact(fact, rulebook) for fact in entity.facts.values())
    return s.EntityNode(*_named(entity), Label(), parent, None, facts, entity.span)


def _fact(fact: Fact, rulebook: Rulebook) -> s.FactNode:
    choices = rulebook.vocabulary.choices.get(fact.path)
    members = tuple(
        s.MemberNode(
            s.Name(one.name, fact.span),
            s.Name(one.alias, fact.span) if one.alias else None,
            Label(),
            fact.span,
        )
        for one in (choices.members if choices is not None else ())
    )
    kind = s.Name(fact.type.kind.value, fact.span)
    return s.FactNode(*_named(fact), Label(), kind, members, span=fact.span)


def _named(
    one: Entity | Fact | Rule | Status | Parameter | Definition | Table,
) -> tuple[s.Name, s.Name | None]:
    span: Span = one.span
    return s.Name(one.name, span), s.Name(one.alias, span) if one.alias else None


def _type(one: Parameter | Table) -> s.Name:
    return s.Name(one.type.kind.value, one.span)
