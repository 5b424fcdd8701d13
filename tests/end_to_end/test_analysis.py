"""An analyst sets a reform beside the law, as the users of the program see it."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from lawengine.base.source import display_width
from lawengine_cli.app import app

CASES = """SELECT * FROM (VALUES
  (1, 'organising_fake_transactions', DATE '2020-05-01', DATE '2020-09-01', false, 100000, 1.5),
  (2, '组织虚假交易', DATE '2020-05-01', DATE '2020-12-10', true, 30000000, 0.5),
  (3, 'other', DATE '2020-05-01', DATE '2020-09-01', false, NULL, 1.0),
  (4, 'false_publicity', DATE '2020-05-01', DATE '2020-09-01', NULL, NULL, 2.0)
) t(id, 种类, ended_on, decided_on, serious, illegal_gain, w)"""
FLOOR = "docs/reforms/floor-restored.law"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def cases(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(checkout)
    path = tmp_path / "cases.parquet"
    duckdb.sql(f"COPY ({CASES}) TO '{path}'")
    return path


def test_before_and_after_as_data_and_row_by_row(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    done = run(
        "simulate", cases, "--keep", "id", "--weights", "w", "--by", "种类", "--reform", FLOOR,
        "--law-of", "2027-03-01", "--out", out, "--format", "json",
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert data["format"] == 1
    assert [side["name"] for side in data["sides"]] == ["law", "floor_restored"]
    plain, weighted = data["counts"]
    before, after = (figures["fine"]["sum"] for figures in plain["whole"]["figures"])
    assert before["low"] == 100_000_000
    assert after["low"] == 100_000_000 + 2 * 20_000_000
    assert weighted["whole"]["figures"][0]["cases"] == 5
    assert plain["whole"]["changes"][0]["worse"] == 2
    found = f"SELECT id, law_fine_low_fen, floor_restored_fares FROM '{out}' ORDER BY id"
    assert duckdb.execute(found).fetchall() == [
        (1, 0, "worse"), (2, 100_000_000, "unchanged"), (3, None, "unchanged"), (4, 0, "worse")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"), [("en", "pay more by the range"), ("zh", "区间上移")]
)
def test_as_text_in_both_languages_within_80_columns(
    cases: Path, language: str, words: str
) -> None:
    done = run(
        "simulate", cases, "--keep", "id", "--keep", "w", "--by", "act.kind", "--deterrence",
        "--reform", FLOOR, "--law-of", "2027-03-01", "--lang", language,
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    assert words in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80


def test_reforms_together_and_apart(cases: Path) -> None:
    several = ("--reform", FLOOR, "--reform", "docs/reforms/multiple-of-gain.law", "--keep", "id")
    clash = run("simulate", cases, *several, "--keep", "w", "--law-of", "2027-03-01")
    assert clash.exit_code == 3
    apart = run(
        "simulate", cases, *several, "--keep", "w", "--law-of", "2027-03-01", "--apart",
        "--format", "json",
    )  # fmt: skip
    assert apart.exit_code == 0, apart.output
    sides = json.loads(apart.stdout)["sides"]
    assert [side["name"] for side in sides] == ["law", "floor_restored", "multiple_of_gain"]
    assert len({side["rulebook"] for side in sides}) == 3


def test_a_reform_after_all_cases_is_warned_of(cases: Path) -> None:
    done = run("simulate", cases, "--keep", "id", "--keep", "w", "--reform", FLOOR)
    assert done.exit_code == 0
    assert "LAW713" in done.stderr


def test_days_of_law_side_by_side(cases: Path) -> None:
    days = ("--law-of", "2016-06-01", "--law-of", "2026-01-05")
    done = run("simulate", cases, "--keep", "id", "--keep", "w", *days, "--format", "json")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)["counts"][0]["whole"]["figures"]
    assert [one["fine"]["sum"]["high"] for one in figures][1] == 3 * 20_000_000
    wrong = run("simulate", cases, *days, "--reform", FLOOR)
    assert wrong.exit_code == 2


def test_what_is_refused_ends_with_a_code_and_writes_nothing(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "none.parquet"
    done = run("simulate", cases, "--keep", "id", "--weights", "weigth", "--by", "w", "--out", out)
    assert done.exit_code == 3
    assert "LAW665" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "pays even if surely"), ("zh", "不再有利")])
def test_the_henan_case_needs_no_table(
    language: str, words: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    done = run("deterrence", "--reform", "docs/reforms/cap-five-million.law", "--lang", language)
    assert done.exit_code == 0, done.output
    assert words in done.stdout
    assert "5,000,000" in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80


def test_a_case_beside_a_table_under_every_version(cases: Path) -> None:
    done = run(
        "simulate", cases, "--keep", "id", "--keep", "w", "--deterrence", "--format", "json",
        "--versions-of", "反不正当竞争法.虚假宣传", "--case", "casebook/henan-brushing-2016.yaml",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)["deterrence"]
    assert [one["party"] for one in data["cases"]] == ["agency-a", "agency-b"]
    assert len(data["sides"]) == 5
    wrong = run("simulate", cases, "--versions-of", "AUCL.false_publicty")
    assert wrong.exit_code == 2
    assert "LAW715" in wrong.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "200,000 yuan"), ("zh", "20万元")])
def test_a_sweep(cases: Path, language: str, words: str) -> None:
    figure = "AUCL.false_publicity@2020-01-01.fine.low=0..400_000:3"
    done = run(
        "sweep", cases, "--keep", "id", "--keep", "w", "--figure", figure, "--lang", language
    )
    assert done.exit_code == 0, done.output
    assert words in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80
    wrong = run("sweep", cases, "--keep", "id", "--figure", "no_such_figure=1..2:2")
    assert wrong.exit_code == 3
    assert "LAW718" in wrong.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "at least 3 of them"), ("zh", "至少3件")])
def test_what_stands_beside_the_figures(cases: Path, language: str, words: str) -> None:
    done = run(
        "simulate", cases, "--keep", "id", "--keep", "w", "--bootstrap", "200", "--published",
        "--elasticity", "-0.4", "--lang", language,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert words in done.stdout
    assert "-0.4" in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80
    wrong = run("simulate", cases, "--keep", "id", "--keep", "w", "--elasticity", "99")
    assert wrong.exit_code == 3
    assert "LAW729" in wrong.stderr
