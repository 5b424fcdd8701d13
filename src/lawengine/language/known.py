"""The names of a rulebook that was read before, so that a text can be read against it alone."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.resolve import Symbols
from lawengine.model.ratings import Grade, Score
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Definition, Hit, Parameter, Rule, Table
from lawengine.model.standards import Standard
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
        owner = _owner(one)
        yield s.DefinitionNode(*_named(one), nothing, (), true, entity=owner, span=one.span)
    for table in rulebook.tables.values():
        yield s.TableNode(
            *_named(table), nothing, _type(table), Hit.UNIQUE, (), (), entity=_owner(table),
            span=table.span,
        )  # fmt: skip
    for score in rulebook.scores.values():
        of = s.Name(score.entity, score.span)
        yield s.ScoreNode(*_named(score), of, nothing, (), span=score.span)
    for grade in rulebook.grades.values():
        of = s.Name(grade.entity, grade.span)
        levels = _members(grade.name, grade.span, rulebook)
        yield s.GradeNode(*_named(grade), of, nothing, levels, (), span=grade.span)
    for standard in rulebook.standards.values():
        yield s.StandardNode(*_named(standard), nothing, (), span=standard.span)


def _entity(entity: Entity, rulebook: Rulebook) -> s.EntityNode:
    parent = s.Name(entity.parent, entity.span) if entity.parent else None
    facts = tuple(_fact(fact, rulebook) for fact in entity.facts.values())
    return s.EntityNode(*_named(entity), Label(), parent, None, facts, entity.span)


def _fact(fact: Fact, rulebook: Rulebook) -> s.FactNode:
    members = _members(fact.path, fact.span, rulebook)
    kind = s.Name(fact.type.kind.value, fact.span)
    return s.FactNode(*_named(fact), Label(), kind, members, span=fact.span)


def _members(choices: str, span: Span, rulebook: Rulebook) -> tuple[s.MemberNode, ...]:
    found = rulebook.vocabulary.choices.get(choices)
    return tuple(
        s.MemberNode(
            s.Name(one.name, span), s.Name(one.alias, span) if one.alias else None, Label(), span
        )
        for one in (found.members if found is not None else ())
    )


def _owner(one: Definition | Table) -> s.Name | None:
    return s.Name(one.entity, one.span) if one.entity else None


def _named(
    one: Entity | Fact | Rule | Status | Parameter | Definition | Table | Score | Grade | Standard,
) -> tuple[s.Name, s.Name | None]:
    span: Span = one.span
    return s.Name(one.name, span), s.Name(one.alias, span) if one.alias else None


def _type(one: Parameter | Table) -> s.Name:
    return s.Name(one.type.kind.value, one.span)
