"""What the tests of the case reader share."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawengine.base.source import Source
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model.rulebook import Rulebook

SMALL = Path(__file__).parents[2] / "fixtures" / "casebook" / "small.law"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    parsed = parse(Source(str(SMALL), SMALL.read_text(encoding="utf-8")))
    assert parsed.diagnostics == ()
    lowered = lower([parsed.tree], {})
    assert lowered.diagnostics == ()
    return lowered.rulebook
