"""The libraries that several tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawengine.statutes import Library, read_library

SHIPPED = Path(__file__).parents[3] / "statutes"
INVENTED = Path(__file__).parent / "invented"


@pytest.fixture
def invented() -> Library:
    library, diagnostics = read_library([INVENTED])
    assert diagnostics == ()
    return library


@pytest.fixture
def shipped() -> Library:
    library, diagnostics = read_library([SHIPPED])
    assert diagnostics == ()
    return library
