from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.calendar import Rounding
from lawengine.base.money import FEN_IN_YUAN, WAN, YI, format_yuan, parse_decimal, round_exact


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("20_000", Fraction(20_000)),
        ("20,000", Fraction(20_000)),
        ("0.5", Fraction(1, 2)),
        ("1e3", Fraction(1000)),
        ("-3", Fraction(-3)),
        ("", None),
        ("twelve", None),
        ("NaN", None),
        ("Infinity", None),
    ],
)
def test_decimals_are_read_exactly(text: str, value: Fraction | None) -> None:
    assert parse_decimal(text) == value


@given(st.fractions())
def test_rounding_names_its_direction(value: Fraction) -> None:
    down, up = round_exact(value, Rounding.DOWN), round_exact(value, Rounding.UP)

    assert down <= value <= up
    assert up - down == (0 if value.denominator == 1 else 1)
    assert round_exact(value, Rounding.HALF_EVEN) in (down, up)


@given(st.integers())
def test_half_goes_to_the_even_neighbour(whole: int) -> None:
    found = round_exact(whole + Fraction(1, 2), Rounding.HALF_EVEN)

    assert found % 2 == 0
    assert found in (whole, whole + 1)


@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (0, "0 yuan", "0元"),
        (5, "0.05 yuan", "0.05元"),
        (1_250, "12.50 yuan", "12.5元"),
        (123_400, "1,234 yuan", "1234元"),
        (20_000_000, "200,000 yuan", "20万元"),
        (15_050_000, "150,500 yuan", "15.05万元"),
        (170_000_000_000, "1,700,000,000 yuan", "17亿元"),
        (1_234_567, "12,345.67 yuan", "12345.67元"),
        (-20_000_000, "-200,000 yuan", "-20万元"),
        (-5, "-0.05 yuan", "-0.05元"),
    ],
)
def test_amounts_are_written_as_people_read_them(fen: int, english: str, chinese: str) -> None:
    assert format_yuan(fen, "en") == english
    assert format_yuan(fen, "zh") == chinese


@given(st.integers(-(10**15), 10**15))
def test_no_fen_is_lost_in_writing(fen: int) -> None:
    english = parse_decimal(format_yuan(fen, "en").removesuffix(" yuan"))
    chinese = format_yuan(fen, "zh").removesuffix("元")
    size = {"亿": YI, "万": WAN}.get(chinese[-1], 1)
    scaled = parse_decimal(chinese.rstrip("亿万"))

    assert english is not None
    assert english * FEN_IN_YUAN == fen
    assert scaled is not None
    assert scaled * size * FEN_IN_YUAN == fen
