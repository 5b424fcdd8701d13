"""What was found of a status: versions, conditions, start, term, endings, possible states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth
from lawengine.evaluation.absence import is_absent
from lawengine.evaluation.facts import UNKNOWN, Domain, FactKey, Instance
from lawengine.evaluation.intervals import days
from lawengine.evaluation.trace import Finding, Need
from lawengine.model.statuses import (
    Ending,
    EndingKind,
    Status,
    StatusKind,
    StatusState,
    StatusVersion,
    TermCase,
)
from lawengine.registers.terms import Term

ABSENT = {
    StatusKind.LIST: StatusState.NOT_LISTED,
    StatusKind.BENEFIT: StatusState.NOT_GRANTED,
    StatusKind.DUTY: StatusState.NOT_DUE,
    StatusKind.WATCH: StatusState.NOT_WATCHED,
}
RUNNING = {
    StatusKind.LIST: StatusState.LISTED,
    StatusKind.BENEFIT: StatusState.GRANTED,
    StatusKind.DUTY: StatusState.DUE,
    StatusKind.WATCH: StatusState.WATCHED,
}
OVER = {
    StatusKind.LIST: StatusState.EXPIRED,
    StatusKind.BENEFIT: StatusState.EXPIRED,
    StatusKind.DUTY: StatusState.BREACHED,
}
"""What a status is once its term has passed; for a duty its breach. A watch has no term."""
ENDED = {
    EndingKind.REMOVED: StatusState.REMOVED,
    EndingKind.LOST: StatusState.LOST,
    EndingKind.DISCHARGED: StatusState.DISCHARGED,
}
HOLDING = {
    StatusKind.LIST: StatusState.LISTED,
    StatusKind.BENEFIT: StatusState.GRANTED,
    StatusKind.DUTY: StatusState.BREACHED,
    StatusKind.WATCH: StatusState.WATCHED,
}
"""The state that `NAME listed`, `NAME granted`, `NAME breached`, `NAME watched` ask for."""


class Fate(StrEnum):
    """What became of a way out of a status."""

    ENDED = "ended"
    OPEN = "open"
    UNMET = "unmet"
    BEFORE_START = "before_start"
    LATER = "later"
    OUTSIDE = "outside"
    EARLY = "early"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class EndingFinding:
    """Whether a status ended in this way: each thing that it takes, and when it was.

    `day` is the day on which it happened, None where it holds on whatever day its condition does.
    `opens` is the first day on which it is allowed. `early`: it was asked for before that day;
    `before_start`: before the status began; `outside`: while this way out was not open;
    `too_late`: after the term was over.
    """

    ending: Ending
    truth: Truth
    condition: Finding | None
    on: Finding | None
    day: Domain | None
    opens: Domain | None
    happened: Truth = Truth.TRUE
    early: Truth = Truth.FALSE
    before_start: Truth = Truth.FALSE
    outside: Truth = Truth.FALSE
    too_late: Truth = Truth.FALSE

    @property
    def fate(self) -> Fate:
        """Return whether it ended the status; where not, the first thing that it lacks."""
        if self.truth is not Truth.FALSE:
            return Fate.ENDED if self.truth is Truth.TRUE else Fate.OPEN
        failing = (
            (Fate.UNMET, self.condition is not None and self.condition.truth is Truth.FALSE),
            (Fate.BEFORE_START, self.before_start is Truth.TRUE),
            (Fate.LATER, self.happened is Truth.FALSE),
            (Fate.OUTSIDE, self.outside is Truth.TRUE),
            (Fate.EARLY, self.early is Truth.TRUE),
        )
        return next((fate for fate, fails in failing if fails), Fate.TOO_LATE)


@dataclass(frozen=True, slots=True)
class VersionFinding:
    """What one version gives on the day of the decision.

    `truth` is whether its conditions are met, `begun` whether its start has come. `term` is None
    for a status without an end of its own. `late`: for a duty, discharged after its last day.
    `dated` is the day that picked the version, `cases` the cases of the term that were looked at,
    with their conditions, up to the one that applies.
    """

    version: StatusVersion
    day: Domain
    truth: Truth
    when: Finding | None
    exclusions: tuple[Finding, ...]
    start: Finding
    begun: Truth
    term: Term | None
    over: Truth
    endings: tuple[EndingFinding, ...]
    states: frozenset[StatusState]
    needs: tuple[Need, ...]
    late: Truth = Truth.FALSE
    dated: Finding | None = None
    cases: tuple[tuple[TermCase, Finding | None], ...] = ()

    @property
    def case(self) -> TermCase | None:
        """Return the case whose term applies, None where it hangs on none or that is open."""
        if self.term is None or self.term.either or not self.cases:
            return None
        return self.cases[-1][0]

    @property
    def missing_step(self) -> Finding | None:
        """Return the day without which it did not begin, as the complete file does not name it."""
        return self.unnamed_step if self.begun is Truth.FALSE else None

    @property
    def unnamed_step(self) -> Finding | None:
        """Return the day that begins or dates it, where the complete file does not name it."""
        days = (self.start, self.dated)
        return next((day for day in days if day is not None and is_absent(day.entry)), None)

    @property
    def barred(self) -> bool:
        """Tell whether the conditions are met and an exclusion alone stands in the way."""
        met = self.when is None or self.when.truth is Truth.TRUE
        return met and any(item.truth is Truth.TRUE for item in self.exclusions)

    @property
    def ended(self) -> EndingFinding | None:
        """Return the ending that holds, the first of several by its day, or None."""
        held = [ending for ending in self.endings if ending.truth is Truth.TRUE]
        return min(held, key=lambda ending: days(ending.day or UNKNOWN)[1], default=None)


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """What became of a status for one instance, on the day of the decision.

    `states` holds every state that is possible by what is known; one of them where it is settled.
    `versions` are those that may be in force, `gap` tells that there may be none.
    """

    status: Status
    instance: Instance
    chain: Mapping[str, Instance]
    on: Domain
    day: Domain
    day_key: FactKey | None
    versions: tuple[VersionFinding, ...]
    gap: bool
    states: frozenset[StatusState]
    needs: tuple[Need, ...] = ()

    @property
    def state(self) -> StatusState:
        """Return the state, `UNDETERMINED` where several are possible."""
        return next(iter(self.states)) if len(self.states) == 1 else StatusState.UNDETERMINED

    @property
    def unlooked(self) -> bool:
        """Tell whether it is a watch for which the file lacks the very list that is looked at."""
        if self.status.kind is not StatusKind.WATCH or len(self.states) == 1:
            return False
        return any(not need.key.fact for need in self.needs)

    @property
    def silent(self) -> bool:
        """Tell whether nothing is said of it: a watch not in force, or with nothing to see."""
        return self.unlooked or (self.status.kind is StatusKind.WATCH and not self.versions)

    @property
    def holds(self) -> Truth:
        """Return whether it is on the list, has the benefit, is in breach of the duty."""
        held = HOLDING[self.status.kind]
        if held not in self.states:
            return Truth.FALSE
        return Truth.TRUE if len(self.states) == 1 else Truth.UNKNOWN

    @property
    def version(self) -> VersionFinding | None:
        """Return the version that applies, None while that is open or none does."""
        return self.versions[0] if len(self.versions) == 1 and not self.gap else None


@dataclass(frozen=True, slots=True)
class Reached:
    """The instances that a status is asked for, and the lists of them that the file lacks."""

    chains: tuple[Mapping[str, Instance], ...]
    missing: tuple[Need, ...] = field(default=())
