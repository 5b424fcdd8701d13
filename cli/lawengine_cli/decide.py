"""`lawengine decide`: one case, decided with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_reforms, open_sound_rules, show_end
from lawengine_cli.options import (
    All,
    AsFormat,
    Case,
    Format,
    Lang,
    OnlyOwn,
    Out,
    Reforms,
    Rules,
    Statutes,
    Why,
    parse_day,
)
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.showing import show
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    import datetime

    from lawengine.base.diagnostic import Diagnostic
    from lawengine.casebook import CaseFile
    from lawengine.deciding.decision import Decision
    from lawengine.model.rulebook import Rulebook
    from lawengine.workspace import Workspace

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
Row = Annotated[
    int | None,
    typer.Option(
        "--row", metavar="N", min=1, help="CASE is a table (Parquet or CSV): decide this row."
    ),
]
Keep = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="COLUMN", help="With `--row`: a column that is no fact."),
]
AT_MOST = 20
"""So many acts, lists, benefits and duties are shown without `--all`."""
_CLASH = Label(
    "the facts contradict each other: nothing was decided", "案件事实相互矛盾，未作出决定"
)


def decide(
    context: typer.Context,
    case: Case,
    *,
    format_: AsFormat = "text",
    out: Out = None,
    why: Why = False,
    row: Row = None,
    keep: Keep = None,
    all_: All = False,
    law_of: LawOf = None,
    compare_versions: CompareVersions = False,
    reform: Reforms = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Decide a case: what follows for every party and act, under which law, and why."""
    language = language_of(context, lang)
    day = parse_day(law_of) if law_of is not None else None
    if day is not None and compare_versions:
        raise WrongUseError(
            Label(
                "`--law-of` and `--compare-versions` exclude each other",
                "`--law-of`与`--compare-versions`不能同时使用",
            )
        )
    if reform and compare_versions:
        raise WrongUseError(
            Label(
                "`--reform` and `--compare-versions` exclude each other",
                "`--reform`与`--compare-versions`不能同时使用",
            )
        )
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    if row is None:
        file = open_case(case, workspace, language)
    else:
        from lawengine_cli.row import open_row

        file = open_row(case, row, keep or (), workspace, language)
    if reform:
        decision = _under(reform, file, workspace, language, day, format_, out, full=why)
    elif compare_versions:
        decision = _compared(file, workspace, language, format_, out)
    else:
        decision = _decided(file, workspace, language, day)
        # A file is kept, so it is whole; what runs over a screen is not read to its end.
        at_most = None if all_ or out is not None else AT_MOST
        _deliver(decision, workspace, language, format_, out, full=why, at_most=at_most)
    raise typer.Exit(outcome(decision))


def _decided(
    file: CaseFile, workspace: Workspace, language: Language, day: datetime.date | None
) -> Decision:
    from lawengine.deciding import decide as deciding

    book = workspace.rulebook
    if day is None:
        decided = deciding.decide(
            file.facts, book, title=file.title, days=workspace.days, figures=file.figures()
        )
    else:
        from lawengine.deciding import hypothesis

        decided = hypothesis.law_of(file.facts, book, day, title=file.title)
    if decided.decision is None:
        clash(decided.diagnostics, workspace, language)
    return decided.decision


def _deliver(
    decision: Decision,
    workspace: Workspace,
    language: Language,
    format_: Format,
    out: Path | None,
    *,
    full: bool,
    at_most: int | None,
) -> None:
    from lawengine import reports

    book, library = workspace.rulebook, workspace.library
    if format_ == "text":
        lines = reports.text_lines(
            decision,
            book,
            language,
            full=full,
            library=library,
            width=width(out),
            at_most=at_most,
        )
        deliver_lines(lines, out)
    else:
        text = reports.render(decision, book, format_, language, full=full, library=library)
        deliver(text, out)


def _under(
    reforms: list[Path],
    file: CaseFile,
    workspace: Workspace,
    language: Language,
    day: datetime.date | None,
    format_: Format,
    out: Path | None,
    *,
    full: bool,
) -> Decision:
    """Deliver what the reforms change for the case, then the answer under them, and return that.

    Edges: Markdown, HTML and JSON hold the answer under the law too.
    """
    from lawengine import reports

    proposed = open_reforms(reforms, workspace, language)
    before = _decided(file, proposed.before, language, day)
    after = _decided(file, proposed.after, language, day)
    old, new, library = proposed.before.rulebook, proposed.after.rulebook, workspace.library
    if format_ == "json":
        deliver(_under_json(before, after, old, new, full=full), out)
        return after
    if format_ == "text":
        sheet = reports.effects_sheet(before, after, (old, new), language, library=library)
        room = width(out)
        lines = [*reports.sheet_lines(sheet, language, room), reports.StyledLine(())]
        lines += reports.text_lines(after, new, language, full=full, library=library, width=room)
        deliver_lines(lines, out)
    else:
        page = reports.render_reformed(
            before, after, (old, new), format_, language, full=full, library=library
        )
        deliver(page, out)
    return after


def _under_json(
    before: Decision, after: Decision, old: Rulebook, new: Rulebook, *, full: bool
) -> str:
    import json

    from lawengine import reports

    data = {
        "reforms": [
            {"name": one.name, "title": {"en": one.label.text("en"), "zh": one.label.text("zh")}}
            for one in new.reforms
        ],
        "before": reports.decision_data(before, old, full=full),
        "after": reports.decision_data(after, new, full=full),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _compared(
    file: CaseFile, workspace: Workspace, language: Language, format_: Format, out: Path | None
) -> Decision:
    """Deliver what each version would have allowed, and return the true answer."""
    from lawengine import reports
    from lawengine.deciding.hypothesis import compare_versions

    book, library = workspace.rulebook, workspace.library
    comparison, problems = compare_versions(
        file.facts, book, title=file.title, assumptions=file.assumptions
    )
    if comparison is None:
        clash(problems, workspace, language)
    if format_ == "text":
        lines = reports.comparison_lines(
            comparison, book, language, library=library, width=width(out)
        )
        deliver_lines(lines, out)
    else:
        deliver(
            reports.render_comparison(comparison, book, format_, language, library=library),
            out,
        )
    return comparison.decision


def without_grounds(file: CaseFile, workspace: Workspace, language: Language) -> Decision:
    """Decide a case without what grounds that nobody claimed would change.

    Raises:
        typer.Exit: its facts contradict each other, which was shown.
    """
    from lawengine.deciding.decide import decide as deciding

    decided = deciding(
        file.facts, workspace.rulebook, title=file.title, grounds=False, days=workspace.days
    )
    if decided.decision is None:
        clash(decided.diagnostics, workspace, language)
    return decided.decision


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
