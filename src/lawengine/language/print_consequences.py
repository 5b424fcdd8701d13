"""How consequences of rules are written, and what scenarios give and expect."""

from __future__ import annotations

from lawengine.base.calendar import Period
from lawengine.language import syntax as s
from lawengine.language.layout import SPACE, Doc, Group
from lawengine.language.print_expressions import Level, Phrasing, at
from lawengine.language.token_meanings import (
    EFFECT_TOKENS,
    EXPECTED_STEP_TOKENS,
    MEASURE_TOKENS,
    STATE_TOKENS,
    STATUS_STATE_TOKENS,
)
from lawengine.model.measures import ChoiceMode, MeasureKind, Modality
from lawengine.model.statuses import StatusState

_MODALITIES = {Modality.MUST: "", Modality.MAY: "MAY", Modality.MAY_ADD: "MAY_ALSO"}
_ORDERS = (MeasureKind.STOP, MeasureKind.CORRECT, MeasureKind.REMOVE_EFFECTS)


def consequence(phrasing: Phrasing, node: s.ConsequenceNode) -> tuple[Doc, list[Doc]]:
    """Return the line of a consequence and the lines of its cases, which stand deeper."""
    match node:
        case s.MeasureNode() if has_cases(node):
            head = "处 罚款" if phrasing.chinese else "fine"
            words = (_modality(phrasing, node.modality), f"{head} {phrasing.word('WHICHEVER')}")
            return (at(node), words), [_case(phrasing, band) for band in node.bands]
        case s.MeasureNode():
            return (at(node), _modality(phrasing, node.modality), measure(phrasing, node)), []
        case s.ChoiceNode():
            together = node.mode is ChoiceMode.ONE_OR_MORE
            token = "SINGLY_OR_TOGETHER" if together else "EITHER_OF"
            first, *others = (measure(phrasing, part) for part in node.measures)
            parts: list[Doc] = [f"{phrasing.word(token)} ", first]
            for other in others:
                parts += [phrasing.comma(), other]
            options = Group(tuple(parts), indent=2)
            return (at(node), _modality(phrasing, node.modality), options), []
        case s.ReferenceNode(rule=rule, law=law):
            target: Doc = phrasing.name(rule) if rule else ""
            target = phrasing.citation(law) if law else target
            return (at(node), phrasing.word("REFERS_TO"), " ", target), []
        case s.EffectNode():
            words = (_modality(phrasing, node.modality), phrasing.word(EFFECT_TOKENS[node.kind]))
            return (at(node), words), []


def expectation(phrasing: Phrasing, node: s.ExpectationNode) -> Doc:
    """Return the line of an expectation."""
    return (at(node), _expected(phrasing, node))


def _expected(phrasing: Phrasing, node: s.ExpectationNode) -> Doc:
    match node:
        case s.ExpectRuleNode():
            return f"{node.rule.text} {phrasing.word(STATE_TOKENS[node.state])}"
        case s.ExpectStatusNode():
            return phrasing.verb(node.status, _state(phrasing, node.state))
        case s.ExpectLateNode():
            late, amount = phrasing.word("LATE_ADDS"), phrasing.expression(node.amount, Level.SUM)
            joint = f" {phrasing.word('IS')} " if phrasing.chinese else " "
            return (phrasing.verb(node.status, late), joint, amount)
        case s.ExpectRatingNode():
            return _rating(phrasing, node)
        case s.ExpectFineNode():
            if node.band is None:
                return phrasing.word("NO_FINE")
            may = _modality(phrasing, Modality.MAY if node.may else Modality.MUST)
            return (may, _fine(phrasing, node.band))
        case s.ExpectRecommendedNode():
            return (f"{phrasing.word('RECOMMENDED')} ", _fine(phrasing, node.band))
        case _:
            return _said(phrasing, node)


def _said(
    phrasing: Phrasing,
    node: s.ExpectStepNode
    | s.ExpectMeasureNode
    | s.ExpectNeedNode
    | s.ExpectUndeterminedNode
    | s.ExpectNoPenaltyNode
    | s.ExpectContradictionNode,
) -> str:
    match node:
        case s.ExpectMeasureNode():
            negation = f"{phrasing.word('NOT')} " if node.absent else ""
            return negation + phrasing.word(MEASURE_TOKENS[node.kind])
        case s.ExpectNeedNode():
            return f"{phrasing.word('NEEDS')} {node.fact.text}"
        case s.ExpectUndeterminedNode():
            return phrasing.word("UNDETERMINED")
        case s.ExpectNoPenaltyNode():
            return phrasing.word("NO_PENALTY")
        case s.ExpectStepNode():
            return phrasing.word(EXPECTED_STEP_TOKENS[node.step])
        case s.ExpectContradictionNode():
            return phrasing.word("CONTRADICTION")


def _state(phrasing: Phrasing, state: StatusState) -> str:
    token = STATUS_STATE_TOKENS[state]
    if token.startswith("NOT_") and not phrasing.chinese:  # Chinese has a word of its own for it
        return f"{phrasing.word('NOT')} {phrasing.word(token.removeprefix('NOT_'))}"
    return phrasing.word(token)


def measure(phrasing: Phrasing, node: s.MeasureNode) -> Doc:
    """Return a measure without "may", a fine with one band only."""
    if node.kind is MeasureKind.FINE:
        return _fine(phrasing, node.bands[0])
    words: list[Doc] = [at(node), phrasing.word(MEASURE_TOKENS[node.kind])]
    if node.object is not None:
        words += [" ", phrasing.expression(node.object, Level.SUM)]
    if node.target is not None:
        words += [" ", node.target.text]
    if node.term is not None:
        words.append(_term(phrasing, node.kind, node.term))
    return tuple(words)


def _rating(phrasing: Phrasing, node: s.ExpectRatingNode) -> Doc:
    if node.options:
        options = phrasing.several(phrasing.expression(v, Level.SUM) for v in node.values)
        return (phrasing.name(node.rating), f" {phrasing.word('IS_ONE_OF')} ", options)
    value = phrasing.expression(node.values[0], Level.SUM)
    if len(node.values) > 1:
        value = phrasing.span_of(*node.values)
    return (phrasing.name(node.rating), f" {phrasing.word('IS')} ", value)


def has_cases(node: s.MeasureNode) -> bool:
    """Tell whether a fine is written with `whichever applies`."""
    return len(node.bands) > 1 or any(band.condition is not None for band in node.bands)


def _term(phrasing: Phrasing, kind: MeasureKind, term: Period) -> str:
    word = phrasing.word("WITHIN" if kind in _ORDERS else "FOR")
    return f" {word} {term.text(phrasing.language)}"


def _modality(phrasing: Phrasing, modality: Modality) -> str:
    token = _MODALITIES[modality]
    return f"{phrasing.word(token)} " if token else ""


def _fine(phrasing: Phrasing, band: s.BandNode) -> Doc:
    inside = _band(phrasing, band)
    if phrasing.chinese:
        per = f"{_per(phrasing, band)} " if band.per else ""
        return (at(band), f"{per}处 ", inside, " 罚款")
    return (at(band), "fine ", inside, f" {_per(phrasing, band)}" if band.per else "")


def _case(phrasing: Phrasing, band: s.BandNode) -> Doc:
    words: list[Doc] = [at(band), _band(phrasing, band)]
    if band.per:
        words.append(f" {_per(phrasing, band)}")
    if band.condition is None:
        return (*words, f" {phrasing.word('OTHERWISE')}")
    condition = phrasing.expression(band.condition)
    return Group((*words, f" {phrasing.word('WHERE')}", SPACE, condition), indent=2)


def _per(phrasing: Phrasing, band: s.BandNode) -> str:
    return f"{phrasing.word('PER')} {band.per.text}" if band.per else ""


def _band(phrasing: Phrasing, band: s.BandNode) -> Doc:
    if band.low is None:
        high = phrasing.expression(band.high, Level.SUM)
        return (high, " 以下") if phrasing.chinese else ("up to ", high)
    if band.low == band.high:
        return phrasing.expression(band.high, Level.SUM)
    low, high = phrasing.ends(band.low, band.high)
    return (low, " 以上 ", high, " 以下") if phrasing.chinese else (low, " to ", high)


def given(phrasing: Phrasing, node: s.AssignmentNode | s.ElementsNode) -> Doc:
    """Return a fact that a scenario gives, or so many elements with the same facts."""
    p = phrasing
    if isinstance(node, s.AssignmentNode):
        value = p.expression(node.value, Level.SUM)
        if node.high is not None:
            value = p.span_of(node.value, node.high)
        return (at(node), node.target.text, f" {p.word('IS')} ", value)
    parts: list[Doc] = [at(node), f"{node.count} {node.entity.text}"]
    for index, assignment in enumerate(node.assignments):
        joint: Doc = p.comma() if index else f" {p.word('WITH')} "
        parts += [joint, given(phrasing, assignment)]
    return tuple(parts)
