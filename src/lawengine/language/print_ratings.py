"""How the clauses of scores and grades are written."""

from __future__ import annotations

from lawengine.base.calendar import Rounding
from lawengine.language import syntax as s
from lawengine.language.layout import SPACE, Doc, Group
from lawengine.language.print_expressions import Level, Phrasing, at
from lawengine.language.token_meanings import LIMIT_TOKENS, ROUNDING_TOKENS


def scale(phrasing: Phrasing, node: tuple[s.ExpressionNode, s.ExpressionNode]) -> Doc:
    """Return `scale from 0 to 100`."""
    low, high = (phrasing.expression(end, Level.SUM) for end in node)
    return (f"{phrasing.word('SCALE')} ", low, f" {phrasing.word('TO')} ", high)


def indicator(phrasing: Phrasing, node: s.IndicatorNode) -> Doc:
    """Return `indicator NAME "..." weighing W is VALUE law X art n`, without what is unverified."""
    words: list[Doc] = [at(node), f"{phrasing.word('INDICATOR')} {node.name.text}"]
    if node.label:
        words.append(f" {phrasing.label(node.label)}")
    words += [f" {phrasing.word('WEIGHT')} ", phrasing.expression(node.weight, Level.SUM)]
    value = phrasing.expression(node.value, Level.SUM)
    words.append(Group((f" {phrasing.word('IS')}", SPACE, value)))
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)


def veto(phrasing: Phrasing, node: s.VetoNode) -> Doc:
    """Return `veto NAME "..." where CONDITION law X art n`, without what is unverified."""
    words: list[Doc] = [at(node), f"{phrasing.word('VETO')} {node.name.text}"]
    if node.label:
        words.append(f" {phrasing.label(node.label)}")
    words += [f" {phrasing.word('WHERE')}", SPACE, phrasing.expression(node.condition)]
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)


def settled(phrasing: Phrasing, rounding: Rounding) -> Doc:
    """Return `rounded half even`."""
    return phrasing.word(ROUNDING_TOKENS[rounding])


def grade_band(phrasing: Phrasing, node: s.GradeBandNode) -> Doc:
    """Return `band of LEVEL at least 80 less than 90 law X art n`."""
    words: list[Doc] = [at(node), f"{phrasing.word('BAND')} {node.level.text}"]
    for limit in node.limits:
        word = phrasing.word(LIMIT_TOKENS[limit.comparison])
        words += [f" {word} ", phrasing.expression(limit.points, Level.SUM)]
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)
