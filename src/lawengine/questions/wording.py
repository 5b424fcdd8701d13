"""How facts, answers and conditions are called in both languages."""

from __future__ import annotations

from lawengine.base.label import Label
from lawengine.evaluation.facts import Among, Domain, FactKey
from lawengine.explanation.phrasing import domain_label, fact_label, fill
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Fact

_LIST = Label("list of “{a}”", "“{a}”清单")
_ANY_OF = Label("any of the {a} others", "其余{a}项中的任何一项")
MOST_NAMED = 5
_ASK = Label("{a}?", "{a}？")


def fact_of(key: FactKey, rulebook: Rulebook) -> Fact | None:
    """Return the fact of the vocabulary; None where the key names a missing list."""
    return rulebook.vocabulary.fact(key.entity, key.fact) if key.fact else None


def key_label(key: FactKey, rulebook: Rulebook) -> Label:
    """Return how a fact is called; for a missing list, the things it would list."""
    fact = fact_of(key, rulebook)
    if fact is not None:
        return fact_label(fact)
    entity = rulebook.vocabulary.entities[key.entity]
    return fill(_LIST, a=entity.label or Label(entity.name, entity.alias))


def key_question(key: FactKey, rulebook: Rulebook) -> Label:
    """Return the question that asks for a fact; its name with a question mark where it has none."""
    fact = fact_of(key, rulebook)
    if fact is not None and fact.question:
        return fact.question
    return fill(_ASK, a=key_label(key, rulebook))


def known_label(key: FactKey, domain: Domain, rulebook: Rulebook) -> Label:
    """Return what is known of a fact so far; for a missing list, that nothing is."""
    fact = fact_of(key, rulebook)
    return Label("not known", "未知") if fact is None else domain_label(domain, fact.type, rulebook)


def answer_label(key: FactKey, domain: Domain, rulebook: Rulebook) -> Label:
    """Return an answer to a fact in words; of many choices that come to the same, how many."""
    if isinstance(domain, Among) and len(domain.options) > MOST_NAMED:
        number = str(len(domain.options))
        return fill(_ANY_OF, a=Label(number, number))
    return known_label(key, domain, rulebook)


def rule_label(name: str, rulebook: Rulebook) -> Label:
    """Return how a rule is called; its identifier where it has no label."""
    return rulebook.rules[name].label or Label(name, name)
