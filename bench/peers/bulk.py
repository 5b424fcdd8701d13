"""A million cases of W at once: columns of ours beside frames, databases and loops by hand."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import duckdb
import numpy as np

from bench import kernel
from bench.columns import ROWS, SQL, by_articles, five, w_table
from bench.peers import frame, loop, openfisca_model
from bench.timing import once
from bench.workload import rulebook
from lawengine.columns.engine import Simulator

BASE = "lawengine, columns (1)"
FIVE = ("fine", "taken", "suspended", "norms", "black")


def report(system: openfisca_model.System, rounds: int) -> int:
    """Print the times of all, in turn in each round; return how many outputs differ."""
    simulator = Simulator(rulebook())
    table = w_table(ROWS, simulator.rulebook)
    columns = {path.partition(".")[2]: c.values for path, c in table.columns.items()}
    cases = frame.frame(columns)
    connection = duckdb.connect()
    connection.register("given", columns)
    connection.execute("CREATE TABLE cases AS SELECT * FROM given")
    sql = f"CREATE OR REPLACE TABLE answers AS {SQL.read_text(encoding='utf-8')}"
    simulation = partial(openfisca_model.of_columns, system, columns)

    def duck(threads: int) -> None:
        connection.execute(f"SET threads = {threads}")
        connection.execute(sql)

    tasks: dict[str, Callable[[], object]] = {
        "every input copied once, outputs filled (1)": lambda: kernel.read_once(columns, ROWS),
        "one loop by hand, Numba (1)": lambda: loop.by_numba(columns, ROWS),
        "NumPy by hand, in chunks (1)": lambda: kernel.by_hand(columns, ROWS),
        BASE: lambda: five(simulator.answer(table)),
        "Polars by hand, in stages (2)": lambda: frame.by_polars(cases),
        "DuckDB by hand, one query (2)": lambda: duck(2),
        "DuckDB by hand, one query (1)": lambda: duck(1),
        "OpenFisca (1)": lambda: openfisca_model.calculated(simulation()),
    }
    duck(2)
    fen = {"fine": 100, "confiscation": 100}
    found = connection.execute("SELECT * FROM answers").fetchnumpy()
    theirs = openfisca_model.calculated(simulation())
    polars = frame.by_polars(cases)
    *some, norms, black = five(simulator.answer(table))
    expected = [*some, by_articles(norms), black]
    answers: dict[str, Sequence[Any]] = {
        "NumPy by hand": kernel.by_hand(columns, ROWS),
        "Numba by hand": loop.by_numba(columns, ROWS),
        "Polars by hand": [polars[name].to_numpy() for name in FIVE],
        "DuckDB by hand": [
            found[name].astype(np.int64) * fen.get(name, 1)
            for name in ("fine", "confiscation", "suspension", "articles", "blacklist")
        ],
        "OpenFisca": openfisca_model.outputs(theirs),
    }
    print(f"\n| outputs of {ROWS:,} cases like those of columns | differ |\n|---|--:|")
    wrong = 0
    for name, given in answers.items():
        differ = sum(
            int(np.count_nonzero(np.asarray(one) != two))
            for one, two in zip(given, expected, strict=True)
        )
        wrong += differ
        print(f"| {name} | {differ} |")
    if wrong == 0:
        _show(tasks, rounds)
    connection.close()
    return wrong


def _show(tasks: dict[str, Callable[[], object]], rounds: int) -> None:
    """Print the least of each; garbage is looked for before each, never within."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, task in tasks.items():
            gc.collect()
            best[name] = min(best[name], once(task))
    print(f"\n| {ROWS:,} cases (threads) | ms | million cases/s | × columns |\n|---|--:|--:|--:|")
    for name, took in best.items():
        rate = ROWS / took / 1e3
        print(f"| {name} | {took:,.1f} | {rate:,.1f} | {took / best[BASE]:,.2f} |")
