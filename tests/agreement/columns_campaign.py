"""A long comparison of columns with the evaluator of single cases, over all cores."""

from __future__ import annotations

import argparse
import gc
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from lawengine.columns.engine import Simulator
from tests import small
from tests.agreement.column_statuses import StatusTally, flat_rows, status_tally
from tests.agreement.columns import ColumnTally, differences, plain_rows
from tests.agreement.drawing import Drawer
from tests.agreement.lives import HOLES, LifeDrawer

ACTS, LIVES = SORTS = ("acts", "lives")
_TOLD = 10
"""After so many rounds it is said how far the comparison is."""
KNOWN = (1.0, 1.0, 0.97, 0.9)
"""How often a fact is given."""


@cache
def shipped() -> Simulator:
    return Simulator(small.shipped(), days=small.shipped_days())


def compare(seed: int, number: int) -> ColumnTally:
    """Return what columns settled of some drawn cases, and what differs."""
    gc.collect()  # once a round: it would take a tenth of the time all along
    gc.disable()
    simulator = shipped()
    drawer = Drawer(simulator.rulebook, seed, KNOWN[seed % len(KNOWN)])
    return differences(
        simulator, plain_rows((drawer.case() for _ in range(number)), simulator.exact)
    )


def live(seed: int, number: int) -> StatusTally:
    """Return the same for lists, benefits and duties of drawn lives."""
    simulator = shipped()
    known, _ = HOLES[seed % len(HOLES)]
    drawer = LifeDrawer(simulator.rulebook, seed, known, wrong=0.002)
    rows = flat_rows((drawer.case() for _ in range(number)), simulator.rulebook)
    return status_tally(simulator, rows)


def main() -> None:
    """Compare as many cases as were asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sort", choices=SORTS, action="append", help="one of both sorts only")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    size = 4_000
    rounds = -(-options.cases // size)
    seeds = [options.seed * 1_000_000 + n for n in range(rounds)]
    tally, lives = ColumnTally(), StatusTally()
    sorts = options.sort or SORTS
    with ProcessPoolExecutor(options.processes) as pool:
        if ACTS in sorts:
            for done, some in enumerate(pool.map(compare, seeds, [size] * rounds), 1):
                tally += some
                if done % _TOLD == 0:
                    print(f"so far {tally.rows} acts, {len(tally.found)} differences", flush=True)
        if LIVES in sorts:
            # a life takes as long as some ten acts
            for more in pool.map(live, seeds, [size // 10] * rounds):
                lives += more
    print(
        f"{tally.rows} acts: {tally.settled} settled by columns, {tally.hit} with a norm, "
        f"{tally.later} by the lighter later law"
    )
    print(
        f"{lives.rows} lives: {lives.told} states, {lives.told - lives.open} settled by columns, "
        f"{lives.wider} left open that single cases settle"
    )
    found = [*tally.found, *lives.found]
    print(f"{len(found)} differences")
    for line in found[:20]:
        print(line)
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
