"""What columns and single cases say of lists, benefits and duties of the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from lawengine.columns.engine import Simulator
from lawengine.columns.gate import Gate
from lawengine.columns.results import Results
from lawengine.columns.standing import CODES, STATES, UNDETERMINED
from lawengine.columns.table import Table, as_table
from lawengine.compiled.branches import Three
from lawengine.compiled.facts import as_case, exact_facts
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ACT, PARTY, Role


@dataclass(slots=True)
class StatusTally:
    """How many states columns settled, how many they left open though single cases settle them."""

    rows: int = 0
    told: int = 0
    open: int = 0
    wider: int = 0
    refused: int = 0
    states: Counter[object] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    def __iadd__(self, other: StatusTally) -> Self:
        for name in ("rows", "told", "open", "wider", "refused", "found"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.states += other.states
        return self


def flat_rows(cases: Iterable[CaseFacts], rulebook: Rulebook) -> list[Three]:
    """Return the first act of each case as a row: exact facts, one element of each kind.

    Edges: a case without acts gets one that ended on the day of the decision.
    """
    found: list[Three] = []
    ended = rulebook.roles[Role.CONDUCT_DATE].name
    for case in cases:
        party = case.root.children[PARTY][0]
        root, owner, *acts = (
            _first(exact_facts(one, rulebook, {}, stated=True))
            for one in (case.root, party, *party.children.get(ACT, ())[:1])
        )
        day = root.get(rulebook.roles[Role.DECISION_DATE].name)
        found.append((root, owner, acts[0] if acts else {ended: day} if day else {}))
    return found


def _first(facts: Any) -> dict[str, Any]:  # noqa: ANN401 - plain facts of any make
    return {
        name: tuple(_first(one) for one in value[:1]) if isinstance(value, tuple) else value
        for name, value in facts.items()
    }


def status_tally(simulator: Simulator, rows: list[Three]) -> StatusTally:
    """Return where columns and single cases differ; rows that cannot be are left out."""
    tally, good, meant = StatusTally(), list[Three](), list[dict[str, int]]()
    book = simulator.rulebook
    whole = as_table(rows, book)
    for row, facts in enumerate(rows):
        told, refused = simulator.exact.statuses(as_case(*whole.facts(row, book), book))
        if refused:
            tally.refused += 1
        else:
            good.append(facts)
            meant.append({one.lineage.status.name: CODES[one.state] for one in told})
    if good:
        table = as_table(good, book)
        compare(states_of(simulator, table), meant, tally)
    return tally


def states_of(simulator: Simulator, table: Table) -> Results:
    """Return the states alone: rules that columns leave would only cost time."""
    results = Results.empty(table.rows, simulator.layout, simulator.statuses.names(table.columns))
    for start in range(0, table.rows, simulator.chunk):
        part = slice(start, min(start + simulator.chunk, table.rows))
        admitted = Gate(simulator.rulebook).admit(table.part(part))
        held = {**admitted.held, **admitted.more}
        simulator.statuses.answer(admitted, held, table.part(part), results.part(part))
    return results


def compare(results: Results, meant: list[dict[str, int]], tally: StatusTally) -> None:
    """Add what differs; a status without an instance never came about."""
    tally.rows += results.rows
    for row, codes in enumerate(results.states.T.tolist()):
        for name, code in zip(results.statuses, codes, strict=True):
            theirs = meant[row].get(name, 0)
            tally.told += 1
            tally.states[STATES[code]] += 1
            if code == UNDETERMINED:
                tally.open += 1
                tally.wider += theirs != code
            elif code != theirs:
                tally.found.append(f"row {row}, {name}: {STATES[code]} not {STATES[theirs]}")
