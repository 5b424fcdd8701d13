"""Ways out of a list or a benefit that open only when it is over anyway."""

from __future__ import annotations

from collections.abc import Iterable

from lawengine.base.calendar import Period, Unit
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.words import named
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusKind
from lawengine.statutes import Library

_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the endings whose time is not shorter than the term they would cut.

    Edges: days and months are not compared with each other, nor anything with working days; a
    duty has no term to cut, only one to keep.
    """
    del library
    for status in rulebook.statuses.values():
        if status.kind is StatusKind.DUTY:
            continue
        for version in status.versions:
            for ending in version.endings:
                terms = version.terms
                if terms and all(_reaches(ending.after, term) for term in terms):
                    words = {"name": named(status)}
                    for word, time in (("after", ending.after), ("term", terms[0])):
                        words[word] = Label(time.text("en"), time.text("zh")) if time else Label()
                    yield Diagnostic("LAW327", ending.span, words, Severity.WARNING)


def _reaches(after: Period | None, term: Period | None) -> bool:
    if after is None or term is None:
        return False
    if after.unit in _MONTHS and term.unit in _MONTHS:
        return after.length * _MONTHS[after.unit] >= term.length * _MONTHS[term.unit]
    return after.unit is term.unit and after.length >= term.length


_LIST = """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    lasts {term} from act.ended_on
    removed after {after} where not act.serious
"""


def _sample(term: str, after: str, code: str = "") -> Sample:
    return Sample(_LIST.format(term=term, after=after), code)


CHECK = Check(
    id="late-endings",
    codes=("LAW327",),
    label=Label("Ways out that open too late", "开启过晚的终止情形"),
    why=Label(
        "a repair that opens when the listing is over anyway gives nobody anything",
        "期满之时才开启的修复，对任何人都没有意义",
    ),
    run=run,
    samples=(
        _sample("3 years", "35 months"),
        _sample("3 years", "90 days"),
        _sample("20 days", "20 working days"),
        Sample(_LIST.format(term="", after="9 years")),
        _sample("3 years", "36 months", "LAW327"),
        _sample("90 days", "91 days", "LAW327"),
    ),
)
