"""The shape of a digest file; pydantic checks it, because it comes from outside."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from lawengine.base.citation import Article, Citation, parse_article, parse_citation
from lawengine.base.label import Label
from lawengine.base.patterns import pattern
from lawengine.statutes.model import Rank

_DAY = pattern(r"\d{4}-\d{2}-\d{2}\Z")
_LONGEST_HOLIDAY = 31
_HEX = pattern(r"[0-9a-f]{64}\Z")

EXPECTED = {
    "words": Label("some words", "文字"),
    "name": Label("a name without spaces", "不含空格的名称"),
    "day": Label("a date such as 2019-04-23", "日期，例如 2019-04-23"),
    "flag": Label("true or false", "true 或 false"),
    "article": Label("an article such as `art 20`", "条文，例如“第20条”"),
    "citation": Label("a citation such as `AUCL-2017 art 20`", "引用，例如 AUCL-2017 第20条"),
    "place": Label("a place such as `1` or `1(2)`", "款、项，例如 1 或 1(2)"),
    "count": Label("a whole number", "整数"),
    "year": Label("a year such as 2026", "年份，例如 2026"),
    "days": Label(
        "a day, or days such as 2026-02-15 to 2026-02-23",
        "日期，或者起止日期，例如 2026-02-15 to 2026-02-23",
    ),
    "too_short": Label("at least one entry", "至少一项"),
    "too_long": Label("fewer entries", "较少的条目"),
    "hex": Label("64 hexadecimal digits, or nothing", "64 位十六进制数，或留空"),
    "literal_error": Label("one of: {expected}", "下列之一：{expected}"),
    "enum": Label("one of: {expected}", "下列之一：{expected}"),
    "list_type": Label("a list", "列表"),
    "tuple_type": Label("a list", "列表"),
    "dict_type": Label("a block of keys", "键值块"),
    "model_type": Label("a block of keys", "键值块"),
    "model_attributes_type": Label("a block of keys", "键值块"),
}
"""What a diagnostic says was expected, by the kind of pydantic error."""


def _refuse(kind: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "expected {what}", {"what": EXPECTED[kind].en})


def _words(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise _refuse("words")


def _name(value: object) -> str:
    if isinstance(value, str) and value and not re.search(r"\s", value):
        return value
    raise _refuse("name")


def _day(value: object) -> datetime.date:
    if isinstance(value, str) and _DAY.match(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise _refuse("day")


def _open_day(value: object) -> datetime.date | None:
    return None if value in ("", "null", None) else _day(value)


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise _refuse("flag")


def _article(value: object) -> Article:
    article = parse_article(value) if isinstance(value, str) else None
    if article is None or article.path:
        raise _refuse("article")
    return article


def _citation(value: object) -> Citation:
    citation = parse_citation(value) if isinstance(value, str) else None
    if citation is None:
        raise _refuse("citation")
    return citation


def _place(value: object) -> tuple[int, ...]:
    number, bracket, rest = str(value).partition("(")
    article = parse_article(f"art 1({number}){bracket}{rest}")
    if article is None:
        raise _refuse("place")
    return article.path


def _count(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    raise _refuse("count")


def _hex(value: object) -> str:
    if value == "" or (isinstance(value, str) and _HEX.match(value)):
        return value
    raise _refuse("hex")


def _year(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{3}", value, re.ASCII):
        return int(value)
    raise _refuse("year")


def _days(value: object) -> tuple[datetime.date, ...]:
    """Return the days that `2026-02-15` or `2026-02-15 to 2026-02-23` names.

    Edges: days that run backwards are none, and so are more than a month of them, which no holiday
    has and which could fill the memory.
    """
    if not isinstance(value, str):
        raise _refuse("days")
    first, joint, last = value.partition(" to ")
    try:
        begin, end = _day(first), _day(last if joint else first)
    except PydanticCustomError:
        raise _refuse("days") from None
    length = (end - begin).days + 1
    if not 1 <= length <= _LONGEST_HOLIDAY:
        raise _refuse("days")
    return tuple(begin + datetime.timedelta(days=n) for n in range(length))


Words = Annotated[str, PlainValidator(_words)]
Name = Annotated[str, PlainValidator(_name)]
Day = Annotated[datetime.date, PlainValidator(_day)]
OpenDay = Annotated[datetime.date | None, PlainValidator(_open_day)]
Flag = Annotated[bool, PlainValidator(_flag)]
Place = Annotated[Article, PlainValidator(_article)]
Cited = Annotated[Citation, PlainValidator(_citation)]
Path = Annotated[tuple[int, ...], PlainValidator(_place)]
Count = Annotated[int, PlainValidator(_count)]
Hex = Annotated[str, PlainValidator(_hex)]
Year = Annotated[int, PlainValidator(_year)]
Days = Annotated[tuple[datetime.date, ...], PlainValidator(_days)]


class Data(BaseModel):
    """A block of keys: every key known, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelData(Data):
    """Words in both languages; both must be there."""

    en: Words
    zh: Words

    def label(self) -> Label:
        """Return the words as a label."""
        return Label(self.en, self.zh)


class NumberData(Data):
    """The document number 文号, and whether it stood in a text that was read."""

    text: Words
    verified: Flag


class SpecialData(Data):
    """The family towards which the instrument is special law, and the articles that say so."""

    family: Name
    because: tuple[Cited, ...] = Field(min_length=1)


class ArticleData(Data):
    """One article of a digest file."""

    article: Place
    digest: LabelData
    paragraphs: dict[Path, LabelData] = Field(default_factory=dict)
    layout: tuple[Count, ...] = ()
    terms: tuple[Words, ...] = ()
    succeeds: tuple[Cited, ...] = ()
    unverified: LabelData | None = None
    fingerprint: Hex


class InstrumentData(Data):
    """One digest file: one version of an instrument."""

    id: Name
    family: Name
    zh_id: Name
    title: LabelData
    issuer: LabelData
    number: NumberData
    rank: Rank
    special_to: tuple[SpecialData, ...] = ()
    adopted: Day
    in_force_from: Day
    in_force_to: OpenDay
    status: Literal["verified", "unverified"]
    because: LabelData | None = None
    articles: tuple[ArticleData, ...]
