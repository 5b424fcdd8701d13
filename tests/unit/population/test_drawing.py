"""Drawn rows hold to the assumptions, and to their seed."""

import datetime
from pathlib import Path

import numpy as np
import pytest

from lawengine.columns.table import EPOCH, Table
from lawengine.population import drawing
from lawengine.population.drawing import CHUNK, Drawn, draw
from lawengine.population.refusal import RefusedError
from lawengine.population.specification import Specification, read_specification
from lawengine.workspace import shipped
from tests import small

NETWORK = shipped("casebook") / "populations" / "network_cases.toml"
ASSUMED = 'assumed = { en = "a", zh = "甲" }'
HEAD = f"""
title = {{ en = "t", zh = "题" }}
[groups.g]
title = {{ en = "g", zh = "组" }}
weight = 1
{ASSUMED}
"""


def specification(tmp_path: Path, facts: str) -> Specification:
    path = tmp_path / "p.toml"
    path.write_text(HEAD + facts, encoding="utf-8")
    found, problems = read_specification(path, small.shipped().vocabulary)
    assert found is not None, [d.message("en") for d in problems]
    return found


def rows(found: Specification, number: int, seed: int = 1) -> Table:
    (only,) = draw(found, small.shipped(), number, seed)
    return only.table


def test_the_shipped_population_is_drawn_within_the_bounds_of_the_vocabulary() -> None:
    found, problems = read_specification(NETWORK, small.shipped().vocabulary)
    assert problems == ()
    assert found is not None
    (only,) = draw(found, small.shipped(), 20_000, 7)
    columns = only.table.columns

    assert {*columns} == {*found.paths()}
    brushing = np.mean(only.groups == 1)
    assert 0.19 < brushing < 0.21
    years = columns["act.ended_on"].values.astype("datetime64[D]").astype("datetime64[Y]")
    counted = dict(zip(*np.unique(years.astype(int) + 1970, return_counts=True), strict=True))
    assert {*counted} == {2020, 2021, 2022, 2024}
    assert abs(counted[2022] / 20_000 - 9_069 / 33_477) < 0.01
    gain = columns["act.illegal_gain"]
    assert gain.known is not None
    assert 0.58 < gain.known.mean() < 0.62
    turnover = columns["act.turnover"].values.astype(np.int64)
    shares = gain.values.astype(np.int64) / np.maximum(turnover, 1)
    assert shares.max() <= 0.30
    assert shares[turnover > 1_000_000].min() >= 0.0199


def test_lognormal_amounts_have_their_median_and_spread(tmp_path: Path) -> None:
    how = "lognormal = { median = 20_000, ratio = 4.0, most = 100_000_000 }"
    found = specification(tmp_path, f'[facts."act.turnover"]\n{how}\n{ASSUMED}\n')
    fen = rows(found, 50_000).columns["act.turnover"].values.astype(np.int64)

    low, middle, high = np.quantile(fen / 100, [0.1587, 0.5, 0.8413])
    assert middle == pytest.approx(20_000, rel=0.03)
    assert (low, high) == (pytest.approx(5_000, rel=0.05), pytest.approx(80_000, rel=0.05))
    assert (fen % 100 == 0).all()


def same(one: Drawn, other: Drawn) -> bool:
    return np.array_equal(one.groups, other.groups) and all(
        np.array_equal(column.values, other.table.columns[path].values)
        for path, column in one.table.columns.items()
    )


def test_one_seed_gives_the_same_rows_and_another_gives_others() -> None:
    found, _ = read_specification(NETWORK, small.shipped().vocabulary)
    assert found is not None
    book = small.shipped()
    (first,), (again,), (other,) = (list(draw(found, book, 500, seed)) for seed in (3, 3, 4))

    assert same(first, again)
    assert not same(first, other)


def test_fewer_rows_are_the_first_of_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHUNK == 1 << 18, "part of what a seed means"
    monkeypatch.setattr(drawing, "CHUNK", 100)
    found = specification(tmp_path, f'[facts."act.turnover"]\nbetween = [0, 999]\n{ASSUMED}\n')
    few = [
        part.table.columns["act.turnover"].values for part in draw(found, small.shipped(), 150, 1)
    ]
    many = [
        part.table.columns["act.turnover"].values for part in draw(found, small.shipped(), 300, 1)
    ]

    assert [len(part) for part in few] == [100, 50]
    assert np.array_equal(np.concatenate(few), np.concatenate(many)[:150])
    assert not np.array_equal(many[0], many[1])


def test_a_further_fact_changes_no_other(tmp_path: Path) -> None:
    one = f'[facts."act.turnover"]\nbetween = [0, 999]\n{ASSUMED}\n'
    more = one + f'[facts."act.serious"]\namong = {{ yes = 1, no = 2 }}\n{ASSUMED}\n'
    first = rows(specification(tmp_path, one), 200).columns["act.turnover"].values
    second = rows(specification(tmp_path, more), 200).columns["act.turnover"].values

    assert np.array_equal(first, second)


def test_days_of_a_year_begin_and_end_with_it(tmp_path: Path) -> None:
    found = specification(tmp_path, f'[facts."act.ended_on"]\nyears = {{ 2024 = 1 }}\n{ASSUMED}\n')
    days = rows(found, 20_000).columns["act.ended_on"].values.astype(int)

    first, last = (datetime.date.fromordinal(int(d) + EPOCH) for d in (days.min(), days.max()))
    assert (first, last) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


def test_what_leaves_the_bounds_of_the_vocabulary_is_refused(tmp_path: Path) -> None:
    found = specification(
        tmp_path,
        f'[facts."act.ended_on"]\nyears = {{ 2024 = 1 }}\n{ASSUMED}\n'
        f'[facts."act.began_on"]\nafter = {{ fact = "act.ended_on", days = [1, 1] }}\n{ASSUMED}\n',
    )
    with pytest.raises(RefusedError) as refused:
        rows(found, 10)
    assert refused.value.diagnostic.code == "LAW700"
    assert "10 values drawn for `act.ended_on`" in refused.value.diagnostic.message("en")
