"""Tables of cases from Python: what goes in, what comes out, what is told of mistakes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

import lawengine
from lawengine.columns.given import as_file
from lawengine.simulations import Cases

DAYS: dict[str, Any] = {
    "ended_on": [datetime.date(2020, 5, 1)] * 3,
    "decided_on": np.array(["2020-12-01"] * 3, "datetime64[D]"),
}
CASES: dict[str, Any] = {
    **DAYS,
    "act.kind": ["organising_fake_transactions", "虚假宣传", None],
    "serious": np.array([False, True, False]),
    "illegal_gain": [5, None, 7],
    "n": np.arange(3),
    "w": [0.5, 1.0, 2.0],
}


def test_columns_go_in_and_come_out() -> None:
    found = lawengine.simulate(CASES, keep="n", weights="w", by=["act.kind"], rows=True)
    assert found.rows["row"].tolist() == [1, 2, 3]
    assert found.rows["n"].tolist() == [0, 1, 2]
    assert found.rows["law_state"].tolist() == ["established", "established", "undetermined"]
    assert found.rows["law_fine_low_fen"].tolist()[:2] == [20_000_000, 100_000_000]
    assert found.rows["law_fine_high_known"].tolist() == [True, True, False]
    figures = found.figures
    assert {len(column) for column in figures.values()} == {2 * (1 + 3)}
    assert sorted(set(figures["weights"].tolist())) == ["", "w"]
    assert figures["cases"].tolist()[4] == 3.5
    assert found.warnings == ()


def test_a_file_is_read_as_the_columns_are(tmp_path: Path) -> None:
    with as_file(CASES) as path:
        kept = tmp_path / "kept.parquet"
        kept.write_bytes(path.read_bytes())
    assert not path.exists()
    options: dict[str, Any] = {"keep": ["n", "w"], "rows": True}
    one, two = (lawengine.simulate(cases, **options) for cases in (CASES, kept))
    assert one.rows.keys() == two.rows.keys()
    for name in one.rows:
        assert one.rows[name].tolist() == two.rows[name].tolist()


def test_frames_are_what_a_database_takes() -> None:
    frame = lawengine.simulate(CASES, keep=["n", "w"], rows=True).rows
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        (row,) = connection.execute("SELECT sum(law_fine_low_fen) FROM frame").fetchall()
    assert row[0] == 120_000_000


def test_rules_under_a_reform_are_a_side(checkout: Path) -> None:
    floor = lawengine.load(reforms=checkout / "docs" / "reforms" / "floor-restored.law")
    day = datetime.date(2027, 6, 1)
    found = lawengine.simulate(CASES, reforms=floor, keep=["n", "w"], law_of=day, elasticity=-1)
    assert [side.name for side in found.analysis.sides] == ["law", "floor_restored"]
    assert found.analysis.behaviour is not None
    assert found.figures["losers"].tolist() == [0, 1]
    late = lawengine.simulate(CASES, reforms=floor, keep=["n", "w"], bootstrap=100)
    assert [found.code for found in late.warnings] == ["LAW713"]
    assert late.analysis.bootstrap is not None


def test_a_sweep_as_columns() -> None:
    figures = ["AUCL.false_publicity@2020-05-01.fine.low=0..100_000:2", "limitation_term=1..2:2"]
    found = lawengine.sweep(CASES, figures, keep=["n", "w"])
    assert found.steps["limitation_term"].tolist() == [1, 2, 1, 2]
    assert found.steps[figures[0].partition("=")[0]].tolist() == [0, 0, 100_000, 100_000]
    assert found.analysis.sweep is not None


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ({**CASES}, "`n` names no fact"),
        ({**DAYS, "illegal_gain": [1.5, 2.5, 3.5]}, "holds DOUBLE"),
        ({"act.kind": ["other"]}, "no column"),
        ("no-such-file.parquet", "no such file"),
        ({**DAYS, "act.kind": ["a", "b"]}, "different lengths"),
        ({}, "no columns"),
    ],
)
def test_every_mistake_is_one_kind_of_error(cases: Cases, words: str) -> None:
    with pytest.raises(lawengine.CasesError, match=words) as caught:
        lawengine.simulate(cases)
    assert caught.value.diagnostics


def test_a_figure_that_is_none() -> None:
    with pytest.raises(lawengine.CasesError, match="is no figure of the law"):
        lawengine.sweep(CASES, "x=1..2:2")
