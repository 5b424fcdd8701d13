"""Lowering of scenarios: their facts typed by the vocabulary, their expectations resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lawengine.base.citation import Citation
from lawengine.base.source import Span
from lawengine.language import syntax as s
from lawengine.language.infer import STATUS_WORDS, Inference
from lawengine.language.resolve import CHAIN, kind_of
from lawengine.language.type_rules import date_range
from lawengine.model import expressions as e
from lawengine.model import scenarios as sc
from lawengine.model.statuses import STATES_OF, StatusKind, StatusState
from lawengine.model.types import MONEY, POINTS, Kind, Type

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
        case s.ExpectRuleNode():
            return _expected_rule(node, inference)
        case s.ExpectRatingNode():
            return _expected_rating(node, inference)
        case s.ExpectStatusNode():
            return _expected_status(node, inference)
        case s.ExpectLateNode():
            return _expected_late(node, inference)
        case s.ExpectFineNode():
            return _expected_fine(node, inference)
        case s.ExpectRecommendedNode(band=band, span=span):
            ends = _ends(band, inference)
            return None if ends is None else sc.ExpectRecommended(*ends, span)
        case s.ExpectNeedNode(fact=name, span=span):
            found = inference.fact(name)
            return sc.ExpectNeed(found.owner, found.name, span) if found else None
        case _:
            return _said(node)


def _said(
    node: s.ExpectStepNode
    | s.ExpectMeasureNode
    | s.ExpectUndeterminedNode
    | s.ExpectNoPenaltyNode
    | s.ExpectContradictionNode,
) -> sc.Expectation:
    """Return an expectation that names nothing which had to be looked up."""
    match node:
        case s.ExpectStepNode(step=step, span=span):
            return sc.ExpectStep(step, span)
        case s.ExpectMeasureNode(kind=measure, absent=absent, span=span):
            return sc.ExpectMeasure(measure, absent, span)
        case _:
            return _PLAIN[type(node)](node.span)


def _expected_rule(node: s.ExpectRuleNode, inference: Inference) -> sc.Expectation | None:
    """Return the state of a rule; a status or a rating can be expected open by the same word."""
    name, is_open = node.rule, node.state is sc.RuleState.UNDETERMINED
    status, rating = inference.symbols.status(name.text), inference.symbols.rating(name.text)
    if status is not None and is_open:
        return sc.ExpectStatus(status.name, StatusState.UNDETERMINED, node.span)
    if rating is not None and is_open:
        return sc.ExpectOpen(rating.name, node.span)
    symbol = inference.rule(name)
    return sc.ExpectRule(symbol.name, node.state, node.span) if symbol else None


def _expected_status(node: s.ExpectStatusNode, inference: Inference) -> sc.Expectation | None:
    symbol = inference.status(node.status)
    if symbol is None:
        return None
    kind = kind_of(symbol)
    if node.state not in STATES_OF[kind]:
        inference.report("LAW248", node.span, name=node.status.text, kind=STATUS_WORDS[kind])
        return None
    return sc.ExpectStatus(symbol.name, node.state, node.span)


def _expected_fine(node: s.ExpectFineNode, inference: Inference) -> sc.Expectation | None:
    band = node.band
    if band is None:
        return sc.ExpectFine(None, None, node.may, node.span)
    ends = _ends(band, inference)
    return None if ends is None else sc.ExpectFine(*ends, node.may, node.span)


def _expected_late(node: s.ExpectLateNode, inference: Inference) -> sc.Expectation | None:
    symbol, fen = inference.status(node.status), _fen(node.amount, inference)
    if symbol is None or fen is None:
        return None
    kind = kind_of(symbol)
    if kind is not StatusKind.DUTY:
        inference.report("LAW248", node.span, name=node.status.text, kind=STATUS_WORDS[kind])
        return None
    return sc.ExpectLate(symbol.name, fen, node.span)


def _expected_rating(node: s.ExpectRatingNode, inference: Inference) -> sc.Expectation | None:
    """Return what is expected of a score (one value, or lowest and highest) or of a grade."""
    symbol = inference.rating(node.rating)
    if symbol is None:
        return None
    if isinstance(symbol.node, s.GradeNode):
        kind = Type(Kind.CHOICE, symbol.name)
        levels = [_constant(value, kind, inference) for value in node.values]
        if None in levels:
            return None
        if len(levels) > 1 and not node.options:
            inference.report("LAW277", node.span, name=node.rating.text)
            return None
        return sc.ExpectGrade(symbol.name, frozenset(map(str, levels)), node.span)
    ends = [_constant(value, POINTS, inference) for value in node.values]
    if None in ends:
        return None
    if node.options:
        inference.report("LAW277", node.span, name=node.rating.text)
        return None
    return sc.ExpectScore(symbol.name, ends[0], ends[-1], node.span)  # type: ignore[arg-type]  # points were checked above


def _ends(band: s.BandNode, inference: Inference) -> tuple[int | None, int] | None:
    """Return both ends of an expected fine; None where one could not be read (reported)."""
    low = None if band.low is None else _fen(band.low, inference)
    high = _fen(band.high, inference)
    failed = high is None or (band.low is not None and low is None)
    return None if failed or high is None else (low, high)


def _fen(node: s.ExpressionNode, inference: Inference) -> int | None:
    value = _constant(node, MONEY, inference)
    return value if isinstance(value, int) else None
