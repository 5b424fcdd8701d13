"""When terms end: deadlines by the counting rule of their law, listings and benefits plainly."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import field
from typing import Protocol

from lawengine.base.calendar import Period, Rounding, Unit, add_period
from lawengine.base.citation import Citation
from lawengine.base.counting import (
    Counting,
    Deadline,
    Direction,
    PeriodLengthError,
    Provision,
    deadline,
)
from lawengine.base.counting_words import caveats, open_words
from lawengine.base.dataclass import dataclass
from lawengine.base.errors import DateOutOfRangeError
from lawengine.base.label import Label
from lawengine.base.working_days import Calendars
from lawengine.evaluation.domains import bounds, hull, within
from lawengine.evaluation.facts import UNKNOWN, Domain

_TAKEN_OVER = Provision(
    unverified=Label(
        "the law cited has no counting rule of its own here; that the first day is not counted and "
        "a last day of rest moves is taken over from civil procedure (CIPL-2023 art 85)",
        "所引法律未收录期间计算规则；“开始之日不计入、末日逢休假日顺延”系比照民事诉讼"
        "（民事诉讼法-2023 第85条）",
    )
)
PLAIN = Counting(
    id="plain",
    zh_id="通常",
    label=Label("periods of a law without a counting rule here", "未收录计算规则的期间"),
    in_force_from=datetime.date.min,
    first=_TAKEN_OVER,
    last=_TAKEN_OVER,
    month_end=_TAKEN_OVER,
)
"""How the days of a law are counted that has no counting rule of its own; marked unverified."""

_DAY = Period(1, Unit.DAY)
_OUT_OF_RANGE = Label("the day lies beyond the calendar", "日期超出历法范围")


class DayRules(Protocol):
    """Counting rules by the name of their law, and the published calendars."""

    def counting(self, name: str) -> Counting | None:
        """Return the counting rule of a law, or None."""

    def calendars(self, known_on: datetime.date | None = None) -> Calendars:
        """Return the calendars, by default with every notice."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long something lasts: its start and its last day, each as far as it is known.

    `counts` holds the count behind a deadline, `doubts` what keeps the last day open although the
    start is known, or may still move it. `either` are the periods that it may have while it is open
    which of them applies.
    """

    start: Domain
    period: Period
    last: Domain
    counts: tuple[Deadline, ...] = ()
    doubts: tuple[Label, ...] = ()
    either: tuple[Period, ...] = ()


def either(terms: Sequence[Term]) -> Term:
    """Return what is known of a term that may be any of these: the last day is that of one of them.

    Edges: terms of one length are one term.
    """
    if all(term.period == terms[0].period for term in terms):
        return terms[0]
    doubts = tuple(dict.fromkeys(doubt for term in terms for doubt in term.doubts))
    periods = tuple(dict.fromkeys(term.period for term in terms))
    last = hull(term.last for term in terms)
    return Term(terms[0].start, terms[0].period, last, doubts=doubts, either=periods)


@dataclass(slots=True)
class TermCounter:
    """Counts terms; `days` None counts without any calendar, so that deadlines stay open."""

    days: DayRules | None = None
    _calendars: Calendars | None = None
    _counted: dict[tuple[datetime.date, Period, str, Direction], Deadline] = field(
        default_factory=dict
    )

    def lasting(self, start: Domain, period: Period) -> Term:
        """Return the term of a listing or benefit: its last day bears the number of its start.

        Edges: 29 February and a year have no such day; the last of February and 1 March bound it.
        """
        if period.unit is Unit.WORKING_DAY:
            return self.due(start, period, ())
        low, high = _ends(start)
        try:
            first = None if low is None else add_period(low, period, Rounding.DOWN)
            last = None if high is None else add_period(high, period, Rounding.UP)
        except DateOutOfRangeError:
            return Term(start, period, UNKNOWN, doubts=(_OUT_OF_RANGE,))
        doubts: tuple[Label, ...] = ()
        if low is not None and low == high and first != last:
            doubts = (_no_such_day(low, period),)
        return Term(start, period, within(first, last), doubts=doubts)

    def before(self, day: Domain, period: Period | None, law: Sequence[Citation]) -> Term:
        """Return the term of a duty that is due before a day, the period counted back from it.

        Edges: without a period the day before is the last one, be it a day of rest.
        """
        if period is not None:
            return self.due(day, period, law, Direction.BEFORE)
        back = Period(-1, Unit.DAY)
        try:
            low, high = (None if end is None else add_period(end, back) for end in _ends(day))
        except DateOutOfRangeError:
            return Term(day, _DAY, UNKNOWN, doubts=(_OUT_OF_RANGE,))
        return Term(day, _DAY, within(low, high))

    def due(
        self,
        start: Domain,
        period: Period,
        law: Sequence[Citation],
        direction: Direction = Direction.AFTER,
    ) -> Term:
        """Return the term of a duty under `law`, its last day by that law's counting rule.

        Edges: a year without a published calendar leaves the last day within bounds.
        """
        counting = self._counting(law)
        try:
            low, high = (
                None if day is None else self._count(day, period, counting, direction)
                for day in _ends(start)
            )
        except DateOutOfRangeError:
            return Term(start, period, UNKNOWN, doubts=(_OUT_OF_RANGE,))
        except PeriodLengthError:
            length = Label(period.text("en"), period.text("zh"))
            doubt = Label(f"no term lasts {length.en}", f"期限不可能为{length.zh}")
            return Term(start, period, UNKNOWN, doubts=(doubt,))
        first = None if low is None else low.day or low.earliest
        last = None if high is None else high.day or high.latest
        counts = () if low is None or low is not high else (low,)
        doubts = tuple(
            words for count in counts for words in (open_words(count), *caveats(count)) if words
        )
        return Term(start, period, within(first, last), counts, doubts)

    def _counting(self, law: Sequence[Citation]) -> Counting:
        if self.days is not None:
            for citation in law:
                found = self.days.counting(citation.instrument)
                if found is not None:
                    return found
        return PLAIN

    def _count(
        self, day: datetime.date, period: Period, counting: Counting, direction: Direction
    ) -> Deadline:
        key = (day, period, counting.id, direction)
        if key not in self._counted:
            if self._calendars is None:
                self._calendars = Calendars() if self.days is None else self.days.calendars()
            self._counted[key] = deadline(day, period, counting, self._calendars, direction)
        return self._counted[key]


def _ends(day: Domain) -> tuple[datetime.date | None, datetime.date | None]:
    low, high = bounds(day)
    return (
        low if isinstance(low, datetime.date) else None,
        high if isinstance(high, datetime.date) else None,
    )


def _no_such_day(start: datetime.date, period: Period) -> Label:
    return Label(
        f"{start.isoformat()} and {period.text('en')} lead to a day that does not exist",
        f"自{start.isoformat()}起{period.text('zh')}，到期月没有对应日",
    )
