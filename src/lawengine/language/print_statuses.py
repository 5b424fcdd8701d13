"""How the clauses of lists, benefits and duties are written."""

from __future__ import annotations

import datetime

from lawengine.language import syntax as s
from lawengine.language.layout import SPACE, Doc
from lawengine.language.print_expressions import Level, Phrasing, at
from lawengine.language.token_meanings import ENDING_TOKENS


def interval(phrasing: Phrasing, start: datetime.date, end: datetime.date | None) -> str:
    """Return `from D to D`."""
    until = f" {phrasing.word('TO')} {end.isoformat()}" if end else ""
    return f"{phrasing.word('FROM')} {start.isoformat()}{until}"


def runs(phrasing: Phrasing, node: s.RunsNode) -> Doc:
    """Return `lasts 3 years from ...`, `due 15 days from ...`, or `due 7 days before ...`."""
    verb = "EXERCISED" if node.right else "DUE" if node.due else "LASTS"
    words: list[Doc] = [at(node), phrasing.word(verb)]
    if node.cases:
        words.append(f" {phrasing.word('WHICHEVER')}")
    if node.term is not None:
        words.append(f" {node.term.text(phrasing.language)}")
    for token, day in (("FROM", node.start), ("BEFORE", node.before)):
        if day is not None:
            words += [f" {phrasing.word(token)} ", phrasing.expression(day, Level.SUM)]
    return tuple(words)


def term_case(phrasing: Phrasing, node: s.TermCaseNode) -> Doc:
    """Return `3 years where ... law X art n`, or `1 year otherwise`."""
    words: list[Doc] = [at(node), node.term.text(phrasing.language)]
    if node.condition is None:
        words.append(f" {phrasing.word('OTHERWISE')}")
    else:
        words += [f" {phrasing.word('WHERE')}", SPACE, phrasing.expression(node.condition)]
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)


def joint_measure(phrasing: Phrasing, node: s.JointMeasureNode) -> Doc:
    """Return `measure NAME "..." by AUTHORITY law X art n`, without what is unverified."""
    words: list[Doc] = [at(node), f"{phrasing.word('MEASURE')} {node.name.text}"]
    if node.label:
        words.append(f" {phrasing.label(node.label)}")
    if node.authority is not None:
        words.append(f" {phrasing.word('BY')} {node.authority.text}")
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)


def late(phrasing: Phrasing, node: s.LateNode) -> Doc:
    """Return `late adds SUM law X art n`, without what is unverified."""
    amount = phrasing.expression(node.amount, Level.SUM)
    words: list[Doc] = [at(node), f"{phrasing.word('LATE_ADDS')} ", amount]
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)


def ending(phrasing: Phrasing, node: s.EndingNode) -> Doc:
    """Return `removed from D on DATE after 1 year where ... law X art n`."""
    words: list[Doc] = [at(node), phrasing.word(ENDING_TOKENS[node.kind])]
    if node.interval is not None:
        words.append(f" {interval(phrasing, *node.interval)}")
    if node.on is not None:
        words += [f" {phrasing.word('ON')} ", phrasing.expression(node.on, Level.SUM)]
    if node.after is not None:
        elapsed = phrasing.word("ELAPSED" if phrasing.chinese else "AFTER")
        words.append(f" {elapsed} {node.after.text(phrasing.language)}")
    if node.condition is not None:
        words += [f" {phrasing.word('WHERE')}", SPACE, phrasing.expression(node.condition)]
    if node.law:
        words += [" ", phrasing.citations("LAW", node.law)]
    return tuple(words)
