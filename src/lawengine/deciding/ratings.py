"""From what the register found to what a reader gets: scores and grades with their arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lawengine.base.calendar import Rounding
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.points import points_text
from lawengine.base.truth import Truth
from lawengine.deciding.lifts import lift_to, lifts
from lawengine.deciding.rating_outcomes import (
    BandOutcome,
    GradeOutcome,
    IndicatorOutcome,
    RatingState,
    ScoreOutcome,
    VetoOutcome,
)
from lawengine.evaluation.facts import Domain, Instance, Known
from lawengine.evaluation.trace import Finding
from lawengine.explanation.argue import Argument
from lawengine.explanation.phrasing import domain_label, rating_label
from lawengine.explanation.reason import Bilingual, Reason
from lawengine.model.expressions import Aggregated, Comparison, Constant
from lawengine.model.ratings import Grade
from lawengine.model.rules import Interval
from lawengine.model.types import DATE, POINTS, RATE
from lawengine.registers.rating_findings import (
    BandFinding,
    GradeFinding,
    GradeVersionFinding,
    IndicatorFinding,
    ScoreFinding,
    ScoreVersionFinding,
    VetoFinding,
)
from lawengine.registers.register import Register

ROUNDING_WORDS = {
    Rounding.DOWN: Label("rounded down", "向下取整"),
    Rounding.UP: Label("rounded up", "向上取整"),
    Rounding.HALF_EVEN: Label("rounded half even", "四舍六入"),
}
_NOW = Label("now", "今")
Words = dict[str, Bilingual | str | int]


def score_outcomes(
    register: Register | None, within: Mapping[str, Instance]
) -> tuple[ScoreOutcome, ...]:
    """Return the scores of what is given, in the order of the rulebook."""
    if register is None:
        return ()
    teller = _Teller(Argument(register.rulebook))
    return tuple(teller.score(found) for found in register.scores(within))


def grade_outcomes(
    register: Register | None, within: Mapping[str, Instance]
) -> tuple[GradeOutcome, ...]:
    """Return the grades of what is given, in the order of the rulebook."""
    if register is None:
        return ()
    teller = _Teller(Argument(register.rulebook))
    return tuple(teller.grade(found) for found in register.grades(within))


@dataclass(frozen=True, slots=True)
class _Teller:
    argument: Argument

    # --- scores ---

    def score(self, found: ScoreFinding) -> ScoreOutcome:
        score, version = found.score, found.version
        written = version.version if version is not None else None
        return ScoreOutcome(
            name=score.name,
            label=score.label,
            instance=found.instance.path,
            instance_name=found.instance.name,
            state=_score_state(found),
            day=found.day,
            value=found.value,
            total=version.total if version is not None else found.value,
            low=score.low,
            high=score.high,
            rounding=written.rounding if written is not None else None,
            indicators=tuple(map(_indicator, version.indicators)) if version is not None else (),
            vetoes=tuple(map(_veto, version.vetoes)) if version is not None else (),
            version_from=written.interval.start if written is not None else None,
            needs=found.needs,
            reason=self.score_reason(found),
            unverified=written.unverified if written is not None else Label(),
            law=written.law if written is not None else (),
        )

    def score_reason(self, found: ScoreFinding) -> Reason:
        """Return why the score is what it is: each indicator, the sum, the rounding, the vetoes."""
        score, version = found.score, found.version
        missing = [] if version is None else [i for i in version.indicators if i.missing]
        words: Words = {
            "score": rating_label(score.name, self.argument.rulebook),
            "value": self._points(found.value),
            "low": points_text(score.low),
            "high": points_text(score.high),
            "missing": _joined(_name(item) for item in missing),
        }
        code = "score_is" if isinstance(found.value, Known) else "score_open"
        if not found.versions:
            code = "score_none"
        elif found.version is None or (code == "score_open" and not missing):
            code = "score_bounds"
        law = version.version.law if version is not None else ()
        doubt = version.version.unverified if version is not None else Label()
        children = tuple(self._score_steps(found, words))
        return Reason(code, words, law=law, unverified=doubt, children=children)

    def _score_steps(self, found: ScoreFinding, words: Words) -> Iterator[Reason]:
        day: Words = {"day": self._day(found.day), "rule": words["score"]}
        if not found.versions:
            yield Reason("no_version", day)
        elif found.version is None:
            yield Reason("version_open", day)
        for version in found.versions:
            yield self._version(found.day, version.version.interval, version.version.readings)
            yield from (self._indicator(item) for item in version.indicators)
            yield from self._sum(version)
            yield from (self._veto(veto) for veto in version.vetoes)

    def _version(self, day: Domain, interval: Interval, readings: Iterable[Label]) -> Reason:
        end = _NOW if interval.end is None else _same(interval.end.isoformat())
        words: Words = {"day": self._day(day), "from": interval.start.isoformat(), "to": end}
        children = tuple(Reason("reading", {"text": reading}) for reading in readings)
        return Reason("rating_version", words, children=children)

    def _indicator(self, item: IndicatorFinding) -> Reason:
        words: Words = {
            "what": _name(item),
            "points": self._points(item.points),
            "weight": domain_label(item.weight.domain, RATE, self.argument.rulebook),
            "product": self._points(item.product),
        }
        parts = (item.value, item.weight)
        children = tuple(
            self.argument.of(_whole(part))
            for part in parts
            if not isinstance(part.expression, Constant)
        )
        code = "indicator_open" if item.missing else "indicator"
        return Reason(
            code, words, law=item.indicator.law, unverified=item.indicator.unverified,
            children=children,
        )  # fmt: skip

    def _sum(self, found: ScoreVersionFinding) -> Iterator[Reason]:
        parts = [self._points(item.product) for item in found.indicators]
        if any(item.missing for item in found.indicators):
            parts = [_bracketed(part) for part in parts]
        terms = Label(" + ".join(p.en for p in parts), " + ".join(p.zh for p in parts))
        words: Words = {"terms": terms, "total": self._points(found.total)}
        yield Reason("score_sum", words)
        rounding = found.version.rounding
        if rounding is not None:
            words = {"how": ROUNDING_WORDS[rounding], "value": self._points(found.value)}
            yield Reason("score_rounded", {**words, "total": self._points(found.total)})

    def _veto(self, found: VetoFinding) -> Reason:
        words: Words = {"what": found.veto.label or _same(found.veto.name)}
        children = (self.argument.of(_whole(found.condition)),)
        return Reason(
            "veto", words, found.truth, found.veto.law, found.veto.unverified, children=children
        )

    # --- grades ---

    def grade(self, found: GradeFinding) -> GradeOutcome:
        """Return the grade as a reader gets it."""
        grade, version = found.grade, found.version
        written = version.version if version is not None else None
        own = tuple(map(_veto, version.vetoes)) if version is not None else ()
        return GradeOutcome(
            name=grade.name,
            label=grade.label,
            instance=found.instance.path,
            instance_name=found.instance.name,
            state=_grade_state(found),
            day=found.day,
            levels=tuple((level, self._level(grade, level)) for level in grade.levels),
            possible=tuple(level for level in grade.levels if level in found.levels),
            score=written.score if written is not None else "",
            bands=tuple(map(_band, version.bands)) if version is not None else (),
            vetoes=own,
            vetoed=version.vetoed if version is not None else Truth.UNKNOWN,
            lift_to=lift_to(found),
            lifts=lifts(found, self.argument.rulebook),
            version_from=written.interval.start if written is not None else None,
            needs=found.needs,
            reason=self._grade_reason(found),
            unverified=written.unverified if written is not None else Label(),
            law=written.law if written is not None else (),
            told=any(self.score(one.score).told for one in found.versions),
        )

    def _grade_reason(self, found: GradeFinding) -> Reason:
        grade, version = found.grade, found.version
        possible = [self._level(grade, one) for one in grade.levels if one in found.levels]
        words: Words = {
            "grade": rating_label(grade.name, self.argument.rulebook),
            "level": Label(
                " / ".join(label.text("en") for label in possible),
                " / ".join(label.text("zh") for label in possible),
            ),
        }
        code = "grade_is" if isinstance(found.domain, Known) else "grade_open"
        if not found.versions:
            code = "grade_none"
        elif version is not None and version.vetoed is Truth.TRUE:
            code = "grade_vetoed"
        law = version.version.law if version is not None else ()
        doubt = version.version.unverified if version is not None else Label()
        children = tuple(self._grade_steps(found, words))
        return Reason(code, words, law=law, unverified=doubt, children=children)

    def _grade_steps(self, found: GradeFinding, words: Words) -> Iterator[Reason]:
        day: Words = {"day": self._day(found.day), "rule": words["grade"]}
        if not found.versions:
            yield Reason("no_version", day)
        elif found.version is None:
            yield Reason("version_open", day)
        for version in found.versions:
            yield self._version(found.day, version.version.interval, version.version.readings)
            yield from self._why(version, found.grade)

    def _why(self, version: GradeVersionFinding, grade: Grade) -> Iterator[Reason]:
        """Yield the vetoes first where one decides; else the score and the bands it may lie in."""
        yield self.score_reason(version.score)
        yield from (self._veto(veto) for veto in version.vetoes)
        if version.vetoed is Truth.TRUE:
            level = self._level(grade, version.version.vetoed)
            yield Reason("vetoed_gives", {"level": level})
            return
        for band in version.bands:
            if band.truth is not Truth.FALSE:
                yield self._band_reason(band, grade)
        if version.vetoed is Truth.UNKNOWN:
            level = self._level(grade, version.version.vetoed)
            yield Reason("vetoed_may_give", {"level": level})

    def _band_reason(self, found: BandFinding, grade: Grade) -> Reason:
        words: Words = {
            "level": self._level(grade, found.band.level),
            "limits": self._limits(found),
        }
        return Reason("band", words, found.truth, law=found.band.law)

    def _limits(self, found: BandFinding) -> Label:
        parts = []
        band = found.band
        for limit, end in ((band.low, found.low), (band.high, found.high)):
            if limit is not None and end is not None:
                points = self._points(end)
                words = _LIMITS[limit.comparison]
                parts.append(Label(f"{words.en} {points.en}", f"{words.zh}{points.zh}"))
        if not parts:
            return Label("any points", "任何分值")
        return Label(" and ".join(p.en for p in parts), "且".join(p.zh for p in parts))

    # --- words ---

    def _level(self, grade: Grade, level: str) -> Label:
        choices = self.argument.rulebook.vocabulary.choices[grade.name]
        member = next((m for m in choices.members if m.name == level), None)
        return (member.label if member is not None else Label()) or _same(level)

    def _points(self, domain: Domain) -> Label:
        return domain_label(domain, POINTS, self.argument.rulebook)

    def _day(self, day: Domain) -> Label:
        return domain_label(day, DATE, self.argument.rulebook)


_LIMITS = {
    Comparison.AT_LEAST: Label("at least", "不少于"),
    Comparison.MORE: Label("more than", "超过"),
    Comparison.AT_MOST: Label("at most", "不超过"),
    Comparison.LESS: Label("less than", "少于"),
}


def _score_state(found: ScoreFinding) -> RatingState:
    if not found.versions:
        return RatingState.NONE
    return RatingState.SETTLED if isinstance(found.value, Known) else RatingState.OPEN


def _grade_state(found: GradeFinding) -> RatingState:
    if not found.versions:
        return RatingState.NONE
    return RatingState.SETTLED if isinstance(found.domain, Known) else RatingState.OPEN


def _indicator(found: IndicatorFinding) -> IndicatorOutcome:
    return IndicatorOutcome(
        name=found.indicator.name,
        label=_name(found),
        weight=found.weight.domain,
        points=found.points,
        product=found.product,
        law=found.indicator.law,
        unverified=found.indicator.unverified,
    )


def _veto(found: VetoFinding) -> VetoOutcome:
    veto = found.veto
    label = veto.label or _same(veto.name)
    return VetoOutcome(veto.name, label, found.truth, veto.law, veto.unverified)


def _band(found: BandFinding) -> BandOutcome:
    low, high = found.band.low, found.band.high
    return BandOutcome(
        level=found.band.level,
        low=found.low,
        low_above=low is not None and low.comparison is Comparison.MORE,
        high=found.high,
        high_below=high is not None and high.comparison is Comparison.LESS,
        truth=found.truth,
    )


def _whole(found: Finding) -> Finding:
    """Return a finding in which sums and counts stand as wholes, without their elements.

    A score may rest on thousands of reviews: the file lists them, its reasons do not repeat them.
    """
    if isinstance(found.expression, Aggregated):
        return replace(found, parts=())
    return replace(found, parts=tuple(map(_whole, found.parts)))


def _name(found: IndicatorFinding) -> Label:
    return found.indicator.label or _same(found.indicator.name)


def _same(text: str) -> Label:
    return Label(text.replace("_", " "), text)


def _bracketed(label: Label) -> Label:
    return Label(f"({label.en})", f"（{label.zh}）")


def _joined(labels: Iterable[Label]) -> Label:
    found = list(labels)
    return Label(
        "; ".join(label.text("en") for label in found),
        "；".join(label.text("zh") for label in found),
    )
