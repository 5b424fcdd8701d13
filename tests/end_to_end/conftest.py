"""The program as its users start it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest

LANGUAGE_VARIABLES = ("LAWENGINE_LANG", "LAWENGINE_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG")


class Run(Protocol):
    """Starts the program with arguments and waits for it."""

    def __call__(
        self, *arguments: str | Path, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture
def variables(checkout: Path, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a user with an English terminal and an own home."""
    kept = {name: value for name, value in os.environ.items() if name not in LANGUAGE_VARIABLES}
    path = os.pathsep.join(str(checkout / root) for root in ("src", "cli"))
    home = tmp_path / "home"
    home.mkdir()
    return {**kept, "PYTHONPATH": path, "LC_ALL": "C.UTF-8", "HOME": str(home)}


@pytest.fixture
def lawengine(variables: dict[str, str], tmp_path: Path) -> Run:
    """Return a function that runs a command in an empty folder."""

    def run(
        *arguments: str | Path, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "lawengine_cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**variables, **(more or {})},
            capture_output=True,
            check=False,
        )

    return run


@pytest.fixture
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, in English, with an own home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


@pytest.fixture
def henan(checkout: Path) -> str:
    return str(checkout / "casebook" / "henan-brushing-2016.yaml")


@pytest.fixture
def invented(checkout: Path) -> list[str]:
    """Return the options for the library of an invented land."""
    folder = checkout / "tests" / "unit" / "statutes" / "invented"
    return ["--statutes", str(folder)]


@pytest.fixture
def official(checkout: Path) -> Path:
    return checkout / "tests" / "fixtures" / "official"


@pytest.fixture
def own_rules(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a folder of rules out of a vocabulary and what is given."""

    def make(rules: str) -> Path:
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        (folder / "vocabulary.law").write_text(VOCABULARY, encoding="utf-8")
        (folder / "rules.law").write_text(rules, encoding="utf-8")
        return folder

    return make


VOCABULARY = """entity case "Case" / "案件"
  decided_on "Decided on" / "决定日期": date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  shops "Shops" / "店铺数": count, at least 0

entity act of party, listed as acts "Act" / "行为"
  kind "Kind" / "种类": one of brushing "brushing" / "刷单", other "other" / "其他"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
  serious "Serious" / "情节严重": yes_no
  repeated "Repeated" / "屡次": yes_no
"""
