"""What a check is, and the samples that prove it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from lawengine.base.citation import Article, Citation
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import DigestArticle, Instrument, Library, Rank

Run: TypeAlias = Callable[[Rulebook, Library], Iterable[Diagnostic]]

VOCABULARY = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日期": date, serves as decision_date

entity party of case, listed as parties "Party" / "当事人"
  shops "Shops" / "店铺数": count, at least 0

entity act of party, listed as acts "Act" / "行为"
  kind "Kind" / "种类": one of hawking "hawking" / "叫卖",
     lighting "lighting" / "点灯", other "other" / "其他"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
  serious "serious" / "情节严重": judgement
  minor "minor" / "轻微": ground
    presumed no because "recorded with its facts" / "须记录在案"
  gain "Gain" / "所得": money, at least 0 yuan
  fee "Fee" / "费用": money, at least 0 yuan
  share "Share" / "占比": rate

entity order of act, listed as orders "Order" / "订单"
  amount "Amount" / "金额": money, at least 0 yuan
"""
"""The vocabulary that every sample is read with."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A small rule text, and the code it must be flagged with (none: it must pass)."""

    text: str
    code: str = ""

    @property
    def source(self) -> str:
        """Return the text with the vocabulary before it, as a rule file."""
        return VOCABULARY + self.text


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it finds, why that matters, the function, and its samples.

    `run` is pure: the same rulebook and library give the same findings. Every code of `codes` has
    a sample that is flagged with it.
    """

    id: str
    codes: tuple[str, ...]
    label: Label
    why: Label
    run: Run
    samples: tuple[Sample, ...]


def _instrument(
    name: str,
    alias: str,
    start: datetime.date,
    end: datetime.date | None,
    because: Label,
    articles: tuple[DigestArticle, ...],
) -> Instrument:
    return Instrument(
        id=name,
        zh_id=alias,
        family=name.partition("-")[0],
        title=Label(name, alias),
        issuer=Label("Council of Harbours", "港务委员会"),
        rank=Rank.LAW,
        number="1",
        number_verified=True,
        adopted=start,
        in_force_from=start,
        in_force_to=end,
        unverified=because,
        articles=articles,
    )


def _article(
    number: int, words: Label, fingerprint: str, *earlier: str, layout: tuple[int, ...] = ()
) -> DigestArticle:
    return DigestArticle(
        article=Article(number),
        digest=words,
        layout=layout,
        succeeds=tuple(Citation(name, Article(number)) for name in earlier),
        fingerprint=fingerprint,
    )


_FINE = Label("Hawking lanterns is fined.", "叫卖灯笼的，处罚款。")
_DUTY = Label("Lanterns are lit at dusk.", "黄昏应点灯。")
_NO_TEXT = Label("no text at hand", "未取得文本")

SAMPLE_LIBRARY = Library(
    (
        _instrument(
            "LAN-1990", "灯笼法-1990", datetime.date(1990, 1, 1), datetime.date(2000, 12, 31),
            _NO_TEXT, (_article(3, _FINE, ""),),
        ),
        _instrument(
            "LAN-2001", "灯笼法-2001", datetime.date(2001, 1, 1), datetime.date(2015, 12, 31),
            Label(),
            (_article(3, _FINE, "a3", "LAN-1990"), _article(9, _DUTY, "a9")),
        ),
        _instrument(
            "LAN-2016", "灯笼法-2016", datetime.date(2016, 1, 1), None, Label(),
            (
                _article(3, _FINE, "b3", "LAN-2001", layout=(0, 2)),
                _article(9, _DUTY, "a9", "LAN-2001"),
            ),
        ),
        _instrument(
            "HAR-2010", "港口规则-2010", datetime.date(2010, 1, 1), datetime.date(2018, 12, 31),
            Label(), (_article(5, _FINE, "c5"),),
        ),
    )
)  # fmt: skip
"""The invented library that every sample is checked against."""
