"""A long comparison of columns with the evaluator of single cases, over all cores."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from lawengine.columns.engine import Simulator
from tests import small
from tests.agreement.columns import ColumnTally, differences, plain_rows
from tests.agreement.drawing import Drawer

KNOWN = (1.0, 1.0, 0.97, 0.9)
"""How often a fact is given."""


@cache
def shipped() -> Simulator:
    return Simulator(small.shipped())


def compare(seed: int, number: int) -> ColumnTally:
    """Return what columns settled of some drawn cases, and what differs."""
    simulator = shipped()
    drawer = Drawer(simulator.rulebook, seed, KNOWN[seed % len(KNOWN)])
    return differences(
        simulator, plain_rows((drawer.case() for _ in range(number)), simulator.exact)
    )


def main() -> None:
    """Compare as many cases as were asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = 2_000
    rounds = -(-options.cases // size)
    seeds = [options.seed * 1_000_000 + n for n in range(rounds)]
    tally = ColumnTally()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for some in pool.map(compare, seeds, [size] * rounds):
            tally += some
    print(
        f"{tally.rows} acts: {tally.settled} settled by columns, {tally.hit} with a norm, "
        f"{tally.later} by the lighter later law"
    )
    print(f"{len(tally.found)} differences")
    for line in tally.found[:20]:
        print(line)
    raise SystemExit(bool(tally.found))


if __name__ == "__main__":
    main()
