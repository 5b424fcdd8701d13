"""A floor above the ceiling falls to it, and the reasons say so."""

from lawengine.deciding.decide import decide
from lawengine.deciding.decision import FineTotal
from lawengine.explanation.reason import Reason
from lawengine.explanation.sentences import sentence
from tests import small

RULE = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    then fine 100 yuan to 2 times act.gain
"""


def told(gain: int) -> tuple[FineTotal, list[Reason]]:
    book = small.rulebook(RULE)
    found = decide(small.case(book, {"ended_on": "2010-05-05", "gain": gain}), book)
    assert found.decision is not None
    (branch,) = found.decision.acts()[0].branches
    return branch.fine, [r for r in branch.reason.walk() if r.code == "floor_above_ceiling"]


def test_the_floor_falls_to_the_ceiling() -> None:
    fine, (reason,) = told(20)

    assert fine == FineTotal(4000, 4000)
    assert "the floor of 100 yuan lies above the ceiling of 40 yuan" in sentence(reason, "en")
    assert "下限100元高于上限40元" in sentence(reason, "zh")


def test_a_floor_at_the_ceiling_stays() -> None:
    assert told(50) == (FineTotal(10000, 10000), [])
