"""Whether a party stood on a list on some day since another: what a later removal does not undo."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.base.truth import Truth, conjunction, disjunction
from lawengine.evaluation.domains import compare
from lawengine.evaluation.facts import Domain, Known
from lawengine.model.expressions import Comparison
from lawengine.registers.findings import EndingFinding, StatusFinding, VersionFinding


def stood_since(found: StatusFinding, since: Domain) -> Truth:
    """Return whether a listing runs, or ran on some day from `since` on.

    Law: an entry counts for each of its days, the first one and the last of its term included; on
    the day of its removal it is off the list. A way out that has no day of its own, as when the
    penalty is annulled, takes the entry away from the first day on which it was open.

    Edges: where several versions may be in force, only what all of them say is settled.
    """
    truths = [_stood(version, since) for version in found.versions]
    truths += [Truth.FALSE] * (found.gap or not truths)
    return truths[0] if len(set(truths)) == 1 else Truth.UNKNOWN


def _stood(version: VersionFinding, since: Domain) -> Truth:
    lasted = [~version.over | _in_term(version, since)]
    lasted += [~ending.truth | _before(ending, version, since) for ending in version.endings]
    return conjunction([version.truth, version.begun, *lasted])


def _in_term(version: VersionFinding, since: Domain) -> Truth:
    """Return whether the last day of the term is not before `since`."""
    if version.term is None:
        return Truth.TRUE
    return compare(Comparison.AT_LEAST, version.term.last, since)


def _before(ending: EndingFinding, version: VersionFinding, since: Domain) -> Truth:
    """Return whether the entry stood on a day from `since` on before it ended in this way."""
    start = version.start.domain
    return disjunction(
        compare(Comparison.MORE, day, start) & compare(Comparison.MORE, day, since)
        for day in _days(ending)
    )


def _days(ending: EndingFinding) -> Iterator[Domain]:
    """Yield the day of an ending; without one, the days before which it was not open."""
    if ending.day is not None:
        yield ending.day
        return
    if ending.opens is not None:
        yield ending.opens
    if ending.ending.interval is not None:
        yield Known(ending.ending.interval.start)
