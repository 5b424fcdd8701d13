"""The page on the Python API is true: each of its examples runs as it is printed."""

from __future__ import annotations

import doctest
from pathlib import Path


def test_every_example_of_the_page_runs(checkout: Path) -> None:
    page = checkout / "docs" / "python-api.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert failed == 0
    assert tried > 15
