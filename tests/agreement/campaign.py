"""A long comparison of the compiled evaluator with the reference, over all cores."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from lawengine.compiled.engine import Engine
from tests import small
from tests.agreement.comparing import Tally, drawn
from tests.agreement.drawing import KNOWN


def compare(seed: int, number: int) -> Tally:
    """Return how the acts of some cases were decided, and what differs."""
    known, bounded, _ = KNOWN[seed % len(KNOWN)]
    return drawn(engine_of_shipped(), number, seed, known, bounded)


@cache
def engine_of_shipped() -> Engine:
    return Engine(small.shipped(), days=small.shipped_days())


def main() -> None:
    """Compare as many cases as were asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = 250
    rounds = -(-options.cases // size)
    seeds = [options.seed * 1_000_000 + n for n in range(rounds)]
    tally = Tally()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for some in pool.map(compare, seeds, [size] * rounds):
            tally += some
    print(f"{rounds * size} cases, {tally}")
    print(f"{len(tally.found)} differences")
    for line in tally.found[:20]:
        print(line)
    raise SystemExit(bool(tally.found))


if __name__ == "__main__":
    main()
