"""How the clauses of reforms are written."""

from __future__ import annotations

import datetime

from lawengine.language import syntax as s
from lawengine.language.layout import Doc
from lawengine.language.print_expressions import Level, Phrasing, at


def reach(phrasing: Phrasing, since: datetime.date | None) -> str:
    """Return `from D` or `as if always`."""
    if since is None:
        return phrasing.word("ALWAYS")
    return f"{phrasing.word('FROM')} {since.isoformat()}"


def in_force(phrasing: Phrasing, on: datetime.date | None) -> str:
    """Return `version on D`, with a space before it, or nothing."""
    if on is None:
        return ""
    return f" {phrasing.word('VERSION')} {phrasing.word('ON')} {on.isoformat()}"


def amend_head(phrasing: Phrasing, node: s.AmendNode) -> Doc:
    """Return `amend RULE version on D from D`."""
    target = (phrasing.word("AMEND"), " ", phrasing.name(node.norm))
    return (at(node), *target, in_force(phrasing, node.on), " ", reach(phrasing, node.since))


def figure(phrasing: Phrasing, node: s.FigureNode) -> Doc:
    """Return `set PARAMETER is V from D law X art n`."""
    words: list[Doc] = [at(node), phrasing.word("SET"), " ", phrasing.name(node.figure)]
    value = phrasing.expression(node.value, Level.SUM)
    words += [in_force(phrasing, node.on), f" {phrasing.word('IS')} ", value]
    words.append(f" {reach(phrasing, node.since)}")
    if node.law is not None:
        words += [" ", phrasing.citations("LAW", [node.law])]
    return tuple(words)


def repealing(phrasing: Phrasing, node: s.RepealingNode) -> Doc:
    """Return `repeal RULE from D`."""
    target = (phrasing.word("REPEAL"), " ", phrasing.name(node.norm))
    return (at(node), *target, " ", reach(phrasing, node.since))


def strike(phrasing: Phrasing, node: s.StrikeNode) -> Doc:
    """Return `strike fine if C further if D`."""
    words: list[Doc] = [at(node), phrasing.word("STRIKE")]
    if node.measure is not None:
        words += [f" {phrasing.word('MEASURE')} ", phrasing.name(node.measure)]
    elif node.what:
        fine = node.what == "FINE" and phrasing.chinese
        words.append(f" {phrasing.word('FINE_NOUN' if fine else node.what)}")
    for token, condition in zip(("IF", "FURTHER_IF"), node.path, strict=False):
        words += [f" {phrasing.word(token)} ", phrasing.expression(condition)]
    return tuple(words)
