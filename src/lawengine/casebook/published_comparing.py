"""What was published on statuses beside what the rules make of the facts."""

from __future__ import annotations

from collections.abc import Mapping

from lawengine.casebook.asking import Asked
from lawengine.casebook.case_file import CaseFile
from lawengine.casebook.list_answers import standing
from lawengine.casebook.measure_answers import brought
from lawengine.casebook.published import PublishedKind
from lawengine.casebook.repair_answers import repair
from lawengine.casebook.status_verdicts import (
    Aspect,
    StatusComparison,
    StatusGround,
    StatusVerdict,
)
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain, Entry, FactKey, Instance, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import PARTY, ROOT, Role
from lawengine.registers.register import Register
from lawengine.registers.terms import DayRules, TermCounter


def compare_statuses(
    case: CaseFile,
    rulebook: Rulebook,
    entries: Mapping[FactKey, Entry],
    days: DayRules | None = None,
) -> tuple[StatusComparison, ...]:
    """Return each published status of the case beside the rules' answer, in the order of the file.

    `entries` are what bounds add to the facts of the file. Edges: where the day of the decision is
    known within bounds the last of them is asked for: what was published had happened by then.
    """
    root = case.facts.root
    on = _asked_on(rulebook, root, entries)
    register = Register(rulebook, root, entries, TermCounter(days), on)
    parties = {party.name: party for party in root.children.get(PARTY, ())}
    found = []
    for published in case.statuses:
        aspect = Aspect(StatusVerdict.NOT_KNOWN, StatusGround.NO_RULE)
        if published.name:
            chain = {ROOT: root, PARTY: parties[published.respondent]}
            aspect = _answer(Asked(rulebook, register, chain, published))
        found.append(
            StatusComparison(published, aspect.verdict, aspect.ground, aspect.detail, aspect.needs)
        )
    return tuple(found)


def _asked_on(
    rulebook: Rulebook, root: Instance, entries: Mapping[FactKey, Entry]
) -> Domain | None:
    """Return the last day on which the case can have been decided, None where that is open."""
    fact = rulebook.vocabulary.with_role(Role.DECISION_DATE)
    if fact is None or fact.entity != root.entity:
        return None
    entry = entries.get(root.key(fact.name), root.entry(fact.name))
    last = bounds(entry.domain)[1] if entry is not None else None
    return None if last is None else Known(last)


def _answer(asked: Asked) -> Aspect:
    published = asked.published
    if published.kind is PublishedKind.MEASURE:
        return brought(asked)
    status = asked.rulebook.statuses[published.name]
    if published.kind is PublishedKind.REPAIR:
        return repair(asked, status)
    return standing(asked, status)
