"""The program as a process: encodings, pipes, signals, start-up, exit codes at the last door."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run

HEAVY = {"lark", "pydantic", "jinja2", "yaml", "rich", "sqlite_utils"}
RULE = """rule AUCL.brushing also 反不正当竞争法.刷单 "Brushing" / "刷单"

  version from 2019-04-23 to 2025-10-14
    law AUCL-2019 art 20(1)
    when act.kind is brushing
    then fine 200_000 to 1_000_000 yuan
"""
CASE = """case: a-shop
decided_on: 2020-05-06
respondents:
  - name: 某店
    acts:
      - {name: brushing, kind: brushing, ended_on: 2020-02-03}
"""


@pytest.fixture
def henan(checkout: Path) -> Path:
    return checkout / "casebook" / "henan-brushing-2016.yaml"


@pytest.mark.parametrize("arguments", [["--help"], ["version"], ["decide", "--help"]])
def test_light_commands_load_no_heavy_library(
    arguments: list[str], variables: dict[str, str]
) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "lawengine_cli", *arguments],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    modules = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}

    assert result.returncode == 0
    assert "lawengine_cli.app" in modules
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()


@pytest.mark.parametrize("arguments", [["--format", "json"], ["--lang", "zh"]])
def test_a_second_start_reads_neither_rules_nor_digests(
    arguments: list[str], variables: dict[str, str], henan: Path, tmp_path: Path
) -> None:
    cached = {**variables, "LAWENGINE_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-X", "importtime", "-m", "lawengine_cli", "decide", str(henan)]
    first, second = (
        subprocess.run([*command, *arguments], env=cached, capture_output=True, check=False)
        for _ in range(2)
    )
    loaded = [
        {line.rpartition(b"|")[2].strip() for line in run.stderr.splitlines()}
        for run in (first, second)
    ]

    assert (first.returncode, second.returncode) == (0, 0)
    assert second.stdout == first.stdout
    assert {b"lawengine.language.lower", b"pydantic"} <= loaded[0]
    assert b"lawengine.language.lower" not in loaded[1]
    packages = {name.partition(b".")[0] for name in loaded[1]}
    assert packages & {name.encode() for name in HEAVY} - {b"yaml"} == set()


def test_the_script_is_the_module(variables: dict[str, str], lawengine: Run) -> None:
    code = "from lawengine_cli.main import run; run(['version'])"
    script = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, check=False
    )

    assert script.returncode == 0
    assert script.stdout.startswith(b"lawengine 0.")
    assert script.stdout == lawengine("version").stdout


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
    ],
    ids=lambda locale: "-".join(locale.values()),
)
def test_output_is_utf8_whatever_the_locale(lawengine: Run, locale: dict[str, str]) -> None:
    result = lawengine("--lang", "zh", "statutes", "list", more=locale)

    assert result.returncode == 0
    assert result.stderr == b""
    assert "《" not in result.stdout.decode("utf-8")
    assert "反不正当竞争法-2019" in result.stdout.decode("utf-8")


def test_diagnostics_are_utf8_whatever_the_locale(lawengine: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.yaml").write_text("案号: 坏\n", encoding="utf-8")

    result = lawengine("casebook", "check", "坏.yaml", more={"PYTHONIOENCODING": "ascii"})

    assert result.returncode == 3
    assert "案号: 坏" in result.stderr.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(variables: dict[str, str], henan: Path) -> None:
    command = [sys.executable, "-m", "lawengine_cli", "explain", str(henan), "--format", "json"]
    with subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1) == b"["
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""
    assert process.returncode == 141


def test_interrupting_is_quiet(variables: dict[str, str]) -> None:
    code = (
        "import os, signal, time\n"
        "from lawengine_cli import app, main\n"
        # a shell lets what it starts in the background ignore the signal
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def wait(**_):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "app.app = wait\n"
        "main.run([])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, check=False
    )

    assert (result.returncode, result.stdout, result.stderr) == (130, b"", b"")


def failing(error: str) -> str:
    return (
        "from lawengine_cli import app, main\n"
        f"def fail(**_): raise {error}\n"
        "app.app = fail\n"
        "main.run([])\n"
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("ValueError('odd\\nand more')", "unexpected ValueError: odd"),
        ("PermissionError(13, 'Permission denied', 'a.yaml')", "a.yaml: Permission denied"),
        ("OSError(28, 'No space left on device')", "No space left on device"),
        ("KeyError()", "unexpected KeyError"),
    ],
)
def test_whatever_happens_is_one_line(variables: dict[str, str], error: str, told: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", failing(error)],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.startswith(f"lawengine: {told}")
    assert result.stderr.count("\n") == 1


def test_debugging_shows_where(variables: dict[str, str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", failing("ValueError('odd')")],
        env={**variables, "LAWENGINE_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "Traceback" in result.stderr
    assert "ValueError: odd" in result.stderr


def test_the_language_comes_from_locale_variable_and_option(lawengine: Run) -> None:
    command = ["statutes", "show", "AUCL-2019", "art", "20"]

    english = lawengine(*command).stdout.decode()
    chinese = lawengine(*command, more={"LC_ALL": "zh_CN.UTF-8"}).stdout.decode()
    variable = lawengine(*command, more={"LAWENGINE_LANG": "zh"}).stdout.decode()
    option = lawengine(*command, "--lang", "en", more={"LAWENGINE_LANG": "zh"}).stdout.decode()

    assert "In force" in english
    assert "施行期间" in chinese
    assert variable == chinese
    assert option == english


def test_a_language_that_there_is_not_is_wrong_use(lawengine: Run) -> None:
    assert lawengine("version", more={"LAWENGINE_LANG": "fr"}).returncode == 2


def test_completion_knows_the_commands(lawengine: Run) -> None:
    words = {
        "_LAWENGINE_COMPLETE": "complete_bash",
        "COMP_WORDS": "lawengine stat",
        "COMP_CWORD": "1",
    }

    assert lawengine(more=words).stdout.split() == [b"statutes"]


def test_the_script_for_completion_is_printed(lawengine: Run) -> None:
    result = lawengine("--show-completion", "bash")

    assert result.returncode == 0
    assert b"_LAWENGINE_COMPLETE" in result.stdout


def in_terminal(command: list[str], variables: dict[str, str], folder: Path) -> str:
    """Return what a command shows in a terminal of 80 columns."""
    import fcntl
    import pty
    import struct
    import termios

    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 80, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "lawengine_cli", *command],
        env={**variables, "TERM": "xterm-256color"},
        cwd=folder,
        stdout=other,
        stderr=other,
        stdin=other,
    ):
        os.close(other)
        shown = b""
        try:
            while part := os.read(main, 4096):
                shown += part
        except OSError:
            # Linux ends a terminal without a writer with an error.
            pass
    os.close(main)
    return shown.decode("utf-8")


def test_colours_are_for_terminals_whose_user_wants_them(
    variables: dict[str, str], own_rules: Callable[[str], Path], tmp_path: Path, lawengine: Run
) -> None:
    own_rules(RULE)
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    command = ["explain", "case.yaml", "--rules", "mine", "--only-own-rules", "--why"]

    coloured = in_terminal(command, variables, tmp_path)
    plain = in_terminal(command, {**variables, "NO_COLOR": "1"}, tmp_path)
    piped = lawengine(*command).stdout.decode()

    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    assert "\x1b[" not in piped
    # The terminal is narrower: only where lines end differs.
    assert plain.replace("│", " ").split() == piped.replace("│", " ").split()


def test_diagnostics_are_coloured_on_a_terminal(variables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("case: x\ncase: y\n", encoding="utf-8")

    shown = in_terminal(["casebook", "check", "bad.yaml"], variables, tmp_path)

    assert "\x1b[1;31merror LAW508\x1b[0m" in shown
    assert "\x1b[1;36mhelp\x1b[0m" in shown


def test_progress_is_for_terminals(
    variables: dict[str, str], own_rules: Callable[[str], Path], tmp_path: Path, lawengine: Run
) -> None:
    scenario = (
        '\nscenario "fined" / "罚款"\n  given act.kind is brushing\n'
        "        act.ended_on is 2020-02-03\n"
        "  decided on 2020-05-06\n  expect fine 200_000 to 1_000_000 yuan\n"
    )
    own_rules(RULE + scenario)

    shown = in_terminal(["test", "mine", "--only-own-rules"], variables, tmp_path)
    piped = lawengine("test", "mine", "--only-own-rules")

    assert "1/1" in shown
    assert "1 passed, 0 failed" in shown
    assert (piped.returncode, piped.stdout, piped.stderr) == (0, b"1 passed, 0 failed\n", b"")


def columns(line: str) -> int:
    """Return how many columns of a terminal a line takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_of_the_casebook_is_as_wide_as_the_terminal(
    language: str, checkout: Path, variables: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in ("alibaba-exclusivity-2021", "beijing-live-comments-2025", "benxi-noodles-2024"):
        shutil.copy(checkout / "casebook" / f"{name}.yaml", folder)
    command = ["casebook", "run", "cases", "--table", "--lang", language]

    shown = in_terminal(command, {**variables, "NO_COLOR": "1"}, tmp_path).replace("\r", "")
    lines = shown.rstrip("\n").split("\n")

    assert max(map(columns, lines)) == 80
    assert {"en": "ground of", "zh": "差异理由"}[language] in shown
    assert {"en": "4,557.12m-45,571.2m", "zh": "45.5712亿-455.712亿"}[language] in shown
    assert {"en": "below the", "zh": "低于下限"}[language] in shown


def test_the_table_of_the_casebook_is_one_line_a_decision_for_programs(
    checkout: Path, lawengine: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    shutil.copy(checkout / "casebook" / "beijing-live-comments-2025.yaml", folder)

    result = lawengine("casebook", "run", "cases", "--table")
    data = json.loads(lawengine("casebook", "run", "cases", "--table", "--format", "json").stdout)

    (_, _, row) = result.stdout.decode().strip().split("\n")
    assert re.split(r" {3,}", row) == [
        "beijing-live-comments-2025",
        "100k",
        "200k-1m | 1m-2m",
        "below the floor",
        "reduced",
        "lawful if shown: APL-2021 art 32, AUCL-2019 art 25",
    ]
    ground = data[0]["decisions"][0]["ground"]
    assert ground["en"].startswith("lawful if shown: APL-2021 art 32")
    assert ground["zh"].startswith("经查明则合法：")
