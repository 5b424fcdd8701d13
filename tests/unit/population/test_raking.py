"""Weights give a population the shares of its margins, and say when none can."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.population.raking import Margin, rake
from lawengine.population.refusal import RefusedError


def margin(name: str, codes: Sequence[int], shares: Sequence[float]) -> Margin:
    return Margin(name, [f"{name}{n}" for n in range(len(shares))], shares, np.asarray(codes))


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), max_size=60),
    st.tuples(*[st.integers(1, 50)] * 3),
    st.tuples(*[st.integers(1, 50)] * 2),
)
def test_each_margin_has_its_shares(
    more: list[tuple[int, int]], one: tuple[int, ...], two: tuple[int, ...]
) -> None:
    # Every pair occurs, so that the margins agree.
    rows = [(a, b) for a in range(3) for b in range(2)] + more
    first, second = zip(*rows, strict=True)
    fit = rake([margin("a", first, one), margin("b", second, two)], len(rows))

    for codes, shares in ((first, one), (second, two)):
        sums = np.bincount(codes, fit.weights) / len(rows)
        assert sums == pytest.approx(np.asarray(shares) / sum(shares), abs=1e-8)
    assert (fit.weights > 0).all()
    assert fit.weights.mean() == pytest.approx(1)
    assert 0 < fit.effective <= len(rows) + 1e-6


def test_the_odds_within_the_population_stay() -> None:
    """Raking keeps odds ratios: what went together still goes together."""
    counts = {(0, 0): 40, (0, 1): 10, (1, 0): 20, (1, 1): 30}
    rows = [pair for pair, n in counts.items() for _ in range(n)]
    first, second = zip(*rows, strict=True)
    fit = rake([margin("a", first, (70, 30)), margin("b", second, (20, 80))], len(rows))
    cells = {
        pair: sum(w for row, w in zip(rows, fit.weights, strict=True) if row == pair)
        for pair in counts
    }

    assert cells[0, 0] * cells[1, 1] / (cells[0, 1] * cells[1, 0]) == pytest.approx(6)


def test_a_population_that_fits_already_keeps_its_weights() -> None:
    fit = rake([margin("a", [0, 0, 1], (2, 1))], 3)

    assert fit.weights.tolist() == [1, 1, 1]
    assert (fit.rounds, fit.effective) == (1, 3)


@pytest.mark.parametrize(
    ("codes", "shares", "code"), [([0, 0], (1, 1), "LAW701"), ([0, 1], (1, 0), "LAW702")]
)
def test_a_category_without_rows_or_without_a_share(
    codes: Sequence[int], shares: Sequence[float], code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        rake([margin("a", codes, shares)], 2)
    assert refused.value.diagnostic.code == code


def test_margins_that_contradict_each_other() -> None:
    with pytest.raises(RefusedError) as refused:
        rake([margin("a", [0, 1], (1, 3)), margin("b", [0, 1], (3, 1))], 2)
    assert refused.value.diagnostic.code == "LAW703"
