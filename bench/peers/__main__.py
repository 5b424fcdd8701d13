"""Prints workload W by ours and by other engines, in one process: a report, never a test."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from bench import workload
from bench.peers import bulk, openfisca_model, zen_model
from bench.timing import Row, measured
from lawengine.compiled.engine import Engine

COMPARED = 10_000
ONE_BY_ONE = 500
"""The cases that an engine of milliseconds a case is compared on one by one."""
TIMED, TIMED_SLOW = 2_000, 100
Task = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Models:
    """Workload W in every language, made and ready."""

    ours: Engine
    zen: Callable[[workload.Flat, bool], zen_model.Evaluated]
    openfisca: openfisca_model.System


def main() -> int:
    """Print the report; return 1 where an engine answers otherwise than the rules by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    cases = list(workload.cases(COMPARED))
    models = Models(
        Engine(workload.rulebook()), zen_model.decision(), openfisca_model.system(cases[0])
    )
    print("# Workload W beside other engines\n")
    print(f"Python {platform.python_version()}, {platform.machine()}, load {_load()} at the start;")
    others = ("openfisca-core", "zen-engine", "numpy", "numba", "polars", "duckdb")
    print(", ".join(f"{name} {version(name)}" for name in others) + ".\n")
    wrong = _compare(models, cases)
    if wrong:
        print("\nNo times: the outputs differ.")
        return 1
    _time(models, cases[:TIMED], rounds)
    wrong = bulk.report(models.openfisca, max(rounds // 2, 3))
    print(f"\nLoad at the end: {_load()}.")
    return 1 if wrong else 0


def _load() -> str:
    return f"{os.getloadavg()[0]:.2f}"


def _compare(models: Models, cases: Sequence[workload.Flat]) -> int:
    """Print how many cases each engine answers like the rules by hand; return the others."""
    expected = [workload.by_hand(case) for case in cases]
    together = openfisca_model.calculated(openfisca_model.many(models.openfisca, cases))
    singly = (
        next(openfisca_model.answers_of(_openfisca(models, case, trace=False)[0]))
        for case in cases[:ONE_BY_ONE]
    )
    answers: list[tuple[str, Iterable[workload.Answer | None]]] = [
        ("lawengine, compiled", (_ours(models, case) for case in cases)),
        ("zen-engine", (zen_model.answer_of(models.zen(case, False)) for case in cases)),
        ("OpenFisca, all cases at once", openfisca_model.answers_of(together)),
        ("OpenFisca, case by case", singly),
    ]
    print("| outputs like the rules by hand | cases | differ |\n|---|--:|--:|")
    total = 0
    for name, given in answers:
        found = list(given)
        differ = sum(one != two for one, two in zip(found, expected, strict=False))
        total += differ
        print(f"| {name} | {len(found)} | {differ} |")
    return total


def _ours(models: Models, case: workload.Flat) -> workload.Answer | None:
    found = models.ours.outcome(*workload.act_of(case))
    return None if found is None else workload.answer_of(found)


def _openfisca(
    models: Models, case: workload.Flat, *, trace: bool
) -> tuple[dict[str, object], list[str]]:
    simulation = openfisca_model.one(models.openfisca, case)
    simulation.trace = trace
    found = openfisca_model.calculated(simulation)
    return found, simulation.tracer.computation_log.lines() if trace else []


def _explained(models: Models, facts: workload.Three) -> object:
    found = models.ours.outcome(*facts)
    return None if found is None else found.reasons()


def _each(act: Callable[..., object], cases: Iterable[object]) -> Callable[[], object]:
    """Return what acts on every case in turn."""

    def run() -> None:
        for case in cases:
            act(case)

    return run


def _time(models: Models, cases: Sequence[workload.Flat], rounds: int) -> None:
    """Print the times of all engines, each on what it takes: dates and fen for ours, else dicts."""
    facts = [workload.act_of(case) for case in cases]
    fast: list[Task] = [
        ("a Python function by hand", _each(workload.by_hand, cases)),
        ("lawengine", _each(lambda three: models.ours.outcome(*three), facts)),
        ("lawengine, from the flat dict to the five outputs", _each(partial(_ours, models), cases)),
        ("lawengine, reasons as data", _each(partial(_explained, models), facts)),
    ]
    zen: list[Task] = [
        ("zen-engine", _each(lambda case: models.zen(case, False), cases)),
        ("zen-engine, trace", _each(lambda case: models.zen(case, True), cases)),
    ]
    few = cases[:TIMED_SLOW]
    openfisca: list[Task] = [
        ("OpenFisca", _each(partial(_openfisca, models, trace=False), few)),
        ("OpenFisca, computation log", _each(partial(_openfisca, models, trace=True), few)),
    ]
    bulk: list[Task] = [
        (
            f"OpenFisca, {len(cases):,} cases at once",
            lambda: openfisca_model.calculated(openfisca_model.many(models.openfisca, cases)),
        )
    ]
    groups = [(fast, len(cases)), (zen, len(cases)), (openfisca, len(few)), (bulk, len(cases))]
    _show(_in_turn(groups, rounds))
    _sizes(models, cases)


def _in_turn(groups: Sequence[tuple[Sequence[Task], int]], rounds: int) -> list[Row]:
    """Return the least time of each task a case; each round runs all of all groups."""
    each = [
        [row for tasks, number in groups for row in measured(tasks, number, 1)]
        for _ in range(rounds)
    ]
    return [min(rows, key=lambda row: row.micros) for rows in zip(*each, strict=True)]


def _show(rows: Sequence[Row]) -> None:
    hand, ours = rows[0].micros, rows[1].micros
    explained = next(row.micros for row in rows if "reasons" in row.name)
    print("\n| a case | µs | × by hand | × lawengine | × lawengine with reasons |")
    print("|---|--:|--:|--:|--:|")
    for row in rows:
        times = (row.micros / base for base in (hand, ours, explained))
        print(f"| {row.name} | {row.micros:,.2f} | {' | '.join(f'{x:,.1f}' for x in times)} |")


def _sizes(models: Models, cases: Sequence[workload.Flat]) -> None:
    """Print what the explanations of a case with a hit hold, for they are not alike."""
    case = next(case for case in cases if len(workload.by_hand(case)[3]) > 1)
    told = models.ours.outcome(*workload.act_of(case))
    conditions = sum(len(one.conditions) for one in told.reasons()) if told is not None else 0
    trace = json.dumps(models.zen(case, True)["trace"], default=str)
    log = _openfisca(models, case, trace=True)[1]
    print(
        f"\nOne case with several hits explained: {conditions} conditions with their values and"
        f" articles (lawengine), {len(trace):,} characters of trace (zen-engine), {len(log)} lines"
        " of log (OpenFisca). What is not timed: making the models, and what prints them."
    )


if __name__ == "__main__":
    raise SystemExit(main())
