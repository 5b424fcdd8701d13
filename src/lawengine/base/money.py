"""Money: whole fen, and how people write it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.base.label import Language

FEN_IN_YUAN = 100
WAN = 10_000
YI = 100_000_000
FEW_DIGITS = 18
"""So many make an ordinary whole number, which is read without the detour by way of Decimal."""


def parse_decimal(text: str) -> Fraction | None:
    """Return the exact value of a plain decimal (`20_000`, `20,000`, `0.5`), or None."""
    plain = text.replace("_", "").replace(",", "")
    if plain.isdecimal() and len(plain) <= FEW_DIGITS:
        return Fraction(int(plain))
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() else None


def round_exact(value: Fraction, rounding: Rounding) -> int:
    """Return `value` as a whole number by the named rounding.

    Edges: `down` goes towards minus infinity, `up` towards plus infinity.
    """
    if rounding is Rounding.DOWN:
        return value.numerator // value.denominator
    if rounding is Rounding.UP:
        return -(-value.numerator // value.denominator)
    return round(value)


def format_yuan(fen: int, language: Language) -> str:
    """Return an amount of fen as people read it: `200,000 yuan`, `20万元`.

    Units: fen in, yuan out. Edges: odd fen keep two places; Chinese uses 亿 and 万 where they leave
    at most four further places, plain yuan otherwise.
    """
    if language == "zh":
        yuan = Fraction(fen, FEN_IN_YUAN)
        for size, name in ((YI, "亿"), (WAN, "万")):
            scaled = yuan / size
            if abs(scaled) >= 1 and (scaled * WAN).denominator == 1:
                return f"{_plain(scaled)}{name}元"
        return f"{_plain(yuan)}元"
    yuan_part, rest = divmod(abs(fen), FEN_IN_YUAN)
    sign = "-" if fen < 0 else ""
    return f"{sign}{yuan_part:,}{f'.{rest:02d}' if rest else ''} yuan"


def format_percent(portion: Fraction) -> str:
    """Return a part of a whole as a percentage without its sign: `33.5` for 335/1000.

    Edges: exact for every decimal that an author can write.
    """
    return _plain(portion * 100)


def _plain(value: Fraction) -> str:
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal.normalize():f}"
