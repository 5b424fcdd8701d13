"""Numbers as a reader of one language writes them.

Units: amounts come in fen and are shown in yuan.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from lawengine.analysis.result import Bounds, Number
from lawengine.base.label import Language
from lawengine.presentation.wording import say

Unit: TypeAlias = Literal["yuan", "cases", "share"]
FEN = 100
_THOUSAND = 1_000
_WAN, _YI = 10_000, 100_000_000
_MILLION, _BILLION = 1_000_000, 1_000_000_000
_SIGNIFICANT = 3


def count(number: Number) -> str:
    """Return a count; a weighted one with one place."""
    if isinstance(number, int) or float(number).is_integer():
        return f"{round(number):,}"
    return f"{number:,.1f}"


def yuan(fen: Number) -> str:
    """Return an amount in yuan, to the fen."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(round(fen)), FEN)
    return f"{sign}{whole:,}" + (f".{rest:02}" if rest else "")


def short(fen: Number, language: Language) -> str:
    """Return an amount for a sentence or a plot: at most three places of a large unit.

    Edges: below a million (in Chinese ten thousand) in whole yuan, below a thousand to the fen.
    """
    amount = fen / FEN
    size = abs(amount)
    if size < _THOUSAND:
        return yuan(fen)
    if language == "zh":
        if size >= _YI:
            return f"{_places(amount / _YI)}亿"
        return f"{_places(amount / _WAN)}万" if size >= _WAN else f"{amount:,.0f}"
    if size >= _BILLION:
        return f"{_places(amount / _BILLION)} billion"
    return f"{_places(amount / _MILLION)} million" if size >= _MILLION else f"{amount:,.0f}"


def _places(number: float) -> str:
    return f"{number:,.3f}".rstrip("0").rstrip(".")


def percent(share: Number) -> str:
    """Return a share as percent, to three significant places."""
    number = 100 * share
    places = 0 if not number else max(0, _SIGNIFICANT - 1 - math.floor(math.log10(abs(number))))
    text = f"{number:,.{places}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def shown(number: Number, unit: Unit, language: Language) -> str:
    """Return a figure for a plot, without the name of its unit."""
    shows: Mapping[Unit, Callable[[], str]] = {
        "yuan": lambda: short(number, language),
        "cases": lambda: count(number),
        "share": lambda: percent(number),
    }
    return shows[unit]()


def between(bounds: Bounds, unit: Unit, language: Language) -> str:
    """Return bounds in words: one figure where both ends are the same, never a middle.

    Edges: yuan are named; no upper figure, and cases that come on top without one, are said.
    """
    low = shown(bounds.low, unit, language)
    if bounds.high is None:
        low = say("of_yuan", language, text=low) if unit == "yuan" else low
        return say("at_least_open", language, low=low)
    high = shown(bounds.high, unit, language)
    text = low if bounds.high == bounds.low else say("low_to_high", language, low=low, high=high)
    text = say("of_yuan", language, text=text) if unit == "yuan" else text
    return say("plus_open", language, text=text, cases=count(bounds.open)) if bounds.open else text
