"""The page on tables is true: every command and every example on it gives what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tables.md"
BLOCK = re.compile(r"^```\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
PAGES = (*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md")))


def examples() -> list[tuple[str, str]]:
    """Return each command of the page with what it shows."""
    found = []
    for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = one.partition("\n")
            found.append((command, shown))
    return found


def shows(shown: str, printed: str) -> bool:
    """Tell whether the parts between `...` stand in what was printed, in order, lines whole."""
    at = 0
    lines = f"\n{printed}"
    for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE):
        found = lines.find(f"\n{part}", at)
        if found < 0:
            return False
        at = found + len(part)
    return True


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
def test_every_command_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, for the page draws a table first and uses it below."""
    for name in ("docs", "casebook"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)
    ran: dict[str, Result] = {}
    for command, shown in examples():
        name, *words = shlex.split(command)
        assert name == "lawengine"
        if command not in ran:
            ran[command] = CliRunner().invoke(app, words, prog_name="lawengine")
        result = ran[command]
        # A case with an open judgement ends with a code of its own.
        assert result.exit_code in (0, 4), f"{command}\n{result.output}"
        assert shows(shown, result.stdout), f"{command}\n{result.stdout}"
    assert len(examples()) >= 10


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n...\nc\n", "a\nb\nc\n", True), ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a\n...\nc\n", "a\nb c\n", False), ("...\nb\n", "a\nb\n", True),
    ],
)  # fmt: skip
def test_what_is_shown_must_be_printed(shown: str, printed: str, same: bool) -> None:
    assert shows(shown, printed) is same


def test_every_python_example_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert failed == 0
    assert tried > 10


def links(page: Path) -> list[str]:
    """Return the relative links of a page."""
    found = [match["target"] for match in LINK.finditer(page.read_text(encoding="utf-8"))]
    return [link for link in found if not re.match(r"[a-z]+:|#", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    missing = [link for link in links(page) if not (page.parent / link.partition("#")[0]).exists()]

    assert missing == []


def test_the_links_of_pages_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[a](b.md) [c](https://d.e) [f](#g) ![h](i/j.png#k)", encoding="utf-8")
    assert links(page) == ["b.md", "i/j.png#k"]
    assert sum(len(links(one)) for one in PAGES) > 10
