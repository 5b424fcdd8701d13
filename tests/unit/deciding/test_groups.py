"""Which measures are one choice, and what both of two laws impose."""

from lawengine.compiled.engine import Engine
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Branch
from lawengine.reports.measures import measure_items
from lawengine.reports.naming import Names
from lawengine.statutes import Library
from tests import small
from tests.agreement.comparing import differences
from tests.properties.rulebooks import LIGHTER

CHOICES = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    then either of warn, publish
         either of suspend business, downgrade

rule S
  version from 2000-01-01
    law GEN-2000 art 2
    then either of criticise publicly, close business
"""
OPEN_LAW = """
rule R
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    then order to stop
         order to correct within 10 days
         warn
         fine 1 to 2 yuan
  version from 2010-01-01
    law GEN-2010 art 1
    then order to stop
         order to correct within 20 days
         warn
         confiscate act.gain
"""


def branch(text: str, ended_on: str) -> tuple[Branch, Names]:
    book = small.rulebook(text)
    case = small.case(book, {"ended_on": ended_on, "gain": 5}, decided_on="2011-01-01")
    found = decide(case, book)
    assert found.decision is not None
    (only,) = found.decision.acts()[0].branches
    tally = differences(Engine(book), case)
    assert (tally.acts, tally.found) == (1, [])
    return only, Names(book, Library(()), "en")


def test_choices_of_different_rules_stay_apart() -> None:
    found, names = branch(CHOICES, "2010-05-05")

    assert [s.group for s in found.sanctions] == [1, 1, 2, 2, 3, 3]
    texts = [item.text for item in measure_items(found, names)]
    assert "at the authority's choice: public criticism / order to close" in texts
    assert not any("warning / public criticism" in text for text in texts)


def test_what_both_laws_order_is_ordered_either_way() -> None:
    found, _ = branch(LIGHTER + OPEN_LAW, "2009-05-05")

    assert [(s.kind.value, s.mandatory, s.group) for s in found.sanctions] == [
        ("order_to_stop", True, 0),
        ("order_to_correct", False, 1),
        ("warn", True, 0),
        ("fine", False, 1),
        ("order_to_correct", False, 1),
        ("confiscate", False, 1),
    ]
