"""Builds rules, their versions, tiers and consequences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.parts import (
    Part,
    after,
    align,
    every,
    first,
    nodes,
    tokens,
)
from lawengine.language.token_meanings import EFFECTS, MEASURES
from lawengine.language.tokens import Token
from lawengine.model.measures import ChoiceMode, MeasureKind, Modality

_MUST = Part("modality", Modality.MUST)
_CONSEQUENCES = (s.MeasureNode, s.ChoiceNode, s.ReferenceNode, s.EffectNode)


class RuleBuilder(BuilderBase):
    """The grammar rules of rules and consequences."""

    # --- rules ---

    def interval(self, parts: list[Any]) -> Part:
        days = [token.value for token in tokens(parts, "DATE")]
        value = (days[0], days[1] if len(days) > 1 else None)
        return self._wrap("interval", parts, value)

    def dated_by(self, parts: list[Any]) -> Part:
        return self._wrap("dated_by", parts, self._setting(parts))

    def repeal(self, parts: list[Any]) -> s.RepealNode:
        day = tokens(parts, "DATE")[0].value
        cited = self._one_law(parts)
        assert cited is not None  # noqa: S101 - the grammar asks for one
        return s.RepealNode(day, cited, self.span(parts))

    def authority(self, parts: list[Any]) -> Part:
        return self._wrap("authority", parts, self.names(parts)[0])

    def reading(self, parts: list[Any]) -> Part:
        return self._wrap("reading", parts, self._said(parts))

    def when(self, parts: list[Any]) -> Part:
        return self._wrap("when", parts, parts[1])

    def unless(self, parts: list[Any]) -> Part:
        return self._wrap("unless", parts, parts[1])

    def prevails(self, parts: list[Any]) -> Part:
        return self._wrap("prevails", parts, tuple(self.names(parts)))

    def then(self, parts: list[Any]) -> Part:
        return self._wrap("then", parts, nodes(parts, _CONSEQUENCES))

    def tier(self, parts: list[Any]) -> Part:
        node = s.TierNode(
            condition=parts[1],
            consequences=nodes(parts[2:], _CONSEQUENCES),
            instead_of_all=bool(tokens(parts, "INSTEAD")),
            span=self.span(parts),
        )
        kind = "inner_tier" if parts[0].type == "FURTHER_IF" else "tier"
        return self._wrap(kind, parts, node)

    def version(self, parts: list[Any]) -> s.VersionNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("when", "authority", "then", "prevails"):
            self.once(clauses, kind)
        start, end = first(clauses, "interval")
        law, breaches, unverified = self._law_lines(clauses)
        readings, tiers = self._tiers(clauses)
        return s.VersionNode(
            start=start,
            end=end,
            law=law,
            breaches=breaches,
            unverified=unverified,
            authority=first(clauses, "authority"),
            readings=readings,
            prevails_over=first(clauses, "prevails") or (),
            when=first(clauses, "when"),
            unless=tuple(every(clauses, "unless")),
            consequences=first(clauses, "then") or (),
            tiers=tiers,
            span=self.span(parts),
        )

    def _tiers(self, clauses: list[Part]) -> tuple[tuple[Label, ...], tuple[s.TierNode, ...]]:
        """Fold `further if` tiers into the tier before them, and readings into their tier."""
        readings: list[Label] = []
        tiers: list[tuple[s.TierNode, list[s.TierNode]]] = []
        for clause in clauses:
            if clause.kind == "tier":
                tiers.append((clause.value, []))
            elif clause.kind == "inner_tier":
                if tiers:
                    tiers[-1][1].append(clause.value)
                else:
                    self.report("LAW119", clause.span)
            elif clause.kind == "reading" and not tiers:
                readings.append(clause.value)
            elif clause.kind == "reading":
                outer, inner = tiers[-1]
                if (inner[-1] if inner else outer).reading:
                    self.twice(clause.span, "READING")
                if inner:
                    inner[-1] = replace(inner[-1], reading=clause.value)
                else:
                    tiers[-1] = (replace(outer, reading=clause.value), inner)
            elif tiers and clause.kind in ("when", "unless", "then", "prevails", "authority"):
                self.report("LAW120", clause.span)
        folded = tuple(replace(outer, tiers=tuple(inner)) for outer, inner in tiers)
        return tuple(readings), folded

    def rule(self, parts: list[Any]) -> s.RuleNode:
        return self._rule(parts, None)

    def exception(self, parts: list[Any]) -> s.RuleNode:
        return self._rule(parts, self.names(parts)[1])

    def _rule(self, parts: list[Any], exception_to: s.Name | None) -> s.RuleNode:
        repeals = nodes(parts, s.RepealNode)
        for extra in repeals[1:]:
            self.twice(extra.span, "REPEALED")
        return s.RuleNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            versions=nodes(parts, s.VersionNode),
            exception_to=exception_to,
            dated_by=first(parts, "dated_by"),
            repeal=repeals[0] if repeals else None,
            span=self.span(parts),
        )

    # --- consequences ---

    def modality(self, parts: list[Any]) -> Part:
        if not parts:
            return _MUST
        value = Modality.MAY_ADD if parts[0].type == "MAY_ALSO" else Modality.MAY
        return self._wrap("modality", parts, value)

    def term(self, parts: list[Any]) -> Part:
        return self._wrap("term", parts, parts[-1].value)

    def simple(self, parts: list[Any]) -> s.MeasureNode:
        kind = MEASURES[parts[0].type]
        term = first(parts, "term")
        return s.MeasureNode(kind, Modality.MUST, term=term, span=self.span(parts))

    def targeted(self, parts: list[Any]) -> s.MeasureNode:
        kind, target = MEASURES[parts[0].type], self.names(parts)[0]
        term = first(parts, "term")
        return s.MeasureNode(kind, Modality.MUST, target=target, term=term, span=self.span(parts))

    def confiscation(self, parts: list[Any]) -> s.MeasureNode:
        kind = MeasureKind.CONFISCATE
        return s.MeasureNode(kind, Modality.MUST, object=parts[-1], span=self.span(parts))

    def per(self, parts: list[Any]) -> Part:
        return self._wrap("per", parts, self.names(parts)[0])

    def fine(self, parts: list[Any]) -> s.MeasureNode:
        band, per = nodes(parts, s.BandNode)[0], first(parts, "per")
        if per is not None:
            band = replace(band, per=per)
        kind = MeasureKind.FINE
        return s.MeasureNode(kind, Modality.MUST, bands=(band,), span=self.span(parts))

    def fine_cases(self, parts: list[Any]) -> s.MeasureNode:
        kind, bands = MeasureKind.FINE, nodes(parts, s.BandNode)
        return s.MeasureNode(kind, Modality.MUST, bands=bands, span=self.span(parts))

    def band_case(self, parts: list[Any]) -> s.BandNode:
        band: s.BandNode = parts[0]
        per, condition = first(parts, "per"), after(parts, "WHERE")
        return replace(band, per=per, condition=condition, span=self.span(parts))

    def band_range(self, parts: list[Any]) -> s.BandNode:
        left, right = (p for p in parts if not isinstance(p, Token))
        low, high = align(left, right)
        return s.BandNode(low, high, span=self.span(parts))

    def band_cap(self, parts: list[Any]) -> s.BandNode:
        high = next(p for p in parts if not isinstance(p, Token))
        return s.BandNode(None, high, span=self.span(parts))

    def band_fixed(self, parts: list[Any]) -> s.BandNode:
        return s.BandNode(parts[0], parts[0], span=self.span(parts))

    def measure_line(self, parts: list[Any]) -> s.MeasureNode:
        modality: Part = parts[0]
        node: s.MeasureNode = parts[1]
        if modality.value is Modality.MUST:
            return node
        return replace(node, modality=modality.value, span=self.span(parts))

    def choice_line(self, parts: list[Any]) -> s.ChoiceNode:
        together = tokens(parts, "SINGLY_OR_TOGETHER")
        mode = ChoiceMode.ONE_OR_MORE if together else ChoiceMode.ONE
        modality = first(parts, "modality")
        return s.ChoiceNode(mode, modality, nodes(parts, s.MeasureNode), self.span(parts))

    def reference(self, parts: list[Any]) -> s.ReferenceNode:
        names, laws = self.names(parts), nodes(parts, s.CitationNode)
        rule, law = (names[0] if names else None), (laws[0] if laws else None)
        return s.ReferenceNode(rule, law, self.span(parts))

    def effect(self, parts: list[Any]) -> s.EffectNode:
        token = next(p for p in parts if isinstance(p, Token))
        return s.EffectNode(EFFECTS[token.type], first(parts, "modality"), self.span(parts))
