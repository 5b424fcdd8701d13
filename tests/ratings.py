"""A score and a grade for tests: the text, and cases over it."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any, TypeAlias

from lawengine.base.source import Source
from lawengine.deciding.decide import Decided, decide
from lawengine.deciding.decision import Decision
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import CaseFacts, Domain, Entry, Instance, Known
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ACT, PARTY, ROOT

Facts: TypeAlias = dict[str, Any]
VOCABULARY = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日": date, serves as decision_date
entity party of case, listed as parties "Party" / "当事人"
  model "Model" / "诚信典型": yes_no
entity act of party, listed as acts "Act" / "行为"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
  harmful "Harmful" / "有害": yes_no
entity look of party, listed as looks "Look" / "评价"
  looked_on "Looked on" / "评价日": date
  good "Good" / "好评率": rate, at least 0 %, at most 100 %
  quick "Quick" / "及时率": rate, at least 0 %, at most 100 %
  complaints "Complaints" / "投诉数": count, at least 0
  faked "Faked" / "刷单": yes_no
  stars "Stars" / "星级": count
"""
FIGURES = """
parameter good_weight "Weight of good" / "好评权重": rate
  is 50 % from 2016-01-01 to 2017-12-31
  is 40 % from 2018-01-01
parameter quick_weight "Weight of quick" / "及时权重": rate
  is 20 % from 2016-01-01 to 2017-12-31
  is 30 % from 2018-01-01
parameter a_from "A from" / "甲级起点": points
  is 80 from 2016-01-01
table complaint_points of look "Points for complaints" / "投诉得分": points, first hit
  | complaints | gives |
  | 0          | 100   |
  | 1 to 5     | 62.5  |
  | *          | 0     |
"""
SCORE = """
score LAN.points also 灯笼.得分 of look "Credit score" / "信用得分"
  scale from 0 to 100
  dated by looked_on

  version from 2016-01-01
    law LAN-2016 art 3
    status unverified because "a scheme" / "方案"
    reading "as read here" / "如此解读"
    indicator good "Good" / "好评" weighing good_weight is good times 100 law LAN-2016 art 4
    indicator quick "Quick" / "及时" weighing quick_weight is quick times 100
    indicator complaints "Complaints" / "投诉" weighing 30 % is complaint_points
    veto fake "Fake trade" / "刷单" where faked law LAN-2016 art 5
"""
GRADE = """
grade LAN.grade also 灯笼.等级 of look "Credit grade" / "信用等级"
  levels are A also 甲级 "A" / "甲", B also 乙级 "B" / "乙", C "C" / "丙"
  dated by looked_on

  version from 2016-01-01
    law LAN-2016 art 3
    rests on LAN.points
    band of A at least a_from
    band of B at least 60 less than a_from law LAN-2016 art 6
    band of C less than 60
    vetoed gives C
"""
BENEFIT = """
benefit LAN.light of look "Light" / "灯光"
  dated by looked_on

  version from 2016-01-01
    law LAN-2016 art 3
    when LAN.grade at least B and LAN.points more than 65.5
    lasts from looked_on
"""
RULE = """
rule LAN.late "Late" / "逾期"

  version from 2016-01-01
    law LAN-2016 art 9
    when act.harmful
    unless any look satisfies LAN.grade is A
    then warn
"""
ALL = SCORE + GRADE + BENEFIT + RULE


def read(*texts: str, figures: str = FIGURES) -> Lowered:
    """Return what texts lower to, over the vocabulary and the figures; they parse."""
    sources = [Source(f"{n}.law", text) for n, text in enumerate([VOCABULARY, figures, *texts])]
    parsed = [parse(source) for source in sources]
    assert [d.message("en") for one in parsed for d in one.diagnostics] == []
    return lower([one.tree for one in parsed], {})


@cache
def book(text: str = ALL) -> Rulebook:
    """Return the rulebook of a text that has no mistakes."""
    lowered = read(text)
    assert [d.message("en") for d in lowered.diagnostics] == []
    return lowered.rulebook


def look(number: int = 1, **facts: Any) -> Instance:  # noqa: ANN401 - facts of any kind
    """Return one look at the party; plain values are exact, None is not known."""
    entries = {
        name: Entry(value if isinstance(value, Domain) else Known(value))
        for name, value in facts.items()
        if value is not None
    }
    return Instance("look", f"respondents[1].looks[{number}]", "", entries)


def case(*looks: Instance, **act: Any) -> CaseFacts:  # noqa: ANN401 - facts of any kind
    """Return a case of one party with these looks at it, decided in 2020."""
    ended = {"ended_on": Entry(Known(datetime.date(2019, 5, 1)))}
    facts = {name: Entry(Known(value)) for name, value in act.items()}
    acts = Instance(ACT, "respondents[1].acts[1]", "", {**ended, **facts})
    party = Instance(PARTY, "respondents[1]", "", {}, {ACT: (acts,), "look": looks})
    decided = {"decided_on": Entry(Known(datetime.date(2020, 1, 1)))}
    return CaseFacts("small", Instance(ROOT, "", "", decided, {PARTY: (party,)}))


def decided(facts: CaseFacts, rulebook: Rulebook | None = None) -> Decided:
    """Return what follows, the contradictions included."""
    return decide(facts, book() if rulebook is None else rulebook, grounds=False)


def decision(*looks: Instance, rulebook: Rulebook | None = None, **act: Any) -> Decision:  # noqa: ANN401 - facts of any kind
    """Return the decision of a case without contradictions."""
    found = decided(case(*looks, **act), rulebook).decision
    assert found is not None
    return found


def ends(low: int, high: int) -> Domain:
    """Return bounds."""
    return within(low, high)
