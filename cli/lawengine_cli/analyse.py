"""`lawengine simulate` with a question: reforms, groups, weights, deterrence, uncertainty."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.opening import open_case, open_reforms, show_end
from lawengine_cli.results import deliver
from lawengine_cli.showing import show
from lawengine_cli.simulate import exit_of_table
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.analysis.analysing import Analysed
    from lawengine.analysis.result import Analysis, CaseDeterrence
    from lawengine.analysis.running import Asked, Progress
    from lawengine.analysis.sides import Law
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.workspace import Workspace
    from lawengine_cli.analysis_options import Question

T = TypeVar("T")
_IN_FORCE = Label("law in force", "现行法律")
_NOTHING = Label("nothing was told, nothing written", "未给出结果，未写入任何内容")


def tell_analysis(
    cases: Path,
    question: Question,
    workspace: Workspace,
    language: Language,
    *,
    out: Path | None,
    keep: Sequence[str],
    as_json: bool,
    progress: Progress | None,
) -> None:
    """Analyse a table of cases and say what it comes to.

    Raises:
        typer.Exit: a reform, the table or the question has errors.
    """
    from lawengine.analysis.published import hidden
    from lawengine.analysis.running import Asked
    from lawengine_cli import reporting

    reporting.check_free(question.report, language, question.drawn_from)
    laws = laws_of(question, workspace, language)
    asked = Asked(
        by=tuple(dict.fromkeys(question.by)),
        weights=question.weights,
        gains=question.deterrence,
        kept=tuple(keep),
        cluster=question.cluster,
        hidden=hidden(workspace.rulebook) if question.published else (),
    )
    told = _cases(question, laws, workspace, language)
    run = partial(_whole, cases, laws, asked, question, partial(_run, out=out, progress=progress))
    analysis, diagnostics = refusing(run, language)
    show(diagnostics, {}, language)
    if analysis.deterrence is not None:
        deterrence = replace(analysis.deterrence, cases=told)
        analysis = replace(analysis, deterrence=deterrence)
    reporting.write(
        analysis, question.report, workspace, language,
        reforms=question.reforms, apart=question.apart, drawn_from=question.drawn_from,
    )  # fmt: skip
    if as_json:
        deliver(json.dumps(analysis.as_data(), ensure_ascii=False, indent=1), None)
    else:
        from lawengine_cli.analysis_text import analysis_lines

        deliver("\n".join(analysis_lines(analysis, language)), None)


def _whole(
    cases: Path, laws: list[Law], asked: Asked, question: Question, run: Callable[..., Analysed]
) -> tuple[Analysis, Sequence[Diagnostic]]:
    """Return the analysis with all that was asked beside it."""
    from lawengine.analysis.extras import Extras, with_extras
    from lawengine.workspace import shipped

    place = shipped("casebook") / "populations" / "published.toml"
    extras = Extras(
        question.draws, question.seed, question.elasticity, place if question.published else None
    )
    analysed = run(cases, laws, asked)
    weights, cluster = question.weights, question.cluster
    rulebook = laws[0].rulebook
    found = with_extras(analysed, extras, rulebook, weights=weights, cluster=cluster)
    return found, analysed.diagnostics


def _cases(
    question: Question, laws: list[Law], workspace: Workspace, language: Language
) -> tuple[CaseDeterrence, ...]:
    """Return the deterrence of the cases that are told beside a table."""
    from lawengine.analysis.versions import case_deterrence

    every = [law for law in laws if law.day is None]
    found: list[CaseDeterrence] = []
    for path in question.cases:
        one, problems = case_deterrence(open_case(path, workspace, language), every or laws)
        show(problems, workspace.sources, language)
        found += one
    return tuple(found)


def _run(
    cases: Path, laws: list[Law], asked: Asked, out: Path | None, progress: Progress | None
) -> Analysed:
    from lawengine.analysis.analysing import analyse
    from lawengine.analysis.running import layout_of
    from lawengine.analysis.storing import Pairs
    from lawengine.columns.storing import storing

    if out is None:
        return analyse(cases, laws, asked, None, progress)
    names = [law.name for law in laws]
    layout = layout_of(laws, asked)
    with storing(out, partial(Pairs, names=names, layout=layout, only=asked.kept)) as sink:
        return analyse(cases, laws, asked, sink, progress)


def refusing(run: partial[T], language: Language) -> T:
    """Return what comes of a run; what is wrong with the table or the question is told.

    Raises:
        typer.Exit: something is.
    """
    from lawengine.analysis.refusal import RefusedError
    from lawengine.columns.files import TableError

    try:
        return run()
    except TableError as error:
        show(error.diagnostics, {}, language)
        code = exit_of_table(error.diagnostics)
    except RefusedError as error:
        show([error.diagnostic], {}, language)
        code = Exit.RULES
    show_end(_NOTHING, language)
    raise typer.Exit(code)


def laws_of(question: Question, workspace: Workspace, language: Language) -> list[Law]:
    """Return the law in force, and what the options set beside it.

    Raises:
        typer.Exit: a reform has errors.
        WrongUseError: several days together with reforms.
    """
    from lawengine.analysis.sides import LAW, Law
    from lawengine_cli.options import parse_day

    days = [parse_day(text) for text in question.law_of]
    if question.versions_of:
        days += first_days(question.versions_of, workspace, language)
    if question.reforms and len(days) > 1:
        raise WrongUseError(
            Label(
                "with reforms, `--law-of` names one day",
                "与修正草案合用时，`--law-of`只能指明一个日期",
            )
        )
    law = Law(LAW, _IN_FORCE, workspace.rulebook, days=workspace.days)
    if not question.reforms:
        return [law, *(_day(day, workspace) for day in dict.fromkeys(days))]
    base = _day(days[0], workspace, LAW) if days else law
    found = [base]
    every = [[path] for path in question.reforms] if question.apart else [list(question.reforms)]
    for files in every:
        after = open_reforms(files, workspace, language).after.rulebook
        proposals = after.reforms
        english = "; ".join(one.label.text("en") or one.name for one in proposals)
        chinese = "；".join(one.label.text("zh") or one.name for one in proposals)
        title = Label(english, chinese) or Label(files[0].stem, files[0].stem)
        name = "_".join(one.name for one in proposals) or "reform"
        found.append(Law(name, title, after, proposals, base.day, workspace.days))
    return found


def first_days(name: str, workspace: Workspace, language: Language) -> list[datetime.date]:
    """Return the first day of each version of a rule.

    Raises:
        typer.Exit: there is no such rule.
    """
    from lawengine.base.diagnostic import Diagnostic, nearest

    rules = workspace.rulebook.rules
    by_name = {known: rule for rule in rules.values() for known in (rule.name, rule.alias)}
    if name not in by_name:
        found = Diagnostic("LAW715", words={"name": name}, suggestion=nearest(name, by_name))
        show([found], {}, language)
        show_end(_NOTHING, language)
        raise typer.Exit(Exit.USAGE)
    return [version.interval.start for version in by_name[name].versions]


def _day(day: datetime.date, workspace: Workspace, name: str = "") -> Law:
    from lawengine.analysis.sides import Law

    title = Label(f"law of {day.isoformat()}", f"{day.isoformat()}的法律")
    name = name or f"law_{day:%Y%m%d}"
    return Law(name, title, workspace.rulebook, (), day, workspace.days)
