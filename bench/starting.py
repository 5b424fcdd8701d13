"""How long a start takes: the cache of read rules, and whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench import growth
from bench.timing import best, say
from lawengine.cache import store
from lawengine.cache.contents import Contents
from lawengine.statutes.library import Library

ROOT = Path(__file__).resolve().parents[1]
HENAN = str(ROOT / "casebook" / "henan-brushing-2016.yaml")
COMMANDS = (
    ("lawengine --help (goal 70 ms)", ("--help",)),
    ("lawengine version (goal 70 ms)", ("version",)),
    ("lawengine decide HENAN --format json (goal 200 ms)", ("decide", HENAN, "--format", "json")),
    ("lawengine decide HENAN, the tree (goal 300 ms)", ("decide", HENAN)),
)


def report(rounds: int) -> None:
    """Print the times of warm loads and of whole processes."""
    print("\nWarm load from the cache, generated rules (goal for 1,000: 10 ms)")
    for number in (100, 1_000, 10_000):
        report_load(number)
    print("\nWhole processes, bytecode compiled, rules in the cache; least of several")
    with tempfile.TemporaryDirectory() as folder:
        report_processes(Path(folder), max(3, rounds // 4))


def report_load(number: int) -> None:
    """Print what finding, sealing off and loading a rulebook of that many rules takes."""
    sources = growth.sources(number)
    contents = Contents(growth.rulebook(number), Library(()))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "cache"
        name = store.name_of(sources)
        saved = best(partial(store.save, place, name, contents), 1)
        size = (place / f"{name}.rulebook").stat().st_size / 1e6
        named = best(partial(store.name_of, sources), 5)
        loaded = best(partial(store.load, place, name), 5)
        touched = best(partial(_touch, place, name), 3)
    print(
        f"  {number:>6} rules: texts hashed {named:6.2f}, loaded {loaded:6.2f} ms; "
        f"{touched * 1e3 / number:5.1f} µs to touch a rule; written {saved:7.1f} ms, {size:6.2f} MB"
    )


def _touch(place: Path, name: str) -> None:
    contents = store.load(place, name)
    assert contents is not None  # noqa: S101 - it was written a moment ago
    for _ in contents.rulebook.rules.values():
        pass


def report_processes(folder: Path, rounds: int) -> None:
    """Print what whole processes take, with a bare Python beside them."""
    variables = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("src", "cli")),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "LAWENGINE_CACHE": str(folder / "cache"),
    }
    say("python -c pass", _least(["-c", "pass"], variables, rounds), "ms")
    say("python -c 'import typer'", _least(["-c", "import typer"], variables, rounds), "ms")
    for words, arguments in COMMANDS:
        took = _least(["-m", "lawengine_cli", *arguments], variables, rounds)
        say(words, took, "ms")


def _least(arguments: Sequence[str], variables: dict[str, str], rounds: int) -> float:
    """Return the least time in ms; the first run, which compiles and fills the cache, is not it."""
    took = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, *arguments], env=variables, stdout=subprocess.DEVNULL, check=True
        )
        took.append(time.perf_counter() - start)
    return min(took[1:]) * 1e3
