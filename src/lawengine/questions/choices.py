"""Choices that no rule tells apart: one answer stands for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from lawengine.base.source import Span
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind

Groups = Mapping[str, tuple[tuple[str, ...], ...]]
"""The choices of a fact, by its path, in groups that every rule treats alike."""

_Sets = dict[str, set[frozenset[str]] | None]


def choice_groups(rulebook: Rulebook) -> Groups:
    """Return the choices of every fact, grouped by what the rulebook asks of them.

    Edges: choices that no rule asks for stand last. A fact that is compared with anything but
    choices written out has each choice apart.
    """
    asked: _Sets = {}
    for value in (rulebook.definitions, rulebook.tables, rulebook.rules):
        for part in value.values():
            _note(part, asked)
    groups = {}
    for fact in rulebook.vocabulary.facts():
        if fact.type.kind is not Kind.CHOICE:
            continue
        names = [member.name for member in rulebook.vocabulary.choices[fact.type.choices].members]
        sets = asked.get(fact.path, set())
        alike: dict[object, list[str]] = {}
        for name in names:
            mark = name if sets is None else tuple(name in one for one in sets)
            alike.setdefault(mark, []).append(name)
        ordered = sorted(alike, key=lambda mark: isinstance(mark, tuple) and not any(mark))
        groups[fact.path] = tuple(tuple(alike[mark]) for mark in ordered)
    return groups


def _note(value: object, asked: _Sets) -> None:
    match value:
        case e.OneOf(operand=e.FactOf() as fact, options=options) if _constant(options):
            _add(fact, frozenset(_names(options)), asked)
        case e.Compared(left=e.FactOf() as fact, right=e.Constant() as other):
            _add(fact, frozenset(_names((other,))), asked)
        case e.FactOf():
            if value.type.kind is Kind.CHOICE:
                asked[f"{value.entity}.{value.fact}"] = None
        case tuple():
            for part in value:
                _note(part, asked)
        case _ if is_dataclass(value) and not isinstance(value, Span):
            for field in fields(value):
                _note(getattr(value, field.name), asked)


def _add(fact: e.FactOf, names: frozenset[str], asked: _Sets) -> None:
    sets = asked.setdefault(f"{fact.entity}.{fact.fact}", set())
    if sets is not None:
        sets.add(names)


def _constant(options: tuple[e.Expression, ...]) -> bool:
    return all(isinstance(option, e.Constant) for option in options)


def _names(options: tuple[e.Expression, ...]) -> Iterator[str]:
    for option in options:
        if isinstance(option, e.Constant) and isinstance(option.value, str):
            yield option.value
