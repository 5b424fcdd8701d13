"""Each fault planted into the functions of lists, benefits and duties shows as a difference."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import Any

import pytest

from lawengine.base.truth import Truth
from lawengine.compiled import kleene, lives, roll, standing, status_answers
from lawengine.compiled.engine import Engine
from lawengine.compiled.lives import LastDays, LifeWriter
from lawengine.compiled.roll import Lineage, Roll
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.statuses import StatusKind, StatusState
from lawengine.registers import findings
from tests import small
from tests import statuses as st
from tests.agreement.comparing import differences

TEXT = """
parameter least : money
  is 9 yuan from 2000-01-01 to 2009-12-31 law GEN-2000 art 1
  is 7 yuan from 2010-01-01 law GEN-2000 art 1

list GEN.black of penalty
  dated by penalty.decided
  version from 2000-01-01 to 2010-02-28
    law GEN-2000 art 1
    when penalty.heavy and party.revenue at least least
    lasts 3 months from penalty.decided
    removed from 2000-01-01 to 2010-02-15 on penalty.removed_on after 30 days where penalty.mended
    removed on penalty.paid_on where penalty.mended and penalty.paid
  version from 2010-03-01
    law GEN-2000 art 2
    when penalty.heavy
    unless penalty.mended and penalty.paid
    lasts 1 years from penalty.served

benefit GEN.green of application
  dated by application.applied
  version from 2000-01-01
    law GEN-2000 art 3
    when application.clean
    unless party.rich
    unless listed anywhere
    lasts 2 months from application.applied
    lost where application.withdrawn

duty GEN.pay of penalty
  dated by penalty.served
  version from 2000-01-01
    law GEN-2000 art 4
    due 5 working days from penalty.served
    discharged on penalty.paid_on where penalty.paid

rule R
  version from 2000-01-01
    law GEN-2000 art 5
    when GEN.pay breached
    then fine 1 to 2 yuan
    if GEN.black listed
      fine 3 to 4 yuan
"""
FIRST = datetime.date(2009, 12, 1)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return small.rulebook(TEXT)


def cases(book: Rulebook, holes: float = 0.0) -> Iterator[CaseFacts]:
    draw = Random(5)  # noqa: S311 - cases of a test, no secrets

    def some(days: str, truths: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        day = FIRST + datetime.timedelta(days=draw.randint(0, 120))
        for name in days.split():
            if draw.random() >= holes:
                found[name] = day
            day += datetime.timedelta(days=draw.choice([0, 0, 1, 5, 7, 8, 31, 95, -1]))
        for name in truths.split():
            if draw.random() >= holes:
                found[name] = draw.random() < 0.6
        return found

    while True:
        penalties = [some("decided served paid_on removed_on", "heavy paid mended")
                     for _ in range(draw.choice([0, 1, 1, 2]))]  # fmt: skip
        party = {
            "revenue": draw.choice([6, 7, 8, 9]), "rich": draw.random() < 0.2,
            "penalties": penalties, "applications": [some("applied", "clean withdrawn")],
        }  # fmt: skip
        on = FIRST + datetime.timedelta(days=draw.randint(0, 300))
        yield small.case(book, {"ended_on": "2009-05-05"}, party=party, decided_on=on)


def found(book: Rulebook, holes: float = 0.0) -> list[str]:
    engine = Engine(book, days=st.Days())
    return [
        line for case in islice(cases(book, holes), 150) for line in differences(engine, case).found
    ]


def test_nothing_differs_where_no_fault_is_planted(book: Rulebook) -> None:
    assert found(book) == []
    assert found(book, holes=0.15) == []


Plant = Callable[[pytest.MonkeyPatch], None]


def a_day_later(patch: pytest.MonkeyPatch) -> None:
    whole = LastDays.__missing__

    def missing(self: LastDays, start: datetime.date) -> datetime.date:
        return whole(self, start) + datetime.timedelta(days=1)

    patch.setattr(LastDays, "__missing__", missing)


def no_exclusion(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lives, "_places", lambda _: ())


def wrong_places(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lives, "_places", lambda barred: tuple(range(len(barred))))


def always_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(LifeWriter, "_inside", lambda *_: [])


def wrong_interval(patch: pytest.MonkeyPatch) -> None:
    def inside(self: LifeWriter, day: str, interval: Interval) -> list[str]:
        return [f"{day} > {self.source.constant(interval.start)}"]

    patch.setattr(LifeWriter, "_inside", inside)


def never_ends(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(LifeWriter, "_ending", lambda *_: None)


def never_over(patch: pytest.MonkeyPatch) -> None:
    wrong = {**findings.OVER, StatusKind.DUTY: StatusState.DUE}
    patch.setattr("lawengine.compiled.lives.OVER", wrong)


def never_late(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lives, "lateness", lambda *_: Truth.FALSE)


def first_version(patch: pytest.MonkeyPatch) -> None:
    whole = Lineage._make

    def make(self: Lineage, _: datetime.date, *, careful: bool, day_open: bool) -> lives.Life:
        return whole(self, FIRST, careful=careful, day_open=day_open)

    patch.setattr(Lineage, "_make", make)


def one_era(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(roll, "turning_days_of", lambda *_: [])


def first_instance_alone(patch: pytest.MonkeyPatch) -> None:
    whole = Roll.reach

    def reach(self: Roll, lineage: Lineage, within: roll.Chain) -> tuple[roll.Chain | None, ...]:
        return whole(self, lineage, within)[:1]

    patch.setattr(Roll, "reach", reach)


def nobody_holds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(standing.Standing, "holds", property(lambda _: False))


def any_ending_opens(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(status_answers.StatusAnswer, "_closed", lambda *_: False)


FAULTS = [
    a_day_later, no_exclusion, wrong_places, always_open, wrong_interval, never_ends,
    never_over, never_late, first_version, one_era, first_instance_alone, nobody_holds,
    any_ending_opens,
]  # fmt: skip


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_shows(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    assert found(book) != []


# --- where facts are open ---


def open_is_no(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lives, "OPEN", kleene.NO)


def open_day_is_no_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Lineage, "absence", lambda self, chain, *_: self._not_in_force(*chain))


def open_status_is_no(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(roll._TOLD, Truth.UNKNOWN, False)


OPEN_FAULTS = [open_is_no, open_day_is_no_day, open_status_is_no]


@pytest.mark.parametrize("plant", OPEN_FAULTS, ids=lambda plant: plant.__name__)
def test_a_fault_planted_where_facts_are_open_shows(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    assert found(book, holes=0.15) != []
