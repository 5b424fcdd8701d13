"""Fuzzing at length: `python -m tests.fuzz.campaign --inputs 1000000 [--seed 7] [--processes 2]`.

Each batch draws its texts from its own seed, so that a finding can be drawn again. The first
broken promise stops the campaign; its text is printed as a Python literal.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

from tests.fuzz.mutations import spoil
from tests.fuzz.targets import TARGETS


@dataclass
class Outcome:
    """What a stretch of a campaign saw: kinds of results, and the first broken promise."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    finding: str = ""


def run(target: str, inputs: int, seed: int) -> Outcome:
    """Return the outcome of that many texts drawn from `seed`."""
    # Not for secrets: the same seed must draw the same texts.
    rng = random.Random(seed)  # noqa: S311 - cases of a test, no secrets
    chosen = TARGETS[target]
    seeds = chosen.seeds()
    outcome = Outcome()
    for _ in range(inputs):
        text = spoil(rng, seeds)
        start = time.perf_counter()
        try:
            outcome.counts[chosen.promise(text)] += 1
        except Exception:  # noqa: BLE001 - any exception at all is what is looked for
            outcome.finding = f"{traceback.format_exc()}\nseed {seed}, text:\n{text!a}"
            return outcome
        outcome.slowest = max(outcome.slowest, time.perf_counter() - start)
    return outcome


def main() -> int:
    """Run the campaign that the command line asks for; return 1 if a promise broke."""
    parser = argparse.ArgumentParser(description="feed readers with spoilt texts")
    parser.add_argument("--inputs", type=int, default=100_000, help="texts for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    options = parser.parse_args()
    for target in options.target or sorted(TARGETS):
        if not _campaign(target, options.inputs, options.seed, options.processes):
            return 1
    return 0


def _campaign(target: str, inputs: int, seed: int, processes: int) -> bool:
    start = time.perf_counter()
    batch = max(1, min(5_000, inputs // processes))
    sizes = [min(batch, inputs - done) for done in range(0, inputs, batch)]
    counts: Counter[str] = Counter()
    slowest = 0.0
    with ProcessPoolExecutor(processes) as pool:
        jobs = [
            pool.submit(run, target, size, seed * 1_000_003 + n) for n, size in enumerate(sizes)
        ]
        for job in as_completed(jobs):
            outcome = job.result()
            counts += outcome.counts
            slowest = max(slowest, outcome.slowest)
            if outcome.finding:
                pool.shutdown(cancel_futures=True)
                print(outcome.finding, file=sys.stderr)
                return False
            done, seconds = counts.total(), time.perf_counter() - start
            print(f"{target}: {done} of {inputs}, {done / seconds:.0f} a second", flush=True)
    shown = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
    print(f"{target}: no promise broken; {shown}; slowest {slowest:.2f} s")
    return True


if __name__ == "__main__":
    sys.exit(main())
