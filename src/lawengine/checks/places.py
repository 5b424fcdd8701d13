"""The places of a rulebook that rest on the law, each with its citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from lawengine.base.citation import Citation
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.checks.words import named
from lawengine.model.measures import Reference
from lawengine.model.ratings import Grade, GradeVersion, Score, ScoreVersion
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Definition, Interval, Rule, Table, Version
from lawengine.model.standards import Standard
from lawengine.model.statuses import Status


@dataclass(frozen=True, slots=True)
class Place:
    """A place that cites law.

    `interval` is when it applies, None for what has no dates of its own. `unverified` is the
    reason that the place gives, None where it has no room for one.
    """

    name: Label
    citations: tuple[Citation, ...]
    span: Span
    interval: Interval | None = None
    unverified: Label | None = None


def places(rulebook: Rulebook) -> Iterator[Place]:
    """Yield every place that cites law: rules, statuses, standards, scores, grades, then values."""
    for rule in rulebook.rules.values():
        for version in rule.versions:
            yield resting(rule, version)
            yield from _references(rule, version)
        if rule.repeal is not None and rule.repeal.law is not None:
            yield Place(named(rule), (rule.repeal.law,), rule.span)
    for status in rulebook.statuses.values():
        yield from _of_status(status)
    for standard in rulebook.standards.values():
        yield from _of_standard(standard)
    for rating in rulebook.ratings.values():
        yield from _of_rating(rating)
    yield from _of_values(rulebook)
    for fact in rulebook.vocabulary.facts():
        if fact.presumption is not None and fact.presumption.law is not None:
            yield Place(Label(fact.path, fact.alias), (fact.presumption.law,), fact.span)
    for scenario in rulebook.scenarios:
        yield Place(scenario.label, scenario.because, scenario.span)


def _of_values(rulebook: Rulebook) -> Iterator[Place]:
    for parameter in rulebook.parameters.values():
        for value in parameter.values:
            law = (value.law,) if value.law else ()
            yield Place(named(parameter), law, value.span, value.interval, value.unverified)
    things: Iterable[Definition | Table] = chain(
        rulebook.definitions.values(), rulebook.tables.values()
    )
    for thing in things:
        yield Place(named(thing), thing.law, thing.span, unverified=thing.unverified)


def resting(rule: Rule, version: Version) -> Place:
    """Return the version of a rule with what it applies and what it finds broken."""
    law = (*version.law, *version.breaches)
    return Place(named(rule), law, version.span, version.interval, version.unverified)


def _of_status(status: Status) -> Iterator[Place]:
    """Yield the versions of a list, benefit or duty, their measures and their endings.

    Edges: a mark "unverified" of a version speaks for the endings, and for measures without one;
    an ending without days of its own is asked for those of its version.
    """
    name = named(status)
    for version in status.versions:
        days, mark = version.interval, None if version.unverified else version.unverified
        yield Place(name, version.law, version.span, days, version.unverified)
        for measure in version.measures:
            yield Place(name, measure.law, measure.span, days, measure.unverified or mark)
        for ending in version.endings:
            yield Place(name, ending.law, ending.span, ending.interval or days, mark)
    if status.repeal is not None and status.repeal.law is not None:
        yield Place(name, (status.repeal.law,), status.span)


def _of_standard(standard: Standard) -> Iterator[Place]:
    """Yield the versions of a discretion standard and its circumstances."""
    name = named(standard)
    for version in standard.versions:
        days, mark = version.interval, None if version.unverified else version.unverified
        yield Place(name, version.law, version.span, days, version.unverified)
        for one in version.circumstances:
            yield Place(name, one.law, one.span, days, mark)
    if standard.repeal is not None and standard.repeal.law is not None:
        yield Place(name, (standard.repeal.law,), standard.span)


def _of_rating(rating: Score | Grade) -> Iterator[Place]:
    """Yield the versions of a score or grade, with its indicators, vetoes and bands.

    Edges: a mark "unverified" of a version speaks for bands, and for the rest where it has none.
    """
    name = named(rating)
    for version in rating.versions:
        days, mark = version.interval, None if version.unverified else version.unverified
        yield Place(name, version.law, version.span, days, version.unverified)
        for band in version.bands if isinstance(version, GradeVersion) else ():
            yield Place(name, band.law, band.span, days, mark)
        for item in version.indicators if isinstance(version, ScoreVersion) else ():
            yield Place(name, item.law, item.span, days, item.unverified or mark)
        for veto in version.vetoes:
            yield Place(name, veto.law, veto.span, days, veto.unverified or mark)
    if rating.repeal is not None and rating.repeal.law is not None:
        yield Place(name, (rating.repeal.law,), rating.span)


def _references(rule: Rule, version: Version) -> Iterator[Place]:
    # The law that a rule sends the case to has its own time; a mark of the version speaks for it.
    mark = None if version.unverified else version.unverified
    for found in version.all_consequences():
        if isinstance(found, Reference) and found.law is not None:
            yield Place(named(rule), (found.law,), found.span, unverified=mark)


def whole(citation: Citation) -> tuple[str, int]:
    """Return what all citations share of which one covers another: a key to look them up by."""
    return citation.instrument, citation.article.number
