"""Steps of discretion on any band: nothing outside it, nothing twice, nothing left out."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from lawengine.base.calendar import Rounding
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Branch
from lawengine.model.measures import EffectKind, MeasureKind, Modality
from lawengine.model.rulebook import Rulebook
from lawengine.model.standards import DiscretionStep, Share
from lawengine.sanctions.discretion import called, point_in, ranges, step_of
from tests.small import case, rulebook
from tests.unit.deciding.test_discretion import NORTH, RULES, STANDARD

FEN = st.integers(1, 10**14)
SHARES = st.builds(
    Share,
    st.fractions(Fraction(1, 100), Fraction(49, 100), max_denominator=1000),
    st.sampled_from(Rounding),
)
GROUNDS = st.sets(
    st.tuples(
        st.sampled_from(
            [
                EffectKind.LIGHTER,
                EffectKind.REDUCED,
                EffectKind.LIGHTER_OR_REDUCED,
                EffectKind.HEAVIER,
                EffectKind.NO_PENALTY,
            ]
        ),
        st.sampled_from([Modality.MUST, Modality.MAY]),
    )
)
BOOKS = [rulebook(RULES, STANDARD), rulebook(RULES, STANDARD, NORTH)]
THREE = st.sampled_from([True, False, "unknown"])


@given(st.none() | FEN, FEN, st.none() | SHARES, st.none() | SHARES)
def test_the_steps_cover_every_fine_up_to_the_ceiling_once(
    low: int | None, high: int, lighter: Share | None, heavier: Share | None
) -> None:
    assume(low is None or low <= high)
    found = ranges(low, high, lighter, heavier)

    if low != high:
        assert found[0].low == 1
        assert found[-1].high == high
    for one, two in pairwise(found):
        assert one.high + 1 == two.low
    assert [one.step for one in found] == sorted(
        (one.step for one in found), key=list(DiscretionStep).index
    )
    for one in found:
        assert one.low <= one.high
        reduced = one.step is DiscretionStep.REDUCED
        assert (low is not None and one.high < low) is reduced


@given(st.none() | FEN, FEN, SHARES, SHARES, SHARES)
def test_a_heavier_step_is_never_below_a_lighter_one(
    low: int | None, high: int, lighter: Share, heavier: Share, point: Share
) -> None:
    assume(low is None or low < high)
    found = ranges(low, high, lighter, heavier)

    points = [point_in(one, point) for one in found]
    assert points == sorted(points)
    for one, fen in zip(found, points, strict=True):
        assert one.low <= fen <= one.high
        assert step_of(fen, found) is one.step


@given(GROUNDS, st.booleans(), st.booleans())
def test_a_step_is_always_called_for_and_never_a_stranger(
    grounds: set[tuple[EffectKind, Modality]], floor: bool, balanced: bool
) -> None:
    steps = called(grounds, floor=floor, balanced=balanced)
    kinds = {kind for kind, _ in grounds}

    assert steps
    assert floor or DiscretionStep.REDUCED not in steps
    assert EffectKind.HEAVIER in kinds or DiscretionStep.HEAVIER not in steps
    assert EffectKind.NO_PENALTY in kinds or DiscretionStep.NO_PENALTY not in steps
    if not kinds:
        assert steps == (DiscretionStep.ORDINARY,)


@given(
    st.sampled_from(BOOKS),
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["red", "green", "blue"]),
            "a": THREE,
            "b": THREE,
            "mild": THREE,
            "fee": st.integers(1, 10**6),
        }
    ),
    st.sampled_from(["north", "south", "unknown"]),
    st.sampled_from(["2009-12-31", "2014-12-31", "2015-01-01", "unknown"]),
)
def test_what_is_recommended_lies_inside_the_lawful_range(
    book: Rulebook, act: dict[str, object], region: str, decided_on: str
) -> None:
    facts = case(book, {"ended_on": "2009-01-01", **act}, decided_on=decided_on, region=region)
    found = decide(facts, book).decision

    assert found is not None
    for branch in found.acts()[0].branches:
        for line in branch.recommended:
            _lies_inside(branch, line.low, line.high)
            _is_said_where_open(act, branch)


def _lies_inside(branch: Branch, low: int | None, high: int | None) -> None:
    if high is None:
        return
    fine = next(one for one in branch.sanctions if one.kind is MeasureKind.FINE)
    assert fine.high_fen is not None
    assert high <= fine.high_fen
    assert fine.low_fen is None or (low is not None and low >= fine.low_fen)
    assert branch.fine.contains(high)


def _is_said_where_open(act: dict[str, object], branch: Branch) -> None:
    """An unknown circumstance never counts as none: some line of the branch calls for its step."""
    steps = {step for line in branch.recommended for step in line.called}
    if act["a"] == "unknown":
        assert DiscretionStep.HEAVIER in steps
    if act["a"] is True:
        assert DiscretionStep.HEAVIER in steps
    if act["a"] is False:
        assert DiscretionStep.HEAVIER not in steps
