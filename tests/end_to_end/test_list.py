"""`lawengine list` as its users see it: who stood on which list on which day."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

CASE = """
case: lists
decided_on: 2025-06-01
respondents:
  - name: shop-a
    penalties:
      - decided_on: 2023-03-01
        decided_by: market_supervision
        fine_amount: 300000 yuan
        confiscated: 0 yuan
        step: heavier_step
        area: market_order
        grave: {value: yes, because: "vile", recorded_by: "office"}
        refused_though_able: {value: no, because: "paid", recorded_by: "office"}
        no_intent_shown: {value: no, because: "none", recorded_by: "office"}
        lower_fine_by_province: {value: no, because: "high", recorded_by: "office"}
        listed_conduct: grave_unfair_competition
        listing_decided_on: 2023-03-01
        published_on: 2023-03-02
        performed: no
        MORE
    listings: []
    acts: [{kind: other, ended_on: 2022-12-10}]
  - name: "=shop-b"
    penalties: []
    listings: []
    acts: [{kind: other, ended_on: 2022-12-10}]
"""
SERIOUS = "SAMR.serious_violations"
BARRED = [
    "CE.admission", "CBI.platform_entry", "EF.access",
    "SC.green_channel", "SC.missing_documents", "SC.priority", "SC.fewer_inspections",
    "SC.credit_finance", "BER.notification_and_promise",
]  # fmt: skip
"""What nobody on that list is granted: a benefit that was granted before is lost instead."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


def run(*arguments: str, more: str = "", case: str = CASE) -> Result:
    Path("case.yaml").write_text(case.replace("MORE", more), encoding="utf-8")
    return CliRunner().invoke(app, ["list", "case.yaml", *arguments])


def lists(*arguments: str, more: str = "") -> dict[str, dict[str, object]]:
    result = run("--format", "json", *arguments, more=more)
    assert result.exit_code == 0, result.output
    (party, _) = json.loads(result.stdout)["parties"]
    return {one["status"]: one for one in party["lists"]}


TOO_EARLY = """
case: early
decided_on: 2024-06-01
respondents:
  - name: shop-a
    acts: [{kind: other, ended_on: 2022-12-10}]
    penalties: []
    listings:
      - which_list: commerce_joint_punishment
        decided_by: commerce
        decided_on: 2023-03-01
        ground: penalty_in_commerce
        serious_dishonesty: {value: yes, because: "grave", recorded_by: "office"}
        corrected: yes
        removal_granted: yes
        earlier_repairs: 0
        removed_on: DAY
"""


def test_a_removal_that_came_too_early_is_said_to_be_refused() -> None:
    # Half a year from 2023-03-01 is over on 2023-09-01.
    early = run(case=TOO_EARLY.replace("DAY", "2023-08-31"))
    chinese = run("--lang", "zh", case=TOO_EARLY.replace("DAY", "2023-08-31"))
    data = json.loads(run("--format", "json", case=TOO_EARLY.replace("DAY", "2023-08-31")).stdout)
    in_time = run(case=TOO_EARLY.replace("DAY", "2023-09-01"))

    text = " ".join(early.stdout.split())
    assert "refused: dated 2023-08-31, too early, so that it ended nothing" in text
    assert "nothing is missing" not in text
    assert "载明2023年8月31日移出，未满期限" in "".join(chinese.stdout.split())
    (found,) = data["parties"][0]["lists"]
    assert [way["refused_on"] for way in found["ways"]] == ["2023-08-31"]
    assert "refused" not in in_time.stdout


def test_a_listing_with_its_days_measures_and_ways_off() -> None:
    found = lists()[SERIOUS]

    assert (found["state"], found["start"], found["until"]) == (
        "listed",
        "2023-03-01",
        "2026-02-28",
    )
    assert found["earliest_removal"] == "2024-03-01"
    assert found["bars"] == BARRED
    measures = {one["measure"]: one["law"] for one in found["measures"]}  # type: ignore[attr-defined]  # what is not there fails the test
    assert measures["key_supervision"] == ["SAMR-44-2021 art 15(1)(2)"]
    (granted,) = [way for way in found["ways"] if way["opens"]]  # type: ignore[attr-defined]  # what is not there fails the test
    lacks = {lack["what"]["en"]: lack["open"] for lack in granted["lacks"]}
    assert lacks["decision performed"] is False
    assert lacks["corrected and harm removed"] is True
    (by_itself,) = [way for way in found["ways"] if way["by_itself_on"]]  # type: ignore[attr-defined]  # what is not there fails the test
    assert (by_itself["by_itself_on"], by_itself["lacks"]) == ("2026-03-01", [])


@pytest.mark.parametrize(
    ("on", "listed", "state"),
    [
        ("2023-02-28", False, None),
        ("2023-03-01", True, "listed"),
        ("2025-06-01", True, "listed"),
        ("2025-12-24", True, "listed"),
    ],
)
def test_was_this_firm_listed_on_that_day(on: str, listed: bool, state: str | None) -> None:
    data = json.loads(run("--format", "json", "--on", on).stdout)
    party = data["parties"][0]
    states = {one["status"]: one["state"] for one in party["lists"]}

    assert party["listed"] is listed
    assert states.get(SERIOUS) == state
    assert data["past"] is (on < "2025-06-01")


REPAIRED = """performed: yes
        harm_removed: {value: yes, because: "x", recorded_by: "office"}
        heavier_again: no
        repair_granted: yes
        repaired_on: 2024-05-01"""


@pytest.mark.parametrize(("on", "state"), [("2024-04-30", "listed"), ("2024-05-01", "removed")])
def test_a_removal_counts_from_its_day(on: str, state: str) -> None:
    case = CASE.replace("performed: no", REPAIRED)
    data = json.loads(run("--format", "json", "--on", on, case=case).stdout)
    states = {one["status"]: one["state"] for one in data["parties"][0]["lists"]}

    assert states[SERIOUS] == state


def test_a_display_is_no_list_that_one_stands_on() -> None:
    case = CASE.replace("step: heavier_step", "step: ordinary_step")
    data = json.loads(run("--format", "json", "--on", "2023-06-01", case=case).stdout)
    party = data["parties"][0]
    shown = [one for one in party["lists"] if one["state"] == "listed"]

    assert party["listed"] is False
    assert [one["status"] for one in shown] == ["SAMR.display_three_years"]
    assert [one["form"] for one in shown] == ["display"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["shop-a: listed", "removable from 2024-03-01", "decision performed", "may be"]),
        ("zh", ["shop-a：已被列入名单", "移出途径", "已履行处罚决定", "可能被列入", "自动移出"]),
    ],
)  # fmt: skip
def test_the_text_in_both_languages(language: str, words: list[str]) -> None:
    result = run("--lang", language)

    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []
    assert ("on no list" if language == "en" else "未被列入任一名单") in result.stdout


def test_what_one_more_penalty_hangs_on_says_nothing_of_how_it_would_end() -> None:
    data = json.loads(run("--format", "json").stdout)
    found = {one["list"]: one for one in data["parties"][1]["if_penalised"]}
    needs = {need["fact"].rpartition(".")[2] for need in found[SERIOUS]["needs"]}

    assert found[SERIOUS]["sure"] is False
    assert {"grave", "step"} <= needs
    assert not needs & {"repaired_on", "performed"}


def test_a_table_for_spreadsheets_runs_no_formula() -> None:
    case = CASE.replace("shop-a", "shop-x").replace('"=shop-b"', "shop-a")
    case = case.replace("name: shop-x", 'name: "=HYPERLINK(1)"')
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", case=case).stdout)))

    assert {row["respondent"] for row in rows} == {"'=HYPERLINK(1)"}
    serious = [row for row in rows if row["list"] == SERIOUS]
    assert {row["law"] for row in serious if row["measure"] == "no_honours"} == {
        "SAMR-44-2021 art 15(1)(4)"
    }
    assert {row["until"] for row in serious} == {"2026-02-28"}


def test_one_party_alone_and_one_that_is_not_there() -> None:
    assert len(json.loads(run("--format", "json", "--party", "shop-a").stdout)["parties"]) == 1

    result = run("--party", "shop-c")
    assert result.exit_code == 2
    assert "did you mean `shop-a`" in result.output


def test_what_is_open_ends_with_four() -> None:
    silent = CASE.replace("    listings: []\n", "", 1)
    assert run(case=silent).exit_code == 4
    assert "not asked" in run(case=silent).stdout
    assert run(case=CASE.replace("step: heavier_step", "annulled: no")).exit_code == 4


def test_a_removal_before_the_listing_is_refused() -> None:
    case = CASE.replace("performed: no", REPAIRED.replace("2024-05-01", "2023-03-01"))
    case = case.replace("listing_decided_on: 2023-03-01", "listing_decided_on: 2023-04-01")
    result = run(case=case)

    assert result.exit_code == 3
    assert "LAW560" in result.output


def test_a_day_that_is_none_is_a_mistake_of_usage() -> None:
    assert run("--on", "2024-02-30").exit_code == 2
