"""`lawengine casebook`: real cases, decided, beside what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lawengine.base.label import LANGUAGES, Label
from lawengine_cli.casebook_tables import say_compact, say_markdown, say_runs
from lawengine_cli.comparison_words import fine_label, grounds
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules, read_case_file
from lawengine_cli.options import (
    Lang,
    OnlyOwn,
    Reforms,
    Rules,
    Statutes,
    need_folders,
)
from lawengine_cli.published_words import status_data
from lawengine_cli.showing import exit_of, show
from lawengine_cli.streams import say
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.casebook import CaseFile, CaseRun
    from lawengine.workspace import Workspace

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[FOLDER]", help="A folder of case files; by default the shipped one."),
]
CaseFiles = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Case files.")]
AsReport = Annotated[
    Literal["text", "json", "md"], typer.Option("--format", help="How the result is written.")
]
Compact = Annotated[
    bool,
    typer.Option("--table", help="Only a table, as wide as the terminal, with why they differ."),
]
_FINE_SOUND = Label("no errors", "没有错误")


def run(
    context: typer.Context,
    *,
    folder: Folder = None,
    table: Compact = False,
    reform: Reforms = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    format_: AsReport = "text",
    lang: Lang = None,
) -> None:
    """Decide every case and compare it with what was decided; exit code 5 on a mismatch.

    With `--reform`, say instead which answers the reform changes, and the sums before and after.
    """
    from lawengine.casebook import read_casebook, run_casebook
    from lawengine.workspace import shipped

    language = language_of(context, lang)
    if reform and format_ == "md":
        raise WrongUseError(
            Label(
                "with `--reform` the casebook comes as text or JSON, not as Markdown",
                "与`--reform`同用时，案例集只以文本或者 JSON 输出，没有 Markdown",
            )
        )
    need_folders([folder] if folder else None)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    if reform:
        from lawengine_cli.casebook_reform import compare_casebook

        place, as_json = folder or shipped("casebook"), format_ == "json"
        problems = compare_casebook(place, reform, workspace, language, json=as_json)
        raise typer.Exit(exit_of(problems))
    cases, problems = read_casebook(folder or shipped("casebook"), workspace.rulebook)
    show(problems, workspace.sources, language)
    runs = run_casebook(cases, workspace.rulebook, workspace.days)
    for item in runs:
        show(item.diagnostics, workspace.sources, language)
    if format_ == "json":
        _say_json(runs, workspace)
    elif format_ == "md":
        say_markdown(runs, workspace, language)
    elif table:
        say_compact(runs, workspace, language)
    else:
        say_runs(runs, workspace, language)
    broken = exit_of([*problems, *(d for item in runs for d in item.diagnostics)])
    if broken:
        raise typer.Exit(broken)
    if not runs:
        raise typer.Exit(Exit.COULD_NOT_RUN)
    raise typer.Exit(Exit.CASEBOOK if any(item.mismatch for item in runs) else Exit.DONE)


def check(
    context: typer.Context,
    files: CaseFiles,
    *,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Check case files against the vocabulary of the rules, without deciding them."""
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    worst = Exit.DONE
    for path in files:
        case, code = read_case_file(path, workspace, language)
        if case is None:
            # A file that cannot be read at all weighs more than one with errors.
            worst = worst if worst is Exit.COULD_NOT_RUN else code
            continue
        problems = _contradictions(case, workspace)
        show(problems, workspace.sources, language)
        if problems:
            worst = worst or Exit.RULES
        else:
            say(f"{path}: {_FINE_SOUND.text(language)}")
    raise typer.Exit(worst)


def _contradictions(case: CaseFile, workspace: Workspace) -> tuple[Diagnostic, ...]:
    from lawengine.evaluation.prepare import prepare

    return prepare(case.facts, workspace.rulebook).diagnostics


def _say_json(runs: Sequence[CaseRun], workspace: Workspace) -> None:
    import json

    data = [
        {
            "case": item.case.identifier,
            "mismatch": item.mismatch,
            "open": [str(key) for key in item.surprises],
            "unasked": [str(key) for key in item.unasked],
            "decisions": [
                {
                    "respondent": found.decided.respondent,
                    "act": found.decided.act,
                    "fine": fine_label(found.decided.fine).en,
                    "proposed": found.decided.proposed,
                    "ranges": [
                        {"low_fen": one.low, "high_fen": one.high, "may": one.may}
                        for one in found.ranges
                    ],
                    "verdict": found.verdict.value,
                    "steps": [step.value for step in found.check.steps] if found.check else [],
                    "findings": list(found.check.findings) if found.check else [],
                    "articles": found.articles.value,
                    "other_articles": [c.text("en") for c in found.other_articles],
                    "lawful_by": [c.text("en") for c in found.lawful_by],
                    "obstacle": found.obstacle.value if found.obstacle else None,
                    "ground": {
                        language: "; ".join(grounds(found, item, workspace, language))
                        for language in LANGUAGES
                    },
                }
                for found in item.comparisons
            ],
            "statuses": [status_data(found, workspace.rulebook) for found in item.statuses],
        }
        for item in runs
    ]
    say(json.dumps(data, ensure_ascii=False, indent=2))
