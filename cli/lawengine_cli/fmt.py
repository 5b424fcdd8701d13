"""`lawengine fmt`: rule files in their one canonical layout, and in the other language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.errors import UnreadableFileError
from lawengine.base.label import Label, Language
from lawengine.base.writing import write_whole
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import beside
from lawengine_cli.options import Lang, OnlyOwn, Rules, Statutes, need_folders
from lawengine_cli.showing import exit_of, number, show
from lawengine_cli.streams import complain, say

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.base.source import Source

_NO_RULES = Label("no rule file (`.law`) in it", "其中没有规则文件（`.law`）")
Files = Annotated[list[Path], typer.Argument(metavar="FILES...", help="Rule files or folders.")]
To = Annotated[
    Language | None, typer.Option("--to", help="Translate the keywords and names as well.")
]
Check = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit code 3 if a file would change.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")]


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file, its text, the new text, and what stands against rewriting it."""

    path: Path
    source: Source
    text: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def refused(self) -> bool:
        """Tell whether the file must stay as it is."""
        return exit_of(self.diagnostics) is not Exit.DONE

    @property
    def changed(self) -> bool:
        """Tell whether the new text is another."""
        return not self.refused and self.text != self.source.text


def fmt(
    context: typer.Context,
    files: Files,
    *,
    to: To = None,
    check: Check = False,
    diff: Diff = False,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Rewrite rule files in the canonical layout; a file with reading errors is left alone."""
    language = language_of(context, lang)
    need_folders(files, rules, statutes)
    sources, problems = _read(files)
    show(problems, {}, language)
    if to is None:
        found = [_formatted(path, source) for path, source in sources]
    else:
        found = _translated(sources, to, _others(rules, only_own=only_own_rules), statutes)
    for item in found:
        show(item.diagnostics, {item.source.path: item.source}, language)
        if item.changed and diff:
            say(_difference(item))
        if item.changed and not (check or diff):
            write_whole(item.path, item.text)
    complain(_summary(found, len(problems), language, written=not (check or diff)))
    code = exit_of([*problems, *(d for item in found for d in item.diagnostics)])
    if code is Exit.DONE and check and any(item.changed for item in found):
        code = Exit.RULES
    raise typer.Exit(code)


def _read(
    files: Sequence[Path],
) -> tuple[list[tuple[Path, Source]], tuple[Diagnostic, ...]]:
    from lawengine.language.reading import read_source, rule_files

    found: dict[Path, tuple[Path, Source]] = {}
    problems: list[Diagnostic] = []
    for path in (path for named in files for path in _some(named, list(rule_files(named)))):
        source, more = read_source(path, path.as_posix())
        problems.extend(more)
        if source is not None:
            found.setdefault(path.resolve(), (path, source))
    return list(found.values()), tuple(problems)


def _some(named: Path, found: list[Path]) -> list[Path]:
    if not found:
        raise UnreadableFileError(named, _NO_RULES)
    return found


def _formatted(path: Path, source: Source) -> Formatted:
    from lawengine.language.formatting import format_text

    text, diagnostics = format_text(source)
    return Formatted(path, source, text, diagnostics)


def _others(rules: list[Path] | None, *, only_own: bool) -> tuple[Path, ...]:
    """Return the folders of the rules that the files may refer to."""
    from lawengine.workspace import shipped

    ours = () if only_own else (shipped("rules"),)
    return (*ours, *beside(ours, rules or ()))


def _translated(
    sources: Sequence[tuple[Path, Source]],
    to: Language,
    folders: Sequence[Path],
    statutes: list[Path] | None,
) -> list[Formatted]:
    """Return the files in the language `to`; together with all others they mean what they meant."""
    from lawengine.base.diagnostic import Diagnostic, has_errors
    from lawengine.base.source import Source
    from lawengine.language.formatting import format_file
    from lawengine.language.lower_reforms import meaning_of
    from lawengine.language.parse import parse
    from lawengine.language.translation import translate, unwritable

    parsed = [parse(source) for _, source in sources]
    mine = {path.resolve() for path, _ in sources}
    rest = [parse(source).tree for source in _rest(folders, mine)]
    names = _instruments(statutes)
    before = meaning_of([*rest, *(p.tree for p in parsed)], names)
    found = []
    for (path, source), own in zip(sources, parsed, strict=True):
        problems = (*own.diagnostics, *_within(source.path, before.diagnostics))
        if has_errors(problems):
            found.append(Formatted(path, source, source.text, problems))
            continue
        tree = translate(own.tree, before.symbols, to, names)
        text = format_file(tree, to)
        again = parse(Source(source.path, text))
        # in its own place: the order of the scenarios is part of what a rulebook is
        trees = [again.tree if p is own else p.tree for p in parsed]
        after = meaning_of([*rest, *trees], names)
        clash = unwritable(tree, to)
        if clash or again.diagnostics or not after.same(before):
            place = clash[0].span if clash else replace(own.tree.span, end=0)
            problems = (*problems, Diagnostic("LAW126", place))
            text = source.text
        found.append(Formatted(path, source, text, problems))
    return found


def _rest(folders: Sequence[Path], mine: set[Path]) -> Iterator[Source]:
    from lawengine.language.reading import read_source, rule_files

    for path in (path for folder in folders for path in rule_files(folder)):
        if path.resolve() not in mine:
            source, _ = read_source(path, path.as_posix())
            if source is not None:
                yield source


def _within(path: str, diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    return (diagnostic for diagnostic in diagnostics if diagnostic.span.path == path)


def _instruments(statutes: list[Path] | None) -> dict[str, str]:
    from lawengine.statutes import read_library
    from lawengine.workspace import instrument_names, shipped

    ours = (shipped("statutes"),)
    library, _ = read_library((*ours, *beside(ours, statutes or ())))
    return instrument_names(library)


def _difference(item: Formatted) -> str:
    import difflib

    name = item.path.as_posix()
    lines = difflib.unified_diff(
        item.source.text.splitlines(), item.text.splitlines(), name, name, lineterm=""
    )
    return "\n".join(lines)


def _summary(found: Sequence[Formatted], unread: int, language: Language, *, written: bool) -> str:
    changed = sum(item.changed for item in found)
    refused = sum(item.refused for item in found) + unread
    same = len(found) + unread - changed - refused
    done = Label("rewritten", "已改写") if written else Label("would change", "将改写")
    words = Label(
        f"{number(changed, 'file')} {done.en}, {same} unchanged, {refused} refused",
        f"{changed}个文件{done.zh}，{same}个不变，{refused}个拒绝处理",
    )
    return words.text(language)
