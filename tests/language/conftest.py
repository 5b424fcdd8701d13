"""`pytest tests/language --bless` writes what is printed now as what is expected from now on."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="accept the present output as expected")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Tell whether the present output is to be accepted."""
    # The option is only known when this folder was named on the command line.
    return bool(request.config.getoption("--bless", default=False))
