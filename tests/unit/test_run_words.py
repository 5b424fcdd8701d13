"""The words of the bootstrap: which programs each of them runs, and in which order."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import run

POSIX_ENV = PurePosixPath("/checkout/.venv")
WINDOWS_ENV = PureWindowsPath("C:/checkout/.venv")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["demo"], ["-P", "-m", "lawengine_cli", "decide", str(run.DEMO_CASE)]),
        (
            ["demo", "--lang", "zh"],
            ["-P", "-m", "lawengine_cli", "decide", str(run.DEMO_CASE), "--lang", "zh"],
        ),
        (["check", "rules"], ["-P", "-m", "lawengine_cli", "check", "rules"]),
        (["lawengine", "test", "mine"], ["-P", "-m", "lawengine_cli", "test", "mine"]),
        ([], ["-P", "-m", "lawengine_cli"]),
        (["test", "-k", "money"], ["-m", "pytest", "-k", "money"]),
        (["python", "-m", "mypy"], ["-m", "mypy"]),
    ],
)
def test_each_word_runs_its_program(arguments: list[str], expected: list[str]) -> None:
    assert run.command_line(arguments, POSIX_ENV, "posix") == [
        "/checkout/.venv/bin/python",
        *expected,
    ]
    assert run.command_line(arguments, WINDOWS_ENV, "nt") == [
        r"C:\checkout\.venv\Scripts\python.exe",
        *expected,
    ]


def test_the_gate_checks_style_types_and_fences_and_then_tests() -> None:
    names = [
        " ".join(command[1:4] if "-m" in command else [PurePosixPath(command[0]).name])
        for command in run.gate_commands(POSIX_ENV, "posix")
    ]

    assert names == [
        "-m ruff check",
        "-m ruff format",
        "-m mypy",
        "lint-imports",
        "-m pytest --cov",
        "-m pytest --numprocesses=auto",
    ]


def test_every_folder_of_tests_is_in_one_run_of_the_gate() -> None:
    first, second = run.gate_commands(POSIX_ENV, "posix")[-2:]
    left_out = [part.removeprefix("--ignore=") for part in first if part.startswith("--ignore=")]

    assert left_out == second[-len(left_out) :] == list(run.DRAWN)
    assert all(list((run.ROOT / folder).glob("test_*.py")) for folder in left_out)


def test_the_gate_runs_to_its_end_and_passes_the_first_bad_code_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    codes = {"a": 0, "b": 3, "c": 1}
    called: list[str] = []

    def fake(command: Sequence[str]) -> int:
        called.append(command[0])
        return codes[command[0]]

    assert run.run_gate([["a"], ["b", "-m", "mypy"], ["c"]], fake) == 3
    assert called == ["a", "b", "c"]
    assert capsys.readouterr().err.splitlines() == [
        "failed with exit code 3: b -m mypy",
        "failed with exit code 1: c",
    ]
    assert run.run_gate([["a"]], fake) == 0


def test_the_exit_code_of_a_program_is_passed_on() -> None:
    assert run.call([sys.executable, "-c", "raise SystemExit(7)"]) == 7


@pytest.mark.parametrize("os_name", ["nt", os.name])
def test_the_last_program_takes_over(checkout: Path, os_name: str) -> None:
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); import run; from pathlib import Path\n"
        "run.ensure = lambda *args, **kwargs: None\n"
        "run.command_line = lambda *args: [sys.executable, '-c', 'raise SystemExit(5)']\n"
        "call = run.call; run.call = lambda c: print('called') or call(c)\n"
        "os.name = sys.argv[2]\n"
        "sys.exit(run.main(['version']))\n"
    )
    command = [sys.executable, "-c", script, str(checkout), os_name]

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 5, result.stderr
    assert result.stdout == ("called\n" if os_name == "nt" else "")


def test_main_tells_in_one_line_why_it_could_not_set_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise run.SetUpError("no room")

    monkeypatch.setattr(run, "ensure", fail)

    assert run.main(["demo"]) == 1
    assert capsys.readouterr().err == "could not set up: no room\n"


@pytest.mark.parametrize(
    ("arguments", "tests"), [(["demo"], False), (["decide", "x"], False), (["test"], True)]
)
def test_only_the_tests_ask_for_the_packages_of_the_tests(
    arguments: list[str], tests: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(run, "ensure", lambda _root, _env, *, tests: asked.append(tests))
    monkeypatch.setattr(run, "run_gate", lambda _commands: 9)
    monkeypatch.setattr(run, "call", lambda _command: 0)
    monkeypatch.setattr(run, "hand_over", lambda _command: 9)

    assert run.main(arguments) == 9
    assert asked == [tests]


def test_dashes_before_the_arguments_of_pytest_are_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed: list[list[str]] = []

    def hand_over(command: list[str]) -> int:
        handed.append(command)
        return 0

    monkeypatch.setattr(run, "ensure", lambda *_args, **_options: None)
    monkeypatch.setattr(run, "hand_over", hand_over)

    assert run.main(["test", "--", "-k", "money"]) == 0
    assert handed[0][1:] == ["-m", "pytest", "-k", "money"]


@pytest.mark.parametrize(("first", "handed_over"), [(0, 1), (3, 0)])
def test_the_demo_decides_and_then_compares_the_versions(
    first: int, handed_over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    handed: list[list[str]] = []

    def call(command: list[str]) -> int:
        called.append(command)
        return first

    def hand_over(command: list[str]) -> int:
        handed.append(command)
        return 0

    monkeypatch.setattr(run, "ensure", lambda *_args, **_options: None)
    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run, "hand_over", hand_over)

    assert run.main(["demo", "--lang", "zh"]) == first
    assert [c[-4:] for c in called] == [["decide", str(run.DEMO_CASE), "--lang", "zh"]]
    assert len(handed) == handed_over
    for command in handed:
        assert command[-5:] == [
            "decide", str(run.DEMO_CASE), "--compare-versions", "--lang", "zh",
        ]  # fmt: skip
