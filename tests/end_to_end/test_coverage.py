"""Coverage as its users see it: what no scenario tests, what no rule cites."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

RULES = """rule AUCL.brushing also 反不正当竞争法.刷单 "Brushing" / "刷单"

  version from 2019-04-23 to 2025-10-14
    law AUCL-2019 art 20(1)
    when act.kind is brushing
    then fine 200_000 to 1_000_000 yuan
    if act.serious
      fine 1_000_000 to 2_000_000 yuan

  version from 2025-10-15
    law AUCL-2025 art 25(1)
    when act.kind is brushing
    then fine up to 1_000_000 yuan

exception AUCL.slip to AUCL.brushing "A slip" / "偶发"

  version from 2019-04-23
    law AUCL-2019 art 25
    when act.repeated

scenario "brushing" / "刷单"
  given act.kind is brushing
        act.serious is no
        act.repeated is no
        act.ended_on is 2020-02-03
  decided on 2020-05-06
  expect AUCL.brushing established
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="lawengine")


def test_it_names_what_has_no_scenario(own_rules: Callable[[str], Path]) -> None:
    own_rules(RULES)
    result = run("test", "mine", "--only-own-rules", "--coverage")
    chinese = run("test", "mine", "--only-own-rules", "--coverage", "--lang", "zh")

    assert result.exit_code == chinese.exit_code == 0
    assert "1 of 1 rules, 0 of 1 exceptions, 1 of 3 versions, 0 of 1 tiers" in result.stdout
    assert "AUCL.brushing: tier 1 of the version from 2019-04-23" in result.stdout
    assert "AUCL.brushing: the version from 2025-10-15" in result.stdout
    assert "AUCL.slip: the rule as a whole" in result.stdout
    assert "articles on liability that no rule cites:" in result.stdout
    assert "规则1/1，例外0/1，版本1/3，档次0/1" in chinese.stdout
    assert "自2019-04-23起版本的第1档" in chinese.stdout


def test_it_says_what_the_check_warns_of(own_rules: Callable[[str], Path]) -> None:
    own_rules(RULES)
    found = json.loads(run("check", "mine", "--only-own-rules", "--format", "json").stdout)
    warned = {item["line"] for item in found if item["code"] == "LAW313"}

    data = json.loads(
        run("test", "mine", "--only-own-rules", "--coverage", "--format", "json").stdout
    )
    brushing, slip = data["coverage"]["rules"]

    assert warned == {1, 15}
    assert [v["scenarios"] for v in brushing["versions"]] == [1, 0]
    assert brushing["versions"][0]["tiers"] == [0]
    assert (slip["exception_to"], slip["scenarios"]) == ("AUCL.brushing", 0)
    assert "AUCL-1993 art 24" in {item["article"] for item in data["coverage"]["uncited"]}
    assert [item["passed"] for item in data["scenarios"]] == [True]


def test_it_has_one_form_wherever_it_is_asked_for(own_rules: Callable[[str], Path]) -> None:
    own_rules(RULES)
    tested = run("test", "mine", "--only-own-rules", "--coverage").stdout.split("\n\n", 1)[1]
    checked = run("check", "mine", "--only-own-rules", "--coverage").stdout

    assert checked.endswith(tested)
    assert "--coverage" in run("test", "-h").stdout
    assert "--coverage" not in run("check", "-h").stdout


def test_own_rules_beside_the_shipped_ones_are_counted_alone(
    own_rules: Callable[[str], Path],
) -> None:
    folder = own_rules(RULES.replace("AUCL.brushing", "OWN.brushing").replace("AUCL.slip", "OWN.x"))
    (folder / "vocabulary.law").unlink()
    text = (
        (folder / "rules.law").read_text(encoding="utf-8").replace("also 反不正当竞争法.刷单", "")
    )
    text = text.replace("is brushing", "is false_publicity").replace("act.repeated", "act.minor")
    (folder / "rules.law").write_text(text, encoding="utf-8")

    result = run("test", "mine", "--coverage")

    assert "1 of 1 rules, 1 of 1 exceptions" in result.stdout
    assert "APL.limitation" not in result.stdout
