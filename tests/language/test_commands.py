"""Files, commands, exact output and exit code in one text: every `*.txt` beside this is replayed.

A line `>>> file NAME` begins a file, `>>> run ARGUMENTS` a command and what it prints (diagnostics
and results as they come), `>>> exit CODE` follows it, `>>> see NAME` shows a file as it is then.
What stands before the first `>>>` says what the text shows.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lawengine_cli.app import app

HERE = Path(__file__).parent
TEXTS = sorted(HERE.glob("*/*.txt"))
MARK = ">>> "


@dataclass(frozen=True)
class Section:
    """One part of a text: its heading and what stands under it."""

    verb: str
    words: str
    body: str

    def text(self) -> str:
        return f"{MARK}{self.verb} {self.words}\n{self.body}"


def sections(text: str) -> tuple[str, list[Section]]:
    head, *parts = ("\n" + text).split(f"\n{MARK}")
    found = []
    for part in parts:
        heading, _, body = f"{part}\n".partition("\n")
        verb, _, words = heading.partition(" ")
        found.append(Section(verb, words, body))
    found[-1] = Section(found[-1].verb, found[-1].words, found[-1].body.removesuffix("\n"))
    return head.removeprefix("\n"), found


def replay(parts: list[Section]) -> Iterator[Section]:
    """Yield the sections as they come out now."""
    code = -1
    for part in parts:
        match part.verb:
            case "file":
                place = Path(part.words)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(part.body, encoding="utf-8")
                yield part
            case "run":
                result = CliRunner().invoke(app, shlex.split(part.words), prog_name="lawengine")
                code = result.exit_code
                assert isinstance(result.exception, SystemExit | None), result.exception
                yield Section("run", part.words, result.output)
            case "exit":
                yield Section("exit", str(code), "")
            case "see":
                yield Section("see", part.words, Path(part.words).read_text(encoding="utf-8"))
            case verb:
                raise ValueError(verb)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_commands_print_and_end_as_expected(
    path: Path, bless: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)
    text = path.read_text(encoding="utf-8")
    head, parts = sections(text)

    found = f"{head}\n" + "".join(part.text() for part in replay(parts))
    if bless:
        path.write_text(found, encoding="utf-8")

    assert [part.verb for part in parts].count("exit") == [p.verb for p in parts].count("run") > 0
    assert found == path.read_text(encoding="utf-8")


def test_texts_of_both_sorts_are_there() -> None:
    assert {path.parent.name for path in TEXTS} == {"good", "bad"}
