"""The shape of what every part of an answer holds: words, values, needs, reasons, fines."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypedDict

TruthName: TypeAlias = Literal["yes", "no", "unknown"]
FactOriginName: TypeAlias = Literal["file", "presumed", "derived", "assumed", "absent"]
UnitName: TypeAlias = Literal["day", "working_day", "month", "year"]
ComparisonName: TypeAlias = Literal["equal", "unequal", "at_least", "at_most", "more", "less"]


class TextData(TypedDict):
    """Words in both languages; a side may be empty."""

    en: Annotated[str, "in English"]
    zh: Annotated[str, "in Chinese"]


class PeriodData(TypedDict):
    """A length of time."""

    length: Annotated[int, "how many"]
    unit: Annotated[UnitName, "of what; months are never turned into days"]


ScalarData: TypeAlias = bool | int | str | PeriodData
"""Money is whole fen, a day is `YYYY-MM-DD`, a rate an exact fraction such as `1/20`."""


RangeData = TypedDict(
    "RangeData",
    {
        "from": Annotated[ScalarData | None, "lowest possible value, included; null: open"],
        "to": Annotated[ScalarData | None, "highest possible value, included; null: open"],
    },
)
RangeData.__doc__ = "A value that is only known within bounds."


class AmongData(TypedDict):
    """A choice of which only some options are left."""

    among: Annotated[list[str], "the options left"]


DomainData: TypeAlias = ScalarData | RangeData | AmongData | None
"""What is known of a value: exactly, within bounds, or not at all (null)."""


class CutData(TypedDict):
    """The point at which a value decides."""

    comparison: Annotated[ComparisonName, "the comparison that must be settled"]
    value: Annotated[ScalarData, "what the fact is compared with"]


class NeedData(TypedDict):
    """A fact that would settle an open question."""

    fact: Annotated[
        str, "path of the fact in the case file; that of the thing itself if its list is missing"
    ]
    entity: Annotated[str, "the sort of thing that has the fact"]
    label: Annotated[TextData, "how the fact is called"]
    question: Annotated[TextData, "the question to ask; empty where none is written"]
    cut: Annotated[CutData | None, "the point at which its value decides; null: any answer does"]


class EvidenceData(TypedDict):
    """What the file says about the source of a fact; each part may be empty."""

    source: Annotated[str, "the document"]
    on: Annotated[str, "its date"]
    recorded_by: Annotated[str, "the office or role that recorded it"]
    because: Annotated[
        str, "the written reason of a judgement; where the file gives it in both, `en / zh`"
    ]
    evidence: Annotated[str, "what supports it"]
    law: Annotated[str, "the provision that was named"]


class ReasonData(TypedDict):
    """One step of the argument, with the steps it rests on."""

    code: Annotated[str, "which sort of step; permanent"]
    text: Annotated[TextData, "the sentence"]
    truth: Annotated[TruthName | None, "for a condition, whether it is met; null otherwise"]
    law: Annotated[list[str], "citations"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    rule: Annotated[
        str | None, "not null: why this rule applies or not stands under its name in `rules`"
    ]
    fact: Annotated[str | None, "path of the fact, for a fact"]
    origin: Annotated[FactOriginName | None, "where the fact comes from"]
    evidence: Annotated[EvidenceData | None, "what the file says about its source"]
    children: Annotated[list[ReasonData], "what it rests on; empty where `rule` says where to look"]


class FineData(TypedDict):
    """The lawful range of the fine, all provisions together."""

    low_fen: Annotated[int | None, "lowest lawful fine; null: no floor (or no fine at all)"]
    high_fen: Annotated[int | None, "highest lawful fine; null: none possible, or not known"]
    may: Annotated[bool, "the fine may be left out"]
    high_open: Annotated[bool, "the ceiling hangs on a fact that is not known"]
    choices: Annotated[int, "provisions between which the officer must choose; 1: no choice"]
    none: Annotated[bool, "no fine can be imposed"]
