"""The catalogue of joint measures: what each department may do to whom is listed or penalised."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import field
from enum import StrEnum

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.model import expressions as e
from lawengine.model.measures import MEASURE_LABELS, SANCTION_CLASSES, Measure, SanctionClass
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval, Version
from lawengine.model.statuses import (
    EndingKind,
    JointMeasure,
    ListForm,
    StatusKind,
    StatusVersion,
)

_DAY = datetime.timedelta(days=1)


class Source(StrEnum):
    """What a measure goes with.

    A list 名单, a display 公示, a ban 从业禁止, a scheme 方案; a benefit that whoever is listed
    does not get or loses; or a violation that a rule finds, and enters in the credit file.
    """

    LIST = "list"
    DISPLAY = "display"
    BAN = "ban"
    SCHEME = "scheme"
    BENEFIT = "benefit"
    VIOLATION = "violation"


_SOURCES = {
    ListForm.REGISTER: Source.LIST,
    ListForm.DISPLAY: Source.DISPLAY,
    ListForm.BAN: Source.BAN,
    ListForm.SCHEME: Source.SCHEME,
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One measure of the catalogue.

    `department` is who takes it, "" for every department. `of` names the list, the benefit or the
    rule that it goes with; `lists` the lists on which it hangs: that list, or those that bar or end
    the benefit. It is there from `since` to `until` without a break, from `law_since` on by the
    law that it has on the day.
    """

    department: str
    measure: str
    label: Label
    source: Source
    of: str
    of_label: Label
    lists: tuple[str, ...]
    law: tuple[Citation, ...]
    unverified: Label
    since: datetime.date
    law_since: datetime.date
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the law of a day lets departments do, by department; those of every department last."""

    on: datetime.date
    entries: tuple[CatalogueEntry, ...] = field(default=())


def catalogue(rulebook: Rulebook, on: datetime.date) -> Catalogue:
    """Return what the versions in force on a day let each department do.

    Law: a listing keeps the measures of the version that it was made under, so that an older one
    may bring others.
    """
    found = [*_of_lists(rulebook, on), *_of_benefits(rulebook, on), *_of_rules(rulebook, on)]
    # Sorted by department alone: within one, the order of the rules is that of the law.
    found.sort(key=lambda entry: (not entry.department, entry.department))
    return Catalogue(on, tuple(found))


def departments(rulebook: Rulebook) -> tuple[str, ...]:
    """Return every department that any version of any list, benefit or rule names here."""
    names = {
        name
        for status in rulebook.statuses.values()
        if status.kind in (StatusKind.LIST, StatusKind.BENEFIT)
        for version in status.versions
        for name in (version.authority, *(one.authority for one in version.measures))
    }
    names |= {
        version.authority
        for rule in rulebook.rules.values()
        for version in rule.versions
        if any(_credit(version))
    }
    return tuple(sorted(names - {""}))


# --- lists ----------------------------------------------------------------------------------------


def _of_lists(rulebook: Rulebook, on: datetime.date) -> Iterator[CatalogueEntry]:
    for status in rulebook.statuses.values():
        version = status.version_at(on)
        if status.kind is not StatusKind.LIST or version is None:
            continue
        for measure in version.measures:
            yield CatalogueEntry(
                measure.authority,
                measure.name,
                measure.label,
                _SOURCES[status.form],
                status.name,
                status.label,
                (status.name,),
                measure.law or version.law,
                measure.unverified or version.unverified,
                *_run(
                    [one.interval for one in status.versions],
                    [_law_of(one, measure) for one in status.versions],
                    status.versions.index(version),
                ),
            )


def _law_of(version: StatusVersion, measure: JointMeasure) -> tuple[Citation, ...] | None:
    """Return by which law a version has a measure of one department, None where it has not."""
    for one in version.measures:
        if (one.name, one.authority) == (measure.name, measure.authority):
            return one.law or version.law
    return None


def _run(
    intervals: Sequence[Interval], laws: Sequence[tuple[Citation, ...] | None], index: int
) -> tuple[datetime.date, datetime.date, datetime.date | None]:
    """Return since when, since when by the same law, and until when there is something.

    `laws` is by which law each version has it, None for one that has it not; `index` is the version
    of the day.
    """
    first = by_law = last = index
    while first and laws[first - 1] is not None and _adjoin(intervals[first - 1], intervals[first]):
        first -= 1
        if by_law == first + 1 and laws[first] == laws[index]:
            by_law = first
    while (
        last + 1 < len(laws)
        and laws[last + 1] is not None
        and _adjoin(intervals[last], intervals[last + 1])
    ):
        last += 1
    return intervals[first].start, intervals[by_law].start, intervals[last].end


def _adjoin(one: Interval, two: Interval) -> bool:
    return one.end is not None and one.end + _DAY == two.start


# --- benefits -------------------------------------------------------------------------------------


def _of_benefits(rulebook: Rulebook, on: datetime.date) -> Iterator[CatalogueEntry]:
    """Yield the benefits that a listing bars or ends, for each department that gives them."""
    for status in rulebook.statuses.values():
        version = status.version_at(on)
        if status.kind is not StatusKind.BENEFIT or version is None:
            continue
        lists = _barring(rulebook, version)
        if not lists:
            continue
        # What a benefit consists of names who gives it, most often for one part of it only.
        named = dict.fromkeys(one.authority for one in version.measures if one.authority)
        laws = [one.law if _barring(rulebook, one) else None for one in status.versions]
        days = _run([one.interval for one in status.versions], laws, status.versions.index(version))
        for giver in named or {version.authority: None}:
            yield CatalogueEntry(
                giver,
                status.name,
                status.label,
                Source.BENEFIT,
                status.name,
                status.label,
                lists,
                version.law,
                version.unverified,
                *days,
            )


def _barring(rulebook: Rulebook, version: StatusVersion) -> tuple[str, ...]:
    """Return the lists that an exclusion or a loss of a benefit names, as the rules have them."""
    lost = [one.condition for one in version.endings if one.kind is EndingKind.LOST]
    asked = {
        name
        for part in (*version.exclusions, *lost)
        if part is not None
        for name in _asked(part, rulebook)
    }
    return tuple(
        status.name
        for status in rulebook.statuses.values()
        if status.kind is StatusKind.LIST
        and (status.name in asked or ("" in asked and status.is_register))
    )


def _asked(condition: e.Expression, rulebook: Rulebook) -> Iterator[str]:
    """Yield the statuses that a condition asks for as met; "" is any list."""
    match condition:
        case e.StatusHolds(status=name):
            yield name
        case e.Connection(operands=operands):
            for operand in operands:
                yield from _asked(operand, rulebook)
        case e.Defined(name=name):
            yield from _asked(rulebook.definitions[name].body, rulebook)


# --- rules ----------------------------------------------------------------------------------------


def _of_rules(rulebook: Rulebook, on: datetime.date) -> Iterator[CatalogueEntry]:
    """Yield what rules enter in the credit file or publish of a violation."""
    for rule in rulebook.rules.values():
        version = rule.version_at(on)
        if version is None or (rule.repeal is not None and rule.repeal.start <= on):
            continue
        for measure in _credit(version):
            yield CatalogueEntry(
                version.authority,
                measure.kind.value,
                MEASURE_LABELS[measure.kind],
                Source.VIOLATION,
                rule.name,
                rule.label,
                (),
                version.law,
                version.unverified,
                *_run(
                    [one.interval for one in rule.versions],
                    [_credit_law(one, version.authority, measure) for one in rule.versions],
                    rule.versions.index(version),
                ),
            )


def _credit(version: Version) -> Iterator[Measure]:
    for consequence in version.all_consequences():
        if (
            isinstance(consequence, Measure)
            and SANCTION_CLASSES[consequence.kind] is SanctionClass.CREDIT
        ):
            yield consequence


def _credit_law(version: Version, authority: str, measure: Measure) -> tuple[Citation, ...] | None:
    same = any(one.kind is measure.kind for one in _credit(version))
    return version.law if same and version.authority == authority else None
