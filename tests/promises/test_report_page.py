"""The page on reports is true: its commands run one after another and write what it lists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lawengine_cli.app import app
from tests.presenting import Page

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.*)$", PAGE, re.MULTILINE)
LISTED = re.findall(r"^\| (`.*?`) \| .* \|$", PAGE, re.MULTILINE)
USED = ("docs/reforms/floor-restored.law", "casebook/populations/network_cases.toml")


def text(report: Path, language: str) -> str:
    return Page((report / f"report.{language}.html").read_text(encoding="utf-8")).text


def test_the_commands_of_the_page_write_the_files_that_it_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in USED:
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS:
        name, *words = shlex.split(command)
        assert name == "lawengine"
        done = CliRunner().invoke(app, words, prog_name=name)
        assert done.exit_code == 0, done.output
    names = {part for cell in LISTED for part in re.findall(r"`(.*?)`", cell)}
    assert names == {path.name for path in (tmp_path / "floor").iterdir()}
    assert names - {"legal-diff.json"} == {path.name for path in (tmp_path / "sweep").iterdir()}
    assert names == {path.name for path in (tmp_path / "henan").iterdir()}
    assert "From “0 yuan” to “400,000 yuan”" in text(tmp_path / "sweep", "en")
    henan = text(tmp_path / "henan", "en")
    assert "gain of 8.5 million yuan the violation pays even if it is surely caught." in henan
    assert "no text of 1993 was at hand" in henan
    assert "即使必被查获，违法仍有利可图" in text(tmp_path / "henan", "zh")


def test_the_page_names_every_code_of_reports() -> None:
    assert len(COMMANDS) == 4
    messages = (ROOT / "src/lawengine/base/messages.toml").read_text(encoding="utf-8")
    assert re.findall(r"^\| (LAW\d+) ", PAGE, re.MULTILINE) == re.findall(
        r"^\[(LAW79\d)\]$", messages, re.MULTILINE
    )
