"""Ways to spoil a text: small slips, cuts and floods, each from a seeded random source."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from lawengine.language.keywords import TABLE

Mutation = Callable[[random.Random, str, Sequence[str]], str]

WORDS = tuple(phrase for sides in TABLE.values() for side in sides for phrase in side)
LITERALS = (
    "20_000 yuan", "20万元", "50 fen", "0.001 yuan", "5 %", "5%", "3倍", "30 days", "15个工作日",
    "2018-01-01", "2018-02-30", "2018-13", "0000-00-00", "art 20(1)", "art 0(0)(0)(0)(0)",
    "第20条第1款", "第0条", "AUCL-2019", "反不正当竞争法-2019", "act.kind", "行为.种类", "9" * 30,
    "1_000", "1__", "12abc", "2.5个月", '"text"', "“文字”", '"a\\"b\\\\"', '"open', "“open",
)  # fmt: skip
ODD = (
    "\t", "\0", "\ud800", "\udfff", "\ufeff", "\u202e", "\u2028", "\x85", "\x0b", "\x1c",
    "\r", "\r\n",
    "\u3000", "\u00a0", "e\u0301", "\U0001f600", "１２", "²", "；", "{", "}", "{0}",
    "%s", "\\", "'", "#",
    "--", "@", "|", "*", "(", ")", "（", "）", ",", "、", ":", "：", "/", "+", "-", ".", "_",
)  # fmt: skip


def _place(rng: random.Random, text: str) -> int:
    return rng.randint(0, len(text))


def cut(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text up to somewhere, or from somewhere."""
    place = _place(rng, text)
    return text[:place] if rng.random() < 0.7 else text[place:]


def drop(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text without a stretch of it."""
    place = _place(rng, text)
    return text[:place] + text[place + rng.randint(1, 12) :]


def repeat(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with a stretch of it said twice."""
    start = _place(rng, text)
    end = min(len(text), start + rng.randint(1, 80))
    return text[:end] + text[start:end] + text[end:]


def swap(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with two of its lines exchanged."""
    lines = text.split("\n")
    one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def insert_word(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with a keyword or literal of either language put in."""
    place = _place(rng, text)
    return f"{text[:place]} {rng.choice(WORDS + LITERALS)} {text[place:]}"


def replace_word(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with one word exchanged for another."""
    words = text.split(" ")
    words[rng.randrange(len(words))] = rng.choice(WORDS + LITERALS)
    return " ".join(words)


def insert_odd(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with characters that no rule file has."""
    place = _place(rng, text)
    return text[:place] + rng.choice(ODD) * rng.randint(1, 3) + text[place:]


def flip(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with one byte changed and read again as far as that goes."""
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    if not data:
        return chr(rng.randrange(0x11_0000))
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data).decode("utf-8", rng.choice(["replace", "surrogateescape"]))


def mix(rng: random.Random, text: str, seeds: Sequence[str]) -> str:
    """Return the beginning of the text with the end of another, of either language."""
    other = rng.choice(seeds)
    return text[: _place(rng, text)] + other[_place(rng, other) :]


def tabs(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with other white space."""
    return text.replace(
        rng.choice(["  ", " ", "\n"]), rng.choice(["\t", "\r\n", "\r", "\u3000", ""])
    )


def nest(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return the text with something deep or long put in."""
    count = rng.choice([3, 39, 41, 99, 101, 600])
    pattern = rng.choice(
        [
            "(",
            "not ",
            "（",
            "非 ",
            "(a or ",
            "a + ",
            "a times ",
            "higher of (",
            "a and ",
            "x, ",
            "rounded down ",
        ]
    )
    place = _place(rng, text)
    return text[:place] + pattern * count + text[place:]


def noise(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return random bytes read as text, of about the same length."""
    data = rng.randbytes(min(len(text), 200))
    return data.decode(rng.choice(["utf-8", "latin-1", "gb18030"]), "replace")


def soup(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Return keywords and literals in any order."""
    joints = (" ", " ", " ", "\n", ", ", "")
    length = min(60, 5 + len(text) // 20)
    return "".join(
        rng.choice(WORDS + LITERALS + ODD[-12:]) + rng.choice(joints) for _ in range(length)
    )


MUTATIONS: tuple[Mutation, ...] = (
    cut, drop, drop, repeat, swap, insert_word, insert_word, replace_word, replace_word,
    insert_odd, flip, mix, tabs, nest, noise, soup,
)  # fmt: skip


def spoil(rng: random.Random, seeds: Sequence[str]) -> str:
    """Return a seed with one to four mutations."""
    text = rng.choice(seeds)
    for _ in range(rng.choice([1, 1, 2, 3, 4])):
        text = rng.choice(MUTATIONS)(rng, text, seeds)
    return text
