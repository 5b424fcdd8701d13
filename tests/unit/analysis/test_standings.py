"""Who is listed and who has what benefit, before and after a reform."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lawengine.analysis.analysing import analyse
from lawengine.analysis.result import Analysis
from lawengine.analysis.running import Asked
from lawengine.analysis.sides import Law
from lawengine.analysis.status_counts import StandingChange, StandingCount
from lawengine.base.label import Label
from lawengine_cli.analysis_text import analysis_lines
from tests import reforming
from tests import statuses as st

COLUMNS = (
    "kind", "ended_on", "decided_on", "rich", "penalties", "penalty.decided", "penalty.heavy",
    "penalty.mended", "penalty.removed_on", "application.applied",
)  # fmt: skip
# penalty, decided; heavy, mended; application. Decided on 2011-06-01.
ROWS = [
    (1, "2010-01-01", True, False, "2011-05-01"),  # listed, and no benefit for it
    (1, "2007-06-01", True, False, "2011-05-01"),  # off the list after three years, not after five
    (1, "2007-06-01", False, False, "2011-05-01"),  # never listed
    (1, "2010-01-01", None, False, "2011-05-01"),  # it is not known whether
    (0, None, None, None, "2011-05-01"),  # no penalty at all
]
LONGER = """
reform longer "Longer" / "延长"
  amend GEN.bad as if always
    lasts 5 years
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "cases.parquet"
    lines = []
    for number, decided, heavy, mended, applied in ROWS:
        cells = ["'red'", "DATE '2009-06-01'", "DATE '2011-06-01'", "true", str(number)]
        day = "NULL::DATE" if decided is None else f"DATE '{decided}'"
        cells += [day, *("NULL::BOOLEAN" if x is None else str(x) for x in (heavy, mended))]
        cells += ["NULL::DATE", f"DATE '{applied}'"]
        lines.append(f"({', '.join(cells)})")
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {', '.join(lines)}) t({names})) TO '{path}'")
    return path


def analysed(table: Path, *reforms: str) -> Analysis:
    book = reforming.law()
    days = st.Days(years=range(2005, 2013))
    laws = [Law("law", Label("law", "法"), book, days=days)]
    for number, text in enumerate(reforms, 1):
        after = reforming.under(text, book=book)
        laws.append(Law(f"r{number}", Label(f"r{number}", "改"), after, after.reforms, days=days))
    return analyse(table, laws, Asked()).analysis


def test_each_status_is_counted_under_each_side(table: Path) -> None:
    found = {one.name: one for one in analysed(table, LONGER).standings}
    bad, good = found["GEN.bad"], found["GEN.good"]

    assert (bad.kind, bad.holding) == ("list", "listed")
    assert bad.sides == (
        StandingCount(1, 1, {"listed": 1, "expired": 1, "undetermined": 1}),
        StandingCount(2, 1, {"listed": 2, "undetermined": 1}),
    )
    assert bad.changes == (StandingChange(gained=1, lost=0, open=1),)
    # who is listed for longer loses the benefit that listing takes
    assert [side.held for side in good.sides] == [3, 2]
    assert good.changes == (StandingChange(gained=0, lost=1, open=1),)


def test_without_columns_there_is_nothing_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "plain.parquet"
    duckdb.sql(
        "COPY (SELECT 'red' AS kind, DATE '2009-06-01' AS ended_on, DATE '2011-06-01' AS decided_on"
        f") TO '{path}'"
    )
    assert analysed(path, LONGER).standings == ()


def test_the_lines_name_what_moves(table: Path) -> None:
    text = "\n".join(analysis_lines(analysed(table, LONGER), "en"))

    assert "on a list, with a benefit, in breach of a duty (rows)" in text
    lines = [line.split() for line in text.splitlines() if line.strip().startswith("Bad  ")]
    assert lines == [["Bad", "1", "2"], ["Bad", "1", "0"]]
    assert "B: comes to hold / holds no more" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "名单" in "\n".join(analysis_lines(analysed(table, LONGER), "zh"))
