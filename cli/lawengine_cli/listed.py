"""`lawengine list`: on which lists each party stands on a day, and what that brings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from lawengine.base.diagnostic import nearest
from lawengine.base.label import Label
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import Case, Lang, OnlyOwn, Out, Rules, Statutes, Why, parse_day
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.streams import complain

if TYPE_CHECKING:
    from lawengine.base.label import Language
    from lawengine.deciding.standing import Standing

StandingFormat: TypeAlias = Literal["text", "json", "csv"]
AsStanding = Annotated[
    StandingFormat,
    typer.Option("--format", help="How it is written; `csv` has a row for each joint measure."),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        help="The day that is asked about, such as 2024-05-01; by default that of the decision.",
    ),
]
Party = Annotated[
    str | None, typer.Option("--party", metavar="NAME", help="Only this party of the case.")
]
_NOBODY = Label("no party is called `{name}`", "没有名为“{name}”的当事人")
_MEANT = Label("; did you mean `{near}`?", "；是否指“{near}”？")


def list_(
    context: typer.Context,
    case: Case,
    *,
    party: Party = None,
    on: On = None,
    format_: AsStanding = "text",
    out: Out = None,
    why: Why = False,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell on which lists each party stands on a day: exit code 4 if any of it is open."""
    from lawengine import reports
    from lawengine.deciding.standing import standing
    from lawengine_cli.decide import clash

    language = language_of(context, lang)
    day = parse_day(on) if on is not None else None
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    file = open_case(case, workspace, language)
    found = standing(file.facts, workspace.rulebook, day, workspace.days)
    if found.diagnostics:
        clash(found.diagnostics, workspace, language)
    found = _only(found, party, language)
    book = workspace.rulebook
    if format_ == "json":
        deliver(reports.standing_json(found, book, full=why), out)
    elif format_ == "csv":
        deliver(reports.standing_csv(found, book, language), out)
    else:
        lines = reports.standing_lines(
            found, book, language, full=why, library=workspace.library, width=width(out)
        )
        deliver_lines(lines, out)
    raise typer.Exit(_outcome(found))


def _only(found: Standing, party: str | None, language: Language) -> Standing:
    if party is None:
        return found
    kept = tuple(one for one in found.parties if party in (one.name, one.path))
    if not kept:
        near = nearest(party, [one.name for one in found.parties])
        hint = _MEANT.text(language).format(near=near) if near else ""
        complain(f"lawengine: {_NOBODY.text(language).format(name=party)}{hint}")
        raise typer.Exit(Exit.USAGE)
    return replace(found, parties=kept)


def _outcome(found: Standing) -> Exit:
    from lawengine.base.truth import Truth
    from lawengine.model.statuses import StatusState

    open_ = any(
        party.listed is Truth.UNKNOWN
        or bool(party.unasked)
        or any(one.outcome.state is StatusState.UNDETERMINED for one in party.listings)
        for party in found.parties
    )
    return Exit.UNDETERMINED if open_ else Exit.DONE
