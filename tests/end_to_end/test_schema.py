"""The schema of case files as its users get it: every shipped case and every interview fits it."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from lawengine.base.label import LANGUAGES, Language
from lawengine_cli import main
from tests.editor import complaints

ANSWERS = [
    *("yes", "no", "是", "否", "1", "2", "3", "2016", "2020-06-18", "2021年8月", "to 2025"),
    *("20万元", "3_000.50 yuan", "0 yuan", "12", "3万", "5 %", "?", "null", "~", "true", "2016"),
    *("91110000600037341L", "a: b # c", "“引号”", "it went on for years", "照片"),
]
"""What the interviews are told; what does not fit a question is asked again."""


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as end:
        main.run([str(word) for word in arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.fixture(scope="module", params=LANGUAGES)
def schema(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return the schema that the command writes into a file."""
    path = tmp_path_factory.mktemp("架 schemas") / "case.schema.json"
    assert run("schema", "--out", path, "--lang", request.param) == 0
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_case_of_the_casebook_is_valid(schema: dict[str, Any], checkout: Path) -> None:
    cases = sorted((checkout / "casebook").glob("*.yaml"))

    assert len(cases) > 30
    for path in cases:
        assert complaints(schema, path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("seed", range(3))
def test_every_file_that_an_interview_writes_is_valid(
    schema: dict[str, Any], seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    path = tmp_path / ["null.yaml", "我的 案件.yaml", "1e5.yaml"][seed]
    answers = "\n".join(draw.choices(ANSWERS, k=40))
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))

    run("ask", path, "--party", draw.choice(ANSWERS), "--act", "~", "--lang", LANGUAGES[seed % 2])

    text = path.read_text(encoding="utf-8")
    assert complaints(schema, text) == []
    # The interview did get somewhere.
    act = yaml.load(text, yaml.BaseLoader)["respondents"][0]["acts"][0]  # noqa: S506 - texts only
    assert len(act) > 2


def test_own_facts_are_known_with_own_rules_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "own rules"
    assert run("new", folder) == 0
    capsys.readouterr()
    text = (folder / "cases" / "first-case.yaml").read_text(encoding="utf-8")
    own = ("--rules", folder / "rules", "--statutes", folder / "statutes")
    assert run("schema", "--lang", "en") == 0
    shipped = json.loads(capsys.readouterr().out)
    assert run("schema", *own, "--lang", "en") == 0
    widened = json.loads(capsys.readouterr().out)

    assert any("'broadcasts'" in found for found in complaints(shipped, text))
    assert complaints(widened, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_with_errors_give_no_schema(
    language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.law").write_text("rule\n", encoding="utf-8")
    out = tmp_path / "case.schema.json"

    assert run("schema", "--rules", tmp_path, "--out", out, "--lang", language) == 3
    assert not out.exists()
    assert {"en": "nothing was done", "zh": "未作任何处理"}[language] in capsys.readouterr().err
