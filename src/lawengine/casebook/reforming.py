"""The casebook under the law and under a reform: which answers change, and by how much."""

from __future__ import annotations

from collections.abc import Iterable

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, in_order
from lawengine.casebook.case_file import CaseFile
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision, FineTotal, RespondentDecision
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook
from lawengine.registers.terms import DayRules


@dataclass(frozen=True, slots=True)
class PartyChange:
    """One party of one case, with the range of its fines under the law and under the reform.

    A range is None where it is undetermined whether the law is broken at all. `changed` tells that
    anything differs for the party, its fines, other measures or statuses.
    """

    case: str
    respondent: str
    before: FineTotal | None
    after: FineTotal | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """The lowest and highest fines of several parties, added up.

    Units: fen. `low` counts nothing where a fine may be left out or has no floor, `high` nothing
    where the ceiling hangs on a fact that is not known; `open` counts those parties.
    """

    low: int
    high: int
    open: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reform does to a casebook.

    `undecided` are cases whose facts contradict each other, as the diagnostics tell.
    """

    parties: tuple[PartyChange, ...]
    before: Sums
    after: Sums
    undecided: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changed(self) -> tuple[PartyChange, ...]:
        """Return the parties for whom anything differs."""
        return tuple(one for one in self.parties if one.changed)


def effect_of(
    cases: Iterable[CaseFile],
    rulebooks: tuple[Rulebook, Rulebook],
    days: DayRules | None = None,
) -> Effect:
    """Return what differs between cases under the law and under a reform, in their order.

    Edges: what grounds that nobody claimed would change is not asked, which takes most of the time.
    """
    parties: list[PartyChange] = []
    undecided: list[str] = []
    problems: list[Diagnostic] = []
    for case in cases:
        both = [decide(case.facts, book, days=days, grounds=False) for book in rulebooks]
        one, two = (found.decision for found in both)
        if one is None or two is None:
            undecided.append(case.identifier)
            problems += [problem for found in both for problem in found.diagnostics]
        else:
            parties += _parties(one, two)
    sums = (_sums(p.before for p in parties), _sums(p.after for p in parties))
    return Effect(tuple(parties), *sums, tuple(undecided), in_order(problems))


def _parties(before: Decision, after: Decision) -> Iterable[PartyChange]:
    for one, two in zip(before.respondents, after.respondents, strict=True):
        changed = _outcome(one) != _outcome(two)
        yield PartyChange(before.case, one.name, one.total, two.total, changed)


def _outcome(party: RespondentDecision) -> object:
    """Return what follows for a party, without reasons and without whose text it rests on."""
    acts = tuple(
        (
            act.undetermined,
            tuple(
                (
                    branch.fine,
                    tuple(label.label for label in branch.assumptions),
                    tuple(
                        (s.kind, s.target, s.term, s.mandatory, s.low_fen, s.high_fen)
                        for s in branch.sanctions
                        if s.kind is not MeasureKind.FINE
                    ),
                    branch.effects,
                )
                for branch in act.branches
            ),
        )
        for act in party.acts
    )
    statuses = tuple((s.name, s.instance, s.possible, s.until, s.deadline) for s in party.statuses)
    return acts, statuses


def _sums(totals: Iterable[FineTotal | None]) -> Sums:
    low = high = left = 0
    for total in totals:
        if total is None:
            left += 1
            continue
        low += 0 if total.may else total.low or 0
        high += total.high or 0
        left += total.high_open
    return Sums(low, high, left)
