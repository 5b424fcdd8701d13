"""Definitions and tables that are used on days when none of the law they cite was in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.checks.check import Check, Sample
from lawengine.checks.walking import conditions_of, names_in
from lawengine.checks.words import interval_words, named
from lawengine.model.expressions import Expression
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Definition, Interval, Table
from lawengine.statutes import Library

_DAY = datetime.timedelta(days=1)
_USED = Label("used here", "在此使用")


class Use(NamedTuple):
    """A version, or a way out with days of its own, and what it rests on."""

    span: Span
    interval: Interval
    conditions: Iterable[Expression]


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield each definition and table with the first use of it that its law does not reach.

    Edges: one that cites no law, or a text that the library lacks, is left alone.
    """
    users = _users(rulebook)
    things: Iterable[Definition | Table] = chain(
        rulebook.definitions.values(), rulebook.tables.values()
    )
    for thing in things:
        found = [library.instrument(citation.instrument) for citation in thing.law]
        known = [Interval(i.in_force_from, i.in_force_to) for i in found if i is not None]
        if not known or len(known) < len(found):
            continue
        for use in users.get(thing.name, ()):
            days = next(_uncovered(use.interval, known), None)
            if days is not None:
                words = {"name": named(thing), "days": interval_words(days)}
                note = Note(use.span, _USED)
                yield Diagnostic("LAW317", thing.span, words, Severity.WARNING, (note,))
                break


def _users(rulebook: Rulebook) -> Mapping[str, list[Use]]:
    """Return what uses each definition or table, itself or through another, the earliest first."""
    users: dict[str, list[Use]] = {}
    for use in _uses(rulebook):
        names: set[str] = set()
        for condition in use.conditions:
            names |= names_in(condition, rulebook)
        for name in names:
            users.setdefault(name, []).append(use)
    for found in users.values():
        found.sort(key=lambda use: use.interval.start)
    return users


def _uses(rulebook: Rulebook) -> Iterator[Use]:
    for rule in rulebook.rules.values():
        for version in rule.versions:
            yield Use(version.span, version.interval, conditions_of(version))
    for status in rulebook.statuses.values():
        for dated in status.versions:
            yield Use(dated.span, dated.interval, dated.beginning())
            for ending in dated.endings:
                yield Use(ending.span, ending.interval or dated.interval, ending.expressions())
    for standard in rulebook.standards.values():
        for own in standard.versions:
            yield Use(own.span, own.interval, own.expressions())
    for rating in rulebook.ratings.values():
        for rated in rating.versions:
            yield Use(rated.span, rated.interval, rated.expressions())


def _uncovered(interval: Interval, force: Iterable[Interval]) -> Iterator[Interval]:
    """Yield the days of `interval` that no other interval covers."""
    start = interval.start
    for other in sorted(force, key=lambda found: found.start):
        if other.end is not None and other.end < start:
            continue
        if other.start > start:
            break
        if other.end is None:
            return
        start = other.end + _DAY
    if interval.end is None or start <= interval.end:
        later = [other.start - _DAY for other in force if other.start > start]
        ends = [end for end in (interval.end, *later) if end is not None]
        yield Interval(start, min(ends, default=None))


_DEFINITION = 'define loud "loud hawking" / "高声叫卖" as\n  act.kind is hawking and act.serious\n'
_RULE = """
rule LAN.hawking "Hawking" / "叫卖"

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    when loud
    then warn

  version from 2016-01-01
    law LAN-2016 art 3
    when loud
    then warn
"""

_LIST = """
list LAN.loud of act "Loud" / "高声者"
  dated by act.ended_on

  version from 2016-01-01
    law LAN-2016 art 3
    lasts 1 year from act.ended_on
    removed where not loud
"""
_LATE_WAY = """
list LAN.loud of act "Loud" / "高声者"
  dated by act.ended_on

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    lasts 20 years from act.ended_on
    removed from 2016-01-01 where not loud law LAN-2016 art 3
"""

CHECK = Check(
    id="shared-law",
    codes=("LAW317",),
    label=Label(
        "Definitions used outside the time of their law", "在所引法律施行期间之外使用的定义"
    ),
    why=Label(
        "a definition shared by several versions rests on the text of each of their times",
        "为多个版本共用的定义，应以各该时期的文本为依据",
    ),
    run=run,
    samples=(
        Sample(f"{_DEFINITION}  law LAN-2001 art 3, LAN-2016 art 3\n{_RULE}"),
        Sample(f"{_DEFINITION}{_RULE}"),
        Sample(f"{_DEFINITION}  law LAN-2016 art 3\n{_RULE}", "LAW317"),
        Sample(f"{_DEFINITION}  law LAN-2001 art 3\n{_RULE}", "LAW317"),
        Sample(f"{_DEFINITION}  law LAN-2001 art 3\n{_LIST}", "LAW317"),
        Sample(f"{_DEFINITION}  law LAN-2016 art 3\n{_LATE_WAY}"),
        Sample(f"{_DEFINITION}  law LAN-2001 art 3\n{_LATE_WAY}", "LAW317"),
    ),
)
