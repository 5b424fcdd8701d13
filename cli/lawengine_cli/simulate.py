"""`lawengine simulate`: a table of cases, and what it comes to."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.analysis_options import (
    Apart,
    Beside,
    By,
    Cluster,
    Deterrence,
    Draws,
    Elasticity,
    LawOf,
    PublishedToo,
    Question,
    Seed,
    VersionsOf,
    Weights,
)
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules, show_end
from lawengine_cli.options import AsListing, Lang, OnlyOwn, Reforms, Rules, Statutes
from lawengine_cli.reporting import DrawnFrom, Report
from lawengine_cli.results import deliver
from lawengine_cli.runs import Jobs, Resume, interrupted, need_output, whole_at_once
from lawengine_cli.showing import show
from lawengine_cli.status_totals import status_data, status_lines
from lawengine_cli.streams import complain

if TYPE_CHECKING:
    from lawengine.columns.simulating import Progress, Simulated
    from lawengine.columns.summary import Totals
    from lawengine.model.rulebook import Rulebook

Cases = Annotated[
    Path,
    typer.Argument(
        metavar="CASES",
        help="A table of cases, one act a row: Parquet, CSV, FILE.sqlite::TABLE, "
        "FILE.duckdb::TABLE; or a folder of case files.",
    ),
]
Results = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Write what follows in every row (Parquet or CSV), whole or not at all; until then "
        "its parts are in FILE.parts.",
    ),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep", metavar="COLUMN", help="Carry a column over into the result; repeatable."
    ),
]
FORMAT_VERSION = 1
_NOTHING = Label("the table was not used: nothing was written", "表格未使用，未写入任何内容")
_PAUSE = 2.0
"""Seconds between two lines of progress."""

_LINES = {
    "cases": Label("cases", "案件（行为）数"),
    "established": Label("a violation or other norm established", "有规则成立"),
    "undetermined": Label("violation itself undetermined", "违法与否不能确定"),
    "nothing": Label("nothing established", "无规则成立"),
    "fined": Label("a fine is possible", "可处罚款"),
    "fine_low": Label("least sum of fines (yuan)", "罚款合计下限（元）"),
    "fine_high": Label("greatest sum of fines (yuan)", "罚款合计上限（元）"),
    "confiscated": Label("confiscation (yuan)", "没收合计（元）"),
    "later": Label("by the lighter later law", "适用较轻的新法"),
    "left": Label("looked at a second time", "须再次判定"),
    "branched": Label("of them with open facts that matter", "其中不明事实影响结果"),
}
_HITS = Label("established or open, by rule", "各规则成立或者未定的行数")
_MEASURES = Label("measures besides fines: must, may", "罚款以外的措施：应当、可以")
_MISSING = Label("no column, so not known in any row", "没有对应列，各行均不明")
_RULEBOOK = Label("rulebook", "规则库")
_TOOK = Label("cases a second", "件/秒")


def simulate(
    context: typer.Context,
    cases: Cases,
    *,
    out: Results = None,
    keep: Keep = None,
    reform: Reforms = None,
    apart: Apart = False,
    law_of: LawOf = None,
    by: By = None,
    weights: Weights = None,
    deterrence: Deterrence = False,
    versions_of: VersionsOf = None,
    case: Beside = None,
    bootstrap: Draws = 0,
    cluster: Cluster = None,
    seed: Seed = 1,
    elasticity: Elasticity = None,
    published: PublishedToo = False,
    jobs: Jobs = 1,
    resume: Resume = False,
    report: Report = None,
    drawn_from: DrawnFrom = None,
    format_: AsListing = "text",
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Decide a table of cases at once, and tell what they come to.

    Columns go by the names of facts in either language (`act.kind`, `行为.种类`); amounts are whole
    fen, or decimals under a name that ends in `_yuan`; an empty cell is a fact that is not known.
    Any row can be decided again with its reasons: `lawengine decide CASES --row N`.
    With `--reform` the law and the reform are set side by side; `--by` tells it by groups.
    """
    language = language_of(context, lang)
    need_output(resume, out)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    try:
        from lawengine.columns.engine import Simulator
        from lawengine.columns.files import TableError
        from lawengine.columns.simulating import Interrupted, Run
        from lawengine.columns.simulating import simulate as simulating
    except ModuleNotFoundError as error:
        without(error, language)
    question = Question(
        reforms=tuple(reform or ()),
        apart=apart,
        law_of=tuple(law_of or ()),
        by=tuple(by or ()),
        weights=weights or "",
        deterrence=deterrence,
        versions_of=versions_of or "",
        cases=tuple(case or ()),
        draws=bootstrap,
        seed=seed,
        cluster=cluster or "",
        elasticity=elasticity,
        published=published,
        report=report,
        drawn_from=drawn_from,
    )
    begun = time.perf_counter()
    if question.asked:
        whole_at_once(jobs, resume=resume)
        from lawengine_cli.analyse import tell_analysis

        tell_analysis(
            cases, question, workspace, language, out=out, keep=keep or (),
            as_json=format_ == "json", progress=progressing(begun, language),
        )  # fmt: skip
        return
    simulator = Simulator(workspace.rulebook, days=workspace.days)
    try:
        run = Run(jobs, resume)
        found = simulating(cases, simulator, out, keep or (), progressing(begun, language), run)
    except Interrupted as error:
        raise interrupted(error, language) from None
    except TableError as error:
        show(error.diagnostics, {}, language)
        show_end(_NOTHING, language)
        raise typer.Exit(exit_of_table(error.diagnostics)) from None
    show(found.notes, {}, language)
    tell(found, workspace.rulebook, format_, time.perf_counter() - begun, language)


def tell(
    found: Simulated,
    rulebook: Rulebook,
    format_: str,
    seconds: float,
    language: Language,
    unit: Label = _TOOK,
) -> None:
    """Print what a table comes to, and beside it how many cases a second were decided."""
    complain(f"{found.totals.rows / max(seconds, 1e-9):,.0f} {unit.text(language)}")
    if format_ == "json":
        import json

        deliver(json.dumps(as_data(found, rulebook), ensure_ascii=False, indent=2), None)
    else:
        deliver("\n".join(text_lines(found, rulebook, language)), None)


def without(error: ModuleNotFoundError, language: Language) -> NoReturn:
    """Tell that the libraries for tables are missing.

    Raises:
        typer.Exit: always.
    """
    from lawengine.base.diagnostic import Diagnostic

    if error.name not in ("numpy", "duckdb"):
        raise error
    show([Diagnostic("LAW663")], {}, language)
    raise typer.Exit(Exit.COULD_NOT_RUN)


def exit_of_table(diagnostics: tuple[Any, ...]) -> Exit:
    """Return the exit code: what cannot be read or written is no mistake in the cases."""
    codes = {found.code for found in diagnostics}
    return (
        Exit.COULD_NOT_RUN
        if codes & {"LAW650", "LAW662", "LAW663", "LAW740", "LAW741", "LAW742"}
        else Exit.RULES
    )


def progressing(begun: float, language: Language) -> Progress | None:
    """Return what tells how far it is; nothing on a pipe, where only results belong."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    told = begun

    def progress(done: int, rows: int) -> None:
        nonlocal told
        now = time.perf_counter()
        if now - told >= _PAUSE and done < rows:
            told = now
            rate = done / (now - begun)
            left = (rows - done) / rate
            complain(f"{done:,} / {rows:,}  {rate:,.0f} {_TOOK.text(language)}  {left:,.0f} s")

    return progress


def as_data(found: Simulated, rulebook: Rulebook) -> dict[str, object]:
    """Return the totals as plain data. Units: fen."""
    totals = found.totals
    return {
        "format": FORMAT_VERSION,
        "rulebook": rulebook.content_hash,
        **_counts(totals),
        "rules": dict(totals.by_rule()),
        "must": {kind.value: number for kind, number in totals.must.items()},
        "may": {kind.value: number for kind, number in totals.may.items()},
        **status_data(found),
        "missing": [fact.path for fact in found.missing],
    }


def _counts(totals: Totals) -> dict[str, int]:
    established, undetermined = totals.flags["hit"], totals.flags["undetermined"]
    return {
        "cases": totals.rows,
        "established": established,
        "undetermined": undetermined,
        "nothing": totals.nothing,
        "fined": totals.fined,
        "fine_low": totals.fine_low,
        "fine_high": totals.fine_high,
        "confiscated": totals.confiscated,
        "later": totals.flags["later"],
        "left": totals.left,
        "branched": totals.flags["branched"],
    }


def text_lines(found: Simulated, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """Yield the totals as lines."""
    from lawengine.base.source import display_width
    from lawengine.model.measures import MEASURE_LABELS

    def row(words: str, *numbers: int) -> str:
        shown = "".join(f"{number:>20,}" for number in numbers)
        return f"  {words}{' ' * max(1, 52 - display_width(words))}{shown}"

    totals = found.totals
    for key, number in _counts(totals).items():
        money = key in ("fine_low", "fine_high", "confiscated")
        words = _LINES[key].text(language)
        yield row(words, number) if not money else f"{row(words, number // 100)}.{number % 100:02}"
    yield f"\n{_HITS.text(language)}"
    for name, rows in totals.by_rule():
        rule = rulebook.rules[name]
        yield row(rule.alias or name if language == "zh" else name, rows)
    yield f"\n{_MEASURES.text(language)}"
    for kind in totals.layout.kinds:
        must, may = totals.must.get(kind, 0), totals.may.get(kind, 0)
        if must or may:
            yield row(MEASURE_LABELS[kind].text(language), must, may)
    yield from status_lines(found, rulebook, language)
    if found.missing:
        yield f"\n{_MISSING.text(language)}"
        named = map(rulebook.vocabulary.named, found.missing)
        yield "  " + ", ".join(name.text(language) for name in named)
    yield f"\n{_RULEBOOK.text(language)} {rulebook.content_hash}"
