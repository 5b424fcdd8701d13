"""Files of others, read with care: a file that cannot be used is a diagnostic, never a crash."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.base.source import Source, Span
from lawengine.base.system_words import system_reason

MAX_BYTES = 5_000_000
"""The largest official text at hand has 92,000 bytes; fifty times that is no statute."""

SUFFIXES = (".yaml", ".yml")
"""What digest files are called."""

_NO_FILE = Label("it is no ordinary file", "不是普通文件")


def read_source(path: Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Return the text of a UTF-8 file, or None and the reason.

    Units: bytes. Edges: a byte order mark is dropped; a file of exactly `MAX_BYTES` is read.
    """
    place = Span(str(path), 0, 0, 1, 1)
    # A pipe or a device could keep the reader waiting for ever.
    if path.exists() and not path.is_file():
        return None, (Diagnostic("LAW401", place, {"path": path, "why": _NO_FILE}),)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        words = {"path": path, "why": system_reason(error)}
        return None, (Diagnostic("LAW401", place, words),)
    if len(data) > MAX_BYTES:
        return None, (Diagnostic("LAW403", place, {"path": path, "limit": MAX_BYTES // 1_000_000}),)
    try:
        return Source(str(path), data.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        return None, (Diagnostic("LAW402", place, {"path": path}),)


def list_files(
    folder: Path, suffixes: Sequence[str]
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Return the files of a folder with one of the suffixes, by name, or why there are none."""
    place = Span(str(folder), 0, 0, 1, 1)
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in suffixes)
    except OSError as error:
        words = {"path": folder, "why": system_reason(error)}
        return (), (Diagnostic("LAW401", place, words),)
    if not found:
        words = {"path": folder, "suffixes": ", ".join(suffixes)}
        return (), (Diagnostic("LAW419", place, words, Severity.WARNING),)
    return tuple(found), ()


def digest_sources(
    folders: Sequence[Path],
) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """Return the texts of all digest files in the folders, and what could not be read.

    Edges: they are in the order of the folders and then of the names.
    """
    sources: list[Source] = []
    diagnostics: list[Diagnostic] = []
    for folder in folders:
        paths, problems = list_files(folder, SUFFIXES)
        diagnostics.extend(problems)
        for path in paths:
            source, problems = read_source(path)
            diagnostics.extend(problems)
            sources.extend([source] if source else [])
    return tuple(sources), tuple(diagnostics)
