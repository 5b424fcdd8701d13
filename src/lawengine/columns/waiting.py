"""Rules of which nothing follows while a fact is open: their rows need no branches."""

from __future__ import annotations

from lawengine.columns.sides import Days
from lawengine.compiled.index import CHAIN, conditions, parts_of
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule
from lawengine.model.types import Kind

_HELD = (Kind.YES_NO, Kind.CHOICE, Kind.MONEY, Kind.COUNT, Kind.DATE)
_PLAIN = (
    e.Constant, e.Negation, e.Connection, e.Defined, e.Established, e.ParameterValue, e.Compared,
    e.OneOf, e.Computed, e.Rounded, e.Chosen, e.Cases,
)  # fmt: skip
"""Parts of which columns say neither more nor less than single cases, or say where they may."""


def waiting_rules(rulebook: Rulebook, days: Days) -> frozenset[str]:
    """Return the rules that wait for facts: what is open leaves them open, and nothing else.

    Law: an open fact is asked for, not assumed; a norm that hangs on it is then undetermined, and
    all others stand. The general part is another thing: what bears on a penalty is answered both
    ways. An open number is known within the bounds of its fact, for columns as for single cases;
    where it has two, single cases try each part of them, and columns leave the row to them.
    """
    return frozenset(
        name
        for name, rule in rulebook.rules.items()
        if name not in rulebook.general and _waits(rule, rulebook, days)
    )


def _waits(rule: Rule, rulebook: Rulebook, days: Days) -> bool:
    asked = (part for version in rule.versions for part in conditions(version))
    return all(_plain(part, days) for part in parts_of(asked, rulebook))


def _plain(part: e.Expression, days: Days) -> bool:
    match part:
        case e.FactOf(entity=entity, fact=fact):
            dated = f"{entity}.{fact}" in (days.conduct, days.decision)
            return dated or (entity in CHAIN and part.type.kind in _HELD)
        case _:
            return isinstance(part, _PLAIN)
