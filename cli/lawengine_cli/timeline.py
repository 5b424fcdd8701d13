"""`lawengine timeline`: what is due when, what is late, what was done, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import Case, Lang, OnlyOwn, Out, Rules, Statutes, Why
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.streams import complain, say

if TYPE_CHECKING:
    from lawengine.deciding.decision import Decision
    from lawengine.workspace import Workspace

TimelineFormat: TypeAlias = Literal["text", "json", "ics"]
AsTimeline = Annotated[
    TimelineFormat,
    typer.Option("--format", help="How it is written; `ics` is an iCalendar file."),
]
_UNDATED = Label(
    "{n} of the duties have no known day and are not in the calendar",
    "有{n}项义务的届满日未知，未列入日历",
)
_EMPTY = Label(
    "no duty has a known day: no calendar was written", "没有届满日已知的义务：未写出日历"
)


def timeline_(
    context: typer.Context,
    case: Case,
    *,
    format_: AsTimeline = "text",
    out: Out = None,
    why: Why = False,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell what is due when, what is late and what was done: exit code 4 if any of it is open."""
    from lawengine_cli.decide import without_grounds

    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    file = open_case(case, workspace, language)
    decision = without_grounds(file, workspace, language)
    _deliver(decision, workspace, language, format_, out, full=why)
    raise typer.Exit(_outcome(decision))


def _deliver(
    decision: Decision,
    workspace: Workspace,
    language: Language,
    format_: TimelineFormat,
    out: Path | None,
    *,
    full: bool,
) -> None:
    from lawengine import reports

    book, library = workspace.rulebook, workspace.library
    if format_ == "json":
        deliver(reports.timeline_json(decision, book, full=full), out)
    elif format_ == "ics":
        missing = reports.undated(decision)
        text = reports.timeline_ics(decision, book, language, library=library)
        if text:
            _deliver_calendar(text, out)
        else:
            complain(f"lawengine: {_EMPTY.text(language)}")
        if missing:
            complain(f"lawengine: {_UNDATED.text(language).format(n=missing)}")
    else:
        lines = reports.timeline_lines(
            decision, book, language, full=full, library=library, width=width(out)
        )
        deliver_lines(lines, out)


def _deliver_calendar(text: str, out: Path | None) -> None:
    """Deliver a calendar with the line ends that its standard asks for."""
    from lawengine.base.writing import write_whole

    if out is None:
        say(text.removesuffix("\n"))
    else:
        write_whole(out, text)


def _outcome(decision: Decision) -> Exit:
    from lawengine.model.statuses import StatusState
    from lawengine.reports.timeline import timeline

    states = {due.status.state for due in timeline(decision)}
    return Exit.UNDETERMINED if StatusState.UNDETERMINED in states else Exit.DONE
