"""Reading calendar files: from YAML to years, with every mistake named at its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from lawengine.base.diagnostic import Diagnostic, Note, Severity, in_order
from lawengine.base.label import Label
from lawengine.base.source import Source, Span
from lawengine.base.working_days import SATURDAY
from lawengine.statutes.days.model import Arrangement, Notice, Year, yearly_holidays
from lawengine.statutes.days.schema import (
    CALENDAR_KEYS,
    ArrangementData,
    NoticeData,
    YearData,
)
from lawengine.statutes.files import digest_sources
from lawengine.statutes.shapes import explain
from lawengine.statutes.yaml_tree import Node, read_tree

_FIRST = Label("first here", "首次出现于此")
_DECEMBER = 12


def read_calendars(
    folders: Sequence[Path],
) -> tuple[dict[int, Year], tuple[Diagnostic, ...]]:
    """Return the years of all calendar files in the folders, and what is wrong with them.

    A file with an error is left out, so that its year has no calendar rather than a wrong one.
    Edges: of two files for one year the first counts, by the order of the folders and the names.
    """
    years: dict[int, Year] = {}
    sources, unread = digest_sources(folders)
    diagnostics = [*unread]
    for source in sources:
        year, problems = read_year(source)
        diagnostics.extend(problems)
        if year is None:
            continue
        if first := years.get(year.year):
            notes = (Note(first.span, _FIRST),)
            words = {"year": year.year}
            diagnostics.append(Diagnostic("LAW432", year.span, words, notes=notes))
            continue
        years[year.year] = year
    diagnostics.extend(_check_neighbours(years))
    return dict(sorted(years.items())), in_order(diagnostics)


def read_year(source: Source) -> tuple[Year | None, tuple[Diagnostic, ...]]:
    """Return the year that a calendar text describes, or None, and what is wrong with it."""
    tree, problems = read_tree(source)
    diagnostics = list(problems)
    if tree is None:
        return None, tuple(diagnostics)
    try:
        data = YearData.model_validate(tree.plain())
    except ValidationError as error:
        diagnostics.extend(explain(error, tree, CALENDAR_KEYS))
        return None, tuple(diagnostics)
    year = Year(
        data.year,
        data.extra_days_off,
        tuple(_notice(found, data.year, tree, n) for n, found in enumerate(data.notices)),
        tree.place(("year",)),
    )
    diagnostics.extend(_check_notices(year, data, tree))
    for index, notice in enumerate(data.notices):
        diagnostics.extend(_check_days(notice, data.year, tree, index))
    broken = any(found.severity is Severity.ERROR for found in diagnostics)
    if not broken:
        diagnostics.extend(_check_balance(year, tree))
        broken = len(diagnostics) > 0
    return (None if broken else year), tuple(diagnostics)


def _notice(data: NoticeData, year: int, tree: Node, index: int) -> Notice:
    at = ("notices", index)
    reason = data.because.label() if data.because else Label()
    return Notice(
        year=year,
        title=data.title.label(),
        issuer=data.issuer,
        number=data.number.text,
        number_verified=data.number.verified,
        issued=data.issued.day,
        issued_verified=data.issued.verified,
        changes=data.changes or "",
        arrangements=tuple(
            _arrangement(found, tree, (*at, "arrangements", n))
            for n, found in enumerate(data.arrangements)
        ),
        rests_on=data.rests_on.label(),
        unverified=reason if data.status == "unverified" else Label(),
        fingerprint=data.fingerprint,
        span=tree.place((*at, "number", "text")),
        fingerprint_span=tree.place((*at, "fingerprint")),
    )


def _arrangement(data: ArrangementData, tree: Node, at: tuple[int | str, ...]) -> Arrangement:
    days = tuple(day for run in data.days_off for day in run)
    return Arrangement(data.holidays, days, data.make_up_days, tree.place(at))


def _check_notices(year: Year, data: YearData, tree: Node) -> Iterator[Diagnostic]:
    """Yield what is wrong with the notices as a whole: reasons, order, missing holidays."""
    first = year.notices[0]
    for index, notice in enumerate(year.notices):
        at = ("notices", index)
        if data.notices[index].status == "unverified" and not notice.unverified:
            place = tree.place((*at, "status"))
            yield Diagnostic("LAW416", place, {"id": notice.number})
        if notice.changes != (first.number if index else ""):
            place = tree.place((*at, "changes"))
            yield Diagnostic("LAW433", place, {"number": notice.number, "year": year.year})
        if index and notice.issued <= year.notices[index - 1].issued:
            place = tree.place((*at, "issued", "day"))
            yield Diagnostic("LAW434", place, {"number": notice.number})
    given = {holiday for entry in first.arrangements for holiday in entry.holidays}
    for holiday in sorted(yearly_holidays(year.year) - given):
        words = {"year": year.year, "holiday": holiday.label(), "key": holiday.value}
        yield Diagnostic("LAW435", tree.key_place(("notices", 0, "arrangements")), words)


def _check_days(data: NoticeData, year: int, tree: Node, index: int) -> Iterator[Diagnostic]:
    """Yield days of one notice that are not of its year, no weekend day, or named twice."""
    seen: dict[datetime.date, Span] = {}
    for number, entry in enumerate(data.arrangements):
        at = ("notices", index, "arrangements", number)
        places = [
            (day, tree.place((*at, "days_off", n)))
            for n, run in enumerate(entry.days_off)
            for day in run
        ]
        worked = [
            (day, tree.place((*at, "make_up_days", n))) for n, day in enumerate(entry.make_up_days)
        ]
        for day, place in (*places, *worked):
            words = {"day": day, "year": year}
            if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER):
                yield Diagnostic("LAW436", place, words)
            if day in seen:
                yield Diagnostic("LAW437", place, words, notes=(Note(seen[day], _FIRST),))
            seen.setdefault(day, place)
        for day, place in worked:
            if day.weekday() < SATURDAY:
                yield Diagnostic("LAW438", place, {"day": day})


def _check_balance(year: Year, tree: Node) -> Iterator[Diagnostic]:
    """Yield when the days off less the weekend days worked are not what the file says.

    A holiday that is moved costs a weekend day worked for each weekday off beyond the statutory
    days, so one wrong or missing day shows in the sum.
    """
    named = year.named().items()
    free = sum(1 for day, found in named if found.off and day.weekday() < SATURDAY)
    found = free - sum(1 for _, found in named if not found.off)
    if found != year.extra_days_off:
        words = {"year": year.year, "expected": year.extra_days_off, "found": found}
        yield Diagnostic("LAW439", tree.place(("extra_days_off",)), words)


def _check_neighbours(years: dict[int, Year]) -> Iterator[Diagnostic]:
    """Yield days that the notices of two years both name."""
    seen: dict[datetime.date, Arrangement] = {}
    for _, year in sorted(years.items()):
        mine: dict[datetime.date, Arrangement] = {}
        for notice in year.notices:
            for entry in notice.arrangements:
                for day in (*entry.days_off, *entry.make_up_days):
                    mine[day] = entry
                    if day in seen:
                        notes = (Note(seen[day].span, _FIRST),)
                        words = {"day": day}
                        yield Diagnostic("LAW437", entry.span, words, notes=notes)
        seen |= mine
