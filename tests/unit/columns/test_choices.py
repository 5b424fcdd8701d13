"""Plans for few rows know which choices occur in them, and are not used where others do."""

from __future__ import annotations

import numpy as np

from lawengine.columns.engine import Simulator
from lawengine.columns.gate import _FEW
from lawengine.columns.results import Results
from lawengine.columns.table import Column, Table
from tests import small
from tests.agreement.columns import told
from tests.open_rows import agreed, rows_of

RULES = """
rule Red
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and act.a
    then fine 1 yuan

rule Other
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is not red
    then warn

rule Either
  version from 2000-01-01
    law GEN-2000 art 3
    when act.kind is one of green, blue
    then order to stop
"""
KINDS = ("red", "green", "blue")


def simulator() -> Simulator:
    return Simulator(small.rulebook(RULES))


def of_kinds(one: Simulator, *kinds: str | None) -> Table:
    acts = [{"a": a, **({"kind": kind} if kind else {})} for kind in kinds for a in (True, False)]
    return rows_of(one, acts)


def all_told(results: Results) -> list[object]:
    return [told(results, row) for row in range(results.rows)]


def test_rows_of_one_kind_after_rows_of_another_are_answered_as_by_themselves() -> None:
    one = simulator()
    for kinds in (("red",), ("green",), ("blue", "red"), ("green", None)):
        table = of_kinds(one, *kinds)
        assert all_told(one.answer(table)) == all_told(simulator().answer(table))
        agreed(one, table)


def test_other_choices_come_once_and_any_may_come_from_then_on() -> None:
    one = simulator()
    for kind in ("red", "red", "green", "blue", "red"):
        one.answer(of_kinds(one, kind))

    assert one.made == 2


def test_many_rows_have_a_plan_for_every_choice() -> None:
    one = simulator()
    few = of_kinds(one, "red")
    many = Table(
        {path: Column(np.resize(c.values, _FEW + 1)) for path, c in few.columns.items()}, _FEW + 1
    )
    one.answer(many)
    one.answer(of_kinds(one, *KINDS))

    assert one.made == 1
