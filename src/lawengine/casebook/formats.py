"""Formats of texts: codes with a check character, and numbers of persons made unreadable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BASE = 31
_LENGTH = 18
_POSITION_WEIGHT = 3
_DIVISION = slice(2, 8)
_PERSONAL = re.compile(r"[0-9*]{17}[0-9X*]")
_LEAST_MASKED = 8


def is_unified_social_credit_code(text: str) -> bool:
    """Tell whether `text` is a well-formed unified social credit code 统一社会信用代码.

    Eighteen characters of an alphabet without I, O, S, V and Z; six of them, the administrative
    division, are digits; the last one checks the others. Whether the code was ever given to
    anyone, the format cannot say.

    Law: GB 32100-2015; the algorithm was taken from an account of the standard, not from its text.

    >>> is_unified_social_credit_code("91110000600037341L")
    True
    >>> is_unified_social_credit_code("91110000600037341M")
    False
    """
    if len(text) != _LENGTH or any(char not in _ALPHABET for char in text):
        return False
    if not text[_DIVISION].isdecimal():
        return False
    return text[-1] == check_character(text[:-1])


def check_character(head: str) -> str:
    """Return the eighteenth character for the first seventeen.

    Each place from 0 on weighs 3 to its power; the check character, which weighs 1, makes the sum
    a multiple of 31.

    Raises:
        ValueError: a character lies outside the alphabet.
    """
    total = sum(
        _ALPHABET.index(char) * pow(_POSITION_WEIGHT, place, _BASE)
        for place, char in enumerate(head)
    )
    return _ALPHABET[-total % _BASE]


def is_masked_personal_id(text: str) -> bool:
    """Tell whether `text` is an identity number 公民身份号码 with at least 8 places masked.

    Eighteen places, digits and at the end perhaps an X, with `*` for each that is masked. A number
    in full is refused, so that none comes into a case file. That eight are enough is a choice: as
    many as the day of birth has.

    Law: PIPL-2021 art 51(1)(3), 73(1)(3); GB 11643, known from memory.

    >>> is_masked_personal_id("4101**********123X")
    True
    >>> is_masked_personal_id("41010119900101123X")
    False
    """
    return _PERSONAL.fullmatch(text) is not None and text.count("*") >= _LEAST_MASKED


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "unified_social_credit_code": is_unified_social_credit_code,
    "masked_personal_id": is_masked_personal_id,
}
"""The check behind each format that a vocabulary can name."""
UNTOLD = frozenset({"masked_personal_id"})
"""Formats of which no message repeats what was written instead."""
