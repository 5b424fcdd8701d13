"""Builds lists, benefits and duties, and what asks for their state."""

from __future__ import annotations

from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.parts import Part, after, every, first, nodes, operands, tokens
from lawengine.language.token_meanings import ENDINGS, HOLDS, STATUS_KINDS, STATUS_STATES
from lawengine.model.statuses import StatusKind


class StatusBuilder(BuilderBase):
    """The grammar rules of lists, benefits and duties."""

    def dated_on(self, parts: list[Any]) -> Part:
        return self._wrap("dated_on", parts, self.names(parts)[0])

    def form(self, parts: list[Any]) -> Part:
        return self._wrap("form", parts, self._setting(parts))

    def source_line(self, parts: list[Any]) -> Part:
        return self.law_line(parts)

    def runs(self, parts: list[Any]) -> Part:
        periods = tokens(parts, "PERIOD")
        node = s.RunsNode(
            due=not tokens(parts, "LASTS"),
            right=bool(tokens(parts, "EXERCISED")),
            term=periods[0].value if periods else None,
            cases=nodes(parts, s.TermCaseNode),
            start=after(parts, "FROM"),
            before=after(parts, "BEFORE"),
            span=self.span(parts),
        )
        return self._wrap("runs", parts, node)

    def term_case(self, parts: list[Any]) -> s.TermCaseNode:
        return s.TermCaseNode(
            term=tokens(parts, "PERIOD")[0].value,
            condition=after(parts, "WHERE"),
            law=first(parts, "law") or (),
            span=self.span(parts),
        )

    def by(self, parts: list[Any]) -> Part:
        return self._wrap("by", parts, self.names(parts)[0])

    def joint(self, parts: list[Any]) -> s.JointMeasureNode:
        return s.JointMeasureNode(
            name=self.names(parts)[0],
            label=first(parts, "label") or Label(),
            authority=first(parts, "by"),
            law=first(parts, "law") or (),
            unverified=first(parts, "unverified") or Label(),
            span=self.span(parts),
        )

    def on(self, parts: list[Any]) -> Part:
        return self._wrap("on", parts, operands(parts)[0])

    def elapsed(self, parts: list[Any]) -> Part:
        return self._wrap("elapsed", parts, parts[-1].value)

    def ending(self, parts: list[Any]) -> s.EndingNode:
        return s.EndingNode(
            kind=ENDINGS[parts[0].type],
            interval=first(parts, "interval"),
            on=first(parts, "on"),
            after=first(parts, "elapsed"),
            condition=after(parts, "WHERE"),
            law=first(parts, "law") or (),
            unverified=first(parts, "unverified") or Label(),
            span=self.span(parts),
        )

    def triggers(self, parts: list[Any]) -> Part:
        return self._wrap("triggers", parts, tuple(self.names(parts)))

    def status_version(self, parts: list[Any]) -> s.StatusVersionNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("when", "authority", "runs", "late", "triggers"):
            self.once(clauses, kind)
        start, end = first(clauses, "interval")
        law, _, unverified = self._law_lines(clauses)
        self._law_comes_first(parts)
        return s.StatusVersionNode(
            start=start,
            end=end,
            law=law,
            unverified=unverified,
            authority=first(clauses, "authority"),
            readings=tuple(every(clauses, "reading")),
            when=first(clauses, "when"),
            unless=tuple(every(clauses, "unless")),
            runs=first(clauses, "runs"),
            measures=nodes(parts, s.JointMeasureNode),
            endings=nodes(parts, s.EndingNode),
            late=first(clauses, "late"),
            triggers=first(clauses, "triggers") or (),
            span=self.span(parts),
        )

    def _law_comes_first(self, parts: list[Any]) -> None:
        """Report law below a measure or an ending: it reads as theirs, but is the version's."""
        below = False
        for part in parts:
            kind = part.kind if isinstance(part, Part) else ""
            if kind == "late" or isinstance(part, s.JointMeasureNode | s.EndingNode):
                below = True
            elif below and kind == "law_line":
                self.report("LAW127", part.span)

    def status(self, parts: list[Any]) -> s.StatusNode:
        repeals = nodes(parts, s.RepealNode)
        for extra in repeals[1:]:
            self.twice(extra.span, "REPEALED")
        return s.StatusNode(
            kind=STATUS_KINDS[parts[0].type],
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            entity=first(parts, "parent"),
            label=first(parts, "label") or Label(),
            versions=nodes(parts, s.StatusVersionNode),
            dated_on=first(parts, "dated_on"),
            form=first(parts, "form"),
            repeal=repeals[0] if repeals else None,
            span=self.span(parts),
        )

    # --- what asks for their state ---

    def status_holds(self, parts: list[Any]) -> s.HoldsNode:
        word = next(part for part in parts if part.type in HOLDS)
        since = after(parts, "SINCE")
        return s.HoldsNode(self.names(parts)[0], HOLDS[word.type], self.span(parts), since)

    def status_lacks(self, parts: list[Any]) -> s.NotNode:
        span = self.span(parts)
        kind = HOLDS[parts[0].type.removeprefix("NOT_")]
        since = after(parts, "SINCE")
        return s.NotNode(s.HoldsNode(self.names(parts)[0], kind, span, since), span)

    def listed_anywhere(self, parts: list[Any]) -> s.HoldsNode:
        return s.HoldsNode(None, StatusKind.LIST, self.span(parts), after(parts, "SINCE"))

    def expect_status(self, parts: list[Any]) -> s.ExpectStatusNode:
        word = next(part.type for part in parts if part.type in STATUS_STATES)
        word = f"NOT_{word}" if tokens(parts, "NOT") else word
        return s.ExpectStatusNode(self.names(parts)[0], STATUS_STATES[word], self.span(parts))
