"""Formats of texts that carry a check character."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BASE = 31
_LENGTH = 18
_POSITION_WEIGHT = 3
_DIVISION = slice(2, 8)


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


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "unified_social_credit_code": is_unified_social_credit_code,
}
"""The check behind each format that a vocabulary can name."""
