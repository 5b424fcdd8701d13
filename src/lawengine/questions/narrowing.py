"""Smaller rulebooks for many looks at one act: rules that are out stay out.

What is not established while facts are open is not established whatever they turn out to be. Such
a rule is kept by name, without versions, so that a look at the act costs what its own rules cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lawengine.evaluation.facts import FactKey
from lawengine.evaluation.states import LawTime, StateFinding, States
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.questions.scenes import Situation


def narrowed(at: Situation) -> Situation:
    """Return the situation without the rules that no answer to what is open could establish.

    Edges: only for answers inside what is known; a change of a known fact may bring a rule back.
    """
    return at.with_rulebook(without(at.rulebook, out_of_reach(at)))


def out_of_reach(at: Situation) -> frozenset[str]:
    """Return the rules that are not established under either law, whatever is open."""
    conduct = at.leaf()
    decision = States(at.scene, LawTime.DECISION)
    return frozenset(
        name
        for name, lineage in conduct.lineages.items()
        if lineage.conduct.state is RuleState.NOT_ESTABLISHED
        and decision.state(name).state is RuleState.NOT_ESTABLISHED
    )


def without(rulebook: Rulebook, names: Iterable[str]) -> Rulebook:
    """Return the rulebook in which those rules never apply."""
    empty = {name: replace(rulebook.rules[name], versions=()) for name in names}
    return replace(rulebook, rules={**rulebook.rules, **empty})


@dataclass(frozen=True, slots=True)
class Reach:
    """Which facts the rules that are out read, so that a change of others leaves them out."""

    rulebook: Rulebook
    read: Mapping[str, frozenset[FactKey]]
    bound: frozenset[str]

    def book(self, changed: Iterable[FactKey]) -> Rulebook:
        """Return the rulebook without the rules that a change of those facts cannot reach.

        Edges: a fact that bounds another one, or is bounded by one, may move any of them.
        """
        keys = frozenset(changed)
        if any(f"{key.entity}.{key.fact}" in self.bound for key in keys):
            return self.rulebook
        return without(self.rulebook, [name for name, read in self.read.items() if not read & keys])


def reach_of(at: Situation) -> Reach:
    """Return what the rules that are out at present hang on."""
    leaf = at.leaf()
    decision = States(at.scene, LawTime.DECISION)
    direct: dict[str, frozenset[FactKey]] = {}
    asked: dict[str, frozenset[str]] = {}
    for name in at.rulebook.rules:
        findings = list(_findings((leaf.lineages[name].conduct, decision.state(name))))
        parts = [part for finding in findings for part in walk(finding)]
        direct[name] = frozenset(part.key for part in parts if part.key is not None)
        asked[name] = frozenset(
            part.expression.rule for part in parts if isinstance(part.expression, e.Established)
        )
    read = {name: _closure(name, direct, asked) for name in out_of_reach(at)}
    return Reach(at.rulebook, read, _bound(at.rulebook))


def _closure(
    name: str, direct: Mapping[str, frozenset[FactKey]], asked: Mapping[str, frozenset[str]]
) -> frozenset[FactKey]:
    found: set[FactKey] = set()
    seen: set[str] = set()
    stack = [name]
    while stack:
        rule = stack.pop()
        if rule not in seen:
            seen.add(rule)
            found |= direct[rule]
            stack.extend(asked[rule])
    return frozenset(found)


def _findings(states: Iterable[StateFinding]) -> Iterator[Finding]:
    for state in states:
        if state.when is not None:
            yield state.when
        yield from state.exclusions


def _bound(rulebook: Rulebook) -> frozenset[str]:
    """Return the facts that bound others, or are bounded by others."""
    found: set[str] = set()
    for fact in rulebook.vocabulary.facts():
        for expression in (*fact.low, *fact.high):
            named = {f"{x.entity}.{x.fact}" for x in _walk(expression) if isinstance(x, e.FactOf)}
            if named:
                found |= {fact.path, *named}
    return frozenset(found)


def _walk(expression: e.Expression) -> Iterator[e.Expression]:
    yield expression
    for part in e.children(expression):
        yield from _walk(part)


def walk(finding: Finding) -> Iterator[Finding]:
    """Yield a finding and everything below it, in the order of the text."""
    yield finding
    for part in finding.parts:
        yield from walk(part)
