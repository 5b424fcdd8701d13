"""A long comparison of the compiled evaluator with the reference, over all cores."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor

from lawengine.compiled.engine import Engine
from tests import small
from tests.agreement.comparing import differences
from tests.agreement.drawing import Drawer


def compare(seed: int, number: int) -> tuple[int, int, list[str]]:
    """Return how many acts were decided by compiled rules, how many in all, and what differs."""
    engine = Engine(small.shipped())
    drawer = Drawer(engine.rulebook, seed, known=0.97)
    compiled = acts = 0
    found: list[str] = []
    for _ in range(number):
        case = drawer.case()
        decided, differing = differences(engine, case)
        compiled += decided
        acts += len(case.root.children["party"][0].children["act"])
        found += differing
    return compiled, acts, found


def main() -> None:
    """Compare as many cases as were asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = 1_000
    rounds = -(-options.cases // size)
    seeds = [options.seed * 1_000_000 + n for n in range(rounds)]
    compiled = acts = 0
    found: list[str] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for some, all_, differing in pool.map(compare, seeds, [size] * rounds):
            compiled, acts, found = compiled + some, acts + all_, found + differing
    print(f"{rounds * size} cases, {acts} acts, {compiled} by compiled rules")
    print(f"{len(found)} differences")
    for line in found[:20]:
        print(line)
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
