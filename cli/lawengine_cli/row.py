"""One row of a table of cases as a case of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.opening import show_end
from lawengine_cli.showing import show
from lawengine_cli.simulate import exit_of_table, without

if TYPE_CHECKING:
    from lawengine.casebook import CaseFile
    from lawengine.workspace import Workspace

_NOTHING = Label("the row was not decided", "该行未作裁量")


def open_row(
    path: Path, row: int, kept: Sequence[str], workspace: Workspace, language: Language
) -> CaseFile:
    """Return a row, counted from 1, as a case.

    Raises:
        typer.Exit: the table cannot be read, or has no such row.
    """
    from lawengine.casebook import CaseFile

    try:
        from lawengine.columns.files import TableError
        from lawengine.columns.simulating import case_of_row
    except ModuleNotFoundError as error:
        without(error, language)
    try:
        facts = case_of_row(path, row, workspace.rulebook, kept)
    except TableError as error:
        show(error.diagnostics, {}, language)
        show_end(_NOTHING, language)
        raise typer.Exit(exit_of_table(error.diagnostics)) from None
    title = Label(f"{path.name}, row {row}", f"{path.name} 第 {row} 行")
    return CaseFile(replace(facts, identifier=f"{path.stem}-{row}"), title)
