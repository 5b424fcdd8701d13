"""A table of cases, as the users of the program see it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app
from lawengine_cli.exits import Exit

CASES = """SELECT * FROM (VALUES
  (1, 'organising_fake_transactions', DATE '2020-05-01', DATE '2020-09-01', false, 100000),
  (2, '组织虚假交易', DATE '2020-05-01', DATE '2026-01-10', true, 0),
  (3, 'other', DATE '2020-05-01', DATE '2020-09-01', false, NULL),
  (4, 'tie_in', DATE '2020-05-01', DATE '2020-09-01', NULL, NULL)
) t(id, 种类, ended_on, decided_on, serious, illegal_gain)"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.parquet"
    duckdb.sql(f"COPY ({CASES}) TO '{path}'")
    return path


def test_what_a_table_comes_to(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.parquet"
    done = run("simulate", cases, "--keep", "id", "--out", out, "--format", "json")

    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert data["cases"] == 4
    assert data["fined"] == 2
    assert data["rules"]["AUCL.false_publicity"] == 2
    assert len(data["rulebook"]) == 64
    assert "act.discovered_on" in data["missing"]
    found = f"SELECT id, state, rules, fine_high_fen FROM '{out}'"
    rows = duckdb.execute(found).fetchall()
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert "AUCL.false_publicity" in rows[0][2]
    assert rows[2][1:] == ("nothing", "", None)


@pytest.mark.parametrize(
    ("language", "words", "fact"),
    [("en", "cases", "act.ip_notice"), ("zh", "案件（行为）数", "行为.收到侵权通知")],
)
def test_totals_in_both_languages(cases: Path, language: str, words: str, fact: str) -> None:
    done = run("simulate", cases, "--keep", "id", "--lang", language)

    assert done.exit_code == 0, done.output
    assert words in done.stdout
    assert f" {fact}," in done.stdout  # no column holds it


def test_a_row_again_with_its_reasons(cases: Path) -> None:
    done = run("decide", cases, "--row", "1", "--keep", "id", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "cases.parquet, row 1" in done.stdout
    assert "AUCL-2019 art 20(1)" in done.stdout

    missing = run("decide", cases, "--row", "5", "--keep", "id", "--lang", "en")
    assert missing.exit_code == 3
    assert "LAW664" in missing.stderr


def test_processes_and_an_interrupted_run(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.csv"
    done = run("simulate", cases, "--keep", "id", "--out", out, "--jobs", "2", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5

    (tmp_path / "results.csv.parts").mkdir()
    again = run("simulate", cases, "--keep", "id", "--out", out, "--lang", "en")
    assert again.exit_code == 1
    assert "LAW740" in again.stderr
    broken = run("simulate", cases, "--keep", "id", "--out", out, "--resume", "--lang", "zh")
    assert broken.exit_code == 1
    assert "LAW741" in broken.stderr


def test_to_go_on_needs_an_output(cases: Path) -> None:
    assert run("simulate", cases, "--resume").exit_code == Exit.USAGE


def test_a_stopped_run_says_how_to_go_on(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "results.csv"
    monkeypatch.setattr("lawengine.columns.summary.Totals.merge", stop)
    done = run("simulate", cases, "--keep", "id", "--out", out, "--lang", "en")
    assert done.exit_code == Exit.INTERRUPTED
    assert "go on with `--resume`" in done.stderr
    assert (tmp_path / "results.csv.parts" / "state.json").is_file()
    monkeypatch.undo()
    on = run("simulate", cases, "--keep", "id", "--out", out, "--resume")
    assert on.exit_code == 0, on.output
    assert out.is_file()


def test_a_wrong_table_ends_with_every_mistake(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.parquet"
    done = run("simulate", cases, "--out", out, "--lang", "zh")
    assert done.exit_code == 3
    assert "LAW652" in done.stderr
    assert not out.exists()

    gone = run("simulate", tmp_path / "none.parquet")
    assert gone.exit_code == 1
    assert "LAW650" in gone.stderr


def test_a_single_case_loads_nothing_of_tables(checkout: Path, variables: dict[str, str]) -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from lawengine_cli.app import app;"
        "done = CliRunner().invoke(app, ['decide', sys.argv[1]]);"
        "print(done.exit_code, sorted({'numpy', 'duckdb', 'lawengine.columns'} & set(sys.modules)))"
    )
    case = next((checkout / "casebook").glob("henan*.yaml"))
    told = subprocess.run(
        [sys.executable, "-c", code, str(case)],
        env=variables, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip().endswith("[]")
    assert told.stdout[0] in "04"
