"""A party of which no act is in question: every command answers of it what it can."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

CASE = """
case: no-act
decided_on: 2024-06-01
respondents:
  - name: Shop B
    penalties:
      - name: penalty of 2022
        decided_on: 2022-05-05
        served_on: 2022-05-06
        fine_amount: 1000 yuan
        paid: yes
        paid_on: 2022-06-30
"""
NO_ACT = {"en": "The case names no act of this party.", "zh": "案卷未列该当事人的行为。"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")


def run(*arguments: str, said: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=said, prog_name="lawengine")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_it_is_decided(format_: str, language: str) -> None:
    result = run("decide", "case.yaml", "--format", format_, "--lang", language)

    assert result.exit_code == 0
    assert NO_ACT[language] in result.stdout
    # the fine was due on 2022-05-21, a Saturday, and so on the Monday after it; it was paid late
    assert "2022-05-23" in result.stdout
    assert "2022-06-30" in result.stdout


def test_the_data_have_no_act_and_no_fine() -> None:
    data = json.loads(run("decide", "case.yaml", "--format", "json").stdout)
    (party,) = data["respondents"]

    assert party["acts"] == []
    assert party["total"]["none"] is True
    (payment,) = [one for one in party["statuses"] if one["status"] == "APL.payment"]
    assert (payment["state"], payment["deadline"]) == ("discharged", "2022-05-23")
    assert payment["late"] is True


def test_its_needs_are_those_of_lists_benefits_duties_and_grades() -> None:
    result = run("explain", "case.yaml", "--needs")
    assert result.exit_code == 0
    assert NO_ACT["en"] in result.stdout
    assert "Area of law" in result.stdout
    (told,) = json.loads(run("explain", "case.yaml", "--needs", "--format", "json").stdout)
    assert (told["act"], told["path"]) == ("", "respondents[1]")
    needs = told["needs"]
    assert (needs["settled"], needs["fewest"]) == (True, [])
    area = next(one for one in needs["also"] if one["fact"] == "respondents[1].penalties[1].area")
    assert (area["matter"], "FSL.bad_record" in area["rules"]) == ("standing", True)


def test_no_rule_is_asked_of_it() -> None:
    assert NO_ACT["en"] in run("explain", "case.yaml").stdout
    why = run("explain", "case.yaml", "--why-not", "AUCL.false_publicity", "--format", "json")
    ((found,),) = (one["why_not"] for one in json.loads(why.stdout))
    assert (found["state"], found["cause"]) == ("not_established", "no_act")
    told = run("explain", "case.yaml", "--why-not", "AUCL.false_publicity").stdout
    assert "the file names no act to which it could apply" in told
    assert "no-violation" in run("explain", "case.yaml", "--what-if", "no-violation").stdout


def test_lists_and_days_are_told() -> None:
    assert "Shop B" in run("list", "case.yaml", "--on", "2024-06-01").stdout
    assert "2022-05-23" in run("timeline", "case.yaml").stdout


def test_the_interview_asks_for_what_its_lists_hang_on(tmp_path: Path) -> None:
    asked = run("ask", "case.yaml", said="market_supervision\nstop\n")
    assert asked.exit_code == 0
    assert "[penalty of 2022] Which authority decided this penalty?" in asked.stdout
    assert "(a list, benefit, duty or grade)" in asked.stdout
    text = (tmp_path / "case.yaml").read_text(encoding="utf-8")
    assert text == f"{CASE.rstrip()}\n        decided_by: market_supervision\n"
    rest = run("ask", "case.yaml", said="?\n" * 60)
    assert "there is nothing more to ask" in rest.stdout
    assert NO_ACT["en"] in rest.stdout


def test_nobody_needs_an_act_in_the_casebook(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.yaml").write_text(CASE, encoding="utf-8")
    assert run("casebook", "check", "cases/one.yaml").exit_code == 0
    assert run("simulate", "cases").exit_code == 0
    sweep = run("sweep", "cases", "--figure", "AUCL.false_publicity@2020-06-01.fine.low=0..3:2")
    assert sweep.exit_code == 0


def test_a_party_of_whom_nothing_is_known_is_refused(tmp_path: Path) -> None:
    bare = CASE[: CASE.index("    penalties")]
    (tmp_path / "case.yaml").write_text(bare, encoding="utf-8")
    for command in ("decide", "grade", "timeline"):
        refused = run(command, "case.yaml")
        assert refused.exit_code == 3
        assert "LAW522" in refused.output
        assert "something else that is known" in " ".join(refused.output.split())


def test_rows_without_an_act_change_no_sum() -> None:
    table = Path(__file__).parents[2] / "docs" / "tables" / "cases.csv"
    given = f"read_csv('{table}', all_varchar = true)"
    idle = "SELECT 'S99' AS shop, '2020-11-20' AS decided_on, '1' AS weight, 0 AS acts"
    rows = f"SELECT *, 1 AS acts FROM {given} UNION ALL BY NAME {idle}"
    duckdb.sql(f"COPY ({rows} UNION ALL BY NAME {idle}) TO 'more.csv'")
    duckdb.sql(f"COPY (FROM {given}) TO 'cases.csv'")
    more = ("--keep", "shop", "--keep", "place", "--keep", "weight", "--format", "json")
    figure = ("--figure", "AUCL.false_publicity@2020-06-01.fine.low=0..300_000:4")
    plain, wide = (
        json.loads(run("sweep", name, *more, *figure).stdout)["sweep"]
        for name in ("cases.csv", "more.csv")
    )

    assert [len(found["steps"]) for found in (plain, wide)] == [4, 4]
    for one, two in zip(plain["steps"], wide["steps"], strict=True):
        assert one["figures"]["fine"]["sum"] == two["figures"]["fine"]["sum"]
        assert two["figures"]["cases"] == one["figures"]["cases"] + 2
        for fares in ("worse", "better"):
            assert one["change"][fares] == two["change"][fares]
