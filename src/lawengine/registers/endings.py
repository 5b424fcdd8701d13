"""Endings: how a status ends before its term, and what keeps each of them from holding."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE
from lawengine.base.truth import Truth, conjunction
from lawengine.evaluation.domains import bounds, compare
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import Domain, Known, Origin
from lawengine.evaluation.trace import Cut, Finding, Need, merge_needs
from lawengine.model.expressions import Comparison
from lawengine.model.rules import Interval
from lawengine.model.statuses import Ending, EndingKind, StatusVersion
from lawengine.registers.findings import EndingFinding, StatusFinding
from lawengine.registers.terms import Term, TermCounter

_UNSTATED = (Origin.DERIVED, Origin.ABSENT)
_IMPOSSIBLE = {EndingKind.REMOVED: "LAW560", EndingKind.DISCHARGED: "LAW561"}
"""What cannot have happened before its status began; a loss may: it then ends nothing."""


@dataclass(frozen=True, slots=True)
class Life:
    """One status as it runs: `on` is the day of the decision, `may_be_late` marks a duty.

    `start` is None for a duty that is due before a day: it is owed from the outset.
    """

    view: View
    on: Domain
    start: Domain | None
    term: Term | None
    counter: TermCounter
    may_be_late: bool

    def ending(self, ending: Ending) -> EndingFinding:
        """Return whether the status ended in this way by the day of the decision.

        Law: what happened too early, while this way out was not open, before the status began or
        after its term was over, ends nothing; a duty can still be discharged when it is late.

        Edges: what has no day of its own ends the status on any day on which it holds, so from its
        first day on: whether the status has begun is asked apart and leaves no ending open.
        """
        condition = evaluate(ending.condition, self.view) if ending.condition is not None else None
        on = evaluate(ending.on, self.view) if ending.on is not None else None
        day = self.on if on is None else on.domain
        opens = None
        if ending.after is not None and self.start is not None:
            opens = self.counter.lasting(self.start, ending.after)
        happened = Truth.TRUE if on is None else come(on, self.on)
        early = Truth.FALSE if opens is None else compare(Comparison.LESS, day, opens.last)
        before = Truth.FALSE
        if self.start is not None:
            before = compare(Comparison.LESS, day, self.start)
            if on is None and before is Truth.UNKNOWN:
                before = Truth.FALSE
        too_late = Truth.FALSE
        if self.term is not None and not self.may_be_late:
            too_late = compare(Comparison.MORE, day, self.term.last)
        outside = Truth.FALSE
        if ending.interval is not None:
            # What is not open yet cannot have happened, whatever day it may have been.
            unopened = compare(Comparison.LESS, self.on, Known(ending.interval.start))
            outside = ~inside(day, ending.interval) | unopened
        met = Truth.TRUE if condition is None else condition.truth
        truth = conjunction([met, happened, ~early, ~before, ~too_late, ~outside])
        return EndingFinding(
            ending=ending,
            truth=truth,
            condition=condition,
            on=on,
            day=None if on is None else on.domain,
            opens=None if opens is None else opens.last,
            happened=happened,
            early=early,
            before_start=before,
            outside=outside,
            too_late=too_late,
        )

    def needs(self, found: EndingFinding) -> tuple[Need, ...]:
        """Return the facts that would settle an ending that is open."""
        if found.truth is not Truth.UNKNOWN:
            return ()
        needs = []
        if found.condition is not None and found.condition.truth is Truth.UNKNOWN:
            needs.append(found.condition.needs)
        if found.on is not None:
            if found.on.key is not None and found.on.needs and isinstance(self.on, Known):
                needs.append((Need(found.on.key, Cut(Comparison.AT_MOST, self.on.value)),))
            needs.append(found.on.needs)
        return merge_needs(*needs)


def come(day: Finding, on: Domain) -> Truth:
    """Return whether something dated `day` has happened by the day of the decision.

    Law: the bounds of a date that the file does not give say when it would have been, not that it
    was: whether it happened at all is then open. So it is of a step that the file does not name,
    after the day up to which the file is complete; up to that day it did not happen.
    """
    stack, stated = [day], True
    while stack:
        part = stack.pop()
        stack.extend(part.parts)
        if part.key is not None:
            stated &= part.entry is not None and part.entry.origin not in _UNSTATED
    happened = compare(Comparison.AT_MOST, day.domain, on)
    return happened if stated else happened & Truth.UNKNOWN


def endings_of(version: StatusVersion, life: Life) -> tuple[EndingFinding, ...]:
    """Return what became of each way out of a status."""
    return tuple(life.ending(ending) for ending in version.endings)


def impossible(found: StatusFinding) -> Iterator[Diagnostic]:
    """Yield each ending that the file dates before the status began: that cannot have happened.

    Edges: only where it is settled that the status came about, and that its ending was due; not
    where the complete file does not name the day that began or dated it.
    """
    version = found.version
    if version is None or version.truth is not Truth.TRUE or version.unnamed_step is not None:
        return
    for ending in version.endings:
        code = _IMPOSSIBLE.get(ending.ending.kind)
        met = ending.condition is None or ending.condition.truth is Truth.TRUE
        if code is None or ending.on is None or not met or ending.before_start is not Truth.TRUE:
            continue
        entry = ending.on.entry
        words = {
            "status": found.status.label or Label(found.status.name, found.status.alias),
            "path": str(ending.on.key) if ending.on.key is not None else found.instance.path,
            "day": _shown(ending.on.domain),
            "start": _shown(version.start.domain),
        }
        yield Diagnostic(code, NOWHERE if entry is None else entry.span, words)


def inside(day: Domain, interval: Interval) -> Truth:
    """Return whether a day lies in an interval."""
    after = compare(Comparison.AT_LEAST, day, Known(interval.start))
    end = interval.end
    return after if end is None else after & compare(Comparison.AT_MOST, day, Known(end))


def _shown(day: Domain) -> Label:
    low, high = bounds(day)
    ends = [end.isoformat() for end in (low, high) if isinstance(end, datetime.date)]
    if low == high and ends:
        return Label(ends[0], ends[0])
    return Label(" to ".join(ends), "至".join(ends))
