"""A witness: one possible case, in words."""

from __future__ import annotations

from fractions import Fraction

from lawengine.base.label import Label
from lawengine.checks.conditions import Box
from lawengine.checks.domains import Domain, Members, Number, Range, value_of
from lawengine.checks.words import COMMA, joined, value_words
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Type


def complete(box: Box) -> bool:
    """Tell whether the box speaks of facts only, so that a case can be written down from it."""
    return all(isinstance(term, e.FactOf) for term in box)


def witness(box: Box, rulebook: Rulebook) -> Label:
    """Return one case of the box: `act.kind is hawking, act.serious is yes`.

    Edges: only facts are named; where it has none, any case will do.
    """
    vocabulary = rulebook.vocabulary
    parts = []
    for term, domain in box.items():
        if not isinstance(term, e.FactOf):
            continue
        value = example(domain, term.type)
        if value is None:
            continue
        words = value_words(value, term.type, vocabulary)
        fact = vocabulary.fact(term.entity, term.fact)
        name = Label(fact.path, fact.alias or fact.label.zh)
        parts.append(
            Label(f"`{name.en}` is {words.text('en')}", f"“{name.text('zh')}”为{words.text('zh')}")
        )
    return joined(parts, COMMA) if parts else Label("any case", "任何案件")


def example(domain: Domain, kind: Type) -> e.Value | None:
    """Return one value of a domain that is not empty, or None where none is named."""
    if isinstance(domain, Members):
        if domain.others:
            return None
        return min(domain.options, key=lambda value: (value is False, str(value)))
    return value_of(_inside(domain), kind)


def _inside(domain: Range) -> Number:
    for end in (domain.low, domain.high):
        if end is not None and end[1] == 0:
            return end[0]
    if domain.low is not None and domain.high is not None:
        return Fraction(domain.low[0] + domain.high[0]) / 2
    if domain.low is not None:
        return domain.low[0] + 1
    return domain.high[0] - 1 if domain.high is not None else 0
