"""`lawengine casebook`: real cases, decided, beside what was decided."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import LANGUAGES, Label, Language
from lawengine_cli.comparison_words import (
    LAWFUL_BY,
    OPEN,
    OTHER,
    UNASKED,
    fine_label,
    fine_words,
    grounds,
    named,
    ranges,
    steps,
)
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules, read_case_file
from lawengine_cli.options import (
    AsListing,
    Lang,
    OnlyOwn,
    Reforms,
    Rules,
    Statutes,
    need_folders,
)
from lawengine_cli.published_words import HEAD, status_data, status_rows, status_summary
from lawengine_cli.results import say_lines
from lawengine_cli.showing import exit_of, number, show
from lawengine_cli.streams import say
from lawengine_cli.tables import say_table

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.casebook import CaseFile, CaseRun
    from lawengine.workspace import Workspace

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[FOLDER]", help="A folder of case files; by default the shipped one."),
]
CaseFiles = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Case files.")]
_MEASURES = Label("measures that the rules do not give", "规则未给出的措施")
_VERDICTS = {
    "inside": Label("inside", "幅度内"),
    "below_floor": Label("below the floor", "低于下限"),
    "above_cap": Label("above the cap", "高于上限"),
    "between_ranges": Label("between two ranges", "两幅度之间"),
    "not_comparable": Label("not comparable", "无法比较"),
    "undetermined": Label("undetermined", "无法确定"),
}
_ARTICLES = {
    "agree": Label("agree", "一致"),
    "differ": Label("differ", "不一致"),
    "not_printed": Label("not printed", "未载明"),
}
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
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Decide every case and compare it with what was decided; exit code 5 on a mismatch.

    With `--reform`, say instead which answers the reform changes, and the sums before and after.
    """
    from lawengine.casebook import read_casebook, run_casebook
    from lawengine.workspace import shipped

    language = language_of(context, lang)
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
    elif table:
        _say_compact(runs, workspace, language)
    else:
        _say_runs(runs, workspace, language)
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


def _say_runs(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> None:
    head = Label(
        "case|respondent|decided fine|lawful range, yuan|verdict|step|articles",
        "案件|当事人|决定罚款|法定幅度（元）|结论|阶次|条文",
    )
    rows = [
        (
            item.case.identifier,
            found.decided.respondent,
            fine_words(found, language),
            ranges(found, language),
            _VERDICTS[found.verdict.value].text(language),
            steps(found, language),
            _ARTICLES[found.articles.value].text(language),
        )
        for item in runs
        for found in item.comparisons
    ]
    say_table(head.text(language).split("|"), rows, whole=(0, 2, 3))
    _say_statuses(runs, workspace, language)
    for item in runs:
        for line in _remarks(item, workspace, language):
            say_lines(line)
    for line in (_summary(runs, language), status_summary(runs, language)):
        if line:
            say_lines(line)


def _say_compact(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> None:
    head = Label(
        "case|decided|lawful range|verdict|step|ground of difference",
        "案件|决定|法定幅度|结论|阶次|差异理由",
    )
    rows = [
        (
            item.case.identifier,
            fine_words(found, language, short=True),
            ranges(found, language, short=True),
            _VERDICTS[found.verdict.value].text(language),
            steps(found, language),
            ("\n" if sys.stdout.isatty() else "; ").join(grounds(found, item, workspace, language)),
        )
        for item in runs
        for found in item.comparisons
    ]
    say_table(head.text(language).split("|"), rows, whole=(1, 2))
    _say_statuses(runs, workspace, language)


def _say_statuses(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> None:
    rows = status_rows(runs, workspace.rulebook, language)
    if rows:
        say("")
        say_table(HEAD.text(language).split("|"), rows, whole=(0,))
        say("")


def _remarks(item: CaseRun, workspace: Workspace, language: Language) -> Iterator[str]:
    """Yield what the table has no room for."""
    from lawengine.casebook.comparing import OBSTACLE_LABELS
    from lawengine.model.measures import MEASURE_LABELS

    comma, colon = (", ", ": ") if language == "en" else ("，", "：")
    for found in item.comparisons:
        who = f"{item.case.identifier}{comma}{found.decided.respondent}{colon}"
        if found.obstacle is not None:
            yield f"{who}{OBSTACLE_LABELS[found.obstacle].text(language)}"
        for label, citations in ((OTHER, found.other_articles), (LAWFUL_BY, found.lawful_by)):
            if citations:
                articles = named(citations, workspace.library, language)
                yield f"{who}{label.text(language)}{colon}{articles}"
        if found.other_measures:
            measures = (MEASURE_LABELS[kind].text(language) for kind in found.other_measures)
            listed = (", " if language == "en" else "、").join(measures)
            yield f"{who}{_MEASURES.text(language)}{colon}{listed}"
    for label, keys in ((OPEN, item.surprises), (UNASKED, item.unasked)):
        if keys:
            facts = comma.join(str(key) for key in keys)
            yield f"{item.case.identifier}{colon}{label.text(language)}{colon}{facts}"


def _summary(runs: Sequence[CaseRun], language: Language) -> str:
    from lawengine.casebook.comparing import VERDICT_LABELS

    verdicts = Counter(found.verdict for item in runs for found in item.comparisons)
    parts = [
        f"{verdicts[verdict]} {label.en}"
        if language == "en"
        else f"{verdicts[verdict]}项{label.zh}"
        for verdict, label in VERDICT_LABELS.items()
        if verdicts[verdict]
    ]
    names = [item.case.identifier for item in runs if item.mismatch]
    listed = (f" ({', '.join(names)})", f"（{'、'.join(names)}）") if names else ("", "")
    words = Label(
        f"{number(len(runs), 'case')}, {number(sum(verdicts.values()), 'decision')}"
        f"{': ' * bool(parts)}{', '.join(parts)}; mismatches: {len(names)}{listed[0]}",
        f"{len(runs)}个案件，{sum(verdicts.values())}项决定{'：' * bool(parts)}{'，'.join(parts)}；"
        f"不符：{len(names)}{listed[1]}",
    )
    return words.text(language)


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
