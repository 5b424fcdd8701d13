"""The page on reforms is true: every command and every example on it gives what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lawengine.base.source import Source
from lawengine.language.formatting import format_text
from lawengine.proposals import Proposed, propose
from lawengine.workspace import open_workspace
from lawengine_cli.app import app

BLOCK = re.compile(r"^```\n\$ (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = BLOCK.findall((ROOT / "docs" / "reforms.md").read_text(encoding="utf-8"))
FILES = sorted((ROOT / "docs" / "reforms").glob("*.law"))


def shows(shown: str, printed: str) -> bool:
    """Tell whether the parts between `...` stand in what was printed, in order, lines whole."""
    at = 0
    for number, part in enumerate(re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)):
        found = printed.find(part, at)
        if found < 0 or (number == 0 and found) or (found and printed[found - 1] != "\n"):
            return False
        at = found + len(part)
    return True


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_every_command_prints_what_the_page_shows(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)
    name, *words = shlex.split(command)
    result = CliRunner().invoke(app, words, prog_name="lawengine")

    assert name == "lawengine"
    assert result.exit_code == 0, result.output
    assert shows(shown, result.output), result.output


def test_the_page_has_its_commands() -> None:
    assert len(COMMANDS) >= 5
    assert len(FILES) == 3


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n...\nc\n", "a\nb\nc\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("b\n", "a\nb\n", False),
        ("a\n...\nc\n", "a\nb c\n", False),
    ],
)
def test_what_is_shown_must_be_printed(shown: str, printed: str, same: bool) -> None:
    assert shows(shown, printed) is same


def test_every_python_example_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = ROOT / "docs" / "reforms.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert failed == 0
    assert tried > 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_reform_shown_is_sound_and_in_its_layout(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    proposed = propose(open_workspace(), [path])

    assert [d.message("en") for d in proposed.diagnostics] == []
    assert proposed.after.rulebook != proposed.before.rulebook
    assert format_text(source) == (source.text, ())


def example(number: int) -> Proposed:
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    section = page.split("\n## Reforms\n")[1].split("\n## ")[0]
    text = EXAMPLE.findall(section)[number]
    return propose(open_workspace(), (), [Source("page.law", text)])


def test_the_examples_of_the_language_are_one_reform_in_both_languages() -> None:
    english, chinese = example(0), example(1)

    for proposed in (english, chinese):
        assert {d.code for d in proposed.diagnostics} <= {"LAW313"}
    assert english.after.rulebook == chinese.after.rulebook
    assert english.after.rulebook != english.before.rulebook
