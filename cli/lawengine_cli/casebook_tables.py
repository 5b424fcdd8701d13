"""The casebook as its readers get it: tables of decisions and statuses, remarks, sums."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language
from lawengine_cli.comparison_words import (
    LAWFUL_BY,
    OPEN,
    OTHER,
    UNASKED,
    fine_words,
    grounds,
    named,
    ranges,
    steps,
)
from lawengine_cli.published_words import HEAD, status_rows, status_summary
from lawengine_cli.results import say_lines
from lawengine_cli.showing import number
from lawengine_cli.streams import say
from lawengine_cli.tables import say_table

if TYPE_CHECKING:
    from lawengine.casebook import CaseRun
    from lawengine.workspace import Workspace

_MEASURES = Label("measures that the rules do not give", "规则未给出的措施")
_FINES = Label(
    "case|respondent|decided fine|lawful range, yuan|verdict|step|articles",
    "案件|当事人|决定罚款|法定幅度（元）|结论|阶次|条文",
)
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


def say_runs(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> None:
    """Print the decisions, the statuses, what the tables have no room for, and the sums."""
    rows = _fine_rows(runs, language)
    if rows:
        say_table(_FINES.text(language).split("|"), rows, whole=(0, 2, 3))
    _say_statuses(runs, workspace, language, after=bool(rows))
    for line in _lines(runs, workspace, language):
        say_lines(line)


def say_markdown(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> None:
    """Print the same as Markdown: a table of decisions, one of statuses, and lists."""
    statuses = status_rows(runs, workspace.rulebook, language)
    for head, rows in ((_FINES, _fine_rows(runs, language)), (HEAD, statuses)):
        if rows:
            names = head.text(language).split("|")
            say("\n".join(_markdown([names, ["---"] * len(names)], rows)))
            say("")
    for line in _lines(runs, workspace, language):
        say(f"- {_escaped(line)}")


def _markdown(head: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in head:
        yield f"| {' | '.join(row)} |"
    for row in rows:
        yield f"| {' | '.join(_escaped(cell) for cell in row)} |"


def _escaped(words: str) -> str:
    """Return words that Markdown takes for nothing else, lines within a cell side by side."""
    for mark in ("\\", "|", "*", "_", "`", "<", "["):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\n", "<br>")


def _fine_rows(runs: Sequence[CaseRun], language: Language) -> list[tuple[str, ...]]:
    return [
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


def _lines(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> Iterator[str]:
    for item in runs:
        yield from _remarks(item, workspace, language)
    yield _summary(runs, language)
    if statuses := status_summary(runs, language):
        yield statuses


def say_compact(runs: Sequence[CaseRun], workspace: Workspace, language: Language) -> None:
    """Print one line a decision or status, with why it differs, and nothing else."""
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
    if rows:
        say_table(head.text(language).split("|"), rows, whole=(1, 2))
    _say_statuses(runs, workspace, language, after=bool(rows))


def _say_statuses(
    runs: Sequence[CaseRun], workspace: Workspace, language: Language, *, after: bool
) -> None:
    rows = status_rows(runs, workspace.rulebook, language)
    if rows and after:
        say("")
    if rows:
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
