"""`lawengine decide`: one case, decided with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules, show_end
from lawengine_cli.options import (
    AsFormat,
    Format,
    Lang,
    OnlyOwn,
    Out,
    Rules,
    Statutes,
    parse_day,
)
from lawengine_cli.results import deliver
from lawengine_cli.showing import show

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.deciding.decision import Decision
    from lawengine.workspace import Workspace

Case = Annotated[Path, typer.Argument(metavar="CASE", help="A case file (YAML).")]
Why = Annotated[bool, typer.Option("--why", help="Give the reasons in full.")]
LawOf = Annotated[
    str | None,
    typer.Option(
        "--law-of",
        metavar="DATE",
        help="A hypothesis, never a decision: as if the act had ended on that day.",
    ),
]
CompareVersions = Annotated[
    bool,
    typer.Option(
        "--compare-versions",
        help="What each version of the law would have allowed, beside the true answer.",
    ),
]
_CLASH = Label(
    "the facts contradict each other: nothing was decided", "案件事实相互矛盾，未作出决定"
)


def decide(
    context: typer.Context,
    case: Case,
    *,
    format_: AsFormat = Format.TEXT,
    out: Out = None,
    why: Why = False,
    law_of: LawOf = None,
    compare_versions: CompareVersions = False,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Decide a case: what follows for every party and act, under which law, and why."""
    language = language_of(context, lang)
    day = parse_day(law_of) if law_of is not None else None
    if day is not None and compare_versions:
        raise typer.BadParameter("`--law-of` and `--compare-versions` exclude each other")
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    file = open_case(case, workspace, language)
    from lawengine.deciding import hypothesis
    from lawengine.deciding.decide import decide as decide_case
    from lawengine.reports import render, render_comparison

    problems: tuple[Diagnostic, ...]
    if compare_versions:
        comparison, problems = hypothesis.compare_versions(
            file.facts, workspace.rulebook, title=file.title, assumptions=file.assumptions
        )
        decision = comparison.decision if comparison else None
    else:
        comparison = None
        decided = (
            hypothesis.law_of(file.facts, workspace.rulebook, day, title=file.title)
            if day is not None
            else decide_case(file.facts, workspace.rulebook, title=file.title)
        )
        decision, problems = decided.decision, decided.diagnostics
    if decision is None:
        clash(problems, workspace, language)
    text = (
        render_comparison(comparison, format_, language)
        if comparison is not None
        else render(decision, format_, language, full=why)
    )
    deliver(text, out, format_)
    raise typer.Exit(outcome(decision))


def clash(problems: Sequence[Diagnostic], workspace: Workspace, language: Language) -> NoReturn:
    """Show how the facts contradict each other, and end.

    Raises:
        typer.Exit: always.
    """
    show(problems, workspace.sources, language)
    show_end(_CLASH, language)
    raise typer.Exit(Exit.RULES)


def outcome(decision: Decision) -> Exit:
    """Return the exit code of a decision: a conflict of rules weighs more than an open violation.

    Edges: a fact that is not known and leaves the violation itself settled is no reason for 4.
    """
    acts = decision.acts()
    if any(act.conflicts for act in acts):
        return Exit.CONFLICT
    return Exit.UNDETERMINED if any(act.undetermined for act in acts) else Exit.DONE
