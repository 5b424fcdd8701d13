"""Tables of cases for tests of analyses, under a small law with reforms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb

from lawengine.analysis.analysing import Analysed, analyse
from lawengine.analysis.running import Asked
from lawengine.analysis.sides import Law
from lawengine.base.label import Label
from lawengine.model.rulebook import Rulebook
from tests import reforming, small

RULES = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日期": date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  size "Size" / "规模": one of big "big" / "大", little "little" / "小"

entity act of party, listed as acts "Act" / "行为"
  kind "Kind" / "种类": one of fraud "fraud" / "欺诈", clutter "c" / "杂乱", fine_print "x" / "无"
  ended_on "Ended on" / "终了日": date, at most case.decided_on, serves as conduct_date
  gain "Gain" / "所得": money, at least 0 yuan, serves as illegal_gain
  grave "grave" / "严重": judgement
  own "own" / "自营": yes_no

parameter most "Most" / "上限" : money
  is 40 yuan from 2000-01-01 law GEN-2000 art 9

rule GEN.fraud "Fraud" / "欺诈"
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when act.kind is fraud
    then may fine 10 to 20 yuan
  version from 2010-01-01
    law GEN-2000 art 1
    when act.kind is fraud
    then fine 10 to 30 yuan
         confiscate act.gain
    if act.grave
      fine 30 to 90 yuan
      may suspend business

rule GEN.clutter "Clutter" / "杂乱"
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is clutter and act.own
    then fine up to most
         warn
"""
DOUBLED = """
reform doubled "Doubled" / "加倍"
  amend GEN.fraud as if always
    then fine 20 to 60 yuan
    if act.grave
      fine 60 to 180 yuan
  amend GEN.fraud version on 2005-01-01 as if always
    then may fine 20 to 40 yuan
  set most is 80 yuan as if always
"""
LATE = """
reform late "Late" / "推迟"
  amend GEN.fraud from 2030-01-01
    then fine 20 to 60 yuan
"""
MILDER = """
reform milder "Milder" / "减轻"
  amend GEN.fraud as if always
    then warn
         fine 5 to 9 yuan
    strike confiscate
"""
CUP = """
reform cup "Cup" / "杯"
  set most is 90 yuan as if always
"""


@cache
def law() -> Rulebook:
    """Return the small law."""
    found = small.lowered(RULES, vocabulary=False)
    assert [(str(d.span), d.message("en")) for d in found.diagnostics] == []
    return found.rulebook


def laws(*reforms: str) -> list[Law]:
    """Return the law, and what each reform by itself makes of it."""
    found = [Law("law", Label("law", "法"), law())]
    for number, text in enumerate(reforms, 1):
        after = reforming.under(text, book=law())
        found.append(Law(f"r{number}", Label(f"r{number}", "改"), after, after.reforms))
    return found


Row = dict[str, object]


def drawn(rows: int, seed: int = 1) -> list[Row]:
    """Return rows of a table, some facts unknown."""
    stream = random.Random(seed)  # noqa: S311 - cases of a test, no secrets
    found: list[Row] = []
    for number in range(rows):
        year = stream.choice((2005, 2012, 2020))
        found.append({
            "id": number,
            "kind": stream.choice(("fraud", "fraud", "clutter", "fine_print", None)),
            "size": stream.choice(("big", "little", None)),
            "ended_on": f"{year}-0{stream.randint(1, 9)}-15",
            "decided_on": f"{year + 1}-05-05",
            "gain": stream.choice((0, 1_000, 2_500, 4_000_000, None)),
            "grave": stream.choice((True, False, False, None)),
            "own": stream.choice((True, False, None)),
            "w": stream.choice((0.0, 0.5, 1.0, 2.25)),
            "place": stream.choice(("north", "south", "苏州", None)),
        })  # fmt: skip
    return found


TYPES = {
    "id": "BIGINT", "kind": "VARCHAR", "size": "VARCHAR", "ended_on": "DATE", "decided_on": "DATE",
    "gain": "BIGINT", "grave": "BOOLEAN", "own": "BOOLEAN", "w": "DOUBLE", "place": "VARCHAR",
}  # fmt: skip


def written(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as a table."""
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} {type_}" for name, type_ in TYPES.items())
        connection.execute(f"CREATE TABLE t ({columns})")
        marks = ", ".join("?" for _ in TYPES)
        if rows:
            connection.executemany(
                f"INSERT INTO t VALUES ({marks})", [[row[name] for name in TYPES] for row in rows]
            )
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


KEPT = ("id", "w", "place")


def analysed(path: Path, every: Sequence[Law], **asked: object) -> Analysed:
    """Return the analysis of a table."""
    question = Asked(**{"kept": KEPT, **asked})  # type: ignore[arg-type]  # what a test asks
    return analyse(path, every, question)
