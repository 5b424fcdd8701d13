"""Chinese numerals, as statutes number their articles and items."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = {"千": 1000, "百": 100, "十": 10}
_LARGEST = 9999


def write_numeral(number: int) -> str:
    """Return the numeral as statutes write it: `124` gives `一百二十四`.

    Edges: 10 to 19 drop the leading 一 (`十五`); a gap between digits is one 零 (`一百零五`).

    Raises:
        ValueError: the number does not lie between 1 and 9999.
    """
    if not 1 <= number <= _LARGEST:
        msg = f"no article bears the number {number}"
        raise ValueError(msg)
    text, gap = "", False
    for unit, size in (*_UNITS.items(), ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = bool(text) and not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def read_numeral(text: str) -> int | None:
    """Return the number that `text` writes in Chinese numerals or in digits, or None.

    Edges: 〇 reads as 零, 一十五 as 十五; forms no statute uses (`一百五`, `二三`) are refused, so
    that a misprint is noticed instead of guessed.

    >>> read_numeral("一百二十四"), read_numeral("20"), read_numeral("一百五")
    (124, 20, None)
    """
    if text.isdecimal():
        # The length comes first: a hostile row of digits must not be computed at all.
        number = int(text) if len(text) <= len(str(_LARGEST)) else 0
        return number or None
    plain = text.replace("〇", "零")
    total, digit = 0, 0
    for char in plain:
        if char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        elif char in _DIGITS:
            digit = _DIGITS.index(char)
        else:
            return None
    total += digit
    written = write_numeral(total) if 1 <= total <= _LARGEST else ""
    if plain == written or (written.startswith("十") and plain == f"一{written}"):
        return total or None
    return None
