"""Rules, versions and tiers that no scenario tests."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.conditions import Box, Conditions, Term, both
from lawengine.checks.domains import ORDERED, Domain, Members, Range, number
from lawengine.checks.places import whole
from lawengine.checks.walking import tiers_of
from lawengine.checks.words import SEMICOLON, joined, named
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedBy, Interval, Rule, Tier, Version
from lawengine.model.scenarios import ExpectRule, Scenario
from lawengine.model.vocabulary import Role
from lawengine.statutes import Library

_WHOLE = Label("the rule as a whole", "整条规则")
_TIER = Label("a tier without a scenario", "没有情景的档次")


@dataclass(frozen=True, slots=True)
class TierCoverage:
    """One tier of a version, counted from 1, and how many scenarios test it."""

    number: int
    tier: Tier
    scenarios: int


@dataclass(frozen=True, slots=True)
class VersionCoverage:
    """One version of a rule with its tiers, and how many scenarios test it."""

    version: Version
    scenarios: int
    tiers: tuple[TierCoverage, ...]


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """One rule with its versions, and how many scenarios test it."""

    rule: Rule
    scenarios: int
    versions: tuple[VersionCoverage, ...]

    def gaps(self) -> Iterator[tuple[Label, TierCoverage | None]]:
        """Yield what no scenario tests: the whole rule, or versions and tiers of it."""
        if not self.scenarios:
            yield _WHOLE, None
            return
        for found in self.versions:
            start = found.version.interval.start.isoformat()
            if not found.scenarios:
                yield Label(f"the version from {start}", f"自{start}起的版本"), None
                continue
            for tier in found.tiers:
                if not tier.scenarios:
                    yield (
                        Label(
                            f"tier {tier.number} of the version from {start}",
                            f"自{start}起版本的第{tier.number}档",
                        ),
                        tier,
                    )


@dataclass(frozen=True, slots=True)
class _Tested:
    """A scenario, the days it is about, and what its facts say."""

    scenario: Scenario
    conduct: Interval | None
    decision: Interval
    facts: Box


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield one finding for each rule of which something has no scenario."""
    del library
    for found in rule_coverage(rulebook):
        gaps = tuple(found.gaps())
        if gaps:
            parts = joined((part for part, _ in gaps), SEMICOLON)
            words = {"name": named(found.rule), "parts": parts}
            notes = tuple(Note(tier.tier.span, _TIER) for _, tier in gaps if tier is not None)
            yield Diagnostic("LAW313", found.rule.span, words, Severity.WARNING, notes)


def rule_coverage(rulebook: Rulebook) -> tuple[RuleCoverage, ...]:
    """Return how many scenarios test each rule, version and tier, in the order of the rules.

    A scenario tests a rule whose state it expects or whose article it names as its ground; the
    version of the day it is about; and each tier whose condition its facts settle with yes.
    """
    tested = _Index([_read(scenario, rulebook) for scenario in rulebook.scenarios])
    conditions = Conditions(rulebook)
    return tuple(_covered(rule, tested.of(rule), conditions) for rule in rulebook.rules.values())


def _covered(rule: Rule, mine: Sequence[_Tested], conditions: Conditions) -> RuleCoverage:
    versions = []
    for version in rule.versions:
        reached = [found for found in mine if _reaches(found, rule, version)]
        reader = conditions.during(version.interval)
        tiers = tuple(
            TierCoverage(
                number_,
                tier,
                sum(_settles(found, (*outer, tier), reader) for found in reached),
            )
            for number_, (outer, tier) in enumerate(tiers_of(version), 1)
        )
        versions.append(VersionCoverage(version, len(reached), tiers))
    return RuleCoverage(rule, len(mine), tuple(versions))


class _Index:
    """Finds the scenarios of a rule without asking each of them."""

    def __init__(self, tested: Sequence[_Tested]) -> None:
        self.tested = tested
        self.by_rule: dict[str, list[int]] = {}
        self.by_article: dict[tuple[str, int], list[int]] = {}
        for number_, one in enumerate(tested):
            for expected in one.scenario.expectations:
                if isinstance(expected, ExpectRule):
                    self.by_rule.setdefault(expected.rule, []).append(number_)
            for law in one.scenario.because:
                self.by_article.setdefault(whole(law), []).append(number_)

    def of(self, rule: Rule) -> list[_Tested]:
        """Return the scenarios that expect a state of `rule` or name its law as their ground."""
        found = set(self.by_rule.get(rule.name, ()))
        for version in rule.versions:
            near = {n for law in version.law for n in self.by_article.get(whole(law), ())}
            found |= {n for n in near if _grounds(self.tested[n].scenario, version)}
        return [self.tested[number_] for number_ in sorted(found)]


def _grounds(scenario: Scenario, version: Version) -> bool:
    """Tell whether the scenario names the law of the version as its ground."""
    return any(
        c.instrument == law.instrument
        and (c.article.covers(law.article) or law.article.covers(c.article))
        for c in scenario.because
        for law in version.law
    )


def _reaches(tested: _Tested, rule: Rule, version: Version) -> bool:
    if _grounds(tested.scenario, version):
        return True
    by_decision = rule.dated_by is DatedBy.DECISION
    days = tested.decision if by_decision else tested.conduct
    return days is not None and days.overlaps(version.interval)


def _settles(tested: _Tested, tiers: Iterable[Tier], conditions: Conditions) -> bool:
    """Tell whether the facts leave no way in which one of the tiers is not reached."""
    return all(
        both((tested.facts,), conditions.read(tier.condition, wanted=False)) == () for tier in tiers
    )


def _read(scenario: Scenario, rulebook: Rulebook) -> _Tested:
    vocabulary = rulebook.vocabulary
    facts: dict[Term, Domain] = {
        e.FactOf(fact.entity, fact.name, fact.type): Members(frozenset({fact.presumption.value}))
        for fact in vocabulary.facts()
        if fact.presumption is not None
    }
    conduct = vocabulary.with_role(Role.CONDUCT_DATE)
    days: Interval | None = None
    for given in scenario.given:
        if given.element or not given.fact:
            continue
        kind = vocabulary.fact(given.entity, given.fact).type
        domain: Domain = Members(frozenset({given.low, given.high}))
        if kind.kind in ORDERED:
            domain = Range((number(given.low), 0), (number(given.high), 0))
        facts[e.FactOf(given.entity, given.fact, kind)] = domain
        is_conduct = conduct is not None and (conduct.entity, conduct.name) == (
            given.entity, given.fact,
        )  # fmt: skip
        if is_conduct and isinstance(given.low, datetime.date):
            days = Interval(given.low, given.high)  # type: ignore[arg-type]  # a DATE
    return _Tested(scenario, days, Interval(scenario.decided_from, scenario.decided_to), facts)


def _samples() -> Iterator[Sample]:
    rule = """rule LAN.hawking "Hawking" / "叫卖"

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    when act.kind is hawking
    then warn

  version from 2016-01-01
    law LAN-2016 art 3
    when act.kind is hawking
    then warn
    if act.serious and not act.minor
       fine 100 yuan

"""
    early = """scenario "before 2016" / "2016年以前"
  given act.kind is hawking
        act.ended_on is 2010
  decided on 2010-12-31
  expect LAN.hawking established

"""
    later = """scenario "since 2016" / "2016年以后"
  given act.kind is hawking
        act.serious is yes
        act.gain is 10 yuan to 20 yuan
        act.ended_on is 2016-02-03
        2 order with order.amount is 3 yuan
  decided on 2016-12-31
  expect fine 100 yuan
  because LAN-2016 art 3

"""
    yield Sample(rule + early + later)
    yield Sample(rule, "LAW313")
    yield Sample(rule + early, "LAW313")
    yield Sample(rule + later, "LAW313")
    yield Sample(rule + early + later.replace("act.serious is yes", "act.serious is no"), "LAW313")


CHECK = Check(
    id="scenario-coverage",
    codes=("LAW313",),
    label=Label("Rules without a scenario", "没有情景的规则"),
    why=Label(
        "a rule that nothing tests is a claim; one scenario shows what it means",
        "未经检验的规则只是主张，一个情景即可说明其含义",
    ),
    run=run,
    samples=tuple(_samples()),
)
