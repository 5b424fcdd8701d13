"""Case files that tell what was published on statuses, over a list and a benefit of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lawengine.base.source import Source
from lawengine.casebook import CaseRun, Read, read_case, run_case
from lawengine.model.rulebook import Rulebook
from tests import small

LISTS = Path(__file__).parent / "fixtures" / "casebook" / "lists.law"
HEAD = """\
case: a-listing
decided_on: 2012-06-01
respondents:
  - name: shop
    acts: [{kind: red, ended_on: 2009}]
"""
HEAVY = """\
    penalties:
      - {decided: 2011-03-01, heavy: yes}
    rich: no
"""


@cache
def lists() -> Rulebook:
    """Return the rules of the fixture."""
    return small.rulebook(LISTS.read_text(encoding="utf-8"))


def text(decided: str, facts: str = HEAVY, on: str = "2012-06-01") -> str:
    """Return a case file with that under its one decided entry."""
    entry = "".join(f"    {line}\n" for line in decided.splitlines())
    return f"{HEAD.replace('2012-06-01', on)}{facts}decided:\n  - respondent: shop\n{entry}"


def read(decided: str, facts: str = HEAVY, on: str = "2012-06-01") -> Read:
    """Return what the reader makes of it."""
    return read_case(Source("case.yaml", text(decided, facts, on)), lists())


def run(decided: str, facts: str = HEAVY, on: str = "2012-06-01") -> CaseRun:
    """Return the case decided and compared; it must be free of mistakes."""
    found = read(decided, facts, on)
    assert [(d.code, d.message("en")) for d in found.diagnostics] == []
    assert found.case is not None
    return run_case(found.case, lists())
