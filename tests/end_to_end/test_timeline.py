"""The timeline and the statuses of a case, as the users of the program see them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

RULES = """
list demo.black also 示例.名单 of penalty "Demo list" / "示例名单"
  dated by penalty.decided_on
  version from 2021-09-01
    law SAMR-44-2021 art 2
    when penalty.grave
    lasts 3 years from penalty.decided_on
    removed on penalty.repaired_on after 1 year where penalty.performed

benefit demo.green also 示例.激励 of application "Green channel" / "绿色通道"
  dated by application.applied_on
  version from 2016-05-30
    law SC-2016-33 part 2(8)
    status unverified because "an example" / "示例"
    when party.integrity_model
    unless listed anywhere
    lasts 1 year from application.applied_on

duty demo.payment also 示例.缴纳 of penalty "Payment of the fine" / "缴纳罚款"
  dated by penalty.served_on
  version from 2021-07-15
    law APL-2021 art 67
    when penalty.fine_amount more than 0 yuan
    due 15 days from penalty.served_on
    discharged on penalty.paid_on where penalty.performed

scenario "listed" / "在列"
  given act.ended_on is 2024-05-05
        1 penalty with decided_on is 2025-03-01, grave is yes, performed is no
  decided on 2025-12-20
  expect demo.black listed
         demo.payment undetermined
"""
CASE = """
case: demo
decided_on: {day}
respondents:
  - name: Shop A
    integrity_model: yes
    penalties:
      - name: March
        decided_on: 2025-03-01
        grave: {{value: yes, because: "vile", recorded_by: "office"}}
        served_on: {served}
        fine_amount: 50000 yuan
        performed: {performed}
        repaired_on: {repaired}
    applications:
      - applied_on: 2025-12-01
    acts:
      - kind: false_publicity
        ended_on: 2024-05-05
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkout: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "demo.law").write_text(RULES, encoding="utf-8")
    # The shipped vocabulary without the shipped rules: what they attach is not what is tested here.
    shipped = checkout / "rules" / "vocabulary.law"
    (tmp_path / "mine" / "vocabulary.law").write_bytes(shipped.read_bytes())


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., str]:
    def write(
        *,
        day: str = "2025-12-20",
        performed: str = "no",
        served: str = "2025-03-05",
        repaired: str = "2025-12-10",
    ) -> str:
        text = CASE.format(day=day, performed=performed, served=served, repaired=repaired)
        (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
        return "case.yaml"

    return write


def run(*arguments: str) -> Result:
    found = [*arguments, "--rules", "mine", "--only-own-rules"]
    return CliRunner().invoke(app, found, prog_name="lawengine")


def test_a_duty_that_is_late(case: Callable[..., str]) -> None:
    result = run("timeline", case())
    chinese = run("timeline", case(), "--lang", "zh")

    assert result.exit_code == chinese.exit_code == 0
    assert "1 overdue, 0 to be done, 0 open, 0 done" in result.stdout
    assert "last day 2025-03-20" in result.stdout
    assert "逾期1项" in chinese.stdout


def test_a_last_day_that_a_published_calendar_moves(case: Callable[..., str]) -> None:
    result = run("timeline", case(served="2025-09-20"))

    assert "last day 2025-10-09" in result.stdout
    assert "国办发明电" in result.stdout


def test_a_year_without_a_calendar_is_said(case: Callable[..., str]) -> None:
    result = run("timeline", case(day="2040-01-05", served="2039-12-31"), "--format", "json")

    (duty,) = json.loads(result.stdout)["duties"]
    assert duty["due"] == {"from": "2040-01-15", "to": None}
    assert "no published calendar for 2040" in result.stdout
    assert result.exit_code == 0


def test_the_calendar_file(case: Callable[..., str], tmp_path: Path) -> None:
    result = run("timeline", case(), "--format", "ics", "--out", "due.ics")

    assert (result.exit_code, result.stdout) == (0, "")
    data = (tmp_path / "due.ics").read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20250320\r\n" in data
    assert b"DTSTAMP:20251220T000000Z\r\n" in data


def test_without_a_dated_duty_no_calendar_is_written(
    case: Callable[..., str], tmp_path: Path
) -> None:
    path = Path(case())
    path.write_text(path.read_text(encoding="utf-8").replace("50000", "0"), encoding="utf-8")

    result = run("timeline", str(path), "--format", "ics", "--out", "due.ics")

    assert result.exit_code == 0
    assert "no calendar was written" in result.stderr
    assert not (tmp_path / "due.ics").exists()


def test_what_is_open_ends_with_4(case: Callable[..., str]) -> None:
    result = run("timeline", case(performed="yes"))

    assert result.exit_code == 4
    assert "Fine paid on" in result.stdout


def test_decide_shows_listing_and_barred_benefit(case: Callable[..., str]) -> None:
    result = run("decide", case(performed="yes"))

    assert "removable from 2026-03-01" in result.stdout
    assert "Refused, too early: removal is allowed only from 2026-03-01" in result.stdout
    assert "stands on the list “Demo list”" in " ".join(result.stdout.split())


def test_removed_before_it_was_listed_is_a_diagnostic(case: Callable[..., str]) -> None:
    path = Path(case(performed="yes"))
    text = path.read_text(encoding="utf-8").replace(
        "decided_on: 2025-03-01", "decided_on: 2025-12-15"
    )
    text = text.replace("served_on: 2025-03-05", "served_on: 2025-12-16")
    path.write_text(text, encoding="utf-8")

    result = run("timeline", str(path))

    assert result.exit_code == 3
    assert "LAW550" in result.stderr  # the vocabulary bounds the day; without that it is LAW560


def test_scenarios_of_statuses_run() -> None:
    result = CliRunner().invoke(app, ["test", "mine", "--only-own-rules"], prog_name="lawengine")

    assert (result.exit_code, result.stdout) == (0, "1 passed, 0 failed\n")
