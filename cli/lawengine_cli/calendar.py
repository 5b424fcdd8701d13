"""`lawengine calendar`: published holiday calendars, and deadlines counted with them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import beside
from lawengine_cli.options import AsListing, Lang, Statutes, need_folders, parse_day
from lawengine_cli.results import say_lines
from lawengine_cli.showing import exit_of, show
from lawengine_cli.streams import say
from lawengine_cli.tables import say_table
from lawengine_cli.wrong_use import WrongUseError, or_nearest

if TYPE_CHECKING:
    from lawengine.base.counting import Counting, Deadline
    from lawengine.statutes import Library
    from lawengine.statutes.days import Days, Notice, NoticeCheck, Year

YearNumber = Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9999, help="Such as 2026.")]
Start = Annotated[
    str, typer.Argument(metavar="DAY", help="The day of the event, such as 2025-09-28.")
]
Words = Annotated[
    list[str],
    typer.Argument(metavar="PERIOD", help="5 days, 5 working days, 2 months, 1 year, 15日."),
]
Rule = Annotated[
    str | None,
    typer.Option(
        "--counting",
        metavar="ID",
        help="The law whose periods are counted; by default the penalty law of the day.",
    ),
]
Before = Annotated[
    bool, typer.Option("--before", help="Count back: the day that lies PERIOD before DAY.")
]
KnownOn = Annotated[
    str | None,
    typer.Option("--known-on", metavar="DAY", help="Only notices issued by this day."),
]
Official = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of texts of notices.")]

_NO_CALENDAR = Label("no published calendar for {}", "{}年没有已公布的放假安排")
_WEEKDAYS = (
    Label("Monday", "星期一"),
    Label("Tuesday", "星期二"),
    Label("Wednesday", "星期三"),
    Label("Thursday", "星期四"),
    Label("Friday", "星期五"),
    Label("Saturday", "星期六"),
    Label("Sunday", "星期日"),
)
_DEFAULT = "APL"


def list_(
    context: typer.Context,
    *,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """List the years with a published calendar, and what each rests on."""
    language = language_of(context, lang)
    days, _ = _open(statutes, language)
    if format_ == "json":
        _say_json([_year_data(year, language) for year in days.years.values()])
        return
    head = Label("year|notice|issued|checked against", "年份|通知|成文日期|核对依据")
    rows = [
        (
            str(year.year),
            _number(notice, language),
            _issued(notice, language),
            _standing(notice, language),
        )
        for year in days.years.values()
        for notice in year.notices
    ]
    say_table(head.text(language).split("|"), rows)


def show_(
    context: typer.Context,
    year: YearNumber,
    *,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Show the days off and the make-up workdays of a year: exit code 4 if none is published."""
    language = language_of(context, lang)
    days, _ = _open(statutes, language)
    found = days.years.get(year)
    if found is None:
        if format_ == "json":
            _say_json({"year": year, "published": False})
        else:
            say_lines(_NO_CALENDAR.text(language).format(year))
        raise typer.Exit(Exit.UNDETERMINED)
    if format_ == "json":
        _say_json(_year_data(found, language))
        return
    head = Label("holiday|days off|worked instead|notice", "节日|放假|调休上班|通知")
    rows = [
        (
            entry.label().text(language),
            _runs(entry.days_off),
            _runs(entry.make_up_days) or "-",
            _number(notice, language),
        )
        for notice in found.notices
        for entry in notice.arrangements
    ]
    say_table(head.text(language).split("|"), rows)
    for notice in found.notices:
        say_lines(f"{_number(notice, language)}: {_standing(notice, language)}")


def count(
    context: typer.Context,
    start: Start,
    words: Words,
    *,
    counting: Rule = None,
    before: Before = False,
    known_on: KnownOn = None,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Count a period from a day, with every step: exit code 4 if a calendar is missing."""
    from lawengine.base.calendar import parse_period
    from lawengine.base.counting import Direction, deadline

    language = language_of(context, lang)
    day = parse_day(start)
    text = " ".join(words)
    period = parse_period(text)
    if period is None:
        raise WrongUseError(
            Label(
                f"`{text}` is no period such as `5 working days` or `2 months`",
                f"“{text}”不是期间，例如“5个工作日”、“2个月”",
            )
        )
    known = parse_day(known_on) if known_on else None
    days, library = _open(statutes, language)
    rule = _rule(days, counting, day)
    direction = Direction.BEFORE if before else Direction.AFTER
    found = deadline(day, period, rule, days.calendars(known), direction)
    if format_ == "json":
        _say_json(_deadline_data(found, language))
    else:
        _say_deadline(found, library, language)
    if found.day is None:
        raise typer.Exit(Exit.UNDETERMINED)


def verify_(
    context: typer.Context,
    official: Official,
    *,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Compare the calendars with texts of the notices: exit code 8 if one differs, 4 if any lacks.

    What is compared are the lines of a notice that arrange days, by their fingerprint.
    """
    from lawengine.statutes import Outcome
    from lawengine.statutes.days import verify_notices

    language = language_of(context, lang)
    need_folders([official])
    days, _ = _open(statutes, language)
    checks, problems = verify_notices(days.years, official)
    show(problems, {}, language)
    if format_ == "json":
        _say_json([_check_data(check) for check in checks])
    else:
        head = Label("year|notice|outcome|file", "年份|通知|结果|文件")
        rows = [
            (
                str(check.notice.year),
                _number(check.notice, language),
                check.outcome.label().text(language),
                check.file or "-",
            )
            for check in checks
        ]
        say_table(head.text(language).split("|"), rows)
    if any(check.outcome is Outcome.DIFFERS for check in checks):
        raise typer.Exit(Exit.TAMPERED)
    code = exit_of(problems)
    # No text to compare is never "ok".
    matched = bool(checks) and all(check.outcome is Outcome.MATCH for check in checks)
    raise typer.Exit(code or (Exit.DONE if matched else Exit.UNDETERMINED))


def _open(statutes: list[Path] | None, language: Language) -> tuple[Days, Library]:
    from lawengine.statutes import read_library
    from lawengine.workspace import Places, open_days, shipped

    need_folders(statutes)
    own = beside((shipped("statutes"),), statutes or ())
    places = Places(statutes=tuple(own))
    library, problems = read_library(places.statute_folders())
    days, more = open_days(places, library)
    show((*problems, *more), {}, language)
    if code := exit_of((*problems, *more)):
        raise typer.Exit(code)
    return days, library


def _rule(days: Days, name: str | None, day: datetime.date) -> Counting:
    from lawengine.base.diagnostic import nearest

    if name is None:
        ours = [rule for rule in days.countings if rule.id.startswith(f"{_DEFAULT}-")]
        in_force = [rule for rule in ours if rule.in_force(day)]
        return (in_force or ours)[0]
    found = days.counting(name)
    if found is None:
        names = (*days.names("en"), *days.names("zh"))
        hint = nearest(name, names)
        known = Label(
            f": known are {', '.join(days.names('en'))}", f"，现有：{'、'.join(days.names('zh'))}"
        )
        more = or_nearest(hint) if hint else known
        raise WrongUseError(
            Label(f"no counting rule is called `{name}`{more.en}", f"没有计算规则“{name}”{more.zh}")
        )
    return found


def _say_deadline(found: Deadline, library: Library, language: Language) -> None:
    from lawengine.base.counting_words import caveats, step_words

    rule = found.counting
    name = rule.zh_id if language == "zh" else rule.id
    head = Label(
        f"{found.period.text('en')} {found.direction.value} {found.start}, counted by {name}",
        f"{'自' if found.direction.value == 'after' else ''}{found.start}"
        f"{'起' if found.direction.value == 'after' else '之前'}{found.period.text('zh')}，"
        f"依{name}计算",
    )
    say_lines(head.text(language))
    say_lines(f"  {_day_words(found, language)}")
    for step in found.steps:
        cited = ", ".join(library.in_language(c, language).text(language) for c in step.because)
        say_lines(f"    {step_words(step).text(language)}{f' [{cited}]' if cited else ''}")
    for note in caveats(found):
        say_lines(f"  ! {note.text(language)}")
    for reason in found.unverified:
        say_lines(f"  ? {Label('unverified', '未核实').text(language)}: {reason.text(language)}")


def _day_words(found: Deadline, language: Language) -> str:
    from lawengine.base.counting_words import open_words

    if found.day is None:
        return open_words(found).text(language)
    weekday = _WEEKDAYS[found.day.weekday()]
    return Label(f"{found.day} ({weekday.en})", f"{found.day}（{weekday.zh}）").text(language)


def _deadline_data(found: Deadline, language: Language) -> dict[str, object]:
    from lawengine.base.counting_words import caveats, open_words, step_words

    return {
        "start": _iso(found.start),
        "period": {"length": found.period.length, "unit": found.period.unit.value},
        "counting": found.counting.id,
        "direction": found.direction.value,
        "day": _iso(found.day),
        "earliest": _iso(found.earliest),
        "latest": _iso(found.latest),
        "missing_calendars": list(found.missing),
        "may_change_with": list(found.may_change),
        "open": open_words(found).text(language),
        "steps": [
            {
                "kind": step.kind.value,
                "first": _iso(step.first),
                "last": _iso(step.last),
                "count": step.count,
                "name": step.name.text(language),
                "notice": step.source,
                "because": [cited.text("en") for cited in step.because],
                "text": step_words(step).text(language),
            }
            for step in found.steps
        ],
        "citations": [cited.text("en") for cited in found.citations],
        "notices": list(found.sources),
        "in_force": found.in_force,
        "caveats": [note.text(language) for note in caveats(found)],
        "unverified": [reason.text(language) for reason in found.unverified],
    }


def _year_data(year: Year, language: Language) -> dict[str, object]:
    return {
        "year": year.year,
        "published": True,
        "extra_days_off": year.extra_days_off,
        "notices": [
            {
                "title": notice.title.text(language),
                "issuer": notice.issuer.label().text(language),
                "number": notice.number if notice.number_verified else None,
                "issued": _iso(notice.issued),
                "issued_verified": notice.issued_verified,
                "changes": notice.changes or None,
                "arrangements": [
                    {
                        "holidays": [holiday.value for holiday in entry.holidays],
                        "days_off": [_iso(day) for day in entry.days_off],
                        "make_up_days": [_iso(day) for day in entry.make_up_days],
                    }
                    for entry in notice.arrangements
                ],
                "rests_on": notice.rests_on.text(language),
                "unverified": notice.unverified.text(language),
            }
            for notice in year.notices
        ],
    }


def _check_data(check: NoticeCheck) -> dict[str, object]:
    return {
        "year": check.notice.year,
        "number": check.notice.number if check.notice.number_verified else None,
        "outcome": check.outcome.value,
        "file": check.file,
        "expected": check.notice.fingerprint,
        "found": check.found,
    }


def _number(notice: Notice, language: Language) -> str:
    if notice.number_verified:
        return notice.number
    return Label(f"{notice.title.en} (number not seen)", f"{notice.title.zh}（未见文号）").text(
        language
    )


def _issued(notice: Notice, language: Language) -> str:
    if notice.issued_verified:
        return notice.issued.isoformat()
    return Label(f"by {notice.issued}", f"不晚于{notice.issued}").text(language)


def _standing(notice: Notice, language: Language) -> str:
    if notice.unverified:
        reason = notice.unverified.text(language)
        return Label(f"unverified: {reason}", f"未核实：{reason}").text(language)
    return notice.rests_on.text(language)


def _runs(days: Sequence[datetime.date]) -> str:
    """Return days as people list them: runs joined, the month and day of the rest alone."""
    runs: list[list[datetime.date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}..{run[-1]:%m-%d}" for run in runs)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _say_json(data: object) -> None:
    say(json.dumps(data, ensure_ascii=False, indent=2))
