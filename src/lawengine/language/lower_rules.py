"""Lowering of rules, and what must be known before what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from lawengine.base.diagnostic import nearest
from lawengine.base.source import NOWHERE
from lawengine.language import syntax as s
from lawengine.language.lower_base import LoweringBase
from lawengine.language.resolve import CHAIN
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model import rules as r
from lawengine.model.dependence import rules_asked
from lawengine.model.types import Kind, Type

MAX_CHAIN = 100
"""Rules that hang on each other deeper than this are refused, so that asking them stays cheap."""


class RuleLowering(LoweringBase):
    """Rules, versions, tiers, consequences."""

    # --- rules ---

    def rule(self, node: s.RuleNode) -> r.Rule:
        """Return the typed rule."""
        symbol = self.symbols.rules[node.name.text]
        # Statuses ask for no rule (LAW250), so a rule that asks for one closes no circle.
        self.inference.of_status = self.inference.of_rule = True
        versions = sorted(
            (self._version(version) for version in node.versions),
            key=lambda version: version.interval.start,
        )
        self.inference.of_status = self.inference.of_rule = False
        if not versions:
            self.report("LAW227", node.name.span, name=node.name.text)
        self.overlaps([(version.interval, version.span) for version in versions])
        target = self.inference.rule(node.exception_to) if node.exception_to else None
        dated = self.setting(node.dated_by, tuple(r.DatedBy))
        repeal = None
        if node.repeal is not None:
            repeal = r.Repeal(node.repeal.start, self.cite(node.repeal.law))
            last = versions[-1].interval.end if versions else None
            if versions and (last is None or last >= repeal.start):
                self.report("LAW301", node.repeal.span, day=repeal.start.isoformat())
        return r.Rule(
            name=symbol.name,
            alias=symbol.alias,
            label=node.label,
            versions=tuple(versions),
            dated_by=r.DatedBy(dated) if dated else r.DatedBy.CONDUCT,
            exception_to=target.name if target else "",
            repeal=repeal,
            span=node.span,
        )

    def _version(self, node: s.VersionNode) -> r.Version:
        condition = self.inference.condition
        names = [self.inference.rule(name) for name in node.prevails_over]
        if not node.law and not self.proposed:
            self.report("LAW228", node.span)
        when = condition(node.when) if node.when else None
        if node.when is not None and when is None:
            # INVARIANT: a condition that could not be read never holds by being absent.
            when = e.Constant(value=False, type=Type(Kind.YES_NO), span=node.when.span)
        return r.Version(
            interval=self.interval(node.start, node.end, node.span),
            law=self.citations(node.law),
            when=when,
            exclusions=tuple(x for n in node.unless if (x := condition(n)) is not None),
            consequences=self._consequences(node.consequences),
            tiers=tuple(t for n in node.tiers if (t := self._tier(n)) is not None),
            breaches=self.citations(node.breaches),
            unverified=node.unverified,
            readings=node.readings,
            authority=self.word(node.authority),
            prevails_over=tuple(symbol.name for symbol in names if symbol),
            span=node.span,
        )

    def _tier(self, node: s.TierNode) -> r.Tier | None:
        condition = self.inference.condition(node.condition)
        if condition is None:
            return None
        return r.Tier(
            condition=condition,
            consequences=self._consequences(node.consequences),
            tiers=tuple(t for n in node.tiers if (t := self._tier(n)) is not None),
            instead_of_all=node.instead_of_all,
            reading=node.reading,
            span=node.span,
        )

    def _consequences(self, nodes: Iterable[s.ConsequenceNode]) -> tuple[m.Consequence, ...]:
        found = (self._consequence(node) for node in nodes)
        return tuple(item for item in found if item is not None)

    def _consequence(self, node: s.ConsequenceNode) -> m.Consequence | None:
        match node:
            case s.MeasureNode():
                return self._measure(node)
            case s.ChoiceNode(mode=mode, modality=modality, measures=measures, span=span):
                parts = tuple(p for n in measures if (p := self._measure(n)) is not None)
                return m.MeasureChoice(mode, modality, parts, span)
            case s.EffectNode(kind=kind, modality=modality, span=span):
                return m.Effect(kind, modality, span)
            case s.ReferenceNode(rule=rule, law=law, span=span):
                target = self.inference.rule(rule) if rule else None
                if rule is not None and target is None:
                    return None
                return m.Reference(
                    target.name if target else "", self.cite(law) if law else None, span
                )

    def _measure(self, node: s.MeasureNode) -> m.Measure | None:
        bands = []
        for band in node.bands:
            typed = self._band(band)
            if typed is None:
                return None
            bands.append(typed)
        confiscated = self.inference.whole_money(node.object) if node.object else None
        if node.object is not None and confiscated is None:
            return None
        return m.Measure(
            node.kind, node.modality, tuple(bands), confiscated, self.word(node.target), node.term,
            node.span,
        )  # fmt: skip

    def _band(self, node: s.BandNode) -> tuple[e.Expression | None, m.Band] | None:
        high = self.inference.whole_money(node.high)
        low = None
        if node.low is not None:
            low = high if node.low is node.high else self.inference.whole_money(node.low)
            if low is None:
                return None
        condition = self.inference.condition(node.condition) if node.condition else None
        if high is None or (node.condition is not None and condition is None):
            return None
        if isinstance(low, e.Constant) and isinstance(high, e.Constant) and low.value > high.value:  # type: ignore[operator]  # both are fen
            self.report("LAW310", node.span)
            return None
        per = ""
        if node.per is not None:
            symbol = self.symbols.entity(node.per.text)
            if symbol is None or symbol.name in CHAIN:
                near = nearest(node.per.text, self.symbols.entities)
                self.report("LAW213", node.per.span, suggestion=near, name=node.per.text)
                return None
            per = symbol.name
        return condition, m.Band(low, high, per)

    def cycles(self, rules: Mapping[str, r.Rule]) -> None:
        """Report rules that decide each other, in a circle or in a chain too long to follow."""
        graph = rules_asked(rules, self.definitions, self.tables)
        try:
            order = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names: list[str] = error.args[1]
            span = rules[names[0]].span if names[0] in rules else NOWHERE
            self.report("LAW307", span, names=" -> ".join(names))
            return
        depth: dict[str, int] = {}
        for name in order:
            depth[name] = 1 + max((depth[asked] for asked in graph.get(name, ())), default=0)
            if depth[name] == MAX_CHAIN + 1 and name in rules:
                self.report("LAW319", rules[name].span, limit=MAX_CHAIN)
