"""Opening what a command works on: the shipped rules and the user's own, as its options say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.options import need_folders
from lawengine_cli.showing import exit_of, show

if TYPE_CHECKING:
    from lawengine.casebook import CaseFile
    from lawengine.proposals import Proposed
    from lawengine.workspace import Workspace

_NOT_USED = Label("the rules have errors: nothing was done", "规则有错误，未作任何处理")
_REFORM_NOT_USED = Label("the reform has errors: nothing was done", "修正草案有错误，未作任何处理")
_UNREAD = Label("the case file cannot be read: nothing was done", "案件文件无法读取，未作任何处理")
_NO_CASE = Label("the case file has errors: nothing was done", "案件文件有错误，未作任何处理")


def open_rules(
    rules: list[Path] | None, statutes: list[Path] | None, *, only_own: bool
) -> Workspace:
    """Return the workspace that the options of a command describe, sound or not.

    The digests that stand with own rules are read with them, named by an option or not.

    Edges: a folder that is already among the others, or inside one of them, is not read twice.

    Raises:
        UnreadableFileError: a folder is not there.
        WrongUseError: the shipped rules are left out and no others are named.
    """
    from lawengine.workspace import Places, open_workspace, shipped

    need_folders(rules, statutes)
    if only_own and not rules:
        from lawengine_cli.wrong_use import WrongUseError

        raise WrongUseError(
            Label(
                "with `--only-own-rules`, name a folder of your own rules",
                "使用`--only-own-rules`时，须以`--rules`指明自己的规则文件夹",
            )
        )
    ours = () if only_own else (shipped("rules"),)
    digests = (shipped("statutes"),)
    places = Places(
        rules=(*ours, *beside(ours, rules or ())),
        statutes=(*digests, *beside(digests, [*(statutes or ()), *digests_with(rules or ())])),
        with_shipped=False,
    )
    return open_workspace(places)


def digests_with(rules: Sequence[Path]) -> list[Path]:
    """Return the folders `statutes` that stand in folders of rules, or beside a folder `rules`.

    Edges: what is no folder is none; the folder itself may be named from inside (`.`).
    """
    near: list[Path] = []
    for path in rules:
        near.append(path / "statutes")
        if path.resolve().name == "rules":
            parent = path.parent if path.name == "rules" else path.resolve().parent
            near.append(parent / "statutes")
    return [folder for folder in near if folder.is_dir()]


def beside(present: Sequence[Path], more: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of `more` that are neither among `present` nor inside one of them."""
    seen = [path.resolve() for path in present]
    kept = []
    # Outer folders first, so that an inner one is dropped whatever the order.
    for path in sorted(more, key=lambda path: len(path.resolve().parts)):
        place = path.resolve()
        if not any(place.is_relative_to(other) for other in seen):
            seen.append(place)
            kept.append(path)
    return tuple(path for path in dict.fromkeys(more) if path in kept)


def open_sound_rules(
    rules: list[Path] | None,
    statutes: list[Path] | None,
    language: Language,
    *,
    only_own: bool,
) -> Workspace:
    """Return the workspace after showing its diagnostics.

    Raises:
        typer.Exit: it has errors.
    """
    workspace = open_rules(rules, statutes, only_own=only_own)
    show(workspace.diagnostics, workspace.sources, language)
    if not workspace.sound:
        show_end(_NOT_USED, language)
        raise typer.Exit(exit_of(workspace.diagnostics))
    return workspace


def open_reforms(reforms: list[Path], workspace: Workspace, language: Language) -> Proposed:
    """Return the law and what the reforms make of it, after showing what is wrong with them.

    Raises:
        UnreadableFileError: a file is not there.
        typer.Exit: a reform has errors.
    """
    from lawengine.proposals import propose

    need_folders(reforms)
    proposed = propose(workspace, reforms)
    show(proposed.diagnostics, proposed.after.sources, language)
    if not proposed.after.sound:
        show_end(_REFORM_NOT_USED, language)
        raise typer.Exit(exit_of(proposed.diagnostics))
    return proposed


def open_case(path: Path, workspace: Workspace, language: Language) -> CaseFile:
    """Return the case of a file after showing its diagnostics.

    Raises:
        typer.Exit: the file has errors or cannot be read.
    """
    case, code = read_case_file(path, workspace, language)
    if case is None:
        show_end(_UNREAD if code is Exit.COULD_NOT_RUN else _NO_CASE, language)
        raise typer.Exit(code)
    return case


def read_case_file(
    path: Path, workspace: Workspace, language: Language
) -> tuple[CaseFile | None, Exit]:
    """Return the case of a file, or None and the exit code for it, after showing diagnostics."""
    from lawengine.casebook import read_case

    read = read_case(path, workspace.rulebook)
    sources = dict(workspace.sources)
    if read.source is not None:
        sources[read.source.path] = read.source
    show(read.diagnostics, sources, language)
    return read.case, exit_of(read.diagnostics)


def show_end(words: Label, language: Language) -> None:
    """Say in a closing line what came of it."""
    from lawengine_cli.streams import complain

    complain(f"lawengine: {words.text(language)}")


def files_in(workspace: Workspace, folders: list[Path] | None) -> frozenset[str]:
    """Return the names that the workspace shows for the rule files below these folders, or all."""
    if not folders:
        return frozenset(workspace.sources)
    from lawengine.language.reading import read_source, read_sources, rule_files

    wanted = [folder.resolve() for folder in folders]
    names = []
    for folder in workspace.places.rule_folders():
        # The same files in the same order as in the workspace, where the unreadable are missing.
        sources, _ = read_sources([folder])
        readable = (path for path in rule_files(folder) if read_source(path, "")[0] is not None)
        for path, source in zip(readable, sources, strict=True):
            if any(path.resolve().is_relative_to(place) for place in wanted):
                names.append(source.path)
    return frozenset(names)
