"""How fast lists, benefits and duties are answered, beside the reference, in one run."""

from __future__ import annotations

from itertools import islice

from bench.timing import measured, once, say, show
from lawengine.compiled.engine import Engine
from lawengine.compiled.facts import added, exact_facts
from lawengine.compiled.outcome import Facts
from lawengine.deciding.statuses import outcomes
from lawengine.evaluation.facts import CaseFacts
from lawengine.evaluation.prepare import Prepared, prepare
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import PARTY, ROOT
from lawengine.registers.register import registers
from lawengine.registers.terms import DayRules
from tests.agreement.lives import LifeDrawer

CASES = 60


def drawn(rulebook: Rulebook, known: float) -> list[tuple[CaseFacts, Prepared]]:
    """Return cases of one party that hold together, with penalties, listings, applications."""
    drawer = LifeDrawer(rulebook, 8, known)
    pairs = ((case, prepare(case, rulebook)) for case in iter(drawer.case, None))
    held = (pair for pair in pairs if not pair[1].diagnostics and pair[0].root.children[PARTY])
    return list(islice(held, CASES))


def report(rulebook: Rulebook, days: DayRules, rounds: int) -> None:
    """Print the times of statuses: by plain facts, in whole cases, and by the reference."""
    print(f"\nLists, benefits and duties of the shipped rules: {len(rulebook.statuses)}")
    for known, title in ((1.0, "every fact given"), (0.7, "three facts in ten left out")):
        engine = Engine(rulebook, days=days)
        pairs = drawn(rulebook, known)
        asked = [answer for case, _ in pairs for answer in engine.whole(case).statuses.values()]
        answers = [answer for some in asked for answer in some]
        settled = sum(answer.compiled for answer in answers)
        print(f"  {title}: {len(pairs)} parties, {len(answers)} statuses, {settled} by functions,")
        print(f"   {len(answers) - settled} by the register")
        _report(engine, pairs, len(answers), rounds)


def _report(
    engine: Engine,
    pairs: list[tuple[CaseFacts, Prepared]],
    number: int,
    rounds: int,
) -> None:
    facts = [_plain(case, prepared, engine.rulebook) for case, prepared in pairs]

    def standings() -> None:
        for case, party in facts:
            engine.standings(case, party)

    def whole() -> None:
        for case, _ in pairs:
            engine.whole(case)

    def told() -> None:
        for case, _ in pairs:
            for some in engine.whole(case).statuses.values():
                for answer in some:
                    answer.outcome()

    def prepared() -> None:
        for case, _ in pairs:
            prepare(case, engine.rulebook)

    tasks = [
        ("settled from plain facts", standings),
        ("whole case files, bounds prepared first", whole),
        ("the same, all that is told of each read off", told),
        ("bounds prepared alone", prepared),
    ]
    rows = measured(tasks, number, max(3, rounds // 10))
    show("A status", rows, rows[0].micros)
    slow = once(lambda: _reference(engine, pairs)) * 1000 / number
    say(f"the reference, reasons and all: {slow / rows[0].micros:.0f} x", slow, "µs")


def _reference(engine: Engine, pairs: list[tuple[CaseFacts, Prepared]]) -> None:
    for case, _ in pairs:
        entries = prepare(case, engine.rulebook).entries
        kept = registers(engine.rulebook, case.root, engine.days)
        if kept is not None:
            party = case.root.children[PARTY][0]
            outcomes(kept.register(entries), {ROOT: case.root, PARTY: party})


def _plain(case: CaseFacts, prepared: Prepared, rulebook: Rulebook) -> tuple[Facts, Facts]:
    more, (party,) = added(prepared.entries), case.root.children[PARTY]
    one, two = (exact_facts(x, rulebook, more, stated=True) for x in (case.root, party))
    return one, two
