"""Prints how fast the engine is, with ratios taken in one run: a report, never a test."""

from __future__ import annotations

import argparse
import platform
import random
import resource
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench import columns, growth, lives, orders, rendering, starting, sweeps, workload
from bench.timing import best, measured, once, say, show
from lawengine.base.source import Source
from lawengine.casebook import read_casebook
from lawengine.checks import run_checks
from lawengine.compiled.engine import Engine
from lawengine.deciding.decide import decide
from lawengine.evaluation.facts import CaseFacts, Entry, Instance, Known
from lawengine.evaluation.prepare import prepare
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.tables import read_tables
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Library, read_library
from lawengine.workspace import Places, open_workspace
from tests.agreement.drawing import Drawer

CASES = 10_000
TIMED = 2_000


def main() -> None:
    """Print the whole report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}; least of many rounds")
    base = report_w(options.rounds)
    report_open_w(options.rounds)
    report_shipped(options.rounds, base)
    rendering.report(open_workspace(Places()), henan(), options.rounds)
    report_reading()
    report_growth(options.rounds)
    columns.report(open_workspace(Places()).rulebook, options.rounds, base)
    sweeps.report(open_workspace(Places()))
    starting.report(options.rounds)
    orders.report()
    print(f"\n  {'peak memory of this process':<58}{_peak():10.0f} MB")


def _peak() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 if sys.platform != "darwin" else 1024 * 1024)


def report_w(rounds: int) -> float:
    """Print the agreement and the times of workload W; return that of its rules by hand.

    Units: microseconds a case.
    """
    engine = Engine(workload.rulebook())
    flat = list(workload.cases(CASES))
    facts = [workload.act_of(case) for case in flat]
    wrong = left = 0
    for case, (root, party, act) in zip(flat, facts, strict=True):
        found = engine.outcome(root, party, act)
        if found is None:
            left += 1
        elif workload.answer_of(found) != workload.by_hand(case):
            wrong += 1
    hits = sum(1 for case in flat if workload.by_hand(case)[3])
    print(f"\nW: {CASES} cases, {hits} hit a norm; {wrong} differ from the rules by hand,")
    print(f"   {left} are left to the reference evaluator; {engine.made} functions were made")
    return time_w(engine, flat[:TIMED], facts[:TIMED], rounds)


def time_w(
    engine: Engine, flat: Sequence[workload.Flat], facts: Sequence[workload.Three], rounds: int
) -> float:
    """Print the times of workload W beside those of the rules by hand, and return theirs."""

    def by_hand() -> None:
        for case in flat:
            workload.by_hand(case)

    def outcome() -> None:
        for a, b, c in facts:
            engine.outcome(a, b, c)

    def outputs() -> None:
        for a, b, c in facts:
            workload.answer_of(engine.outcome(a, b, c))  # type: ignore[arg-type]  # plain facts by name

    def reasons() -> None:
        for a, b, c in facts:
            engine.outcome(a, b, c).reasons()  # type: ignore[union-attr]  # facts that are known have an outcome

    def checked() -> None:
        for a, b, c in facts:
            engine.decide(a, b, c).reasons()  # type: ignore[union-attr]  # facts that are known have an outcome

    tasks = [
        ("by hand", by_hand),
        ("decided (goal 3 x)", outcome),
        ("decided, the five outputs of W read off", outputs),
        ("decided, with reasons as data (goal 10 x)", reasons),
        ("checked input, decided, reasons as data (goal 30 x)", checked),
    ]
    rows = measured(tasks, TIMED, rounds)
    show("W, a case", rows, rows[0].micros)
    return rows[0].micros


def report_open_w(rounds: int) -> None:
    """Print what missing facts cost in W: where they do not matter, and where they do."""
    engine = Engine(workload.rulebook())
    draw = random.Random(workload.SEED)  # noqa: S311 - cases of a measurement, no secrets
    whole = [workload.act_of(case) for case in workload.cases(TIMED)]
    pairs = [(facts, workload.with_holes(facts, draw)) for facts in whole]
    pairs = [(facts, holed) for facts, holed in pairs if len(holed[2]) < len(facts[2])]
    idle = [pair for pair in pairs if engine.outcome(*pair[1]) is not None]
    vital = [holed for _, holed in pairs if engine.outcome(*holed) is None][:200]
    print(f"\nW, 5 % of the facts left out: {len(pairs)} of {TIMED} cases miss one,")
    print(f"   it matters in {len(pairs) - len(idle)} of them")

    def exact() -> None:
        for (a, b, c), _ in idle:
            engine.outcome(a, b, c)

    def holed() -> None:
        for _, (a, b, c) in idle:
            engine.outcome(a, b, c)

    def branches() -> None:
        for a, b, c in vital:
            engine.answer(a, b, c)

    rows = measured([("nothing left out", exact), ("left out, without matter", holed)],
                    len(idle), rounds)  # fmt: skip
    rows += measured([("left out, and it matters: branches and open facts", branches)],
                     len(vital), max(1, rounds // 10))  # fmt: skip
    show("W with holes, a case", rows, rows[0].micros)


def report_open_shipped(rulebook: Rulebook) -> None:
    """Print what open facts cost under the shipped rules, beside the reference evaluator."""
    engine = Engine(rulebook)
    drawer = Drawer(rulebook, seed=1, known=0.8, bounded=0.2)
    drawn = [drawer.case() for _ in range(60)]
    cases = [case for case in drawn if not prepare(case, rulebook).diagnostics]
    answers = [answer for case in cases for answer in engine.answers(case)[0]]
    left = [answer.decided for answer in answers if answer.decided is not None]
    split = sum(len(decided.branches) > 1 for decided in left)
    print("\nShipped rules, a fifth of the facts missing and a fifth within bounds:")
    print(
        f"   {len(answers)} acts, {len(answers) - len(left)} settled, {split} of several branches"
    )
    ours = once(lambda: [engine.answers(case) for case in cases]) / len(cases)
    theirs = once(lambda: [decide(case, rulebook, grounds=False) for case in cases]) / len(cases)
    say("answered, a case", ours, "ms")
    say("the reference evaluator, reasons and all, a case", theirs, "ms")


def report_shipped(rounds: int, base: float) -> None:
    """Print the times of the rules that come with the program, and of the Henan case.

    Beside them stands `base`, the time of the rules by hand of W in the same run.
    """
    workspace = open_workspace(Places())
    rulebook = workspace.rulebook
    start = once(lambda: Engine(rulebook))
    engine = Engine(rulebook, days=workspace.days)
    statuses = len(rulebook.statuses)
    print(f"\nShipped rules: {len(rulebook.rules)}, and {statuses} lists, benefits and duties")
    say("engine made, no code yet", start, "ms")
    drawer = Drawer(rulebook, seed=1, known=1.0)
    drawn = [drawer.case() for _ in range(600)]
    cases = [case for case in drawn if not prepare(case, rulebook).diagnostics]
    facts = [engine.facts(case) for case in cases]
    acts = [act for found in facts for act in found.values()]
    decided = [engine.decide(*act) for act in acts]
    before = engine.made
    left = sum(found is None for found in decided)
    print(f"  {len(acts)} acts drawn, {left} with facts left open, {before} functions made")
    acts = [act for act, found in zip(acts, decided, strict=True) if found is not None]

    def outcome() -> None:
        for a, b, c in acts:
            engine.outcome(a, b, c)

    def reasons() -> None:
        for a, b, c in acts:
            engine.outcome(a, b, c).reasons()  # type: ignore[union-attr]  # facts that are known have an outcome

    def checked() -> None:
        for a, b, c in acts:
            engine.decide(a, b, c).reasons()  # type: ignore[union-attr]  # facts that are known have an outcome

    tasks = [
        ("decided", outcome),
        ("decided, with reasons as data", reasons),
        ("checked input, decided, reasons as data", checked),
    ]
    rows = measured(tasks, len(acts), rounds)
    show("Shipped rules, an act drawn over the whole vocabulary; W by hand is 1 x", rows, base)
    few = cases[:20]
    reference = once(lambda: [decide(case, rulebook, grounds=False) for case in few]) / len(few)
    say("the reference evaluator, reasons and all, a case", reference, "ms")
    report_open_shipped(rulebook)
    lives.report(rulebook, workspace.days, rounds)
    report_henan(rulebook, rounds)


def henan() -> CaseFacts:
    """Return one agency of the Henan case with days instead of the year that is published."""
    day = Entry(Known(workload.day(20_160_630)))
    kind = Entry(Known("organising_fake_transactions"))
    act = {"kind": kind, "ended_on": day, "helped_others": Entry(Known(value=True))}
    path = "respondents[1]"
    acts = (Instance("act", f"{path}.acts[1]", "brushing", act),)
    party = Instance("party", path, "agency", {}, {"act": acts})
    decided = Entry(Known(workload.day(20_161_231)))
    root = Instance("case", "", "", {"decided_on": decided}, {"party": (party,)})
    return CaseFacts("henan", root)


def report_henan(rulebook: Rulebook, rounds: int) -> None:
    """Print the times of the Henan case: by its year as published, and with days put in."""
    engine = Engine(rulebook)
    case = henan()
    (facts,) = engine.facts(case).values()
    first = once(lambda: engine.outcome(*facts))
    found = engine.outcome(*facts)
    print("\nHenan, one agency, days put in for the year")
    if found is None:
        print("  left to the reference evaluator")
        return
    print(f"  fine {found.total()}; rules {', '.join(found.rules())}")
    say("first touch: its rules made into code, and decided", first, "ms")
    tasks = [
        ("decided", lambda: engine.outcome(*facts)),
        ("decided, with reasons as data", lambda: engine.outcome(*facts).reasons()),  # type: ignore[union-attr]  # facts that are known have an outcome
        ("checked input, decided, reasons as data", lambda: engine.decide(*facts).reasons()),  # type: ignore[union-attr]  # facts that are known have an outcome
    ]
    show("Henan, days put in", measured(tasks, 1, rounds * 20))
    say("the reference evaluator, reasons and all", once(lambda: decide(case, rulebook)), "ms")
    folder = Path(__file__).resolve().parents[1] / "casebook"
    cases, _ = read_casebook(folder, rulebook)
    published = next(c.facts for c in cases if "henan" in c.identifier)
    say("first touch of the published case file (two agencies, the year only)",
        once(lambda: engine.answers(published)), "ms")  # fmt: skip
    answers, _ = engine.answers(published)
    settled = sum(answer.outcome is not None for answer in answers)
    print(f"  {settled} of its {len(answers)} acts settled by Kleene logic, bounds prepared first")
    tasks = [("answered, the whole file", lambda: engine.answers(published))]
    rows = measured(tasks, len(answers), rounds * 5)
    show("Henan by its year alone, an act", rows)


def report_reading() -> None:
    """Print how long rulebooks of 100, 1,000 and 10,000 rules take from text to findings."""
    library, _ = read_library(())
    least = once(read_tables.__wrapped__)
    print("\nFrom text to a checked rulebook, generated rules (goal for 1,000: 1000 ms together)")
    say("the parser's tables read, once a process", least, "ms")
    base = 0.0
    for number, rounds in ((100, 5), (1_000, 3), (10_000, 1)):
        stages = [best(stage, rounds) for stage in reading_stages(growth.sources(number), library)]
        together = sum(stages)
        base = base or together / number
        parsed, lowered, checked = stages
        print(
            f"  {number:>6} rules: parsed {parsed:8.1f}, lowered {lowered:7.1f}, "
            f"checked {checked:7.1f}, together {together:8.1f} ms; "
            f"{together / number:5.2f} ms a rule, {together / number / base:4.2f} x that of 100"
        )


def reading_stages(sources: Sequence[Source], library: Library) -> Sequence[Callable[[], object]]:
    """Return the stages of reading as tasks: parse, resolve and lower, check."""
    trees = [parse(source).tree for source in sources]
    rulebook = lower(trees, {}).rulebook
    return (
        lambda: [parse(source) for source in sources],
        lambda: lower(trees, {}),
        lambda: run_checks(rulebook, library),
    )


def report_growth(rounds: int) -> None:
    """Print what a case that touches five rules costs among 100, 1,000 and 10,000."""
    print("\nA case that touches few rules, among many")
    for number in (100, 1_000, 10_000):
        rulebook = growth.rulebook(number)
        tracemalloc.start()
        engine = Engine(rulebook)
        index = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        first, warm, hits = touched(engine, growth.facts(number), rounds)
        made = once(partial(Engine, rulebook))
        among = len(engine.index.candidates(growth.kind(number)))
        print(
            f"  {number:>6} rules: index {made:8.2f} ms, {index:6.2f} MB; "
            f"first touch {first:6.2f} ms; decided {warm:6.2f} µs; {among} touched, {hits} hit"
        )


def touched(engine: Engine, facts: workload.Three, rounds: int) -> tuple[float, float, int]:
    """Return the first touch in ms, a decision after it in µs, and the rules hit."""
    first = once(lambda: engine.outcome(*facts))
    found = engine.outcome(*facts)
    (row,) = measured([("", lambda: engine.outcome(*facts))], 1, rounds * 20)
    return first, row.micros, len(found.hits) if found is not None else 0


if __name__ == "__main__":
    main()
