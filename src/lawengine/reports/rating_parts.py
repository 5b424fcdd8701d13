"""Scores and grades as a reader gets them, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from lawengine.base.points import points_text
from lawengine.base.truth import Truth
from lawengine.deciding.rating_outcomes import GradeOutcome, Lift, RatingState, ScoreOutcome
from lawengine.evaluation.trace import Need
from lawengine.explanation.phrasing import domain_label, rating_label
from lawengine.model.types import POINTS
from lawengine.reports.document import StatusPart
from lawengine.reports.naming import Names, need_label
from lawengine.reports.steps import Stepper
from lawengine.reports.wording import word

_HUNDREDTHS = 100


def rating_parts(
    scores: Iterable[ScoreOutcome], grades: Iterable[GradeOutcome], names: Names, *, full: bool
) -> tuple[StatusPart, ...]:
    """Return the grades and then the scores; those of which nothing is known only with `full`.

    Edges: the arithmetic of a score stands once, in the grade that rests on it where there is one.
    """
    stepper = Stepper(names, full)
    shown = [one for one in grades if full or one.told]
    resting = {(one.score, one.instance) for one in shown}
    alone = [one for one in scores if full or one.told]
    parts = [_grade(one, names, stepper) for one in shown]
    parts += [
        _score(one, names, stepper, short=(one.name, one.instance) in resting) for one in alone
    ]
    return tuple(parts)


def level_text(grade: GradeOutcome, names: Names) -> str:
    """Return the level in words; every one that is possible where it is open."""
    if grade.state is RatingState.NONE:
        return word("rating_none", names.language)
    labels = (grade.level_label(level).text(names.language) for level in grade.possible)
    text = " / ".join(labels)
    if grade.state is RatingState.OPEN:
        return word("rating_open", names.language, values=text)
    if grade.vetoed is Truth.TRUE:
        return word("rating_vetoed", names.language, level=text)
    return text


def score_text(score: ScoreOutcome, names: Names) -> str:
    """Return the points in words, with the scale; the bounds where they are open."""
    if score.state is RatingState.NONE:
        return word("rating_none", names.language)
    value = domain_label(score.value, POINTS, names.rulebook).text(names.language)
    ends = {"low": points_text(score.low), "high": points_text(score.high)}
    text = word("score_points", names.language, value=value, **ends)
    opened = score.state is RatingState.OPEN
    return word("rating_open", names.language, values=text) if opened else text


def lift_lines(grade: GradeOutcome, names: Names) -> Iterator[tuple[str, str]]:
    """Yield what would lift the grade by one level: a heading and the changes."""
    if not grade.lift_to:
        return
    language = names.language
    level = grade.level_label(grade.lift_to).text(language)
    if grade.vetoed is Truth.TRUE:
        vetoes = _joined((one.label.text(language) for one in grade.lifts), names)
        yield word("rating_veto_gone", language, level=level), vetoes
    elif grade.lifts:
        steps = _joined((_lift(one, names) for one in grade.lifts), names)
        yield word("rating_lift", language, level=level), steps
    else:
        yield word("rating_no_lift", language, level=level), word("lift_none", language)


def _lift(lift: Lift, names: Names) -> str:
    key = "lift_above" if lift.above else "lift_at_least"
    what = lift.label.text(names.language) or lift.indicator
    ends = {"now": points_text(lift.now), "needed": _enough(lift.needed)}
    text = word(key, names.language, what=what, **ends)
    if lift.attainable is None or lift.attainable == lift.needed:
        return text
    return word("lift_step", names.language, text=text, value=points_text(lift.attainable))


def _enough(needed: int | Fraction) -> str:
    """Return points that are enough with at most two places: rounded up where they have more."""
    hundredths = -((-Fraction(needed) * _HUNDREDTHS) // 1)
    return points_text(Fraction(hundredths, _HUNDREDTHS))


def _grade(grade: GradeOutcome, names: Names, stepper: Stepper) -> StatusPart:
    return StatusPart(
        kind=word("kind_grade", names.language),
        name=rating_label(grade.name, names.rulebook).text(names.language),
        of=grade.instance_name,
        state=level_text(grade, names),
        alarm=grade.state is RatingState.OPEN,
        law=names.citations(grade.law),
        unverified=grade.unverified.text(names.language),
        authority="",
        days=(),
        measures=(),
        triggers=(),
        needs=_needed(grade.needs, names),
        steps=stepper.steps([grade.reason]),
        lines=tuple(lift_lines(grade, names)),
    )


def _score(score: ScoreOutcome, names: Names, stepper: Stepper, *, short: bool) -> StatusPart:
    missing = _joined((item.label.text(names.language) for item in score.missing), names)
    lines = ((word("rating_missing", names.language), missing),) if missing else ()
    return StatusPart(
        kind=word("kind_score", names.language),
        name=rating_label(score.name, names.rulebook).text(names.language),
        of=score.instance_name,
        state=score_text(score, names),
        alarm=score.state is RatingState.OPEN,
        law=names.citations(score.law),
        unverified=score.unverified.text(names.language),
        authority="",
        days=(),
        measures=(),
        triggers=(),
        needs=_needed(score.needs, names),
        steps=() if short else stepper.steps([score.reason]),
        lines=lines,
    )


def _needed(needs: Iterable[Need], names: Names) -> tuple[str, ...]:
    labels = (need_label(need, names.rulebook).text(names.language) for need in needs)
    return tuple(dict.fromkeys(labels))


def _joined(texts: Iterable[str], names: Names) -> str:
    return ("；" if names.language == "zh" else "; ").join(texts)
