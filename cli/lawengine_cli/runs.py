"""How long runs over tables are asked for, and what is told when one is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.streams import complain
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.columns.simulating import Interrupted

Jobs = Annotated[
    int,
    typer.Option("--jobs", metavar="N", min=1, max=256, help="How many processes share the rows."),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on with a run that was interrupted, from OUT.parts."),
]
_NO_OUTPUT = Label("--resume goes with --out", "--resume 须与 --out 同用")
_AT_ONCE = Label(
    "--jobs and --resume go with a plain run alone, not with a comparison or an analysis",
    "--jobs 与 --resume 仅用于普通运行，不能与比较或分析同用",
)
_STOPPED = Label(
    "interrupted after {done:,} of {rows:,} rows: nothing was written",
    "已中断：共 {rows:,} 行，完成 {done:,} 行；未写入任何内容",
)
_KEPT = Label(
    "interrupted after {done:,} of {rows:,} rows; go on with `--resume` (parts in {parts})",
    "已中断：共 {rows:,} 行，完成 {done:,} 行；可用 --resume 继续（各部分保存在 {parts}）",
)


def need_output(resume: bool, out: Path | None) -> None:
    """Return where there is an output to go on with.

    Raises:
        WrongUseError: there is none.
    """
    if resume and out is None:
        raise WrongUseError(_NO_OUTPUT)


def whole_at_once(jobs: int, *, resume: bool) -> None:
    """Return where a run is asked for that is one piece in one process, as an analysis is.

    Raises:
        WrongUseError: it is not.
    """
    if resume or jobs > 1:
        raise WrongUseError(_AT_ONCE)


def interrupted(error: Interrupted, language: Language) -> typer.Exit:
    """Tell what is kept of a run; return how the program ends."""
    words = _STOPPED if error.parts is None else _KEPT
    folder = "" if error.parts is None else error.parts.folder
    complain(words.text(language).format(done=error.done, rows=error.rows, parts=folder))
    return typer.Exit(Exit.INTERRUPTED)
