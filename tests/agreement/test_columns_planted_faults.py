"""The comparison of columns finds faults: each one planted shows as a difference."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from lawengine.columns import engine, lighter, writing
from lawengine.columns.bounding import Ends
from lawengine.columns.cutting import Cuts, Stretch
from lawengine.columns.engine import Seen, Simulator
from lawengine.columns.limits import Limits
from lawengine.columns.lines import Code
from lawengine.columns.packages import ColumnPackages
from lawengine.columns.settling import Fines, Ranges, Settler
from lawengine.columns.sides import SideWriter
from lawengine.columns.splitting import Splitter
from lawengine.columns.table import Table
from lawengine.columns.values import Truth
from lawengine.columns.writing import ColumnWriter
from lawengine.evaluation.states import LawTime
from lawengine.model import expressions as e
from lawengine.model.measures import Band
from lawengine.model.rules import Interval, Rule
from tests import small
from tests.agreement.columns import ColumnTally, differences, plain_rows
from tests.agreement.test_planted_faults import TEXT

MORE = """
rule U
  version from 2000-01-01
    law GEN-2000 art 6
    when act.c
    then may fine 1 to 4 yuan
         confiscate act.gain

rule N
  version from 2010-01-01
    law GEN-2010 art 8
    when act.mild and act.c
    then exempt from penalty

rule O
  dated by decision
  version from 2000-01-01
    law GEN-2000 art 8
    when act.mild
    unless N established
    then warn

rule W
  version from 2000-01-01
    law GEN-2000 art 6
    when act.grave and act.b
    then fine up to 9 yuan

rule V
  version from 2000-01-01
    law GEN-2000 art 6
    when act.b
    then fine 4 yuan to higher of act.gain and 1 yuan
         confiscate act.gain

rule Z
  version from 2000-01-01
    law GEN-2000 art 6
    when act.number at least 0 and act.c
    then warn
"""


def rows(simulator: Simulator) -> list[tuple[Any, Any, Any]]:
    draw = random.Random(7)  # noqa: S311 - cases of a test, no secrets
    cases = []
    for _ in range(400):
        names = ("a", "b", "c", "grave", "worse", "excused", "mild")
        act: dict[str, Any] = {n: draw.random() < 0.4 for n in names if draw.random() < 0.95}
        act["kind"] = draw.choice(["red", "red", "green", "blue"])
        if draw.random() < 0.95:
            act["number"] = draw.choice([1, 2, 3])
        act["gain"] = draw.choice(["0", "3", "12.34"])
        act["ended_on"] = draw.choice(["2009-12-30", "2009-12-31", "2010-01-01"])
        decided = draw.choice(["2009-12-31", "2010-01-01", "2010-06-01"])
        cases.append(small.case(simulator.rulebook, act, decided_on=decided))
    return plain_rows(cases, simulator.exact)


def tally() -> ColumnTally:
    simulator = Simulator(small.rulebook(TEXT, MORE))
    return differences(simulator, rows(simulator))


def test_without_a_fault_nothing_differs() -> None:
    found = tally()
    assert found.found == []
    assert found.settled > found.rows // 2
    assert found.later > 10


Plant = Callable[[pytest.MonkeyPatch], None]


def edge(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(writing._SIGNS, e.Comparison.AT_LEAST, ">")


def open_is_no(patch: pytest.MonkeyPatch) -> None:
    whole = ColumnWriter._told

    def told(self: ColumnWriter, expression: e.FactOf) -> Truth:
        yes, _ = whole(self, expression)
        return Truth(yes, yes)

    patch.setattr(ColumnWriter, "_told", told)


def wrong_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SideWriter, "_day", lambda self, _: self.days.decision)


def always_in_force(patch: pytest.MonkeyPatch) -> None:
    def in_force(_: ColumnWriter, interval: Interval) -> Code:
        return interval.end is None

    patch.setattr(ColumnWriter, "in_force", in_force)


def no_defeat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SideWriter, "_defeated", lambda _, __, ___, found: found)


def never_lighter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lighter.Weigher, "_weigh", lambda *_, **__: lighter._EQUAL)


def always_lighter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lighter.Weigher, "_weigh", lambda *_, **__: lighter._LIGHTER)


def mercy_of_one_law(patch: pytest.MonkeyPatch) -> None:
    def told(self: SideWriter, name: str) -> Truth:
        return self._state(name)

    patch.setattr(SideWriter, "_told", told)


def repealed_is_silent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        lighter.Weigher, "_spoken_of", lambda _, rules, __: np.zeros(rules.size, np.bool_)
    )


def no_tier(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ColumnPackages, "_branch", lambda _, __, depth, ___, missed: missed(depth))


def a_sum_of_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ColumnPackages, "_split",
        lambda _, slot, __, key, depth, found: found((slot, (key,)), depth),
    )  # fmt: skip


def floor_above(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ColumnWriter, "lower", lambda _, one, __: one)


def lower_fine(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Fines, "highest", Fines.any_one)


def all_add_up(patch: pytest.MonkeyPatch) -> None:
    def highest(self: Fines) -> Ranges:
        return self.sum()

    patch.setattr(Fines, "highest", highest)


def floors_of_optional_fines(patch: pytest.MonkeyPatch) -> None:
    whole = Fines.sum

    def sum_(self: Fines) -> Ranges:
        return whole(replace(self, may=None))

    patch.setattr(Fines, "sum", sum_)


def taken_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Settler, "thing", lambda _, place: -1 - place)


def no_mercy(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Settler, "_spare", lambda *_: None)


def no_floor_is_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Settler, "_floors", lambda *_: None)


def first_shape_for_all(patch: pytest.MonkeyPatch) -> None:
    whole = Settler._pattern
    patch.setattr(Settler, "_pattern", lambda self, shape, _: whole(self, shape, 0))


def conduct_for_both(patch: pytest.MonkeyPatch) -> None:
    whole = SideWriter._day

    def day(self: SideWriter, rule: Rule) -> str:
        return self.days.conduct if self.time is LawTime.DECISION else whole(self, rule)

    patch.setattr(SideWriter, "_day", day)


def mercy_waits(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(engine, "waiting_rules", lambda book, _: frozenset(book.rules))


def one_answer(patch: pytest.MonkeyPatch) -> None:
    whole = Splitter._domain
    patch.setattr(Splitter, "_domain", lambda self, fact: whole(self, fact)[:1])


def nothing_is_undetermined(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Settler, "wait", lambda *_: None)


def answers_settle_one_rule(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SideWriter, "_near", lambda *_: False)


def one_fine_at_most(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Settler, "several", lambda _, __, among: np.zeros_like(among))


FAULTS = [
    answers_settle_one_rule, one_fine_at_most, mercy_waits, one_answer, nothing_is_undetermined,
    edge, open_is_no, wrong_day, always_in_force, no_defeat, never_lighter,
    always_lighter,
    mercy_of_one_law, repealed_is_silent, no_tier, a_sum_of_nothing, floor_above, lower_fine,
    all_add_up, floors_of_optional_fines, taken_twice, no_mercy, no_floor_is_nothing,
    first_shape_for_all, conduct_for_both,
]  # fmt: skip


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_shows(monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    plant(monkeypatch)
    assert tally().found != []


# --- open sums and bounds ---

OPEN = """
define step as
  if act.worse then 0 yuan
  otherwise 5 yuan

rule D
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is green
    then fine step

rule J
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is red and act.c
    then fine 1 to 2 yuan
    if act.grave
      fine 3 to 4 yuan

rule B
  version from 2000-01-01
    law GEN-2000 art 3
    when act.kind is red and act.worse and act.grave and act.seen_on after 2009-12-31
    then fine 2 yuan

rule Z
  version from 2000-01-01
    law GEN-2000 art 4
    when act.kind is red and act.gain at least 0 yuan
    then warn

rule Y
  version from 2000-01-01
    law GEN-2000 art 5
    when act.kind is green and act.c and (largest group of order alike in fake) at least 0
    then publish

rule X
  version from 2000-01-01
    law GEN-2000 art 6
    when act.kind is blue
    then fine 3 yuan to 2 times act.gain + 2 yuan
    if act.gain more than 3 yuan
      warn

rule K
  version from 2000-01-01
    law GEN-2000 art 7
    when act.kind is blue and act.c
    then fine 1 to 3 yuan

rule N
  version from 2000-01-01
    law GEN-2000 art 8
    when act.kind is blue and act.seen_on after 2010-01-31
    then publish

rule T
  version from 2000-01-01
    law GEN-2000 art 10
    when act.kind is red and act.grave and (any order satisfies fake)
    then fine 7 yuan

rule I
  version from 2000-01-01
    law GEN-2000 art 9
    when act.kind is blue and act.worse
    then the higher fine only
"""


def open_rows(simulator: Simulator) -> list[tuple[Any, Any, Any]]:
    """Return acts of every kind with everything that the rules ask for known or open."""
    ways = {"worse": (True, False, None), "grave": (True, False, None), "c": (True, False)}
    more = {"kind": ("red", "green", "blue"), "gain": ("0", "5", None), "seen_on": (None,)}
    every = {**ways, **more, "ended_on": ("2009-12-30", "2010-01-01")}
    acts = [dict(zip(every, values, strict=True)) for values in product(*every.values())]
    cases = [
        small.case(
            simulator.rulebook, {name: x for name, x in act.items() if x is not None},
            decided_on="2010-01-31",
        )
        for act in acts
    ]  # fmt: skip
    ordered = {"*order": ({"fake": True},)}
    rows_ = plain_rows(cases, simulator.exact)
    return [(case, party, {**act, **ordered}) for case, party, act in rows_]


def open_tally() -> ColumnTally:
    simulator = Simulator(small.rulebook(OPEN))
    return differences(simulator, open_rows(simulator))


def test_without_a_fault_open_sums_do_not_differ() -> None:
    found = open_tally()
    assert found.found == []
    assert found.settled + found.split > found.rows // 2


def no_doubts(patch: pytest.MonkeyPatch) -> None:
    whole = SideWriter._leave
    patch.setattr(
        SideWriter, "_leave", lambda self, rule, open_, _: whole(self, rule, open_, False)
    )


def no_bounds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Limits, "of", lambda *_: (None, None))


def bounds_of_all_rows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Limits, "above", lambda *_: ())


def ceilings_are_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Settler, "_ceilings", lambda *_: None)


def sums_are_sure(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ColumnPackages, "_add_loose", lambda *_: None)


def floors_stand(patch: pytest.MonkeyPatch) -> None:
    whole = ColumnPackages._loose_ends

    def ends(self: ColumnPackages, band: Band, high: Ends, depth: int) -> list[str]:
        low, high_ = whole(self, band, high, depth)
        return [low if band.low is None else self._seen(depth).number(band.low).text, high_]

    patch.setattr(ColumnPackages, "_loose_ends", ends)


def asked_as_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ColumnPackages, "_asks", lambda *_: False)


def one_stretch(patch: pytest.MonkeyPatch) -> None:
    whole = Cuts.stretches

    def stretches(self: Cuts, path: str, which: Sequence[int], table: Table) -> Stretch:
        found = whole(self, path, which, table)
        return Stretch(found.low[:1], found.has_low[:1], found.high[:1], found.has_high[:1])

    patch.setattr(Cuts, "stretches", stretches)


def nothing_is_alone(patch: pytest.MonkeyPatch) -> None:
    whole = Simulator._seen

    def seen(self: Simulator, *parts: Any) -> Seen:  # noqa: ANN401 - whatever it takes
        found = whole(self, *parts)
        return replace(found, alone=np.zeros_like(found.alone))

    patch.setattr(Simulator, "_seen", seen)


OPEN_FAULTS = [
    no_doubts, no_bounds, bounds_of_all_rows, ceilings_are_nothing, sums_are_sure, floors_stand,
    asked_as_one, one_stretch, nothing_is_alone,
]  # fmt: skip


@pytest.mark.parametrize("plant", OPEN_FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_shows_in_open_sums(monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    plant(monkeypatch)
    assert open_tally().found != []
