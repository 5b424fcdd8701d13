"""Rows with open facts: what waits for a fact, what is answered both ways, what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from lawengine.columns import splitting
from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results
from lawengine.columns.sides import Days
from lawengine.columns.splitting import Ask
from lawengine.columns.table import Flags, Table
from lawengine.columns.waiting import waiting_rules
from tests import small
from tests.open_rows import agreed, rows_of, simulated

RULES = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and act.a
    then fine 10 to 20 yuan
    if act.grave
      fine 30 to 50 yuan

rule S
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is green
    then fine 1 to 2 yuan
    if act.grave and act.worse
      fine 3 to 6 yuan

rule L
  version from 2000-01-01
    law GEN-2000 art 3
    when act.b
    then exempt from penalty
"""
LATER = """
rule T
  version from 2000-01-01
    law GEN-2000 art 9
    then the lighter later law
"""
GREEN = {"kind": "green", "b": False}


def test_a_violation_that_hangs_on_an_open_fact_needs_no_branches() -> None:
    simulator, counted = simulated(RULES)
    red = {"kind": "red", "grave": True, "b": False}
    found = agreed(simulator, rows_of(simulator, [red] * 6))

    assert found.has("undetermined").all()
    assert not found.fine_high.any()
    assert counted.singles == 0


def test_an_open_tier_is_answered_both_ways_for_all_rows_at_once() -> None:
    simulator, counted = simulated(RULES)
    table = rows_of(simulator, [GREEN] * 9)
    found = agreed(simulator, table)

    assert counted.singles == 1  # the first one, from which is learnt what is asked
    assert found.has("branched").all()
    assert (found.fine_low == 100).all()
    assert (found.fine_high == 600).all()
    simulator.answer(table)
    assert counted.singles == 1
    grave, worse = Ask("act.grave"), Ask("act.worse")
    assert simulator.splitter.taught == {1: dict.fromkeys([(grave,), (worse,), (grave, worse)])}


def test_one_plan_serves_rows_of_which_other_facts_are_open_in_all() -> None:
    simulator, counted = simulated(
        RULES,
        """
rule U
  version from 2000-01-01
    law GEN-2000 art 4
    when act.kind is blue
    then fine 5 to 6 yuan
    if act.grave
      fine 7 to 8 yuan
""",
    )
    green = {"kind": "green", "b": False, "worse": True}
    blue = {"kind": "blue", "b": False, "a": True}
    agreed(simulator, rows_of(simulator, [green] * 6 + [blue] * 6))

    assert counted.singles == 2  # the first one of each kind
    assert simulator.made == 2  # one without the tier, of which nothing is known, one with it


BLUE = """
rule U
  version from 2000-01-01
    law GEN-2000 art 4
    when act.kind is blue
    then fine 5 to 6 yuan
    if act.grave
      fine 7 to 8 yuan
"""


def run_lengths(simulator: Simulator, table: Table) -> list[int]:
    """Return how many rows each run for answers has, and hold that it answers as single cases."""
    found: list[int] = []
    run = simulator.splitter.run

    def counted(split: Table, results: Results) -> tuple[Flags, Flags]:
        found.append(split.rows)
        return run(split, results)

    simulator.splitter.run = counted
    agreed(simulator, table)
    simulator.splitter.run = run
    return found


def test_rows_of_several_kinds_are_answered_in_one_run() -> None:
    simulator, _ = simulated(RULES, BLUE)
    green, blue = {**GREEN, "worse": True}, {"kind": "blue", "b": False, "a": True}
    table = rows_of(simulator, [green] * 6 + [blue] * 2)
    simulator.answer(table)

    assert run_lengths(simulator, table) == [2 * 8]


def test_no_run_is_longer_than_a_chunk() -> None:
    simulator, _ = simulated(RULES, BLUE)
    simulator.splitter.chunk = 20
    green, blue = {**GREEN, "worse": True}, {"kind": "blue", "b": False, "a": True}
    table = rows_of(simulator, [green] * 16 + [blue] * 6)
    simulator.answer(table)

    found = run_lengths(simulator, table)
    assert sum(found) == 2 * 22
    assert max(found) <= 20


def test_how_long_a_chunk_is_makes_no_difference() -> None:
    book = small.rulebook("""
rule V
  version from 2000-01-01
    law GEN-2000 art 5
    when act.a
    then fine 1 to 9 yuan

rule W
  version from 2000-01-01
    law GEN-2000 art 6
    when act.b
    then fine 2 to 4 yuan
""")
    acts = [{"kind": "red", "a": a, "b": b} for a in (True, False) for b in (True, False)]
    table = rows_of(Simulator(book), acts).at(np.arange(100_003) % len(acts))

    one, two = Simulator(book, chunk=1 << 17).answer(table), Simulator(book).answer(table)

    assert (one.fine_low == two.fine_low).all()
    assert (one.fine_high == two.fine_high).all()
    assert (one.codes == two.codes).all()


def test_the_first_answers_that_settle_a_row_count() -> None:
    simulator, counted = simulated(RULES)
    both = rows_of(simulator, [GREEN] * 6 + [{**GREEN, "worse": True}] * 6)
    agreed(simulator, both)
    counted.singles = 0
    agreed(simulator, both)

    assert counted.singles == 0


def test_an_answer_that_makes_no_difference_does_not_matter() -> None:
    simulator, counted = simulated(RULES, """
rule N
  version from 2000-01-01
    law GEN-2000 art 4
    when act.kind is blue
    then fine 7 to 8 yuan
    if act.grave
      fine 7 to 8 yuan
""")  # fmt: skip
    found = agreed(simulator, rows_of(simulator, [{"kind": "blue", "b": False}] * 6))

    assert counted.singles == 1
    assert found.has("exactly").all()
    assert not found.has("branched").any()
    assert (found.fine_low == 700).all()


def test_what_is_known_of_some_rows_is_not_asked_of_them() -> None:
    simulator, counted = simulated(RULES)
    some = [{}, {"grave": True}, {"grave": False}, {"worse": True}, {"grave": True, "worse": False}]
    table = rows_of(simulator, [{**GREEN, **more} for more in some * 8])
    found = agreed(simulator, table)

    assert counted.singles == 1
    assert found.fine_low[:5].tolist() == [100] * 5
    assert found.fine_high[:5].tolist() == [600, 600, 200, 600, 200]


def test_mercy_is_answered_both_ways() -> None:
    simulator, counted = simulated(RULES)
    found = agreed(simulator, rows_of(simulator, [{"kind": "green", "grave": False}] * 6))

    assert counted.singles == 1
    assert found.has("may_fine").all()
    assert (found.fine_high == 200).all()


def test_where_nothing_is_violated_no_mercy_is_asked_for() -> None:
    simulator, counted = simulated(RULES)
    runs = run_lengths(simulator, rows_of(simulator, [{"kind": "blue"}] * 6))

    assert counted.singles == 0
    assert runs == []


LIMITED = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red or act.kind is green
    then fine 10 to 20 yuan

rule S
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is green
    then fine 5 to 30 yuan

rule ONE
  version from 2000-01-01 to 2009-06-30
    law GEN-2000 art 3
    when act.b
    then one fine only
  version from 2009-07-01
    law GEN-2000 art 3
    when act.b
    then the higher fine only
"""


def test_whether_fines_are_limited_is_asked_only_where_there_are_several() -> None:
    simulator, counted = simulated(LIMITED)
    one, several = [{"kind": "red"}] * 6, [{"kind": "green"}] * 6
    found = agreed(simulator, rows_of(simulator, one))
    assert counted.singles == 0
    assert run_lengths(simulator, rows_of(simulator, one)) == []
    assert (found.fine_low == 1000).all()

    agreed(simulator, rows_of(simulator, several))
    assert counted.singles == 1
    assert run_lengths(simulator, rows_of(simulator, several * 2))

    simulator, counted = simulated(LIMITED, LATER)
    rows = [
        {**act, "ended_on": day} for act in one + several for day in ("2009-06-01", "2009-07-09")
    ]
    agreed(simulator, rows_of(simulator, rows))


def test_more_fines_in_a_row_than_a_byte_counts() -> None:
    text = """
rule R{}
  version from 2000-01-01
    law GEN-2000 art 1
    when act.a
    then fine 1 to 2 yuan
"""
    simulator, counted = simulated(*(text.format(number) for number in range(257)))
    found = agreed(simulator, rows_of(simulator, [{"a": True}, {"a": False}] * 3))

    assert counted.singles == 0
    assert found.fine_low.tolist() == [25_700, 0] * 3
    assert found.fine_high.tolist() == [51_400, 0] * 3


def test_few_rows_and_many_answers_are_left_to_single_cases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulator, counted = simulated(RULES)
    agreed(simulator, rows_of(simulator, [GREEN] * simulator.splitter.least))
    assert counted.singles == simulator.splitter.least

    monkeypatch.setattr(splitting, "MOST_ANSWERS", 3)
    simulator, counted = simulated(RULES)
    agreed(simulator, rows_of(simulator, [GREEN] * 9))
    assert counted.singles == 9


def test_a_violation_that_hangs_on_an_open_number_waits_where_its_bounds_do_not_settle_it() -> None:
    simulator, counted = simulated("""
rule S
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is green and 2 times act.number + 1 at least act.other
    then fine 1 to 2 yuan
""")
    green = {"kind": "green"}
    found = agreed(simulator, rows_of(simulator, [{**green, "other": x} for x in (1, 2, 3)] * 3))

    assert counted.singles == 0
    assert found.has("undetermined").tolist() == [False, True, True] * 3
    assert found.fine_high.tolist() == [200, 0, 0] * 3


def test_a_violation_that_hangs_on_a_day_between_two_bounds_is_answered_both_ways() -> None:
    simulator, counted = simulated("""
rule S
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is green and act.seen_on after 2009-06-15
    then fine 1 to 2 yuan
""")
    green = {"kind": "green"}
    late = {**green, "ended_on": "2009-07-01"}
    found = agreed(simulator, rows_of(simulator, [green] * 2 + [late]))

    assert counted.singles == 2
    assert found.has("undetermined").tolist() == [True, True, False]
    assert found.fine_low.tolist() == [100] * 3


def test_a_violation_that_hangs_on_a_collection_is_left_to_single_cases() -> None:
    simulator, counted = simulated("""
rule S
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is green and (any order satisfies fake)
    then fine 1 to 2 yuan
""")
    found = agreed(simulator, rows_of(simulator, [{"kind": "green"}] * 5))

    assert counted.singles == 5
    assert found.fine_high.tolist() == [0] * 5


def mixed(simulator: Simulator, number: int) -> Table:
    draw = np.random.default_rng(4)
    names = ("a", "grave", "worse", "b")
    acts = []
    for _ in range(number):
        act: dict[str, Any] = {n: bool(draw.random() < 0.5) for n in names if draw.random() < 0.7}
        acts.append({**act, "kind": str(draw.choice(["red", "green", "blue"]))})
    return rows_of(simulator, acts)


def everything(results: Results) -> Sequence[object]:
    return [getattr(results, name).tolist() for name in (
        "codes", "fine_low", "fine_high", "confiscated", "choices",
    )]  # fmt: skip


def test_the_order_of_rows_and_the_size_of_chunks_do_not_matter() -> None:
    simulator, counted = simulated(RULES)
    table = mixed(simulator, 300)
    meant = everything(agreed(simulator, table))
    singles = counted.singles
    assert 0 < singles < 20

    for chunk in (7, 64):
        other, _ = simulated(RULES)
        other.chunk = other.splitter.chunk = chunk
        assert everything(other.answer(table)) == meant
    back = np.arange(table.rows)[::-1]
    turned = table.at(back)
    other, _ = simulated(RULES)
    assert everything(other.answer(turned).at(back)) == meant


def test_a_later_mercy_asks_for_what_a_rule_waits_for() -> None:
    simulator, counted = simulated(
        LATER,
        """
rule P
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and act.a
    then fine 10 to 20 yuan

rule L
  version from 2010-01-01
    law GEN-2000 art 3
    when act.a and act.b
    then exempt from penalty
""",
    )
    acts = [{"kind": "red", "b": True}] * 6
    found = agreed(simulator, rows_of(simulator, acts, "2011-08-01"))

    # whether the later law exempts hangs on `a` too, so both are answered together
    assert found.has("undetermined").all()
    assert found.has("branched").all()
    assert counted.singles == 1


def test_a_rule_that_asks_for_a_mercy_asks_for_the_later_one_too() -> None:
    simulator, _ = simulated(
        LATER,
        """
rule P
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and L established
    then fine 10 to 20 yuan

rule L
  version from 2010-01-01
    law GEN-2000 art 3
    when act.b
    then exempt from penalty
""",
    )
    table = rows_of(simulator, [{"kind": "red"}] * 6, "2011-08-01")

    assert agreed(simulator, table).has("undetermined").all()


def test_a_fact_that_a_row_does_not_ask_for_stays_open() -> None:
    text = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is one of red, green
    then fine 10 to 20 yuan
    if act.grave
      fine 30 to 50 yuan

rule L
  version from 2000-01-01
    law GEN-2000 art 3
    when act.b and act.worse
    then exempt from penalty

rule W
  version from 2000-01-01
    law GEN-2000 art 2
    when act.worse
    then fine 1 to 2 yuan
"""
    simulator, _ = simulated(text)
    both = [{"kind": "red", "b": True}] * 6 + [{"kind": "red", "b": False}] * 6
    found = agreed(simulator, rows_of(simulator, both))

    # where L may exempt, `worse` is asked, and W is answered with it; elsewhere W waits
    assert found.has("undetermined").tolist() == [False] * 6 + [True] * 6
    assert found.fine_high.tolist() == [5000] * 12


def test_which_rules_wait() -> None:
    book = small.rulebook(RULES, """
rule N
  version from 2000-01-01
    law GEN-2000 art 4
    when act.gain more than 3 yuan
    then warn

rule C
  version from 2000-01-01
    law GEN-2000 art 4
    when any order satisfies fake
    then warn
""")  # fmt: skip
    days = Days("act.ended_on", "case.decided_on")

    assert waiting_rules(book, days) == {"R", "S", "N"}
    shipped = small.shipped()
    norms = set(shipped.rules) - set(shipped.general)
    assert len(waiting_rules(shipped, days)) > len(norms) * 9 // 10
