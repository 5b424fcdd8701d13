"""Types of facts and expressions."""

from __future__ import annotations

from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label


class Kind(StrEnum):
    """What sort of value it is, with the Python form of the value.

    Units: money is whole fen (`int`; an exact `Fraction` until it is rounded), a rate is a
    `Fraction` (5 % is 1/20), a count an `int`, points on a scale an `int` or a `Fraction`, a date a
    `datetime.date`, a period a `Period`, a choice the identifier of the member (`str`).
    """

    YES_NO = "yes_no"
    MONEY = "money"
    COUNT = "count"
    RATE = "rate"
    POINTS = "points"
    DATE = "date"
    PERIOD = "period"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Type:
    """A kind, and for choices the list they come from.

    `whole` is False for money that may hold parts of a fen until it is rounded.
    """

    kind: Kind
    choices: str = ""
    whole: bool = True


YES_NO = Type(Kind.YES_NO)
MONEY = Type(Kind.MONEY)
COUNT = Type(Kind.COUNT)
RATE = Type(Kind.RATE)
POINTS = Type(Kind.POINTS)
DATE = Type(Kind.DATE)
PERIOD = Type(Kind.PERIOD)
TEXT = Type(Kind.TEXT)

KIND_LABELS = {
    Kind.YES_NO: Label("yes or no", "是或否"),
    Kind.MONEY: Label("an amount of money", "金额"),
    Kind.COUNT: Label("a whole number", "整数"),
    Kind.RATE: Label("a rate (percentage)", "比率（百分数）"),
    Kind.POINTS: Label("points on a scale", "分值"),
    Kind.DATE: Label("a date", "日期"),
    Kind.PERIOD: Label("a period", "期间"),
    Kind.TEXT: Label("a text", "文字"),
    Kind.CHOICE: Label("one of a list", "选项之一"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One choice of a list."""

    name: str
    alias: str
    label: Label


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of choices; `name` is that of the fact that declares it."""

    name: str
    members: tuple[Member, ...]

    def member(self, name: str) -> Member:
        """Return the member of that name.

        Raises:
            KeyError: no member has it.
        """
        for member in self.members:
            if member.name == name:
                return member
        raise KeyError(name)
