"""Preparing a case: facts narrow each other by their bounds, and contradictions show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE
from lawengine.evaluation.domains import bounds, intersect
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import (
    UNKNOWN,
    CaseFacts,
    Domain,
    Entry,
    FactKey,
    Instance,
    Known,
    Ordered,
    Origin,
)
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.expressions import Constant
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import YES_NO
from lawengine.model.vocabulary import Fact, Vocabulary

MAX_PASSES = 20
"""Narrowing ends by itself after as many passes as facts hang on each other; this is a stop."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The facts after narrowing: what bounds add stands beside the file, by key."""

    case: CaseFacts
    entries: Mapping[FactKey, Entry]
    diagnostics: tuple[Diagnostic, ...]


def prepare(
    case: CaseFacts, rulebook: Rulebook, overrides: Mapping[FactKey, Entry] | None = None
) -> Prepared:
    """Return the case with every fact narrowed by the bounds of the vocabulary.

    A fact that has no value inside its bounds is a contradiction, one diagnostic each. `overrides`
    replace facts of the file (assumptions of a branch or a hypothesis).
    """
    entries: dict[FactKey, Entry] = dict(overrides or {})
    found: dict[FactKey, Diagnostic] = {}
    chains = list(_chains(case.root, {}))
    for _ in range(MAX_PASSES):
        before = dict(entries)
        for chain, instance in chains:
            view = _view(rulebook, chain, entries)
            for fact in rulebook.vocabulary.entities[instance.entity].facts.values():
                if fact.low or fact.high:
                    _narrow(fact, instance, view, entries, found)
        if entries == before:
            break
    written = set(overrides or ()) | {i.key(name) for i in case.instances() for name in i.facts}
    # a fact that the file leaves out only repeats the contradiction between those it gives
    own = [diagnostic for key, diagnostic in found.items() if key in written]
    return Prepared(case, entries, tuple(own or found.values()))


def _chains(
    instance: Instance, above: dict[str, Instance]
) -> list[tuple[dict[str, Instance], Instance]]:
    chain = {**above, instance.entity: instance}
    found = [(chain, instance)]
    for group in instance.children.values():
        for child in group:
            found += _chains(child, chain)
    return found


def _view(
    rulebook: Rulebook, chain: Mapping[str, Instance], entries: Mapping[FactKey, Entry]
) -> View:
    return View(rulebook, chain, UNKNOWN, None, _no_states, entries)


def _no_states(_rule: str) -> Finding:
    """Return that nothing is known: facts are bounded before any rule is asked."""
    return Finding(Constant(value=True, type=YES_NO), UNKNOWN)


def _narrow(
    fact: Fact,
    instance: Instance,
    view: View,
    entries: dict[FactKey, Entry],
    found: dict[FactKey, Diagnostic],
) -> None:
    key = instance.key(fact.name)
    for expressions, is_low in ((fact.low, True), (fact.high, False)):
        for expression in expressions:
            if not _in_view(expression, view):
                continue
            other = evaluate(expression, view)
            low, high = bounds(other.domain)
            edge = low if is_low else high
            narrowed = _cut_to(key, view, edge, entries, is_low=is_low)
            if narrowed is None:
                found[key] = _contradiction(fact, key, instance, other, view)
            elif other.key is not None:
                # the other way round: a later bound moves the earlier fact too
                own_low, own_high = bounds(narrowed)
                own = own_high if is_low else own_low
                _cut_to(other.key, view, own, entries, is_low=not is_low)


def _in_view(expression: e.Expression, view: View) -> bool:
    if isinstance(expression, e.FactOf):
        return expression.entity in view.instances
    return all(_in_view(part, view) for part in e.children(expression))


def _cut_to(
    key: FactKey,
    view: View,
    edge: Ordered | None,
    entries: dict[FactKey, Entry],
    *,
    is_low: bool,
) -> Domain | None:
    """Return the fact's domain cut at `edge`, storing it where that adds something."""
    _, entry = view.entry(key.entity, key.fact)
    domain = entry.domain if entry else UNKNOWN
    if edge is None:
        return domain
    narrowed = intersect(domain, edge if is_low else None, None if is_low else edge)
    if narrowed is None:
        return None
    if narrowed != domain:
        base = entry or Entry(UNKNOWN)
        origin = Origin.DERIVED if entry is None else base.origin
        entries[key] = replace(base, domain=narrowed, origin=origin)
    return narrowed


def _contradiction(
    fact: Fact, key: FactKey, instance: Instance, other: Finding, view: View
) -> Diagnostic:
    entry = view.entry(key.entity, key.fact)[1]
    span = entry.span if entry is not None and entry.span is not NOWHERE else instance.span
    bound = _shown(other, view.rulebook.vocabulary)
    own = fact.label or Label(fact.name, fact.alias)
    return Diagnostic("LAW550", span, {"fact": own, "path": str(key), "bound": bound})


def _shown(finding: Finding, vocabulary: Vocabulary) -> Label:
    low, high = bounds(finding.domain)
    if isinstance(finding.domain, Known):
        value = str(low)
    else:
        value = f"{'...' if low is None else low} to {'...' if high is None else high}"
    if finding.key is None:
        return Label(value, value)
    label = vocabulary.fact(finding.key.entity, finding.key.fact).label
    return Label(f"{label.text('en')} ({value})", f"{label.text('zh')}（{value}）")
