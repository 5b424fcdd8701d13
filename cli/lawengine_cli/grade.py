"""`lawengine grade`: the grades and scores of the parties of a case, with their arithmetic."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import AsListing, Case, Lang, OnlyOwn, Out, Rules, Statutes, Why
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.showing import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lawengine.base.diagnostic import Diagnostic
    from lawengine.base.label import Language

MAX_PLACES = 6
Data = Annotated[
    Path, typer.Argument(metavar="DATA", help="A CSV file; its first line names the columns.")
]
Columns = Annotated[
    str, typer.Option("--columns", metavar="A,B,C", help="The indicators, by comma.")
]
Falling = Annotated[
    list[str] | None,
    typer.Option(
        "--lower-is-better", metavar="COLUMN", help="An indicator of which less is better; repeat."
    ),
]
Start = Annotated[
    datetime.datetime,
    typer.Option(
        "--from", metavar="DAY", formats=["%Y-%m-%d"], help="First day on which the weights count."
    ),
]
Prefix = Annotated[str, typer.Option("--prefix", help="What each name of a weight begins with.")]
Places = Annotated[
    int, typer.Option("--places", min=0, max=MAX_PLACES, help="Places of each weight in percent.")
]


def grade_(
    context: typer.Context,
    case: Case,
    *,
    format_: AsListing = "text",
    out: Out = None,
    why: Why = False,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell the grades, what is missing and what would lift them: exit code 4 if one is open."""
    from lawengine import reports
    from lawengine_cli.decide import without_grounds

    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    file = open_case(case, workspace, language)
    decision = without_grounds(file, workspace, language)
    book = workspace.rulebook
    if format_ == "json":
        deliver(reports.grade_json(decision, book), out)
    else:
        lines = reports.grade_lines(
            decision, book, language, full=why, library=workspace.library, width=width(out)
        )
        deliver_lines(lines, out)
    raise typer.Exit(Exit.UNDETERMINED if reports.open_ratings(decision) else Exit.DONE)


def weights(
    context: typer.Context,
    data: Data,
    *,
    columns: Columns,
    start: Start,
    lower_is_better: Falling = None,
    prefix: Prefix = "",
    places: Places = 2,
    out: Out = None,
    lang: Lang = None,
) -> None:
    """Work out weights by the first principal component, as dated figures for a rule file."""
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.weighting.components import weigh
    from lawengine.weighting.fragment import fragment, unfit_names
    from lawengine.weighting.indicator_data import read_indicators

    language = language_of(context, lang)
    names = [name.strip() for name in columns.split(",") if name.strip()]
    read = read_indicators(data, names)
    if read.data is None:
        _refuse(read.diagnostics, language)
    unfit = unfit_names(read.data.columns, prefix)
    if unfit:
        _refuse([Diagnostic("LAW468", words={"column": column}) for column in unfit], language)
    weighed = weigh(read.data, tuple(lower_is_better or ()), places)
    if weighed.component is None:
        _refuse(weighed.diagnostics, language)
    deliver(fragment(weighed.component, start.date(), language, prefix), out)


def _refuse(diagnostics: Sequence[Diagnostic], language: Language) -> NoReturn:
    """Show what is wrong with the data, and end.

    Raises:
        typer.Exit: always.
    """
    show(diagnostics, {}, language)
    raise typer.Exit(Exit.RULES)
