"""Lists, benefits and duties for tests, built in Python over the plain vocabulary."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from lawengine.base.calendar import Period, Unit
from lawengine.base.citation import Citation, parse_citation
from lawengine.base.counting import Counting
from lawengine.base.label import Label
from lawengine.base.working_days import Calendars
from lawengine.deciding.decide import Decided, decide
from lawengine.deciding.decision import StatusOutcome
from lawengine.model.expressions import (
    Compared,
    Comparison,
    Connection,
    Constant,
    Expression,
    FactOf,
    Logic,
    Negation,
    StatusHolds,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.statuses import (
    Ending,
    EndingKind,
    JointMeasure,
    Status,
    StatusKind,
    StatusVersion,
)
from lawengine.model.types import DATE, YES_NO
from lawengine.registers.terms import DayRules
from tests import small

YEAR = Period(1, Unit.YEAR)
SINCE_2000 = Interval(datetime.date(2000, 1, 1), None)


def law(text: str = "GEN-2000 art 5") -> tuple[Citation, ...]:
    found = parse_citation(text)
    assert found is not None
    return (found,)


def fact(entity: str, name: str) -> FactOf:
    dated = name in {"decided", "served", "paid_on", "removed_on", "applied", "decided_on"}
    return FactOf(entity, name, DATE if dated else YES_NO)


def holds(name: str) -> StatusHolds:
    return StatusHolds(name, YES_NO)


def both(*operands: Expression) -> Connection:
    return Connection(Logic.AND, operands, YES_NO)


def negated(operand: Expression) -> Negation:
    return Negation(operand, YES_NO)


def since(entity: str, name: str, day: datetime.date) -> Compared:
    return Compared(Comparison.AT_LEAST, fact(entity, name), Constant(day, DATE), YES_NO)


def version(**parts: small.Written) -> StatusVersion:
    return StatusVersion(**{"interval": SINCE_2000, "law": law(), "when": None, **parts})


def status(kind: StatusKind, name: str, entity: str, dated: str, *found: StatusVersion) -> Status:
    label = Label(name.title(), f"{name}名")
    return Status(kind, name, f"{name}名", label, entity, fact(entity, dated), found)


def black_list(**parts: small.Written) -> Status:
    """Return a list: three years from a heavy penalty, removal after one year once mended."""
    ending = Ending(
        EndingKind.REMOVED,
        law("GEN-2000 art 6"),
        fact("penalty", "mended"),
        fact("penalty", "removed_on"),
        YEAR,
    )
    measure = JointMeasure("watch", Label("Key supervision", "重点监管"), "", law())
    written = {
        "when": fact("penalty", "heavy"),
        "start": fact("penalty", "decided"),
        "term": Period(3, Unit.YEAR),
        "endings": (ending,),
        "measures": (measure,),
        **parts,
    }
    return status(StatusKind.LIST, "black", "penalty", "decided", version(**written))


def green_channel(**parts: small.Written) -> Status:
    """Return a benefit: a year for clean parties, none on a list, lost with a listing."""
    written = {
        "when": fact("application", "clean"),
        "exclusions": (holds(""),),
        "start": fact("application", "applied"),
        "term": YEAR,
        "endings": (Ending(EndingKind.LOST, law(), fact("application", "withdrawn")),),
        **parts,
    }
    return status(StatusKind.BENEFIT, "green", "application", "applied", version(**written))


def payment(**parts: small.Written) -> Status:
    """Return a duty: to pay within 15 days of service."""
    ending = Ending(
        EndingKind.DISCHARGED, law(), fact("penalty", "paid"), fact("penalty", "paid_on")
    )
    written = {
        "start": fact("penalty", "served"),
        "term": Period(15, Unit.DAY),
        "endings": (ending,),
        "triggers": ("R",),
        **parts,
    }
    return status(StatusKind.DUTY, "pay", "penalty", "served", version(**written))


@cache
def _base(text: str) -> Rulebook:
    return small.rulebook(text)


RULE = "rule R\n  version from 2000-01-01\n    law GEN-2000 art 1\n    then fine 10 to 20 yuan\n"


def rulebook(*statuses: Status, text: str = RULE) -> Rulebook:
    return replace(_base(text), statuses={one.name: one for one in statuses})


class Days:
    """Counting rules and calendars of tests: weekends rest in the years that are given."""

    def __init__(self, *countings: Counting, years: Iterable[int] = range(2000, 2031)) -> None:
        self.countings, self.years = countings, frozenset(years)

    def counting(self, name: str) -> Counting | None:
        return next((one for one in self.countings if one.id == name), None)

    def calendars(self, known_on: datetime.date | None = None) -> Calendars:
        assert known_on is None
        return Calendars(self.years)


ACT = {"ended_on": "2009-05-05"}


def decided(
    book: Rulebook,
    party: Mapping[str, Any],
    on: small.Written = "2011-06-01",
    days: DayRules | None = None,
) -> Decided:
    return decide(small.case(book, ACT, party=party, decided_on=on), book, days=days)


def outcomes(
    book: Rulebook,
    party: Mapping[str, Any],
    on: small.Written = "2011-06-01",
    days: Days | None = None,
) -> tuple[StatusOutcome, ...]:
    found = decided(book, party, on, days)
    assert found.decision is not None, [d.message("en") for d in found.diagnostics]
    return found.decision.respondents[0].statuses


def outcome(
    book: Rulebook,
    party: Mapping[str, Any],
    on: small.Written = "2011-06-01",
    days: Days | None = None,
) -> StatusOutcome:
    return outcomes(book, party, on, days)[0]
