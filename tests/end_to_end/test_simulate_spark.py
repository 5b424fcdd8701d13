"""The command for clusters where there is nothing of Spark: what is missing is said plainly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.end_to_end.commands import run


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a run on Spark needs `PySpark`, which is not installed"),
        ("zh", "使用 Spark 需要 PySpark"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("lawengine.spark")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("py4j", "pyspark"):
        monkeypatch.setitem(sys.modules, name, None)

    done = run("simulate-spark", tmp_path / "cases.parquet", "--lang", language)

    assert done.exit_code == 1
    assert "LAW760" in done.stderr
    assert words in done.stderr
    assert done.stdout == ""
