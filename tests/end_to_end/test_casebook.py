"""The casebook as users see it: comparisons, mismatches, files with errors."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.end_to_end.commands import run

pytestmark = pytest.mark.usefixtures("own_place")


KNOWN = {
    "customs-grades-2019": "the order on customs credit that was in force in 2019 has no rule here",
    "brushing-leads-2021": "the regulation lists for false information, not for fake orders",
    "ecommerce-blacklist-2016": "announced on 2016-10-25, before the action plan of 2016-11-10",
    "ecommerce-blacklist-2017": "shown on credit sites before the notice of 2018-05-14 had it",
    "didi-personal-information-2022": "rests on laws that have no rule here",
    "kuaigou-platform-2025": "rests on articles that have no rule here",
    "taiyuan-live-sales-2025": "rests on price laws that have no rule here",
}
"""Why rules and publication disagree; what the rules say was never fitted to the publication."""


def test_the_shipped_casebook_agrees_with_the_world_but_for_what_is_known() -> None:
    result = run("casebook", "run")
    data = json.loads(run("casebook", "run", "--format", "json").stdout)

    named = {case["case"]: case for case in data if case["mismatch"]}
    assert result.exit_code == 5
    assert "mismatches: 7 (brushing-leads-2021, " in result.stdout
    assert set(named) == set(KNOWN)
    didi, kuaigou, taiyuan = (case for name, case in named.items() if not case["statuses"])
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
    assert [case["case"] for case in data if case["unasked"]] == [didi["case"]]
    fines = [item for case in data for item in case["decisions"] if "henan" in case["case"]]
    assert [item["fine"] for item in fines] == ["190,000 yuan", "160,000 yuan"]
    assert {item["verdict"] for item in fines} == {"inside"}


def test_what_was_published_on_lists_and_the_rules_differ_where_it_is_known() -> None:
    data = json.loads(run("casebook", "run", "--format", "json").stdout)
    statuses = {case["case"]: case["statuses"] for case in data if case["statuses"]}
    told = {
        name: Counter((one["verdict"], one["ground"]) for one in found)
        for name, found in statuses.items()
    }

    opened, unknown = ("open", "facts_open"), ("not_known", "no_rule")
    assert told == {
        "anhui-campaign-2023": {opened: 1},
        "brushing-leads-2021": {("differs", "not_met"): 1, opened: 1},
        "customs-grades-2019": {("differs", "not_in_force"): 4, opened: 2},
        "ecommerce-blacklist-2016": {("differs", "not_in_force"): 5, unknown: 1, opened: 1},
        "ecommerce-blacklist-2017": {("differs", "not_in_force"): 1, opened: 1},
        "ecommerce-dishonesty-2018": {opened: 6, unknown: 2},
        "guangdong-three-lists-2025": {("agrees", None): 2, opened: 2, unknown: 2},
        "travel-limits-2018": {unknown: 2},
    }
    brushing = statuses["brushing-leads-2021"][0]
    assert brushing["why"]["en"].startswith(
        "the rules ask for what is not so: Ground of the listing is annual report not shown"
    )
    blacklist = statuses["ecommerce-blacklist-2016"][0]
    assert blacklist["day"] == {"from": "2016-10-25", "to": "2016-10-25"}
    assert blacklist["why"]["zh"] == "当日没有施行中的规则：自2016-11-10起有规则"


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
