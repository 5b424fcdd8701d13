"""A long comparison of whole columns with the reference, over watches drawn at random."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor

from tests.agreement.order_tables import answers


def differs(seed: int) -> str:
    """Return the rules under which a drawn table gets two answers, or nothing."""
    text, found = answers(seed)
    return "" if found.agree() else f"seed {seed}: {text}"


def main() -> None:
    """Compare as many tables as were asked for and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1_000)
    parser.add_argument("--cores", type=int, default=os.cpu_count())
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.tables)
    with ProcessPoolExecutor(options.cores) as pool:
        found = [line for line in pool.map(differs, seeds, chunksize=50) if line]
    print(f"{options.tables} tables, {len(found)} differences")
    for line in found[:5]:
        print(line)
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
