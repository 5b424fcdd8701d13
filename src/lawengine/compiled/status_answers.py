"""What the compiled rules answer of lists, benefits and duties; details of it on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.compiled.facts import Node
from lawengine.compiled.roll import Chain, Found, Lineage, Roll, instances
from lawengine.compiled.standing import Standing
from lawengine.deciding.decision import StatusOutcome
from lawengine.deciding.outcome import UNTOLD
from lawengine.deciding.statuses import barred_by, untold
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import Domain, Known
from lawengine.evaluation.intervals import days
from lawengine.explanation.phrasing import phrase
from lawengine.model.expressions import Expression, StatusHolds
from lawengine.model.keeping import broken_for_good
from lawengine.model.statuses import Ending, EndingKind, StatusKind, StatusState
from lawengine.model.types import YES_NO
from lawengine.model.vocabulary import PARTY
from lawengine.registers.endings import inside
from lawengine.registers.terms import TermCounter


class StatusTold(NamedTuple):
    """What the state of a status rests on: its single conditions and days, with what each was.

    A value is None where it is not known exactly, or was not needed.
    """

    atoms: tuple[Expression, ...]
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What became of one status for one instance, by a function or (where open) by the register."""

    found: Found
    roll: Roll
    lineage: Lineage
    chain: Chain

    @property
    def compiled(self) -> bool:
        """Tell whether a function settled it."""
        return isinstance(self.found, Standing)

    @property
    def path(self) -> str:
        """Return the path of the instance."""
        node = self.chain[-1]
        return node.instance.path if isinstance(node, Node) and node.instance else ""

    @property
    def state(self) -> StatusState:
        """Return the state, `UNDETERMINED` where several are possible."""
        return self.found.state

    def possible(self) -> tuple[StatusState, ...]:
        """Return every state that is possible by what is known."""
        if isinstance(self.found, Standing):
            return (self.found.state,)
        return tuple(state for state in StatusState if state in self.found.states)

    def reasons(self) -> StatusTold:
        """Return what the state rests on, as data; nothing where the register was asked."""
        found = self.found
        if not isinstance(found, Standing) or found.version is None:
            return StatusTold((), ())
        return StatusTold(*self.roll.traced(self.lineage, self.chain, found.version))

    def outcome(self) -> StatusOutcome:
        """Return all that the reference says of it, but for its tree of reasons."""
        found, register = self.found, self.roll.register
        if register is not None:
            if not isinstance(found, Standing):
                return untold(found, register)
            if found.version is not None and found.version.late is not None:
                # What lateness adds is an amount of the register's own.
                chain = instances(self.lineage, self.chain)
                return untold(register.finding(found.status, chain), register)
        assert isinstance(found, Standing)  # noqa: S101 - else nobody could have been asked
        status, version, applies = found.status, found.version, found.applies
        duty = status.kind is StatusKind.DUTY
        last = None if found.last is None or not applies else Known(found.last)
        start = None if found.start is None or not applies else Known(found.start)
        node = self.chain[-1]
        name = node.instance.name if isinstance(node, Node) and node.instance else ""
        ended = None if found.ended_on is None else Known(found.ended_on)
        return StatusOutcome(
            kind=status.kind,
            name=status.name,
            label=status.label,
            instance=self.path,
            instance_name=name,
            state=found.state,
            possible=(found.state,),
            on=Known(found.on),
            start=start,
            until=None if duty else last,
            deadline=last if duty else None,
            earliest_removal=self.opens() if applies else None,
            ended=ended,
            late=found.late,
            barred=barred_by(list(self._barring(found))),
            measures=version.measures if version is not None else (),
            triggers=version.triggers if version is not None else (),
            authority=version.authority if version is not None else "",
            needs=(),
            reason=UNTOLD,
            unverified=version.unverified if version is not None else Label(),
            law=version.law if version is not None else (),
            for_good=broken_for_good(version, self.lineage.rulebook.definitions),
        )

    # --- on demand ---

    def opens(self) -> Domain | None:
        """Return the first day on which a listing may be removed, the earliest of several ways.

        Edges: a way that was closed by its interval, or whose day is open, does not count.
        """
        found = self.found
        if not isinstance(found, Standing) or found.version is None or found.start is None:
            return None
        counter = TermCounter(self.lineage.days)
        opening = [
            counter.lasting(Known(found.start), ending.after).last
            for ending in found.version.endings
            if ending.after is not None
            and ending.kind is EndingKind.REMOVED
            and not self._closed(ending, found)
        ]
        return min(opening, key=lambda day: days(day)[0], default=None)

    def _closed(self, ending: Ending, found: Standing) -> bool:
        """Tell whether a way out was surely not open on the day that it is asked for."""
        if ending.interval is None:
            return False
        if found.on < ending.interval.start:
            return True
        day: Domain = Known(found.on)
        if ending.on is not None:
            register, known = self.roll.register, instances(self.lineage, self.chain)
            if register is None:
                return False
            day = evaluate(ending.on, register.view(known, Known(found.on), None)).domain
        return inside(day, ending.interval) is Truth.FALSE

    def _barring(self, found: Standing) -> Iterator[Label]:
        rulebook = self.lineage.rulebook
        for place in found.barring:
            if found.version is None:
                return
            expression = found.version.exclusions[place]
            if isinstance(expression, StatusHolds) and not expression.status:
                for name in self.roll.lineages.lists:
                    if self._holds(name):
                        yield phrase(StatusHolds(name, YES_NO), rulebook)
            else:
                yield phrase(expression, rulebook)

    def _holds(self, name: str) -> bool:
        try:
            return self.roll.held(name, self.lineage.within(self.chain))
        except KeyError:
            return False


def chains_of(root: Node) -> Iterator[tuple[str, Chain]]:
    """Yield the case under the empty path, then each of its parties."""
    yield "", (root,)
    for party in root.get(f"*{PARTY}", ()):  # type: ignore[attr-defined]  # as `nodes` made it
        yield party.instance.path, (root, party)


def answers_in(roll: Roll, within: Chain) -> Iterator[StatusAnswer]:
    """Yield the answer for each status in or below what is given, in the order of the rulebook."""
    for lineage, chain in _hanging_on(roll, within):
        yield StatusAnswer(roll.found(lineage, chain), roll, lineage, chain)


def standings_in(roll: Roll, within: Chain) -> Iterator[tuple[Lineage, Standing | None]]:
    """Yield what became of each status by plain facts, None for what is open."""
    for lineage, chain in _hanging_on(roll, within):
        try:
            found = roll.found(lineage, chain)
        except KeyError:
            yield lineage, None
        else:
            yield lineage, found if isinstance(found, Standing) else None


def _hanging_on(roll: Roll, within: Chain) -> Iterator[tuple[Lineage, Chain]]:
    """Yield the statuses of a party, or of the case itself, with their instances.

    Edges: what the file says nothing of has no instances.
    """
    for name in roll.lineages.names:
        lineage = roll.lineages[name]
        if (PARTY in lineage.line) is (len(within) > 1):  # the case itself has its own turn
            for chain in roll.reach(lineage, within):
                if chain is not None:
                    yield lineage, chain
