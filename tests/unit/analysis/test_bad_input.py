"""What an analysis refuses, and in which words."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lawengine.analysis import grouping
from lawengine.analysis.refusal import RefusedError
from lawengine.base.diagnostic import Diagnostic
from lawengine.columns.files import TableError
from tests.analysing import Row, analysed, drawn, laws, written


def refused(path: Path, **asked: object) -> Diagnostic:
    try:
        analysed(path, laws(), **asked)
    except RefusedError as error:
        found = error.diagnostic
    except TableError as error:
        found = error.diagnostics[0]
    else:
        pytest.fail("nothing was refused")
    assert found.message("zh") != found.message("en")
    return found


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("cases") / "cases.parquet", drawn(30))


def test_a_column_that_is_not_there(table: Path) -> None:
    found = refused(table, weights="plase")
    assert found.code == "LAW665"
    assert found.suggestion == "place"
    assert refused(table, by=("regoin",)).code == "LAW665"


def test_a_fact_that_the_table_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "few.parquet"
    days = "DATE '2012-01-01' AS ended_on, DATE '2013-01-01' AS decided_on"
    duckdb.sql(f"COPY (SELECT 'fraud' AS kind, {days}) TO '{path}'")
    found = refused(path, by=("规模",), kept=())
    assert found.code == "LAW706"
    assert "party.size" in found.message("en")


@pytest.mark.parametrize(
    ("weights", "code", "row"),
    [([1.0, None, 2.0], "LAW709", 2), ([1.0, 2.0, -0.5], "LAW710", 3),
     ([2e9, 1.0, 1.0], "LAW710", 1), ([float("nan"), 1.0, 1.0], "LAW709", 1),
     ([float("inf"), 1.0, 1.0], "LAW710", 1)],
)  # fmt: skip
def test_weights_that_are_none(
    tmp_path: Path, weights: list[float | None], code: str, row: int
) -> None:
    rows: list[Row] = [{**one, "w": w} for one, w in zip(drawn(3), weights, strict=True)]
    found = refused(written(tmp_path / "w.parquet", rows), weights="w")
    assert found.code == code
    assert f"row {row}" in found.message("en")


def test_weights_that_weigh_nothing(tmp_path: Path) -> None:
    rows: list[Row] = [{**one, "w": 1e-9} for one in drawn(3)]
    assert refused(written(tmp_path / "w.parquet", rows), weights="w").code == "LAW712"


def test_words_are_no_weights(table: Path) -> None:
    assert refused(table, weights="place").code == "LAW708"


def test_decimals_and_whole_numbers_are_weights(tmp_path: Path) -> None:
    table = written(tmp_path / "a.parquet", drawn(4))
    for type_ in ("DECIMAL(6,2)", "SMALLINT", "REAL"):
        path = tmp_path / "b.parquet"
        duckdb.sql(f"COPY (SELECT * REPLACE (2::{type_} AS w) FROM '{table}') TO '{path}'")
        assert analysed(path, laws(), weights="w").analysis.data.weight == 8


def test_a_column_of_too_many_values(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_GROUPS", 10)
    with pytest.raises(RefusedError, match="more than 10 different values"):
        analysed(table, laws(), by=("id",))


def test_an_empty_table(tmp_path: Path) -> None:
    assert refused(written(tmp_path / "none.parquet", [])).code == "LAW657"
