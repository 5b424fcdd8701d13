"""Preparing a case: facts narrow each other by their bounds, and contradictions show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE
from lawengine.evaluation.absence import absent, absent_until, is_absent
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
    narrowing = _Narrowing(dict(overrides or {}))
    entries, found = narrowing.entries, narrowing.found
    entries.update(tuple(absent(case, rulebook, entries)))
    bounds = list(_bounds(case, rulebook, entries))
    for _ in range(MAX_PASSES):
        narrowing.changed = False
        for bound in bounds:
            narrowing.narrow(bound)
        if not narrowing.changed:
            break
    if not found:
        return Prepared(case, entries, ())
    written = set(overrides or ()) | {i.key(name) for i in case.instances() for name in i.facts}
    # a fact that the file leaves out only repeats the contradiction between those it gives
    own = [diagnostic for key, diagnostic in found.items() if key in written]
    return Prepared(case, entries, tuple(own or found.values()))


class _Bound(NamedTuple):
    """One bound of one fact of an instance; `settled` is its value where no fact decides it."""

    fact: Fact
    key: FactKey
    instance: Instance
    view: View
    expression: e.Expression
    is_low: bool
    settled: Finding | None


def _bounds(
    case: CaseFacts, rulebook: Rulebook, entries: Mapping[FactKey, Entry]
) -> Iterator[_Bound]:
    """Yield every bound that applies; what is narrowed later shows in `entries`."""
    for chain, instance in _chains(case.root, {}):
        view = _view(rulebook, chain, entries)
        for fact in rulebook.bounded[instance.entity]:
            key = instance.key(fact.name)
            for expressions, is_low in ((fact.low, True), (fact.high, False)):
                for expression in expressions:
                    if _in_view(expression, view):
                        fixed = isinstance(expression, e.Constant)
                        settled = evaluate(expression, view) if fixed else None
                        yield _Bound(fact, key, instance, view, expression, is_low, settled)


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


@dataclass(slots=True)
class _Narrowing:
    """What has been narrowed so far; `changed` tells whether the last pass added anything."""

    entries: dict[FactKey, Entry]
    found: dict[FactKey, Diagnostic] = field(default_factory=dict)
    changed: bool = False

    def narrow(self, bound: _Bound) -> None:
        """Narrow a fact by one of its bounds, and the fact behind the bound the other way round."""
        view, is_low = bound.view, bound.is_low
        if not is_low and is_absent(self.entries.get(bound.key)):
            return  # it says when a step would have been; this one was not taken
        other = bound.settled or evaluate(bound.expression, view)
        low, high = bounds(other.domain)
        narrowed = self._cut_to(bound.key, view, low if is_low else high, is_low=is_low)
        if narrowed is None:
            self.found[bound.key] = _contradiction(bound, other)
        elif other.key is not None:
            # a later bound moves the earlier fact too
            own_low, own_high = bounds(narrowed)
            if is_absent(other.entry) and is_low:
                return
            self._cut_to(other.key, view, own_high if is_low else own_low, is_low=not is_low)

    def _cut_to(
        self, key: FactKey, view: View, edge: Ordered | None, *, is_low: bool
    ) -> Domain | None:
        """Return the fact's domain cut at `edge`, storing it where that adds something."""
        entry = self.entries.get(key) or view.instances[key.entity].entry(key.fact)
        domain = entry.domain if entry else UNKNOWN
        if edge is None:
            return domain
        narrowed = intersect(domain, edge if is_low else None, None if is_low else edge)
        if narrowed is not None and narrowed != domain:
            base = entry or Entry(UNKNOWN)
            origin = Origin.DERIVED if entry is None else base.origin
            self.entries[key] = Entry(narrowed, origin, base.evidence, base.span)
            self.changed = True
        return narrowed


def _in_view(expression: e.Expression, view: View) -> bool:
    if isinstance(expression, e.FactOf):
        return expression.entity in view.instances
    return all(_in_view(part, view) for part in e.children(expression))


def _contradiction(bound: _Bound, other: Finding) -> Diagnostic:
    fact, instance, view = bound.fact, bound.instance, bound.view
    entry = view.entry(bound.key.entity, bound.key.fact)[1]
    span = entry.span if entry is not None and entry.span is not NOWHERE else instance.span
    shown = _shown(other, view.rulebook.vocabulary)
    own = fact.label or Label(fact.name, fact.alias)
    if other.key is not None and other.entry is not None and is_absent(other.entry):
        words = {
            "path": str(bound.key),
            "fact": own,
            "missing": str(other.key),
            "other": view.rulebook.vocabulary.fact(other.key.entity, other.key.fact).label,
            "until": str(absent_until(other.entry)),
        }
        return Diagnostic("LAW772", span, words)
    return Diagnostic("LAW550", span, {"fact": own, "path": str(bound.key), "bound": shown})


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
