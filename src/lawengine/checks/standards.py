"""Discretion standards that set one thing twice, and versions of them that no scenario tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.words import SEMICOLON, joined, named
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.scenarios import ExpectRecommended, ExpectStep, Scenario
from lawengine.model.standards import Standard, StandardVersion
from lawengine.model.vocabulary import Role
from lawengine.statutes import Library

_PARTS = {
    "lighter": Label("the lighter step", "从轻阶次"),
    "heavier": Label("the heavier step", "从重阶次"),
    "point": Label("the recommended amount", "建议数额"),
}
_OTHER = Label("the other one", "另一项")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield parts of a band that two standards set, and versions without a scenario.

    A scenario tests the version in force on its day of decision, in the region that it gives, where
    it expects a step or a recommended fine.
    """
    del library
    standards = list(rulebook.standards.values())
    for one, other in combinations(standards, 2):
        yield from _clashes(one, other)
    scenarios = [one for one in rulebook.scenarios if _expects(one)]
    for standard in standards:
        parts = [
            Label(f"the version from {start}", f"自{start}起的版本")
            for start in (
                version.interval.start.isoformat()
                for version in standard.versions
                if not any(_tests(one, version, rulebook) for one in scenarios)
            )
        ]
        if parts:
            words = {"name": named(standard), "parts": joined(parts, SEMICOLON)}
            yield Diagnostic("LAW295", standard.span, words, Severity.WARNING)


def _clashes(one: Standard, other: Standard) -> Iterator[Diagnostic]:
    """Yield what two standards both set for one authority and region at one time."""
    for a in one.versions:
        for b in other.versions:
            same = (a.authority, a.region) == (b.authority, b.region)
            if not same or not a.interval.overlaps(b.interval):
                continue
            for part, label in _PARTS.items():
                if getattr(a, part) is not None and getattr(b, part) is not None:
                    day = max(a.interval.start, b.interval.start).isoformat()
                    words = {"name": named(one), "other": named(other), "part": label, "day": day}
                    yield Diagnostic("LAW294", b.span, words, notes=(Note(a.span, _OTHER),))


def _expects(scenario: Scenario) -> bool:
    return any(isinstance(one, ExpectStep | ExpectRecommended) for one in scenario.expectations)


def _tests(scenario: Scenario, version: StandardVersion, rulebook: Rulebook) -> bool:
    decided = Interval(scenario.decided_from, scenario.decided_to)
    if not decided.overlaps(version.interval):
        return False
    fact = rulebook.roles.get(Role.REGION)
    regions = {
        given.low
        for given in scenario.given
        if fact is not None and (given.entity, given.fact) == (fact.entity, fact.name)
    }
    return not version.region or version.region in regions


_ONE = """standard LAN.discretion "Discretion" / "裁量"

  version from 2016-01-01
    law LAN-2016 art 3
    lighter is lowest 30 % rounded down
"""
_TWO = """
standard HAR.discretion "Discretion in harbours" / "港口裁量"

  version from 2017-01-01
    law LAN-2016 art 3
    {clause}
"""
_SCENARIO = """
scenario "a lamp" / "一盏灯"
  given act.kind is lighting
        act.ended_on is 2017-05-05
  decided on {day}
  expect step ordinary
  because LAN-2016 art 3
"""
_OTHER_SHARE = "lighter is lowest 20 % rounded down"
_TESTED = _SCENARIO.format(day="2017-06-06")

CHECK = Check(
    id="standards",
    codes=("LAW294", "LAW295"),
    label=Label("Discretion standards", "裁量基准"),
    why=Label(
        "a step must have one range, and every version shows by a case what it recommends",
        "每一阶次只能有一个幅度，每一版本都应以案例说明其建议",
    ),
    run=run,
    samples=(
        Sample(_ONE + _TESTED),
        Sample(_ONE + _TWO.format(clause="heavier is highest 30 % rounded down") + _TESTED),
        Sample(
            _ONE + _TWO.format(clause="lighter is lowest 20 % rounded down") + _TESTED, "LAW294"
        ),
        Sample(_ONE, "LAW295"),
        Sample(_ONE + _SCENARIO.format(day="2015-12-31"), "LAW295"),
    ),
)
