"""What rules say of many acts under one law: that of the conduct, or that of the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.limits import Limits
from lawengine.columns.lines import Code, Lines, both, either
from lawengine.columns.packages import ColumnPackages, Shapes
from lawengine.columns.table import Array, Flags
from lawengine.columns.values import OPEN, Held, Truth
from lawengine.columns.writing import ColumnWriter
from lawengine.compiled.index import (
    Index,
    attached,
    has_effect,
    parts_of,
    replacing,
)
from lawengine.compiled.shapes import LIMITS, Numbers
from lawengine.compiled.source import NotCompiled
from lawengine.evaluation.states import LawTime
from lawengine.model import expressions as e
from lawengine.model.measures import MERCIFUL, Effect, Measure, MeasureChoice
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedBy, Rule, Version

SHARED_BY = 3
"""A definition that so many versions ask for is computed over all rows at once: the few rows of a
block would gather its facts again and again."""

Rows: TypeAlias = NDArray[np.intp]
EITHER = ("yes", "may")
Stated: TypeAlias = tuple[str, str]
"""A rule, and whether it is surely established or may be (`EITHER`)."""
Hit: TypeAlias = tuple[int, Rows, Array | int, Array | int, tuple[tuple[int, Array | int], ...]]
"""Number of the shape, its rows, floor and ceiling of the fine, slots and sums that are taken."""


@dataclass(frozen=True, slots=True)
class Days:
    """The paths of the facts that pick the law."""

    conduct: str
    decision: str


@dataclass(slots=True)
class Said:
    """What one side of the law says of some rows.

    `left` masks the rows of which something is not settled, `alone` those of them of which single
    cases may say more than columns; `states` holds, by rule, where it is established and where it
    may be, and `kept` where it is defeated by a rule that puts something in its place. `waits`
    holds, by rule, where it is open if it is established: nothing follows from it yet. `loose`
    masks the rows with a sum that is known within bounds only, `limits` those in which it is open
    whether several fines are limited to one: there they are; None for no row.
    """

    hits: list[Hit]
    left: Flags
    alone: Flags
    states: dict[Stated, Flags]
    kept: dict[str, Flags]
    waits: dict[str, Flags] = field(default_factory=dict)
    loose: Flags | None = None
    limits: Flags | None = None


Side: TypeAlias = Callable[
    [Mapping[str, Array], Mapping[str, Flags], int, Mapping[Stated, Flags]], Said
]
"""Columns, where they are known, the number of rows, and the states under the later law in."""


@dataclass(slots=True, repr=False)
class SideWriter:
    """Writes the function of one side.

    `waiting` names the rules that wait for facts, `doubtful` those whose later state may be open.
    """

    index: Index
    columns: Mapping[str, Held]
    days: Days
    time: LawTime
    numbers: Numbers
    waiting: frozenset[str]
    limits: Limits
    shapes: Shapes = field(default_factory=Shapes)
    compare: bool = False
    doubtful: frozenset[str] = frozenset()
    lines: Lines = field(default_factory=Lines)
    _states: dict[str, Truth] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _left: list[str] = field(default_factory=list)
    _limits: list[str] = field(default_factory=list)
    _alone: list[str] = field(default_factory=list)
    _open: dict[str, Code] = field(default_factory=dict)
    _bearing: list[tuple[Rule, Code]] = field(default_factory=list)
    _doubts: list[Code] = field(default_factory=list)
    _shared: frozenset[str] = frozenset()
    _writers: dict[tuple[str, frozenset[str]], ColumnWriter] = field(default_factory=dict)
    _met: Code = False

    def write(self) -> Side:
        """Return the function."""
        self._shared = self._often()
        rulebook = self.index.rulebook
        effects = []
        for rule in rulebook.rules.values():
            truth = self._state(rule.name)
            for version in rule.versions:
                if self.time is LawTime.CONDUCT and bears_only(rule.name, version, rulebook):
                    effects.append((rule, version, truth))
                else:
                    self._block(rule, version, truth.yes)
        # What bears on the penalties of an act bears on nothing where no norm is hit.
        met = self._met
        for rule, version, truth in effects:
            established = truth.may if limits_only(rule) else truth.yes
            self._block(rule, version, self.writer(rule).code(both([established, met])))
        for rule, open_ in self._bearing:
            masks = self._limits if limits_only(rule) else self._left
            self._mark(masks, self.writer(rule).code(both([open_, met])))
            self._mark(self._left, self.writer(rule).code(both([open_, self._near(rule)])))
        self._tell()
        made = self.lines.function("side(c, k, n, later, hits, left, states, kept, waits, loose)")

        def side(
            c: Mapping[str, Array], k: Mapping[str, Flags], n: int, later: Mapping[Stated, Flags]
        ) -> Said:
            said = Said([], np.zeros(n, np.bool_), np.zeros(n, np.bool_), {}, {})
            some: list[Rows] = []
            within: list[Rows] = []
            left, alone, limits = made(
                c, k, n, later, said.hits, some, said.states, said.kept, said.waits, within
            )
            for mask in left:
                said.left |= mask
            for mask in alone:
                said.alone |= mask
            said.left |= said.alone
            for rows in some:
                said.left[rows] = True
            said.loose = _rows_of(within, n)
            if limits:
                said.limits = np.logical_or.reduce(limits)
            return said

        return side

    # --- states ---

    def _day(self, rule: Rule) -> str:
        by_decision = self.time is LawTime.DECISION or rule.dated_by is DatedBy.DECISION
        return self.days.decision if by_decision else self.days.conduct

    def writer(self, rule: Rule) -> ColumnWriter:
        """Return the writer for what a rule says."""
        key = self._day(rule), self._shared
        if key not in self._writers:
            self._writers[key] = ColumnWriter(
                self.lines, self.index.rulebook, self.columns, key[0], self._told, self.limits,
                self._shared, doubts=self._doubts,
            )  # fmt: skip
        return self._writers[key]

    def _told(self, name: str) -> Truth:
        """Return whether a rule counts as established where another one asks for it."""
        truth = self._state(name)
        rule = self.index.rulebook.rules[name]
        if not self.compare or self.time is LawTime.DECISION or not has_effect(rule, *MERCIFUL):
            return truth
        seen, constant = self.writer(rule), self.lines.source.constant
        ways = EITHER if name in self.doubtful else ("yes", "yes")
        later = (self.lines.whole(f"later[{constant((name, which))}]") for which in ways)
        return Truth(*(seen.code(either(both)) for both in zip(truth, later, strict=True)))

    def doubts(self) -> frozenset[str]:
        """Return the rules that lighten penalties of which something may be open."""
        merciful = self.index.rulebook.merciful
        return frozenset(name for name in merciful if not self._state(name).sure)

    def _state(self, name: str) -> Truth:
        """Return where a rule is established."""
        if name not in self._states:
            if name in self._asked:
                return OPEN  # rules in a circle
            self._asked.add(name)
            rule = self.index.rulebook.rules[name]
            before = len(self._doubts)
            truth = self._states[name] = self._write_state(rule)
            doubt = either(self._doubts[before:])
            del self._doubts[before:]
            self._leave(rule, self.writer(rule).open_rows(truth), doubt)
        return self._states[name]

    def _leave(self, rule: Rule, open_: Code, doubt: Code) -> None:
        """Note the rows in which a state is open; `doubt` is where single cases may settle it."""
        if open_ is False:
            return
        if rule.name in self.waiting:
            self._open[rule.name] = open_
            self._mark(self._alone, self.writer(rule).both(open_, doubt))
        elif rule.name not in self.index.rulebook.general:
            self._mark(self._alone, open_)
        elif self.time is LawTime.CONDUCT and self._bears_only(rule):
            self._bearing.append((rule, open_))
        else:
            # What is open of the general part is answered both ways, by single cases too.
            self._mark(self._left, open_)

    def _near(self, rule: Rule) -> Code:
        """Return where a rule waits that may wait for a fact of this one: the answer settles both.

        Edges: rows without one of the two days are left anyway.
        """
        read = self.index.rulebook.facts_read
        facts = read[rule.name] - {self.days.conduct, self.days.decision}
        shared = (open_ for name, open_ in self._open.items() if facts & read[name])
        return self.writer(rule).code(either(shared))

    def _bears_only(self, rule: Rule) -> bool:
        return all(bears_only(rule.name, one, self.index.rulebook) for one in rule.versions)

    def _mark(self, masks: list[str], rows: Code) -> None:
        if rows is not False:
            masks.append(rows if isinstance(rows, str) else "every_row(n)")

    def _write_state(self, rule: Rule) -> Truth:
        seen = self.writer(rule)
        ways: list[Truth] = []
        for version in rule.versions:
            force = seen.in_force(version.interval)
            if force is False:
                continue
            met = self._condition(seen, version)
            ways.append(seen.joined(e.Logic.AND, [Truth(force, force), met]))
        found = seen.joined(e.Logic.OR, ways)
        if found.may is False:
            return found
        return self._defeated(rule, seen, found)

    def _condition(self, seen: ColumnWriter, version: Version) -> Truth:
        parts = [] if version.when is None else [seen.truth(version.when)]
        parts += [seen.truth(e.Negation(part, part.type)) for part in version.exclusions]
        return seen.joined(e.Logic.AND, parts)

    def _defeated(self, rule: Rule, seen: ColumnWriter, found: Truth) -> Truth:
        """Return the state without the rows in which another rule defeats it."""
        attacks = [
            (other, attack)
            for other in self.index.attackers.get(rule.name, ())
            if (attack := self._attack(other, rule.name)).may is not False
        ]
        if not attacks:
            return found
        if self.time is LawTime.DECISION:
            self._keep(rule, seen, found, attacks)
        yes = either(attack.yes for _, attack in attacks)
        may = either(attack.may for _, attack in attacks)
        return Truth(
            seen.code(both([found.yes, seen.negated(seen.code(may))])),
            seen.code(both([found.may, seen.negated(seen.code(yes))])),
        )

    def _attack(self, other: str, name: str) -> Truth:
        """Return where a rule is established by a version that defeats the other."""
        rule = self.index.rulebook.rules[other]
        state = self._state(other)
        if rule.exception_to == name:
            return state
        seen = self.writer(rule)
        force = seen.code(
            either(seen.in_force(v.interval) for v in rule.versions if name in v.prevails_over)
        )
        return Truth(*(seen.code(both([force, code])) for code in state))

    def _keep(
        self, rule: Rule, seen: ColumnWriter, found: Truth, attacks: list[tuple[str, Truth]]
    ) -> None:
        """Write where what defeats the rule puts something in its place."""
        kept = frozenset(replacing(rule.name, self.index))
        before: list[Code] = []
        masks: list[Code] = []
        for other, attack in attacks:
            if other in kept:
                free = seen.negated(seen.code(either(before)))
                masks.append(seen.code(both([found.yes, attack.yes, free])))
            before.append(attack.yes)
        mask = seen.code(either(masks))
        if mask is not False:
            text = mask if isinstance(mask, str) else "every_row(n)"
            key = self.lines.source.constant(rule.name)
            self.lines.source.add(1, f"kept[{key}] = {text}")

    # --- what is told ---

    def _tell(self) -> None:
        """Write which rows are left, and the states of rules that lighten penalties."""
        if self.time is LawTime.DECISION:
            for name in sorted(self.index.rulebook.merciful):
                for which, code in zip(EITHER, self._state(name), strict=True):
                    if code is not False:
                        key = self.lines.source.constant((name, which))
                        text = code if isinstance(code, str) else "every_row(n)"
                        self.lines.source.add(1, f"states[{key}] = {text}")
        self._wait()
        left, alone, limits = (
            "".join(f"{name}, " for name in dict.fromkeys(names))
            for names in (self._left, self._alone, self._limits)
        )
        self.lines.source.add(1, f"return ({left}), ({alone}), ({limits})")

    def _wait(self) -> None:
        """Write in which rows rules wait for facts that are open."""
        for name, open_ in self._open.items():
            text = open_ if isinstance(open_, str) else "every_row(n)"
            self.lines.source.add(1, f"waits[{self.lines.source.constant(name)}] = {text}")

    def _block(self, rule: Rule, version: Version, established: Code) -> None:
        """Write what a version attaches to the rows in which its rule is established."""
        seen = self.writer(rule)
        mask = seen.code(both([seen.in_force(version.interval), established]))
        self._meet(mask)

        def block(rows: str) -> None:
            packages = ColumnPackages(
                seen, self.numbers, rule, version, self.time is LawTime.DECISION, _no_sink,  # type: ignore[arg-type]  # columns stand where single values do
                seen=seen, shapes=self.shapes,
            )  # fmt: skip
            try:
                packages.over(rows)
            except NotCompiled:
                self.lines.line(f"left.append({rows})")

        self.lines.block(mask, block)

    def _meet(self, mask: Code) -> None:
        """Write where some norm is hit: added up as norms come, so that no mask is kept for it."""
        if self._met is True or mask is False:
            return
        if mask is True:
            self._met = True
        elif self._met is False:
            self._met = self.lines.source.name("v")
            self.lines.source.add(1, f"{self._met} = {mask}.copy()")
        else:
            self.lines.source.add(1, f"{self._met} |= {mask}")

    def _often(self) -> frozenset[str]:
        """Return the definitions that several versions ask for in what they attach."""
        counted: dict[str, int] = {}
        rulebook = self.index.rulebook
        for rule in rulebook.rules.values():
            for version in rule.versions:
                for part in parts_of(attached(version), rulebook):
                    if isinstance(part, e.Defined):
                        counted[part.name] = counted.get(part.name, 0) + 1
        return frozenset(name for name, number in counted.items() if number >= SHARED_BY)


def bears_only(name: str, version: Version, rulebook: Rulebook) -> bool:
    """Tell whether a version of the general part sets no measure by itself."""
    if name not in rulebook.general:
        return False
    return not any(isinstance(x, Measure | MeasureChoice) for x in version.all_consequences())


def limits_only(rule: Rule) -> bool:
    """Tell whether all that a rule does is to limit the fines for one act."""
    told = [part for version in rule.versions for part in version.all_consequences()]
    return all(isinstance(part, Effect) and part.kind in LIMITS for part in told)


def _rows_of(parts: list[Rows], number: int) -> Flags | None:
    if not parts:
        return None
    found = np.zeros(number, np.bool_)
    for rows in parts:
        found[rows] = True
    return found


def _no_sink(*_: object) -> None:
    raise NotImplementedError
