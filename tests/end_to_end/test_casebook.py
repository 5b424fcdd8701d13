"""The casebook as users see it: comparisons, mismatches, files with errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.commands import run

pytestmark = pytest.mark.usefixtures("own_place")


def test_the_shipped_casebook_agrees_with_the_world_but_for_laws_without_rules() -> None:
    result = run("casebook", "run")
    data = json.loads(run("casebook", "run", "--format", "json").stdout)

    # each of them rests on a law that has no rule here
    named = {case["case"]: case for case in data if case["mismatch"]}
    assert result.exit_code == 5
    assert "mismatches: 3 (didi-" in result.stdout
    assert list(named) == [
        "didi-personal-information-2022",
        "kuaigou-platform-2025",
        "taiyuan-live-sales-2025",
    ]
    didi, kuaigou, taiyuan = named.values()
    first = "respondents[1]"
    assert didi["unasked"] == [f"{first}.turnover_last_year", f"{first}.acts[1].illegal_gain"]
    assert [item["obstacle"] for item in didi["decisions"]] == ["combined"]
    assert [item["other_articles"] for item in kuaigou["decisions"]] == [
        ["ECL-2018 art 38", "ADL-2021 art 9", "ADL-2021 art 16", "ADL-2021 art 46"]
    ]
    assert [item["other_articles"] for item in taiyuan["decisions"]] == [
        ["PL-1997 art 14(4)", "PVP-2010 art 7"]
    ]
    assert [case["open"] for case in data if case["open"]] == []
    fines = [item for case in data for item in case["decisions"] if "henan" in case["case"]]
    assert [item["fine"] for item in fines] == ["190,000 yuan", "160,000 yuan"]
    assert {item["verdict"] for item in fines} == {"inside"}


def test_a_decision_outside_the_range_is_a_mismatch(henan: str) -> None:
    folder = Path("cases")
    folder.mkdir()
    text = Path(henan).read_text(encoding="utf-8").replace("190_000 yuan", "290_000 yuan")
    (folder / "case.yaml").write_text(text, encoding="utf-8")

    result = run("casebook", "run", folder, "--lang", "zh")

    assert result.exit_code == 5
    assert "0，1万-20万" in result.stdout
    assert "高于上限" in result.stdout


def test_a_case_with_errors_does_not_hide_the_others(henan: str) -> None:
    folder = Path("cases")
    folder.mkdir()
    (folder / "a.yaml").write_text("case: x\ncase: y\n", encoding="utf-8")
    (folder / "b.yaml").write_bytes(Path(henan).read_bytes())

    result = run("casebook", "run", folder)

    assert result.exit_code == 3
    assert "cases/a.yaml:2:1: error LAW508" in result.stderr
    assert "190,000 yuan" in result.stdout
