"""The comparison finds faults: each one planted into the generator shows as a difference."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from lawengine.base.truth import Truth
from lawengine.compiled import asking, branches, expressions, facts, kleene, outcome
from lawengine.compiled import engine as engines
from lawengine.compiled.engine import Engine
from lawengine.compiled.expressions import Code, Writer
from lawengine.compiled.index import Index
from lawengine.compiled.packages import PackageWriter, Then, _Built
from lawengine.compiled.shapes import Scales, Slot
from lawengine.compiled.states import Law, StateWriter
from lawengine.evaluation.facts import CaseFacts, Instance, Within
from lawengine.evaluation.intervals import days
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Tier
from lawengine.model.types import Kind
from lawengine.sanctions.lighter import Order
from tests import small
from tests.agreement.comparing import Tally, differences

TEXT = """
parameter cap : money
  is 9 yuan from 2000-01-01 to 2009-12-31 law GEN-2000 art 1
  is 7 yuan from 2010-01-01 law GEN-2000 art 1

rule L
  dated by decision
  version from 2000-01-01
    law GEN-2000 art 9
    then the lighter later law

rule M
  version from 2000-01-01
    law GEN-2000 art 8
    when act.excused and act.c
    then exempt from penalty

rule P
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when act.kind is red and act.number at least 2
    unless act.b
    then fine 2 yuan to cap
         order to stop
    if act.grave
      fine 10 to 20 yuan
  version from 2010-01-01
    law GEN-2010 art 1
    when act.kind is red and (act.number at least 3 or act.a)
    unless act.b
    then fine up to cap
         order to stop

exception E to P
  version from 2000-01-01
    law GEN-2000 art 3
    when act.mild
    then warn

rule Q
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is one of red, green
    then fine 3 to 5 yuan
         order to stop

rule S
  version from 2000-01-01
    law GEN-2000 art 4
    when act.kind is green and not (Q established and M established) or P established and act.c
    then publish

rule T
  version from 2000-01-01
    law GEN-2000 art 5
    when not (act.grave and act.worse)
    unless S established
    then warn

rule H
  version from 2005-01-01
    law GEN-2000 art 7
    when act.worse
    then the higher fine only
"""


def cases(book: Rulebook) -> Iterator[CaseFacts]:
    draw = random.Random(7)  # noqa: S311 - cases of a test, no secrets
    for _ in range(120):
        act: dict[str, Any] = {
            name: draw.random() < 0.4
            for name in ("a", "b", "c", "grave", "worse", "excused", "mild")
        }
        act["kind"] = draw.choice(["red", "red", "green", "blue"])
        act["number"] = draw.choice([1, 2, 3])
        act["ended_on"] = draw.choice(["2009-12-30", "2009-12-31", "2010-01-01"])
        decided = draw.choice(["2009-12-31", "2010-01-01", "2010-06-01"])
        yield small.case(book, act, decided_on=decided)


def open_cases(book: Rulebook) -> Iterator[CaseFacts]:
    """Yield cases of which some facts are left out or known within bounds."""
    draw = random.Random(8)  # noqa: S311 - cases of a test, no secrets
    for _ in range(200):
        names = ("a", "b", "c", "grave", "worse", "excused", "mild")
        act: dict[str, Any] = {n: draw.random() < 0.4 for n in names if draw.random() < 0.7}
        act["kind"] = draw.choice(["red", "red", "green", "blue"])
        act["number"] = draw.choice([1, 2, 3, {"from": 1, "to": 2}, {"from": 2, "to": 5}])
        act["ended_on"] = draw.choice(["2009-12-30", "2010-01-01", {**YEAR, "to": "2009-12-31"}])
        if draw.random() < 0.1:
            act["ended_on"] = YEAR
        decided = draw.choice(["2010-01-01", YEAR, {"from": "2010-01-01", "to": "2010-06-01"}])
        yield small.case(book, act, decided_on=small.domain(Kind.DATE, decided))


YEAR = {"from": "2009-01-01", "to": "2010-12-31"}


def found(book: Rulebook, *, facts_open: bool = False) -> list[str]:
    engine = Engine(book)
    drawn = open_cases(book) if facts_open else cases(book)
    return [line for case in drawn for line in differences(engine, case).found]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return small.rulebook(TEXT)


def test_without_a_fault_nothing_differs(book: Rulebook) -> None:
    assert found(book) == []
    assert found(book, facts_open=True) == []


def test_the_cases_with_open_facts_take_every_way(book: Rulebook) -> None:
    engine = Engine(book)
    tally = Tally()
    for case in open_cases(book):
        tally += differences(engine, case)

    assert min(tally.settled, tally.branched, tally.split) > tally.acts // 10


Plant = Callable[[pytest.MonkeyPatch], None]


def edge(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(expressions.SIGNS, e.Comparison.AT_LEAST, ">")


def no_exclusion(patch: pytest.MonkeyPatch) -> None:
    whole = Writer.code

    def code(self: Writer, expression: e.Expression) -> Code:
        text = whole(self, expression)
        if isinstance(expression, e.FactOf) and expression.fact == "b":
            return False
        return text

    patch.setattr(Writer, "code", code)


def all_for_any(patch: pytest.MonkeyPatch) -> None:
    whole = Writer._connection

    def connection(self: Writer, _: e.Logic, operands: tuple[e.Expression, ...]) -> Code:
        return whole(self, e.Logic.AND, operands)

    patch.setattr(Writer, "_connection", connection)


def wrong_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(StateWriter, "_day", lambda self, *_: self.law.decision)


def no_defeat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(StateWriter, "_attackers", lambda *_: [])


def never_lighter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Scales, "substance", lambda *_: Order.EQUAL)


def no_tier(patch: pytest.MonkeyPatch) -> None:
    whole = PackageWriter._tiers

    def tiers(
        self: PackageWriter, _: tuple[Tier, ...], built: _Built, depth: int,
        seen: tuple[Slot, ...], then: Then,
    ) -> None:  # fmt: skip
        whole(self, (), built, depth, seen, then)

    patch.setattr(PackageWriter, "_tiers", tiers)


def lower_fine(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(outcome, "_size", lambda fine: (-(fine[1] or 0), 0))


def stacked_orders(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(outcome, "_merged", lambda norms, _: (norms, []))


def same_law(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(StateWriter, "_same_state", lambda *_: True)


FAULTS = [
    edge, no_exclusion, all_for_any, wrong_day, no_defeat, never_lighter, no_tier, lower_fine,
    stacked_orders, same_law,
]  # fmt: skip


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_shows(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    assert found(book) != []


# --- where facts are open ---


def open_is_no(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(kleene.OF, None, kleene.NO)


def not_open_is_yes(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(kleene.NOT, kleene.OPEN, kleene.YES)


def open_rule_is_out(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(kleene.SURE, kleene.OPEN, False)


def first_day_for_all(patch: pytest.MonkeyPatch) -> None:
    for module in (asking, engines):
        patch.setattr(module, "era_of", lambda turns, day: bisect_right(turns, days(day)[0]))


def one_day(patch: pytest.MonkeyPatch) -> None:
    def law(conduct: date, decision: date, lighter: bool, *, one_day: bool) -> Law:
        return Law(conduct, decision, lighter, one_day=one_day or conduct < decision)

    patch.setattr(engines, "Law", law)


def bounds_as_points(patch: pytest.MonkeyPatch) -> None:
    whole = facts.exact_facts

    def exact(instance: Instance, rulebook: Rulebook, more: facts.Added) -> outcome.Facts:
        known = dict(whole(instance, rulebook, more))
        for name, entry in instance.facts.items():
            if isinstance(entry.domain, Within) and name == "number":
                known[name] = entry.domain.low
        return known

    for module in (branches, engines):
        patch.setattr(module, "exact_facts", exact)


def open_state_is_no(patch: pytest.MonkeyPatch) -> None:
    def exactly(self: asking.OpenStates, name: str) -> bool:
        return self.established(name).truth is Truth.TRUE

    patch.setattr(asking.OpenStates, "_exactly", exactly)


def too_few_rules(patch: pytest.MonkeyPatch) -> None:
    whole = Index.candidates
    patch.setattr(Index, "candidates", lambda self, value: whole(self, value)[:-1])


OPEN_FAULTS = [
    open_is_no, not_open_is_yes, open_rule_is_out, first_day_for_all, one_day, bounds_as_points,
    open_state_is_no, too_few_rules,
]  # fmt: skip


@pytest.mark.parametrize("plant", OPEN_FAULTS, ids=lambda plant: plant.__name__)
def test_a_fault_planted_where_facts_are_open_shows(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    assert found(book, facts_open=True) != []
