"""Lists, benefits, duties, scores and grades, and versions of them, that no scenario tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.words import SEMICOLON, joined, named
from lawengine.model import expressions as e
from lawengine.model.ratings import Grade, Score
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.scenarios import (
    Expectation,
    ExpectGrade,
    ExpectOpen,
    ExpectScore,
    ExpectStatus,
    Scenario,
)
from lawengine.model.statuses import Status
from lawengine.model.vocabulary import Role
from lawengine.statutes import Library

Norm: TypeAlias = Status | Score | Grade
_WHOLE = Label("the norm as a whole", "整条规范")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield one finding for each list, benefit, duty, score and grade that lacks a scenario.

    A scenario tests those whose state it expects, and of these the version of each day that it
    gives for the date by which the version is picked.
    """
    del library
    norms: Iterable[Norm] = chain(rulebook.statuses.values(), rulebook.ratings.values())
    for status in norms:
        mine = [scenario for scenario in rulebook.scenarios if _expects(scenario, status)]
        parts = list(_untested(status, mine, rulebook)) if mine else [_WHOLE]
        if parts:
            words = {"name": named(status), "parts": joined(parts, SEMICOLON)}
            yield Diagnostic("LAW326", status.span, words, Severity.WARNING)


def _expects(scenario: Scenario, status: Norm) -> bool:
    return any(_expected_of(expected) == status.name for expected in scenario.expectations)


def _expected_of(expected: Expectation) -> str:
    """Return the status, score or grade that is expected; "" where it is something else."""
    match expected:
        case ExpectStatus(status=name) | ExpectScore(score=name) | ExpectGrade(grade=name):
            return name
        case ExpectOpen(rating=name):
            return name
        case _:
            return ""


def _untested(status: Norm, scenarios: Iterable[Scenario], rulebook: Rulebook) -> Iterator[Label]:
    days = [day for scenario in scenarios for day in _days(scenario, status, rulebook)]
    for version in status.versions:
        if not any(day.overlaps(version.interval) for day in days):
            start = version.interval.start.isoformat()
            yield Label(f"the version from {start}", f"自{start}起的版本")


def _days(scenario: Scenario, status: Norm, rulebook: Rulebook) -> Iterator[Interval]:
    """Yield the days that the scenario gives for the date by which the version is picked."""
    dated_by = status.dated_by
    if not isinstance(dated_by, e.FactOf):
        return
    fact = rulebook.vocabulary.fact(dated_by.entity, dated_by.fact)
    if fact.role is Role.DECISION_DATE:
        yield Interval(scenario.decided_from, scenario.decided_to)
    for given in scenario.given:
        if (given.entity, given.fact) == (dated_by.entity, dated_by.fact):
            yield Interval(given.low, given.high)  # type: ignore[arg-type]  # a DATE


def _samples() -> Iterator[Sample]:
    norm = """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    lasts 1 year from act.ended_on

  version from 2016-01-01
    law LAN-2016 art 3
    lasts 1 year from act.ended_on

"""
    early = """scenario "before 2016" / "2016年以前"
  given act.ended_on is 2010
  decided on 2010-12-31
  expect LAN.hawkers listed

"""
    later = early.replace("before 2016", "since 2016").replace("2010", "2017")
    yield Sample(norm + early + later)
    yield Sample(norm, "LAW326")
    yield Sample(norm + early, "LAW326")
    yield Sample(norm + later, "LAW326")
    yield Sample(norm + early + later.replace("LAN.hawkers listed", "undetermined"), "LAW326")
    decided = norm.replace("dated by act.ended_on", "dated by case.decided_on")
    yield Sample(decided + early + later)
    yield Sample(decided + early, "LAW326")


CHECK = Check(
    id="status-coverage",
    codes=("LAW326",),
    label=Label("Lists, benefits and duties without a scenario", "没有情景的名单、激励与义务"),
    why=Label(
        "a list that nothing tests is a claim; one scenario shows who stands on it",
        "未经检验的名单只是主张，一个情景即可说明何人列入",
    ),
    run=run,
    samples=tuple(_samples()),
)
