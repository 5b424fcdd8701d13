"""Whether the rules bring a joint measure on a day, by whom, and to a party."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lawengine.base.truth import Truth, disjunction
from lawengine.casebook.asking import Asked
from lawengine.casebook.status_reading import (
    department_names,
    entered,
    entry_needs,
    later_label,
    over_before,
)
from lawengine.casebook.status_verdicts import AGREES, Aspect, StatusGround, differs, left_open
from lawengine.evaluation.intervals import days as days_of
from lawengine.model.statuses import JointMeasure, Status, StatusKind, StatusVersion
from lawengine.registers.findings import StatusFinding


def brought(asked: Asked) -> Aspect:
    """Return how a published joint measure compares with the rules of its day."""
    on = asked.on
    first, last = days_of(on)
    known = list(_versions(asked))
    in_force = [
        (status, version, measure)
        for status, version, measure in known
        if version.interval.start <= last
        and (version.interval.end is None or version.interval.end >= first)
    ]
    bringing = [(s, v) for s, v, m in in_force if _takes(asked, m)]
    if not bringing:
        later = [v.interval.start for _, v, m in known if _takes(asked, m)]
        if in_force:
            names = dict.fromkeys(measure.authority for _, _, measure in in_force)
            detail = department_names(names, asked.rulebook)
            return differs(StatusGround.OTHER_DEPARTMENT, detail)
        if later and min(later) > last:
            return differs(StatusGround.NOT_IN_FORCE, later_label(later, on))
        return differs(StatusGround.NOT_BROUGHT)
    truths, needs = [], []
    for name in dict.fromkeys(status.name for status, _ in bringing):
        found, missing = asked.found(asked.rulebook.statuses[name])
        if missing:
            truths.append(Truth.UNKNOWN)
            needs.append(missing)
        for one in found:
            truth = _brought(asked, one, first)
            truths.append(truth)
            needs += [entry_needs(one)] if truth is Truth.UNKNOWN else []
    truth = disjunction(truths)
    if truth is Truth.UNKNOWN:
        return left_open(*needs)
    return AGREES if truth is Truth.TRUE else differs(StatusGround.NOT_LISTED)


def _versions(asked: Asked) -> Iterator[tuple[Status, StatusVersion, JointMeasure]]:
    """Yield every version that brings the measure, by whatever department."""
    for status in asked.rulebook.statuses.values():
        if status.kind not in (StatusKind.LIST, StatusKind.BENEFIT):
            continue
        if asked.published.of in ("", status.name):
            for version in status.versions:
                for measure in version.measures:
                    if measure.name == asked.published.name:
                        yield status, version, measure


def _takes(asked: Asked, measure: JointMeasure) -> bool:
    """Tell whether the department that announced it may take it.

    Law: a measure without a department of its own is one of every department.
    """
    return not asked.published.department or measure.authority in (
        "",
        asked.published.department,
    )


def _brought(asked: Asked, found: StatusFinding, first: datetime.date) -> Truth:
    """Return whether a listing brings the measure: it keeps those of its own version."""
    brings = [
        any(m.name == asked.published.name and _takes(asked, m) for m in v.version.measures)
        for v in found.versions
    ]
    if not any(brings) or over_before(found, first):
        return Truth.FALSE
    return entered(found) if all(brings) else entered(found) & Truth.UNKNOWN
