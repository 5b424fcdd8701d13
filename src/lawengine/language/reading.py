"""Reading rule files from folders: every file, each mistake a diagnostic, never a crash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.source import Source, Span
from lawengine.base.system_words import system_reason

SUFFIX = ".law"
MAX_BYTES = 8_000_000
MAX_FILES = 20_000


def rule_files(folder: Path) -> Iterator[Path]:
    """Yield the rule files below `folder` in a stable order; a file given itself is yielded.

    Edges: hidden folders are left out; links to folders are not followed.
    """
    if folder.is_file():
        yield folder
        return
    found = (p for p in folder.rglob(f"*{SUFFIX}") if p.is_file())
    visible = (p for p in found if not any(part.startswith(".") for part in p.parts[-4:]))
    yield from sorted(visible)[:MAX_FILES]


def read_source(path: Path, shown: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Return the text of a file under the name messages show, or why it cannot be read."""
    span = Span(shown, 0, 0, 1, 1)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = system_reason(error)
        return None, (Diagnostic("LAW107", span, {"why": why}),)
    if len(data) > MAX_BYTES:
        return None, (Diagnostic("LAW108", span, {"limit": MAX_BYTES}),)
    if b"\0" in data:
        return None, (Diagnostic("LAW107", span, {"why": "NUL"}),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = Span(shown, 0, 0, line, 1)
        return None, (Diagnostic("LAW107", place, {"why": "UTF-8"}),)
    return Source(shown, text), ()


def read_sources(folders: Iterable[Path]) -> tuple[list[Source], tuple[Diagnostic, ...]]:
    """Return the texts of all rule files below the folders, and what could not be read."""
    sources: list[Source] = []
    diagnostics: list[Diagnostic] = []
    for folder in folders:
        for path in rule_files(folder):
            source, problems = read_source(path, _shown(path, folder))
            diagnostics += problems
            if source is not None:
                sources.append(source)
    return sources, tuple(diagnostics)


def _shown(path: Path, folder: Path) -> str:
    if path == folder:
        return path.as_posix()
    return (Path(folder.name) / path.relative_to(folder)).as_posix()
