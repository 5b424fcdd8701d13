"""Deadlines: a period counted from a day by a named and cited counting rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from itertools import groupby

from lawengine.base.calendar import Period, Rounding, Unit, add_period
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.errors import LawEngineError
from lawengine.base.label import Label
from lawengine.base.working_days import Calendars, DayKind

_ONE = datetime.timedelta(days=1)


MAX_DAYS = 36_525
"""A hundred years, the longest period that is counted; no period of the law comes near it."""

_IN_DAYS = {Unit.DAY: 1, Unit.WORKING_DAY: 1, Unit.MONTH: 30, Unit.YEAR: 365}


class PeriodLengthError(LawEngineError):
    """A period of less than one day has no last day; one of centuries is no period of the law."""

    def __init__(self, period: Period) -> None:
        found = period.text("en")
        super().__init__(f"a period lasts from one day to a hundred years, found {found}")
        self.period = period


class Direction(StrEnum):
    """Whether a period runs on from a day, or is counted back from it."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Provision:
    """Where one part of a counting rule stands, and the reason where that is not checked."""

    because: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)


@dataclass(frozen=True, slots=True)
class Counting:
    """A counting rule 期间计算规则 of one version of a law.

    `working_lengths` are the periods in days that the law counts in working days.
    `first_counted` tells whether the day of the event is the first day of the period, `moves`
    whether a period that ends on a rest day ends on the next working day.

    Edges: a period written in working days is counted in them under every rule. A month that lacks
    the day ends the period on its last day.
    """

    id: str
    zh_id: str
    label: Label
    in_force_from: datetime.date
    in_force_to: datetime.date | None = None
    working_lengths: frozenset[int] = frozenset()
    first_counted: bool = False
    moves: bool = True
    working: Provision = Provision()
    first: Provision = Provision()
    last: Provision = Provision()
    month_end: Provision = Provision()

    def in_force(self, day: datetime.date) -> bool:
        """Tell whether the rule is the law on `day`, both ends included."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def in_working_days(self, period: Period) -> bool:
        """Tell whether this rule counts `period` in working days."""
        written = period.unit is Unit.WORKING_DAY
        return written or (period.unit is Unit.DAY and period.length in self.working_lengths)


class StepKind(StrEnum):
    """What one step of a count says."""

    FIRST_NOT_COUNTED = "first_not_counted"
    FIRST_COUNTED = "first_counted"
    IN_WORKING_DAYS = "in_working_days"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MADE_UP = "made_up"
    NO_CALENDAR = "no_calendar"
    SAME_DAY = "same_day"
    MONTH_END = "month_end"
    ENDS = "ends"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: the days from `first` to `last`, and what they are.

    `name` and `source` are the holiday and the notice; `because` cites the provision.
    Units: days, in `count`.
    """

    kind: StepKind
    first: datetime.date
    last: datetime.date
    count: int = 1
    name: Label = field(default_factory=Label)
    source: str = ""
    because: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, or what is known of it.

    `day` is None while it hangs on a year without a published calendar; `missing` names those
    years. `earliest` and `latest` hold whatever is published yet; None is an open end. `may_change`
    names the year whose calendar, not yet published, could still move a known day. `steps` show
    the count; if the day is open, up to the earliest day, or the latest where it is counted back.
    `unverified` says what of the count rests on no checked text.
    """

    start: datetime.date
    period: Period
    counting: Counting
    direction: Direction
    day: datetime.date | None
    earliest: datetime.date | None
    latest: datetime.date | None
    missing: tuple[int, ...] = ()
    may_change: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    unverified: tuple[Label, ...] = ()

    @property
    def in_force(self) -> bool:
        """Tell whether the counting rule was the law on the day the count starts from."""
        return self.counting.in_force(self.start)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return what the count rests on, each article once, in the order of the steps."""
        return tuple(dict.fromkeys(cited for step in self.steps for cited in step.because))

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the notices whose days the count met, each once."""
        return tuple(dict.fromkeys(step.source for step in self.steps if step.source))


def deadline(
    start: datetime.date,
    period: Period,
    counting: Counting,
    calendars: Calendars,
    direction: Direction = Direction.AFTER,
) -> Deadline:
    """Return the last day of `period` from `start`, counted by `counting` with `calendars`.

    With `BEFORE`, the day on which the period begins that ends before `start`: seven days before
    the hearing. Law: no text at hand says whether an act on that very day is in time.

    Edges: a year without a published calendar leaves the day open, with the bounds that hold
    whatever that calendar will say. Counted back, a rest day moves nothing.

    Raises:
        PeriodLengthError: the period is shorter than one day or longer than a hundred years.
        DateOutOfRangeError: the day lies outside years 1 to 9999.
    """
    if not 1 <= period.length <= MAX_DAYS // _IN_DAYS[period.unit]:
        raise PeriodLengthError(period)
    count = _Count(start, period, counting, calendars, direction)
    return count.by_working_days() if counting.in_working_days(period) else count.by_calendar()


@dataclass(frozen=True, slots=True)
class _Asked:
    """The stretch of days for which a calendar was asked, and the bounds that hold: near, far."""

    days: tuple[datetime.date, datetime.date]
    bounds: tuple[datetime.date, datetime.date | None]


@dataclass(frozen=True, slots=True)
class _Count:
    start: datetime.date
    period: Period
    counting: Counting
    calendars: Calendars
    direction: Direction

    @property
    def sign(self) -> int:
        return 1 if self.direction is Direction.AFTER else -1

    def by_working_days(self) -> Deadline:
        counting, period = self.counting, self.period
        begin = self.start if counting.first_counted else self.later(self.start, 1)
        near, far = self.enclose(begin, period.length)
        bounds = self.enclose(begin, period.length, firm=True)
        steps, doubts = [self.first_step()], [counting.first]
        if period.unit is Unit.DAY:
            because = counting.working.because
            steps.append(
                Step(StepKind.IN_WORKING_DAYS, begin, near, period.length, because=because)
            )
            doubts.append(counting.working)
        steps += self.runs(begin, near)
        return self.result(near, far, steps, doubts, _Asked((begin, far or near), bounds))

    def by_calendar(self) -> Deadline:
        counting, period = self.counting, self.period
        length = Period(self.sign * period.length, period.unit)
        end = add_period(self.start, length, Rounding.DOWN)
        steps, doubts = [self.first_step()], [counting.first]
        if period.unit is not Unit.DAY:
            kept = end.day == self.start.day
            provision = Provision() if kept else counting.month_end
            kind = StepKind.SAME_DAY if kept else StepKind.MONTH_END
            steps.append(Step(kind, end, end, because=provision.because))
            doubts.append(provision)
        if counting.first_counted:
            end = self.later(end, -1)
        if not counting.moves or self.direction is Direction.BEFORE:
            return self.result(end, end, steps, doubts)
        near, far = self.enclose(end, 1)
        bounds = self.enclose(end, 1, firm=True)
        if near != end or far != end:
            steps += [step for step in self.runs(end, near) if step.kind is not StepKind.COUNTED]
        if near != end:
            steps.append(Step(StepKind.MOVED, end, near, because=counting.last.because))
            doubts.append(counting.last)
        return self.result(near, far, steps, doubts, _Asked((end, far or near), bounds))

    def first_step(self) -> Step:
        counted = self.counting.first_counted
        kind = StepKind.FIRST_COUNTED if counted else StepKind.FIRST_NOT_COUNTED
        return Step(kind, self.start, self.start, because=self.counting.first.because)

    def later(self, day: datetime.date, days: int) -> datetime.date:
        return add_period(day, Period(self.sign * days, Unit.DAY))

    def enclose(
        self, day: datetime.date, count: int, *, firm: bool = False
    ) -> tuple[datetime.date, datetime.date | None]:
        """Return between which days working day number `count` lies, `day` being the first.

        A day without a calendar counts as worked for the near end and as a day of rest for the far
        one, so both hold for every calendar that may yet be published. None is an open end. With
        `firm`, a day that the calendar of the next year may still change counts as open too.
        """
        near: datetime.date | None = None
        near_left = far_left = count
        while True:
            kind = self.calendars.kind(day)
            if firm and self.calendars.may_change(day):
                kind = DayKind.UNKNOWN
            if kind is DayKind.UNKNOWN and not self.calendars.known_beyond(day, self.sign):
                return near or self.later(day, near_left - 1), None
            near_left -= kind is not DayKind.REST
            far_left -= kind is DayKind.WORKING
            if near is None and near_left == 0:
                near = day
            if far_left == 0:
                return near or day, day
            # Once the near end stands, days without a calendar change nothing: leap over them.
            leap = near is not None and kind is DayKind.UNKNOWN
            day = self.calendars.beyond(day, self.sign) if leap else self.later(day, 1)

    def result(
        self,
        near: datetime.date,
        far: datetime.date | None,
        steps: list[Step],
        doubts: list[Provision],
        asked: _Asked | None = None,
    ) -> Deadline:
        """Return the deadline; `asked` is None where no calendar was asked."""
        day = near if near == far else None
        bounds = (near, far) if asked is None else asked.bounds
        low, high = bounds if self.sign > 0 else bounds[::-1]
        missing = {step.first.year for step in steps if step.kind is StepKind.NO_CALENDAR}
        words = [provision.unverified for provision in doubts]
        changing: tuple[int, ...] = ()
        if asked is not None:
            first, last = min(asked.days), max(asked.days)
            years = range(first.year, last.year + 1)
            words += [self.calendars.unverified.get(year, Label()) for year in years]
            if day is not None and self.calendars.may_change(last):
                changing = (last.year + 1,)
        ends = (Step(StepKind.ENDS, day, day),) if day is not None else ()
        return Deadline(
            start=self.start,
            period=self.period,
            counting=self.counting,
            direction=self.direction,
            day=day,
            earliest=low,
            latest=high,
            missing=tuple(sorted(missing)) if day is None else (),
            may_change=changing,
            steps=(*steps, *ends),
            unverified=tuple(dict.fromkeys(word for word in words if word)),
        )

    def runs(self, first: datetime.date, last: datetime.date) -> Iterator[Step]:
        """Yield the days from `first` to `last` as runs of one kind."""
        span = (last - first).days * self.sign
        days = (first + self.sign * n * _ONE for n in range(span + 1))
        for (kind, name, source, _), group in groupby(days, self.account):
            found = list(group)
            yield Step(kind, min(found), max(found), len(found), name, source)

    def account(self, day: datetime.date) -> tuple[StepKind, Label, str, int]:
        """Return what a day is, and its year where that has no calendar."""
        named = self.calendars.named.get(day)
        if named is not None:
            kind = StepKind.HOLIDAY if named.off else StepKind.MADE_UP
            return kind, named.name, named.source, 0
        found = self.calendars.kind(day)
        if found is DayKind.UNKNOWN:
            return StepKind.NO_CALENDAR, Label(), "", day.year
        return (StepKind.COUNTED if found is DayKind.WORKING else StepKind.WEEKEND), Label(), "", 0
