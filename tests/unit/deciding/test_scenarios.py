"""Scenarios: what they say of a collection."""

import pytest

from lawengine.deciding.scenarios import run_scenario
from tests import small

RULES = """
rule N
  version from 2000-01-01
    law GEN-2000 art 1
    when (count of order) at most 1
    then warn

rule E
  version from 2000-01-01
    law GEN-2000 art 1
    when (every order satisfies fake)
    then educate
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0 order", "N established"),
        ("0 order", "E established"),
        ("0 order\n        1 order with fake is no", "N established"),
        ("0 order\n        1 order with fake is no", "E not established"),
        ("2 order", "N not established"),
        ("party.rich is no", "N undetermined"),
        ("0 shop", "N undetermined"),
    ],
)
def test_none_is_not_unknown(given: str, expected: str) -> None:
    scenario = f"""
scenario "one" / "一"
  given act.ended_on is 2010-05-05
        {given}
  decided on 2011-01-01
  expect {expected}
"""
    book = small.rulebook(RULES, scenario)

    result = run_scenario(book.scenarios[0], book)

    assert [(f.expected.en, f.found.en) for f in result.failures] == []
    assert result.passed
