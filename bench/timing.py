"""Times as the least of many rounds, ours and the baseline in turn, and how they are printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report. Units: microseconds a case."""

    name: str
    micros: float


def measured(
    tasks: Sequence[tuple[str, Callable[[], object]]], cases: int, rounds: int = ROUNDS
) -> list[Row]:
    """Return the least time of each task a case.

    Each round runs all of them, so that they share whatever else the machine does.
    """
    best = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for number, (_, task) in enumerate(tasks):
            start = time.perf_counter()
            task()
            best[number] = min(best[number], time.perf_counter() - start)
    return [Row(name, least / cases * 1e6) for (name, _), least in zip(tasks, best, strict=True)]


def once(task: Callable[[], object]) -> float:
    """Return the milliseconds that one run takes."""
    start = time.perf_counter()
    task()
    return (time.perf_counter() - start) * 1e3


def best(task: Callable[[], object], rounds: int) -> float:
    """Return the milliseconds of the least of several runs."""
    return min(once(task) for _ in range(rounds))


def show(title: str, rows: Sequence[Row], base: float | None = None) -> None:
    """Print a table; with a `base` every row gets its multiple of it."""
    print(f"\n{title}")
    for row in rows:
        times = f"   {row.micros / base:6.2f} x" if base else ""
        print(f"  {row.name:<58}{row.micros:10.2f} µs{times}")


def say(name: str, value: float, unit: str, goal: str = "") -> None:
    """Print one figure with its goal."""
    print(f"  {name:<58}{value:10.2f} {unit}{f'   (goal {goal})' if goal else ''}")
