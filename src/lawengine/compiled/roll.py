"""Lists, benefits and duties of one case: functions where facts are exact, else the register."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lawengine.base.truth import Truth
from lawengine.compiled.facts import Node
from lawengine.compiled.index import era_of, turning_days_of
from lawengine.compiled.kleene import Seen, seen_by
from lawengine.compiled.lives import Life, LifeWriter, line_of
from lawengine.compiled.outcome import Facts
from lawengine.compiled.ratings import Ratings
from lawengine.compiled.source import NotCompiled
from lawengine.compiled.standing import Standing
from lawengine.compiled.status_trace import StatusTrace, Values
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import UNKNOWN, Domain, Instance, Known
from lawengine.evaluation.intervals import days
from lawengine.evaluation.states import in_force, versions_within
from lawengine.model.expressions import FactOf
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import Status, StatusVersion
from lawengine.model.vocabulary import PARTY, Role
from lawengine.registers.findings import ABSENT, StatusFinding
from lawengine.registers.register import Register
from lawengine.registers.terms import DayRules

Chain = tuple[Facts, ...]
"""Facts from the case down to one instance."""
Found = Standing | StatusFinding
Door = Callable[..., bool]
"""Whether the party in view has a status, by its name; a `KeyError` where that is open.

With a day as well: whether one that has ended by now held on some day from that one on.
"""

_TOLD = {Truth.FALSE: False, Truth.UNKNOWN: None, Truth.TRUE: True}


@dataclass(slots=True, repr=False)
class Lineage:
    """One status with its functions, each made when the first case needs it.

    `place` and `fact` say where the day stands that dates it; "" is no fact. `top` is how much of
    `line` is above what hangs on one party, or on the case.
    """

    rulebook: Rulebook
    status: Status
    days: DayRules | None
    ratings: Ratings
    line: tuple[str, ...] = field(init=False)
    turns: list[datetime.date] = field(init=False)
    top: int = field(init=False)
    place: int = 0
    fact: str = ""
    _lives: dict[tuple[int, bool, bool], Life] = field(default_factory=dict)
    _traces: dict[int, StatusTrace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the status once; no code is made yet."""
        status, dated = self.status, self.status.dated_by
        self.line = line_of(status.entity, self.rulebook)
        if isinstance(dated, FactOf) and dated.entity in self.line:
            self.place, self.fact = self.line.index(dated.entity), dated.fact
        of_party = PARTY in self.line
        self.top = self.line.index(PARTY) + 1 if of_party else 1
        self.turns = turning_days_of(status, self.rulebook)

    def standing(self, chain: Chain, held: Door, seen: Seen | None, *, careful: bool) -> Standing:
        """Return what became of the status for the last instance of the chain.

        With `careful` an open fact does no harm where others settle the conditions.

        Raises:
            KeyError: that is open, or the file says what cannot be.
        """
        day: Any = chain[self.place][self.fact]
        life = self._lives.get((bisect_right(self.turns, day), careful, False))
        if life is None:
            life = self._life(self.day(chain), careful=careful)
        return life(*chain, held, seen)

    def absence(self, chain: Chain, held: Door, seen: Seen | None, day: Domain) -> Standing:
        """Return that the status never came about, although the day that dates it is open.

        Raises:
            KeyError: under some law that may be meant its conditions may be met.
        """
        candidates, gap = versions_within(self.status, day)
        found = []
        for version in candidates:
            inner = in_force(day, version)
            if era_of(self.turns, inner) is None:
                raise KeyError(self.fact)  # a figure that changes meanwhile is not exact
            life = self._life(days(inner)[0], careful=True, day_open=True)
            found.append(life(*chain, held, seen))
        if len(found) == 1 and not gap:
            return found[0]
        return self._not_in_force(*chain)

    def _life(self, day: datetime.date, *, careful: bool, day_open: bool = False) -> Life:
        key = bisect_right(self.turns, day), careful, day_open
        life = self._lives.get(key)
        if life is None:
            life = self._lives[key] = self._make(day, careful=careful, day_open=day_open)
        return life

    def day(self, chain: Chain) -> datetime.date:
        """Return the day that dates the status.

        Raises:
            KeyError: it is not known exactly.
        """
        day = chain[self.place][self.fact]
        if not isinstance(day, datetime.date):
            raise KeyError(self.fact)
        return day

    def dated(self, chain: Chain) -> bool:
        """Tell whether the day that dates the status is exact."""
        return self.fact in chain[self.place]

    def within(self, chain: Chain) -> Chain:
        """Return what a condition asks about that is seen from here: the party, or the case."""
        return chain[: self.top]

    def _make(self, day: datetime.date, *, careful: bool, day_open: bool) -> Life:
        version = self.status.version_at(day)
        if version is None:
            return self._not_in_force
        try:
            return self._writer(version, day, careful=careful, day_open=day_open).write()
        except NotCompiled:
            return _open

    def _writer(
        self,
        version: StatusVersion,
        day: datetime.date,
        *,
        careful: bool = False,
        day_open: bool = False,
    ) -> LifeWriter:
        return LifeWriter(
            self.rulebook, self.status, version, self.line, day, self.days, careful, day_open,
            ratings=self.ratings.code,
        )  # fmt: skip

    def trace(self, version: StatusVersion, day: datetime.date) -> StatusTrace:
        """Return what reads the conditions of a version again, with the figures of a day."""
        era = bisect_right(self.turns, day)
        if era not in self._traces:
            writer = self._writer(version, day)
            self._traces[era] = StatusTrace(writer.plain, writer.names(), version)
        return self._traces[era]

    def _not_in_force(self, *facts: Any) -> Standing:  # noqa: ANN401 - as the functions do
        decided = self.rulebook.roles.get(Role.DECISION_DATE)
        if decided is None or decided.entity not in self.line:
            raise KeyError
        on = facts[self.line.index(decided.entity)][decided.name]
        return Standing(self.status, None, ABSENT[self.status.kind], on)


def _open(*_: object) -> Standing:
    raise KeyError


class Lineages(dict[str, Lineage]):
    """The statuses of a rulebook by name, each read when it is first asked for."""

    def __init__(self, rulebook: Rulebook, days: DayRules | None) -> None:
        super().__init__()
        self._rulebook, self._days, self._ratings = rulebook, days, Ratings(rulebook)
        statuses = rulebook.statuses.values()
        self.names = tuple(rulebook.statuses)
        self.lists = tuple(status.name for status in statuses if status.is_register)

    def __missing__(self, name: str) -> Lineage:
        """Return a status, and keep it."""
        status = self._rulebook.statuses[name]
        found = self[name] = Lineage(self._rulebook, status, self._days, self._ratings)
        return found


@dataclass(slots=True)
class Roll:
    """Answers what lists, benefits and duties came to, for one case; each is asked once.

    `register` is that of the reference; without it (plain facts) what is open is a `KeyError`.
    """

    lineages: Lineages
    root: Facts
    register: Register | None = None
    _known: dict[tuple[str, int], Found] = field(default_factory=dict)
    _held: dict[tuple[str, int], bool | None] = field(default_factory=dict)
    _doors: dict[int, Door] = field(default_factory=dict)
    _reached: dict[tuple[tuple[str, ...], int], tuple[Chain | None, ...]] = field(
        default_factory=dict
    )

    # --- asked by conditions ---

    def held(self, name: str, within: Chain) -> bool:
        """Return whether the party in view (or anyone, where none is) has a status; "": any list.

        Raises:
            KeyError: that is open.
        """
        key = name, id(within[-1])
        if key not in self._held:
            self._held[key] = self._asked(name, within)
        found = self._held[key]
        if found is None:
            raise KeyError(name)
        return found

    def _asked(self, name: str, within: Chain) -> bool | None:
        undecided = False
        for one in (name,) if name else self.lineages.lists:
            lineage = self.lineages[one]
            for chain in self.reach(lineage, within):
                holds = None if chain is None else self._holds(lineage, chain)
                if holds:
                    return True
                undecided |= holds is None
        return None if undecided else False

    def _holds(self, lineage: Lineage, chain: Chain) -> bool | None:
        try:
            found = self.found(lineage, chain)
        except KeyError:
            return None
        if isinstance(found, Standing):
            return found.holds
        return _TOLD[found.holds]

    def door(self, within: Chain) -> Door:
        """Return how conditions ask whether what is in view has a status."""
        key = id(within[-1])
        if key not in self._doors:
            self._doors[key] = lambda name, since=None: (
                self.held(name, within) if since is None else self._stood(name, within, since)
            )
        return self._doors[key]

    def _stood(self, name: str, within: Chain, since: datetime.date) -> bool:
        """Return whether a list that the party is off by now held on some day from `since` on.

        Raises:
            KeyError: that is open.
        """
        undecided = False
        for one in (name,) if name else self.lineages.lists:
            lineage = self.lineages[one]
            for chain in self.reach(lineage, within):
                found = None if chain is None else self.found(lineage, chain)
                if not isinstance(found, Standing):
                    undecided = True
                elif found.applies:
                    stood = found.stood_since(since)
                    if stood:
                        return True
                    undecided |= stood is None
        if undecided:
            raise KeyError(name)
        return False

    # --- asked for the answer ---

    def reach(self, lineage: Lineage, within: Chain) -> tuple[Chain | None, ...]:
        """Return the instances of a status in or below what is given; None for a missing list.

        Edges: what hangs on the case itself is reached from the case, whoever is in view.
        """
        above = within[: lineage.top]
        key = lineage.line, id(above[-1])
        if key not in self._reached:
            self._reached[key] = tuple(_below(above, lineage.line[len(above) :]))
        return self._reached[key]

    def found(self, lineage: Lineage, chain: Chain) -> Found:
        """Return what became of a status for the last instance of the chain.

        Raises:
            KeyError: that is open, and there is no register to ask.
        """
        key = lineage.status.name, id(chain[-1])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(lineage, chain)
        return found

    def _find(self, lineage: Lineage, chain: Chain) -> Found:
        held = self.door(lineage.within(chain))
        try:
            return lineage.standing(chain, held, None, careful=False)
        except KeyError:
            pass
        seen = self._seen(lineage, chain)
        try:
            if lineage.dated(chain):
                return lineage.standing(chain, held, seen, careful=True)
            return lineage.absence(chain, held, seen, self._day(lineage, chain))
        except KeyError:
            if self.register is None:
                raise
            return self.register.finding(lineage.status, instances(lineage, chain))

    def traced(self, lineage: Lineage, chain: Chain, version: StatusVersion) -> Values:
        """Return the single conditions and the days of a version, with what each of them was."""
        if lineage.dated(chain):
            day = lineage.day(chain)
        else:
            day = days(in_force(self._day(lineage, chain), version))[0]
        return lineage.trace(version, day).told(chain, self.door(lineage.within(chain)))

    def _day(self, lineage: Lineage, chain: Chain) -> Domain:
        """Return what is known of the day that dates a status where it is not exact."""
        if self.register is None:
            return UNKNOWN
        view = self.register.view(instances(lineage, chain), UNKNOWN, None)
        return evaluate(lineage.status.dated_by, view).domain

    def _seen(self, lineage: Lineage, chain: Chain) -> Seen | None:
        if self.register is None:
            return None
        known, register = instances(lineage, chain), self.register
        return seen_by(lambda day: register.view(known, Known(day), None))


def party_in(root: Facts) -> Chain:
    """Return the chain down to the one party of plain facts."""
    parties = root[f"*{PARTY}"]
    return (root, *parties) if isinstance(parties, tuple) else (root,)


def instances(lineage: Lineage, chain: Chain) -> dict[str, Instance]:
    """Return what the reference evaluator sees of the chain, by entity."""
    parts = zip(lineage.line, chain, strict=True)
    return {name: node.instance for name, node in parts if isinstance(node, Node) and node.instance}


def _below(above: Chain, line: Sequence[str]) -> Iterator[Chain | None]:
    if not line:
        yield above
        return
    group = above[-1].get(f"*{line[0]}")
    if not isinstance(group, tuple):
        yield None
        return
    for each in group:
        yield from _below((*above, each), line[1:])
