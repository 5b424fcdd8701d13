"""Lowering of scenarios: their facts typed by the vocabulary, their expectations resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lawengine.base.citation import Citation
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.infer import STATUS_WORDS, Inference, date_range, kind_of
from lawengine.language.resolve import CHAIN
from lawengine.model import expressions as e
from lawengine.model import scenarios as sc
from lawengine.model.statuses import STATES_OF, StatusKind, StatusState
from lawengine.model.types import MONEY, Kind, Type

Cite = Callable[[s.CitationNode], Citation]


def lower_scenario(node: s.ScenarioNode, inference: Inference, cite: Cite) -> sc.Scenario | None:
    """Return the typed scenario, or None when something in it is wrong (reported)."""
    before = len(inference.diagnostics)
    given: list[sc.Given] = []
    element = 0
    named = set(CHAIN)
    for item in node.given:
        if isinstance(item, s.AssignmentNode):
            given += _assigned(item, inference, 0)
            continue
        symbol = inference.symbols.entity(item.entity.text)
        if symbol is None:
            inference.report("LAW213", item.entity.span, name=item.entity.text)
            continue
        above = inference.symbols.view_of(symbol.name)[1:2]
        if above and above[0] not in named:
            words = {"name": item.entity.text, "parent": above[0]}
            inference.report("LAW390", item.entity.span, **words)
            continue
        if item.count:
            named.add(symbol.name)
        outer = inference.view
        inference.view = (symbol.name, *outer)
        if not item.count:
            given.append(sc.Given(symbol.name, "", True, True, 0, item.span))
        for _ in range(item.count):
            element += 1
            # an element with no facts is still an element: it is marked by an empty fact
            given.append(sc.Given(symbol.name, "", True, True, element, item.span))
            for assignment in item.assignments:
                given += _assigned(assignment, inference, element)
        inference.view = outer
    first = date_range(node.decided_on)
    last = date_range(node.decided_to) if node.decided_to else first
    if first is None or last is None:
        inference.report("LAW229", node.decided_on.span)
    expectations = [found for e_ in node.expectations if (found := _expected(e_, inference))]
    if len(inference.diagnostics) > before or first is None or last is None:
        return None
    because = tuple(cite(citation) for citation in node.because)
    return sc.Scenario(
        node.label, tuple(given), first[0], last[1], tuple(expectations), because, node.span
    )


def _assigned(node: s.AssignmentNode, inference: Inference, element: int) -> list[sc.Given]:
    symbol = inference.fact(node.target)
    if symbol is None:
        return []
    kind = inference.types.get(symbol.path)
    if kind is None:
        return []
    if symbol.owner not in inference.view:
        inference.report("LAW207", node.target.span, entity=symbol.owner)
        return []
    number = element if symbol.owner not in CHAIN else 0
    bounds = _bounds(node, kind, inference)
    if bounds is None:
        return []
    low, high = bounds
    return [sc.Given(symbol.owner, symbol.name, low, high, number, node.span)]


def _bounds(
    node: s.AssignmentNode, kind: Type, inference: Inference
) -> tuple[e.Value, e.Value] | None:
    if kind.kind is Kind.DATE:
        first = date_range(node.value)
        last = date_range(node.high) if node.high else first
        if first is None or last is None:
            inference.report("LAW229", node.value.span)
            return None
        return first[0], last[1]
    low = _constant(node.value, kind, inference)
    high = low if node.high is None else _constant(node.high, kind, inference)
    return None if low is None or high is None else (low, high)


def _constant(node: s.ExpressionNode, kind: Type, inference: Inference) -> e.Value | None:
    found = inference.expect(node, kind)
    if found is None:
        return None
    if not isinstance(found, e.Constant):
        inference.report("LAW226", node.span)
        return None
    return found.value


_PLAIN: Mapping[type, Callable[[Span], sc.Expectation]] = {
    s.ExpectUndeterminedNode: sc.ExpectUndetermined,
    s.ExpectNoPenaltyNode: sc.ExpectNoPenalty,
    s.ExpectContradictionNode: sc.ExpectContradiction,
}
"""Expectations that say no more than that."""


def _expected(node: s.ExpectationNode, inference: Inference) -> sc.Expectation | None:
    match node:
        case s.ExpectRuleNode(rule=name, state=state, span=span):
            status = inference.symbols.status(name.text)
            if status is not None and state is sc.RuleState.UNDETERMINED:
                return sc.ExpectStatus(status.name, StatusState.UNDETERMINED, span)
            symbol = inference.rule(name)
            return sc.ExpectRule(symbol.name, state, span) if symbol else None
        case s.ExpectStatusNode():
            return _expected_status(node, inference)
        case s.ExpectLateNode():
            return _expected_late(node, inference)
        case s.ExpectFineNode(band=band, may=may, span=span):
            if band is None:
                return sc.ExpectFine(None, None, may, span)
            low = None if band.low is None else _fen(band.low, inference)
            high = _fen(band.high, inference)
            failed = high is None or (band.low is not None and low is None)
            return None if failed else sc.ExpectFine(low, high, may, span)
        case s.ExpectMeasureNode(kind=measure, absent=absent, span=span):
            return sc.ExpectMeasure(measure, absent, span)
        case s.ExpectNeedNode(fact=name, span=span):
            found = inference.fact(name)
            return sc.ExpectNeed(found.owner, found.name, span) if found else None
        case _:
            return _PLAIN[type(node)](node.span)


def _expected_status(node: s.ExpectStatusNode, inference: Inference) -> sc.Expectation | None:
    symbol = inference.status(node.status)
    if symbol is None:
        return None
    kind = kind_of(symbol)
    if node.state not in STATES_OF[kind]:
        inference.report("LAW248", node.span, name=node.status.text, kind=STATUS_WORDS[kind])
        return None
    return sc.ExpectStatus(symbol.name, node.state, node.span)


def _expected_late(node: s.ExpectLateNode, inference: Inference) -> sc.Expectation | None:
    symbol, fen = inference.status(node.status), _fen(node.amount, inference)
    if symbol is None or fen is None:
        return None
    kind = kind_of(symbol)
    if kind is not StatusKind.DUTY:
        inference.report("LAW248", node.span, name=node.status.text, kind=STATUS_WORDS[kind])
        return None
    return sc.ExpectLate(symbol.name, fen, node.span)


def _fen(node: s.ExpressionNode, inference: Inference) -> int | None:
    value = _constant(node, MONEY, inference)
    return value if isinstance(value, int) else None
