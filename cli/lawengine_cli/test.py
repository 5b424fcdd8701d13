"""`lawengine test`: the scenarios beside the rules, each decided like a case."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.coverage import coverage_data, coverage_of, say_coverage
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import files_in, open_reforms, open_sound_rules
from lawengine_cli.options import AsListing, Lang, OnlyOwn, Reforms, Statutes
from lawengine_cli.showing import show
from lawengine_cli.streams import complain, say

if TYPE_CHECKING:
    from lawengine.deciding.scenarios import ScenarioResult
    from lawengine.workspace import Workspace

Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR]...", help="Folders of own rules; by default the shipped ones."),
]
Coverage = Annotated[
    bool,
    typer.Option(
        "--coverage",
        help="Tell also what has no scenario: rules, exceptions, versions, tiers; and which "
        "articles on liability no rule cites.",
    ),
]
_FAILED = Label("FAILED", "未通过")
_EXPECTED = Label("expected", "应为")
_FOUND = Label("found", "实为")
_NOTHING = Label("no scenario was found: nothing was tested", "未找到情景，未作任何测试")


def run_scenarios(
    context: typer.Context,
    *,
    folders: Folders = None,
    coverage: Coverage = False,
    reform: Reforms = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Run the scenarios of the rules; exit code 3 if one fails.

    With `--reform`, those that stand in the reforms, under them; with folders named, theirs too.
    """
    language = language_of(context, lang)
    workspace = open_sound_rules(folders, statutes, language, only_own=only_own_rules)
    names = frozenset() if reform and not folders else files_in(workspace, folders)
    if reform:
        proposed = open_reforms(reform, workspace, language)
        names |= set(proposed.after.sources) - set(workspace.sources)
        workspace = proposed.after
    results = _run(workspace, names)
    if not results:
        complain(f"lawengine: {_NOTHING.text(language)}")
        raise typer.Exit(Exit.COULD_NOT_RUN)
    failed = [result for result in results if not result.passed]
    covered = coverage_of(workspace, folders) if coverage else None
    if format_ == "json":
        found: object = _as_data(results, language)
        if covered is not None:
            found = {"scenarios": found, "coverage": coverage_data(covered, language)}
        say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for result in failed:
            say(_account(result, language))
            show(result.diagnostics, workspace.sources, language)
        say(_summary(len(results) - len(failed), len(failed), language))
        if covered is not None:
            say("")
            say_coverage(covered, language)
    raise typer.Exit(Exit.RULES if failed else Exit.DONE)


def _run(workspace: Workspace, names: Collection[str]) -> list[ScenarioResult]:
    from lawengine.deciding.scenarios import run_scenario

    scenarios = [s for s in workspace.rulebook.scenarios if s.span.path in names]
    watched = sys.stderr is not None and sys.stderr.isatty()
    results = []
    for done, scenario in enumerate(scenarios, 1):
        results.append(run_scenario(scenario, workspace.rulebook, workspace.days))
        if watched:
            print(f"\r{done}/{len(scenarios)}", end="", file=sys.stderr, flush=True)
    if watched:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return results


def _account(result: ScenarioResult, language: Language) -> str:
    scenario = result.scenario
    lines = [f"{scenario.span}: {_FAILED.text(language)}: {scenario.label.text(language)}"]
    for failure in result.failures:
        lines.append(f"  {failure.span}")
        lines.append(f"    {_EXPECTED.text(language)}: {failure.expected.text(language)}")
        lines.append(f"    {_FOUND.text(language)}: {failure.found.text(language)}")
    return "\n".join(lines)


def _summary(passed: int, failed: int, language: Language) -> str:
    words = Label(f"{passed} passed, {failed} failed", f"{passed}个通过，{failed}个未通过")
    return words.text(language)


def _as_data(results: Sequence[ScenarioResult], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "scenario": result.scenario.label.text(language),
            "file": result.scenario.span.path,
            "line": result.scenario.span.line,
            "passed": result.passed,
            "failures": [
                {
                    "line": failure.span.line,
                    "expected": failure.expected.text(language),
                    "found": failure.found.text(language),
                }
                for failure in result.failures
            ],
            "problems": [diagnostic.message(language) for diagnostic in result.diagnostics],
        }
        for result in results
    ]
