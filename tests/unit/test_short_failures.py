"""A test that fails on values of the size of a rulebook says where, soon and in few words."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests import small
from tests.short_failures import LONGEST, is_large, pytest_assertrepr_compare

ROOT = Path(__file__).parents[2]
CONFTEST = """
from tests.short_failures import pytest_assertrepr_compare, pytest_runtest_makereport
"""
FAILING = """
from dataclasses import replace
from tests import small

def test_compared():
    whole = tuple(small.shipped().scenarios)
    second = (*whole[:700], replace(whole[700], because=()), *whole[701:])
    assert whole == second

def test_said():
    whole = tuple(small.shipped().scenarios)
    assert not whole

def test_of_a_rulebook():
    book = small.shipped()
    assert book == replace(book, scenarios=())

def test_of_small_ones():
    assert [1, 2, 3] == [1, 2, 4]
"""
LIMIT = 60
"""Seconds; each of these failures took minutes, or megabytes, before."""


@pytest.mark.no_cover
def test_failures_on_values_of_the_size_of_the_law_are_short(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_failing.py").write_text(FAILING, encoding="utf-8")
    paths = os.pathsep.join(str(ROOT / name) for name in ("src", "cli", "."))
    started = time.monotonic()
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "--rootdir", tmp_path,
         tmp_path],
        capture_output=True, text=True, timeout=LIMIT, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths, "CI": "true"},
    )  # fmt: skip

    assert time.monotonic() - started < LIMIT
    assert "4 failed" in found.stdout
    assert len(found.stdout) < 4 * LONGEST
    assert "they differ at `[700].because`" in found.stdout
    assert "signs left out" in found.stdout
    assert "they differ at `.scenarios`" in found.stdout
    assert "At index 2 diff: 3 != 4" in found.stdout


def test_what_is_small_is_left_to_pytest() -> None:
    for left, right in (([1, 2], [1, 3]), ("a" * 5_000, "b"), ({"a": [1]}, {}), (3, None)):
        assert not is_large(left)
        assert pytest_assertrepr_compare("==", left, right) is None


def test_what_is_large_is_told_by_its_first_difference() -> None:
    numbers = list(range(5_000))
    other = {"a": numbers, "b": numbers}
    found = pytest_assertrepr_compare("==", {"a": [*numbers, 7], "b": []}, other)
    assert found == [
        "<dict of 2> == <dict of 2>",
        "they differ at `['a']`: <list of 5001> and <list of 5000>",
        "of 5001 and of 5000 parts",
    ]
    assert pytest_assertrepr_compare("in", "b", "a" * 300_000) is None
    assert pytest_assertrepr_compare("in", 7, numbers) == ["7 in <list of 5000>"]
    assert is_large("a" * 300_000)
    assert is_large(set(numbers))
    told = pytest_assertrepr_compare("==", set(numbers), frozenset())
    assert told is not None
    assert "they differ at `the whole`" in told[1]


def test_an_evaluator_does_not_write_out_what_it_has_made() -> None:
    from lawengine.compiled.engine import Engine

    engine = Engine(small.shipped())
    for value in (engine, engine.branching, engine.lineages["APL.payment"]):
        assert len(repr(value)) < 200


def test_a_rulebook_writes_its_size_and_not_itself() -> None:
    book = small.shipped()
    told = f"<Rulebook of {len(book.rules)} rules, {len(book.statuses)} statuses, "
    assert repr(book) == f"{told}{len(book.scenarios)} scenarios>"
    assert repr(replace(book, scenarios=())) == f"{told}0 scenarios>"
    words = book.vocabulary
    assert repr(words) == (
        f"<Vocabulary of {len(words.entities)} entities, {len(words.choices)} choices>"
    )
