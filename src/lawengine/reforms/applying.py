"""`apply(rulebook, reforms)`: the rulebook as it would be, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import TypeAlias, TypeVar

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, in_order, nearest
from lawengine.model import reforms as f
from lawengine.model.rulebook import Proposal, Rulebook
from lawengine.model.rules import (
    DatedValue,
    Definition,
    Parameter,
    Repeal,
    Rule,
    Table,
    Version,
)
from lawengine.model.statuses import Status, StatusVersion
from lawengine.reforms.amending import (
    NothingToStrikeError,
    amended_rule,
    amended_status,
    doubt,
    marked,
    marked_rule,
    marked_status,
)
from lawengine.reforms.clashes import clashes
from lawengine.reforms.lineages import cut, ended, in_force, target

MAX_CHANGES = 1_000
"""More steps than this are refused: each may cut a lineage whose versions all grow."""

Step: TypeAlias = f.Amendment | f.NewFigure | f.Repealing
Dated = TypeVar("Dated", Version, StatusVersion, DatedValue)
Amended = TypeVar("Amended", Version, StatusVersion)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Applied:
    """The rulebook that the reforms make, without what could not be done, and why it could not."""

    rulebook: Rulebook
    diagnostics: tuple[Diagnostic, ...]


def apply(rulebook: Rulebook, reforms: Iterable[f.Reform]) -> Applied:
    """Return a new rulebook in which the reforms are in force; `rulebook` itself stays as it is.

    Several reforms are one proposal: their order makes no difference. Two that put different
    things in one place from the same day on clash; the diagnostic names both places. What is said
    "as if always" comes first, everything else in the order of its days.

    Edges: where nothing changes, the rulebook that comes back is `rulebook`; where reforms clash,
    too. A step that cannot be carried out leaves its norm as it is; the diagnostics are errors
    then, and nobody should use the rulebook.
    """
    wanted = sorted(reforms, key=lambda reform: reform.name)
    steps = _steps(wanted)
    if len(steps) > MAX_CHANGES:
        words = {"limit": MAX_CHANGES}
        return Applied(rulebook, (Diagnostic("LAW339", steps[MAX_CHANGES][1].span, words),))
    clashing = in_order(clashes(rulebook, wanted))
    if clashing:
        return Applied(rulebook, clashing)
    work = _Work(rulebook)
    for reform in wanted:
        work.add(reform)
    for reform, step in steps:
        work.do(reform.proposal, step)
    return Applied(work.result(wanted), in_order(work.diagnostics))


def _steps(reforms: Sequence[f.Reform]) -> list[tuple[f.Reform, Step]]:
    """Return every step, "as if always" first, then by day; a repeal last on its day."""
    found: list[tuple[f.Reform, Step]] = []
    for reform in reforms:
        found += [(reform, step) for step in reform.amendments]
        found += [(reform, step) for step in reform.figures]
        found += [(reform, step) for step in reform.repeals]
    return sorted(found, key=lambda item: _when(item[1]))


def _when(step: Step) -> tuple[str, bool]:
    if isinstance(step, f.Repealing):
        return step.since.isoformat(), True
    return (step.reach.since.isoformat() if step.reach.since else ""), False


@dataclass(slots=True)
class _Work:
    """The parts of the rulebook that change, while the steps are carried out."""

    base: Rulebook
    rules: dict[str, Rule] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    effective: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    # --- what is added ---

    def add(self, reform: f.Reform) -> None:
        """Add the declarations of a reform, each marked as its proposal."""
        proposal = reform.proposal
        for rule in reform.rules:
            self.rules[rule.name] = marked_rule(rule, proposal)
        for status in reform.statuses:
            self.statuses[status.name] = marked_status(status, proposal)
        for parameter in reform.parameters:
            values = tuple(marked(value, proposal) for value in parameter.values)
            self.parameters[parameter.name] = replace(parameter, values=values)
        for one in reform.definitions:
            mark = doubt(proposal, one.unverified)
            self.definitions[one.name] = replace(one, unverified=mark)
        for table in reform.tables:
            mark = doubt(proposal, table.unverified)
            self.tables[table.name] = replace(table, unverified=mark)
        norms, values_ = (reform.rules, reform.statuses), (reform.definitions, reform.tables)
        if any((*norms, *values_, reform.parameters)):
            self.effective.add(reform.name)

    # --- what is changed ---

    def do(self, proposal: Proposal, step: Step) -> None:
        """Carry out one step, or say why it cannot be."""
        rule = self.rules.get(step.name) or self.base.rules.get(step.name)
        status = self.statuses.get(step.name) or self.base.statuses.get(step.name)
        match step:
            case f.NewFigure():
                self._set(proposal, step)
            case f.Amendment() if rule is not None:
                base = self.base.rules.get(step.name, rule).versions
                self._amend_rule(proposal, step, rule, base)
            case f.Amendment() if status is not None:
                old = self.base.statuses.get(step.name, status).versions
                self._amend_status(proposal, step, status, old)
            case f.Repealing() if rule is not None:
                self._repeal_rule(proposal, step, rule)
            case f.Repealing() if status is not None:
                self._repeal_status(proposal, step, status)
            case _:
                self._unknown(step, (*self.base.rules, *self.base.statuses))

    def _unknown(self, step: Step, known: Iterable[str]) -> None:
        near = nearest(step.name, known)
        found = Diagnostic("LAW330", step.span, {"name": step.name}, suggestion=near)
        self.diagnostics.append(found)

    def _amend_rule(
        self, proposal: Proposal, step: f.Amendment, rule: Rule, base: Sequence[Version]
    ) -> None:
        def change(version: Version) -> Version:
            return self._changed(version, proposal, step, amended_rule)

        versions = self._opened(step, rule.versions, base, rule.repeal, change)
        if versions != rule.versions:
            self.effective.add(proposal.name)
            self.rules[rule.name] = replace(rule, versions=versions)

    def _amend_status(
        self, proposal: Proposal, step: f.Amendment, status: Status, base: Sequence[StatusVersion]
    ) -> None:
        def change(version: StatusVersion) -> StatusVersion:
            return self._changed(version, proposal, step, amended_status)

        versions = self._opened(step, status.versions, base, status.repeal, change)
        if versions != status.versions:
            self.effective.add(proposal.name)
            self.statuses[status.name] = replace(status, versions=versions)

    def _set(self, proposal: Proposal, step: f.NewFigure) -> None:
        parameter = self.parameters.get(step.name) or self.base.parameters.get(step.name)
        if parameter is None:
            self._unknown(step, self.base.parameters)
            return

        def change(old: DatedValue) -> DatedValue:
            if old.value == step.value:
                return old
            new = marked(old, proposal)
            return replace(new, value=step.value, law=step.law or old.law, span=step.span)

        base = self.base.parameters.get(step.name, parameter).values
        values = self._opened(step, parameter.values, base, None, change)
        if values != parameter.values:
            self.effective.add(proposal.name)
            self.parameters[step.name] = replace(parameter, values=values)

    def _opened(
        self,
        step: f.Amendment | f.NewFigure,
        versions: tuple[Dated, ...],
        base: Sequence[Dated],
        repeal: Repeal | None,
        change: Callable[[Dated], Dated],
    ) -> tuple[Dated, ...]:
        """Return the lineage with a change made from its first day on.

        Which version is meant and whether it is in force then is asked of the law; what is changed
        is what the other reforms have made of it by that day.
        """
        meant = target(base, step.reach, step.name, step.span, repeal)
        if isinstance(meant, Diagnostic):
            self.diagnostics.append(meant)
            return versions
        since = step.reach.since
        old = in_force(versions, since or meant.interval.start)
        if old is None:
            words = {"name": step.name, "day": _day_of(repeal)}
            self.diagnostics.append(Diagnostic("LAW333", step.span, words))
            return versions
        return cut(versions, old, since, change(old))

    def _changed(
        self,
        version: Amended,
        proposal: Proposal,
        step: f.Amendment,
        make: Callable[[Amended, f.Change], Amended],
    ) -> Amended:
        new = version
        for one in step.changes:
            try:
                new = make(new, one)
            except NothingToStrikeError as error:
                words = {"name": step.name, "what": error.what}
                self.diagnostics.append(Diagnostic("LAW336", one.span, words))
        return version if new == version else replace(marked(new, proposal), span=step.span)

    # --- what is repealed ---

    def _repeal_rule(self, proposal: Proposal, step: f.Repealing, rule: Rule) -> None:
        repeal = self._repealed(proposal, step, rule.versions, rule.repeal)
        if repeal is not None:
            versions = ended(rule.versions, step.since)
            self.rules[rule.name] = replace(rule, versions=versions, repeal=repeal)

    def _repeal_status(self, proposal: Proposal, step: f.Repealing, status: Status) -> None:
        repeal = self._repealed(proposal, step, status.versions, status.repeal)
        if repeal is not None:
            versions = ended(status.versions, step.since)
            self.statuses[status.name] = replace(status, versions=versions, repeal=repeal)

    def _repealed(
        self,
        proposal: Proposal,
        step: f.Repealing,
        versions: Sequence[Version] | Sequence[StatusVersion],
        repeal: Repeal | None,
    ) -> Repeal | None:
        """Return the repeal of a norm by a reform, or None where it cannot be (reported)."""
        words = {"name": step.name, "day": step.since.isoformat()}
        first, last = versions[0].interval.start, versions[-1].interval.end
        if repeal is not None and repeal.start == step.since and repeal.proposed_by:
            self.effective.add(proposal.name)
            return replace(repeal, proposed_by=(*repeal.proposed_by, proposal.name))
        if repeal is not None and repeal.start <= step.since:
            found = Diagnostic("LAW333", step.span, {**words, "day": _day_of(repeal)})
        elif step.since <= first:
            found = Diagnostic("LAW331", step.span, {**words, "start": first.isoformat()})
        elif last is not None and last < step.since and repeal is None:
            found = Diagnostic("LAW332", step.span, {**words, "end": last.isoformat()})
        else:
            self.effective.add(proposal.name)
            return Repeal(step.since, None, (proposal.name,))
        self.diagnostics.append(found)
        return None

    # --- what comes of it ---

    def result(self, reforms: Sequence[f.Reform]) -> Rulebook:
        """Return the rulebook of all steps, or the one there was if nothing changed."""
        base = self.base
        if not self.effective:
            return base
        made = [one for one in reforms if one.name in self.effective]
        return replace(
            base,
            parameters=_over(base.parameters, self.parameters),
            definitions=_over(base.definitions, self.definitions),
            tables=_over(base.tables, self.tables),
            rules=_over(base.rules, self.rules),
            statuses=_over(base.statuses, self.statuses),
            scenarios=(*base.scenarios, *(one for reform in made for one in reform.scenarios)),
            reforms=(*base.reforms, *(reform.proposal for reform in made)),
        )


def _day_of(repeal: Repeal | None) -> str:
    return repeal.start.isoformat() if repeal is not None else ""


def _over(old: Mapping[str, Item], new: Mapping[str, Item]) -> Mapping[str, Item]:
    """Return `old` with the values of `new`, each in the place of the old one or at the end."""
    return {**old, **new} if new else old
