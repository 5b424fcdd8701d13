"""What a terminal shows is never wider than the terminal, in either language."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from lawengine.base.label import LANGUAGES, Language
from lawengine.base.source import display_width
from lawengine_cli import app

HENAN = "casebook/henan-brushing-2016.yaml"
LUCKIN = "casebook/luckin-fabricated-sales-2020.yaml"
WHOLE_LIFE = "tests/fixtures/procedure/whole-life.yaml"
COMMANDS = (
    ("decide", WHOLE_LIFE),
    ("decide", LUCKIN, "--why"),
    ("decide", HENAN, "--compare-versions"),
    ("explain", HENAN, "--why"),
    ("explain", LUCKIN, "--needs"),
    ("explain", LUCKIN, "--what-if", "no-penalty"),
    ("explain", HENAN, "--why-not", "AUCL.false_advertisement"),
    ("timeline", WHOLE_LIFE),
    ("casebook", "run", "two-cases"),
    ("casebook", "run", "--table", "two-cases"),
    ("calendar", "list"),
    ("calendar", "show", "2026"),
    ("calendar", "count", "2025-09-28", "5 working days"),
    ("statutes", "list"),
    ("statutes", "show", "AUCL-2025 art 25(1)"),
    ("statutes", "changed"),
    ("version",),
)


class Terminal(io.StringIO):
    """Stands for a terminal."""

    def isatty(self) -> bool:
        return True


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(
    command: tuple[str, ...],
    language: Language,
    columns: int,
    checkout: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for case in (HENAN, LUCKIN):
        shutil.copy(checkout / case, tmp_path)
    words = [str(tmp_path) if word == "two-cases" else word for word in command]
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    app.app(args=["--lang", language, *words], prog_name="lawengine", standalone_mode=False)

    lines = shown.getvalue().splitlines()
    assert lines
    assert [line for line in lines if display_width(line) > columns] == []
