"""Rulebooks of any size, made by a rule of thumb: five norms for each kind of act."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from bench.workload import Three
from lawengine.base.source import Source
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule

EACH = 5
EACH_FILE = 500
LARGEST_READ = 1_000
"""Larger rulebooks are made from this one by renaming: it is deciding that is measured there."""


def kind(number: int) -> str:
    """Return the kind of act that the case of a rulebook of that many rules is about."""
    return f"kind_{number // EACH // 2}"


def vocabulary(number: int) -> str:
    """Return the vocabulary in our language."""
    kinds = ",\n    ".join(f"kind_{n}" for n in range(max(number // EACH, 2)))
    facts = "\n".join(f"  fact_{n}: yes_no" for n in range(12))
    return f"""
entity case "Case" / "案件"
  decided_on: date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  large: yes_no

entity act of party, listed as acts "Act" / "行为"
  kind: one of
    {kinds},
    serves as conduct_kind
  ended_on: date, at most case.decided_on, serves as conduct_date
  gain: money, at least 0 yuan, serves as illegal_gain
  number: count, at least 0
{facts}
"""


def rule(number: int) -> str:
    """Return one rule in our language."""
    a, b, c = number % 12, (number + 3) % 12, (number + 7) % 12
    kind_ = f"act.kind is kind_{number // EACH}"
    return f"""
rule G.r{number} "Rule {number}"

  version from 2000-01-01 to 2014-12-31
    law GEN-2000 art {number % 300 + 1}
    when {kind_} and (act.fact_{a} or act.number at least {number % 7 + 1})
    then order to stop
         fine {number % 9 + 1}_000 to 20_000 yuan

  version from 2015-01-01
    law GEN-2015 art {number % 300 + 1}
    when {kind_} and (act.fact_{a} or act.number at least {number % 7 + 1})
    unless act.fact_{b}
    then order to stop
         fine {number % 9 + 1}_000 to 50_000 yuan
    if act.fact_{c}
      fine 50_000 to 100_000 yuan
      confiscate act.gain
"""


def sources(number: int) -> list[Source]:
    """Return a whole rulebook of that many rules in our language, in files of a size to read."""
    files = [Source("words.law", vocabulary(number))]
    for first in range(0, number, EACH_FILE):
        text = "".join(rule(n) for n in range(first, min(number, first + EACH_FILE)))
        files.append(Source(f"rules-{first}.law", text))
    return files


def rulebook(number: int) -> Rulebook:
    """Return a rulebook of that many rules."""
    read = min(number, LARGEST_READ)
    words = parse(Source("words.law", vocabulary(number)))
    half = number // EACH // 2 * EACH
    first = 0 if read == number else half - read // 2
    rules = parse(Source("rules.law", "".join(rule(n) for n in range(first, first + read))))
    found = lower([words.tree, rules.tree], {}).rulebook
    if read == number:
        return found
    others = list(found.rules.values())
    elsewhere = {f"G.x{n}": _far(others[n % read], f"G.x{n}", n) for n in range(number - read)}
    return replace(found, rules={**found.rules, **elsewhere})


def _far(rule_: Rule, name: str, number: int) -> Rule:
    """Return a rule of that name about a kind that the case is not about."""
    away = f"kind_{number % 10}"
    versions = []
    for version in rule_.versions:
        operands = version.when.operands if isinstance(version.when, e.Connection) else ()
        head, *rest = operands
        if isinstance(version.when, e.Connection) and isinstance(head, e.Compared):
            test = replace(head, right=e.Constant(away, head.right.type))
            when = replace(version.when, operands=(test, *rest))
            versions.append(replace(version, when=when))
    return replace(rule_, name=name, versions=tuple(versions))


def facts(number: int) -> Three:
    """Return the facts of a case, exact and complete."""
    day = datetime.date(2020, 5, 1)
    act: dict[str, Any] = {f"fact_{n}": n % 3 == 0 for n in range(12)}
    act |= {"kind": kind(number), "ended_on": day, "gain": 100_000, "number": 3}
    return {"decided_on": day}, {"large": False}, act
