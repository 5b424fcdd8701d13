"""`lawengine grade`: the grades and scores of the parties of a case, with their arithmetic."""

from __future__ import annotations

import typer

from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import AsListing, Case, Lang, OnlyOwn, Out, Rules, Statutes, Why
from lawengine_cli.results import deliver, deliver_lines, width


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
    from lawengine.deciding.decide import decide
    from lawengine_cli.decide import clash

    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    file = open_case(case, workspace, language)
    decided = decide(
        file.facts, workspace.rulebook, title=file.title, grounds=False, days=workspace.days
    )
    if decided.decision is None:
        clash(decided.diagnostics, workspace, language)
    decision, book = decided.decision, workspace.rulebook
    if format_ == "json":
        deliver(reports.grade_json(decision, book), out)
    else:
        lines = reports.grade_lines(
            decision, book, language, full=why, library=workspace.library, width=width(out)
        )
        deliver_lines(lines, out)
    raise typer.Exit(Exit.UNDETERMINED if reports.open_ratings(decision) else Exit.DONE)
