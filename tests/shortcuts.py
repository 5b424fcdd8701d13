"""Shortcuts through the lives of lists and benefits: rulebooks in which one step is not asked for.

Each is the shipped rulebook with one thing changed in one version of one list or benefit, or in one
condition with a name that they share: a condition that need not hold any more, a way out or an
alternative that is gone, a bound or a term moved by its smallest step. A scenario refuses a
shortcut where it expects something that no longer comes out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lawengine.base.calendar import Period, Unit
from lawengine.checks.walking import names_in
from lawengine.deciding.scenarios import scenario_case
from lawengine.evaluation.facts import CaseFacts, Domain, Known
from lawengine.evaluation.prepare import prepare
from lawengine.model import expressions as e
from lawengine.model import scenarios as sc
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import Ending, Status, StatusKind, StatusState, StatusVersion
from lawengine.model.types import PERIOD, YES_NO
from lawengine.model.vocabulary import PARTY, ROOT
from lawengine.registers.findings import ABSENT, RUNNING
from lawengine.registers.register import Register
from lawengine.registers.terms import Term, TermCounter
from tests import small

DAY = datetime.timedelta(days=1)
_TRUE, _FALSE = e.Constant(True, YES_NO), e.Constant(False, YES_NO)
_NEXT = {
    e.Comparison.AT_LEAST: e.Comparison.MORE,
    e.Comparison.MORE: e.Comparison.AT_LEAST,
    e.Comparison.AT_MOST: e.Comparison.LESS,
    e.Comparison.LESS: e.Comparison.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One change: in words, the rulebook with it, and the lists and benefits that it may change."""

    words: str
    changed: Rulebook
    felt_by: tuple[str, ...]
    shifted: Period | None = None
    by: int = 0


class Shifted(TermCounter):
    """Counts one term, told by its identity, a day too long or too short."""

    def __init__(self, period: Period | None, by: int) -> None:
        """Take the term that is shifted."""
        super().__init__(small.shipped_days())
        self.period, self.by = period, by

    def lasting(self, start: Domain, period: Period) -> Term:
        """Return the term, shifted where it is that one."""
        found = super().lasting(start, period)
        day = found.last.value if isinstance(found.last, Known) else None
        if period is not self.period or not isinstance(day, datetime.date):
            return found
        return replace(found, last=Known(day + self.by * DAY))


# --- what can be left out -------------------------------------------------------------------------


def shortcuts(name: str, book: Rulebook) -> Iterator[Shortcut]:
    """Yield every shortcut through the versions of a list or benefit, or through a definition."""
    if name in book.definitions:
        definition, felt = book.definitions[name], users(book)[name]
        for words, body in _weaker(definition.body):
            definitions = {**book.definitions, name: replace(definition, body=body)}
            yield Shortcut(words, replace(book, definitions=definitions), felt)
        return
    status = book.statuses[name]
    for place, version in enumerate(status.versions):
        for words, found, period, by in _changes(version):
            versions = (*status.versions[:place], found, *status.versions[place + 1 :])
            statuses = {**book.statuses, name: replace(status, versions=versions)}
            yield Shortcut(words, replace(book, statuses=statuses), (name,), period, by)


def users(book: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """Return the lists and benefits that rest on each condition with a name, by its name."""
    found: dict[str, list[str]] = {}
    for status in _walked(book):
        parts = (part for version in status.versions for part in version.expressions())
        for name in sorted({name for part in parts for name in names_in(part, book)}):
            body = book.definitions[name].body if name in book.definitions else None
            if body is not None and body.type == YES_NO and not isinstance(body, e.Cases):
                found.setdefault(name, []).append(status.name)
    return {name: tuple(names) for name, names in found.items()}


def _changes(version: StatusVersion) -> Iterator[tuple[str, StatusVersion, Period | None, int]]:
    if version.when is not None:
        for words, when in _weaker(version.when):
            yield f"when: {words}", replace(version, when=when), None, 0
    for place, part in enumerate(version.exclusions):
        for words, changed in _weaker(part, wanted=False):
            kept = (*version.exclusions[:place], changed, *version.exclusions[place + 1 :])
            yield f"unless {place + 1}: {words}", replace(version, exclusions=kept), None, 0
    if isinstance(version.term, Period):
        period = Period(version.term.length, version.term.unit)
        for by in (-1, 1):
            yield f"lasts {by:+} day", replace(version, term=period), period, by
    for place, ending in enumerate(version.endings):
        for words, ways, shifted, by in _of_ending(ending):
            left = (*version.endings[:place], *ways, *version.endings[place + 1 :])
            yield f"{ending.kind} {place + 1}: {words}", replace(version, endings=left), shifted, by


def _of_ending(ending: Ending) -> Iterator[tuple[str, tuple[Ending, ...], Period | None, int]]:
    yield "gone", (), None, 0
    if ending.condition is not None:
        for words, condition in _weaker(ending.condition):
            yield words, (replace(ending, condition=condition),), None, 0
    if ending.after is not None:
        period = Period(ending.after.length, ending.after.unit)
        for by in (-1, 1):
            yield f"after {by:+} day", (replace(ending, after=period),), period, by
    if isinstance(ending.on, e.Computed | e.Rounded):
        one = e.Constant(Period(1, Unit.DAY), PERIOD)
        for sign, operation in (("+", e.Operation.ADD), ("-", e.Operation.SUBTRACT)):
            moved = e.Computed(operation, ending.on, one, ending.on.type)
            yield f"on {sign}1 day", (replace(ending, on=moved),), None, 0


def _weaker(expression: e.Expression, *, wanted: bool = True) -> Iterator[tuple[str, e.Expression]]:
    """Yield the condition with each single part left out, or its bound moved by one step.

    What is asked together counts as met, an alternative as not met. An exclusion (not `wanted`)
    is left out as a whole; of what it asks together each part counts as met.
    """
    yield from _parts(expression, _TRUE if wanted else _FALSE)


def _parts(found: e.Expression, absent: e.Constant) -> Iterator[tuple[str, e.Expression]]:
    if isinstance(found, e.Connection):
        inner = _TRUE if found.logic is e.Logic.AND else _FALSE
        for place, part in enumerate(found.operands):
            for words, changed in _parts(part, inner):
                kept = (*found.operands[:place], changed, *found.operands[place + 1 :])
                yield words, replace(found, operands=kept)
        return
    yield f"{_shown(found)} taken as {absent.value}", absent
    if isinstance(found, e.Negation):
        for words, changed in _parts(found.operand, _FALSE):
            if changed is not _FALSE:
                yield f"not {words}", replace(found, operand=changed)
    if isinstance(found, e.Compared) and found.comparison in _NEXT:
        moved = replace(found, comparison=_NEXT[found.comparison])
        yield f"{_shown(found)} {moved.comparison}", moved
    if isinstance(found, e.OneOf):
        for place, option in enumerate(found.options):
            kept = found.options[:place] + found.options[place + 1 :]
            yield f"{_shown(found)} without {_shown(option)}", replace(found, options=kept)


def _shown(found: e.Expression) -> str:
    match found:
        case e.FactOf(entity=entity, fact=fact):
            return f"{entity}.{fact}"
        case e.StatusHolds(status=name, since=since):
            return f"{name or 'any list'} listed{' since' if since is not None else ''}"
        case e.Constant(value=value):
            return str(value)
        case e.Defined(name=name) | e.Rated(name=name) | e.ParameterValue(name=name):
            return name
    parts = " ".join(_shown(part) for part in e.children(found))
    return f"{type(found).__name__}({parts})"


# --- what scenarios say of it ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What one scenario says of one status: its case, and the states that it expects."""

    case: CaseFacts
    entries: Any
    states: tuple[StatusState, ...]
    possible: bool


@dataclass(slots=True)
class Reader:
    """Reads what the scenarios of a rulebook say of each status, each case made once."""

    rulebook: Rulebook
    _told: dict[str, list[Told]] = field(default_factory=dict)

    def told(self, name: str) -> Sequence[Told]:
        """Return what the scenarios expect of that status, contradictions of any last."""
        if not self._told:
            for scenario in self.rulebook.scenarios:
                self._read(scenario)
        return [*self._told.get(name, ()), *self._told.get("", ())]

    def _read(self, scenario: sc.Scenario) -> None:
        asked: dict[str, list[StatusState]] = {}
        for one in scenario.expectations:
            if isinstance(one, sc.ExpectStatus):
                asked.setdefault(one.status, []).append(one.state)
        clash = any(isinstance(one, sc.ExpectContradiction) for one in scenario.expectations)
        if not asked and not clash:
            return
        case = scenario_case(scenario, self.rulebook)
        prepared = prepare(case, self.rulebook)
        if prepared.diagnostics:
            return  # what no list decides
        for name, states in (asked or {"": []}).items():
            told = Told(case, prepared.entries, tuple(states), not clash)
            self._told.setdefault(name, []).append(told)

    def refuses(self, shortcut: Shortcut) -> bool:
        """Tell whether a scenario expects something that the shortcut does not give."""
        book, counter = shortcut.changed, Shifted(shortcut.shifted, shortcut.by)
        return any(
            not meets(told, book.statuses[name], book, counter)
            for name in shortcut.felt_by
            for told in self.told(name)
        )


def meets(told: Told, status: Status, book: Rulebook, counter: TermCounter) -> bool:
    """Tell whether a rulebook gives what a scenario expects of a status."""
    register = Register(book, told.case.root, told.entries, counter)
    chains = [{ROOT: told.case.root, PARTY: one} for one in told.case.root.children[PARTY]]
    if not told.possible:
        return bool(register.contradictions())
    found, possible = set[StatusState](), set[StatusState]()
    for chain in chains:
        reached = register.reach(status.entity, chain)
        for one in reached.chains:
            finding = register.finding(status, one)
            found.add(finding.state)
            possible |= finding.states
        if reached.missing:
            found.add(StatusState.UNDETERMINED)
            possible.add(RUNNING[status.kind])
    absent, running = ABSENT[status.kind], RUNNING[status.kind]
    return all(
        running not in possible if state is absent else state in found for state in told.states
    )


@cache
def reader() -> Reader:
    """Return what the shipped scenarios say."""
    return Reader(small.shipped())


def walked() -> tuple[str, ...]:
    """Return the names of every list and benefit of the shipped rules."""
    return tuple(status.name for status in _walked(small.shipped()))


def _walked(book: Rulebook) -> Iterator[Status]:
    kinds = (StatusKind.LIST, StatusKind.BENEFIT)
    return (status for status in book.statuses.values() if status.kind in kinds)


def kinds_left(name: str, found: Reader) -> list[str]:
    """Return the shortcuts that no scenario refuses, of a list or benefit in no version."""
    refused: dict[str, bool] = {}
    for one in shortcuts(name, found.rulebook):
        kind = re.sub(r"^(removed|lost) \d+", r"\1", one.words)
        if " without " not in kind and not refused.get(kind):
            refused[kind] = found.refuses(one)
    return [kind for kind, done in refused.items() if not done]
