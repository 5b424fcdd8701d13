"""The casebook as users see it: comparisons, mismatches, files with errors."""

from __future__ import annotations

import json
import re
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


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
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


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
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


LISTED = """\
case: a-listed-shop
decided_on: 2022-03-15
respondents:
  - name: shop
    acts: [{name: not-told, kind: other}]
    listings:
      - {which_list: abnormal_operation, decided_on: 2022-01-10, ground: GROUND}
decided:
  - respondent: shop
    lists: [{name: SAMR.abnormal_operation, day: 2022-01-10}]
    joint_measures: [{other: {en: "seen | by all", zh: 公示}}]
    benefits: [{name: SC.green_channel, granted: no}]
"""


def listed(ground: str) -> Path:
    folder = Path("listed")
    folder.mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(LISTED.replace("GROUND", ground), encoding="utf-8")
    return folder


def test_published_statuses_stand_beside_the_rules() -> None:
    english = run("casebook", "run", listed("annual_report_missing"))
    chinese = run("casebook", "run", listed("brushing"), "--lang", "zh")

    assert english.exit_code == 0
    assert "lawful range" not in english.stdout
    assert re.search(r"put on “Abnormal-operation list”, 2022-01-10 +agrees\n", english.stdout)
    assert "1 case, 0 decisions; mismatches: 0\n" in english.stdout
    assert (
        "published on lists, measures, benefits and repairs: 3 "
        "(agrees: 1, open: 1, not known to the rules: 1)\n"
    ) in english.stdout
    assert chinese.exit_code == 5
    assert re.search(r"列入“经营异常名录”，2022-01-10 +不一致 +不符合规则的条件：", chinese.stdout)
    assert "3项（未定：1，不一致：1，规则未收录：1）\n" in chinese.stdout


def test_the_casebook_comes_as_markdown_in_both_languages(henan: str) -> None:
    folder = listed("annual_report_missing")
    (folder / "henan.yaml").write_bytes(Path(henan).read_bytes())
    english = run("casebook", "run", folder, "--format", "md").stdout
    chinese = run("casebook", "run", folder, "--format", "md", "--lang", "zh").stdout

    rows = [line for line in english.splitlines() if line.startswith("| ")]
    assert rows[0].startswith("| case | respondent | decided fine | ")
    assert "| 190,000 yuan | 0, 10,000-200,000 | inside |" in english
    assert "| case | respondent | published | verdict | ground |" in rows
    measure = "measure “seen \\| by all”"
    assert f"| a-listed-shop | shop | {measure} | not known to the rules | no rule here |" in rows
    assert english.splitlines()[-1].startswith("- published on lists")
    assert "| 案件 | 当事人 | 公布内容 | 结论 | 理由 |" in chinese
    assert len(rows) == len([one for one in chinese.splitlines() if one.startswith("| ")]) == 9


def test_the_data_of_the_casebook_tell_each_published_status() -> None:
    text = run("casebook", "run", listed("annual_report_missing"), "--format", "json").stdout
    (case,) = json.loads(text)
    entry, measure, benefit = case["statuses"]

    assert entry == {
        "respondent": "shop",
        "kind": "list",
        "name": "SAMR.abnormal_operation",
        "held": True,
        "day": {"from": "2022-01-10", "to": "2022-01-10"},
        "until": None,
        "term": None,
        "minimum": None,
        "department": None,
        "of": None,
        "published": {
            "en": "put on “Abnormal-operation list”, 2022-01-10",
            "zh": "列入“经营异常名录”，2022-01-10",
        },
        "verdict": "agrees",
        "ground": None,
        "why": {"en": "", "zh": ""},
        "needs": [],
    }
    assert (measure["name"], measure["verdict"]) == (None, "not_known")
    assert benefit["needs"] == ["respondents[1].application"]


def test_the_compact_table_holds_the_published_statuses_too() -> None:
    result = run("casebook", "run", listed("brushing"), "--table")

    assert result.exit_code == 5
    assert "Ground of the listing is annual report not shown in time" in result.stdout
    assert "mismatches" not in result.stdout


def test_a_reform_of_the_casebook_has_no_markdown() -> None:
    result = run("casebook", "run", "--format", "md", "--reform", "none.law")

    assert result.exit_code == 2
    assert "not as Markdown" in result.stderr
