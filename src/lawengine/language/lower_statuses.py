"""Lowering of lists, benefits and duties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from lawengine.base.calendar import Period
from lawengine.base.diagnostic import Diagnostic, Note, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.infer import STATUS_WORDS
from lawengine.language.keywords import TABLE
from lawengine.language.lower_base import LoweringBase
from lawengine.language.lower_rules import MAX_CHAIN
from lawengine.language.status_reach import ANY_LIST, out_of_reach, statuses_asked
from lawengine.language.token_meanings import ENDING_TOKENS
from lawengine.model import expressions as e
from lawengine.model import rules as r
from lawengine.model import statuses as st
from lawengine.model.ratings import Grade, GradeVersion, Score, ScoreVersion
from lawengine.model.types import DATE, YES_NO, Kind
from lawengine.model.vocabulary import ROOT

_ENDINGS = {
    st.StatusKind.LIST: st.EndingKind.REMOVED,
    st.StatusKind.BENEFIT: st.EndingKind.LOST,
    st.StatusKind.DUTY: st.EndingKind.DISCHARGED,
}
Lineage: TypeAlias = s.StatusNode | s.ScoreNode | s.GradeNode
Dated: TypeAlias = st.StatusVersion | ScoreVersion | GradeVersion
_RUNS = {True: "DUE", False: "LASTS"}


class StatusLowering(LoweringBase):
    """Lists, benefits, duties and their versions."""

    def status(self, node: s.StatusNode) -> st.Status | None:
        """Return the typed status, or None when it has no entity or no date to go by (reported)."""
        symbol = self.symbols.statuses[node.name.text]
        entity = self.symbols.entity(node.entity.text)
        if entity is None:
            near = nearest(node.entity.text, self.symbols.entities)
            self.report("LAW213", node.entity.span, suggestion=near, name=node.entity.text)
            return None
        view = self.symbols.view_of(entity.name)
        if ROOT not in view:
            self.report("LAW241", node.entity.span, name=node.entity.text)
            return None
        outer = self.inference.view
        self.inference.view, self.inference.of_status = view, True
        dated_by = self._dated_by(node, view)
        versions = sorted(
            (self._status_version(node.kind, version, view) for version in node.versions),
            key=lambda version: version.interval.start,
        )
        self.inference.view, self.inference.of_status = outer, False
        if not versions:
            kind = STATUS_WORDS[node.kind]
            self.report("LAW249", node.name.span, kind=kind, name=node.name.text)
        self.overlaps([(version.interval, version.span) for version in versions])
        if dated_by is None:
            return None
        return st.Status(
            kind=node.kind,
            name=symbol.name,
            alias=symbol.alias,
            label=node.label,
            entity=entity.name,
            dated_by=dated_by,
            form=self._form(node),
            versions=tuple(versions),
            repeal=self._repealed(node, versions),
            span=node.span,
        )

    def _form(self, node: s.StatusNode) -> st.ListForm:
        """Return what kind of list it is; benefits and duties have none (reported)."""
        if node.form is not None and node.kind is not st.StatusKind.LIST:
            self._foreign("AS", node.kind, node.form.span)
            return st.ListForm.REGISTER
        return st.ListForm(self.setting(node.form, tuple(form for form in st.ListForm if form)))

    def _dated_by(self, node: Lineage, view: tuple[str, ...]) -> e.FactOf | None:
        kind, entity = STATUS_WORDS[node.kind], self._entity_words(view[0])
        if node.dated_on is None:
            self.report("LAW242", node.name.span, kind=kind, entity=entity)
            return None
        found = self.inference.infer(node.dated_on)
        if found is None:
            return None
        if not isinstance(found, e.FactOf) or found.type.kind is not Kind.DATE:
            name = node.dated_on.text
            self.report("LAW243", node.dated_on.span, name=name, entity=entity)
            return None
        return found

    def _entity_words(self, entity: str) -> Label:
        symbol = self.symbols.entities[entity]
        return Label(symbol.name, symbol.alias)

    def _repealed(self, node: Lineage, versions: Sequence[Dated]) -> r.Repeal | None:
        if node.repeal is None:
            return None
        repeal = r.Repeal(node.repeal.start, self.cite(node.repeal.law))
        last = versions[-1].interval.end if versions else None
        if versions and (last is None or last >= repeal.start):
            self.report("LAW301", node.repeal.span, day=repeal.start.isoformat())
        return repeal

    # --- versions ---

    def _status_version(
        self, kind: st.StatusKind, node: s.StatusVersionNode, view: tuple[str, ...]
    ) -> st.StatusVersion:
        if not node.law and not self.proposed:
            self.report("LAW228", node.span)
        when = self._asked(node.when, view) if node.when is not None else None
        unless = [self._asked(condition, view) for condition in node.unless]
        runs = self._runs(kind, node)
        start = self._day(runs.start, view) if runs and runs.start is not None else None
        before = self._day(runs.before, view) if runs and runs.before is not None else None
        interval = self.interval(node.start, node.end, node.span)
        endings = tuple(self._endings(kind, node, interval, view))
        if node.triggers and kind is not st.StatusKind.DUTY:
            self._foreign("TRIGGERS", kind, node.triggers[0].span)
        triggered = [self.inference.rule(name) for name in node.triggers]
        return st.StatusVersion(
            interval=interval,
            law=self.citations(node.law),
            when=when,
            exclusions=tuple(unless),
            authority=self.word(node.authority),
            start=start,
            term=self._time(runs, view) if runs else None,
            before=before,
            right=bool(runs and runs.right),
            measures=self._joint_measures(kind, node),
            endings=endings,
            late=self._late(kind, node, view),
            triggers=tuple(symbol.name for symbol in triggered if symbol),
            unverified=node.unverified,
            readings=node.readings,
            span=node.span,
        )

    def _asked(self, node: s.ExpressionNode, view: tuple[str, ...]) -> e.Expression:
        """Return the typed condition.

        INVARIANT: one that could not be read is "no", so that it never holds by being absent; the
        text has an error then and is not applied.
        """
        found = self.inference.condition(node)
        if found is None or not self._reaches(found, view, node.span):
            return e.Constant(value=False, type=YES_NO, span=node.span)
        return found

    def _day(self, node: s.ExpressionNode, view: tuple[str, ...]) -> e.Expression | None:
        found = self.inference.expect(node, DATE)
        return found if found is not None and self._reaches(found, view, node.span) else None

    def _reaches(self, found: e.Expression, view: tuple[str, ...], span: Span) -> bool:
        """Report what the expression reads, itself or through names, that is not in view."""
        problem = out_of_reach(found, view, self._parent_of, self.definitions, self.tables)
        if problem is None:
            return True
        if problem.rule:
            self.report("LAW250", span, rule=problem.rule)
        else:
            entity, seen = self._entity_words(problem.entity), self._entity_words(view[0])
            self.report("LAW251", span, found=entity, entity=seen)
        return False

    def _parent_of(self, entity: str) -> str:
        return next(iter(self.symbols.view_of(entity)[1:]), "")

    def _runs(self, kind: st.StatusKind, node: s.StatusVersionNode) -> s.RunsNode | None:
        """Return when its statuses begin and end: a duty must say both, others the first.

        Edges: a duty that is due before a day says the end alone, with or without a term. A watch
        says nothing: it is a look at the facts of the day that dates it, and nothing runs from it.
        """
        runs, of_duty = node.runs, kind is st.StatusKind.DUTY
        if kind is st.StatusKind.WATCH:
            if runs is not None:
                self._foreign(_RUNS[runs.due], kind, runs.span)
            return None
        if runs is None:
            self.report("LAW244" if of_duty else "LAW245", node.span, kind=STATUS_WORDS[kind])
        elif runs.due is not of_duty:
            self._foreign(_RUNS[runs.due], kind, runs.span)
            return None
        elif runs.before is not None:
            if not of_duty:
                self._foreign("BEFORE", kind, runs.span)
                return None
        elif runs.start is None:
            self.report("LAW245", runs.span, kind=STATUS_WORDS[kind])
        elif of_duty and runs.term is None and not runs.cases:
            self.report("LAW244", runs.span, kind=STATUS_WORDS[kind])
        return runs

    def _time(self, runs: s.RunsNode, view: tuple[str, ...]) -> Period | st.TermCases | None:
        """Return the term, or its cases, of which the last alone applies otherwise."""
        if not runs.cases:
            return runs.term
        for node in runs.cases[:-1]:
            if node.condition is None:
                self.report("LAW774", node.span)
        if runs.cases[-1].condition is not None:
            self.report("LAW775", runs.cases[-1].span)
        return st.TermCases(
            tuple(
                st.TermCase(
                    node.term,
                    self._asked(node.condition, view) if node.condition is not None else None,
                    self.citations(node.law),
                    node.span,
                )
                for node in runs.cases
            )
        )

    def _foreign(self, token: str, kind: st.StatusKind, span: Span) -> None:
        english, chinese = TABLE[token]
        clause = Label(english[0], chinese[0])
        self.report("LAW246", span, clause=clause, kind=STATUS_WORDS[kind])

    def _late(
        self, kind: st.StatusKind, node: s.StatusVersionNode, view: tuple[str, ...]
    ) -> st.LateSum | None:
        """Return what is added to a duty that is late: whole fen, or a written rounding."""
        if node.late is None:
            return None
        if kind is not st.StatusKind.DUTY:
            self._foreign("LATE_ADDS", kind, node.late.span)
            return None
        amount = self.inference.whole_money(node.late.amount)
        if amount is None or not self._reaches(amount, view, node.late.span):
            return None
        law = self.citations(node.late.law)
        return st.LateSum(amount, law, node.late.unverified, node.late.span)

    def _joint_measures(
        self, kind: st.StatusKind, node: s.StatusVersionNode
    ) -> tuple[st.JointMeasure, ...]:
        found: dict[str, st.JointMeasure] = {}
        for item in node.measures:
            if kind is st.StatusKind.DUTY:
                self._foreign("MEASURE", kind, item.span)
                continue
            name = item.name.text
            if name in found:
                note = Note(found[name].span, Label("first declared here", "首次声明于此"))
                words = {"name": name, "kind": Label("measure", "措施")}
                self.diagnostics.append(Diagnostic("LAW203", item.name.span, words, notes=(note,)))
                continue
            found[name] = st.JointMeasure(
                name=name,
                label=item.label,
                authority=self.word(item.authority),
                law=self.citations(item.law),
                unverified=item.unverified,
                span=item.span,
            )
        return tuple(found.values())

    def _endings(
        self,
        kind: st.StatusKind,
        node: s.StatusVersionNode,
        interval: r.Interval,
        view: tuple[str, ...],
    ) -> Iterator[st.Ending]:
        for item in node.endings:
            if item.kind is not _ENDINGS.get(kind):
                self._foreign(ENDING_TOKENS[item.kind], kind, item.span)
                continue
            if item.on is None and item.condition is None and item.after is None:
                self.report("LAW252", item.span)
            opened = self.interval(*item.interval, item.span) if item.interval else None
            if opened is not None and opened.start < interval.start:
                note = Note(node.span, Label("the version begins here", "该版本始于此"))
                words = {"day": opened.start.isoformat(), "start": interval.start.isoformat()}
                self.diagnostics.append(Diagnostic("LAW322", item.span, words, notes=(note,)))
            condition = self._asked(item.condition, view) if item.condition is not None else None
            on = self._day(item.on, view) if item.on is not None else None
            if item.on is not None and on is None:
                continue
            yield st.Ending(
                kind=item.kind,
                law=self.citations(item.law),
                condition=condition,
                on=on,
                after=item.after,
                interval=opened,
                unverified=item.unverified,
                span=item.span,
            )

    # --- what must be known before what ---

    def status_cycles(
        self,
        statuses: Mapping[str, st.Status],
        scores: Mapping[str, Score],
        grades: Mapping[str, Grade],
    ) -> None:
        """Report statuses, scores and grades that decide each other, or in too long a chain."""
        graph = statuses_asked(statuses, scores, grades, self.definitions)
        norms: Mapping[str, st.Status | Score | Grade] = {**statuses, **scores, **grades}
        try:
            order = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names: list[str] = error.args[1]
            span = next(norms[name].span for name in names if name in norms)
            self.report("LAW321", span, names=" -> ".join(names))
            return
        depth: dict[str, int] = {}
        for name in order:
            own = 0 if name == ANY_LIST else 1
            depth[name] = own + max((depth[asked] for asked in graph[name]), default=0)
            if depth[name] == MAX_CHAIN + 1 and own:
                self.report("LAW319", norms[name].span, limit=MAX_CHAIN)
