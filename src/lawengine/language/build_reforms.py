"""Builds reforms."""

from __future__ import annotations

from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_rules import RuleBuilder
from lawengine.language.parts import Part, every, first, nodes, operands, tokens


class ReformBuilder(RuleBuilder):
    """The grammar rules of reforms."""

    def purpose(self, parts: list[Any]) -> Part:
        return self._wrap("purpose", parts, first(parts, "because"))

    def in_force(self, parts: list[Any]) -> Part:
        return self._wrap("in_force", parts, parts[-1].value)

    def reach(self, parts: list[Any]) -> Part:
        days = tokens(parts, "DATE")
        return self._wrap("reach", parts, days[0].value if days else None)

    def amend(self, parts: list[Any]) -> s.AmendNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("when", "authority", "then", "runs"):
            self.once(clauses, kind)
        readings, tiers = self._tiers(clauses)
        return s.AmendNode(
            norm=self.names(parts)[0],
            on=first(parts, "in_force"),
            since=first(parts, "reach"),
            authority=first(clauses, "authority"),
            readings=readings,
            when=first(clauses, "when"),
            unless=tuple(every(clauses, "unless")),
            consequences=first(clauses, "then") or (),
            tiers=tiers,
            runs=first(clauses, "runs"),
            measures=nodes(parts, s.JointMeasureNode),
            endings=nodes(parts, s.EndingNode),
            strikes=nodes(parts, s.StrikeNode),
            span=self.span(parts),
        )

    def struck(self, parts: list[Any]) -> Part:
        return self._wrap("struck", parts, parts[0].type)

    def struck_measure(self, parts: list[Any]) -> Part:
        return self._wrap("struck_measure", parts, self.names(parts)[0])

    def struck_tier(self, parts: list[Any]) -> Part:
        return self._wrap("struck_tier", parts, operands(parts))

    def strike(self, parts: list[Any]) -> s.StrikeNode:
        what = first(parts, "struck") or ""
        return s.StrikeNode(
            what="FINE" if what == "FINE_NOUN" else what,
            measure=first(parts, "struck_measure"),
            path=first(parts, "struck_tier") or (),
            span=self.span(parts),
        )

    def figure(self, parts: list[Any]) -> s.FigureNode:
        return s.FigureNode(
            figure=self.names(parts)[0],
            on=first(parts, "in_force"),
            since=first(parts, "reach"),
            value=next(p for p in operands(parts) if not isinstance(p, Part)),
            law=self._one_law(parts),
            span=self.span(parts),
        )

    def repealing(self, parts: list[Any]) -> s.RepealingNode:
        day = tokens(parts, "DATE")[0].value
        return s.RepealingNode(self.names(parts)[0], day, self.span(parts))

    def reform(self, parts: list[Any]) -> s.ReformNode:
        return s.ReformNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            because=first(parts, "purpose") or Label(),
            clauses=nodes(parts, (s.AmendNode, s.FigureNode, s.RepealingNode)),
            span=self.span(parts),
        )
