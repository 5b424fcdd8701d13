"""Words of a case file as exact values, or the reason why they are none."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction

from lawengine.base.calendar import MONTHS_IN_YEAR, Period, Unit
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.money import FEN_IN_YUAN, WAN, YI, format_yuan, parse_decimal
from lawengine.base.patterns import pattern
from lawengine.casebook.findings import shown
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import Domain, Known, Ordered
from lawengine.model.types import KIND_LABELS, Choices, Kind

MAX_DIGITS = 18
"""As many as the rule language takes: they fit the whole numbers of every store."""

_MAX_LENGTH = 100
_PERCENT = 100

NUMBER = r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*)(?:\.[0-9]+)?)"
_MONEY = pattern(NUMBER + r" ?(?P<scale>[万亿])? ?(?P<unit>yuan|元|fen|分)?")
_COUNT = pattern(NUMBER + r" ?(?P<scale>[万亿])?")
_RATE = pattern(NUMBER + r" ?%")
PERIOD = pattern(
    r"(?P<number>[0-9]+) ?"
    r"(?:(?P<working_day>working days?|个?工作日)|(?P<day>days?|日|天)"
    r"|(?P<month>months?|个月|月)|(?P<year>years?|年))"
)
_DAY = pattern(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CHINESE_DAY = pattern(r"([0-9]{4})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")
_NEARLY_DAY = pattern(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_RANGE = pattern(r"(?P<low>.*?)(?: to |^to | ?至 ?)(?P<high>.*)")
_SCALES = {None: 1, "万": WAN, "亿": YI}
_TRUTHS = {
    **dict.fromkeys(("yes", "true", "是"), True),
    **dict.fromkeys(("no", "false", "否"), False),
}

EXPECTED: Mapping[Kind, Label] = {
    Kind.YES_NO: Label("`yes` or `no`", "“是”或者“否”"),
    Kind.MONEY: Label("an amount such as `200_000 yuan`", "金额，例如“20万元”"),
    Kind.COUNT: Label("a whole number", "整数"),
    Kind.RATE: Label("a rate such as `5 %`", "比率，例如“5%”"),
    Kind.DATE: Label(
        "a date such as `2016-05-03`, `2016-05`, `2016` or `2016-01-01 to 2016-03-31`",
        "日期，例如“2016-05-03”“2016年5月”“2016”或者“2016-01-01 至 2016-03-31”",
    ),
    Kind.PERIOD: Label("a period such as `30 days`", "期间，例如“30日”"),
    Kind.TEXT: Label("a text", "文字"),
    Kind.CHOICE: KIND_LABELS[Kind.CHOICE],
    Kind.POINTS: KIND_LABELS[Kind.POINTS],
}
"""How a message describes what should stand there."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why words are not the value they should be: a code of the catalogue and what fills it."""

    code: str
    words: Mapping[str, object] = field(default_factory=dict)
    suggestion: str = ""


def parse_scalar(kind: Kind, text: str) -> Domain | Refusal:
    """Return what `text` says of a value of that kind; choices are read by `parse_choice`.

    Wide digits and signs count like plain ones. Units: money in fen, a rate as a fraction.
    Edges: a year or a month stands for all its days; the ends of a range belong to it.
    """
    plain = text.strip()
    if kind is Kind.TEXT:
        return Known(plain) if plain else _wrong(kind, text)
    plain = " ".join(unicodedata.normalize("NFKC", plain[: _MAX_LENGTH + 1]).split())
    if len(plain) > _MAX_LENGTH or kind not in _PARSERS:
        return _wrong(kind, text)
    return _PARSERS[kind](plain)


def parse_choice(choices: Choices, text: str) -> Known | None:
    """Return the member that `text` names by identifier, alias or label, or None."""
    word = text.strip()
    for member in choices.members:
        if word in {member.name, member.alias, member.label.en, member.label.zh} - {""}:
            return Known(member.name)
    return None


def parse_truth(text: str) -> bool | None:
    """Return the yes or no that `text` says in either language, or None."""
    return _TRUTHS.get(text.strip().casefold())


def describe(value: Ordered, kind: Kind) -> Label:
    """Return a value as a message shows it."""
    if kind is Kind.MONEY and isinstance(value, int):
        return Label(format_yuan(value, "en"), format_yuan(value, "zh"))
    if kind is Kind.RATE and isinstance(value, int | Fraction):
        percent = Fraction(value) * _PERCENT
        return Label(f"{percent} %", f"{percent}%")
    return Label(str(value), str(value))


def _wrong(kind: Kind, text: str, suggestion: str = "") -> Refusal:
    return Refusal("LAW506", {"expected": EXPECTED[kind], "found": shown(text)}, suggestion)


def _yes_no(text: str) -> Domain | Refusal:
    value = parse_truth(text)
    return _wrong(Kind.YES_NO, text) if value is None else Known(value)


def _money(text: str) -> Domain | Refusal:
    match = _MONEY.fullmatch(text)
    if match is None:
        return _wrong(Kind.MONEY, text)
    if match["unit"] is None:
        return Refusal("LAW503", {"found": shown(text)})
    in_fen = match["unit"] in ("fen", "分")
    if in_fen and match["scale"]:
        return _wrong(Kind.MONEY, text)
    value = _number(match, 1 if in_fen else FEN_IN_YUAN)
    if isinstance(value, Fraction):
        return Refusal("LAW525", {"found": shown(text)})
    return value if isinstance(value, Refusal) else Known(value)


def _count(text: str) -> Domain | Refusal:
    match = _COUNT.fullmatch(text)
    value = _number(match, 1) if match else None
    if value is None or isinstance(value, Fraction):
        return _wrong(Kind.COUNT, text)
    return value if isinstance(value, Refusal) else Known(value)


def _rate(text: str) -> Domain | Refusal:
    match = _RATE.fullmatch(text)
    if match is None:
        return _wrong(Kind.RATE, text)
    value = parse_decimal(match["number"])
    if value is None or _too_long(match["number"]):
        return Refusal("LAW540", {"digits": MAX_DIGITS})
    return Known(value / _PERCENT)


def _number(match: re.Match[str], unit: int) -> int | Fraction | Refusal:
    """Return the number times its scale and `unit`, a fraction only where it is not whole."""
    value = parse_decimal(match["number"])
    if value is None or _too_long(match["number"]):
        return Refusal("LAW540", {"digits": MAX_DIGITS})
    value *= _SCALES[match["scale"]] * unit
    if abs(value) >= 10**MAX_DIGITS:
        return Refusal("LAW540", {"digits": MAX_DIGITS})
    return value.numerator if value.denominator == 1 else value


def _too_long(number: str) -> bool:
    return sum(char.isdecimal() for char in number) > MAX_DIGITS


def _period(text: str) -> Domain | Refusal:
    match = PERIOD.fullmatch(text)
    if match is None:
        return _wrong(Kind.PERIOD, text)
    if _too_long(match["number"]):
        return Refusal("LAW540", {"digits": MAX_DIGITS})
    unit = next(unit for unit in Unit if match[unit.value])
    return Known(Period(int(match["number"]), unit))


def _date(text: str) -> Domain | Refusal:
    if match := _RANGE.fullmatch(text):
        return _dates(match["low"].strip(), match["high"].strip(), text)
    days = _days(text)
    return days if isinstance(days, Refusal) else within(*days)


def _dates(first: str, last: str, text: str) -> Domain | Refusal:
    """Return the days of a range; without a first part it is open on that side."""
    if not last:
        return _wrong(Kind.DATE, text)
    start = _days(first) if first else (None, None)
    end = _days(last)
    if isinstance(start, Refusal):
        return start
    if isinstance(end, Refusal):
        return end
    return ordered(start[0], end[1], Kind.DATE)


def ordered(low: Ordered | None, high: Ordered | None, kind: Kind) -> Domain | Refusal:
    """Return the domain from `low` to `high`, or a refusal where it ends before it starts."""
    if low is not None and high is not None and high < low:  # type: ignore[operator]  # one kind
        return Refusal("LAW526", {"low": describe(low, kind), "high": describe(high, kind)})
    return within(low, high)


def _days(text: str) -> tuple[datetime.date, datetime.date] | Refusal:
    """Return the first and the last day that a day, a month or a year stands for."""
    match = _DAY.fullmatch(text) or _CHINESE_DAY.fullmatch(text)
    if match is None:
        near = _NEARLY_DAY.fullmatch(text)
        hint = f"{near[1]}-{int(near[2]):02d}-{int(near[3]):02d}" if near else ""
        return _wrong(Kind.DATE, text, hint)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        # Not `month or 1`: month 00 is a mistake, not a month left out.
        first = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return first, first
        last_month = month or MONTHS_IN_YEAR
        last_day = calendar.monthrange(first.year, last_month)[1]
        return first, datetime.date(first.year, last_month, last_day)
    except ValueError:
        return Refusal("LAW504", {"date": shown(text)})


_PARSERS: Mapping[Kind, Callable[[str], Domain | Refusal]] = {
    Kind.YES_NO: _yes_no,
    Kind.MONEY: _money,
    Kind.COUNT: _count,
    Kind.RATE: _rate,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
}
