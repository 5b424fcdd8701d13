"""A name belongs to one declaration: a second one of the same name is told, never taken."""

import pytest

from tests.small import lowered

RULE = """rule L.x "X" / "乙"
  version from 2000-01-01
    law L-2000 art 1
    then warn
"""
LIST = """list L.x of act "X" / "乙"
  dated by act.ended_on
  version from 2000-01-01
    law L-2000 art 1
    lasts from act.ended_on
"""
STANDARD = """standard L.x "X" / "乙"
  version from 2000-01-01
    law L-2000 art 1
    lighter is lowest 30 % rounded down
"""
DEFINITION = 'define loud "loud" / "高声" as\n  act.grave\n'
FIGURE = 'parameter limit "limit" / "限额": money\n  is 5 yuan from 2000-01-01\n'
ENTITY = 'entity boat of act, listed as boats "Boat" / "船"\n  old "old" / "旧": yes_no\n'


@pytest.mark.parametrize("text", [RULE, LIST, STANDARD, DEFINITION, FIGURE, ENTITY])
def test_a_second_declaration_of_a_name_is_told(text: str) -> None:
    once, twice = lowered(text), lowered(f"{text}\n{text}")
    apart = lowered(text, text)

    assert [found.code for found in once.diagnostics] == []
    for found in (twice, apart):
        codes = [one.code for one in found.diagnostics]
        assert codes
        assert set(codes) == {"LAW203"}
