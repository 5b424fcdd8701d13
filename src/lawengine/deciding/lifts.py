"""What would lift a grade by one level: changes of a single indicator, or vetoes that must go."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.base.truth import Truth
from lawengine.deciding.rating_outcomes import Lift
from lawengine.evaluation.facts import Known
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.registers.rating_findings import (
    BandFinding,
    GradeFinding,
    GradeVersionFinding,
    IndicatorFinding,
    ScoreVersionFinding,
    VetoFinding,
)

Number = int | Fraction


def lift_to(found: GradeFinding) -> str:
    """Return the next better level; "" where the grade is open, or the best already."""
    if len(found.levels) != 1 or found.version is None:
        return ""
    place = found.grade.levels.index(next(iter(found.levels)))
    given = {item.band.level for item in found.version.bands}
    better = [level for level in found.grade.levels[:place] if level in given]
    return better[-1] if better else ""


def lifts(found: GradeFinding, rulebook: Rulebook) -> tuple[Lift, ...]:
    """Return each single change that alone gives the next better level, the smallest first.

    Edges: while a veto holds, no points lift the grade: the vetoes are named instead. None where
    an indicator is open (it must be settled first), or where no indicator can do it alone.
    """
    version, level = found.version, lift_to(found)
    if version is None or not level:
        return ()
    if version.vetoed is Truth.TRUE:
        holding = (*_of_score(version), *version.vetoes)
        vetoes = (veto.veto for veto in holding if veto.truth is Truth.TRUE)
        return tuple(Lift(level, "", veto.label) for veto in vetoes)
    score = version.score.version
    band = next((item for item in version.bands if item.band.level == level), None)
    if score is None or band is None or any(item.missing for item in score.indicators):
        return ()
    steps = (
        step
        for item in score.indicators
        if (step := _step(item, score, band, version, rulebook)) is not None
    )
    return tuple(sorted(steps, key=lambda step: step.needed - step.now))


def _of_score(version: GradeVersionFinding) -> Iterator[VetoFinding]:
    for score in version.score.versions:
        yield from score.vetoes


def _step(
    item: IndicatorFinding,
    score: ScoreVersionFinding,
    band: BandFinding,
    version: GradeVersionFinding,
    rulebook: Rulebook,
) -> Lift | None:
    """Return what one indicator must reach, None where it cannot do it alone."""
    if band.low is None or band.band.low is None:
        return None
    target, total = band.low, score.total
    weight, now = item.weight.domain, item.points
    known = [d.value for d in (target, total, weight, now) if isinstance(d, Known)]
    if len(known) != 4 or not known[2]:  # noqa: PLR2004 - all four of them
        return None
    goal, sum_now, share, points = (Fraction(value) for value in known)  # type: ignore[arg-type]  # all are known here
    above = band.band.low.comparison is e.Comparison.MORE
    goal, above = _before_rounding(goal, above=above, rounding=score.version.rounding)
    needed = points + (goal - sum_now) / share
    top = Fraction(version.score.score.high)
    if needed > top or (above and needed == top) or needed < points:
        return None
    found = attainable(item.indicator.value, rulebook)
    fits = [v for v in found or () if (v > needed if above else v >= needed)]
    if found is not None and not fits:
        return None
    nearest = min(fits, default=None)
    return Lift(
        band.band.level, item.indicator.name, item.indicator.label, _plain(points),
        _plain(needed), above, nearest,
    )  # fmt: skip


def _before_rounding(
    goal: Fraction, *, above: bool, rounding: Rounding | None
) -> tuple[Fraction, bool]:
    """Return the exact sum that is rounded to `goal`, and whether it must be passed.

    Edges: a goal between whole points is reached at the next whole one.
    """
    if rounding is None:
        return goal, above
    floor = goal.numerator // goal.denominator
    whole = floor if floor == goal and not above else floor + 1
    if rounding is Rounding.DOWN:
        return Fraction(whole), False
    if rounding is Rounding.UP:
        return Fraction(whole - 1), True
    # Half even: the half below an even number is rounded up to it, below an odd one it is not.
    return Fraction(2 * whole - 1, 2), whole % 2 == 1


def attainable(expression: e.Expression, rulebook: Rulebook) -> tuple[Number, ...] | None:
    """Return the values that an expression can give, None where they are no short list."""
    match expression:
        case e.Constant(value=value) if isinstance(value, Number) and not isinstance(value, bool):
            return (value,)
        case e.Defined(name=name):
            return attainable(rulebook.definitions[name].body, rulebook)
        case e.Looked(name=name):
            parts = [row.result for row in rulebook.tables[name].rows]
        case e.Cases(branches=branches, otherwise=otherwise):
            parts = [*(value for _, value in branches), otherwise]
        case _:
            return None
    found = [attainable(part, rulebook) for part in parts]
    if any(values is None for values in found):
        return None
    return tuple(sorted({value for values in found if values for value in values}))


def _plain(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value
