"""Several processes over the batches of one table; what they say comes back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from lawengine.base.diagnostic import Diagnostic
from lawengine.columns.failures import TableError

_AHEAD = 2
"""Batches for each process that wait or run at once, so that memory does not grow with a table."""
_PAUSE = 1.0

Work = Callable[..., Any]
_works: list[Work] = []
"""What the processes do: they are copies of this one, so that no rulebook goes through a pipe."""


class Workers:
    """Processes that do one work on plain tasks."""

    def __init__(self, jobs: int, pool: ProcessPoolExecutor) -> None:
        self._jobs, self._pool = jobs, pool

    def stop(self) -> None:
        """Return when no process works any more; what waits is not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def ordered(self, tasks: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Yield what the work gives for each task, in their order."""
        waiting: deque[Future[Any]] = deque()
        for task in tasks:
            waiting.append(self._pool.submit(_do, task))
            if len(waiting) >= self._jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def working(jobs: int, work: Work) -> Iterator[Workers]:
    """Start processes for a work; before anything is open that they must not share.

    An interrupt lets the batches end that are under way. INVARIANT: what goes back and forth is
    plain data of this program's own processes.

    Raises:
        TableError: this system cannot copy processes.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        raise TableError(Diagnostic("LAW742"))
    _works.append(work)
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _prepare, (os.getpid(),))
    try:
        pool.submit(os.getpid).result()  # all of them are started now
        yield Workers(jobs, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _works.pop()


def _prepare(parent: int) -> None:
    """Leave interrupts to the parent, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PAUSE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _do(task: tuple[Any, ...]) -> Any:  # noqa: ANN401 - what the work gives
    return _works[-1](*task)
