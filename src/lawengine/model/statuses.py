"""Statuses: what law attaches to a party over time - listings, benefits, duties."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Expression
from lawengine.model.rules import Interval, Repeal


class StatusKind(StrEnum):
    """A list 名单 that a party stands on, a benefit 激励 it has, a duty 义务 it owes.

    A watch 关注 is a suspicion that calls for a closer look: it finds nothing and lists nobody.
    """

    LIST = "list"
    BENEFIT = "benefit"
    DUTY = "duty"
    WATCH = "watch"


class ListForm(StrEnum):
    """A register of parties 名单, a display of what was decided 公示, a ban 从业禁止, or a scheme.

    Who is shown, or barred from an industry by law or decision, stands on no list for that; nor
    does whom a platform or an association lists under a scheme 方案 of its own that is no law.
    """

    REGISTER = ""
    DISPLAY = "display"
    BAN = "ban"
    SCHEME = "scheme"


class StatusState(StrEnum):
    """What became of a status on a day; `DUE` is a duty whose term still runs 应履行.

    A list knows NOT_LISTED, LISTED, EXPIRED and REMOVED; a benefit NOT_GRANTED, GRANTED, EXPIRED
    and LOST; a duty NOT_DUE, DUE, DISCHARGED and BREACHED, or LAPSED where it is a right that was
    not exercised in time; a watch NOT_WATCHED and WATCHED; each of them UNDETERMINED.
    """

    NOT_LISTED = "not_listed"
    LISTED = "listed"
    REMOVED = "removed"
    NOT_GRANTED = "not_granted"
    GRANTED = "granted"
    LOST = "lost"
    EXPIRED = "expired"
    NOT_DUE = "not_due"
    DUE = "due"
    DISCHARGED = "discharged"
    BREACHED = "breached"
    NOT_WATCHED = "not_watched"
    WATCHED = "watched"
    LAPSED = "lapsed"
    UNDETERMINED = "undetermined"


STATES_OF = {
    StatusKind.LIST: frozenset(
        {StatusState.NOT_LISTED, StatusState.LISTED, StatusState.EXPIRED, StatusState.REMOVED}
    ),
    StatusKind.BENEFIT: frozenset(
        {StatusState.NOT_GRANTED, StatusState.GRANTED, StatusState.EXPIRED, StatusState.LOST}
    ),
    StatusKind.DUTY: frozenset(
        {
            StatusState.NOT_DUE,
            StatusState.DUE,
            StatusState.DISCHARGED,
            StatusState.BREACHED,
            StatusState.LAPSED,
        }
    ),
    StatusKind.WATCH: frozenset({StatusState.NOT_WATCHED, StatusState.WATCHED}),
}
"""The states that a status of each kind can be in, besides UNDETERMINED."""


class EndingKind(StrEnum):
    """How a status ends before its term.

    A listing is removed 移出 (repair 修复), a benefit is lost 丧失, a duty is discharged 履行.
    """

    REMOVED = "removed"
    LOST = "lost"
    DISCHARGED = "discharged"


@dataclass(frozen=True, slots=True)
class Ending:
    """A way out of a status, open over `interval` (None: as long as the version's listings last).

    `after` must have passed since the status began. `on` is the date fact that says when it
    happened; without it the ending holds on any day on which `condition` holds.
    """

    kind: EndingKind
    law: tuple[Citation, ...]
    condition: Expression | None = None
    on: Expression | None = None
    after: Period | None = None
    interval: Interval | None = None
    unverified: Label = field(default_factory=Label)
    span: Span = field(default=NOWHERE, compare=False)

    def expressions(self) -> Iterator[Expression]:
        """Yield what it rests on: its day and its condition."""
        for part in (self.on, self.condition):
            if part is not None:
                yield part


@dataclass(frozen=True, slots=True)
class LateSum:
    """What is added to a duty that is not done in time, such as a late fine 加处罚款.

    Units: fen. It is worked out for the day of the decision, for duties that are overdue or were
    done late.
    """

    amount: Expression
    law: tuple[Citation, ...]
    unverified: Label = field(default_factory=Label)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class JointMeasure:
    """What a listing brings about 惩戒措施, or what a benefit consists of 激励措施.

    `authority` is who applies it, "" for every authority.
    """

    name: str
    label: Label
    authority: str = ""
    law: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TermCase:
    """One of several terms: that of the first case whose condition is met; None: otherwise."""

    period: Period
    condition: Expression | None = None
    law: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TermCases:
    """A term that depends on conditions: the first case that is met decides; the last always is.

    Edges: while a condition is open every case that may be met counts.
    """

    cases: tuple[TermCase, ...]

    def conditions(self) -> Iterator[Expression]:
        """Yield the conditions in their order."""
        return (case.condition for case in self.cases if case.condition is not None)


@dataclass(frozen=True, slots=True)
class StatusVersion:
    """One version of a status norm, in force over `interval`.

    `start` is the day from which the status runs (listing, grant, event that makes a duty due); a
    watch has none, it is a look at the facts of one day.
    `term` is how long it lasts; for a duty, the time within which it must be discharged. None: no
    end of its own; it may hang on conditions. `before` is the day before which a duty must be
    discharged, the term counted back from it; such a duty has no start, it is owed from the outset.
    `right` marks a term within which something may be done: to let it pass breaks nothing, the
    right lapses. `triggers` names the rules that a breach of a duty opens. `proposed_by` names the
    reforms whose text it is.
    """

    interval: Interval
    law: tuple[Citation, ...]
    when: Expression | None
    exclusions: tuple[Expression, ...] = ()
    authority: str = ""
    start: Expression | None = None
    term: Period | TermCases | None = None
    before: Expression | None = None
    right: bool = False
    measures: tuple[JointMeasure, ...] = ()
    endings: tuple[Ending, ...] = ()
    late: LateSum | None = None
    triggers: tuple[str, ...] = ()
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    proposed_by: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def terms(self) -> tuple[Period, ...]:
        """Return every term that there may be, none where it has no end of its own."""
        if isinstance(self.term, TermCases):
            return tuple(case.period for case in self.term.cases)
        return () if self.term is None else (self.term,)

    def expressions(self) -> Iterator[Expression]:
        """Yield what its state rests on: conditions, start or end, and what the endings ask."""
        yield from self.beginning()
        for ending in self.endings:
            yield from ending.expressions()

    def beginning(self) -> Iterator[Expression]:
        """Yield what it rests on but for the ways out: its conditions, and its start or end."""
        cases = self.term.conditions() if isinstance(self.term, TermCases) else ()
        for part in (self.when, *self.exclusions, self.start, self.before, *cases):
            if part is not None:
                yield part


@dataclass(frozen=True, slots=True)
class Status:
    """A lineage of status norms over the instances of one entity.

    `dated_by` is the date fact of that entity, or of one above it, that picks the version. A
    list of another `form` than a register is none that one stands on.
    """

    kind: StatusKind
    name: str
    alias: str
    label: Label
    entity: str
    dated_by: Expression
    versions: tuple[StatusVersion, ...]
    repeal: Repeal | None = None
    form: ListForm = field(default_factory=lambda: ListForm.REGISTER)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def is_register(self) -> bool:
        """Tell whether it is a list that `listed anywhere` counts."""
        return self.kind is StatusKind.LIST and self.form is ListForm.REGISTER

    def version_at(self, day: datetime.date) -> StatusVersion | None:
        """Return the version in force on `day`, or None: an expired one is never a fallback."""
        return next((v for v in self.versions if v.interval.contains(day)), None)
