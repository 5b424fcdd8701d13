"""Lineages cut open at a day: the version of that day closed the day before, a new one opened."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.source import NOWHERE, Span
from lawengine.model.reforms import Reach
from lawengine.model.rules import DatedValue, Interval, Repeal, Version
from lawengine.model.statuses import StatusVersion

Dated = TypeVar("Dated", Version, StatusVersion, DatedValue)
DAY = datetime.timedelta(days=1)


def target(
    versions: Sequence[Dated], reach: Reach, name: str, span: Span, repeal: Repeal | None
) -> Dated | Diagnostic:
    """Return the version that a change takes hold of, or why there is none.

    Edges: without a day of its own the version meant is that of the first day of the change; "as
    if always" means the last one. The first day of a version belongs to it, and so does its last.
    """
    day = reach.on or reach.since
    found = versions[-1] if day is None else in_force(versions, day)
    if repeal is not None and day is not None and repeal.start <= day and found is None:
        words = {"name": name, "day": repeal.start.isoformat()}
        return Diagnostic("LAW333", span, words)
    if found is None:
        return _missing(versions, reach.on or reach.since or datetime.date.min, name, span)
    if reach.since is not None and not found.interval.contains(reach.since):
        return _outside(found, reach.since, name, span)
    return found


def in_force(versions: Sequence[Dated], day: datetime.date) -> Dated | None:
    """Return the version in force on `day`, or None."""
    return next((one for one in versions if one.interval.contains(day)), None)


def _missing(versions: Sequence[Dated], day: datetime.date, name: str, span: Span) -> Diagnostic:
    before = [one for one in versions if one.interval.start <= day]
    return _outside(before[-1] if before else versions[0], day, name, span)


def _outside(version: Dated, day: datetime.date, name: str, span: Span) -> Diagnostic:
    interval = version.interval
    words = {"name": name, "day": day.isoformat(), "start": interval.start.isoformat()}
    if day < interval.start:
        return Diagnostic("LAW331", span, words)
    end = interval.end or datetime.date.max
    return Diagnostic("LAW332", span, {**words, "end": end.isoformat()})


def cut(
    versions: Sequence[Dated], old: Dated, since: datetime.date | None, new: Dated
) -> tuple[Dated, ...]:
    """Return the lineage with `new` instead of `old` from `since` on; None: over all its days.

    Edges: where nothing of the content changes, the lineage stays as it is.
    """
    if new == old:
        return tuple(versions)
    start = since or old.interval.start
    found: list[Dated] = []
    for one in versions:
        if one is not old:
            found.append(one)
            continue
        if start > old.interval.start:
            found.append(replace(old, interval=Interval(old.interval.start, start - DAY)))
        found.append(replace(new, interval=Interval(start, old.interval.end)))
    return tuple(found)


def ended(versions: Sequence[Dated], day: datetime.date) -> tuple[Dated, ...]:
    """Return the lineage without anything from `day` on."""
    kept = []
    for one in versions:
        if one.interval.start >= day:
            continue
        end = one.interval.end
        last = day - DAY if end is None or end >= day else end
        kept.append(
            one if last == end else replace(one, interval=Interval(one.interval.start, last))
        )
    return tuple(kept)


AnyVersion: TypeAlias = Version | StatusVersion | DatedValue


def content(version: AnyVersion) -> AnyVersion:
    """Return a version as its text alone: without its days and without who proposes it."""
    return replace(version, interval=Interval(datetime.date.min), proposed_by=(), span=NOWHERE)
