"""Every scenario beside the shipped rules passes, by the reference evaluator."""

import pytest

from lawengine.deciding.scenarios import run_scenario
from tests import small

FILES = sorted({scenario.span.path for scenario in small.shipped().scenarios})


@pytest.mark.parametrize("path", FILES)
def test_every_scenario_passes(path: str) -> None:
    book, days = small.shipped(), small.shipped_days()

    results = [run_scenario(one, book, days) for one in book.scenarios if one.span.path == path]

    failed = [result for result in results if not result.passed]
    assert [(str(one.scenario.span), one.failures, one.diagnostics) for one in failed] == []
    assert results
