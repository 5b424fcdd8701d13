"""The collector rests while something runs, and goes on as it was before."""

import gc
from collections.abc import Iterator

import pytest

from lawengine.base.collecting import uncollected


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Leave the collector as it was."""
    enabled = gc.isenabled()
    yield
    if enabled:
        gc.enable()
    else:
        gc.disable()


@uncollected
def at_work() -> bool:
    return gc.isenabled()


@uncollected
def outer() -> tuple[bool, bool]:
    return at_work(), gc.isenabled()


@uncollected
def failing() -> None:
    raise ValueError("planted")


def test_the_collector_rests_and_goes_on() -> None:
    gc.enable()

    assert not at_work()
    assert gc.isenabled()


def test_one_that_rested_before_stays_so() -> None:
    gc.disable()

    assert not at_work()
    assert not gc.isenabled()


def test_an_inner_function_does_not_wake_it() -> None:
    gc.enable()

    assert outer() == (False, False)
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    gc.enable()

    with pytest.raises(ValueError, match="planted"):
        failing()

    assert gc.isenabled()
