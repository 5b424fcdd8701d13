"""Inference of what asks for the past and the future: states, last days of duties, days counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.language import syntax as s
from lawengine.model import expressions as e
from lawengine.model.statuses import StatusKind
from lawengine.model.types import COUNT, DATE, YES_NO

if TYPE_CHECKING:
    from lawengine.language.infer import Inference


def holds(node: s.HoldsNode, inference: Inference) -> e.StatusHolds | None:
    """Return the typed question for the state of a status, or None (reported)."""
    name = ""
    if node.status is not None:
        symbol = inference.asked_status(node.status, node.span, node.kind)
        if symbol is None:
            return None
        name = symbol.name
    elif not inference.of_status:
        inference.report("LAW247", node.span)
        return None
    since = None if node.since is None else inference.expect(node.since, DATE)
    if node.since is not None and since is None:
        return None
    return e.StatusHolds(name, YES_NO, since, node.span)


def last_day(node: s.LastDayNode, inference: Inference) -> e.LastDay | None:
    """Return the typed last day of a duty, or None (reported).

    Edges: the duty is that of the thing in view, so what it hangs on must be in view itself.
    """
    symbol = inference.asked_status(node.status, node.span, StatusKind.DUTY)
    if symbol is None:
        return None
    assert isinstance(symbol.node, s.StatusNode)  # noqa: S101 - a table of their own
    entity = inference.symbols.entity(symbol.node.entity.text)
    if entity is not None and entity.name not in inference.view:
        inference.report("LAW300", node.span, name=node.status.text, entity=entity.name)
        return None
    return e.LastDay(symbol.name, DATE, node.span)


def day_count(node: s.DaysNode, inference: Inference) -> e.DayCount | None:
    """Return the typed number of days, or None (reported)."""
    first, last = (inference.expect(part, DATE) for part in (node.first, node.last))
    out = node.outside
    if out is None:
        if first is None or last is None:
            return None
        return e.DayCount(first, last, "", None, None, None, COUNT, node.span)
    entity = inference.collection(out.target)
    if entity is None:
        return None
    outer, inference.view = inference.view, (entity.name, *inference.view)
    start, end = (inference.expect(part, DATE) for part in (out.start, out.end))
    where = None if out.where is None else inference.condition(out.where)
    inference.view = outer
    lost = out.where is not None and where is None
    if first is None or last is None or start is None or end is None or lost:
        return None
    return e.DayCount(first, last, entity.name, start, end, where, COUNT, node.span)
