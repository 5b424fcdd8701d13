"""Builds scores and grades, and what scenarios expect of them."""

from __future__ import annotations

from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.parts import Part, after, align, every, first, nodes, operands, tokens
from lawengine.language.token_meanings import LIMITS, ROUNDINGS


class RatingBuilder(BuilderBase):
    """The grammar rules of scores and grades."""

    def scale(self, parts: list[Any]) -> Part:
        low, high = operands(parts)
        return self._wrap("scale", parts, (low, high))

    def indicator(self, parts: list[Any]) -> s.IndicatorNode:
        return s.IndicatorNode(
            name=self.names(parts)[0],
            label=first(parts, "label") or Label(),
            weight=after(parts, "WEIGHT"),
            value=after(parts, "IS"),
            law=first(parts, "law") or (),
            unverified=first(parts, "unverified") or Label(),
            span=self.span(parts),
        )

    def veto(self, parts: list[Any]) -> s.VetoNode:
        return s.VetoNode(
            name=self.names(parts)[0],
            label=first(parts, "label") or Label(),
            condition=after(parts, "WHERE"),
            law=first(parts, "law") or (),
            unverified=first(parts, "unverified") or Label(),
            span=self.span(parts),
        )

    def settled(self, parts: list[Any]) -> Part:
        return self._wrap("settled", parts, ROUNDINGS[parts[0].type])

    def score_version(self, parts: list[Any]) -> s.ScoreVersionNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        self.once(clauses, "settled")
        start, end = first(clauses, "interval")
        law, _, unverified = self._law_lines(clauses)
        self._law_first(parts)
        return s.ScoreVersionNode(
            start=start,
            end=end,
            law=law,
            unverified=unverified,
            readings=tuple(every(clauses, "reading")),
            indicators=nodes(parts, s.IndicatorNode),
            vetoes=nodes(parts, s.VetoNode),
            rounding=first(clauses, "settled"),
            span=self.span(parts),
        )

    def score(self, parts: list[Any]) -> s.ScoreNode:
        return s.ScoreNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            entity=first(parts, "parent"),
            label=first(parts, "label") or Label(),
            versions=nodes(parts, s.ScoreVersionNode),
            scale=first(parts, "scale"),
            dated_on=first(parts, "dated_on"),
            repeal=self._one_repeal(parts),
            span=self.span(parts),
        )

    # --- grades ---

    def levels(self, parts: list[Any]) -> Part:
        return self._wrap("levels", parts, nodes(parts, s.MemberNode))

    def rests_on(self, parts: list[Any]) -> Part:
        return self._wrap("rests_on", parts, self.names(parts)[0])

    def limit(self, parts: list[Any]) -> s.LimitNode:
        return s.LimitNode(LIMITS[parts[0].type], operands(parts)[0], self.span(parts))

    def grade_band(self, parts: list[Any]) -> s.GradeBandNode:
        return s.GradeBandNode(
            level=self.names(parts)[0],
            limits=nodes(parts, s.LimitNode),
            law=first(parts, "law") or (),
            span=self.span(parts),
        )

    def vetoed(self, parts: list[Any]) -> Part:
        return self._wrap("vetoed", parts, self.names(parts)[0])

    def grade_version(self, parts: list[Any]) -> s.GradeVersionNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("rests_on", "vetoed"):
            self.once(clauses, kind)
        start, end = first(clauses, "interval")
        law, _, unverified = self._law_lines(clauses)
        self._law_first(parts)
        return s.GradeVersionNode(
            start=start,
            end=end,
            law=law,
            unverified=unverified,
            readings=tuple(every(clauses, "reading")),
            score=first(clauses, "rests_on"),
            bands=nodes(parts, s.GradeBandNode),
            vetoes=nodes(parts, s.VetoNode),
            vetoed=first(clauses, "vetoed"),
            span=self.span(parts),
        )

    def grade(self, parts: list[Any]) -> s.GradeNode:
        return s.GradeNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            entity=first(parts, "parent"),
            label=first(parts, "label") or Label(),
            levels=first(parts, "levels") or (),
            versions=nodes(parts, s.GradeVersionNode),
            dated_on=first(parts, "dated_on"),
            repeal=self._one_repeal(parts),
            span=self.span(parts),
        )

    def _one_repeal(self, parts: list[Any]) -> s.RepealNode | None:
        repeals: tuple[s.RepealNode, ...] = nodes(parts, s.RepealNode)
        for extra in repeals[1:]:
            self.twice(extra.span, "REPEALED")
        return repeals[0] if repeals else None

    def _law_first(self, parts: list[Any]) -> None:
        """Report law below an indicator, a veto or a band: it reads as theirs."""
        below = False
        for part in parts:
            if isinstance(part, s.IndicatorNode | s.VetoNode | s.GradeBandNode):
                below = True
            elif below and isinstance(part, Part) and part.kind == "law_line":
                self.report("LAW127", part.span)

    # --- what scenarios expect ---

    def expect_rating(self, parts: list[Any]) -> s.ExpectRatingNode:
        values = operands(parts)
        if tokens(parts, "TO"):
            values = align(values[0], values[1])
        one_of = bool(tokens(parts, "IS_ONE_OF"))
        return s.ExpectRatingNode(
            rating=self.names(parts)[0],
            values=tuple(values),
            options=one_of,
            span=self.span(parts),
        )
