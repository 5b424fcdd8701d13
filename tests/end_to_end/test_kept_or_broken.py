"""A duty whose breach is no missed day is told as not kept, everywhere and in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

CASE = """
case: measure
decided_on: 2026-01-15
respondents:
  - name: Shop C
    penalties:
      - {{name: first, decided_on: 2025-03-01, listing_decided_on: 2025-03-01, repair_granted: no}}
    restraints:
      - name: inspections
        kind: key_supervision
        department: {department}
        taken_on: 2025-06-01
        ground: serious_violations_ground
"""
OVERDUE = {"en": "OVERDUE", "zh": "逾期未履行"}
BROKEN = {"en": "NOT KEPT, for good", "zh": "未遵守，且无法补正"}
KEPT = {"en": "kept", "zh": "已遵守"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


def run(department: str, *arguments: str) -> Result:
    Path("case.yaml").write_text(CASE.format(department=department), encoding="utf-8")
    command, *more = arguments
    return CliRunner().invoke(app, [command, "case.yaml", *more], prog_name="lawengine")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_a_measure_that_never_rested_on_law_is_not_overdue(format_: str, language: str) -> None:
    more = ("--format", format_, "--lang", language)
    broken, kept = (
        " ".join(run(department, "decide", *more).stdout.split())
        for department in ("customs", "market_supervision")
    )

    assert BROKEN[language] in broken
    # duties of the penalty that are open may be overdue, in both files alike
    assert broken.count(OVERDUE[language]) == kept.count(OVERDUE[language])
    reason = {"en": "nothing that is done later makes that good", "zh": "且事后无法补正"}[language]
    assert reason in broken
    assert BROKEN[language] not in kept
    assert KEPT[language] in kept


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_verdict_and_the_timeline_say_so_too(language: str) -> None:
    verdict = run("customs", "decide", "--lang", language).stdout.split("Shop C\n", 2)[1]
    words = {"en": "NOT KEPT: A basis in the catalogue", "zh": "未遵守：失信惩戒措施须在目录之内"}
    assert words[language] in verdict
    timeline = run("customs", "timeline", "--lang", language).stdout.splitlines()[1]
    counts = {"en": ("0 overdue", ", 1 not kept for good"), "zh": ("逾期0项", "无法补正1项")}
    assert all(count in timeline for count in counts[language])
    calendar = run("customs", "timeline", "--format", "ics", "--lang", language).stdout
    assert BROKEN[language] in calendar.replace("\r\n ", "").replace("\\", "")


def test_the_states_of_the_data_mean_what_they_meant() -> None:
    for department, state in (("customs", "breached"), ("market_supervision", "discharged")):
        data = json.loads(run(department, "decide", "--format", "json").stdout)
        (party,) = data["respondents"]
        (found,) = [one for one in party["statuses"] if one["status"] == "CREDIT.basis"]
        assert (found["state"], found["possible"], found["for_good"]) == (state, [state], True)
        assert found["late"] is False
        others = [one for one in party["statuses"] if one["status"] == "APL.payment"]
        assert [one["for_good"] for one in others] == [False]
    counts = json.loads(run("customs", "timeline", "--format", "json").stdout)["counts"]
    assert counts["breached"] == 1
