"""What all tests share."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.short_failures import pytest_assertrepr_compare, pytest_runtest_makereport

__all__ = ["pytest_assertrepr_compare", "pytest_runtest_makereport"]

# A busy machine is no error: an example may take its time, on any machine.
settings.register_profile("lawengine", settings(), deadline=None)
settings.load_profile("lawengine")


_MADE: list[Path] = []


def pytest_configure() -> None:
    """Keep read rulebooks in a folder of this run, which those who work for it inherit."""
    if "LAWENGINE_CACHE" not in os.environ:
        _MADE.append(Path(tempfile.mkdtemp(prefix="lawengine-cache-")))
        os.environ["LAWENGINE_CACHE"] = str(_MADE[0])


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    for folder in _MADE:
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop("LAWENGINE_CACHE", None)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the root of the checkout that is tested."""
    return Path(__file__).resolve().parent.parent
