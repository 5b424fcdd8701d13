"""Words that findings are made of: names, intervals, values, citations, in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.label import Label
from lawengine.base.money import format_yuan
from lawengine.base.points import points_text
from lawengine.model.expressions import Value
from lawengine.model.rules import Interval
from lawengine.model.types import Kind, Type
from lawengine.model.vocabulary import Vocabulary
from lawengine.statutes import Library

PERCENT = 100
_YES = Label("yes", "是")
_NO = Label("no", "否")


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def alias(self) -> str: ...


def named(thing: _Named) -> Label:
    """Return the identifier, and in Chinese the other name where there is one."""
    return Label(thing.name, thing.alias)


def joined(labels: Iterable[Label], comma: Label) -> Label:
    """Return the labels as one, with `comma` between them."""
    parts = tuple(labels)
    return Label(
        comma.en.join(part.text("en") for part in parts),
        comma.zh.join(part.text("zh") for part in parts),
    )


COMMA = Label(", ", "，")
SEMICOLON = Label("; ", "；")


def interval_words(interval: Interval) -> Label:
    """Return `from 2018-01-01 to 2019-04-22`, or `from 2018-01-01 on` when it is open."""
    start = interval.start.isoformat()
    if interval.end is None:
        return Label(f"from {start} on", f"自{start}起")
    end = interval.end.isoformat()
    if end == start:
        return Label(f"on {start}", f"于{start}")
    return Label(f"from {start} to {end}", f"自{start}至{end}")


def cited(citation: Citation, library: Library) -> Label:
    """Return a citation under the name that each language has for its instrument."""
    other = library.in_language(citation, "zh")
    return Label(citation.text("en"), other.text("zh"))


def value_words(value: Value, kind: Type, vocabulary: Vocabulary) -> Label:
    """Return a value as rules write it: `20,000 yuan`, `yes`, the name of a choice."""
    if kind.kind is Kind.YES_NO:
        return _YES if value else _NO
    if kind.kind is Kind.MONEY and isinstance(value, int):
        return Label(format_yuan(value, "en"), format_yuan(value, "zh"))
    if kind.kind is Kind.CHOICE and kind.choices in vocabulary.choices:
        members = vocabulary.choices[kind.choices].members
        return next((named(m) for m in members if m.name == value), Label(str(value)))
    if isinstance(value, Period):
        return Label(value.text("en"), value.text("zh"))
    if isinstance(value, datetime.date):
        return Label(value.isoformat())
    if kind.kind is Kind.RATE and isinstance(value, int | Fraction):
        return Label(f"{_number(Fraction(value) * PERCENT)} %")
    if kind.kind is Kind.POINTS and isinstance(value, int | Fraction):
        return Label(points_text(value))
    return Label(str(value))


def _number(value: Fraction) -> str:
    shown = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{shown.normalize():f}"
