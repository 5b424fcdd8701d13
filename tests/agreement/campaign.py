"""A long comparison of the compiled evaluator with the reference, over all cores."""

from __future__ import annotations

import argparse
import gc
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from lawengine.compiled.engine import Engine
from tests import small
from tests.agreement.comparing import Tally, drawn, lived
from tests.agreement.drawing import KNOWN
from tests.agreement.lives import HOLES

ACTS, STATUSES = SORTS = ("acts", "statuses")
_TOLD = 20
"""After so many rounds it is said how far the comparison is."""


def compare(sort: str, seed: int, number: int) -> Tally:
    """Return how some cases were decided, and what differs: with acts, or with statuses.

    Garbage is looked for once, at the end: that would take a fifth of the time while cases are
    compared.
    """
    engine = engine_of_shipped()
    gc.disable()
    try:
        if sort == STATUSES:
            return lived(engine, number, seed, *HOLES[seed % len(HOLES)])
        known, bounded, _ = KNOWN[seed % len(KNOWN)]
        return drawn(engine, number, seed, known, bounded)
    finally:
        gc.enable()
        gc.collect()


@cache
def engine_of_shipped() -> Engine:
    return Engine(small.shipped(), days=small.shipped_days())


def main() -> None:
    """Compare as many cases of each sort as were asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sort", choices=SORTS, action="append", help="one of both sorts only")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    size = 250
    rounds = -(-options.cases // size)
    seeds = [options.seed * 1_000_000 + n for n in range(rounds)]
    differ = False
    for sort in options.sort or SORTS:
        tally = Tally()
        with ProcessPoolExecutor(options.processes) as pool:
            found = pool.map(compare, [sort] * rounds, seeds, [size] * rounds)
            for done, some in enumerate(found, 1):
                tally += some
                if done % _TOLD == 0:
                    print(f"so far {done * size} cases with {sort}, {tally}", flush=True)
        print(f"{rounds * size} cases with {sort}, {tally}")
        print(f"{len(tally.found)} differences")
        for line in tally.found[:20]:
            print(line)
        differ |= bool(tally.found)
    raise SystemExit(differ)


if __name__ == "__main__":
    main()
