"""What a definition, a table or a figure leaves unchecked is told where an answer rests on it."""

import pytest

from lawengine.base.label import Language
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.explanation.reason import Reason
from lawengine.model.rulebook import Rulebook
from lawengine.reports.drafting import draft
from lawengine.reports.naming import Names
from lawengine.statutes import Library
from tests import small

DEFINED = """
define big "a big act" / "大额行为" as
  act.number at least {least}
  law GEN-2000 art 2
  status unverified because "the measure is from memory" / "标准凭记忆"
"""
TABLED = """
table least "threshold" / "标准": count, first hit
  law GEN-2000 art 2
  status unverified because "the measure is from memory" / "标准凭记忆"
  | act.a | gives |
  | *     | 3     |
"""
FIGURE = """
parameter least "threshold" / "标准": count
  is 3 from 2000-01-01 to 2009-12-31 law GEN-2000 art 2 status unverified because
    "the measure is from memory" / "标准凭记忆"
  is 3 from 2010-01-01 law GEN-2010 art 2
"""
RULE = """
rule R "Big acts" / "大额行为"
  version from 2000-01-01
    law GEN-2000 art 1
    when {when}
    then fine 1 to 2 yuan
"""


def decided(text: str, ended_on: str = "2005-05-05") -> tuple[Rulebook, Decision]:
    book = small.rulebook(text)
    found = decide(small.case(book, {"ended_on": ended_on, "a": True, "number": 5}), book)
    assert found.decision is not None
    return book, found.decision


def doubts(text: str, language: Language, ended_on: str = "2005-05-05") -> list[tuple[str, str]]:
    book, decision = decided(text, ended_on)
    document = draft(decision, Names(book, Library(()), language))
    return [doubt for party in document.parties for act in party.acts for doubt in act.unverified]


@pytest.mark.parametrize(
    "text",
    [
        DEFINED.format(least="3") + RULE.format(when="act.a and big"),
        TABLED + RULE.format(when="act.number at least least"),
        FIGURE + RULE.format(when="act.number at least least"),
    ],
)
def test_the_doubt_is_told(text: str) -> None:
    assert doubts(text, "en") == [("GEN-2000 art 2", "the measure is from memory")]
    assert [why for _, why in doubts(text, "zh")] == ["标准凭记忆"]


def test_a_part_that_did_not_matter_raises_no_doubt() -> None:
    text = DEFINED.format(least="30") + RULE.format(when="act.a or big")

    assert doubts(text, "en") == []


def test_a_figure_names_the_law_of_its_day() -> None:
    text = FIGURE + RULE.format(when="act.number at least least")
    _, decision = decided(text, "2011-05-05")
    figures = [r for r in walk(decision) if r.code == "figure"]

    assert {str(law) for r in figures for law in r.law} == {"GEN-2010 art 2"}
    assert doubts(text, "en", "2011-05-05") == []


def walk(decision: Decision) -> list[Reason]:
    return [r for act in decision.acts() for b in act.branches for r in b.reason.walk()]
