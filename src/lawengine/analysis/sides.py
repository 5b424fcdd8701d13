"""The states of the law that are set side by side, and which rows a reform can reach at all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lawengine.base.label import Label
from lawengine.columns.results import Layout, Results
from lawengine.columns.table import EPOCH, Column, Flags, Table
from lawengine.compiled.index import has_effect
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Proposal, Rulebook
from lawengine.model.rules import Interval, Parameter, Rule
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Role
from lawengine.reforms.changes import changes
from lawengine.registers.terms import DayRules

LAW = "law"
"""The name of the first side."""


@dataclass(frozen=True, slots=True)
class Law:
    """One side: a rulebook, and the day whose law applies; None: each case has the law of its days.

    With `day` all dates of a case move together so that its act ends on that day, and the lighter
    later law is left out, as for `decide --law-of`. `days` counts deadlines; without it they stay
    open.
    """

    name: str
    title: Label
    rulebook: Rulebook
    reforms: tuple[Proposal, ...] = ()
    day: datetime.date | None = None
    days: DayRules | None = None

    def moved(self, table: Table) -> Table:
        """Return the cases with their dates moved to the day of the side.

        Edges: a case without a day of the act, or moved past the years that have dates, loses its
        day of the act; what hangs on it is open then.
        """
        end = self.rulebook.roles[Role.CONDUCT_DATE].path
        if self.day is None or end not in table.columns:
            return table
        wanted = self.day.toordinal() - EPOCH
        column = table.columns[end]
        shift = wanted - column.values.astype(np.int64)
        dates = {
            fact.path for fact in self.rulebook.vocabulary.facts() if fact.type.kind is Kind.DATE
        }
        columns = {
            path: _moved(one, shift, column.known) if path in dates else one
            for path, one in table.columns.items()
        }
        return Table(columns, table.rows)


_LEAST, _MOST = 1 - EPOCH, datetime.date.max.toordinal() - EPOCH


def _moved(column: Column, shift: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
           anchored: Flags | None) -> Column:  # fmt: skip
    values = column.values + shift
    inside = (values >= _LEAST) & (values <= _MOST)
    known = inside
    for mask in (column.known, anchored):
        known = known if mask is None else known & mask
    return Column(np.where(known, values, 0).astype(np.int32), None if known.all() else known)


@dataclass(slots=True)
class Reachable:
    """Tells in which rows what is open could be other under the reform than under the law.

    A row is out of reach where nothing that the reform changes is in force between the days of its
    act and its decision; a row whose violation is settled also where no norm applies to it that the
    reform changes, as long as it changes rules alone. What is taken hangs on the norms that
    confiscate, and on those that bear on other penalties.
    """

    before: Law
    after: Law
    layouts: tuple[Layout, Layout]
    _spans: list[Interval] = field(default_factory=list)
    _always: bool = False
    _norms: dict[str, bool] | None = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Compare the rulebooks once."""
        if self.before.day != self.after.day:
            self._always, self._norms = True, None
            return
        for changed in changes(self.before.rulebook, self.after.rulebook):
            norm = changed.norm
            if isinstance(norm, Rule | Parameter):
                self._spans += [one.interval for one in changed.differences]
            else:
                self._always = True
            if not isinstance(norm, Rule):
                self._norms = None
            elif self._norms is not None:
                books = (self.before.rulebook, self.after.rulebook)
                every = [book.rules[norm.name] for book in books if norm.name in book.rules]
                self._norms[norm.name] = any(_takes(rule) for rule in every)

    def touched(self, table: Table, both: tuple[Results, Results]) -> tuple[Flags, Flags]:
        """Return where the reform could change what is open of the fine, and of what is taken."""
        none = np.zeros(table.rows, np.bool_)
        if not self._spans and not self._always:
            return none, none
        dated = self.in_reach(table)
        if self._norms is None:
            return dated, dated
        settled = ~(both[0].has("undetermined") | both[1].has("undetermined"))
        masks = none.copy(), none.copy()
        for results, layout in zip(both, self.layouts, strict=True):
            for number, norm in enumerate(layout.norms):
                if norm.rule in self._norms:
                    hit = results.applies(number)
                    np.logical_or(masks[0], hit, out=masks[0])
                    if self._norms[norm.rule]:
                        np.logical_or(masks[1], hit, out=masks[1])
        return dated & (~settled | masks[0]), dated & (~settled | masks[1])

    def in_reach(self, table: Table) -> Flags:
        """Return where something that the reform changes is in force, by the days of the row."""
        roles = self.before.rulebook.roles
        ends = [table.columns.get(roles[r].path) for r in (Role.CONDUCT_DATE, Role.DECISION_DATE)]
        found = np.full(table.rows, self._always)
        for span in self._spans:
            inside = np.ones(table.rows, np.bool_)
            for column, least, most in ((ends[1], span.start, None), (ends[0], None, span.end)):
                if column is None:
                    continue
                outside = np.zeros(table.rows, np.bool_)
                if least is not None:
                    outside = column.values < least.toordinal() - EPOCH
                if most is not None:
                    outside = column.values > most.toordinal() - EPOCH
                inside &= ~outside if column.known is None else ~(outside & column.known)
            found |= inside
        return found


def figures_alone(before: Law, after: Law) -> frozenset[str]:
    """Return the figures in which two sides differ; none where they differ in more, or not at all.

    Edges: neither do sides that differ in their day.
    """
    if before.day != after.day:
        return frozenset()
    norms = [changed.norm for changed in changes(before.rulebook, after.rulebook)]
    if not all(isinstance(norm, Parameter) for norm in norms):
        return frozenset()
    return frozenset(norm.name for norm in norms)


def _takes(rule: Rule) -> bool:
    confiscates = any(measure.kind is MeasureKind.CONFISCATE for measure in rule.measures())
    return confiscates or has_effect(rule)


def days_of(columns: Mapping[str, Column], path: str) -> tuple[int, int] | None:
    """Return the first and the last day that a column knows, counted from 1970, or None."""
    column = columns.get(path)
    if column is None:
        return None
    values = column.values if column.known is None else column.values[column.known]
    return (int(values.min()), int(values.max())) if values.size else None
