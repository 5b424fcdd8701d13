"""Scores and grades of a case, each worked out once, within the bounds that open facts leave.

Law: an indicator whose facts are missing is never taken for zero. It counts from the lowest to the
highest points of the scale, so the score contains every score that the missing facts can give, and
a grade is settled only when all of that lies in one band, or a veto holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from fractions import Fraction

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.points import points_text
from lawengine.base.source import NOWHERE
from lawengine.base.truth import Truth, conjunction, disjunction
from lawengine.evaluation.domains import bounds, compare, compute, hull, intersect, rounded
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import UNKNOWN, Domain, FactKey, Known
from lawengine.evaluation.states import date_needs, in_force, versions_within
from lawengine.evaluation.trace import Finding, Need, merge_needs
from lawengine.model.expressions import Operation, Rated
from lawengine.model.ratings import (
    Grade,
    GradeBand,
    GradeVersion,
    Indicator,
    Score,
    ScoreVersion,
    Veto,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import POINTS, YES_NO
from lawengine.registers.rating_findings import (
    BandFinding,
    Chain,
    GradeFinding,
    GradeVersionFinding,
    IndicatorFinding,
    ScoreFinding,
    ScoreVersionFinding,
    VetoFinding,
)

Numbers = int | Fraction
Look = Callable[[Chain, Domain, FactKey | None], View]
"""Gives what conditions see from a chain of instances, with the figures of a day."""


@dataclass(slots=True)
class Rater:
    """Works out scores and grades; `look` opens a view in which lists can be asked for, too."""

    rulebook: Rulebook
    look: Look
    _scores: dict[tuple[str, str], ScoreFinding] = field(default_factory=dict)
    _grades: dict[tuple[str, str], GradeFinding] = field(default_factory=dict)

    def rated(self, name: str, chain: Chain) -> Finding:
        """Return the points or the level that a condition asks for; open where nobody has it."""
        score, grade = self.rulebook.scores.get(name), self.rulebook.grades.get(name)
        if score is not None and score.entity in chain:
            found = self.score(score, chain)
            return Finding(Rated(name, POINTS), found.value, _unless_known(found))
        if grade is not None and grade.entity in chain:
            level = self.grade(grade, chain)
            needs = () if isinstance(level.domain, Known) else level.needs
            return Finding(Rated(name, YES_NO), level.domain, needs)
        return Finding(Rated(name, YES_NO), UNKNOWN)

    # --- scores ---

    def score(self, score: Score, chain: Chain) -> ScoreFinding:
        """Return the score of the instance of its entity in the chain."""
        key = score.name, chain[score.entity].path
        if key not in self._scores:
            self._scores[key] = self._score(score, chain)
        return self._scores[key]

    def _score(self, score: Score, chain: Chain) -> ScoreFinding:
        dated = evaluate(score.dated_by, self.look(chain, UNKNOWN, None))
        candidates, gap = versions_within(score, dated.domain)
        found = tuple(
            self._score_version(
                score, version, self.look(chain, in_force(dated.domain, version), dated.key)
            )
            for version in candidates
        )
        value = UNKNOWN if gap else hull(version.value for version in found)
        needs = date_needs(score, dated.domain, dated.key) if len(found) > 1 or gap else ()
        needs = merge_needs(needs, *(version.needs for version in found))
        return ScoreFinding(
            score, chain[score.entity], dated.domain, dated.key, found, gap, value, needs
        )

    def _score_version(
        self, score: Score, version: ScoreVersion, view: View
    ) -> ScoreVersionFinding:
        indicators = tuple(_indicator(item, score, view) for item in version.indicators)
        vetoes = tuple(_veto(item, view) for item in version.vetoes)
        total: Domain = Known(0)
        for item in indicators:
            total = compute(Operation.ADD, total, item.product)
        value = total if version.rounding is None else rounded(total, version.rounding)
        needs = _needs(sorted(indicators, key=_spread, reverse=True), vetoes)
        return ScoreVersionFinding(version, view.law_day, indicators, vetoes, total, value, needs)

    # --- grades ---

    def grade(self, grade: Grade, chain: Chain) -> GradeFinding:
        """Return the grade of the instance of its entity in the chain."""
        key = grade.name, chain[grade.entity].path
        if key not in self._grades:
            self._grades[key] = self._grade(grade, chain)
        return self._grades[key]

    def _grade(self, grade: Grade, chain: Chain) -> GradeFinding:
        dated = evaluate(grade.dated_by, self.look(chain, UNKNOWN, None))
        candidates, gap = versions_within(grade, dated.domain)
        found = tuple(
            self._grade_version(
                version, chain, self.look(chain, in_force(dated.domain, version), dated.key)
            )
            for version in candidates
        )
        levels = frozenset(level for version in found for level in version.levels)
        needs: tuple[Need, ...] = ()
        if len(levels) != 1 or gap:
            if len(found) > 1 or gap:
                needs = date_needs(grade, dated.domain, dated.key)
            needs = merge_needs(needs, *(version.needs for version in found))
        return GradeFinding(
            grade, chain[grade.entity], dated.domain, dated.key, found, gap, levels, needs
        )

    def _grade_version(
        self, version: GradeVersion, chain: Chain, view: View
    ) -> GradeVersionFinding:
        score = self.score(self.rulebook.scores[version.score], chain)
        vetoes = tuple(_veto(item, view) for item in version.vetoes)
        vetoed = score.vetoed | disjunction(veto.truth for veto in vetoes)
        bands = tuple(_band(band, score.value, view) for band in version.bands)
        levels = {item.band.level for item in bands if item.truth is not Truth.FALSE}
        if vetoed is Truth.TRUE:
            levels = {version.vetoed}
        elif vetoed is Truth.UNKNOWN:
            levels |= {version.vetoed}
        needs = merge_needs(score.needs, *(v.condition.needs for v in vetoes if _open(v)))
        return GradeVersionFinding(
            version, view.law_day, score, bands, vetoes, vetoed, frozenset(levels),
            needs if len(levels) > 1 else (),
        )  # fmt: skip


def off_scale(found: ScoreFinding) -> Iterator[Diagnostic]:
    """Yield each indicator whose facts give points that its scale does not have."""
    score = found.score
    for version in found.versions:
        for item in version.indicators:
            if not item.outside:
                continue
            entry = next(iter(item.value.facts().values()), None)
            low, high = (points_text(end) for end in (score.low, score.high))
            words = {
                "name": item.indicator.label or Label(item.indicator.name, item.indicator.name),
                "points": _ends(item.value.domain),
                "low": low,
                "high": high,
            }
            yield Diagnostic("LAW262", NOWHERE if entry is None else entry.span, words)


def _ends(domain: Domain) -> Label:
    ends = [points_text(end) for end in dict.fromkeys(bounds(domain)) if isinstance(end, Numbers)]
    return Label(" to ".join(ends), "至".join(ends))


def _indicator(item: Indicator, score: Score, view: View) -> IndicatorFinding:
    weight, value = evaluate(item.weight, view), evaluate(item.value, view)
    inside = intersect(value.domain, score.low, score.high)
    points = inside if inside is not None else intersect(UNKNOWN, score.low, score.high)
    assert points is not None  # noqa: S101 - a scale has points
    product = compute(Operation.MULTIPLY, weight.domain, points)
    return IndicatorFinding(item, weight, value, points, product, outside=inside is None)


def _veto(item: Veto, view: View) -> VetoFinding:
    return VetoFinding(item, evaluate(item.condition, view))


def _open(veto: VetoFinding) -> bool:
    return veto.truth is Truth.UNKNOWN


def _spread(item: IndicatorFinding) -> Fraction:
    """Return how much of the score hangs on what is missing of an indicator."""
    low, high = bounds(item.product)
    if not isinstance(low, Numbers) or not isinstance(high, Numbers):
        return Fraction(0)
    return Fraction(high) - Fraction(low)


def _needs(
    indicators: Iterable[IndicatorFinding], vetoes: Iterable[VetoFinding]
) -> tuple[Need, ...]:
    found = [item.value.needs for item in indicators if item.missing]
    found += [item.weight.needs for item in indicators]
    found += [veto.condition.needs for veto in vetoes if _open(veto)]
    return merge_needs(*found)


def _unless_known(found: ScoreFinding) -> tuple[Need, ...]:
    return () if isinstance(found.value, Known) else found.needs


def _band(band: GradeBand, value: Domain, view: View) -> BandFinding:
    limits = band.low, band.high
    ends = [None if limit is None else evaluate(limit.points, view).domain for limit in limits]
    truths = [
        compare(limit.comparison, value, end)
        for limit, end in zip(limits, ends, strict=True)
        if limit is not None and end is not None
    ]
    return BandFinding(band, ends[0], ends[1], conjunction(truths))
