"""Before and after: every figure against a naive count over rows, and what must not matter."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lawengine.analysis.analysing import Analysed
from lawengine.analysis.exact import Scale, dot, number
from lawengine.analysis.result import Analysis, Bounds, Change, Figures, as_plain
from lawengine.analysis.sides import Law
from lawengine.columns import files, simulating
from lawengine.columns.engine import Simulator
from lawengine.columns.files import open_table
from lawengine.columns.results import Results
from lawengine.model.measures import MeasureKind
from tests import analysing
from tests.analysing import (
    CUP,
    DOUBLED,
    KEPT,
    LATE,
    MILDER,
    Row,
    analysed,
    drawn,
    law,
    laws,
    written,
)

ROWS = 200


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("cases") / "cases.parquet", drawn(ROWS))


@pytest.fixture(scope="module")
def whole(table: Path) -> Analysed:
    every = laws(DOUBLED, MILDER, CUP, LATE)
    return analysed(table, every, by=("place", "act.kind", "gain"), weights="w", gains=True)


_FOUND: dict[str, Results] = {}


def results(table: Path, side: Law) -> Results:
    if side.name not in _FOUND:
        _FOUND[side.name] = answered(table, side)
    return _FOUND[side.name]


def answered(table: Path, side: Law) -> Results:
    simulator = Simulator(side.rulebook)
    with open_table(table, side.rulebook, simulator.read, KEPT) as opened:
        batch, _ = opened.batch(0, opened.rows)
    return simulator.answer(batch)


def pays(found: Results, row: int) -> tuple[int, int | None, int, int | None]:
    """Return both ends of the fine and of what is taken, None where nobody knows."""
    kinds = found.layout.kinds
    place = kinds.index(MeasureKind.CONFISCATE) if MeasureKind.CONFISCATE in kinds else -1
    must = place >= 0 and int(found.must()[row]) >> place & 1
    undetermined = bool(found.has("undetermined")[row])
    high = None if undetermined or found.has("open_ceiling")[row] else int(found.fine_high[row])
    low = 0 if found.has("may_fine")[row] else int(found.fine_low[row])
    taken = None if undetermined or found.has("open_sum")[row] else int(found.confiscated[row])
    surely = int(found.confiscated[row]) if must and not found.has("branched")[row] else 0
    return low, high, surely if taken is not None else 0, taken


@pytest.mark.parametrize("weighted", [False, True])
def test_sums_are_those_of_the_rows_one_by_one(
    table: Path, whole: Analysed, weighted: bool
) -> None:
    every = laws(DOUBLED, MILDER, CUP, LATE)
    weights = [Fraction(str(row["w"])) if weighted else Fraction(1) for row in drawn(ROWS)]
    for side, told in zip(every, whole.analysis.counts[weighted].whole.figures, strict=True):
        found = results(table, side)
        rows = [pays(found, row) for row in range(ROWS)]
        assert told.cases == sum(weights)
        for low_at, told_one in ((0, told.fine), (2, told.confiscation)):
            lows = [row[low_at] or 0 for row in rows]
            highs = [row[low_at + 1] for row in rows]
            pairs = list(zip(weights, highs, strict=True))
            assert told_one.sum == Bounds(
                round(sum(w * x for w, x in zip(weights, lows, strict=True))),
                round(sum(w * x for w, x in pairs if x is not None)),
                number(sum((w for w, x in pairs if x is None), Fraction(0))),
            )
        fined = [w for w, row in zip(weights, rows, strict=True) if row[1] is None or row[1]]
        assert told.fined.high == sum(fined)
        assert told.fine.cases == sum(fined)


def test_quantiles_are_values_of_cases(table: Path, whole: Analysed) -> None:
    found = results(table, laws()[0])
    rows = [pays(found, row) for row in range(ROWS)]
    fined = [row for row in rows if row[1] is None or row[1]]
    lows = sorted(row[0] for row in fined)
    told = {q.share: q.amount for q in whole.analysis.counts[0].whole.figures[0].fine.quantiles}
    for share in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)):
        least = next(x for x in lows if sum(y <= x for y in lows) >= share * len(lows))
        assert told[float(share)].low == least
    unknown = sum(row[1] is None for row in fined)
    assert unknown
    assert told[1.0].high is None


def test_bins_hold_every_case_with_a_known_end(whole: Analysed) -> None:
    for figures in whole.analysis.counts[0].whole.figures:
        bins = figures.fine.bins
        assert sum(one.by_low for one in bins) == figures.fine.cases
        assert sum(one.by_high for one in bins) == figures.fine.cases - figures.fine.sum.open
        assert all(one.until == two.since for one, two in pairwise(bins))


def test_who_fares_how_is_told_of_both_ends(table: Path, whole: Analysed) -> None:
    before = results(table, laws()[0])
    after = results(table, laws(DOUBLED)[1])
    change = whole.analysis.counts[0].whole.changes[0]
    counted = dict.fromkeys(("unchanged", "worse"), 0)
    for row in range(ROWS):
        one, two = pays(before, row), pays(after, row)
        if None in (*one, *two):
            continue
        counted["unchanged" if one == two else "worse"] += 1
        assert two[0] >= one[0]
    assert change.worse >= counted["worse"] > 0
    assert change.unchanged >= counted["unchanged"] > 0
    assert change.better == change.better_surely == 0
    total = (change.unchanged, change.worse, change.worse_surely, change.undecided)
    assert sum(total) == ROWS


def test_doubling_the_bands_doubles_the_fines(whole: Analysed) -> None:
    one, two = whole.analysis.counts[0].whole.figures[:2]
    assert two.fine.sum.low == 2 * one.fine.sum.low > 0
    assert two.fine.sum.high == 2 * (one.fine.sum.high or 0)
    assert two.fine.sum.open == one.fine.sum.open
    for before, after in zip(one.fine.quantiles, two.fine.quantiles, strict=True):
        assert after.amount.low == 2 * before.amount.low
    change = whole.analysis.counts[0].whole.changes[0]
    assert change.floors == one.fine.sum.low


def test_measures_that_come_and_go(whole: Analysed) -> None:
    change = whole.analysis.counts[0].whole.changes[1]
    moved = {one.kind: (one.gained, one.lost) for one in change.measures}
    figures = whole.analysis.counts[0].whole.figures[0]
    taken = next(one.must for one in figures.measures if one.kind == "confiscate")
    assert moved["confiscate"] == (0, taken)
    assert moved["warn"][0] > 0
    assert change.losers == 0
    assert change.winners > 0


def test_a_reform_that_changes_nothing_changes_nothing(table: Path) -> None:
    one = analysed(table, [*laws(), replace(laws()[0], name="same")])
    change = one.analysis.counts[0].whole.changes[0]
    assert change == Change(0, 0, ROWS, 0, 0, 0, 0, 0, 0, 0, ())
    before, after = one.analysis.counts[0].whole.figures
    assert before == after


def test_a_reform_out_of_reach_changes_nothing_and_says_so(whole: Analysed) -> None:
    change = whole.analysis.counts[0].whole.changes[3]
    assert change == Change(0, 0, ROWS, 0, 0, 0, 0, 0, 0, 0, ())
    assert [d.code for d in whole.diagnostics] == ["LAW713"]
    assert "2030-01-01" in whole.diagnostics[0].message("zh")


def test_every_span_of_days_that_a_reform_changes_is_named(table: Path) -> None:
    early = "  amend GEN.fraud version on 2005-01-01 as if always\n    then fine 1 to 2 yuan\n"
    of_a_day = [replace(one, day=datetime.date(2015, 6, 1)) for one in laws(f"{LATE}{early}")]

    (warned,) = analysed(table, of_a_day).diagnostics

    told = "changes the law from 2000-01-01 to 2009-12-31 and from 2030-01-01 on, the cases run"
    assert told in warned.message("en")
    assert "改变2000-01-01至2009-12-31、2030-01-01起的法律" in warned.message("zh")


def test_cases_without_a_day_may_be_reached(tmp_path: Path) -> None:
    rows: list[Row] = [{**row, "ended_on": None} for row in drawn(5)]
    table = written(tmp_path / "undated.parquet", [*drawn(5), *rows])
    assert analysed(table, laws(LATE)).diagnostics == ()


def without_place(analysis: Analysis) -> object:
    return as_plain(replace(analysis, data=replace(analysis.data, name="", hash="")))


def test_neither_order_nor_batches_matter(
    whole: Analysed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = drawn(ROWS)
    random.Random(7).shuffle(rows)  # noqa: S311 - no secret
    every = laws(DOUBLED, MILDER, CUP, LATE)
    monkeypatch.setattr(files, "BATCH", 47)
    shuffled = written(tmp_path / "shuffled.parquet", rows)
    again = analysed(shuffled, every, by=("place", "act.kind", "gain"), weights="w", gains=True)
    assert without_place(again.analysis) == without_place(whole.analysis)
    assert np.array_equal(again.ran.kinds.numbers, whole.ran.kinds.numbers)


def test_weights_of_one_are_no_weights(tmp_path: Path) -> None:
    rows: list[Row] = [{**row, "w": 1.0} for row in drawn(60)]
    found = analysed(
        written(tmp_path / "ones.parquet", rows), laws(DOUBLED), by=("place",), weights="w"
    )
    plain, weighted = found.analysis.counts
    assert replace(weighted, weights="") == plain


def test_groups_sum_to_the_whole(whole: Analysed) -> None:
    for count in whole.analysis.counts:
        for breakdown in count.by:
            parts = sums([group.figures for group in breakdown.groups])
            rounding = len(breakdown.groups) if count.weights else 0
            for one, two in zip(parts, sums([count.whole.figures]), strict=True):
                assert abs(one - two) <= rounding
            for at in range(4):
                losers = sum(Fraction(group.changes[at].losers) for group in breakdown.groups)
                assert losers == Fraction(count.whole.changes[at].losers)
    by_place = whole.analysis.counts[0].by[0]
    assert [group.name for group in by_place.groups] == ["north", "south", "苏州", ""]
    kinds = [group.name for group in whole.analysis.counts[0].by[1].groups]
    assert kinds == ["fraud", "clutter", "fine_print", ""]


def sums(every: Sequence[Sequence[Figures]]) -> list[Fraction]:
    return [
        sum((Fraction(group[0].cases) for group in every), Fraction(0)),
        sum((Fraction(group[2].confiscation.sum.open) for group in every), Fraction(0)),
        sum((Fraction(group[1].fine.sum.low) for group in every), Fraction(0)),
        sum((Fraction(group[3].fine.sum.high or 0) for group in every), Fraction(0)),
    ]


def test_sums_beyond_64_bits_do_not_wrap() -> None:
    weights = np.array([2**40, 3, 2**52], np.int64)
    values = np.array([2**62 - 5, -(2**61), 10**18], np.int64)
    pairs = zip(weights.tolist(), values.tolist(), strict=True)
    assert dot(weights, values) == sum(w * x for w, x in pairs)
    assert dot(weights[:0], values[:0]) == 0
    assert Scale(weights[:0], 1).quantiles(values[:0], (50,)) == [0]


def test_the_same_law_is_answered_once(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = simulating.answered

    def counted(simulator: Simulator, batch: object, start: int) -> Results:
        asked.append(start)
        return real(simulator, batch, start)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(simulating, "answered", counted)
    analysed(table, [*laws(), replace(laws()[0], name="same")])
    assert asked == [0]
    assert law() is analysing.law()
