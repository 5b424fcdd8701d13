"""Weights by principal components: against another computation, and what is refused."""

from __future__ import annotations

import builtins
import datetime
import hashlib
import math
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.errors import UnreadableFileError
from lawengine.base.label import LANGUAGES, Language
from lawengine.base.source import Source
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.weighting import components
from lawengine.weighting.components import Component, MissingExtraError, Weighed, weigh
from lawengine.weighting.fragment import fragment, unfit_names
from lawengine.weighting.indicator_data import MAX_WRONG, IndicatorData, read_indicators
from lawengine.weighting.shares import rounded_shares
from tests.ratings import VOCABULARY

LOADS = (0.9, 0.6, 0.75)
"""How much of the common part each made-up indicator has in it."""
NAMES = ("quality", "delivery", "complaints")


def made(rows: int = 400, seed: int = 3) -> list[tuple[float, ...]]:
    """Return rows with one common part; the last indicator falls as the others rise."""
    chance = random.Random(seed)  # noqa: S311 - drawn, not secret
    found: list[tuple[float, ...]] = []
    for _ in range(rows):
        common = chance.gauss(0, 1)
        parts = [load * common + math.sqrt(1 - load**2) * chance.gauss(0, 1) for load in LOADS]
        found.append((90 + 3 * parts[0], 50 + 8 * parts[1], 20 - 2 * parts[2]))
    return found


def data(rows: list[tuple[float, ...]] | None = None) -> IndicatorData:
    return IndicatorData("d.csv", "0" * 64, NAMES, tuple(made() if rows is None else rows))


def component(found: Weighed) -> Component:
    assert [d.message("en") for d in found.diagnostics] == []
    assert found.component is not None
    return found.component


def by_power_iteration(rows: list[tuple[float, ...]], signs: tuple[int, ...]) -> list[float]:
    """Return the first eigenvector of the correlation matrix without any library."""
    columns = list(zip(*rows, strict=True))
    standard = []
    for column, sign in zip(columns, signs, strict=True):
        mean = math.fsum(column) / len(column)
        spread = math.sqrt(math.fsum((x - mean) ** 2 for x in column) / len(column))
        standard.append([sign * (x - mean) / spread for x in column])
    matrix = [
        [math.fsum(x * y for x, y in zip(a, b, strict=True)) / len(a) for b in standard]
        for a in standard
    ]
    vector = [1.0] * len(columns)
    for _ in range(500):
        vector = [math.fsum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]
        length = math.sqrt(math.fsum(v * v for v in vector))
        vector = [v / length for v in vector]
    return vector


def test_loadings_are_those_of_power_iteration() -> None:
    rows = made()
    found = component(weigh(data(rows), ("complaints",)))
    other = by_power_iteration(rows, (1, 1, -1))

    assert found.loadings == pytest.approx(other, abs=1e-9)
    assert [float(weight) for weight in found.weights] == pytest.approx(
        [value / sum(other) for value in other], abs=1e-4
    )


def test_the_indicator_with_most_in_common_weighs_most() -> None:
    found = component(weigh(data(), ("complaints",)))

    assert found.weights[0] > found.weights[2] > found.weights[1]
    assert sum(found.weights) == 1
    assert sum(found.variances) == pytest.approx(1)
    assert found.variances[0] > found.variances[1]


def test_size_and_unit_of_an_indicator_do_not_matter() -> None:
    scaled: list[tuple[float, ...]] = [(a * 1e200, b / 1e200, c * 7 + 1) for a, b, c in made()]

    assert component(weigh(data(scaled), ("complaints",))).weights == (
        component(weigh(data(), ("complaints",))).weights
    )


@pytest.mark.parametrize(
    ("rows", "falling", "codes"),
    [
        (made(), (), ["LAW464"]),
        (made(), ("complaints", "quality"), ["LAW464"]),
        (made(14), ("complaints",), ["LAW462"]),
        ([(a, 5.0, c) for a, _, c in made()], ("complaints",), ["LAW461"]),
        ([(a, 1e15 + (n % 2) * 0.125, c) for n, (a, _, c) in enumerate(made())], (), ["LAW461"]),
        (made(), ("complaints", "price"), ["LAW469"]),
        (
            [(float(n % 2), float(n // 2 % 2), float(n // 4 % 2)) for n in range(80)],
            (),
            ["LAW466"],
        ),
    ],
)
def test_data_that_carry_no_weights_are_refused(
    rows: list[tuple[float, ...]], falling: tuple[str, ...], codes: list[str]
) -> None:
    found = weigh(data(rows), falling)

    assert found.component is None
    assert [d.code for d in found.diagnostics] == codes


def test_one_indicator_needs_no_weights() -> None:
    one = IndicatorData("d.csv", "", ("quality",), tuple((row[0],) for row in made()))

    assert [d.code for d in weigh(one).diagnostics] == ["LAW467"]


def test_without_numpy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "numpy":
            raise ImportError(name)
        return ordinary(name, *rest, **more)  # type: ignore[arg-type]  # what is not there fails the test

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(MissingExtraError, match=r"lawengine\[simulate\]"):
        weigh(data())


@given(st.lists(st.fractions(min_value=0, max_denominator=997), min_size=1, max_size=9))
def test_shares_add_up_and_stay_near(parts: list[Fraction]) -> None:
    if not any(parts):
        with pytest.raises(ValueError, match="below zero"):
            rounded_shares(parts, 2)
        return
    found = rounded_shares(parts, 2)

    assert sum(found) == 1
    exact = [part / sum(parts) for part in parts]
    assert all(abs(a - b) < Fraction(1, 10_000) for a, b in zip(found, exact, strict=True))


# --- the file ---


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def make(text: str | bytes) -> Path:
        path = tmp_path / "d.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


def test_columns_are_read_in_the_order_asked_for(write: Callable[[str | bytes], Path]) -> None:
    text = "\ufefffirm,a , b\nx,1,2.5\n\ny,-3,4e2\n"
    found = read_indicators(write(text), ["b", "a"]).data

    assert found is not None
    assert (found.columns, found.rows) == (("b", "a"), ((2.5, 1.0), (400.0, -3.0)))
    assert found.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "columns", "codes", "line"),
    [
        ("a,b\n1,2\n", ["a", "c"], ["LAW469"], 1),
        ("a,a\n1,2\n", ["a"], ["LAW469"], 1),
        ("a,b\n1,2\n", ["a", "a"], ["LAW469"], 1),
        ("", ["a"], ["LAW469"], 1),
        ("a,b\n1,\n", ["a", "b"], ["LAW463"], 2),
        ("a,b\n1\n", ["a", "b"], ["LAW463"], 2),
        ("a,b\n1,2\nnan,inf\n", ["a", "b"], ["LAW463", "LAW463"], 3),
        ("a,b\n1_0,1e999\n", ["a", "b"], ["LAW463", "LAW463"], 2),
        ('a,b\n1,"2\n', ["a", "b"], ["LAW465"], 2),
    ],
)
def test_what_is_no_table_of_numbers_is_named_with_its_line(
    write: Callable[[str | bytes], Path], text: str, columns: list[str], codes: list[str], line: int
) -> None:
    found = read_indicators(write(text), columns)

    assert found.data is None
    assert [d.code for d in found.diagnostics] == codes
    assert found.diagnostics[0].span.line == line


def test_a_misspelt_column_is_suggested(write: Callable[[str | bytes], Path]) -> None:
    found = read_indicators(write("quality,price\n1,2\n"), ["qualty"])

    assert found.diagnostics[0].suggestion == "quality"


def test_a_thousand_wrong_cells_are_not_all_named(write: Callable[[str | bytes], Path]) -> None:
    found = read_indicators(write("a,b\n" + "x,y\n" * 1000), ["a", "b"])

    assert len(found.diagnostics) == MAX_WRONG


def test_bytes_that_are_no_text_and_files_that_are_not_there(
    write: Callable[[str | bytes], Path], tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        read_indicators(write(b"a,b\n\xff\xfe\n"), ["a"])
    with pytest.raises(UnreadableFileError, match="cannot read"):
        read_indicators(tmp_path / "none.csv", ["a"])


# --- the fragment ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fragment_is_a_rule_text_whose_weights_are_one_whole(language: Language) -> None:
    found = component(weigh(data(), ("complaints",), 3))
    text = fragment(found, datetime.date(2026, 1, 1), language, "shop")
    parsed = parse(Source("w.law", text))
    vocabulary = parse(Source("v.law", VOCABULARY))
    figures = lower([vocabulary.tree, parsed.tree], {}).rulebook.parameters

    assert [d.message("en") for d in parsed.diagnostics] == []
    assert list(figures) == [f"shop_{name}_weight" for name in NAMES]
    values = [figure.values[0] for figure in figures.values()]
    assert tuple(value.value for value in values) == found.weights
    assert all("0" * 64 in value.unverified.text(language) for value in values)
    told = "".join(line for line in text.splitlines() if line.startswith("--"))
    for word in ("d.csv", "0" * 64, "400", "quality", "complaints", "delivery"):
        assert word in told


def test_what_a_file_is_called_cannot_leave_the_comment() -> None:
    hostile = IndicatorData('a"\nrule X\n', "f", NAMES, data().rows)
    text = fragment(component(weigh(hostile, ("complaints",))), datetime.date(2026, 1, 1))

    assert parse(Source("w.law", text)).diagnostics == ()
    assert not any(line.startswith("rule") for line in text.splitlines())


def test_columns_that_are_no_names_are_told() -> None:
    assert unfit_names(("a", "b c", "质量", "1"), "") == ("b c", "1_weight"[:1])
    assert unfit_names(("1",), "shop") == ()


def test_the_limits_are_what_the_messages_say() -> None:
    assert (components.MIN_ROWS, components.ROWS_PER_COLUMN) == (10, 5)
