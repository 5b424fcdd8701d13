"""A bare number in front of an amount is read in the unit of that amount."""

from __future__ import annotations

import pytest

from lawengine.model.expressions import Constant
from lawengine.model.measures import Measure
from tests import small

RULE = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    then fine {band}
"""


@pytest.mark.parametrize(
    ("band", "fen"),
    [
        ("1 to 200 fen", (1, 200)),
        ("10 to 20 fen", (10, 20)),
        ("10 to 20 yuan", (10_00, 20_00)),
        ("1 to 5万元", (10_000_00, 50_000_00)),
        ("0.5 to 1亿元", (50_000_000_00, 100_000_000_00)),
        ("50 fen to 2 yuan", (50, 2_00)),
        ("1万元 to 50_000 yuan", (10_000_00, 50_000_00)),
    ],
)
def test_both_ends_have_the_unit_of_the_last(band: str, fen: tuple[int, int]) -> None:
    (measure,) = small.rulebook(RULE.format(band=band)).rules["R"].versions[0].consequences
    assert isinstance(measure, Measure)
    ((_, found),) = measure.bands

    assert isinstance(found.low, Constant)
    assert isinstance(found.high, Constant)
    assert (found.low.value, found.high.value) == fen


@pytest.mark.parametrize("band", ["10_000 to 5万元", "0.5 to 1 fen"])
def test_what_the_unit_does_not_fit_is_no_range(band: str) -> None:
    assert small.lowered(RULE.format(band=band)).diagnostics
