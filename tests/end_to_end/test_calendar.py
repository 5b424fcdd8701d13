"""`lawengine calendar` as its users see it."""

from __future__ import annotations

import datetime
import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import lawengine
from lawengine.workspace import shipped as shipped_folder
from lawengine_cli.app import app
from lawengine_cli.exits import Exit


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWENGINE_LANG", "en")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["calendar", *map(str, arguments)])


def test_a_deadline_over_a_long_holiday_ends_on_a_saturday_that_is_worked() -> None:
    result = run("count", "2025-09-28", "5 working days")

    assert result.exit_code == Exit.DONE
    lines = result.stdout.splitlines()
    assert lines[0] == "5 working days after 2025-09-28, counted by APL-2021"
    assert lines[1].strip() == "2025-10-11 (Saturday)"
    assert "weekend day that is worked" in lines[-3]
    assert "taken over from civil procedure" in lines[-1]


def test_the_same_in_chinese_with_the_words_apart() -> None:
    result = run("count", "2025-09-28", "5日", "--lang", "zh", "--counting", "行政处罚法-2021")

    assert result.exit_code == Exit.DONE
    assert "2025-10-11（星期六）" in result.stdout
    assert "“5日”按工作日计算 [行政处罚法-2021 第85条]" in result.stdout
    assert "放假，国庆节、中秋节（国办发明电〔2024〕12号）" in result.stdout
    assert run("count", "2025-09-28", "5", "days").stdout.splitlines()[1].strip() == (
        "2025-10-11 (Saturday)"
    )


def test_a_deadline_as_data() -> None:
    result = run("count", "2026-12-28", "5", "working", "days", "--format", "json")

    assert result.exit_code == Exit.UNDETERMINED
    data = json.loads(result.stdout)
    assert data["day"] is None
    # Even 29 to 31 December may still be changed, so nothing is sure but five days in a row.
    assert (data["earliest"], data["latest"]) == ("2027-01-02", None)
    assert data["missing_calendars"] == [2027]
    assert data["open"].startswith("no published calendar for 2027: not before ")
    assert data["counting"] == "APL-2021"
    kinds = [step["kind"] for step in data["steps"]]
    assert kinds == ["first_not_counted", "counted", "no_calendar"]
    assert all(step["text"] for step in data["steps"])


def test_what_the_next_calendar_may_change_is_said() -> None:
    result = run("count", "2026-12-20", "5 days")

    assert result.exit_code == Exit.DONE
    assert "2026-12-25 (Friday)" in result.stdout
    assert "the calendar for 2027 is not published" in result.stdout


def test_the_penalty_law_of_the_day_counts_by_default() -> None:
    before = run("count", "2021-07-13", "3 days")
    after = run("count", "2021-07-15", "3 days")

    # Tuesday and three natural days; Thursday and three working days.
    assert before.stdout.splitlines()[0].endswith("counted by APL-2017")
    assert "2021-07-16 (Friday)" in before.stdout
    assert after.stdout.splitlines()[0].endswith("counted by APL-2021")
    assert "2021-07-20 (Tuesday)" in after.stdout
    assert "was not in force" in run("count", "1990-01-01", "3 years").stdout


def test_counted_back_from_a_hearing() -> None:
    result = run("count", "2025-10-13", "7 days", "--before")

    assert "7 days before 2025-10-13" in result.stdout
    assert "2025-09-26 (Friday)" in result.stdout
    zh = run("count", "2025-10-13", "7 days", "--before", "--lang", "zh")
    assert "2025-10-13之前7日" in zh.stdout


def test_what_was_known_on_a_day() -> None:
    arguments = ("count", "2020-01-22", "3 working days", "--counting", "CIPL-2023")

    assert "2020-02-04 (Tuesday)" in run(*arguments).stdout
    known = run(*arguments, "--known-on", "2020-01-22")
    assert "2020-02-01 (Saturday)" in known.stdout
    assert "was not in force on 2020-01-22" in known.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2025-02-30", "5 days"), "`2025-02-30` is no date"),
        (("2025-02-03", "five days"), "`five days` is no period"),
        (("2025-02-03", "5 days", "--counting", "APL-2012"), "did you mean `APL-2021`?"),
        (("2025-02-03", "5 days", "--counting", "x"), "known are ACL-2011"),
        (("2025-02-03", "5 days", "--known-on", "then"), "`then` is no date"),
    ],
)
def test_wrong_words_are_usage_errors(arguments: tuple[str, ...], words: str) -> None:
    result = run("count", *arguments)

    assert result.exit_code == Exit.USAGE
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_a_period_out_of_all_proportion(capsys: pytest.CaptureFixture[str]) -> None:
    from lawengine_cli import main

    with pytest.raises(SystemExit) as end:
        main.run(["calendar", "count", "2025-02-03", "999999 days"])

    assert end.value.code == Exit.COULD_NOT_RUN
    assert "from one day to a hundred years, found 999999 days" in capsys.readouterr().err


def test_a_year_shown() -> None:
    result = run("show", "2020")

    assert result.exit_code == Exit.DONE
    assert "国办发明电〔2019〕16号" in result.stdout
    assert "2020-01-31..02-02" in result.stdout
    assert "two independent libraries" in result.stdout
    data = json.loads(run("show", "2020", "--format", "json").stdout)
    assert data["extra_days_off"] == 13
    assert [n["changes"] for n in data["notices"]] == [None, "国办发明电〔2019〕16号"]
    assert "2020-01-31" in data["notices"][1]["arrangements"][0]["days_off"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "no published calendar for 2028"), ("zh", "2028年没有已公布的放假安排")],
)
def test_a_year_without_a_calendar_is_a_result(lang: str, words: str) -> None:
    result = run("show", "2028", "--lang", lang)

    assert (result.exit_code, result.stdout.strip()) == (Exit.UNDETERMINED, words)
    data = run("show", "2028", "--format", "json")
    assert json.loads(data.stdout) == {"year": 2028, "published": False}


def test_the_years_listed() -> None:
    text = run("list").stdout
    assert "Notice on the arrangement of some holidays of 2008 (number not seen)" in text
    assert "by 2007-12-18" in text
    data = json.loads(run("list", "--format", "json").stdout)
    assert [year["year"] for year in data] == list(range(2006, 2027))
    assert data[2]["notices"][0]["number"] is None


NOTICE = (
    "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知\n"
    "国发明电〔2015〕1号\n"
    "9月3日至5日调休放假，共3天。\n"
)


def test_texts_of_notices_verified(tmp_path: Path) -> None:
    assert run("verify", tmp_path).exit_code == Exit.UNDETERMINED
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")

    result = run("verify", tmp_path)
    assert result.exit_code == Exit.TAMPERED
    assert "LAW441" in result.stderr
    assert "differs from the official text" in result.stdout
    data = json.loads(run("verify", tmp_path, "--format", "json").stdout)
    assert {check["outcome"] for check in data} == {"differs", "no_text"}


def test_own_calendars_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    calendars = tmp_path / "calendars"
    calendars.mkdir()
    shipped = shipped_folder("statutes") / "calendars" / "2026.yaml"
    text = shipped.read_text(encoding="utf-8")
    (calendars / "2026.yaml").write_text(text, encoding="utf-8")

    result = run("count", "2025-09-28", "5 days", "--statutes", tmp_path)
    assert result.exit_code == Exit.RULES
    assert "the calendar of 2026 is given twice" in result.stderr


def test_the_library_counts_too() -> None:
    days, diagnostics = lawengine.open_days()
    period = lawengine.parse_period("5 days")
    rule = days.counting("APL-2021")
    assert diagnostics == ()
    assert period is not None
    assert rule is not None

    found = lawengine.deadline(datetime.date(2025, 9, 28), period, rule, days.calendars())

    assert found.day == datetime.date(2025, 10, 11)
    assert [str(cited) for cited in found.citations] == ["APL-2021 art 85"]


def test_every_command_of_the_page_runs(checkout: Path, tmp_path: Path) -> None:
    page = (checkout / "docs" / "working-days.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^lawengine calendar ([^#\n]+)", page)

    assert len(commands) == 7
    for command in commands:
        arguments = [str(tmp_path) if word == "DIR" else word for word in shlex.split(command)]
        expected = Exit.UNDETERMINED if arguments[0] == "verify" else Exit.DONE
        assert run(*arguments).exit_code == expected, command


def test_the_python_of_the_page_runs(checkout: Path) -> None:
    page = checkout / "docs" / "working-days.md"

    failed, attempted = doctest.testfile(str(page), module_relative=False)
    assert (failed, attempted) == (0, 5)


def test_the_rules_of_the_page_are_those_that_ship(checkout: Path) -> None:
    page = (checkout / "docs" / "working-days.md").read_text(encoding="utf-8")
    days, _ = lawengine.open_days()

    assert set(re.findall(r"(?m)^\| `([A-Z]+-\d{4})` \|", page)) == set(days.names("en"))
