"""Checking, formatting and testing rules as users see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lawengine.deciding import scenarios
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import Scenario
from lawengine.registers.terms import DayRules
from tests import small
from tests.end_to_end.commands import RULE, run

pytestmark = pytest.mark.usefixtures("own_place")


def test_the_shipped_rules_have_no_error() -> None:
    result = run("check", "--coverage")

    assert result.exit_code == 0
    assert " 0 errors" in result.stdout
    assert "no rule cites" in result.stdout


def test_findings_as_data(own_rules: Callable[[str], Path]) -> None:
    own_rules(RULE.replace("act.kind is brushing", "act.knid is brushing"))

    result = run("check", "mine", "--only-own-rules", "--format", "json")
    error = next(item for item in json.loads(result.stdout) if item["code"] == "LAW201")

    assert result.exit_code == 3
    assert (error["file"], error["line"]) == ("mine/rules.law", 5)
    assert "knid" in error["message"]


def test_a_folder_of_shipped_rules_is_not_read_twice(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Which scenarios are run is asked here; that they pass, in tests/properties.
    run_one = scenarios.run_scenario
    unknowns = str(Path("scenarios") / "unknowns.law")

    def run_few(scenario: Scenario, rulebook: Rulebook, days: DayRules) -> scenarios.ScenarioResult:
        if scenario.span.path.endswith(unknowns):
            return run_one(scenario, rulebook, days)
        return scenarios.ScenarioResult(scenario, (), (), None)

    monkeypatch.setattr(scenarios, "run_scenario", run_few)

    result = run("test", checkout / "rules" / "scenarios" / "unknowns.law")
    every = run("test", checkout / "rules")

    assert result.exit_code == every.exit_code == 0
    assert 0 < int(result.stdout.split()[0]) < int(every.stdout.split()[0])
    assert every.stdout == f"{len(small.shipped().scenarios)} passed, 0 failed\n"


def test_own_rules_stand_beside_the_shipped_ones(
    own_rules: Callable[[str], Path], henan: str
) -> None:
    text = RULE.replace("AUCL.brushing also 反不正当竞争法.刷单", "LOCAL.brushing")
    text = text.replace("act.kind is brushing", "act.kind is organising_fake_transactions")
    folder = own_rules(text.partition("    if act")[0])
    (folder / "vocabulary.law").unlink()

    result = run("explain", henan, "--rules", folder)

    assert result.exit_code == 0
    assert "AUCL.false_publicity: " in result.stdout
    assert "LOCAL.brushing: " in result.stdout


def test_only_what_was_asked_about_is_warned_of(
    own_rules: Callable[[str], Path], checkout: Path
) -> None:
    own_rules(RULE.partition("    if act.repeated")[0])

    mine = run("check", "mine", "--only-own-rules")
    scenarios = run("check", checkout / "rules" / "scenarios")

    assert mine.exit_code == scenarios.exit_code == 0
    assert "mine/rules.law:1:1: warning LAW313" in mine.stderr
    assert "mine/" not in scenarios.stderr
    assert "rules/aucl.law" not in scenarios.stderr


def test_formatting_keeps_links_and_permissions(own_rules: Callable[[str], Path]) -> None:
    target = own_rules(RULE.replace("    when", "    when  ")) / "rules.law"
    target.chmod(0o640)
    Path("linked.law").symlink_to(target)

    result = run("fmt", "linked.law")

    assert result.exit_code == 0
    assert Path("linked.law").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_text(encoding="utf-8") == RULE


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
def test_the_shipped_rules_are_in_the_canonical_layout(checkout: Path) -> None:
    assert run("fmt", checkout / "rules", "--check").exit_code == 0


def test_a_file_that_cannot_be_translated_is_left_alone(own_rules: Callable[[str], Path]) -> None:
    folder = own_rules(RULE.replace("act.kind is brushing", "act.knid is brushing"))
    before = (folder / "rules.law").read_text(encoding="utf-8")

    result = run("fmt", folder / "rules.law", "--to", "zh", "--rules", "mine", "--only-own-rules")

    assert result.exit_code == 3
    assert "`act.knid`" in result.stderr
    assert (folder / "rules.law").read_text(encoding="utf-8") == before
