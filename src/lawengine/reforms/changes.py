"""What differs between two rulebooks, norm by norm and day by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lawengine.base.dataclass import dataclass
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import (
    DatedValue,
    Definition,
    Interval,
    Parameter,
    Rule,
    Table,
    Version,
)
from lawengine.model.statuses import Status, StatusVersion
from lawengine.reforms.lineages import DAY, content

Norm: TypeAlias = Rule | Status | Parameter | Definition | Table
AnyVersion: TypeAlias = Version | StatusVersion | DatedValue | Definition | Table


@dataclass(frozen=True, slots=True)
class Difference:
    """What held over some days before and holds after; None: nothing did, or nothing does."""

    interval: Interval
    before: AnyVersion | None
    after: AnyVersion | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A norm or figure that differs, with the days on which it does."""

    norm: Norm
    differences: tuple[Difference, ...]


def changes(before: Rulebook, after: Rulebook) -> tuple[Changed, ...]:
    """Return every norm and figure that differs, rules first, in the order of the rulebooks."""
    found: list[Changed] = []
    pairs: tuple[tuple[Mapping[str, Norm], Mapping[str, Norm]], ...] = (
        (before.rules, after.rules),
        (before.statuses, after.statuses),
        (before.parameters, after.parameters),
        (before.definitions, after.definitions),
        (before.tables, after.tables),
    )
    for old, new in pairs:
        for name in dict.fromkeys((*old, *new)):
            one, two = old.get(name), new.get(name)
            if one != two:
                norm = two or one
                assert norm is not None  # noqa: S101 - the name comes from one of them
                found.append(Changed(norm, tuple(_differences(one, two))))
    return tuple(found)


def _differences(old: Norm | None, new: Norm | None) -> Iterator[Difference]:
    """Yield the stretches of days over which the two say different things."""
    one, two = _versions(old), _versions(new)
    pending: Difference | None = None
    for days in _stretches((*one, *two)):
        before, after = _on(one, days.start), _on(two, days.start)
        if _text(before) == _text(after):
            continue
        if pending is not None and _follows(pending, days, before, after):
            pending = Difference(
                Interval(pending.interval.start, days.end), pending.before, pending.after
            )
            continue
        if pending is not None:
            yield pending
        pending = Difference(days, before, after)
    if pending is not None:
        yield pending


def _follows(
    pending: Difference, days: Interval, before: AnyVersion | None, after: AnyVersion | None
) -> bool:
    end = pending.interval.end
    joined = end is not None and end + DAY == days.start
    same = _text(pending.before) == _text(before) and _text(pending.after) == _text(after)
    return joined and same


def _versions(norm: Norm | None) -> Sequence[AnyVersion]:
    match norm:
        case None:
            return ()
        case Rule(versions=versions) | Status(versions=versions):
            return versions
        case Parameter(values=values):
            return values
        case _:
            return (norm,)


def _days(version: AnyVersion) -> Interval:
    if isinstance(version, Definition | Table):
        return Interval(datetime.date.min)
    return version.interval


def _stretches(versions: Sequence[AnyVersion]) -> Iterator[Interval]:
    """Yield the stretches between the days on which any of the versions begins or ends."""
    starts: set[datetime.date] = set()
    for version in versions:
        days = _days(version)
        starts.add(days.start)
        if days.end is not None and days.end < datetime.date.max:
            starts.add(days.end + DAY)
    ordered = sorted(starts)
    for index, start in enumerate(ordered):
        last = index + 1 == len(ordered)
        yield Interval(start, None if last else ordered[index + 1] - DAY)


def _on(versions: Sequence[AnyVersion], day: datetime.date) -> AnyVersion | None:
    return next((one for one in versions if _days(one).contains(day)), None)


def _text(version: AnyVersion | None) -> AnyVersion | None:
    """Return what a version says, without its days."""
    match version:
        case Version() | StatusVersion() | DatedValue():
            return content(version)
        case _:
            return version
