"""The shape of calendar files and of counting rules; pydantic checks it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lawengine.statutes.days.model import Holiday, Issuer
from lawengine.statutes.schema import (
    Cited,
    Count,
    Data,
    Day,
    Days,
    Flag,
    Hex,
    LabelData,
    Name,
    NumberData,
    OpenDay,
    Words,
    Year,
)

_MOST = 20
"""Entries of one list; the fullest of twenty-one years has eight. More is no calendar."""


class IssuedData(Data):
    """The day a notice was signed, and whether that stood in a text that was read."""

    day: Day
    verified: Flag


class ArrangementData(Data):
    """The days of one holiday, or of two that meet."""

    holidays: tuple[Holiday, ...] = Field(min_length=1, max_length=_MOST)
    days_off: tuple[Days, ...] = Field(min_length=1, max_length=_MOST)
    make_up_days: tuple[Day, ...] = Field(default=(), max_length=_MOST)


class NoticeData(Data):
    """One notice; `changes` is the number of the yearly one where it changes that."""

    title: LabelData
    issuer: Issuer
    number: NumberData
    issued: IssuedData
    changes: Words | None = None
    arrangements: tuple[ArrangementData, ...] = Field(min_length=1, max_length=_MOST)
    status: Literal["verified", "unverified"]
    because: LabelData | None = None
    rests_on: LabelData
    fingerprint: Hex


class YearData(Data):
    """One calendar file: one year."""

    year: Year
    extra_days_off: Count
    notices: tuple[NoticeData, ...] = Field(min_length=1, max_length=_MOST)


class ProvisionData(Data):
    """The articles that one part of a counting rule rests on."""

    because: tuple[Cited, ...]
    unverified: LabelData | None = None


class WorkingData(ProvisionData):
    """The lengths in days that count in working days."""

    lengths: tuple[Count, ...]


class FirstData(ProvisionData):
    """Whether the day of the event counts."""

    counted: Flag


class LastData(ProvisionData):
    """Whether a last day that is a rest day moves to the next working day."""

    moves: Flag


class CountingData(Data):
    """One counting rule file."""

    id: Name
    zh_id: Name
    label: LabelData
    in_force_from: Day
    in_force_to: OpenDay
    working_days: WorkingData
    first_day: FirstData
    last_day: LastData
    month_end: ProvisionData


CALENDAR_KEYS = tuple(
    key
    for data in (YearData, NoticeData, ArrangementData, IssuedData, NumberData, LabelData)
    for key in data.model_fields
)
COUNTING_KEYS = tuple(
    key
    for data in (CountingData, WorkingData, FirstData, LastData, LabelData)
    for key in data.model_fields
)
