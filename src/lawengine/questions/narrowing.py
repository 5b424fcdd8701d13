"""Rules that stay out: what a look at an act need not ask again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.deciding.leaf import RuledOut
from lawengine.evaluation.facts import FactKey
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook


def still_out(ruled_out: RuledOut, changed: Iterable[FactKey], rulebook: Rulebook) -> RuledOut:
    """Return the rules that a change of those facts leaves out, because they read none of them.

    Edges: a fact that bounds another one, is bounded by one, or picks the version of a rule, may
    move any of them.
    """
    paths = frozenset(f"{key.entity}.{key.fact}" for key in changed)
    if paths & _moving(rulebook):
        return {}
    read = rulebook.facts_read
    return {
        time: {name: state for name, state in found.items() if not read[name] & paths}
        for time, found in ruled_out.items()
    }


def _moving(rulebook: Rulebook) -> frozenset[str]:
    found: set[str] = set()
    for fact in rulebook.vocabulary.facts():
        if fact.role is not None and fact.type.kind.value == "date":
            found.add(fact.path)
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
