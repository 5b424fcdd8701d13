"""Bootstrap bounds, answers of offenders, published aggregates: each against plain arithmetic."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from lawengine.analysis import resampling
from lawengine.analysis.analysing import Analysed
from lawengine.analysis.extras import Extras, with_extras
from lawengine.analysis.published import least_below, most_at, published
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.resampling import bootstrap
from lawengine.analysis.response import behaviour
from lawengine.analysis.result import Bounds, Interval
from lawengine.base.label import LANGUAGES
from tests.analysing import DOUBLED, MILDER, Row, analysed, drawn, law, laws, written

ROWS = 160


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("cases") / "cases.parquet", drawn(ROWS))


@pytest.fixture(scope="module")
def run(table: Path) -> Analysed:
    return analysed(table, laws(DOUBLED, MILDER))


def told(found: tuple[Interval, ...]) -> dict[tuple[str, int], Interval]:
    return {(one.figure, one.side): one for one in found}


def test_bounds_hold_the_estimate_and_are_as_wide_as_chance(run: Analysed) -> None:
    found = bootstrap(run.ran, draws=2_000)
    figures = run.analysis.counts[0].whole.figures
    for side, one in enumerate(figures):
        interval = told(found.intervals)["fine.sum.low", side]
        assert interval.estimate == one.fine.sum.low
        assert interval.low < interval.estimate < interval.high
    kinds = run.ran.kinds
    lows = np.repeat(run.ran.layout.side(kinds.numbers, 0)[1], kinds.rows)
    width = 2 * 1.96 * lows.std() * np.sqrt(ROWS)
    interval = told(found.intervals)["fine.sum.low", 0]
    assert interval.high - interval.low == pytest.approx(width, rel=0.1)
    for text in LANGUAGES:
        assert "2,000" in found.method.text(text)


def test_the_seed_settles_it_and_the_order_of_rows_does_not(run: Analysed, tmp_path: Path) -> None:
    again = analysed(written(tmp_path / "b.parquet", drawn(ROWS)[::-1]), laws(DOUBLED, MILDER))
    one, two = bootstrap(run.ran, draws=200), bootstrap(again.ran, draws=200)
    assert one == two
    assert bootstrap(run.ran, draws=200, seed=2).intervals != one.intervals


def test_blocks_say_what_rows_say(run: Analysed, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = told(bootstrap(run.ran, draws=1_000).intervals)
    monkeypatch.setattr(resampling, "_KINDS", 1)
    dealt = bootstrap(run.ran, draws=1_000)
    assert "blocks" in dealt.method.en
    for key, one in told(dealt.intervals).items():
        assert one.estimate == exact[key].estimate
        # Most blocks are empty here, so that the width is rough.
        assert one.high - one.low == pytest.approx(
            exact[key].high - exact[key].low, rel=0.35, abs=0.02
        )


def test_clusters_of_one_row_are_rows_and_larger_ones_move_more(tmp_path: Path) -> None:
    rows: list[Row] = [
        {**row, "place": f"c{number // 20}"} for number, row in enumerate(drawn(ROWS))
    ]
    grouped: list[Row] = sorted(rows, key=lambda row: (str(row["kind"]), str(row["grave"])))
    grouped = [{**row, "place": f"c{number // 20}"} for number, row in enumerate(grouped)]
    path = written(tmp_path / "g.parquet", grouped)
    single = analysed(path, laws(), cluster="id")
    alike = analysed(path, laws(), cluster="place")
    plain = told(bootstrap(analysed(path, laws()).ran).intervals)["fine.sum.high", 0]
    ones = bootstrap(single.ran, cluster="id")
    assert ones.units == ROWS
    one = told(ones.intervals)["fine.sum.high", 0]
    many = told(bootstrap(alike.ran, cluster="place").intervals)["fine.sum.high", 0]
    assert one.high - one.low == pytest.approx(plain.high - plain.low, rel=0.15)
    assert many.high - many.low > 2 * (one.high - one.low)


def test_weights_count_in_every_draw(table: Path) -> None:
    found = analysed(table, laws(), weights="w")
    told_ = with_extras(found, Extras(draws=200), law(), weights="w").bootstrap
    assert told_ is not None
    assert told_.weights == "w"
    figures = found.analysis.counts[1].whole.figures[0]
    assert told(told_.intervals)["fine.sum.low", 0].estimate == figures.fine.sum.low
    share = told(told_.intervals)["fined.low", 0].estimate
    assert share == pytest.approx(figures.fined.low / figures.cases, abs=1e-6)


def test_what_cannot_be_drawn(run: Analysed, tmp_path: Path) -> None:
    for draws in (99, 100_001):
        with pytest.raises(RefusedError, match="draws were asked for"):
            bootstrap(run.ran, draws=draws)
    rows: list[Row] = [{**row, "place": "one"} for row in drawn(20)]
    alone = analysed(written(tmp_path / "one.parquet", rows), laws(), cluster="place")
    with pytest.raises(RefusedError, match="one cluster only"):
        bootstrap(alone.ran, cluster="place")


# --- behaviour ---


def test_without_a_change_of_law_nobody_answers(run: Analysed) -> None:
    found = behaviour(run.ran, -0.5)
    whole = run.analysis.counts[0].whole.figures[0]
    assert found.sides[0].violations == Bounds(whole.established.high or 0, whole.established.high)
    assert found.sides[0].factor == Bounds(1.0, 1.0)
    assert found.sides[0].fine.low == whole.fine.sum.low


def test_doubled_fines_with_an_elasticity_of_minus_one(tmp_path: Path) -> None:
    rows: list[Row] = [
        {**row, "kind": "fraud", "gain": 0, "grave": False, "ended_on": "2012-03-15"}
        for row in drawn(40)
    ]
    rows = [{**row, "decided_on": "2013-05-05"} for row in rows]
    found = analysed(written(tmp_path / "f.parquet", rows), laws(DOUBLED))
    one = behaviour(found.ran, -1.0).sides[1]
    assert one.violations == Bounds(20, 20)
    before = found.analysis.counts[0].whole.figures[0].fine.sum
    assert (one.fine.low, one.fine.high) == (before.low, before.high)
    assert one.unmoved == 0
    none = behaviour(found.ran, 0.0).sides[1]
    assert none.violations == Bounds(40, 40)


def test_an_elasticity_that_is_none(run: Analysed) -> None:
    for value in (float("nan"), float("inf"), 11.0, -10.5):
        with pytest.raises(RefusedError, match="is no elasticity"):
            behaviour(run.ran, value)


def test_behaviour_is_off_unless_asked_and_told_when_on(run: Analysed) -> None:
    off = with_extras(run, Extras(), law())
    assert off.behaviour is None
    assert {one.name: one.on for one in off.assumptions}["same_cases"]
    on = with_extras(run, Extras(elasticity=-0.4), law())
    assert on.behaviour is not None
    names = {one.name: one for one in on.assumptions}
    assert not names["same_cases"].on
    assert "-0.4 %" in names["elasticity"].text.en
    assert "-0.4%" in names["elasticity"].text.zh


# --- published aggregates ---


def test_how_many_lie_below_a_floor_by_brute_force() -> None:
    amounts = range(7)
    for cases in (1, 2, 3, 4):
        below: dict[int, int] = {}
        above: dict[int, int] = {}
        for one in product(amounts, repeat=cases):
            fewest = sum(x < 3 for x in one)
            below[sum(one)] = min(below.get(sum(one), cases), fewest)
            above[sum(one)] = max(above.get(sum(one), 0), sum(x >= 3 for x in one))
        for total, fewest in below.items():
            assert least_below(cases, total, 3) == fewest
            assert most_at(cases, total, 3) == above[total]


def test_the_shanghai_cases_of_2021() -> None:
    assert least_below(24, 4_280_000, 200_000) == 3
    assert least_below(24, 24 * 178_000, 200_000) == 3
    assert least_below(24, 24 * 200_000, 200_000) == 0


SHANGHAI = """
[aggregates.some]
title = { en = "some", zh = "若干" }
source = { en = "published", zh = "公布" }
cases = 10
total = 1_000
floor = 200
kinds = ["fraud"]
year = 2013
"""


def test_an_aggregate_beside_the_table(table: Path, tmp_path: Path) -> None:
    file = tmp_path / "published.toml"
    file.write_text(SHANGHAI, encoding="utf-8")
    found = analysed(table, laws(), hidden=("act.ended_on", "case.decided_on"))
    assert found.analysis.counts[0].by == ()
    (one,) = published(file, found.ran, law())
    assert "at least 5 of them lie below 200 yuan" in one.bounds[1].en
    assert "至少5件" in one.bounds[1].zh
    assert "not published" in one.bounds[1].en
    assert one.figures["mean_fen"] == 10_000
    # This small law names no fact for the kind of an act, so no rows can be told to be such cases.
    assert one.simulated is None
    file.write_text(SHANGHAI.replace('kinds = ["fraud"]', ""), encoding="utf-8")
    (one,) = published(file, found.ran, law())
    rows = [row for row in drawn(ROWS) if str(row["decided_on"]).startswith("2013")]
    of_2013 = analysed(written(tmp_path / "of.parquet", rows), laws()).analysis.counts[0].whole
    assert one.simulated is not None
    fine = of_2013.figures[0].fine
    assert one.simulated.low == round(fine.sum.low / fine.cases)
    assert one.simulated.open == fine.sum.open


@pytest.mark.parametrize(
    ("text", "code"),
    [("x", "LAW690"), ("[aggregates.a]\ncases = 3", "LAW691"), (None, "LAW401")],
)
def test_a_file_that_holds_no_aggregates(
    run: Analysed, tmp_path: Path, text: str | None, code: str
) -> None:
    file = tmp_path / "wrong.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError) as caught:
        published(file, run.ran, law())
    assert caught.value.diagnostic.code == code


def test_blocks_of_unequal_size_move_no_sum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = {"kind": "fraud", "gain": 0, "grave": False, "ended_on": "2012-03-15", "w": 1.0}
    rows: list[Row] = [{**row, **same, "decided_on": "2013-05-05"} for row in drawn(40)]
    found = analysed(written(tmp_path / "same.parquet", rows), laws())
    monkeypatch.setattr(resampling, "_KINDS", 0)
    interval = told(bootstrap(found.ran, draws=100).intervals)["fine.sum.low", 0]
    assert interval.low == interval.estimate == interval.high == 40 * 1_000
