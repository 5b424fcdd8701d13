"""Populations as files: written, described, reweighed, and decided."""

from pathlib import Path

import duckdb
import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError, open_table
from lawengine.columns.simulating import simulate
from lawengine.population.describing import QUANTILES, Described, describe
from lawengine.population.drawing import draw
from lawengine.population.margins import margins_of
from lawengine.population.raking import rake
from lawengine.population.refusal import RefusedError
from lawengine.population.specification import read_margins, read_specification
from lawengine.population.storing import GROUP, WEIGHT, write_population, write_weighted
from lawengine.workspace import shipped
from tests import small

ROWS = 3_000
NETWORK = shipped("casebook") / "populations" / "network_cases.toml"
ASSUMED = 'assumed = { en = "a", zh = "甲" }'
MARGINS = f"""
title = {{ en = "t", zh = "题" }}
[margins."act.kind"]
among = {{ false_publicity = 5, organising_fake_transactions = 4, organising_fake_reviews = 1 }}
{ASSUMED}
[margins."act.ended_on"]
years = {{ 2020 = 1, 2021 = 2, 2022 = 3, 2024 = 4 }}
{ASSUMED}
[margins."act.serious"]
among = {{ yes = 1, no = 9 }}
{ASSUMED}
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("population") / "cases.parquet"
    found, _ = read_specification(NETWORK, small.shipped().vocabulary)
    assert found is not None
    assert write_population(
        path, found, small.shipped(), draw(found, small.shipped(), ROWS, 5)
    ) == (ROWS, 0)
    return path


def described(path: Path) -> dict[str, Described]:
    with open_table(path, small.shipped(), (), (GROUP,)) as table:
        return {one.fact.path: one for one in describe(table)}


def test_a_population_is_decided_to_the_last_row(cases: Path) -> None:
    found = simulate(cases, Simulator(small.shipped()), None, (GROUP,))

    assert found.totals.rows == ROWS
    assert found.totals.flags["hit"] == ROWS
    assert found.totals.flags["undetermined"] == 0


def test_what_was_drawn_stands_in_the_file(cases: Path) -> None:
    told = described(cases)

    kinds = dict(told["act.kind"].counts)
    assert {*kinds} == {
        "false_publicity", "organising_fake_transactions", "organising_fake_reviews"
    }  # fmt: skip
    assert sum(kinds.values()) == ROWS
    assert [year for year, _ in told["act.ended_on"].counts] == ["2020", "2021", "2022", "2024"]
    assert [word for word, _ in told["act.serious"].counts] == ["no", "yes"]
    gain = told["act.illegal_gain"]
    assert 0.55 * ROWS < gain.known < 0.65 * ROWS
    assert len(gain.quantiles) == len(QUANTILES)
    assert list(gain.quantiles) == sorted(gain.quantiles)
    with duckdb.connect() as database:
        sums = database.execute(
            f'SELECT sum("act.illegal_gain"), max("act.illegal_gain") FROM \'{cases}\''
        ).fetchall()
    assert (gain.total, gain.quantiles[-1]) == sums[0]


def weighted(cases: Path, tmp_path: Path, margins: str) -> Path:
    (tmp_path / "m.toml").write_text(margins, encoding="utf-8")
    wanted, problems = read_margins(tmp_path / "m.toml", small.shipped().vocabulary)
    assert wanted is not None, [d.message("en") for d in problems]
    out = tmp_path / "weighted.parquet"
    with open_table(cases, small.shipped(), (), (GROUP,)) as table:
        write_weighted(out, table, rake(margins_of(wanted, table), table.rows).weights)
    return out


def test_weights_give_the_file_the_shares_of_the_margins(cases: Path, tmp_path: Path) -> None:
    out = weighted(cases, tmp_path, MARGINS)

    with duckdb.connect() as database:

        def shares(by: str) -> dict[object, float]:
            sql = f"SELECT {by} AS k, sum({WEIGHT}) / {ROWS} FROM '{out}' GROUP BY k"
            return dict(database.execute(sql).fetchall())

        assert shares('"act.kind"') == pytest.approx({
            "false_publicity": 0.5, "organising_fake_transactions": 0.4,
            "organising_fake_reviews": 0.1,
        }, abs=1e-6)  # fmt: skip
        assert shares('year("act.ended_on")') == pytest.approx(
            {2020: 0.1, 2021: 0.2, 2022: 0.3, 2024: 0.4}, abs=1e-6
        )
        assert shares('"act.serious"') == pytest.approx({True: 0.1, False: 0.9}, abs=1e-6)
        kept = database.execute(f"SELECT * EXCLUDE ({WEIGHT}) FROM '{out}'").fetchall()
        assert kept == database.execute(f"SELECT * FROM '{cases}'").fetchall()


@pytest.mark.parametrize(
    ("margins", "code"),
    [
        (MARGINS.replace("2024 = 4", "2023 = 4"), "LAW701"),
        (MARGINS.replace(", 2024 = 4", ""), "LAW702"),
        (MARGINS.replace('"act.serious"', '"act.grave_consequences"'), "LAW704"),
    ],
)
def test_margins_that_do_not_fit_the_table(
    cases: Path, tmp_path: Path, margins: str, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        weighted(cases, tmp_path, margins)
    assert refused.value.diagnostic.code == code
    assert not (tmp_path / "weighted.parquet").exists()


def test_a_margin_over_a_fact_that_is_not_known_everywhere(cases: Path, tmp_path: Path) -> None:
    holes = tmp_path / "holes.parquet"
    with duckdb.connect() as database:
        database.execute(
            f'COPY (SELECT * REPLACE (CASE WHEN "act.serious" THEN NULL ELSE false END AS '
            f"\"act.serious\") FROM '{cases}') TO '{holes}'"
        )
    with pytest.raises(RefusedError) as refused:
        weighted(holes, tmp_path, MARGINS)
    assert refused.value.diagnostic.code == "LAW705"


@pytest.mark.parametrize(
    ("margins", "codes"),
    [
        (MARGINS.replace("among = { yes = 1, no = 9 }", "between = [0, 1]"), ["LAW693"]),
        (MARGINS.replace('"act.kind"', '"act.kint"'), ["LAW692"]),
        (MARGINS.replace(ASSUMED, "", 1), ["LAW698"]),
        ("title = 1", ["LAW691", "LAW691"]),
    ],
)
def test_a_file_of_margins_with_a_mistake(tmp_path: Path, margins: str, codes: list[str]) -> None:
    (tmp_path / "m.toml").write_text(margins, encoding="utf-8")
    wanted, problems = read_margins(tmp_path / "m.toml", small.shipped().vocabulary)

    assert wanted is None
    assert [problem.code for problem in problems] == codes


def test_a_population_goes_nowhere_else_than_parquet_and_csv(tmp_path: Path) -> None:
    found, _ = read_specification(NETWORK, small.shipped().vocabulary)
    assert found is not None
    with pytest.raises(TableError):
        write_population(
            tmp_path / "cases.txt", found, small.shipped(), draw(found, small.shipped(), 5, 1)
        )
    assert list(tmp_path.iterdir()) == []


def test_csv_and_parquet_hold_the_same(tmp_path: Path) -> None:
    found, _ = read_specification(NETWORK, small.shipped().vocabulary)
    assert found is not None
    told = []
    for suffix in ("csv", "parquet"):
        path = tmp_path / f"cases.{suffix}"
        write_population(path, found, small.shipped(), draw(found, small.shipped(), 300, 1))
        told.append(described(path))

    assert told[0] == told[1]


def test_the_assumptions_that_are_shipped_say_where_each_figure_is_from() -> None:
    found, _ = read_specification(NETWORK, small.shipped().vocabulary)
    assert found is not None
    for group in found.groups:
        assert bool(group.source) is not bool(group.assumed)
        for one in group.draws:
            assert bool(one.source) is not bool(one.assumed)
    used = {group.source for group in found.groups}
    used |= {one.source for group in found.groups for one in group.draws}
    assert used - {""} == {*found.sources}
