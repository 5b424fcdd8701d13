"""`--report FOLDER`: an analysis as pages, plots, workbooks and files of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lawengine.base.label import LANGUAGES, Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.opening import show_end
from lawengine_cli.showing import show
from lawengine_cli.streams import complain
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.analysis.refusal import RefusedError
    from lawengine.analysis.result import Analysis
    from lawengine.model.rulebook import Rulebook
    from lawengine.population.specification import Specification
    from lawengine.presentation.document import Material, Note
    from lawengine.proposals import Proposed
    from lawengine.workspace import Workspace

Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FOLDER",
        help="Also write a report: pages in both languages, plots, workbooks, files of figures.",
    ),
]
DrawnFrom = Annotated[
    Path | None,
    typer.Option(
        "--drawn-from",
        metavar="FILE",
        help="With --report: the assumptions that synthetic cases were drawn from.",
    ),
]
_WRITTEN = Label(
    "the report is in {path}: open report.en.html", "报告已写入{path}：请打开report.zh.html"
)
_NOT_WRITTEN = Label("no report was written", "未写入报告")
_NO_REPORT = Label("`--drawn-from` goes with `--report`", "`--drawn-from`须与`--report`合用")
_SHARE = Label("share of the group: {text}", "本组比例：{text}")
_ASSUMED, _PUBLISHED = Label("assumed: ", "假设："), Label("published: ", "公布：")


def check_free(folder: Path | None, language: Language, drawn_from: Path | None = None) -> None:
    """Tell that a report cannot go there, before anything long is done for it.

    Raises:
        typer.Exit: it cannot.
        WrongUseError: what cases were drawn from is named, and no report.
    """
    if folder is None:
        if drawn_from is not None:
            raise WrongUseError(_NO_REPORT)
        return
    from lawengine.analysis.refusal import RefusedError
    from lawengine.presentation.folder import free

    try:
        free(folder)
    except RefusedError as error:
        _refuse(error, language)


def _refuse(error: RefusedError, language: Language) -> NoReturn:
    show([error.diagnostic], {}, language)
    show_end(_NOT_WRITTEN, language)
    mistaken = error.diagnostic.code == "LAW794"
    raise typer.Exit(Exit.RULES if mistaken else Exit.COULD_NOT_RUN)


def write(
    analysis: Analysis,
    folder: Path | None,
    workspace: Workspace,
    language: Language,
    *,
    reforms: Sequence[Path] = (),
    apart: bool = False,
    drawn_from: Path | None = None,
) -> None:
    """Write the report of an analysis; nothing where none was asked for.

    Raises:
        typer.Exit: it cannot be written.
    """
    if folder is None:
        return
    from lawengine.analysis.refusal import RefusedError
    from lawengine.presentation.folder import write_report

    proposed = _proposed(reforms, workspace, apart=apart)
    grounds = _grounds(drawn_from, workspace, language)
    material = material_of(analysis, workspace, proposed, grounds)
    try:
        show(write_report(material, folder), {}, language)
    except RefusedError as error:
        _refuse(error, language)
    complain(_WRITTEN.text(language).format(path=folder))


def material_of(
    analysis: Analysis,
    workspace: Workspace,
    proposed: Sequence[Proposed] = (),
    drawn_from: Sequence[Note] = (),
) -> Material:
    """Return all that the report of an analysis is made of."""
    from lawengine.base.release import VERSION
    from lawengine.presentation.document import Material
    from lawengine.proposals import diff_data, diff_sheet

    return Material(
        analysis=analysis,
        diffs={one: tuple(diff_sheet(each, one) for each in proposed) for one in LANGUAGES},
        diff_data=tuple(map(diff_data, proposed)),
        unverified=tuple(unverified(analysis, workspace.rulebook)),
        drawn_from=tuple(drawn_from),
        version=VERSION,
    )


def _proposed(reforms: Sequence[Path], workspace: Workspace, *, apart: bool) -> list[Proposed]:
    """Return what the reforms make of the law; what is wrong with them was told before."""
    from lawengine.proposals import propose

    every = [[path] for path in reforms] if apart else [list(reforms)] if reforms else []
    return [propose(workspace, files) for files in every]


def unverified(analysis: Analysis, rulebook: Rulebook) -> Iterator[Note]:
    """Yield the rules behind the figures of which a version rests on no text at hand."""
    from lawengine.presentation.document import Note

    hit = dict.fromkeys(one.rule for side in analysis.sides for one in side.rules)
    for name in hit:
        rule = rulebook.rules.get(name)
        if rule is None:
            continue
        label = Label(
            f"{rule.label.text('en')} ({name})", f"{rule.label.text('zh')}（{rule.alias or name}）"
        )
        doubts = dict.fromkeys(one.unverified for one in rule.versions if one.unverified)
        for doubt in doubts:
            yield Note(label, doubt)
    deterrence = analysis.deterrence
    versions = [v for case in deterrence.cases for v in case.versions] if deterrence else []
    told = dict.fromkeys((v.law, v.unverified) for v in versions if v.unverified)
    for law, doubt in told:
        yield Note(Label(", ".join(law), "、".join(law)), doubt)


def _grounds(path: Path | None, workspace: Workspace, language: Language) -> tuple[Note, ...]:
    if path is None:
        return ()
    from lawengine.population.specification import read_specification

    found, problems = read_specification(path, workspace.rulebook.vocabulary)
    show(problems, {}, language)
    if found is None:
        show_end(_NOT_WRITTEN, language)
        raise typer.Exit(Exit.RULES)
    return tuple(_notes(found))


def _notes(found: Specification) -> Iterator[Note]:
    from lawengine.presentation.document import Note

    whole = sum(group.weight for group in found.groups)
    reason = partial(_ground, found=found)
    for group in found.groups:
        share = f"{100 * group.weight / whole:.1f} %"
        head = Label(*(_SHARE.text(one).format(text=share) for one in LANGUAGES))
        yield Note(group.label, _joined(head, reason(group.source, group.assumed)))
        for draw in group.draws:
            how = getattr(draw.how, draw.way)
            shown = how.model_dump() if hasattr(how, "model_dump") else how
            text = f"{draw.way} {_plain(shown)}"
            about = Label(
                f"{group.label.text('en')}: {draw.fact.label.text('en')}",
                f"{group.label.text('zh')}：{draw.fact.label.text('zh')}",
            )
            yield Note(about, _joined(Label(text, text), reason(draw.source, draw.assumed)))


def _plain(shown: object) -> str:
    if isinstance(shown, dict):
        return ", ".join(f"{key} {_plain(value)}" for key, value in shown.items())
    if isinstance(shown, list):
        return " .. ".join(map(_plain, shown))
    return f"{shown:,}" if isinstance(shown, int | float) else str(shown)


def _ground(source: str, assumed: Label, found: Specification) -> Label:
    head, text = (_PUBLISHED, found.sources[source]) if source else (_ASSUMED, assumed)
    return Label(*(f"{head.text(one)}{text.text(one)}" for one in LANGUAGES))


def _joined(one: Label, other: Label) -> Label:
    return Label(f"{one.text('en')}; {other.text('en')}", f"{one.text('zh')}；{other.text('zh')}")
