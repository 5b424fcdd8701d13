"""An analyst asks for a report, and gets a folder of the law, the figures and the doubts."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.commands import run
from tests.presenting import Page

CASES = """SELECT * FROM (VALUES
  (1, 'organising_fake_transactions', DATE '2020-05-01', DATE '2020-09-01', false, 100000, 1.5),
  (2, '组织虚假交易', DATE '2020-05-01', DATE '2020-12-10', true, 30000000, 0.5),
  (3, 'false_publicity', DATE '2020-05-01', DATE '2020-09-01', NULL, NULL, 2.0)
) t(id, 种类, ended_on, decided_on, serious, illegal_gain, w)"""
FLOOR = "docs/reforms/floor-restored.law"


@pytest.fixture
def cases(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(checkout)
    path = tmp_path / "cases.parquet"
    duckdb.sql(f"COPY ({CASES}) TO '{path}'")
    return path


def text(report: Path, language: str) -> str:
    return Page((report / f"report.{language}.html").read_text(encoding="utf-8")).text


def test_a_reform_over_a_table(cases: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    done = run(
        "simulate", cases, "--keep", "id", "--keep", "w", "--by", "种类", "--reform", FLOOR,
        "--law-of", "2027-03-01", "--deterrence", "--published", "--report", report,
        "--drawn-from", "casebook/populations/network_cases.toml", "--format", "json",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads((report / "analysis.json").read_text("utf-8"))
    english, chinese = text(report, "en"), text(report, "zh")
    assert "What would “The floor of 200,000 yuan restored” change for 3 cases?" in english
    assert "“恢复二十万元的罚款下限”会给3件案件带来什么变化？" in chinese
    assert "fine 200_000 to 1_000_000 yuan" in english
    assert "20万元" in chinese
    assert "samr" not in english
    assert "published: market supervision: unfair-competition cases a year" in english
    assert "no official text" in english
    sides = json.loads((report / "analysis.json").read_text("utf-8"))["sides"]
    (diff,) = json.loads((report / "legal-diff.json").read_text("utf-8"))
    assert [diff["rulebook"], diff["under_reform"]] == [side["rulebook"] for side in sides]
    for side in sides:
        assert side["rulebook"] in english
    again = run("simulate", cases, "--keep", "id", "--keep", "w", "--report", report)
    assert again.exit_code == 1
    assert "LAW790" in again.stderr
    assert again.stdout == ""


def test_grounds_without_a_report_are_a_slip(cases: Path) -> None:
    done = run("simulate", cases, "--keep", "id", "--keep", "w", "--drawn-from", "x.toml")
    assert done.exit_code == 2
    assert "--report" in done.stderr


def test_grounds_that_are_none(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("title = 1", encoding="utf-8")
    done = run(
        "simulate", cases, "--keep", "id", "--keep", "w", "--report", tmp_path / "report",
        "--drawn-from", tmp_path / "x.toml",
    )  # fmt: skip
    assert done.exit_code == 3
    assert not (tmp_path / "report").exists()


def test_a_report_that_cannot_be_written(cases: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "report"
    for command in (
        ("simulate", cases, "--keep", "id", "--keep", "w"),
        ("deterrence",),
        ("sweep", cases, "--keep", "id", "--keep", "w", "--figure", "limitation_term=1..2:2"),
    ):
        done = run(*command, "--report", nowhere)
        assert done.exit_code == 1
        assert "LAW791" in done.stderr
        assert done.stdout == ""
