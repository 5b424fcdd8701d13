"""Versions that apply a text on days when it was not in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.places import Place, places
from lawengine.checks.words import cited, interval_words
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.statutes import Instrument, Library

_DAY = datetime.timedelta(days=1)


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the versions and figures that reach outside the time of the law they cite."""
    for place in places(rulebook):
        if place.interval is not None:
            seen: set[tuple[str, bool]] = set()
            for citation in place.citations:
                instrument = library.instrument(citation.instrument)
                if instrument is None:
                    continue
                for found in _outside(place, place.interval, citation, instrument, library):
                    # One finding for each text and code, however many of its articles are cited.
                    key = (instrument.id, found.code == "LAW314")
                    if key not in seen:
                        yield found
                    seen.add(key)


def _outside(
    place: Place, interval: Interval, citation: Citation, instrument: Instrument, library: Library
) -> Iterator[Diagnostic]:
    force = Interval(instrument.in_force_from, instrument.in_force_to)
    words: dict[str, object] = {"name": place.name, "citation": cited(citation, library)}
    for days in _days_outside(interval, force):
        known = words | {"days": interval_words(days), "force": interval_words(force)}
        yield Diagnostic("LAW304", place.span, known, article=citation)
    if interval.end is None and force.end is not None:
        after = Interval(max(interval.start, force.end + _DAY))
        known = words | {"days": interval_words(after), "end": force.end.isoformat()}
        yield Diagnostic("LAW314", place.span, known, article=citation)


def _days_outside(interval: Interval, force: Interval) -> Iterator[Interval]:
    """Yield the days of `interval` before and after `force`, an open end left out."""
    if interval.start < force.start:
        last = force.start - _DAY
        yield Interval(interval.start, last if interval.end is None else min(interval.end, last))
    if force.end is not None and interval.end is not None and interval.end > force.end:
        yield Interval(max(interval.start, force.end + _DAY), interval.end)


_RULE = 'rule LAN.hawking "Hawking" / "叫卖"\n'

_LIST = """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    lasts 1 year from act.ended_on
"""

CHECK = Check(
    id="law-in-force",
    codes=("LAW304", "LAW314"),
    label=Label("Law applied outside its time", "在施行期间之外适用的法律"),
    why=Label(
        "a text decides only what happened while it was in force",
        "法律文本只适用于其施行期间发生的行为",
    ),
    run=run,
    samples=(
        Sample(f"""{_RULE}
  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3 breaches LAN-2001 art 9
    then warn

  version from 2016-01-01
    law LAN-2016 art 3
    then warn
"""),
        Sample(
            f"""{_RULE}
  version from 2000-12-31 to 2015-12-31
    law LAN-2001 art 3
    then warn
""",
            "LAW304",
        ),
        Sample(
            f"""{_RULE}
  version from 2001-01-01 to 2016-01-01
    law LAN-2001 art 3 breaches LAN-2001 art 9
    then warn
""",
            "LAW304",
        ),
        Sample(f"""{_LIST}
    removed from 2016-01-01 after 1 year where not act.serious law LAN-2016 art 3
    measure no_lamps "no lamps" / "不得点灯" law LAN-2001 art 9
"""),
        Sample(f"{_LIST}    removed where not act.serious law LAN-2016 art 3\n", "LAW304"),
        Sample(
            f'{_LIST}    measure no_lamps "no lamps" / "不得点灯" law LAN-2016 art 9\n', "LAW304"
        ),
        Sample(
            """parameter limit "Limit" / "限额": money
  is 1_000 yuan from 2012-01-01 to 2013-12-31 law LAN-2016 art 3
""",
            "LAW304",
        ),
        Sample(
            f"""{_RULE}
  version from 2010-01-01
    law HAR-2010 art 5
    then warn
""",
            "LAW314",
        ),
    ),
)
