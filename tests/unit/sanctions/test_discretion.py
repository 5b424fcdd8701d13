"""Steps of discretion: where each begins and ends, to the fen, and which one is called for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lawengine.base.calendar import Rounding
from lawengine.model.measures import EffectKind, Modality
from lawengine.model.standards import DiscretionStep, Share
from lawengine.sanctions.discretion import (
    Ground,
    StepRange,
    called,
    part_of,
    point_in,
    ranges,
    step_of,
)

THIRTY = Share(Fraction(3, 10), Rounding.DOWN)
NONE, REDUCED, LIGHTER, ORDINARY, HEAVIER = DiscretionStep
MUST, MAY = Modality.MUST, Modality.MAY


def shown(found: tuple[StepRange, ...]) -> list[tuple[str, int, int]]:
    return [(one.step.name.lower(), one.low, one.high) for one in found]


def test_a_band_is_cut_at_thirty_and_seventy_percent_to_the_fen() -> None:
    found = ranges(20_000_000, 100_000_000, THIRTY, THIRTY)

    assert shown(found) == [
        ("reduced", 1, 19_999_999),
        ("lighter", 20_000_000, 44_000_000),
        ("ordinary", 44_000_001, 75_999_999),
        ("heavier", 76_000_000, 100_000_000),
    ]


@pytest.mark.parametrize(
    ("fen", "step"),
    [
        (19_999_999, REDUCED),
        (20_000_000, LIGHTER),
        (44_000_000, LIGHTER),
        (44_000_001, ORDINARY),
        (75_999_999, ORDINARY),
        (76_000_000, HEAVIER),
        (100_000_000, HEAVIER),
        (100_000_001, None),
        (0, None),
    ],
)
def test_each_end_belongs_to_its_step(fen: int, step: DiscretionStep | None) -> None:
    assert step_of(fen, ranges(20_000_000, 100_000_000, THIRTY, THIRTY)) is step


def test_a_band_without_a_floor_begins_at_nothing_and_has_no_reduced_step() -> None:
    found = ranges(None, 100_000_000, THIRTY, THIRTY)

    assert shown(found) == [
        ("lighter", 1, 30_000_000),
        ("ordinary", 30_000_001, 69_999_999),
        ("heavier", 70_000_000, 100_000_000),
    ]


@pytest.mark.parametrize(
    ("rounding", "end"), [(Rounding.DOWN, 130), (Rounding.UP, 131), (Rounding.HALF_EVEN, 130)]
)
def test_parts_of_a_fen_are_rounded_as_written(rounding: Rounding, end: int) -> None:
    share = Share(Fraction(3, 10), rounding)  # 30 % of 101 fen are 30.3

    assert part_of(share, 101) == end - 100
    assert shown(ranges(100, 201, share, None))[1] == ("lighter", 100, end)


def test_half_a_fen_goes_to_the_even_one() -> None:
    half = Share(Fraction(1, 2), Rounding.HALF_EVEN)

    assert [part_of(half, width) for width in (1, 3, 5)] == [0, 2, 2]


def test_a_fixed_amount_has_no_steps_but_the_one_below_it() -> None:
    assert shown(ranges(50_000, 50_000, THIRTY, THIRTY)) == [("reduced", 1, 49_999)]
    assert ranges(1, 1, THIRTY, THIRTY) == ()


def test_in_a_narrow_band_no_fen_is_of_two_steps() -> None:
    up = Share(Fraction(49, 100), Rounding.UP)

    assert shown(ranges(10, 11, up, up))[1:] == [("lighter", 10, 11)]
    assert shown(ranges(10, 11, THIRTY, THIRTY))[1:] == [("lighter", 10, 10), ("heavier", 11, 11)]
    assert shown(ranges(None, 2, THIRTY, THIRTY)) == [("ordinary", 1, 1), ("heavier", 2, 2)]


def test_a_step_that_no_standard_sets_takes_nothing_from_the_ordinary_one() -> None:
    below, above = ranges(100, 200, THIRTY, None), ranges(100, 200, None, THIRTY)

    assert shown(below)[1:] == [("lighter", 100, 130), ("ordinary", 131, 200)]
    assert shown(above)[1:] == [("ordinary", 100, 169), ("heavier", 170, 200)]


def test_the_point_lies_in_its_step() -> None:
    ordinary = ranges(20_000_000, 100_000_000, THIRTY, THIRTY)[2]

    assert point_in(ordinary, Share(Fraction(1, 2), Rounding.DOWN)) == 60_000_000
    assert point_in(ordinary, Share(Fraction(0), Rounding.DOWN)) == ordinary.low
    assert point_in(ordinary, Share(Fraction(1), Rounding.UP)) == ordinary.high


LIGHTEN = (EffectKind.LIGHTER, MUST)
MAY_LIGHTEN = (EffectKind.LIGHTER, MAY)
EITHER = (EffectKind.LIGHTER_OR_REDUCED, MUST)
REDUCE = (EffectKind.REDUCED, MUST)
AGGRAVATE = (EffectKind.HEAVIER, MUST)
MAY_AGGRAVATE = (EffectKind.HEAVIER, MAY)
EXEMPT = (EffectKind.NO_PENALTY, MUST)
MAY_EXEMPT = (EffectKind.NO_PENALTY, MAY)


@pytest.mark.parametrize(
    ("grounds", "steps"),
    [
        ([], [ORDINARY]),
        ([LIGHTEN], [LIGHTER]),
        ([MAY_LIGHTEN], [LIGHTER, ORDINARY]),
        ([EITHER], [REDUCED, LIGHTER]),
        ([REDUCE], [REDUCED]),
        ([AGGRAVATE], [HEAVIER]),
        ([MAY_AGGRAVATE], [ORDINARY, HEAVIER]),
        ([EXEMPT], [NONE]),
        ([EXEMPT, AGGRAVATE], [NONE]),
        ([MAY_EXEMPT], [NONE, ORDINARY]),
        ([MAY_EXEMPT, EITHER], [NONE, REDUCED, LIGHTER]),
        ([LIGHTEN, REDUCE], [REDUCED, LIGHTER]),
        ([LIGHTEN, MAY_LIGHTEN], [LIGHTER]),
        ([LIGHTEN, AGGRAVATE], [LIGHTER, ORDINARY, HEAVIER]),
        ([MAY_LIGHTEN, MAY_AGGRAVATE], [LIGHTER, ORDINARY, HEAVIER]),
        ([AGGRAVATE, MAY_AGGRAVATE], [HEAVIER]),
    ],
)
def test_the_circumstances_call_for_these_steps(
    grounds: list[Ground], steps: list[DiscretionStep]
) -> None:
    assert list(called(grounds, floor=True, balanced=False)) == steps


def test_where_a_standard_balances_them_both_ways_give_the_ordinary_step() -> None:
    assert called([LIGHTEN, AGGRAVATE], floor=True, balanced=True) == (ORDINARY,)
    assert called([LIGHTEN], floor=True, balanced=True) == (LIGHTER,)


def test_without_a_floor_a_reduced_fine_is_a_lighter_one() -> None:
    assert called([REDUCE], floor=False, balanced=False) == (LIGHTER,)
    assert called([EITHER], floor=False, balanced=False) == (LIGHTER,)
