"""Rows that a figure reaches: where a comparison with it says something else, or is open."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results
from lawengine.columns.table import Table
from lawengine.columns.unmoved import Unmoved
from lawengine.model.rulebook import Rulebook
from tests import small
from tests.open_rows import rows_of

RULES = """
parameter term : period
  is {term} from 2000-01-01 law GEN-2000 art 1

parameter most : money
  is {most} from 2000-01-01 law GEN-2000 art 1

define late as
  act.seen_on after act.ended_on + term rounded down

rule R
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is red
    unless late
    then fine 1 yuan to lower of most and 8 yuan
    if act.gain more than 3 yuan and not late
      warn

rule L
  version from 2000-01-01
    law GEN-2000 art 3
    when late and act.a
    then exempt from penalty
"""
DECIDED = "2009-08-01"


def book(term: str = "1 month", most: str = "5 yuan") -> Rulebook:
    return small.rulebook(RULES.format(term=term, most=most))


def table(simulator: Simulator) -> Table:
    days = ("2009-06-10", "2009-07-01", "2009-07-02", "2009-07-03", "2009-08-01", None)
    acts: list[dict[str, Any]] = [
        {"kind": kind, "a": a, "gain": gain, **({"seen_on": day} if day else {})}
        for kind in ("red", "green")
        for a in (True, False)
        for gain in ("2", "5")
        for day in days
    ]
    return rows_of(simulator, acts, decided=DECIDED)


def same(one: Results, two: Results) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return the rows in which two results are the same."""
    found = (one.codes == two.codes).all(axis=0)
    for name in ("fine_low", "fine_high", "confiscated", "choices"):
        found &= getattr(one, name) == getattr(two, name)
    return np.asarray(found, np.bool_)


def test_a_row_is_reached_where_a_comparison_says_something_else_or_is_open() -> None:
    before, after = Simulator(book()), Simulator(book("31 days"))
    cases = table(before)
    told = before.unmoved(frozenset({"term"}))
    reached = told.reached(after.rulebook, before.admitted(cases), cases.rows)

    # one month after 1 June is 1 July, 31 days after it 2 July
    seen = cases.columns["act.seen_on"]
    known = np.ones(cases.rows, np.bool_) if seen.known is None else seen.known
    second = 14427  # 2009-07-02, counted from 1970
    assert reached.tolist() == (~known | (seen.values == second)).tolist()
    assert same(before.answer(cases), after.answer(cases))[~reached].all()


@pytest.mark.parametrize("term", ["10 days", "2 months", "1 year"])
def test_rows_that_are_not_reached_are_answered_as_before(term: str) -> None:
    before, after = Simulator(book()), Simulator(book(term))
    cases = table(before)
    told = before.unmoved(frozenset({"term"}))
    reached = told.reached(after.rulebook, before.admitted(cases), cases.rows)
    alike = same(before.answer(cases), after.answer(cases))

    assert 0 < reached.sum() < cases.rows
    assert alike[~reached].all()
    assert not alike.all()


def test_an_open_number_compared_with_a_figure_is_reached() -> None:
    """The bounds of a number settle some comparisons with it: the others hang on the figure."""
    above = """
rule B
  version from 2000-01-01
    law GEN-2000 art 6
    when act.gain more than most
    then warn
"""
    before, after = (
        Simulator(small.rulebook(RULES.format(term="1 month", most=most) + above))
        for most in ("5 yuan", "6 yuan")
    )
    acts = [{"kind": "green", "a": True, "gain": gain} for gain in ("4", "5.5", "7", None)]
    cases = rows_of(before, [{k: v for k, v in act.items() if v is not None} for act in acts])
    told = before.unmoved(frozenset({"most"}))
    reached = told.reached(after.rulebook, before.admitted(cases), cases.rows)

    assert reached.tolist() == [False, True, False, True]


def test_a_figure_in_a_sum_reaches_the_rows_that_may_meet_its_version() -> None:
    before, after = Simulator(book()), Simulator(book(most="6 yuan"))
    cases = table(before)
    told = before.unmoved(frozenset({"most"}))
    reached = told.reached(after.rulebook, before.admitted(cases), cases.rows)

    half = cases.rows // 2
    assert reached.tolist() == [True] * half + [False] * half  # the red ones come first
    alike = same(before.answer(cases), after.answer(cases))
    assert alike[~reached].all()
    assert not alike.all()


def test_a_figure_in_a_sum_of_a_version_without_a_condition_reaches_every_row() -> None:
    always = """
rule A
  version from 2000-01-01
    law GEN-2000 art 5
    then fine 1 yuan to most
"""
    one, two = (
        small.rulebook(RULES.format(term="1 month", most=m) + always) for m in ("5 yuan", "6 yuan")
    )
    before = Simulator(one)
    cases = table(before)
    told = before.unmoved(frozenset({"most"}))

    assert told.compared is None
    assert told.reached(two, before.admitted(cases), cases.rows).all()


def test_a_figure_that_a_list_reads_reaches_every_row() -> None:
    text = (
        RULES.format(term="1 month", most="5 yuan")
        + """
list GEN.black of act "Black" / "黑"
  dated by act.ended_on
  version from 2000-01-01
    law GEN-2000 art 9
    when late
    lasts from act.ended_on
"""
    )
    rulebook = small.rulebook(text)
    simulator = Simulator(rulebook)

    assert simulator.unmoved(frozenset({"term"})).compared is None
    # where statuses are counted apart, they matter as far as rules ask for one
    assert simulator.unmoved(frozenset({"term"}), statuses=False).compared is not None
    asks = """
rule Asks
  version from 2000-01-01
    law GEN-2000 art 7
    when GEN.black listed
    then warn
"""
    asking = Simulator(small.rulebook(text + asks))
    assert asking.unmoved(frozenset({"term"}), statuses=False).compared is None


def test_without_the_days_of_act_and_decision_every_row_is_reached() -> None:
    before = Simulator(book())
    cases = table(before)
    undated = Table({p: c for p, c in cases.columns.items() if p != "act.ended_on"}, cases.rows)
    told = before.unmoved(frozenset({"term"}))

    assert isinstance(told, Unmoved)
    assert told.reached(book("2 months"), before.admitted(undated), cases.rows).all()
