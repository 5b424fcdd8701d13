"""`lawengine measures` as its users see it: who may do what to a listed party, by which law."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.end_to_end import commands

RULES = """entity case "Case" / "案件"
  decided_on "Decided on" / "决定日期": date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  department "Department" / "部门": one of
    tax_office "=tax office" / "税务机关"

entity act of party, listed as acts "Act" / "行为"
  ended_on "Ended on" / "终了日": date, serves as conduct_date

list OWN.debtors also 自有.欠款人 of party "Debtors" / "欠款人名单"
  dated by case.decided_on

  version from 2020-01-01
    law AUCL-2019 art 20(1)
    status unverified because "read on a page" / "见于网页"
    lasts from case.decided_on
    measure no_refund "No refund in advance" / "不予提前退税" by tax_office
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


def run(*arguments: str) -> Result:
    return commands.run("measures", *arguments)


def data(*arguments: str) -> list[dict[str, Any]]:
    result = run("--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["departments"]
    return found


def names(found: list[dict[str, Any]]) -> dict[str | None, list[str]]:
    return {one["department"]: [entry["measure"] for entry in one["measures"]] for one in found}


def test_what_platforms_may_do_to_a_blacklisted_shop() -> None:
    before, plan, notice = (
        names(data("--list", "EC.blacklist", "--on", day)).get("ecommerce_platforms", [])
        for day in ("2016-11-09", "2016-11-10", "2018-05-14")
    )

    assert before == []
    assert "social_account_deleted" in plan
    assert "membership_limited" not in plan
    assert {"membership_limited", "account_closed", "points_deducted"} <= set(notice)
    assert "social_account_deleted" not in notice


def test_an_entry_says_law_doubt_and_since_when() -> None:
    (customs,) = [
        one
        for one in data("--on", "2026-05-01", "--list", "GACC.dishonest")
        if one["department"] == "customs"
    ]
    assert customs["label"] == {"en": "customs", "zh": "海关"}
    strict = customs["measures"][0]
    assert strict == {
        "measure": "strict_measures",
        "label": {"en": "Strict measures of the customs", "zh": "严格的管理措施"},
        "source": "list",
        "of": "GACC.dishonest",
        "of_label": {"en": "Dishonest enterprises of the customs", "zh": "海关失信企业"},
        "lists": ["GACC.dishonest"],
        "law": ["GACC-282-2026 art 32(1)"],
        "verified": True,
        "unverified": None,
        "since": "2026-04-01",
        "law_since": "2026-04-01",
        "until": None,
    }
    plan = {
        entry["measure"]: entry
        for one in data("--on", "2017-01-01", "--list", "EC.blacklist")
        for entry in one["measures"]
    }
    assert plan["entry_limited"]["until"] == "2018-05-13"
    assert plan["account_closed"]["until"] is None
    assert plan["account_closed"]["verified"] is False
    assert "breaks off" in plan["account_closed"]["unverified"]["en"]


@pytest.mark.parametrize("written", ["customs", "海关", "Customs"])
def test_a_department_has_its_own_measures_and_those_of_every_department(written: str) -> None:
    found = names(data("--by", written, "--on", "2025-01-01"))

    assert set(found) == {"customs", None}
    assert {"inspection_rate", "GACC.advanced_certified"} <= set(found["customs"])
    assert "limited_in_public_contracts" in found[None]


@pytest.mark.parametrize(
    "written", ["SAMR.abnormal_operation", "市场监管.经营异常名录", "经营异常名录"]
)
def test_a_list_is_known_by_each_of_its_names(written: str) -> None:
    found = data("--list", written, "--on", "2025-01-01", "--by", "customs")

    entries = [entry for one in found for entry in one["measures"]]
    assert {entry["source"] for entry in entries} == {"list", "benefit"}
    assert all("SAMR.abnormal_operation" in entry["lists"] for entry in entries)


@pytest.mark.parametrize(
    ("arguments", "language", "said"),
    [
        (("--by", "custom"), "en", "no department is called `custom`, did you mean `customs`?"),
        (("--by", "税务局"), "zh", "没有部门“税务局”，现有：commerce、customs"),
        (("--by", "navy"), "en", "`navy`; known are commerce, customs, development_and_reform"),
        (("--list", "EC.blaklist"), "en", "`EC.blaklist`, did you mean `EC.blacklist`?"),
        (("--list", "经营异常名单"), "zh", "没有名单“经营异常名单”，是否要写“经营异常名录”？"),
        (("--on", "2024-02-30"), "en", "`2024-02-30` is no date such as `2019-04-23`"),
    ],
)
def test_wrong_use_is_told_with_what_is_near(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], language: str, said: str
) -> None:
    from lawengine_cli.main import run as program

    with pytest.raises(SystemExit) as end:
        program(["measures", *arguments, "--lang", language])

    assert end.value.code == 2
    assert said in "".join(capsys.readouterr().err.split("\n"))


def test_csv_has_a_row_for_each_measure_and_no_formula() -> None:
    Path("own.law").write_text(RULES, encoding="utf-8")
    own = ("--rules", "own.law", "--only-own-rules", "--on", "2024-01-01")
    (row,) = csv.DictReader(io.StringIO(run("--format", "csv", *own).stdout))

    assert row["department_label"] == "'=tax office"
    assert (row["measure"], row["lists"], row["law"]) == (
        "no_refund",
        "OWN.debtors",
        "AUCL-2019 art 20(1)",
    )
    assert (row["verified"], row["unverified"], row["until"]) == ("no", "read on a page", "")


def test_own_rules_stand_beside_or_alone() -> None:
    Path("own.law").write_text(RULES, encoding="utf-8")
    alone = run("--rules", "own.law", "--only-own-rules", "--on", "2024-01-01", "--lang", "zh")

    assert alone.stdout.splitlines()[2:] == [
        "",
        "税务机关",
        "  不予提前退税",
        (
            "    名单“欠款人名单”，自2020年1月1日起："
            "《反不正当竞争法》（2019年修正）第二十条第一款 [未经核实1]"
        ),
        "",
        "未与官方文本核对",
        "  1. 见于网页",
    ]
    early = run("--rules", "own.law", "--only-own-rules", "--on", "2019-12-31")
    assert early.exit_code == 0
    assert early.stdout.splitlines()[-1] == "The law of that day has no such measure here."


def test_without_a_day_it_is_the_law_of_today() -> None:
    assert json.loads(run("--format", "json").stdout)["on"] == str(datetime.date.today())  # noqa: DTZ011 - a day of here


def test_a_file_is_written_whole() -> None:
    printed = run("--by", "commerce", "--on", "2025-01-01").stdout
    result = run("--by", "commerce", "--on", "2025-01-01", "--out", "measures.txt")

    assert (result.exit_code, result.stdout) == (0, "")
    assert Path("measures.txt").read_text(encoding="utf-8") == printed
