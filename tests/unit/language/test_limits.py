"""Rulebooks that would take for ever are refused with a diagnostic, never tried."""

from __future__ import annotations

import pytest

from lawengine.base.source import Source
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse

VOCABULARY = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日期": date, serves as decision_date
entity party of case, listed as respondents "Party" / "当事人"
entity act of party, listed as acts "Act" / "行为"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
  a "A" / "甲": yes_no
  number "Number" / "数": count
"""


def read(text: str) -> Lowered:
    return lower([parse(Source("limits.law", VOCABULARY + text)).tree], {})


def codes(lowered: Lowered) -> list[str]:
    return [found.code for found in lowered.diagnostics]


def rule(name: str, condition: str) -> str:
    return f"""
rule {name} "R" / "规则"
  version from 2000-01-01
    law GEN-2000 art 1
    when {condition}
    then warn
"""


def doubling(count: int) -> str:
    first = 'define d0 "D" / "定义零" as act.a\n'
    more = (f"define d{n} as d{n - 1} and d{n - 1}\n" for n in range(1, count + 1))
    return first + "".join(more)


def test_definitions_that_double_each_other_are_refused_at_once() -> None:
    assert "LAW320" in codes(read(doubling(25)))


def test_a_few_definitions_in_each_other_are_fine() -> None:
    assert codes(read(doubling(8))) == []


def chain(count: int) -> str:
    links = (rule(f"R{n}", f"R{n - 1} established") for n in range(1, count))
    return rule("R0", "act.a") + "".join(links)


def test_a_chain_of_rules_has_a_limit() -> None:
    assert codes(read(chain(100))) == []
    assert codes(read(chain(101))) == ["LAW319"]
    assert codes(read(chain(400))) == ["LAW319"]


def test_a_circle_through_a_table_is_seen() -> None:
    text = (
        'define d "D" / "定义" as\n  if S established then 1\n  otherwise 2\n'
        'table t "T" / "表一": count, first hit\n'
        "  | d | gives |\n  | 1 | 5 |\n  | * | 6 |\n"
    ) + rule("S", "t is 5")

    assert codes(read(text)) == ["LAW307"]


def test_a_collection_does_not_serve_the_machinery() -> None:
    text = """
entity order of act, listed as orders "Order" / "订单"
  placed "Placed on" / "下单日": date, serves as knowledge_date
"""

    assert codes(read(text)) == ["LAW231"]


@pytest.mark.parametrize("kind", ["one_of", "one of serves as conduct_kind"])
def test_one_of_nothing_is_refused(kind: str) -> None:
    vocabulary = VOCABULARY.replace(
        "entity party", f'  mood "Mood" / "情绪": {kind}\nentity party', 1
    )
    tree = parse(Source("vocabulary.law", vocabulary)).tree

    assert [(d.code, d.span.line) for d in lower([tree], {}).diagnostics] == [("LAW235", 4)]
