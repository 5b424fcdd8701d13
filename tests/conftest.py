"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no error: an example may take its time, on any machine.
settings.register_profile("lawengine", settings(), deadline=None)
settings.load_profile("lawengine")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the root of the checkout that is tested."""
    return Path(__file__).resolve().parent.parent
