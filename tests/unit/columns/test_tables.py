"""Files of cases: what columns may be called and hold, and what is told of wrong ones."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError
from lawengine.columns.results import Results
from lawengine.columns.simulating import Run, case_of_row, simulate
from lawengine.columns.storing import Store, storing
from lawengine.columns.table import Column, Table
from lawengine.evaluation.facts import Known
from lawengine.model.vocabulary import ACT, PARTY
from tests import small

RULES = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日期": date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  size "Size" / "规模": one of big "big" / "大", little "little" / "小"

entity act of party, listed as acts "Act" / "行为"
  kind "Kind" / "种类": one of fraud "fraud" / "欺诈", other "other" / "其他"
  ended_on "Ended on" / "终了日": date, at most case.decided_on, serves as conduct_date
  gain "Gain" / "所得": money, at least 0 yuan
  shops "Shops" / "店数": count, at least 1
  grave "grave" / "严重": yes_no
  share "Share" / "份额": rate

rule R "Fraud" / "欺诈"
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is fraud
    then fine 1 to 3 yuan
         confiscate act.gain
    if act.grave
      fine 5 to 9 yuan
"""
DAYS = "DATE '2020-01-01' AS decided_on, DATE '2019-06-01' AS ended_on"


@pytest.fixture(scope="module")
def simulator() -> Simulator:
    return Simulator(small.lowered(RULES, vocabulary=False).rulebook)


def write(path: Path, select: str) -> Path:
    form = "csv, HEADER true" if path.suffix == ".csv" else "parquet"
    duckdb.sql(f"COPY (SELECT {select}) TO '{path}' (FORMAT {form})")
    return path


def told(path: Path, simulator: Simulator, kept: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(TableError) as caught:
        simulate(path, simulator, kept=kept)
    for found in caught.value.diagnostics:
        assert found.message("zh") != found.message("en")
        found.help("zh")
    return [f"{d.code} {d.message('en')} {d.suggestion}" for d in caught.value.diagnostics]


WRONG = {
    f"{DAYS}, 'fraud' AS kid": "LAW652 the column `kid` names no fact kind",
    f"{DAYS}, 1 AS id": "LAW652 the column `id` names no fact",
    f"{DAYS}, 1 AS gain, 1 AS gain_yuan": "LAW653 the columns `gain` and `gain_yuan` hold one",
    f"{DAYS}, 1.5::DOUBLE AS gain": "LAW654 the column `gain` (Gain) holds DOUBLE, expected",
    f"{DAYS}, 1.5::DOUBLE AS gain_yuan": "LAW654 the column `gain_yuan` (Gain) holds DOUBLE",
    f"{DAYS}, 1.5 AS gain": "LAW654 the column `gain` (Gain) holds DECIMAL(2,1)",
    f"{DAYS}, 'x' AS shops": "LAW654 the column `shops` (Shops) holds VARCHAR",
    f"{DAYS}, 1 AS grave": "LAW654 the column `grave` (grave) holds INTEGER",
    f"{DAYS}, 1 AS share": "LAW660 the column `share` holds a rate (percentage)",
    f"{DAYS}, 'fraude' AS kind": "LAW655 the column `kind`, row 1: `fraude` is none of the choices",
    f"{DAYS}, 'perhaps' AS grave": "LAW659 the column `grave`, row 1: `perhaps` is no value of",
    f"{DAYS}, 1.005 AS gain_yuan": "LAW659 the column `gain_yuan`, row 1: `1.005` is no value of",
    f"{DAYS}, 9000000000000000000::BIGINT AS gain_yuan": "LAW659 the column `gain_yuan`, row 1",
    f"{DAYS}, -1 AS gain": "LAW656 row 1: `act.gain` (Gain) lies outside its bounds",
    f"{DAYS}, 0 AS shops": "LAW656 row 1: `act.shops` (Shops) lies outside its bounds",
    "DATE '2020-01-01' AS decided_on, DATE '2020-01-02' AS ended_on":
        "LAW656 row 1: `act.ended_on`",
    "'2020' AS decided_on, 1 AS ended_on": "LAW654 the column `decided_on` (Decided on) holds",
    "DATE 'infinity' AS decided_on, DATE '2020-01-02' AS ended_on":
        "LAW659 the column `decided_on`",
    "DATE '2020-01-01' AS decided_on": "LAW651 the table has no column for `act.ended_on`",
    f"{DAYS} LIMIT 0": "LAW657",
}  # fmt: skip


@pytest.mark.parametrize("select", WRONG)
def test_a_wrong_table_is_told(tmp_path: Path, simulator: Simulator, select: str) -> None:
    path = write(tmp_path / "cases.parquet", select)
    assert told(path, simulator)[0].startswith(WRONG[select])


def test_every_wrong_column_is_told_at_once(tmp_path: Path, simulator: Simulator) -> None:
    path = write(tmp_path / "cases.parquet", f"{DAYS}, 1 AS one, 2 AS two, 3 AS grave")
    assert [line[:6] for line in told(path, simulator)] == ["LAW652", "LAW652", "LAW654"]


def test_a_name_of_two_facts_needs_its_entity(tmp_path: Path) -> None:
    book = small.lowered(RULES.replace("  size ", '  gain "Gain" / "所得": money\n  size '),
                         vocabulary=False).rulebook  # fmt: skip
    path = write(tmp_path / "cases.parquet", f"{DAYS}, 1 AS gain")
    assert told(path, Simulator(book))[0].startswith("LAW661 the column `gain` can be several")


@pytest.mark.parametrize("name", ["none.parquet", "broken.parquet", "cases.xls", "broken.csv"])
def test_a_file_that_is_no_table_is_told(tmp_path: Path, simulator: Simulator, name: str) -> None:
    if not name.startswith("none"):
        (tmp_path / name).write_bytes(b"PAR1 \x00\xff no table" * 9)
    assert told(tmp_path / name, simulator)[0][:6] in {"LAW650", "LAW652"}


def test_what_is_kept_must_be_there(tmp_path: Path, simulator: Simulator) -> None:
    path = write(tmp_path / "cases.parquet", f"{DAYS}, 7 AS number")
    assert told(path, simulator, ("numbre",))[0].startswith("LAW665")
    assert simulate(path, simulator, kept=["number"]).totals.rows == 1


NAMES = {
    "'fraud' AS kind, 250 AS gain, true AS grave": (500, 900, 250),
    "'欺诈' AS 种类, 250 AS 所得, true AS 严重": (500, 900, 250),
    "'fraud' AS \"act.kind\", 2.5 AS gain_yuan, 'yes' AS grave": (500, 900, 250),
    "'欺诈' AS \"行为.种类\", 3 AS 所得_元, '否' AS 严重": (100, 300, 300),
    "'fraud' AS kind, 1.25 AS 所得_万元, false AS grave": (100, 300, 1_250_000),
    "'other' AS kind, 250 AS gain, true AS grave": (0, 0, 0),
}


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
@pytest.mark.parametrize("select", NAMES)
def test_names_and_units_of_both_languages(tmp_path: Path, select: str, suffix: str) -> None:
    aliased = small.lowered(
        RULES.replace("  kind ", "  kind also 种类 ").replace("  gain ", "  gain also 所得 ")
        .replace("  grave ", "  grave also 严重 ").replace("entity act ", "entity act also 行为 ")
        .replace('fraud "', 'fraud also 欺诈 "'), vocabulary=False,
    )  # fmt: skip
    own = Simulator(aliased.rulebook)
    assert aliased.diagnostics == ()
    totals = simulate(write(tmp_path / f"cases{suffix}", f"{DAYS}, {select}"), own).totals
    assert (totals.fine_low, totals.fine_high, totals.confiscated) == NAMES[select]


def test_an_empty_cell_is_not_known(tmp_path: Path, simulator: Simulator) -> None:
    rows = " UNION ALL ".join(
        f"SELECT {DAYS}, {kind} AS kind, {gain} AS gain, {grave} AS grave"
        for kind, gain, grave in [
            ("'fraud'", "NULL::BIGINT", "true"), ("'fraud'", "5", "NULL::BOOLEAN"),
            ("NULL", "5", "true"), ("'other'", "NULL", "NULL"),
        ]
    )  # fmt: skip
    path = tmp_path / "cases.parquet"
    duckdb.sql(f"COPY ({rows}) TO '{path}'")
    out = tmp_path / "results.parquet"
    totals = simulate(path, simulator, out).totals

    columns = "state, decided_by, fine_low_fen, fine_high_fen, confiscated_fen, must, rules"
    found = duckdb.execute(f"SELECT {columns} FROM '{out}' ORDER BY row").fetchall()
    assert found == [
        ("established", "columns", 500, 900, None, "confiscate", "R"),
        ("established", "branches", 100, 900, 5, "confiscate", "R"),
        ("undetermined", "columns", None, None, 0, "", ""),
        ("nothing", "columns", None, None, 0, "", ""),
    ]
    assert totals.left == 1
    assert totals.nothing == 1


def test_a_row_counts_once_for_a_rule_of_which_either_version_may_apply(tmp_path: Path) -> None:
    later = RULES.replace("from 2000-01-01", "from 2000-01-01 to 2019-06-30")
    version = RULES[RULES.index("  version from") :].replace("2000-01-01", "2019-07-01", 1)
    simulator = Simulator(small.lowered(later + version, vocabulary=False).rulebook)
    select = "DATE '2020-01-01' AS decided_on, NULL::DATE AS ended_on, 'fraud' AS kind, 5 AS gain"
    totals = simulate(write(tmp_path / "cases.parquet", select), simulator).totals

    assert list(totals.norms.values()) == [1, 1]
    assert list(totals.by_rule()) == [("R", 1)]


def test_results_are_written_whole_or_not_at_all(tmp_path: Path, simulator: Simulator) -> None:
    path = tmp_path / "cases.parquet"
    kinds = ", ".join(["('fraud')"] * 4 + ["('wrong')"])
    duckdb.sql(f"COPY (SELECT {DAYS}, kind FROM (VALUES {kinds}) t(kind)) TO '{path}'")
    out = tmp_path / "results.parquet"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(TableError):
        simulate(path, simulator, out, run=Run(batch=2))

    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(x.name for x in tmp_path.iterdir()) == ["cases.parquet", "results.parquet"]


def test_batches_keep_rows_and_kept_columns_in_order(tmp_path: Path, simulator: Simulator) -> None:
    path, out = tmp_path / "cases.parquet", tmp_path / "results.csv"
    duckdb.sql(
        f"COPY (SELECT {DAYS}, i AS id, CASE i % 3 WHEN 0 THEN 'fraud' ELSE 'other' END AS kind,"
        f" false AS grave, i AS gain FROM range(20) t(i)) TO '{path}'"
    )
    done: list[tuple[int, int]] = []
    simulate(path, simulator, out, ["id"], lambda *told: done.append(told), Run(batch=7))

    found = duckdb.execute(f"SELECT row, id, confiscated_fen FROM '{out}'").fetchall()
    assert found == [(i + 1, i, i if i % 3 == 0 else 0) for i in range(20)]
    assert done == [(7, 20), (14, 20), (20, 20)]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for name in ("results.xls", "no/results.parquet"):
        with (
            pytest.raises(TableError, match="cannot be written"),
            storing(tmp_path / name, Store),
        ):
            pass


def test_a_row_is_a_case(tmp_path: Path, simulator: Simulator) -> None:
    path = tmp_path / "cases.parquet"
    duckdb.sql(
        f"COPY (SELECT {DAYS}, i AS gain, CASE WHEN i > 0 THEN 'fraud' END AS kind"
        f" FROM range(3) t(i)) TO '{path}'"
    )
    ((act,),) = (p.children[ACT] for p in
                 case_of_row(path, 2, simulator.rulebook).root.children[PARTY])  # fmt: skip
    assert act.facts["gain"].domain == Known(1)
    assert act.facts["kind"].domain == Known("fraud")
    ((act,),) = (p.children[ACT] for p in
                 case_of_row(path, 1, simulator.rulebook).root.children[PARTY])  # fmt: skip
    assert "kind" not in act.facts
    for row in (0, 4):
        with pytest.raises(TableError, match="there is no row"):
            case_of_row(path, row, simulator.rulebook)


def test_sums_past_64_bits_are_exact(simulator: Simulator) -> None:
    """Rows whose sums could pass the widest type are decided one by one, with exact numbers."""
    most = 2**62
    day = Column(np.array([18_000, 18_000], np.int32))
    table = Table(
        {
            "case.decided_on": day, "act.ended_on": day,
            "act.kind": Column(np.zeros(2, np.uint8)), "act.grave": Column(np.zeros(2, np.bool_)),
            "act.gain": Column(np.array([most, most], np.int64)),
        },
        2,
    )  # fmt: skip
    results: Results = simulator.answer(table)
    assert results.confiscated.tolist() == [most, most]
    assert results.has("exactly").all()


def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path: Path, simulator: Simulator) -> None:
    folder = tmp_path / "a[1] 'b' *"
    folder.mkdir()
    plain = write(tmp_path / "plain.parquet", f"{DAYS}, 'fraud' AS kind, false AS grave, 1 AS gain")
    for name in ("case[s]?.parquet", "it's *.parquet"):
        path = plain.replace(folder / name) if plain.exists() else folder / name
        out = folder / "result[s] '1'.parquet"
        assert simulate(path, simulator, out).totals.fine_high == 300
        assert out.exists()
        path.replace(plain)
    assert [x.name for x in folder.iterdir()] == ["result[s] '1'.parquet"]
