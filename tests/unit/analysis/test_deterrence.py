"""Deterrence: the probability at which a violation stops paying, against the plain arithmetic."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lawengine.analysis.gains import NEVER, NO_GAIN, gain_numbers
from lawengine.analysis.outcomes import WIDTH, At, Bit, Whole
from lawengine.analysis.result import Bounds
from lawengine.analysis.sides import Law
from lawengine.analysis.versions import case_deterrence, p_star
from lawengine.base.label import Label
from lawengine.casebook import CaseFile, read_case
from lawengine.columns.table import Column
from tests import small
from tests.analysing import DOUBLED, analysed, drawn, laws, written


def outcome(low: int, high: int, taken: int, *, open_: bool = False) -> Whole:
    found = np.zeros((WIDTH, 1), np.int64)
    found[At.BITS] = 1 << Bit.ESTABLISHED | int(open_) << Bit.FINE_OPEN
    found[At.LOW], found[At.HIGH] = low, high
    found[At.TAKEN_LOW] = found[At.TAKEN_HIGH] = taken
    return found


@pytest.mark.parametrize("gain", [1, 7, 999, 10**6, 10**17])
@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (1, 3), (500, 500), (200_000, 10**6), (0, 10**16)]
)
@pytest.mark.parametrize("taken", [False, True])
def test_a_violation_pays_below_p_star_and_not_above(
    gain: int, low: int, high: int, taken: bool
) -> None:
    cost = gain if taken else 0
    column = Column(np.array([gain], np.int64))
    least, most = gain_numbers(outcome(low, high, cost), column)[:, 0].tolist()
    for p in (0, 1, 10, 500, 999, 1_000):
        chance = Fraction(p, 1_000)
        assert (least > p) is (gain > chance * (high + cost))
        assert (most > p) is (gain > chance * (low + cost))
    assert NO_GAIN < least <= most <= NEVER


def test_rows_without_a_gain_or_without_an_end() -> None:
    gains = Column(np.array([0], np.int64))
    assert gain_numbers(outcome(1, 2, 0), gains).tolist() == [[NO_GAIN], [NO_GAIN]]
    assert gain_numbers(outcome(1, 2, 0), None).tolist() == [[NO_GAIN], [NO_GAIN]]
    some = Column(np.array([5], np.int64))
    assert gain_numbers(outcome(10, 20, 0, open_=True), some).tolist() == [[0], [500]]
    unknown = Column(np.array([5], np.int64), np.array([False]))
    assert gain_numbers(outcome(1, 2, 0), unknown)[0, 0] == NO_GAIN


def test_doubled_fines_halve_what_pays(tmp_path: Path) -> None:
    table = written(tmp_path / "cases.parquet", drawn(120))
    told = analysed(table, laws(DOUBLED), gains=True).analysis.deterrence
    assert told is not None
    before, after = told.sides
    assert before.known == after.known > 0
    for one, two in zip(before.pays, after.pays, strict=True):
        assert one.cases is not None
        assert two.cases is not None
        assert two.cases.low <= one.cases.low <= (one.cases.high or 0)
        assert (two.cases.high or 0) <= (one.cases.high or 0)
    violated = before.known + before.without_gain
    whole = analysed(table, laws(DOUBLED)).analysis.counts[0].whole.figures[0]
    assert violated == whole.established.high


@pytest.fixture(scope="module")
def henan(checkout: Path) -> CaseFile:
    found = read_case(checkout / "casebook" / "henan-brushing-2016.yaml", small.shipped()).case
    assert found is not None
    return found


def test_the_henan_case_under_every_version(henan: CaseFile) -> None:
    law = Law("law", Label("law"), small.shipped())
    found, problems = case_deterrence(henan, [law])
    assert problems == ()
    assert [one.party for one in found] == ["agency-a", "agency-b"]
    rows = found[0].versions
    assert rows[0].applied
    assert rows[0].fine == Bounds(0, 20_000_000)
    assert rows[0].may_be_left_out
    assert [row.since for row in rows[1:]] == [
        "1993-12-01", "2018-01-01", "2019-04-23", "2025-10-15"
    ]  # fmt: skip
    assert [row.confiscated for row in rows] == ["no", "no", "no", "no", "yes"]
    half = {row.since: row.pays[3].gain for row in rows}
    assert half["2019-04-23"] == Bounds(10_000_000, 100_000_000)
    assert half["2025-10-15"] == Bounds(0, 200_000_000)
    assert rows[-1].pays[-1].gain is None
    # The gain of 8.5 million is an assumption of the file: 42 times the cap of that day.
    assumed = rows[0].thresholds[0]
    assert assumed.p_star == Bounds(42.5, None)
    assert "assumption" in assumed.gain_basis.en


def test_a_gain_that_nobody_knows_has_no_p_star(henan: CaseFile) -> None:
    bare = CaseFile(henan.facts, henan.title)
    found, _ = case_deterrence(bare, [Law("law", Label("law"), small.shipped())])
    threshold = found[0].versions[0].thresholds[0]
    assert threshold.gain is None
    assert threshold.p_star is None
    assert found[0].versions[0].pays[0].gain == Bounds(0, 200_000)


@pytest.mark.parametrize(
    ("fine", "taken", "expected"),
    [
        (Bounds(100, 400), "no", Bounds(0.25, 1.0)),
        (Bounds(100, 400), "yes", Bounds(0.2, 0.5)),
        (Bounds(100, 400), "open", Bounds(0.2, 1.0)),
        (Bounds(0, 400), "no", Bounds(0.25, None)),
        (Bounds(100, None), "no", Bounds(0.0, 1.0)),
        (Bounds(0, 0), "no", Bounds(1.0, None)),
    ],
)
def test_p_star_of_a_range(fine: Bounds, taken: str, expected: Bounds) -> None:
    assert p_star(100, fine, taken) == expected


def test_p_star_is_rounded_outward() -> None:
    assert p_star(1, Bounds(3, 3), "no") == Bounds(0.333333, 0.333334)
