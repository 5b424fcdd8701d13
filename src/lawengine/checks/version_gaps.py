"""Days between two versions of one lineage that no version covers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.checks.check import Check, Sample
from lawengine.checks.words import interval_words, named
from lawengine.model.ratings import Grade, Score
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval, Rule
from lawengine.model.standards import Standard
from lawengine.model.statuses import Status
from lawengine.statutes import Library

_DAY = datetime.timedelta(days=1)
_BEFORE = Label("the version before", "前一版本")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the gaps of every rule, every list, benefit, duty and standard, and every figure.

    Edges: a repeal follows the last version like a version of its own.
    """
    del library
    lineages: Iterable[Rule | Status | Standard | Score | Grade] = chain(
        rulebook.rules.values(),
        rulebook.statuses.values(),
        rulebook.standards.values(),
        rulebook.ratings.values(),
    )
    for lineage in lineages:
        dated = [(version.interval, version.span) for version in lineage.versions]
        if lineage.repeal is not None:
            dated.append((Interval(lineage.repeal.start), lineage.span))
        yield from _gaps(named(lineage), dated)
    for parameter in rulebook.parameters.values():
        yield from _gaps(named(parameter), [(v.interval, v.span) for v in parameter.values])


def _gaps(name: Label, dated: Sequence[tuple[Interval, Span]]) -> Iterator[Diagnostic]:
    for (earlier, before), (later, span) in pairwise(dated):
        if earlier.end is None or earlier.end >= later.start - _DAY:
            continue
        words = {"name": name, "days": interval_words(_between(earlier.end, later.start))}
        yield Diagnostic("LAW302", span, words, Severity.WARNING, (Note(before, _BEFORE),))


def _between(end: datetime.date, start: datetime.date) -> Interval:
    return Interval(end + _DAY, start - _DAY)


_RULE = 'rule LAN.hawking "Hawking" / "叫卖"\n'

CHECK = Check(
    id="version-gaps",
    codes=("LAW302",),
    label=Label("Gaps between versions", "版本之间的空缺"),
    why=Label(
        "on a day without a version nothing can be decided, and an expired one is never applied",
        "没有版本的日期无法作出判断，且已失效的版本不会被沿用",
    ),
    run=run,
    samples=(
        Sample(f"""{_RULE}
  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    then warn

  version from 2016-01-01 to 2019-12-31
    law LAN-2016 art 3
    then warn

  repealed from 2020-01-01 law LAN-2016 art 9
"""),
        Sample(
            f"""{_RULE}
  version from 2001-01-01 to 2015-12-30
    law LAN-2001 art 3
    then warn

  version from 2016-01-01
    law LAN-2016 art 3
    then warn
""",
            "LAW302",
        ),
        Sample(
            f"""{_RULE}
  version from 2001-01-01 to 2014-12-31
    law LAN-2001 art 3
    then warn

  repealed from 2016-01-01 law LAN-2016 art 9
""",
            "LAW302",
        ),
        Sample(
            """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on

  version from 2001-01-01 to 2015-12-30
    law LAN-2001 art 3
    lasts 1 year from act.ended_on

  version from 2016-01-01
    law LAN-2016 art 3
    lasts 1 year from act.ended_on
""",
            "LAW302",
        ),
        Sample(
            """parameter limit "Limit" / "限额": money
  is 1_000 yuan from 2001-01-01 to 2010-06-30 law LAN-2001 art 3
  is 2_000 yuan from 2016-01-01 law LAN-2016 art 3
""",
            "LAW302",
        ),
    ),
)
