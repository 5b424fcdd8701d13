"""Times of sweeps of twenty steps, beside one run of the same table."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.timing import say
from lawengine.analysis.running import Asked, Running
from lawengine.analysis.sides import Law
from lawengine.analysis.sweeping import sweep
from lawengine.base.label import Label
from lawengine.population.drawing import draw
from lawengine.population.specification import read_specification
from lawengine.population.storing import write_population
from lawengine.workspace import Workspace

ROWS = 1_000_000
ASSUMED = Path(__file__).resolve().parents[1] / "casebook" / "populations" / "network_cases.toml"
FIGURES = (
    ("a term that rules compare", "limitation_term=1..20:20"),
    ("the floor of a fine", "AUCL.false_publicity@2024-01-01.fine.low=0..380_000:20"),
    ("a term that a duty alone has", "lifting_time=1..20:20"),
)


def report(workspace: Workspace) -> None:
    """Print how many runs a sweep of twenty steps takes, for figures of three sorts.

    Units: seconds of the processor, the better of two rounds.

    Raises:
        ValueError: the assumptions that the cases are drawn from have a mistake.
    """
    law = Law("law", Label("law"), workspace.rulebook, days=workspace.days)
    print(f"\nSweeps of 20 steps over {ROWS} drawn cases, the shipped rules")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.parquet"
        assumed, problems = read_specification(ASSUMED, law.rulebook.vocabulary)
        if assumed is None:
            raise ValueError(problems)
        write_population(path, assumed, law.rulebook, draw(assumed, law.rulebook, ROWS, 1))
        kept = ("group",)
        one = _seconds(lambda: Running([law], Asked(kept=kept)).run(path))
        say("one run, read and counted", one, "s")
        for name, figure in FIGURES:
            took = _seconds(partial(sweep, path, law, [figure], kept=kept))
            say(f"{name}, against one run", took / one, "x", "5")


def _seconds(task: Callable[[], object]) -> float:
    found = []
    for _ in range(2):
        start = time.process_time()
        task()
        found.append(time.process_time() - start)
    return min(found)
