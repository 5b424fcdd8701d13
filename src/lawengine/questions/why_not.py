"""Why a rule is not established: the smallest sets of conditions that keep it from being so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.deciding.leaf import Leaf, Lineage, Side
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Domain, Entry, Evidence, FactKey, Origin
from lawengine.evaluation.states import StateFinding
from lawengine.evaluation.trace import Finding
from lawengine.explanation.phrasing import phrase
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.scenarios import RuleState
from lawengine.questions.narrowing import walk
from lawengine.questions.scenes import situation
from lawengine.questions.wording import key_label, known_label
from lawengine.registers.terms import DayRules

MAX_SETS = 64
"""More sets than a reader reads; the smallest of those looked at are kept."""


class Cause(StrEnum):
    """Why a rule is not established."""

    ESTABLISHED = "established"
    NO_VERSION = "no_version"
    CONDITIONS = "conditions"
    EXCLUDED = "excluded"
    DEFEATED = "defeated"
    LIGHTER_LAW = "lighter_law"
    OPEN = "open"
    OPEN_VERSION = "open_version"
    OPEN_DEFEAT = "open_defeat"
    NO_ACT = "no_act"


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact that a condition read: its value, and what the file says of where it comes from."""

    key: FactKey
    label: Label
    value: Label
    domain: Domain
    origin: Origin | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as the rule words it, and the facts it read.

    `wanted` is the truth that the rule asks of it, `truth` the one it has. `rule` is not empty
    where the condition asks for the state of another rule.
    """

    phrase: Label
    wanted: bool
    truth: Truth
    facts: tuple[FactRead, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class FailingSet:
    """Conditions that together keep the rule from being established, whatever else holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a rule is not established for an act, or what keeps it open.

    `failing` are the smallest sets, smallest first; the rule is established only once each of them
    is broken. `open` are the conditions that are not known. `by` is the rule that defeats it or
    may; `in_force` are the days of its versions where none of them is in force on `day`.
    """

    act: str
    rule: str
    label: Label
    state: RuleState
    cause: Cause
    day: Domain
    law: tuple[Citation, ...] = ()
    version_from: datetime.date | None = None
    failing: tuple[FailingSet, ...] = ()
    open: tuple[Condition, ...] = ()
    by: tuple[str, ...] = ()
    in_force: tuple[Interval, ...] = ()
    repealed_by: Citation | None = None


def without_act(rulebook: Rulebook, party: str, rule: str) -> WhyNot:
    """Return that `rule` is not established for the party at that path, which did nothing."""
    label = rulebook.rules[rule].label or Label(rule, rule)
    return WhyNot(party, rule, label, RuleState.NOT_ESTABLISHED, Cause.NO_ACT, UNKNOWN)


def why_not(
    case: CaseFacts, rulebook: Rulebook, act: str, rule: str, *, days: DayRules | None = None
) -> WhyNot:
    """Return why `rule` is not established for the act at that path.

    `days` are the counting rules and calendars.

    Raises:
        NoSuchActError: the case has no such act, or its facts exclude each other.
        KeyError: there is no such rule.
    """
    leaf = situation(case, rulebook, act, days=days).leaf()
    return why_not_in(leaf, act, rule)


def why_not_in(leaf: Leaf, act: str, rule: str) -> WhyNot:
    """Return why `rule` is not established in one leaf.

    Raises:
        KeyError: there is no such rule.
    """
    lineage = leaf.lineages[rule]
    state = lineage.later if lineage.side is Side.LATER and lineage.later else lineage.conduct
    version = state.version
    cause = _cause(lineage, state)
    words = _Words(leaf.scene.rulebook)
    found = state.state
    if cause is Cause.LIGHTER_LAW:
        found = RuleState.NOT_ESTABLISHED
    shown = lineage.later if cause is Cause.LIGHTER_LAW else state
    return WhyNot(
        act=act,
        rule=rule,
        label=lineage.rule.label or Label(rule, rule),
        state=found,
        cause=cause,
        day=(shown or state).day,
        law=version.law if version else (),
        version_from=version.interval.start if version else None,
        failing=words.failing(shown) if shown is not None else (),
        open=words.open(state),
        by=_by(leaf, state),
        in_force=tuple(v.interval for v in lineage.rule.versions) if version is None else (),
        repealed_by=lineage.rule.repeal.law if lineage.rule.repeal and version is None else None,
    )


def _cause(lineage: Lineage, state: StateFinding) -> Cause:
    match state.state:
        case RuleState.ESTABLISHED:
            weighed = lineage.side is Side.NEITHER and lineage.weighed is not None
            return Cause.LIGHTER_LAW if weighed else Cause.ESTABLISHED
        case RuleState.DEFEATED:
            return Cause.DEFEATED
        case RuleState.UNDETERMINED:
            if state.version_open:
                return Cause.OPEN_VERSION
            return Cause.OPEN if _unmet(state) else Cause.OPEN_DEFEAT
    if state.version is None and state.when is None:
        return Cause.NO_VERSION
    hit = any(item.truth is Truth.TRUE for item in state.exclusions)
    met = state.when is None or state.when.truth is Truth.TRUE
    return Cause.EXCLUDED if hit and met else Cause.CONDITIONS


def _unmet(state: StateFinding) -> bool:
    parts = [*([state.when] if state.when else []), *state.exclusions]
    return any(part.truth is Truth.UNKNOWN for part in parts)


def _by(leaf: Leaf, state: StateFinding) -> tuple[str, ...]:
    """Return the rule that defeats this one, or those that may."""
    if state.defeated_by:
        return (state.defeated_by,)
    if state.state is not RuleState.UNDETERMINED or state.version_open or _unmet(state):
        return ()
    return tuple(
        name
        for name, other in leaf.lineages.items()
        if other.conduct.state is RuleState.UNDETERMINED
        and (
            other.rule.exception_to == state.rule.name
            or any(state.rule.name in v.prevails_over for v in other.rule.versions)
        )
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """A finding together with the truth that the rule asks of it."""

    finding: Finding
    wanted: bool


def failing_sets(finding: Finding, *, wanted: bool) -> list[tuple[Reading, ...]]:
    """Return the smallest sets of conditions that keep `finding` from being `wanted`.

    Where all of several must hold, each that fails is a set of its own; where one of several is
    enough, all of them fail together.
    """
    sets = _failing(finding, wanted=wanted)
    return _smallest(sets)


def _failing(finding: Finding, *, wanted: bool) -> list[tuple[Reading, ...]]:
    if finding.truth is Truth.UNKNOWN or (finding.truth is Truth.TRUE) is wanted:
        return []
    match finding.expression:
        case e.Negation():
            return _failing(finding.parts[0], wanted=not wanted)
        case e.Defined() if finding.parts:
            return _failing(finding.parts[0], wanted=wanted)
        case e.Connection(logic=logic):
            below = [_failing(part, wanted=wanted) for part in finding.parts]
            if (logic is e.Logic.AND) is wanted:
                return [found for sets in below for found in sets]
            return _joined(below)
        case _:
            return [(Reading(finding, wanted),)]


def _joined(below: Sequence[list[tuple[Reading, ...]]]) -> list[tuple[Reading, ...]]:
    """Return every choice of one set from each, joined; the first `MAX_SETS` of them."""
    found: list[tuple[Reading, ...]] = [()]
    for sets in below:
        found = [(*one, *two) for one, two in product(found, sets)][:MAX_SETS]
    return found


def _smallest(sets: Iterable[tuple[Reading, ...]]) -> list[tuple[Reading, ...]]:
    """Return the sets that contain no other, each once, smallest first."""
    kept: list[tuple[frozenset[tuple[object, bool]], tuple[Reading, ...]]] = []
    for readings in sorted(sets, key=len):
        mark = frozenset((r.finding.expression, r.wanted) for r in readings)
        if not any(other <= mark for other, _ in kept):
            kept.append(
                (mark, tuple({(r.finding.expression, r.wanted): r for r in readings}.values()))
            )
    return [readings for _, readings in kept[:MAX_SETS]]


@dataclass(frozen=True, slots=True)
class _Words:
    rulebook: Rulebook

    def failing(self, state: StateFinding) -> tuple[FailingSet, ...]:
        sets = failing_sets(state.when, wanted=True) if state.when is not None else []
        for exclusion in state.exclusions:
            sets += failing_sets(exclusion, wanted=False)
        return tuple(
            FailingSet(tuple(self.condition(r.finding, wanted=r.wanted) for r in readings))
            for readings in sorted(sets, key=len)
        )

    def open(self, state: StateFinding) -> tuple[Condition, ...]:
        if state.state is not RuleState.UNDETERMINED:
            return ()
        readings = list(_open(state.when, wanted=True)) if state.when is not None else []
        for exclusion in state.exclusions:
            readings += _open(exclusion, wanted=False)
        return tuple(dict.fromkeys(self.condition(r.finding, wanted=r.wanted) for r in readings))

    def condition(self, finding: Finding, *, wanted: bool) -> Condition:
        expression = finding.expression
        return Condition(
            phrase=phrase(expression, self.rulebook),
            wanted=wanted,
            truth=finding.truth,
            facts=tuple(self._read(finding)),
            rule=expression.rule if isinstance(expression, e.Established) else "",
        )

    def _read(self, finding: Finding) -> Iterator[FactRead]:
        seen: set[FactKey] = set()
        for part in walk(finding):
            if part.key is None or part.key in seen:
                continue
            seen.add(part.key)
            entry: Entry | None = part.entry
            yield FactRead(
                key=part.key,
                label=key_label(part.key, self.rulebook),
                value=known_label(part.key, part.domain, self.rulebook),
                domain=part.domain,
                origin=entry.origin if entry else None,
                evidence=entry.evidence if entry else Evidence(),
            )


def _open(finding: Finding, *, wanted: bool) -> Iterator[Reading]:
    """Yield the innermost conditions that are open."""
    if finding.truth is not Truth.UNKNOWN:
        return
    match finding.expression:
        case e.Negation():
            yield from _open(finding.parts[0], wanted=not wanted)
        case e.Connection() | e.Defined():
            for part in finding.parts:
                yield from _open(part, wanted=wanted)
        case _:
            yield Reading(finding, wanted)
