"""`lawengine population`, as a user runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments])


def test_make_describe_simulate_reweigh(tmp_path: Path) -> None:
    cases, weighted = str(tmp_path / "cases.parquet"), str(tmp_path / "weighted.parquet")
    made = run("population", "make", "--cases", "400", "--seed", "2", "--out", cases)
    assert (made.exit_code, made.stdout) == (0, "")
    assert "400 cases written to" in made.stderr

    told = run("population", "describe", cases, "--keep", "group", "--format", "json")
    data = json.loads(told.stdout)
    assert data["rows"] == 400
    kinds = next(fact for fact in data["facts"] if fact["fact"] == "act.kind")
    assert sum(kinds["counts"].values()) == kinds["known"] == 400

    decided = run("simulate", cases, "--keep", "group", "--format", "json")
    assert json.loads(decided.stdout)["cases"] == 400

    margins = tmp_path / "margins.toml"
    margins.write_text(
        'title = { en = "t", zh = "题" }\n[margins."act.serious"]\namong = { yes = 1, no = 1 }\n'
        'assumed = { en = "a", zh = "甲" }\n',
        encoding="utf-8",
    )
    fitted = run(
        "population", "reweigh", cases, "--margins", str(margins), "--keep", "group",
        "--out", weighted,
    )  # fmt: skip
    assert fitted.exit_code == 0
    assert "rows of equal weight" in fitted.stderr
    again = run("population", "describe", weighted, "--keep", "group", "--keep", "weight")
    assert "400" in again.stdout


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_orders_of_drawn_shops_are_screened(tmp_path: Path, checkout: Path, ending: str) -> None:
    file = str(checkout / "casebook" / "populations" / "shops.toml")
    cases, orders = str(tmp_path / "cases.parquet"), str(tmp_path / f"orders.{ending}")
    made = run(
        "population", "make", file, "--cases", "300", "--seed", "4", "--out", cases,
        "--orders", orders,
    )  # fmt: skip
    assert made.exit_code == 0
    assert "orders written to" in made.stderr

    looked = run(
        "screen", orders, "--by", "shop", "--tally", "group", "--on", "2026-11-01",
        "--format", "json",
    )  # fmt: skip
    found = json.loads(looked.stdout)
    decided = json.loads(
        run("simulate", cases, "--keep", "group", "--keep", "shop", "--format", "json").stdout
    )
    by_group = {one["text"]: one for one in found["tallies"]}

    assert found["shops"] == decided["cases"] == 300
    assert set(by_group) == {"honest", "promotion", "brushing_crude", "brushing_careful"}
    assert by_group["brushing_crude"]["watched"] >= 1
    assert by_group["honest"]["shops"] > 240
    assert found["watched"][0]["shop"].startswith("S0")


def test_orders_need_shops_and_a_file_of_their_own(tmp_path: Path, checkout: Path) -> None:
    cases, orders = str(tmp_path / "cases.csv"), str(tmp_path / "orders.csv")
    none = run("population", "make", "--cases", "5", "--out", cases, "--orders", orders)
    file = str(checkout / "casebook" / "populations" / "shops.toml")
    same = run("population", "make", file, "--cases", "5", "--out", cases, "--orders", cases)

    bad = run(
        "population", "make", file, "--cases", "5", "--out", cases, "--orders", f"{orders}.txt"
    )

    assert (none.exit_code, same.exit_code, bad.exit_code) == (3, 2, 1)
    assert "LAW783" in none.stderr
    assert not list(tmp_path.iterdir())


def test_assumptions_on_orders_are_told(checkout: Path) -> None:
    file = str(checkout / "casebook" / "populations" / "shops.toml")
    told = run("population", "describe", file, "--lang", "en").stdout
    grounds = json.loads(run("population", "describe", file, "--format", "json").stdout)

    assert "orders of a shop: median 60.0, ratio 3.0" in told
    assert "once for each shop" in told
    assert [sort["sort"] for sort in grounds["groups"][2]["orders"]["sorts"]] == [
        "genuine", "brushed",
    ]  # fmt: skip
    assert grounds["groups"][0]["acts"] == 0


@pytest.mark.parametrize(("language", "word"), [("en", "assumed: "), ("zh", "假定: ")])
def test_assumptions_are_told_in_the_language_of_the_reader(
    checkout: Path, language: str, word: str
) -> None:
    file = str(checkout / "casebook" / "populations" / "network_cases.toml")
    told = run("population", "describe", file, "--lang", language)

    assert told.exit_code == 0
    assert told.stdout.count(word) > 15
    grounds = json.loads(run("population", "describe", file, "--format", "json").stdout)
    assert [group["group"] for group in grounds["groups"]] == ["publicity", "brushing"]


def test_mistakes_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    wrong, out = tmp_path / "wrong.toml", tmp_path / "out.parquet"
    wrong.write_text("title = 1", encoding="utf-8")
    made = run("population", "make", str(wrong), "--out", str(out))
    assert made.exit_code == 3
    assert "LAW691" in made.stderr

    missing = run("population", "describe", str(tmp_path / "none.parquet"))
    assert missing.exit_code == 1
    assert "LAW650" in missing.stderr
    unknown = run("population", "make", "--cases", "10", "--out", str(tmp_path / "x.txt"))
    assert unknown.exit_code == 1
    assert "LAW662" in unknown.stderr
    assert not out.exists()
