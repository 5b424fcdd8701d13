"""Python's collector of cyclic garbage, and work that it only slows down."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(function: Callable[P, R]) -> Callable[P, R]:
    """Return `function` with the collector at rest while it runs.

    For what makes a great many objects that all live on: the collector looks through them again
    and again, finds nothing, and takes half the time of reading 10,000 rules. Edges: a collector
    that was at rest before stays so; other threads only find theirs a little later.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        collects = gc.isenabled()
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            if collects:
                gc.enable()

    return run
