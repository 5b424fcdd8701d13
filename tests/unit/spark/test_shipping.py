"""What goes between driver and workers says there what it says here; needs no Spark."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import duckdb
import pytest

from lawengine.base.label import Label
from lawengine.columns.engine import Simulator
from lawengine.columns.simulating import simulate
from lawengine.columns.summary import Totals
from lawengine.model.rulebook import Proposal, Rulebook
from lawengine.spark import shipping
from lawengine.spark.java import java_program, java_version, number_in
from lawengine.spark.shipping import (
    add_totals,
    pack_days,
    pack_rulebook,
    pack_totals,
    unpack_days,
    unpack_rulebook,
)
from lawengine.workspace import open_workspace

CASES = """SELECT * FROM (VALUES
  ('organising_fake_transactions', DATE '2020-05-01', DATE '2020-09-01', false, 100000),
  ('organising_fake_transactions', DATE '2020-05-01', DATE '2026-01-10', true, 0),
  ('tie_in', DATE '2020-05-01', DATE '2020-09-01', NULL, NULL)
) t(kind, ended_on, decided_on, serious, illegal_gain)"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return open_workspace().rulebook


@pytest.fixture(scope="module")
def packed(book: Rulebook) -> bytes:
    return pack_rulebook(book)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.parquet"
    duckdb.sql(f"COPY ({CASES.replace('kind,', '种类,')}) TO '{path}'")
    return path


def test_a_shipped_rulebook_is_data_and_answers_alike(
    book: Rulebook, packed: bytes, cases: Path
) -> None:
    there = unpack_rulebook(packed)

    assert all(json.loads(line) is not None for line in packed.splitlines())
    assert there.content_hash == book.content_hash
    assert there == book
    found = simulate(cases, Simulator(there))
    assert found == simulate(cases, Simulator(book))
    assert found.totals.fined == 2


def test_shipped_calendars_count_alike() -> None:
    days = open_workspace().days.read

    assert len(days.years) > 10
    there = unpack_days(pack_days(days))
    assert there is not None
    assert there.calendars() == days.calendars()
    assert there.countings == days.countings
    assert unpack_days(pack_days(None)) is None


def test_a_rulebook_under_a_reform_goes_with_its_effect(book: Rulebook) -> None:
    rules = {name: rule for name, rule in book.rules.items() if name != "AUCL.false_publicity"}
    assert len(rules) < len(book.rules)
    proposal = Proposal("floor", "下限", Label("a proposal", "草案"))
    repealed = replace(book, rules=rules, reforms=(proposal,))

    there = unpack_rulebook(pack_rulebook(repealed))

    assert there.reforms == ()
    assert there.rules == repealed.rules


@pytest.mark.parametrize("cut", [slice(0, -1), slice(5, None)])
def test_a_damaged_rulebook_is_refused(packed: bytes, cut: slice) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        unpack_rulebook(packed[cut])


def doubled(number: int | list[int]) -> int | list[int]:
    return [2 * one for one in number] if isinstance(number, list) else 2 * number


def test_totals_add_up_to_the_fen(book: Rulebook, cases: Path) -> None:
    found = simulate(cases, Simulator(book)).totals
    found.fine_high += 10**40
    twice = Totals(found.layout)
    for _ in range(2):
        add_totals(twice, pack_totals(found))

    assert twice.fine_high == 2 * found.fine_high > 10**40
    assert twice.rows == 6
    for one in fields(found):
        value = getattr(found, one.name)
        if isinstance(value, dict):
            assert getattr(twice, one.name) == {key: doubled(n) for key, n in value.items()}
    assert found.must
    assert found.norms


def test_totals_of_nothing_but_numbers(book: Rulebook) -> None:
    with pytest.raises(ValueError, match="no whole number"):
        add_totals(Totals(Simulator(book).layout), '{"{":[["rows",1.5]]}')


def test_the_java_that_spark_would_start(tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\" 2024-01-16' >&2\n", "utf-8")
    assert java_program({"JAVA_HOME": str(tmp_path), "PATH": ""}) is None
    java.chmod(0o755)

    assert java_program({"JAVA_HOME": str(tmp_path), "PATH": ""}) == str(java)
    assert java_program({"PATH": str(java.parent)}) == str(java)
    assert java_program({"PATH": str(tmp_path)}) is None
    assert java_version(str(java)) == 21
    assert java_version(str(tmp_path / "none")) == 0
    assert number_in('java version "1.8.0_292"') == 8
    assert number_in("no such thing") == 0


def test_rows_of_numbers_add_up_place_by_place() -> None:
    told = shipping._plain({"list": [1, 2], "other": [5]})

    assert told == {"list": (1, 2), "other": (5,)}
    assert shipping._sum({"list": [3, 4]}, told) == {"list": [4, 6], "other": [5]}
