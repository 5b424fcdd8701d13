"""Builds discretion standards, and what a scenario expects of them."""

from __future__ import annotations

from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.parts import Part, after, every, first, nodes, tokens
from lawengine.language.token_meanings import EFFECTS, EXPECTED_STEPS, ROUNDINGS, SHARES
from lawengine.model.measures import Modality


class StandardBuilder(BuilderBase):
    """The grammar rules of discretion standards."""

    def region(self, parts: list[Any]) -> Part:
        return self._wrap("region", parts, self.names(parts)[0])

    def share(self, parts: list[Any]) -> Part:
        portion = tokens(parts, "PERCENT")[0].value
        node = s.ShareNode(portion, first(parts, "rounding"), self.span(parts))
        return self._wrap(SHARES[parts[0].type], parts, node)

    def rounding(self, parts: list[Any]) -> Part:
        return self._wrap("rounding", parts, ROUNDINGS[parts[0].type])

    def balanced(self, parts: list[Any]) -> Part:
        return self._wrap("balanced", parts, value=True)

    def circumstance(self, parts: list[Any]) -> s.CircumstanceNode:
        word = next(part.type for part in parts if getattr(part, "type", "") in EFFECTS)
        return s.CircumstanceNode(
            effect=EFFECTS[word],
            modality=first(parts, "modality") or Modality.MUST,
            condition=after(parts, "WHERE"),
            law=first(parts, "law") or (),
            span=self.span(parts),
        )

    def standard_version(self, parts: list[Any]) -> s.StandardVersionNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("authority", "region", *SHARES.values(), "balanced"):
            self.once(clauses, kind)
        start, end = first(clauses, "interval")
        law, _, unverified = self._law_lines(clauses)
        return s.StandardVersionNode(
            start=start,
            end=end,
            law=law,
            unverified=unverified,
            authority=first(clauses, "authority"),
            region=first(clauses, "region"),
            readings=tuple(every(clauses, "reading")),
            lighter=first(clauses, "lighter"),
            heavier=first(clauses, "heavier"),
            point=first(clauses, "point"),
            balanced=bool(first(clauses, "balanced")),
            circumstances=nodes(parts, s.CircumstanceNode),
            span=self.span(parts),
        )

    def standard(self, parts: list[Any]) -> s.StandardNode:
        repeals = nodes(parts, s.RepealNode)
        for extra in repeals[1:]:
            self.twice(extra.span, "REPEALED")
        return s.StandardNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            versions=nodes(parts, s.StandardVersionNode),
            repeal=repeals[0] if repeals else None,
            span=self.span(parts),
        )

    # --- what a scenario expects ---

    def expect_recommended(self, parts: list[Any]) -> s.ExpectRecommendedNode:
        measure = nodes(parts, s.MeasureNode)[0]
        return s.ExpectRecommendedNode(measure.bands[0], self.span(parts))

    def expect_step(self, parts: list[Any]) -> s.ExpectStepNode:
        return s.ExpectStepNode(EXPECTED_STEPS[parts[0].type], self.span(parts))
