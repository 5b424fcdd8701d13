"""Notices on holidays, and the calendars that follow from them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from lawengine.base.counting import Counting
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label, Language
from lawengine.base.source import NOWHERE, Span
from lawengine.base.working_days import Calendars, NamedDay


class Holiday(StrEnum):
    """The holidays that notices arrange."""

    NEW_YEAR = "new_year"
    SPRING_FESTIVAL = "spring_festival"
    QINGMING = "qingming"
    LABOUR_DAY = "labour_day"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL_DAY = "national_day"
    VICTORY_DAY = "victory_day"

    def label(self) -> Label:
        """Return its name."""
        return _HOLIDAYS[self]


_HOLIDAYS = {
    Holiday.NEW_YEAR: Label("New Year", "元旦"),
    Holiday.SPRING_FESTIVAL: Label("Spring Festival", "春节"),
    Holiday.QINGMING: Label("Qingming", "清明节"),
    Holiday.LABOUR_DAY: Label("Labour Day", "劳动节"),
    Holiday.DRAGON_BOAT: Label("Dragon Boat Festival", "端午节"),
    Holiday.MID_AUTUMN: Label("Mid-Autumn Festival", "中秋节"),
    Holiday.NATIONAL_DAY: Label("National Day", "国庆节"),
    Holiday.VICTORY_DAY: Label("Victory Day", "抗战胜利纪念日"),
}

SINCE_2008 = frozenset({Holiday.QINGMING, Holiday.DRAGON_BOAT, Holiday.MID_AUTUMN})
ALWAYS = frozenset(
    {Holiday.NEW_YEAR, Holiday.SPRING_FESTIVAL, Holiday.LABOUR_DAY, Holiday.NATIONAL_DAY}
)


def yearly_holidays(year: int) -> frozenset[Holiday]:
    """Return the holidays that the yearly notice for `year` arranges.

    Law: Qingming, Dragon Boat and Mid-Autumn are in the notices from 2008 on, none before.
    """
    return ALWAYS | SINCE_2008 if year >= 2008 else ALWAYS  # noqa: PLR2004 - see above


class Issuer(StrEnum):
    """Who issues a notice on holidays."""

    GENERAL_OFFICE = "general_office"
    STATE_COUNCIL = "state_council"

    def label(self) -> Label:
        """Return its name."""
        if self is Issuer.STATE_COUNCIL:
            return Label("State Council", "国务院")
        return Label("General Office of the State Council", "国务院办公厅")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The days off of one holiday (or of two that meet), and the weekend days worked for them."""

    holidays: tuple[Holiday, ...]
    days_off: tuple[datetime.date, ...]
    make_up_days: tuple[datetime.date, ...]
    span: Span = NOWHERE

    def label(self) -> Label:
        """Return the names of its holidays."""
        names = [holiday.label() for holiday in self.holidays]
        return Label(" and ".join(n.en for n in names), "、".join(n.zh for n in names))


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on holidays: the yearly one, or one that changes it (`changes` is its number).

    `issued` is the day it was signed; where that was not seen, the day of the first report, and
    `issued_verified` is false. `rests_on` says what its days were checked against, `unverified`
    gives the reason where they were not. `fingerprint` is that of its wording on days off.
    """

    year: int
    title: Label
    issuer: Issuer
    number: str
    number_verified: bool
    issued: datetime.date
    issued_verified: bool
    changes: str
    arrangements: tuple[Arrangement, ...]
    rests_on: Label
    unverified: Label
    fingerprint: str
    span: Span = NOWHERE
    fingerprint_span: Span = NOWHERE

    @property
    def name(self) -> str:
        """Return how steps name it: the number, or the title where no number was seen."""
        return self.number if self.number_verified else self.title.zh


@dataclass(frozen=True, slots=True)
class Year:
    """One year: its notices, the yearly one first, and the balance that they must come to.

    Units: `extra_days_off` counts days off beyond the weekends, less the weekend days worked.
    """

    year: int
    extra_days_off: int
    notices: tuple[Notice, ...]
    span: Span = NOWHERE

    def named(self, known_on: datetime.date | None = None) -> dict[datetime.date, NamedDay]:
        """Return what the notices issued by `known_on` say, a later one over an earlier one."""
        found: dict[datetime.date, NamedDay] = {}
        for notice in self.notices:
            if known_on is not None and notice.issued > known_on:
                continue
            for entry in notice.arrangements:
                name = entry.label()
                found |= dict.fromkeys(entry.days_off, NamedDay(True, name, notice.name))
                found |= dict.fromkeys(entry.make_up_days, NamedDay(False, name, notice.name))
        return found


@dataclass(frozen=True, slots=True)
class Days:
    """All that counting needs: the years with a published calendar, and the counting rules."""

    years: Mapping[int, Year] = field(default_factory=dict)
    countings: tuple[Counting, ...] = ()

    def calendars(self, known_on: datetime.date | None = None) -> Calendars:
        """Return the calendars, by default with every notice, else as published by that day.

        Edges: a year whose yearly notice is later than `known_on` has no calendar on that day.
        """
        named: dict[datetime.date, NamedDay] = {}
        years: set[int] = set()
        unverified: dict[int, Label] = {}
        for year, found in sorted(self.years.items()):
            if known_on is not None and found.notices[0].issued > known_on:
                continue
            years.add(year)
            named |= found.named(known_on)
            reason = next((n.unverified for n in found.notices if n.unverified), Label())
            if reason:
                unverified[year] = reason
        return Calendars(frozenset(years), named, unverified)

    def counting(self, name: str) -> Counting | None:
        """Return the counting rule of that name in either language, or None."""
        return next((c for c in self.countings if name in (c.id, c.zh_id)), None)

    def names(self, language: Language) -> tuple[str, ...]:
        """Return the names of the counting rules."""
        return tuple(c.zh_id if language == "zh" else c.id for c in self.countings)
