"""Times of columns: W beside NumPy and DuckDB by hand, the shipped rules, 300 made-up rules."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import numpy as np

from bench import kernel, workload
from bench.norms import ARTICLES, BRUSHING
from bench.timing import once, say
from lawengine.base.source import Source
from lawengine.columns.engine import Simulator
from lawengine.columns.gate import Gate
from lawengine.columns.results import Results
from lawengine.columns.settling import Settler
from lawengine.columns.table import Array, Column, Table, as_table
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook
from tests.agreement.columns import plain_rows
from tests.agreement.drawing import Drawer

ROWS, MANY = 1_000_000, 10_000_000
SQL = Path(__file__).parent / "w" / "by_hand.sql"
KINDS, FLAGS, NUMBERS, SUMS = 12, 20, 6, 4
PARTS = (
    ("", ""),
    ("admit", "columns are read first, their bounds checked"),
    ("rest", "code made from the rules: conditions, sums where hit"),
    ("settle", "fines together, what is taken, codes"),
)
PYTHON_THERE, NUMPY_THERE = 0.47, 22.5
"""W by hand on the machine on which goals in seconds were set: microseconds a case in plain Python,
million cases a second by NumPy. What these take here tells what the goals come to here."""
BRUSHED = 1 << ARTICLES.index(BRUSHING)


def report(shipped: Rulebook, rounds: int, by_hand: float) -> None:
    """Print the whole report; `by_hand` is what W takes in plain Python, in microseconds a case."""
    rate = report_w(max(rounds // 20, 2))
    report_gaps()
    report_shipped(shipped)
    report_rules(300, by_hand / PYTHON_THERE, NUMPY_THERE / rate)


def million(task: Callable[[], object], rows: int, rounds: int) -> float:
    """Return million rows a second, the best of several runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        best = min(best, time.perf_counter() - start)
    return rows / best / 1e6


def repeated(table: Table, rows: int) -> Table:
    """Return a table of so many rows, made of copies of another one."""

    def copies(column: Column) -> Column:
        known = None if column.known is None else np.resize(column.known, rows)
        return Column(np.resize(column.values, rows), known)

    return Table({path: copies(column) for path, column in table.columns.items()}, rows)


# --- W ---


def w_table(rows: int, rulebook: Rulebook) -> Table:
    """Return W with counts in narrow columns, as a careful user would hold them."""
    flat = [workload.act_of(case) for case in workload.cases(20_000)]
    table = as_table(flat, rulebook)
    columns = dict(table.columns)
    columns["act.prior_violations"] = Column(columns["act.prior_violations"].values.astype(np.int8))
    columns["act.fake_count"] = Column(columns["act.fake_count"].values.astype(np.int32))
    return repeated(Table(columns, table.rows), rows)


def five(results: Results) -> tuple[Array, ...]:
    """Return the five outputs of W: fine, confiscation, suspension, norms, blacklist."""
    layout = results.layout
    suspended = (results.codes[0] & layout.word(layout.must(MeasureKind.SUSPEND))) != 0
    norms = results.codes[0] >> layout.word(layout.first_norm)
    return (
        results.fine_high, results.confiscated, suspended, norms,
        (results.fine_high >= 200_000_00) | suspended,
    )  # fmt: skip


def by_articles(norms: Array) -> Array:
    """Return the articles hit as bits: the two versions on brushing are one, one fine is none."""
    return (norms & (2 * BRUSHED - 1)) | (norms >> 1 & BRUSHED)


def report_w(rounds: int) -> float:
    """Print W by columns, by NumPy and by DuckDB, in turn.

    Return what NumPy by hand makes of it, in million cases a second.
    """
    simulator = Simulator(workload.rulebook())
    table = w_table(ROWS, simulator.rulebook)
    fine, taken, suspended, norms, black = five(simulator.answer(table))
    answers = (fine, taken, suspended, by_articles(norms), black)
    print(f"\nColumns: W, {ROWS} cases, {simulator.made} plan")
    connection = duckdb.connect()
    columns = {path.partition(".")[2]: c.values for path, c in table.columns.items()}
    hand = kernel.by_hand(columns, ROWS)
    differ = [int(np.count_nonzero(one != two)) for one, two in zip(answers, hand, strict=True)]
    print(f"  {sum(differ)} outputs differ from NumPy by hand")
    connection.register("given", columns)
    connection.execute("CREATE TABLE cases AS SELECT * FROM given")
    sql = f"CREATE OR REPLACE TABLE answers AS {SQL.read_text(encoding='utf-8')}"
    connection.execute(sql)
    theirs = connection.execute("SELECT * FROM answers").fetchnumpy()
    pairs = [
        (fine, theirs["fine"].astype(np.int64) * 100), (taken, theirs["confiscation"] * 100),
        (suspended, theirs["suspension"]), (black, theirs["blacklist"]),
        (by_articles(norms), theirs["articles"]),
    ]  # fmt: skip
    wrong = sum(int(np.count_nonzero(one != two)) for one, two in pairs)
    print(f"  {wrong} outputs differ from DuckDB by hand")
    rate = 0.0
    for _ in range(rounds):
        ours = million(lambda: five(simulator.answer(table)), ROWS, 3)
        manual = million(lambda: kernel.by_hand(columns, ROWS), ROWS, 3)
        rate = max(rate, manual)
        goal = f"20 there, {20 * manual / NUMPY_THERE:.1f} here"
        say("W by columns, one thread", ours, "M cases/s", goal)
        say("W by NumPy by hand, one thread", manual, "M cases/s")
        say("columns against it", ours / manual, "x", f"{20 / NUMPY_THERE:.2f}")
        floor = million(lambda: kernel.read_once(columns, ROWS), ROWS, 3)
        say("every input copied once, outputs filled: the floor", floor, "M cases/s")
        for threads in (1, 2):
            connection.execute(f"SET threads = {threads}")
            other = million(lambda: connection.execute(sql), ROWS, 2)
            say(f"W by DuckDB by hand, threads: {threads}", other, "M cases/s")
            say("columns against it", ours / other, "x", "1.5" if threads == 2 else "")
    connection.close()
    report_parts(table)
    wide = w_table(MANY, simulator.rulebook)
    rate = million(lambda: five(simulator.answer(wide)), MANY, 2)
    say(f"W by columns, {MANY} cases", rate, "M cases/s")
    tracemalloc.start()
    many = simulator.answer(wide)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    held = sum(
        part.nbytes
        for part in (many.codes, many.fine_low, many.fine_high, many.confiscated, many.choices)
    )
    say("  its memory above inputs and outputs", (peak - held) / 1e6, "MB", "100")
    return rate


def report_parts(table: Table) -> None:
    """Print what the parts of a run over W take of it."""
    simulator = Simulator(workload.rulebook())
    simulator.answer(table)
    took = {name: 0.0 for name, _ in PARTS}

    def clocked(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: object) -> object:
            start = time.perf_counter()
            try:
                return do(*given)
            finally:
                took[name] += time.perf_counter() - start

        return run

    with (
        mock.patch.object(Gate, "admit", clocked("admit", Gate.admit)),
        mock.patch.object(Settler, "settle", clocked("settle", Settler.settle)),
    ):
        clocked("", simulator.answer)(table)
    took["rest"] = took[""] - took["admit"] - took["settle"]
    for name, text in PARTS[1:]:
        say(f"  of it {text}", took[name] / took[""] * 100, "%")


def with_gaps(table: Table, share: float, paths: Iterable[str]) -> Table:
    """Return a table of which some columns have that share of cells that are not known."""
    draw = np.random.default_rng(3)
    columns = dict(table.columns)
    for path in paths:
        values, known = columns[path].values, draw.random(table.rows) >= share
        columns[path] = Column(np.where(known, values, values.dtype.type(0)), known)
    return Table(columns, table.rows)


def report_gaps(rounds: int = 9) -> None:
    """Print what gaps cost: masks without any, one column with some, all of them with some.

    Each kind in turn, round by round: the median of what each takes against the run without gaps
    beside it, since a machine is not as fast at all times.
    """
    rows = ROWS
    simulator = Simulator(workload.rulebook())
    table = w_table(rows, simulator.rulebook)
    days = {"act.conduct_date", "case.decided_on"}
    every = [path for path in table.columns if path not in days]
    print(f"\nColumns: W with gaps, {rows} cases, medians of {rounds} rounds")
    kinds: tuple[tuple[str, float, list[str]], ...] = (
        ("none", 0.0, []), ("masks that mark every cell as known", 0.0, every),
        ("5 % of `serious` not known", 0.05, ["act.serious"]),
        ("5 % of `found_date` not known", 0.05, ["act.found_date"]),
        ("5 % of every column not known", 0.05, every),
    )  # fmt: skip
    tables = [with_gaps(table, share, paths) for _, share, paths in kinds]
    for gaps in tables:
        simulator.answer(gaps)
    took = np.array(
        [[once(lambda gaps=gaps: simulator.answer(gaps)) for gaps in tables] for _ in range(rounds)]  # type: ignore[misc]  # bound at once
    )
    against = np.median(took / took[:, :1], axis=0)
    for (name, share, paths), ratio in zip(kinds, against, strict=True):
        say(name, float(ratio), "x", "3" if share else "1.1" if paths else "")


# --- the shipped rules ---


def report_shipped(rulebook: Rulebook) -> None:
    """Print the shipped rules over drawn cases without open facts, and what a plan takes."""
    simulator = Simulator(rulebook)
    drawer = Drawer(rulebook, 7, 1.0)
    rows = plain_rows((drawer.case() for _ in range(4_000)), simulator.exact)
    table = as_table(rows, rulebook)
    results = simulator.answer(table)
    settled = np.flatnonzero(~(results.has("exactly") | results.has("branched")))
    kept = {
        path: Column(c.values[settled], None if c.known is None else c.known[settled])
        for path, c in table.columns.items()
    }
    big = repeated(Table(kept, settled.size), ROWS)
    print(f"\nColumns: the shipped rules, {settled.size} of {table.rows} drawn acts settled")
    say("acts with every fact known", million(lambda: simulator.answer(big), ROWS, 2), "M acts/s")


# --- rules made up ---


def rule(number: int) -> str:
    """Return one rule: choices, an "or" with a threshold, comparisons, an exclusion, a share."""
    draw = random.Random(number)  # noqa: S311 - rules of a measurement, no secrets
    a, b, c, d = draw.sample(range(FLAGS), 4)
    one, two = draw.sample(range(NUMBERS), 2)
    sum_ = draw.randrange(SUMS)
    return f"""
rule G.r{number}

  version from 2000-01-01
    law GEN-2000 art {number + 1}
    when act.kind is k{draw.randrange(KINDS)}
      and (act.f{a} or act.f{b} or act.n{one} at least {draw.randint(60, 90)})
      and act.n{two} at most {draw.randint(30, 70)}
      and act.m{sum_} at least {draw.randint(20, 60)}_000 yuan
    unless act.f{c} and act.f{d}
    then fine up to {draw.randint(1, 300)} % of act.m{sum_} rounded down
"""


def rules(number: int) -> Rulebook:
    """Return the rulebook of so many rules; one fine for one act, the higher.

    Raises:
        ValueError: its text has a mistake.
    """
    kinds = ", ".join(f"k{n}" for n in range(KINDS))
    facts = [f"  f{n}: yes_no" for n in range(FLAGS)]
    facts += [f"  n{n}: count, at least 0" for n in range(NUMBERS)]
    facts += [f"  m{n}: money, at least 0 yuan" for n in range(SUMS)]
    text = f"""
entity case "Case" / "案件"
  decided_on: date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  large: yes_no

entity act of party, listed as acts "Act" / "行为"
  kind: one of {kinds}
  ended_on: date, serves as conduct_date
""" + "\n".join(facts)
    text += "".join(rule(n) for n in range(number))
    text += "\nrule G.one\n\n  version from 2000-01-01\n    law GEN-2000 art 999\n"
    text += "    then the higher fine only\n"
    parsed = parse(Source("generated.law", text))
    lowered = lower([parsed.tree], {})
    problems = [*parsed.diagnostics, *lowered.diagnostics]
    if problems:
        raise ValueError([d.message("en") for d in problems[:3]])
    return lowered.rulebook


def rules_table(rows: int) -> Table:
    """Return cases for them."""
    draw = np.random.default_rng(1)
    day = Column(draw.integers(16_000, 19_000, rows).astype(np.int32))
    columns = {"case.decided_on": day, "act.ended_on": day}
    columns["act.kind"] = Column(draw.integers(0, KINDS, rows).astype(np.uint8))
    for n in range(FLAGS):
        columns[f"act.f{n}"] = Column(draw.random(rows) < 0.3)
    for n in range(NUMBERS):
        columns[f"act.n{n}"] = Column(draw.integers(0, 100, rows).astype(np.int8))
    for n in range(SUMS):
        columns[f"act.m{n}"] = Column(draw.integers(0, 10_000_000, rows).astype(np.int32))
    return Table(columns, rows)


def report_rules(number: int, python: float, numpy: float) -> None:
    """Print how long a million cases take under rules made up.

    `python` and `numpy` tell how many times as long they take here as where the goals were set.
    """
    simulator = Simulator(rules(number))
    table = rules_table(ROWS)
    few = table.part(slice(0, 8_192))  # so many that the plan is one for every choice
    first, second = (once(lambda: simulator.answer(few)) for _ in range(2))
    made = (first - second) / 1e3
    results = simulator.answer(table)
    hits = sum(int(results.applies(n).sum()) for n in range(number))
    print(f"\nColumns: {number} rules x {ROWS} cases, {hits / ROWS:.1f} hits a case")
    say("a plan made", made, "s", f"0.1 there, {0.1 * python:.2f} here")
    took = 1 / million(lambda: simulator.answer(table), ROWS, 3)
    say("all cases", took, "s", f"1.0 there, {numpy:.2f} here")
