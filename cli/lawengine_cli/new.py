"""`lawengine new`: a starter folder for own rules, facts and cases, that runs and teaches."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.folders import FolderTakenError, write_folder
from lawengine_cli.languages import language_of
from lawengine_cli.options import Lang
from lawengine_cli.streams import complain, say

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="The folder to make: a new one, or an empty one.")
]
_TAKEN = Label(
    "`{path}` is there already and is no empty folder: nothing was written",
    "“{path}”已经存在且不是空文件夹，未写入任何内容",
)
_NO_PARENT = Label(
    "there is no folder `{path}` to make it in: nothing was written",
    "没有可供创建的上级文件夹“{path}”，未写入任何内容",
)
_MADE = Label("made `{path}`:", "已创建“{path}”：")
_NEXT = Label("go on with these, and with `{path}`:", "接下来可用以下命令，并参见“{path}”：")
_COMMANDS = ("check {0}", "test {0}", "decide {1} --rules {0}")


def new(context: typer.Context, folder: Folder, *, lang: Lang = None) -> None:
    """Make a starter folder: own rules, facts, a digest and a first case, all of which run.

    What it holds is written in the language of results. A folder that is not empty is left alone.
    """
    language = language_of(context, lang)
    files = starter(language)
    # A link keeps leading to its folder.
    target = Path(os.path.realpath(folder))
    try:
        write_folder(target, files)
    except FolderTakenError:
        complain(f"lawengine: {_TAKEN.text(language).format(path=folder)}")
        raise typer.Exit(Exit.COULD_NOT_RUN) from None
    except FileNotFoundError:
        complain(f"lawengine: {_NO_PARENT.text(language).format(path=target.parent)}")
        raise typer.Exit(Exit.COULD_NOT_RUN) from None
    say(_MADE.text(language).format(path=folder))
    for name in files:
        say(f"  {name}")
    say(_NEXT.text(language).format(path=folder / "README.md"))
    case = folder / "cases" / "first-case.yaml"
    for command in _COMMANDS:
        say("  lawengine " + command.format(*map(shlex.quote, map(str, (folder, case)))))


def starter(language: Language) -> Mapping[str, bytes]:
    """Return what a starter folder holds in that language, by the place of each file in it."""
    from importlib.resources import files

    return dict(_below(files("lawengine_cli") / "starter" / language, ""))


def _below(folder: Traversable, head: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{head}{item.name}"
        found += _below(item, f"{name}/") if item.is_dir() else [(name, item.read_bytes())]
    return found
