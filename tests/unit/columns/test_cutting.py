"""Open numbers and days: one value for each stretch between the ends of comparisons."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from lawengine.columns.cutting import Cuts
from lawengine.columns.engine import Simulator
from lawengine.columns.table import Column, Table
from tests import small
from tests.open_rows import agreed, rows_of, simulated

RED = {"kind": "red", "b": False, "grave": False}
RULES = """
define end_of_term as
  act.ended_on + 2 years rounded down

rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red
    then fine 10 to 20 yuan
    if act.number at least 5 and not act.grave
      fine 30 to 40 yuan
    if act.number more than 7 and act.grave
      fine 50 to 60 yuan

rule L
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 2
    when act.seen_on after end_of_term
    then exempt from penalty

  version from 2010-01-01
    law GEN-2000 art 2
    when act.seen_on after act.ended_on + 3 years rounded down and act.b
    then exempt from penalty
"""


def cuts_of(*texts: str) -> Cuts:
    return Simulator(small.rulebook(*texts)).splitter.cuts


def rule(condition: str, tier: str = "act.a", fine: str = "1 to 2 yuan") -> str:
    return f"""
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and {condition}
    then fine 1 yuan
    if {tier}
      fine {fine}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (rule("act.gain at least 5 yuan"), {"act.gain": [-1, 0]}),
        (rule("7 less than act.number"), {"act.number": [0, 1]}),
        (rule("act.number is 7 or act.number is not 9"), {"act.number": [-1, -1, 0, 0, 1, 1]}),
        (rule("act.number at most 7", "act.number less than 3"), {"act.number": [-1, 0, 0, 1]}),
        (rule("act.number at most act.other"), {"act.number": [0, 1], "act.other": [-1, 0]}),
        (rule("act.gain at least 5 yuan", fine="3 times act.gain"), {}),
        (rule("act.number + 1 at least 5"), {}),
        (rule("act.number at least 2 times act.number"), {}),
        # What bounds another fact would change what is known of that one.
        (rule("act.ended_on before 2009-01-01 and act.seen_on before 2009-01-01"),
         {"act.seen_on": [-1, 0]}),
        (rule("party.revenue at least 5 yuan"), {"party.revenue": [-1, 0]}),
        (rule("act.share at least 5%"), {}),
    ],
)  # fmt: skip
def test_facts_that_rules_only_compare(text: str, found: dict[str, list[int]]) -> None:
    ends_of = cuts_of(text).ends

    assert {path: sorted(end.step for end in ends) for path, ends in ends_of.items()} == found


def test_the_day_of_discovery_is_only_compared_in_the_shipped_rules() -> None:
    cuts = Simulator(small.shipped()).splitter.cuts

    assert "act.discovered_on" in cuts.ends
    assert "act.illegal_gain" not in cuts.ends


def test_values_lie_on_both_sides_of_each_end_and_inside_the_bounds() -> None:
    simulator, _ = simulated(RULES)
    acts = [
        {"ended_on": "2005-03-01"}, {"ended_on": "2008-02-29"}, {"ended_on": "2009-06-01"},
    ]  # fmt: skip
    table = rows_of(simulator, [{**RED, **act} for act in acts], decided="2009-08-01")
    found = simulator.splitter.cuts.points("act.seen_on", table)

    days = [sorted(set(row)) for row in found.T.astype("M8[D]").astype(str).tolist()]
    assert days == [
        ["2007-03-01", "2007-03-02", "2008-03-01", "2008-03-02"],
        ["2009-08-01"],  # both ends lie after the decision: whatever the day, it was in time
        ["2009-08-01"],
    ]
    assert simulator.splitter.cuts.number("act.seen_on") >= len(found)


def test_a_bound_that_is_not_known_in_a_row_moves_nothing_there() -> None:
    simulator, _ = simulated(RULES)
    table = rows_of(simulator, [{**RED, "ended_on": "2005-03-01"}] * 2, decided="2006-01-01")
    decided = table.columns["case.decided_on"]
    some = Column(decided.values, np.array([True, False]))
    table = Table({**table.columns, "case.decided_on": some}, 2)

    found = simulator.splitter.cuts.points("act.seen_on", table)
    inside, free = found.T.astype("M8[D]").astype(str)
    assert set(inside) == {"2006-01-01"}
    assert {"2007-03-01", "2007-03-02"} <= set(free)


def test_an_open_day_is_answered_for_all_rows_at_once() -> None:
    simulator, counted = simulated(RULES)
    ends = ["2005-03-01", "2006-02-28", "2007-07-31", "2009-01-01"]
    table = rows_of(simulator, [{**RED, "number": 6, "ended_on": end} for end in ends * 3])
    found = agreed(simulator, table)

    # The first three could have been seen too late; the last is settled by the decision.
    assert found.has("may_fine").tolist() == [True, True, True, False] * 3
    assert found.has("branched").tolist() == [True, True, True, False] * 3
    assert counted.singles == 1


def test_an_open_number_is_answered_for_all_rows_at_once() -> None:
    simulator, counted = simulated(RULES)
    act = {**RED, "seen_on": "2009-06-01"}
    table = rows_of(simulator, [{**act, "grave": n % 2 == 0} for n in range(12)])
    found = agreed(simulator, table)

    assert found.fine_low.tolist() == [1000] * 12
    assert found.fine_high.tolist() == [6000, 4000] * 6
    assert counted.singles == 1


def test_days_numbers_and_judgements_are_answered_together() -> None:
    simulator, counted = simulated(RULES)
    table = rows_of(simulator, [{"kind": "red", "b": False, "ended_on": "2006-03-01"}] * 20)
    found = agreed(simulator, table)

    assert found.has("may_fine").all()
    assert (found.fine_high == 6000).all()
    assert counted.singles == 1


def test_an_end_that_is_not_known_leaves_the_row() -> None:
    simulator, counted = simulated("""
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red
    then fine 10 to 20 yuan
    if act.number at least act.other
      fine 30 to 40 yuan
""")
    some = [{"number": 3}, {"other": 3}, {}] * 8
    found = agreed(simulator, rows_of(simulator, [{**RED, **more} for more in some]))

    assert (found.fine_high == 4000).all()
    # Where one of the two is known it is the end for the other; without both there is none.
    assert counted.singles == 2 + 8


@pytest.mark.parametrize("seed", range(4))
def test_rows_with_gaps_of_every_kind_agree(seed: int) -> None:
    simulator, counted = simulated(RULES)
    draw = random.Random(seed)  # noqa: S311 - a test
    acts: list[dict[str, Any]] = []
    for _ in range(150):
        year = draw.randrange(2003, 2012)
        act: dict[str, Any] = {
            "kind": draw.choice(["red", "green"]),
            "ended_on": f"{year}-0{draw.randrange(1, 10)}-15",
            "number": draw.randrange(10), "grave": draw.random() < 0.5, "b": draw.random() < 0.5,
            "seen_on": f"{year + draw.randrange(1, 3)}-05-0{draw.randrange(1, 10)}",
        }  # fmt: skip
        sure = ("kind", "ended_on")
        acts.append({k: v for k, v in act.items() if k in sure or draw.random() < 0.7})
    table = rows_of(simulator, acts, decided="2014-08-01")
    found = agreed(simulator, table)

    assert found.has("branched").sum() > 30
    assert counted.singles < 20


def test_a_norm_of_the_later_law_alone_is_told_by_a_single_case() -> None:
    text = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red
    then fine 10 to 20 yuan

rule L
  version from 2010-01-01
    law GEN-2000 art 2
    when act.seen_on after act.ended_on + 2 years rounded down
    then exempt from penalty

rule M
  version from 2000-01-01
    law GEN-2000 art 3
    when act.mild
    then exempt from penalty

rule T
  version from 2000-01-01
    law GEN-2000 art 9
    then the lighter later law
"""
    simulator, counted = simulated(text)
    acts = [{**RED, "ended_on": day, "mild": mild} for day in ("2009-06-01", "2010-06-01")
            for mild in (True, False)]  # fmt: skip
    found = agreed(simulator, rows_of(simulator, acts * 4, decided="2014-08-01"))

    # Where the conduct is older than L and nothing hangs on it, L is no norm of the answer.
    named = [{found.layout.norms[n].rule for n in found.norms_at(row)} for row in range(4)]
    assert ["L" in rules for rules in named] == [False, True, True, True]
    assert counted.singles == 4
