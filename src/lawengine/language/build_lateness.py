"""Builds what lateness costs: last days of duties, days counted, sums added."""

from __future__ import annotations

from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.parts import Part, after, first, nodes, operands


class LatenessBuilder(BuilderBase):
    """The grammar rules of last days, counted days and what is added to a late duty."""

    def last_day(self, parts: list[Any]) -> s.LastDayNode:
        return s.LastDayNode(self.names(parts)[0], self.span(parts))

    def outside(self, parts: list[Any]) -> s.OutsideNode:
        start, end = after(parts, "FROM"), after(parts, "TO")
        name, where = self.names(parts)[0], after(parts, "WHERE")
        return s.OutsideNode(name, start, end, where, self.span(parts))

    def days_from(self, parts: list[Any]) -> s.DaysNode:
        left_out = nodes(parts, s.OutsideNode)
        ends = after(parts, "DAYS_FROM"), after(parts, "TO")
        return s.DaysNode(*ends, left_out[0] if left_out else None, self.span(parts))

    def late(self, parts: list[Any]) -> Part:
        node = s.LateNode(
            amount=after(parts, "LATE_ADDS"),
            law=first(parts, "law") or (),
            unverified=first(parts, "unverified") or Label(),
            span=self.span(parts),
        )
        return self._wrap("late", parts, node)

    def expect_late(self, parts: list[Any]) -> s.ExpectLateNode:
        (amount,) = operands(parts)
        return s.ExpectLateNode(self.names(parts)[0], amount, self.span(parts))
