"""Decision tables in columns: rows are answered as single cases answer them."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from tests.open_rows import agreed, rows_of, simulated

TABLES = """
table steps "Steps" / "阶次" : money, first hit
  | act.kind   | act.number | gives  |
  | red        | 0 to 2     | 1 yuan |
  | red, green | 2 to 5     | 2 yuan |
  | *          | *          | 5 yuan |

table quota "Quota" / "比例" : rate, unique hit
  | act.number | gives |
  | 0 to 1     | 10 %  |
  | 3 to 4     | 30 %  |
  | 5          | 50 %  |

table heavy "Heavy" / "重" : yes_no, unique hit
  | act.a | act.number | gives |
  | yes   | 2 to 9     | yes   |
  | no    | *          | no    |
  | *     | 0 to 2     | no    |
"""
RULES = """
define cut as quota times act.gain rounded down
rule Steps
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is not blue and steps at least 2 yuan
    then fine up to steps

rule Share
  version from 2000-01-01
    law GEN-2000 art 2
    when act.kind is blue
    then fine up to cut

rule Heavy
  version from 2000-01-01
    law GEN-2000 art 3
    when heavy
    then warn
"""
NUMBERS = (0, 1, 2, 3, 5, 6, None)


def rows(*kinds: str | None) -> list[dict[str, Any]]:
    found = itertools.product(kinds, NUMBERS, (True, False, None), ("7", None))
    names = ("kind", "number", "a", "gain")
    return [
        {name: value for name, value in zip(names, one, strict=True) if value is not None}
        for one in found
    ]


def test_every_row_is_answered_as_by_single_cases() -> None:
    simulator, _ = simulated(TABLES, RULES)
    table = rows_of(simulator, rows("red", "green", "blue", None))
    found = agreed(simulator, table)

    assert found.has("hit").any()
    assert len(set(found.fine_high.tolist())) > 4


def test_rows_whose_inputs_are_known_need_no_second_look() -> None:
    """Those that match two rows of a unique table are not among them."""
    simulator, counted = simulated(TABLES, RULES)
    known = [
        one for one in rows("red", "green", "blue") if len(one) == 4 and one["number"] in (0, 3, 5)
    ]
    table = rows_of(simulator, [one for one in known if one["a"] or one["number"] > 2])
    results = agreed(simulator, table)
    counted.singles = 0
    simulator.answer(table)

    assert counted.singles == 0
    blue = {5: 350, 3: 210, 0: 70}
    fines = {
        row: int(results.fine_high[row])
        for row in range(table.rows)
        if table.columns["act.kind"].values[row] == 2
    }
    numbers = table.columns["act.number"].values
    assert fines == {row: blue[int(numbers[row])] for row in fines}


def test_rows_that_match_twice_are_left_to_single_cases() -> None:
    simulator, counted = simulated(TABLES, RULES)
    acts = [{"kind": "red", "number": 2, "a": True, "gain": "7"},
            {"kind": "red", "number": 3, "a": True, "gain": "7"}]  # fmt: skip
    simulator.answer(rows_of(simulator, acts))

    assert counted.singles == 1


def drawn(seed: int) -> str:
    """Return a table of both hits with cells drawn at random, overlaps and gaps among them."""
    draw = random.Random(seed)  # noqa: S311 - tables of a test, no secrets
    kinds = ("red", "green", "blue")

    def choices() -> str:
        return ", ".join(draw.sample(kinds, draw.randint(1, 2)))

    def numbers() -> str:
        low = draw.randint(0, 5)
        return draw.choice((f"{low}", f"{low} to {low + draw.randint(1, 3)}"))

    lines = []
    for hit in ("first", "unique"):
        lines += [
            "",
            f"table {hit}_table : money, {hit} hit",
            "  | act.kind | act.number | act.a | gives |",
        ]
        for _ in range(draw.randint(2, 4)):
            cells = (choices(), numbers(), draw.choice(("yes", "no")))
            shown = [draw.choice((cell, cell, "*")) for cell in cells]
            lines.append(f"  | {' | '.join(shown)} | {draw.randint(1, 3)} yuan |")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(12))
def test_drawn_tables_are_answered_as_by_single_cases(seed: int) -> None:
    rules = """
rule First
  version from 2000-01-01
    law GEN-2000 art 1
    when first_table at least 2 yuan or act.gain at least 3 yuan
    then fine up to first_table

rule Unique
  version from 2000-01-01
    law GEN-2000 art 2
    when unique_table at most 2 yuan and act.kind is not green
    then warn

rule Either
  version from 2000-01-01
    law GEN-2000 art 3
    when unique_table at most 2 yuan or act.kind is red
    then order to stop
"""
    simulator, _ = simulated(drawn(seed), rules)
    agreed(simulator, rows_of(simulator, rows("red", "green", "blue", None)))
