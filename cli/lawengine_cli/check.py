"""`lawengine check`: everything that is wrong with rules, missing in them or doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.coverage import coverage_of, say_coverage
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import files_in, open_rules
from lawengine_cli.options import All, AsListing, Lang, OnlyOwn, Statutes
from lawengine_cli.showing import counted, exit_of, number, show
from lawengine_cli.streams import complain, say

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.workspace import Workspace

Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR]...", help="Folders of own rules; by default the shipped ones."),
]
# Coverage has one home, `lawengine test`; who asks here gets the same report.
AlsoCoverage = Annotated[bool, typer.Option("--coverage", hidden=True)]
_NO_FILES = Label(
    "no rule file (`.law`) was found: nothing was checked",
    "未找到规则文件（`.law`），未作任何检查",
)


def check(
    context: typer.Context,
    *,
    folders: Folders = None,
    coverage: AlsoCoverage = False,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    all_: All = False,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Read the rules and run every check; exit code 3 if anything is an error."""
    language = language_of(context, lang)
    workspace = open_rules(folders, statutes, only_own=only_own_rules)
    found = _diagnostics(workspace, folders)
    covered = coverage_of(workspace, folders) if coverage else None
    if format_ == "json":
        _say_json([*found, *(covered.uncited if covered else ())], language)
    else:
        show(found, workspace.sources, language, everything=all_)
        say(_summary(workspace, found, language))
    if not workspace.sources and not found:
        complain(f"lawengine: {_NO_FILES.text(language)}")
        raise typer.Exit(Exit.COULD_NOT_RUN)
    if covered is not None and format_ == "text":
        say_coverage(covered, language)
    raise typer.Exit(exit_of(found))


def _diagnostics(workspace: Workspace, folders: list[Path] | None) -> tuple[Diagnostic, ...]:
    """Return what was found while reading, and by the checks.

    Edges: what could not be read is left out of the checks; warnings about files that were not
    asked about are left out, errors never.
    """
    from lawengine.base.diagnostic import Severity, in_order
    from lawengine.checks import run_checks

    checked = run_checks(workspace.rulebook, workspace.library)
    found: list[Diagnostic] = [*workspace.diagnostics, *checked]
    if folders:
        names = files_in(workspace, folders)
        found = [d for d in found if d.severity is Severity.ERROR or d.span.path in names]
    return in_order(found)


def _summary(workspace: Workspace, found: Sequence[Diagnostic], language: Language) -> str:
    book = workspace.rulebook
    words = Label(
        f"{number(len(workspace.sources), 'file')}, {number(len(book.rules), 'rule')}, "
        f"{number(len(book.scenarios), 'scenario')}: {counted(found, 'en')}",
        f"{len(workspace.sources)}个文件，{len(book.rules)}条规则，{len(book.scenarios)}个情景："
        f"{counted(found, 'zh')}",
    )
    return words.text(language)


def _say_json(found: Sequence[Diagnostic], language: Language) -> None:
    import json

    data = [
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity.value,
            "file": diagnostic.span.path,
            "line": diagnostic.span.line,
            "column": diagnostic.span.column,
            "message": diagnostic.message(language),
            "help": diagnostic.help(language),
            "article": diagnostic.article.text("en") if diagnostic.article else None,
        }
        for diagnostic in found
    ]
    say(json.dumps(data, ensure_ascii=False, indent=2))
