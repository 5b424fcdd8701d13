"""Which rows of a table can meet, and where that cannot be listed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

import pytest

from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Known, Within
from lawengine.evaluation.tables import MAX_POINTS, Input, ReadCell, meetings
from lawengine.model.types import COUNT, MONEY, PERIOD, RATE, TEXT, YES_NO, Kind, Type

COLOURS = Type(Kind.CHOICE, "act.kind")
NARROW = ReadCell(low=Known(3), high=Known(5))
WIDE = ReadCell(low=Known(0))
ANY = ReadCell()


Sets: TypeAlias = set[tuple[int, ...]]


def met(inputs: Sequence[Input], rows: Sequence[Sequence[ReadCell]]) -> Sets:
    found = meetings(inputs, rows)
    assert found is not None
    return set(found)


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        (Known(4), {(0, 1)}),
        (Known(9), {(1,)}),
        (Known(-1), {()}),
        (Within(0, 2), {(1,)}),
        (Within(2, 3), {(1,), (0, 1)}),
        (Within(-1, 0), {(), (1,)}),
        (Within(None, -1), {()}),
        (Within(6, None), {(1,)}),
        (UNKNOWN, {(), (1,), (0, 1)}),
    ],
)
def test_whole_numbers(domain: Domain, expected: Sets) -> None:
    assert met([Input(domain, COUNT)], [[NARROW], [WIDE]]) == expected


def test_between_whole_numbers_there_is_nothing() -> None:
    rows = [[ReadCell(high=Known(3))], [ReadCell(low=Known(4))]]

    assert met([Input(UNKNOWN, COUNT)], rows) == {(0,), (1,)}
    assert met([Input(UNKNOWN, RATE)], rows) == {(0,), (), (1,)}
    assert met([Input(UNKNOWN, Type(Kind.MONEY, whole=False))], rows) == {(0,), (), (1,)}
    assert met([Input(UNKNOWN, MONEY)], rows) == {(0,), (1,)}


def test_a_gap_between_fractions_is_found() -> None:
    rows = [[ReadCell(high=Known(Fraction(1, 2)))], [ReadCell(low=Known(Fraction(501, 1000)))]]

    assert met([Input(Within(Fraction(1, 2), Fraction(3, 5)), RATE)], rows) == {(0,), (), (1,)}


def test_choices_and_truths() -> None:
    rows = [
        [ReadCell((Known("red"),)), ReadCell((Known(True),))],
        [ReadCell((Known("red"), Known("green"))), ANY],
    ]
    members = ("red", "green", "blue")

    def coloured(kind: Domain, truth: Domain) -> Sets:
        return met([Input(kind, COLOURS, members), Input(truth, YES_NO)], rows)

    assert coloured(Known("red"), UNKNOWN) == {(1,), (0, 1)}
    assert coloured(Among(frozenset({"green", "blue"})), UNKNOWN) == {(1,), ()}
    assert coloured(UNKNOWN, Known(True)) == {(0, 1), (1,), ()}


def test_any_text_may_be_another() -> None:
    assert met([Input(UNKNOWN, TEXT)], [[ReadCell((Known("x"),))], [ANY]]) == {(0, 1), (1,)}


def test_an_input_that_no_cell_tests() -> None:
    assert met([Input(UNKNOWN, COUNT)], [[ANY]]) == {(0,)}


def test_what_cannot_be_listed() -> None:
    hanging = [[ReadCell(low=Within(1, 2))]]

    assert meetings([Input(UNKNOWN, COUNT)], hanging) is None
    assert meetings([Input(UNKNOWN, PERIOD)], [[ANY]]) is None


def test_too_many_combinations_are_not_listed() -> None:
    rows = [[ReadCell(low=Known(10 * n)) for _ in range(4)] for n in range(10)]
    count = 10**4

    assert count > MAX_POINTS
    assert meetings([Input(UNKNOWN, COUNT)] * 4, rows) is None
    assert meetings([Input(UNKNOWN, COUNT)] * 2, [row[:2] for row in rows]) is not None
