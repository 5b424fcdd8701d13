"""`lawengine sweep`: one or two figures of the law moved over a range, over a table of cases."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.analysis_options import LawOf, Question, Weights
from lawengine_cli.analysis_text import STANDINGS, columns, count, short, upper_short, wrapped
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules
from lawengine_cli.options import AsListing, Lang, OnlyOwn, Reforms, Rules, Statutes
from lawengine_cli.reporting import DrawnFrom, Report
from lawengine_cli.results import deliver
from lawengine_cli.simulate import Cases, Keep, progressing, without
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.analysis.result import Analysis, Change, Figures, Step, Sweep

Figure = Annotated[
    list[str],
    typer.Option(
        "--figure",
        metavar="NAME=FROM..TO:STEPS",
        help="A parameter, or RULE@DAY/TIER.fine.low or .high; twice for two figures.",
    ),
]
_ALARM = Label(
    "!! A THOUGHT EXPERIMENT BESIDE THE LAW: NO DECISION ON ANY CASE !!",
    "!! 对法律数值的设想：并非对任何案件的决定 !!",
)
_MOVED = Label("{label} ({name}), in force: {law}", "{label}（{name}），现行：{law}")
_HEAD = Label(
    "fined|fines, at least|at most|pay less|more|open", "可罚|罚款下限|上限|减轻|加重|不定"
)
_UNIT = Label("fines together in 10,000 yuan", "罚款合计以万元计")
_LAW = Label("law in force", "现行法律")
_HELD = Label("holds|open", "成立|不明")
_ONE_DAY = Label("`--law-of` names one day here", "此处`--law-of`只能指明一个日期")
_WIDTHS = (9, 14, 14, 9, 9, 9)


def sweep_(
    context: typer.Context,
    cases: Cases,
    figure: Figure,
    *,
    weights: Weights = None,
    law_of: LawOf = None,
    keep: Keep = None,
    reform: Reforms = None,
    report: Report = None,
    drawn_from: DrawnFrom = None,
    format_: AsListing = "text",
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Move one or two figures of the law over a range and tell what a table of cases comes to.

    `--figure limitation_term=1..5:5` moves a parameter, `--figure
    RULE@2026-01-01/serious.fine.high=1_000_000..5_000_000:5` an end of a fine, in yuan.
    """
    language = language_of(context, lang)
    if law_of is not None and len(law_of) > 1:
        raise WrongUseError(_ONE_DAY)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    begun = time.perf_counter()
    try:
        from lawengine.analysis.sweeping import sweep
    except ModuleNotFoundError as error:
        without(error, language)
    from lawengine_cli import reporting
    from lawengine_cli.analyse import laws_of, refusing

    reporting.check_free(report, language, drawn_from)
    question = Question(reforms=tuple(reform or ()), law_of=tuple(law_of or ()))
    law = laws_of(question, workspace, language)[-1]
    run = partial(
        sweep, cases, law, figure, weights or "", tuple(keep or ()), progressing(begun, language)
    )
    analysis = refusing(run, language)
    reforms = question.reforms
    reporting.write(analysis, report, workspace, language, reforms=reforms, drawn_from=drawn_from)
    if format_ == "json":
        deliver(json.dumps(analysis.as_data(), ensure_ascii=False, indent=1), None)
    else:
        deliver("\n".join(_lines(analysis, language)), None)


def _lines(analysis: Analysis, language: Language) -> Iterator[str]:
    assert analysis.sweep is not None  # noqa: S101 - a sweep was asked for
    sweep = analysis.sweep
    yield _ALARM.text(language)
    for axis in sweep.axes:
        words = {
            "label": axis.label.text(language),
            "name": axis.name,
            "law": axis.law_text.text(language) or "-",
        }
        yield from wrapped(_MOVED.text(language).format(**words))
    yield from wrapped(_UNIT.text(language))
    yield ""
    yield columns("", _HEAD.text(language).split("|"), _WIDTHS)
    yield _row(_LAW.text(language), sweep.law, None)
    yield from _steps(sweep, language)
    yield from _standings(sweep, language)
    yield ""
    for one in analysis.assumptions:
        yield from wrapped(one.text.text(language))


def _steps(sweep: Sweep, language: Language) -> Iterator[str]:
    for step in sweep.steps:
        yield _row(_name(sweep, step, language), step.figures, step.change)


def _standings(sweep: Sweep, language: Language) -> Iterator[str]:
    """Yield in how many rows each list, benefit or duty holds that some step moves."""
    if sweep.standings:
        yield ""
        yield from wrapped(STANDINGS.text(language))
    names = [_LAW.text(language), *(_name(sweep, step, language) for step in sweep.steps)]
    for one in sweep.standings:
        yield ""
        yield from wrapped(one.label.text(language))
        yield columns("", _HELD.text(language).split("|"), _WIDTHS[:2])
        for name, side in zip(names, one.sides, strict=True):
            yield columns(name, [count(side.held), count(side.open)], _WIDTHS[:2])


def _name(sweep: Sweep, step: Step, language: Language) -> str:
    values = (axis.texts[at].text(language) for axis, at in zip(sweep.axes, step.at, strict=True))
    return ", ".join(values)


def _row(name: str, figures: Figures, change: Change | None) -> str:
    fine = figures.fine.sum
    cells = [count(figures.fined.high), short(fine.low), upper_short(fine)]
    cells += ["", "", ""] if change is None else [
        count(change.winners), count(change.losers), count(change.undecided)
    ]  # fmt: skip
    return columns(name, cells, _WIDTHS)
