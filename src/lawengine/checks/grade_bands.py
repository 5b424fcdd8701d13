"""Grades whose bands leave points without a level, or give two levels to the same points."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.base.points import points_text
from lawengine.checks.check import Check, Sample
from lawengine.checks.figures import number_on, turning_days
from lawengine.checks.words import interval_words, named
from lawengine.model.expressions import Comparison
from lawengine.model.ratings import Grade, GradeBand, GradeVersion, Score
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Library

_OTHER = Label("the other band", "另一分段")


@dataclass(frozen=True, slots=True)
class _Span:
    """The points of a band on a day, `low_open` and `high_open` where an end does not count."""

    band: GradeBand
    low: Fraction
    high: Fraction
    low_open: bool
    high_open: bool

    @property
    def empty(self) -> bool:
        if self.low == self.high:
            return self.low_open or self.high_open
        return self.low > self.high


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the first gap and the first overlap of each version, and levels that nothing gives.

    Edges: limits that are dated figures are read on each day on which one changes; where the score
    is always rounded to whole points, only whole points count.
    """
    del library
    for grade in rulebook.grades.values():
        for version in grade.versions:
            score = rulebook.scores.get(version.score)
            if score is not None:
                yield from _version(grade, version, score, rulebook)
            yield from _levels(grade, version)


def _version(
    grade: Grade, version: GradeVersion, score: Score, rulebook: Rulebook
) -> Iterator[Diagnostic]:
    limits = [limit.points for band in version.bands for limit in (band.low, band.high) if limit]
    whole = all(
        found.rounding is not None
        for found in score.versions
        if found.interval.overlaps(version.interval)
    )
    for day in turning_days(limits, version.interval, rulebook):
        spans = [_span(band, day, score, rulebook) for band in version.bands]
        known = [_whole(span) if whole else span for span in spans if span is not None]
        found = [
            *_gap(grade, version, score, known, day, whole=whole),
            *_overlap(known, day),
        ]
        if found:
            yield from found
            return


def _span(band: GradeBand, day: datetime.date, score: Score, rulebook: Rulebook) -> _Span | None:
    """Return the points of a band within the scale, None where a figure has no value that day."""
    ends = [
        default if limit is None else number_on(limit.points, day, rulebook)
        for limit, default in ((band.low, score.low), (band.high, score.high))
    ]
    low, high = ends
    if low is None or high is None:
        return None
    low_open = band.low is not None and band.low.comparison is Comparison.MORE
    high_open = band.high is not None and band.high.comparison is Comparison.LESS
    return _Span(band, Fraction(low), Fraction(high), low_open, high_open)


def _whole(span: _Span) -> _Span:
    """Return a band by its whole points alone."""
    low = span.low.numerator // span.low.denominator + 1
    if not span.low_open:
        low = -(-span.low.numerator // span.low.denominator)
    high = -(-span.high.numerator // span.high.denominator) - 1
    if not span.high_open:
        high = span.high.numerator // span.high.denominator
    return _Span(span.band, Fraction(low), Fraction(high), False, False)


def _gap(
    grade: Grade,
    version: GradeVersion,
    score: Score,
    spans: Sequence[_Span],
    day: datetime.date,
    *,
    whole: bool,
) -> Iterator[Diagnostic]:
    reached, counted = Fraction(score.low), False
    for span in sorted(spans, key=lambda found: (found.low, found.low_open)):
        if span.empty:
            continue
        if span.low > reached or (span.low == reached and span.low_open and not counted):
            break
        if whole and not span.high_open:
            end, closed = span.high + 1, False
        else:
            end, closed = span.high, not span.high_open
        if end > reached or (end == reached and closed):
            reached, counted = end, closed
    top = Fraction(score.high)
    if reached > top or (reached == top and counted):
        return
    after = [found.low for found in spans if found.low > reached]
    point = (reached + min(after, default=top)) / 2 if counted else reached
    words = {
        "name": named(grade),
        "points": points_text(point),
        "day": day.isoformat(),
    }
    yield Diagnostic("LAW263", version.span, words)


def _overlap(spans: Iterable[_Span], day: datetime.date) -> Iterator[Diagnostic]:
    inside = [span for span in spans if not span.empty]
    inside.sort(key=lambda found: (found.low, found.low_open))
    for one, two in pairwise(inside):
        touching = one.high == two.low and not (one.high_open or two.low_open)
        if two.low < one.high or touching:
            words = {
                "one": one.band.level,
                "two": two.band.level,
                "points": points_text(two.low if touching else _inner(one, two)),
                "day": day.isoformat(),
            }
            note = Note(one.band.span, _OTHER)
            yield Diagnostic("LAW264", two.band.span, words, notes=(note,))
            return


def _inner(one: _Span, two: _Span) -> Fraction:
    """Return points that lie in both bands."""
    if not two.low_open:
        return two.low
    return (two.low + min(one.high, two.high)) / 2


def _levels(grade: Grade, version: GradeVersion) -> Iterator[Diagnostic]:
    given = {band.level for band in version.bands} | {version.vetoed}
    for level in grade.levels:
        if level not in given:
            words = {"name": named(grade), "level": level, "days": interval_words(version.interval)}
            yield Diagnostic("LAW276", version.span, words, Severity.WARNING)


_SCORE = """score LAN.light of act "Light" / "灯光"
  scale from 0 to 100
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    indicator one "One" / "一" weighing 100 % is 50
"""
_GRADE = """parameter limit "Limit" / "界限": points
  is 60 from 2016-01-01 to 2017-12-31
  is 70 from 2018-01-01
grade LAN.lamp of act "Lamp" / "灯级"
  levels are bright "Bright" / "明", dim "Dim" / "暗"
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    rests on LAN.light
    band of bright at least limit
    band of dim less than 60
"""

CHECK = Check(
    id="grade-bands",
    codes=("LAW263", "LAW264", "LAW276"),
    label=Label("Bands of grades with gaps or overlaps", "等级分段的空缺或重叠"),
    why=Label(
        "points without a level leave a party without a grade, points with two give it a choice",
        "没有级别的分值使当事人无等级，有两个级别的分值则无从确定",
    ),
    run=run,
    samples=(
        Sample(_SCORE + _GRADE.replace("less than 60", "less than limit")),
        Sample(
            (_SCORE + "    rounded half even\n")
            + _GRADE.replace("less than 60", "at most 59").replace("limit\n    b", "60\n    b")
        ),
        Sample(_SCORE + _GRADE, "LAW263"),
        Sample(
            _SCORE
            + _GRADE.replace("less than 60", "at most 59").replace("limit\n    b", "60\n    b"),
            "LAW263",
        ),
        Sample(_SCORE + _GRADE.replace("less than 60", "at most limit"), "LAW264"),
        Sample(_SCORE + _GRADE.replace("less than 60", "less than 75"), "LAW264"),
        Sample(
            _SCORE
            + _GRADE.replace('"暗"', '"暗", dark "Dark" / "黑"').replace("than 60", "than limit"),
            "LAW276",
        ),
    ),
)
