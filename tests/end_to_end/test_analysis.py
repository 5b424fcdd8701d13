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


def test_everything_as_chinese_text_within_80_columns(cases: Path) -> None:
    done = run(
        "simulate", cases, "--keep", "id", "--by", "act.kind", "--by", "w", "--deterrence",
        "--reform", FLOOR, "--law-of", "2027-03-01", "--bootstrap", "100", "--published",
        "--elasticity", "-0.4", "--case", "casebook/henan-brushing-2016.yaml", "--lang", "zh",
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    for one in ("区间上移", "至少3件", "必被查获仍有利可图", "200,000", "-0.4"):
        assert one in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80


def test_reforms_together_and_apart_and_out_of_reach(cases: Path) -> None:
    several = ("--reform", FLOOR, "--reform", "docs/reforms/multiple-of-gain.law", "--keep", "id")
    clash = run("simulate", cases, *several, "--keep", "w", "--law-of", "2027-03-01")
    assert clash.exit_code == 3
    apart = run("simulate", cases, *several, "--keep", "w", "--apart", "--format", "json")
    assert apart.exit_code == 0, apart.output
    sides = json.loads(apart.stdout)["sides"]
    assert [side["name"] for side in sides] == ["law", "floor_restored", "multiple_of_gain"]
    assert len({side["rulebook"] for side in sides}) == 3
    assert "LAW713" in apart.stderr


def test_the_henan_case_needs_no_table(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    done = run("deterrence", "--reform", "docs/reforms/cap-five-million.law", "--lang", "zh")
    assert done.exit_code == 0, done.output
    assert "不再有利" in done.stdout
    assert "5,000,000" in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80


def test_deterrence_has_one_form(cases: Path) -> None:
    henan = "casebook/henan-brushing-2016.yaml"
    alone = json.loads(run("deterrence", henan, "--reform", FLOOR, "--format", "json").stdout)
    words = ("--keep", "id", "--keep", "w", "--reform", FLOOR, "--deterrence", "--case", henan)
    beside = json.loads(run("simulate", cases, *words, "--format", "json").stdout)

    assert list(alone) == list(beside)
    assert alone["format"] == beside["format"] == 1
    assert list(alone["deterrence"]) == list(beside["deterrence"]) == ["model", "cases", "sides"]
    assert alone["deterrence"]["cases"] == beside["deterrence"]["cases"]
    assert alone["deterrence"]["model"] == beside["deterrence"]["model"]
    assert (alone["deterrence"]["sides"], len(beside["deterrence"]["sides"])) == ([], 2)
    assert [list(side) for side in alone["sides"]] == [list(side) for side in beside["sides"]]
    for side in ("name", "title", "rulebook", "reforms"):
        assert [one[side] for one in alone["sides"]] == [one[side] for one in beside["sides"]]
    assert (alone["data"]["name"], alone["data"]["rows"]) == ("henan-brushing-2016.yaml", 0)
    assert (alone["counts"], alone["sweep"]) == ([], None)


def test_a_sweep(cases: Path) -> None:
    figure = "AUCL.false_publicity@2020-01-01.fine.low=0..400_000:2"
    done = run("sweep", cases, "--keep", "id", "--keep", "w", "--figure", figure, "--lang", "zh")
    assert done.exit_code == 0, done.output
    assert "40万元" in done.stdout
    assert max(map(display_width, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("simulate", "--weights", "weigth", "--by", "w", "--out", "none.parquet"), 3, "LAW665"),
        (("simulate", "--keep", "w", "--elasticity", "99"), 3, "LAW729"),
        (("simulate", "--versions-of", "AUCL.false_publicty"), 2, "LAW715"),
        (
            ("simulate", "--law-of", "2016-06-01", "--law-of", "2020-01-01", "--reform", FLOOR),
            2,
            "",
        ),
        (("sweep", "--figure", "no_such_figure=1..2:2"), 3, "LAW718"),
    ],
)
def test_what_is_refused_ends_with_a_code_and_writes_nothing(
    cases: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    command, *options = words
    done = run(command, cases, "--keep", "id", *options)
    assert done.exit_code == code, done.output
    assert told in done.stderr
    assert not Path("none.parquet").exists()
