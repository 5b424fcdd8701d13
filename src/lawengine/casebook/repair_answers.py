"""Whether a party was repaired, and how soon it may be, by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from lawengine.base.calendar import Period
from lawengine.base.truth import Truth, disjunction
from lawengine.casebook.asking import Asked
from lawengine.casebook.status_reading import (
    condition_labels,
    either_label,
    entered,
    later_label,
    length,
    repaired,
)
from lawengine.casebook.status_verdicts import (
    AGREES,
    Aspect,
    StatusGround,
    differs,
    left_open,
    weight,
    worst,
)
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import Domain, Instance, Unknown
from lawengine.evaluation.intervals import days as days_of
from lawengine.evaluation.trace import Need
from lawengine.model.expressions import Expression
from lawengine.model.rules import Interval
from lawengine.model.statuses import EndingKind, Status, StatusVersion
from lawengine.registers.findings import Fate, StatusFinding

Way: TypeAlias = tuple[Period, Expression | None]
"""How long a removal takes at least, and on what condition it may be granted."""


def repair(asked: Asked, status: Status) -> Aspect:
    """Return how a published repair, or how soon there may be one, compares with the rules."""
    found, missing = asked.found(status)
    aspects = []
    if asked.published.minimum is not None:
        aspects.append(_minimum(asked, status, asked.published.minimum))
    if asked.published.held is not None:
        aspects.append(_granted(asked, status, found, missing))
    return worst(aspects)


def _granted(
    asked: Asked, status: Status, found: Sequence[StatusFinding], missing: tuple[Need, ...]
) -> Aspect:
    truth = disjunction([*map(entered, found), *([Truth.UNKNOWN] if missing else ())])
    if truth is Truth.FALSE:
        # Who stands on no list is granted no repair of it.
        return asked.never(status, found) if asked.published.held else AGREES
    listed = [one for one in found if entered(one) is not Truth.FALSE]
    return _repaired(asked, listed, missing)


# --- how soon ---


def _minimum(asked: Asked, status: Status, published: Period) -> Aspect:
    """Return how the time before a repair compares with the ways open by the rules of the day.

    It is a matter of these ways alone, not of whether the party will be repaired. Edges: a way that
    is closed to the party counts for nothing; where all are, the time of the rules remains.
    """
    reached = asked.register.reach(status.entity, asked.chain)
    versions = [version for version in status.versions if _open(version.interval, asked.on)]
    ways = [way for version in versions for way in _ways(version, asked.on)]
    terms = tuple(dict.fromkeys(period for period, _ in ways))
    if reached.missing:
        return left_open(reached.missing)
    if not reached.chains:
        return differs(StatusGround.NOTHING_DECIDED)
    if not versions:
        starts = [version.interval.start for version in status.versions]
        return differs(StatusGround.NOT_IN_FORCE, later_label(starts, asked.on))
    wanted = length(published)
    if wanted not in {length(term) for term in terms}:
        return differs(StatusGround.OTHER_MINIMUM, either_label(terms))
    return _among_ways(asked, ways, reached.chains, wanted)


def _among_ways(
    asked: Asked, ways: Sequence[Way], chains: Sequence[Mapping[str, Instance]], wanted: Fraction
) -> Aspect:
    """Return how a time compares with the ways that are open, or may be open, to the party.

    INVARIANT: facts that become known only open or close ways, so what is settled stays settled.
    """
    certain: list[Period] = []
    possible: list[Period] = []
    needs: list[tuple[Need, ...]] = []
    for chain in chains:
        view = asked.register.view(chain, asked.on, None)
        for period, condition in ways:
            found = None if condition is None else evaluate(condition, view)
            truth = Truth.TRUE if found is None else found.truth
            certain += [period] if truth is Truth.TRUE else []
            possible += [period] if truth is not Truth.FALSE else []
            needs += [found.needs] if found is not None and truth is Truth.UNKNOWN else []
    shortest = min(map(length, certain), default=None)
    lengths = {length(period) for period in possible}
    if shortest is not None and (shortest < wanted or wanted not in lengths):
        return differs(StatusGround.OTHER_MINIMUM, either_label(tuple(dict.fromkeys(certain))))
    if shortest is None:
        return AGREES if lengths <= {wanted} else left_open(*needs)
    settled = shortest == wanted and min(lengths) == wanted
    return AGREES if settled else left_open(*needs)


def _ways(version: StatusVersion, on: Domain) -> Iterator[Way]:
    """Yield how long each removal takes that is open on a day, and what it asks for."""
    for ending in version.endings:
        after, interval = ending.after, ending.interval
        if ending.kind is not EndingKind.REMOVED or after is None:
            continue
        if interval is None or _open(interval, on):
            yield after, ending.condition


def _open(interval: Interval, on: Domain) -> bool:
    first, last = days_of(on)
    return interval.start <= last and (interval.end is None or interval.end >= first)


# --- whether it was granted ---


def _repaired(asked: Asked, listed: Sequence[StatusFinding], missing: tuple[Need, ...]) -> Aspect:
    truth = disjunction([*map(repaired, listed), *([Truth.UNKNOWN] if missing else ())])
    if truth is Truth.UNKNOWN:
        return left_open(missing, *(one.needs for one in listed))
    gone = [
        ended.day
        for one in listed
        if repaired(one) is Truth.TRUE and one.version is not None
        for ended in [one.version.ended]
        if ended is not None and ended.day is not None
    ]
    if truth is Truth.TRUE and not asked.published.held:
        return differs(StatusGround.HOLDS, asked.day(gone[0]) if gone else None)
    if truth is Truth.TRUE:
        if isinstance(asked.published.day, Unknown):
            return AGREES
        parts = [asked.placed(day, asked.published.day, StatusGround.OTHER_DAY, []) for day in gone]
        return min(parts, key=weight) if parts else left_open()
    if not asked.published.held:
        return AGREES
    return _not_repaired(asked, listed)


def _not_repaired(asked: Asked, listed: Sequence[StatusFinding]) -> Aspect:
    endings = [e for one in listed for version in one.versions for e in version.endings]
    early = [e.opens for e in endings if e.fate is Fate.EARLY and e.opens is not None]
    if early:
        return differs(StatusGround.TOO_EARLY, asked.day(min(early, key=days_of)))
    conditions = [
        condition_labels([e.condition], asked.rulebook)
        for e in endings
        if e.fate is Fate.UNMET and e.condition is not None and e.on is not None
    ]
    return differs(StatusGround.NOT_MET, min(conditions, key=lambda one: len(one.en), default=None))
